package postgres_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

func TestCountQueries(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	ctx, counter := postgres.CountQueries(tenant.With(t.Context(), 1))
	other, otherCounter := postgres.CountQueries(tenant.With(t.Context(), 1))

	query := func(ctx context.Context, db bun.IDB, text string) {
		t.Helper()
		if _, err := db.ExecContext(ctx, text); err != nil {
			t.Fatal(err)
		}
	}
	query(ctx, db.Shop, "SELECT pg_sleep(0.01)")
	query(other, db.Shop, "SELECT 1")
	query(tenant.With(t.Context(), 1), db.Shop, "SELECT 1")
	if _, err := db.Shop.NewSelect().TableExpr("vendors").Count(ctx); err != nil {
		t.Fatal(err)
	}
	if counter.Count() != 2 || counter.Total() < 10*time.Millisecond {
		t.Errorf("%d queries in %v; want 2 in 10 ms or more", counter.Count(), counter.Total())
	}
	if otherCounter.Count() != 1 {
		t.Errorf("another context counted %d queries, want 1", otherCounter.Count())
	}
	err := db.Shop.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		query(ctx, tx, "SELECT 1")
		return nil
	})
	if err != nil || counter.Count() != 5 {
		t.Errorf("after a transaction of one query: %d, %v; want 5, BEGIN and COMMIT among them", counter.Count(), err)
	}
}

func TestSlowQueriesAreLoggedWithoutTheirValues(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	db := pgtest.Open(t, pgtest.URL(t), postgres.Options{
		SlowQuery: 20 * time.Millisecond, Logger: slog.New(slog.NewTextHandler(&log, nil)),
	})
	ctx := tenant.With(t.Context(), 1)
	if _, err := db.Shop.NewRaw("SELECT 'quick'").Exec(ctx); err != nil {
		t.Fatal(err)
	}
	log.Reset() // the first query of a busy machine may be slow
	_, err := db.Shop.NewRaw("SELECT pg_sleep(0.03), ?, ?", "ana@example.test", "it's 'a' secret").Exec(ctx)
	if err != nil {
		t.Fatal(err)
	}
	text := log.String()
	if !strings.Contains(text, "slow query") || !strings.Contains(text, "pg_sleep(0.03), '…', '…'") {
		t.Errorf("log %q, want the slow query", text)
	}
	if strings.Contains(text, "ana@") || strings.Contains(text, "secret") {
		t.Errorf("log %q shows values", text)
	}
}
