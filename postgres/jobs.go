package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// jobsSchema is the version of the job queue's own tables that jobsMigration brings up. A later one is a step of its own.
const jobsSchema = 8

// jobsMigration makes the tables of the job queue, River's, in the step's own transaction.
func jobsMigration() migrationFile {
	return migrationFile{20261126000002, "20261126000002_jobs", func(ctx context.Context, tx *sql.Tx) error {
		lent, err := PgxTx(ctx, tx)
		if err != nil {
			return err
		}
		migrator, err := rivermigrate.New[pgx.Tx](riverpgxv5.New(nil), nil)
		if err != nil {
			return fmt.Errorf("prepare the job queue's tables: %w", err)
		}
		// The library advises against one transaction because of a value added to an enum. It may be used at once where the
		// enum is as new, and is here: these versions have only ever run together.
		//nolint:staticcheck // see above
		_, err = migrator.MigrateTx(ctx, lent, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: jobsSchema})
		if err != nil {
			return fmt.Errorf("make the job queue's tables: %w", err)
		}
		return nil
	}}
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
