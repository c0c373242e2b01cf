// Package postgres connects Orion to its database: pools whose connections know their vendor, migrations,
// notifications, and the accounting of queries.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"orion/model/tenant"
)

// Options tune the connections. Zero values take the defaults.
type Options struct {
	ShopConns     int32 // connections of the shop pool; default 12
	PlatformConns int32 // connections of the platform pool; default 4
	JobsConns     int32 // connections of the jobs' pool; default 4

	StatementTimeout         time.Duration // the longest statement; default 15 s
	IdleInTransactionTimeout time.Duration // the longest pause inside a transaction; default 30 s
	MaxConnLifetime          time.Duration // how old a connection grows; default 1 h

	ApplicationName string        // what pg_stat_activity shows; default "orion"
	SlowQuery       time.Duration // queries at least this slow are logged, without their values; default 200 ms
	Logger          *slog.Logger  // default slog.Default()
}

func (o Options) withDefaults() Options {
	o.ShopConns = orDefault(o.ShopConns, 12)
	o.PlatformConns = orDefault(o.PlatformConns, 4)
	o.JobsConns = orDefault(o.JobsConns, 4)
	o.StatementTimeout = orDefault(o.StatementTimeout, 15*time.Second)
	o.IdleInTransactionTimeout = orDefault(o.IdleInTransactionTimeout, 30*time.Second)
	o.MaxConnLifetime = orDefault(o.MaxConnLifetime, time.Hour)
	o.ApplicationName = orDefault(o.ApplicationName, "orion")
	o.SlowQuery = orDefault(o.SlowQuery, 200*time.Millisecond)
	o.Logger = orDefault(o.Logger, slog.Default())
	return o
}

func orDefault[T comparable](value, byDefault T) T {
	var zero T
	if value == zero {
		return byDefault
	}
	return value
}

// DB is the database seen in three ways. They never share a connection, so a vendor's connection can never be a
// platform one.
type DB struct {
	// Shop takes contexts made by tenant.With and sees that vendor's rows; any other context is refused.
	Shop *bun.DB
	// Platform takes contexts made by tenant.AsPlatform and sees every row; any other context is refused. Inside one
	// of its transactions a query may be narrowed by tenant.With.
	Platform *bun.DB

	// ShopPool and PlatformPool are the pools underneath, for their statistics and for what speaks pgx.
	ShopPool, PlatformPool *pgxpool.Pool

	// JobsPool is for the queue's own bookkeeping and sees no vendor's rows at all: its connections name no vendor, and
	// the policies refuse to work without one.
	JobsPool *pgxpool.Pool
}

// Open makes the pools and reaches the server once. The caller closes the DB.
func Open(ctx context.Context, url string, opts Options) (*DB, error) {
	opts = opts.withDefaults()
	shop, err := openPool(ctx, url, opts, opts.ShopConns, prepareVendor, map[string]string{
		"app.platform": "off",
	})
	if err != nil {
		return nil, err
	}
	platform, err := openPool(ctx, url, opts, opts.PlatformConns, preparePlatform, map[string]string{
		"app.platform":  "on",
		"app.vendor_id": "0", // the policies read it before they come to app.platform
	})
	if err != nil {
		shop.Close()
		return nil, err
	}
	jobs, err := openJobsPool(ctx, url, opts)
	if err != nil {
		shop.Close()
		platform.Close()
		return nil, err
	}
	db := &DB{
		Shop: openBun(shop, opts), Platform: openBun(platform, opts),
		ShopPool: shop, PlatformPool: platform, JobsPool: jobs,
	}
	if err := db.Ping(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// prepareFunc readies a connection for the context that takes it, as pgxpool.Config.PrepareConn says.
type prepareFunc func(context.Context, *pgx.Conn) (bool, error)

func openPool(
	ctx context.Context, url string, opts Options, size int32, prepare prepareFunc, settings map[string]string,
) (*pgxpool.Pool, error) {
	config, err := poolConfig(url, opts, size, settings)
	if err != nil {
		return nil, err
	}
	config.PrepareConn = prepare
	// Bun writes the arguments into the text, so every text is new: a statement cache would only cost.
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	return newPool(ctx, config)
}

// poolConfig is what all pools have in common.
func poolConfig(url string, opts Options, size int32, settings map[string]string) (*pgxpool.Config, error) {
	config, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	config.MaxConns = size
	config.MaxConnLifetime = opts.MaxConnLifetime
	params := config.ConnConfig.RuntimeParams
	params["application_name"] = opts.ApplicationName
	params["jit"] = "off" // Pages are made of many small queries: compiling one takes longer than running it.
	params["timezone"] = "UTC"
	params["statement_timeout"] = milliseconds(opts.StatementTimeout)
	params["idle_in_transaction_session_timeout"] = milliseconds(opts.IdleInTransactionTimeout)
	for name, value := range settings {
		params[name] = value
	}
	return config, nil
}

func newPool(ctx context.Context, config *pgxpool.Config) (*pgxpool.Pool, error) {
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return pool, nil
}

// parseURL reads a connection URL or DSN. Its errors never repeat the password.
func parseURL(url string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the database's URL: %w", err)
	}
	return config, nil
}

func milliseconds(d time.Duration) string {
	return strconv.FormatInt(d.Milliseconds(), 10)
}

// openBun puts Bun over a pool. OpenDBFromPool keeps no idle connection in database/sql, and no limit on open ones may
// be set there: a waiter would be handed a connection without passing prepare.
func openBun(pool *pgxpool.Pool, opts Options) *bun.DB {
	db := bun.NewDB(stdlib.OpenDBFromPool(pool), pgdialect.New())
	return db.WithQueryHook(&queryHook{slow: opts.SlowQuery, logger: opts.Logger})
}

// Ping reaches the server through the platform's pool.
func (db *DB) Ping(ctx context.Context) error {
	if err := db.PlatformPool.Ping(tenant.AsPlatform(ctx)); err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	return nil
}

// Close ends every connection, waiting for those in use.
func (db *DB) Close() error {
	err := errors.Join(db.Shop.Close(), db.Platform.Close())
	db.ShopPool.Close()
	db.PlatformPool.Close()
	db.JobsPool.Close()
	return err
}

// RoleBypassesRLS tells whether row-level security does not hold for the role that Orion connects as: a superuser or
// one with BYPASSRLS. Then one wall of three is missing, and Orion should not serve.
func (db *DB) RoleBypassesRLS(ctx context.Context) (bool, error) {
	var bypasses bool
	// Both roles count: who came in as session_user can become it again.
	err := db.PlatformPool.QueryRow(tenant.AsPlatform(ctx),
		`SELECT bool_or(rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname IN (current_user, session_user)`,
	).Scan(&bypasses)
	if err != nil {
		return false, fmt.Errorf("ask whether the role bypasses row security: %w", err)
	}
	return bypasses, nil
}
