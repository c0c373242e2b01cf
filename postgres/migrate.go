package postgres

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"orion/migrations"
	"orion/model/tenant"
)

// migrationTable records the versions that were applied.
const migrationTable = "schema_migrations"

// migrationLock is the key of the advisory lock under which migrations run: "orion" in ASCII.
const migrationLock int64 = 0x6f72696f6e

// Migrate brings the schema up to date and returns the names of the files it applied. Each file runs whole, in one
// transaction with the record that it ran. Several processes may call it at once: one migrates, the others wait. The
// role must own the database or its schema; it needs no superuser.
func Migrate(ctx context.Context, url string) (applied []string, err error) {
	config, err := migrationConfig(url)
	if err != nil {
		return nil, err
	}
	db := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, db.Close()) }()

	provider, err := newMigrator(db)
	if err != nil {
		return nil, err
	}
	results, err := provider.Up(ctx)
	var partial *goose.PartialError
	if errors.As(err, &partial) {
		results = partial.Applied
		err = fmt.Errorf("migration %s: %w", fileOf(partial.Failed.Source.Version), partial.Err)
	}
	for _, result := range results {
		applied = append(applied, fileOf(result.Source.Version))
	}
	if err != nil {
		return applied, fmt.Errorf("migrate: %w", err)
	}
	return applied, nil
}

// migrationConfig is for a session that may take its time: a migration on large tables, or the wait for another
// process to finish, must not run into a timeout that was set for the role.
func migrationConfig(url string) (*pgx.ConnConfig, error) {
	config, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	// A migration may have to see and change every vendor's rows.
	for name, value := range map[string]string{
		"application_name": "orion migrate", "statement_timeout": "0", "lock_timeout": "0",
		"app.platform": "on", "app.vendor_id": "0",
	} {
		config.ConnConfig.RuntimeParams[name] = value
	}
	// One text may hold many statements in the simple protocol only.
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	return config.ConnConfig, nil
}

// newMigrator hands each step to goose as a function in a transaction, an SQL file as one that sends it whole. Goose's own
// reader would want its annotations around every function body, and Bun's migrator records a file outside of the file's
// transaction.
func newMigrator(db *sql.DB) (*goose.Provider, error) {
	files, err := migrationFiles()
	if err != nil {
		return nil, err
	}
	var steps []*goose.Migration
	for _, file := range files {
		steps = append(steps, goose.NewGoMigration(file.version, &goose.GoFunc{RunTx: file.run, RunDB: file.runAlone}, nil))
	}
	provider, err := goose.NewProvider(database.DialectPostgres, db, nil,
		goose.WithGoMigrations(steps...),
		goose.WithDisableGlobalRegistry(true),
		goose.WithTableName(migrationTable),
		goose.WithSessionLocker(sessionLock{}),
		goose.WithAllowOutofOrder(true), // two branches may merge in either order
	)
	if err != nil {
		return nil, fmt.Errorf("prepare the migrations: %w", err)
	}
	return provider, nil
}

// sessionLock waits for the advisory lock as long as it takes. Goose's own asks again every few seconds.
type sessionLock struct{}

// SessionLock takes the lock for conn's session.
func (sessionLock) SessionLock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrationLock)
	return err
}

// SessionUnlock gives the lock back.
func (sessionLock) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", migrationLock)
	return err
}

// Pending lists the migration files that the database does not have yet. It changes nothing.
func Pending(ctx context.Context, url string) (names []string, err error) {
	config, err := migrationConfig(url)
	if err != nil {
		return nil, err
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	return pendingOn(ctx, conn)
}

// Pending lists the migration files that the database does not have yet, over the platform's pool.
func (db *DB) Pending(ctx context.Context) ([]string, error) {
	return pendingOn(tenant.AsPlatform(ctx), db.PlatformPool)
}

// querier is what pgx connections and pools have in common here.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func pendingOn(ctx context.Context, db querier) ([]string, error) {
	files, err := migrationFiles()
	if err != nil {
		return nil, err
	}
	applied, err := appliedVersions(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("read the applied migrations: %w", err)
	}
	var names []string
	for _, file := range files {
		if !applied[file.version] {
			names = append(names, file.name)
		}
	}
	return names, nil
}

func appliedVersions(ctx context.Context, db querier) (map[int64]bool, error) {
	var exists bool
	if err := db.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", migrationTable).Scan(&exists); err != nil || !exists {
		return nil, err
	}
	rows, err := db.Query(ctx, "SELECT version_id FROM "+migrationTable+" WHERE is_applied")
	if err != nil {
		return nil, err
	}
	versions, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, err
	}
	applied := make(map[int64]bool, len(versions))
	for _, version := range versions {
		applied[version] = true
	}
	return applied, nil
}

// migrationFile is one step: an SQL file, or a function of the program.
type migrationFile struct {
	version int64
	name    string
	// run is the step within a transaction, with the record that it ran; runAlone, where run is nil, one that makes
	// transactions of its own and may be run again after it was cut short.
	run      func(context.Context, *sql.Tx) error
	runAlone func(context.Context, *sql.DB) error
}

// migrationFiles lists the embedded files and the steps written in Go, in the order of their numbers.
func migrationFiles() ([]migrationFile, error) {
	names, err := fs.Glob(migrations.Files, "*.up.sql")
	if err != nil {
		return nil, fmt.Errorf("list the migrations: %w", err)
	}
	files := []migrationFile{jobsMigration()}
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("migration %s: its name must start with its number and _", name)
		}
		text, err := migrations.Files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read migration %s: %w", name, err)
		}
		files = append(files, migrationFile{version: version, name: name, run: func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, string(text))
			return err
		}})
	}
	slices.SortFunc(files, func(a, b migrationFile) int { return cmp.Compare(a.version, b.version) })
	return files, nil
}

// MigrationNames lists every step that Migrate applies, in its order.
func MigrationNames() ([]string, error) {
	files, err := migrationFiles()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = file.name
	}
	return names, nil
}

// fileOf names the step of a version, for messages.
func fileOf(version int64) string {
	files, _ := migrationFiles() // newMigrator has read them before
	for _, file := range files {
		if file.version == version {
			return file.name
		}
	}
	return strconv.FormatInt(version, 10)
}
