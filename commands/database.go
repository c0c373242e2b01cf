package commands

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"orion/config"
	"orion/postgres"
	"orion/postgres/embedded"
)

// stopTime is how long the embedded PostgreSQL may take to write everything down.
const stopTime = 30 * time.Second

// server is the PostgreSQL to use: the one of DATABASE_URL, or one that Orion runs.
type server struct {
	url      string
	embedded *embedded.Server // Nil with DATABASE_URL.
}

// findServer starts the embedded PostgreSQL where the configuration names no other.
func findServer(ctx context.Context, cfg *config.Config, log *slog.Logger) (*server, error) {
	if cfg.DatabaseURL != "" {
		return &server{url: string(cfg.DatabaseURL)}, nil
	}
	own, err := embedded.Start(ctx, embedded.Options{DataDir: cfg.PostgresDir(), BinDir: cfg.PostgresBin, Log: log})
	if err != nil {
		return nil, err
	}
	return &server{url: own.URL(), embedded: own}, nil
}

// stop ends the embedded server, also when the command's own time is up.
func (s *server) stop() error {
	if s.embedded == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	return s.embedded.Stop(ctx)
}

// database is an open database whose schema is current, and its server.
type database struct {
	*postgres.DB
	server *server
}

// openDatabase finds the server, sees to the schema and opens the pools.
func openDatabase(ctx context.Context, cfg *config.Config, log *slog.Logger) (*database, error) {
	server, err := findServer(ctx, cfg, log)
	if err != nil {
		return nil, err
	}
	db, err := openCurrent(ctx, cfg, log, server.url)
	if err != nil {
		return nil, errors.Join(err, server.stop())
	}
	return &database{DB: db, server: server}, nil
}

// close closes the pools, then the server.
func (d *database) close() error { return errors.Join(d.Close(), d.server.stop()) }

func openCurrent(ctx context.Context, cfg *config.Config, log *slog.Logger, url string) (*postgres.DB, error) {
	if err := seeToSchema(ctx, cfg, log, url); err != nil {
		return nil, err
	}
	db, err := postgres.Open(ctx, url, postgres.Options{
		ShopConns: int32(cfg.ShopConnections), PlatformConns: int32(cfg.PlatformConnections), JobsConns: int32(cfg.JobsConnections),
		StatementTimeout: cfg.StatementTimeout, SlowQuery: cfg.SlowQuery, Logger: log,
	})
	if err != nil {
		return nil, err
	}
	if err := checkRole(ctx, cfg, log, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// seeToSchema migrates where that is wanted, and refuses a database that is behind where it is not.
func seeToSchema(ctx context.Context, cfg *config.Config, log *slog.Logger, url string) error {
	if cfg.MigrateOnStart {
		applied, err := postgres.Migrate(ctx, url)
		if len(applied) > 0 {
			log.Info("Migrated the database", "applied", applied)
		}
		return err
	}
	pending, err := postgres.Pending(ctx, url)
	if err == nil && len(pending) > 0 {
		err = fmt.Errorf("the database lacks migrations (%s): run `orion migrate`, or set ORION_MIGRATE_ON_START=true", strings.Join(pending, ", "))
	}
	return err
}

// checkRole sees that row security, the second wall between the vendors, stands.
func checkRole(ctx context.Context, cfg *config.Config, log *slog.Logger, db *postgres.DB) error {
	bypasses, err := db.RoleBypassesRLS(ctx)
	if err != nil || !bypasses {
		return err
	}
	const message = "the database role of DATABASE_URL bypasses row security, which keeps the vendors apart: " +
		"use a role that is no superuser and has no BYPASSRLS (see docs/operations.md)"
	if cfg.Production() {
		return errors.New(message)
	}
	log.Warn(message)
	return nil
}
