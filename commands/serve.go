package commands

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"orion/config"
	"orion/demo"
	"orion/model/account"
)

func (p Process) serveCommand() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "serve the shops (the default)",
		Description: "Serves until SIGINT or SIGTERM; then it finishes the requests under way and stops. In development it first brings the schema up\n" +
			"to date and fills an empty database with the demo shops; in production it does so with ORION_MIGRATE_ON_START and ORION_SEED.",
		Before: before(noArguments),
		Action: p.serve,
	}
}

func (p Process) serve(ctx context.Context, _ *cli.Command) (err error) {
	cfg, log, err := p.configured()
	if err != nil {
		return err
	}
	// The port first: whether it is free is known sooner than whether the database is well.
	listener, err := listen(ctx, cfg)
	if err != nil {
		return err
	}
	defer listener.Close()
	db, err := openDatabase(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	site, err := newSite(cfg, log, db)
	if err != nil {
		return err
	}
	if err := seedDemo(ctx, cfg, db, site.accounts); err != nil {
		return err
	}
	stopWorking, err := site.work(ctx)
	if err != nil {
		return err
	}
	defer stopWorking()
	stopHearing := site.hear(ctx, db.server.url)
	defer stopHearing()
	if err := p.printAddresses(ctx, cfg, listener.Addr(), db, site.caches.Directory); err != nil {
		return err
	}
	return serveUntil(ctx, log, site.app, listener, cfg.ShutdownTimeout)
}

// seedDemo loads the demo shops into an empty database where that is wanted, and the demo accounts, whose password
// everybody knows, where Orion does not serve real customers.
func seedDemo(ctx context.Context, cfg *config.Config, db *database, accounts *account.Authority) error {
	if !cfg.Seed {
		return nil
	}
	if err := demo.Load(ctx, db.DB); err != nil {
		return fmt.Errorf("load the demo shops: %w", err)
	}
	if !demoAccounts(cfg) {
		return nil
	}
	if err := demo.LoadAccounts(ctx, db.DB, accounts.HashPassword); err != nil {
		return fmt.Errorf("load the demo accounts: %w", err)
	}
	return nil
}
