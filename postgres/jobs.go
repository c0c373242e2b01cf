package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// jobsSchema is the version of the job queue's own tables that jobsMigration brings up. A later one is a step of its own.
const jobsSchema = 8

// jobsMigration makes the tables of the job queue, River's. Its versions are a transaction each, and remembered each in a
// table of its own, so that a step that was cut short goes on where it stopped: PostgreSQL before 17 refuses to use a
// value of an enum in the transaction that added it.
func jobsMigration() migrationFile {
	return migrationFile{version: 20261126000002, name: "20261126000002_jobs", runAlone: migrateJobs}
}

func migrateJobs(ctx context.Context, db *sql.DB) error {
	pool, err := poolLike(ctx, db)
	if err != nil {
		return err
	}
	defer pool.Close()
	migrator, err := rivermigrate.New(riverpgxv5.New(pool), nil)
	if err != nil {
		return fmt.Errorf("prepare the job queue's tables: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: jobsSchema}); err != nil {
		return fmt.Errorf("make the job queue's tables: %w", err)
	}
	return nil
}

// poolLike is a pool of the driver's own kind, to the same server and with the same settings as db.
func poolLike(ctx context.Context, db *sql.DB) (*pgxpool.Pool, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("take a connection: %w", err)
	}
	defer func() { _ = conn.Close() }() // it was only looked at
	config, err := pgxpool.ParseConfig("")
	if err != nil {
		return nil, fmt.Errorf("prepare a pool: %w", err)
	}
	err = conn.Raw(func(driver any) error {
		config.ConnConfig = driver.(*stdlib.Conn).Conn().Config()
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look at a connection: %w", err)
	}
	config.MaxConns = 2
	return newPool(ctx, config)
}

// openJobsPool opens connections without app.vendor_id and app.platform. The queue's statements are few and always the
// same, so they are prepared once.
func openJobsPool(ctx context.Context, url string, opts Options) (*pgxpool.Pool, error) {
	config, err := poolConfig(url, opts, opts.JobsConns, nil)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.RuntimeParams["application_name"] = opts.ApplicationName + " jobs"
	return newPool(ctx, config)
}
