// Package commands is Orion's command line: one file per command.
package commands

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"github.com/caarlos0/env/v11"
	"github.com/urfave/cli/v3"

	"orion/config"
)

// Process is what a command gets from the operating system.
type Process struct {
	// Arguments are the words of the command line, the program's name first.
	Arguments []string
	// Environment is a list of NAME=value.
	Environment []string
	// Stdout takes the command's answer, Stderr its log, its progress and its errors.
	Stdout, Stderr io.Writer
}

// Run runs the command that the arguments name until it is done or ctx ends, and returns the process's exit status.
func Run(ctx context.Context, process Process) int {
	if err := process.root().Run(ctx, process.Arguments); err != nil {
		fmt.Fprintf(process.Stderr, "orion: %v\n", err)
		return 1
	}
	return 0
}

func (p Process) root() *cli.Command {
	commands := []*cli.Command{p.serveCommand(), p.migrateCommand(), p.seedCommand(), p.importCommand(), p.userCommand(), p.versionCommand()}
	for _, command := range commands {
		command.OnUsageError = usageError // It is not handed down.
	}
	return &cli.Command{
		Name:  "orion",
		Usage: "host many vendors' shops on one platform",
		Description: "Without a command, orion serves. The configuration comes from environment variables, which README.md lists.\n" +
			"Without DATABASE_URL, orion runs a PostgreSQL of its own.",
		Commands:  commands,
		Action:    p.serveByDefault,
		Suggest:   true,
		Writer:    p.Stdout,
		ErrWriter: p.Stderr,
		// Run prints the error and chooses the status.
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
		OnUsageError:   usageError,
	}
}

// usageError says where help is, instead of printing all of it.
func usageError(_ context.Context, cmd *cli.Command, err error, _ bool) error {
	return fmt.Errorf("%w (see `%s --help`)", err, cmd.FullName())
}

// serveByDefault serves when no command is named.
func (p Process) serveByDefault(ctx context.Context, cmd *cli.Command) error {
	if name := cmd.Args().First(); name != "" {
		hint := cli.SuggestCommand(cmd.Commands, name)
		return fmt.Errorf("there is no command %q; did you mean %q? (`orion --help` lists all)", name, hint)
	}
	return p.serve(ctx, cmd)
}

// noArguments refuses words that a command would otherwise silently drop.
func noArguments(_ context.Context, cmd *cli.Command) error {
	if cmd.Args().Present() {
		return fmt.Errorf("%s takes no argument %q (see `%s --help`)", cmd.FullName(), cmd.Args().First(), cmd.FullName())
	}
	return nil
}

// configured reads the configuration and makes the log it asks for.
func (p Process) configured() (*config.Config, *slog.Logger, error) {
	cfg, err := config.Load(env.ToMap(p.Environment))
	if err != nil {
		return nil, nil, err
	}
	return cfg, p.logger(cfg), nil
}

// logger writes text for people, and JSON in production.
func (p Process) logger(cfg *config.Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.Production() {
		return slog.New(slog.NewJSONHandler(p.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(p.Stderr, options))
}
