package commands

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"orion/postgres"
)

func (p Process) migrateCommand() *cli.Command {
	return &cli.Command{
		Name:  "migrate",
		Usage: "bring the database's schema up to date",
		Description: "Applies the migrations that the database does not have yet, each in one transaction.\n" +
			"Several processes may do so at once: one works, the others wait.",
		Before: before(noArguments),
		Action: p.migrate,
	}
}

func (p Process) migrate(ctx context.Context, _ *cli.Command) (err error) {
	cfg, log, err := p.configured()
	if err != nil {
		return err
	}
	server, err := findServer(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	applied, err := postgres.Migrate(ctx, server.url)
	for _, name := range applied {
		fmt.Fprintln(p.Stdout, "applied", name)
	}
	if err == nil && len(applied) == 0 {
		fmt.Fprintln(p.Stdout, "the schema is up to date")
	}
	return err
}
