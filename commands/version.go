package commands

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v3"
)

func (p Process) versionCommand() *cli.Command {
	return &cli.Command{
		Name:   "version",
		Usage:  "print the version of this program",
		Before: before(noArguments),
		Action: func(context.Context, *cli.Command) error {
			_, err := fmt.Fprintln(p.Stdout, "orion", version())
			return err
		},
	}
}

// version names the build by what the Go tool recorded: the tag or commit, and the compiler.
func version() string {
	name := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		name = info.Main.Version
	}
	return fmt.Sprintf("%s %s %s/%s", name, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// before makes a check run ahead of a command.
func before(check func(context.Context, *cli.Command) error) cli.BeforeFunc {
	return func(ctx context.Context, cmd *cli.Command) (context.Context, error) { return ctx, check(ctx, cmd) }
}
