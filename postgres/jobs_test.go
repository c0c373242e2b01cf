package postgres_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

// TestTheJobsPoolSeesNoVendor: what speaks for no vendor gets an error, not somebody's rows.
func TestTheJobsPoolSeesNoVendor(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	id := pgtest.Vendor(t, db, "kaffa")
	for _, ctx := range []context.Context{t.Context(), tenant.AsPlatform(t.Context()), tenant.With(t.Context(), id)} {
		for _, table := range []string{"vendors", "vendor_settings", "customers", "orders"} {
			var rows int
			err := db.JobsPool.QueryRow(ctx, "SELECT count(*) FROM "+pgx.Identifier{table}.Sanitize()).Scan(&rows)
			if err == nil {
				t.Errorf("the jobs' pool counts %d rows of %s, want a refusal", rows, table)
			}
		}
	}
	var jobs int
	if err := db.JobsPool.QueryRow(t.Context(), "SELECT count(*) FROM river_job").Scan(&jobs); err != nil || jobs != 0 {
		t.Errorf("the queue: %d jobs, %v; want an empty one", jobs, err)
	}
}

// TestPgxTx: what is written through the lent transaction lives and dies with it, and has its scope.
func TestPgxTx(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	id := pgtest.Vendor(t, db, "kaffa")
	ctx := tenant.With(t.Context(), id)
	undo := errors.New("undo")
	insert := func(email string, then error) error {
		return db.Shop.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
			lent, err := postgres.PgxTx(ctx, tx.Tx)
			if err != nil {
				return err
			}
			if _, err := lent.Begin(ctx); err == nil || lent.Commit(ctx) == nil || lent.Rollback(ctx) == nil {
				t.Error("the lent transaction let itself be begun or ended")
			}
			_, err = lent.Exec(ctx, `INSERT INTO customers (vendor_id, email, name)
				VALUES (current_setting('app.vendor_id')::bigint, $1, 'Ada')`, email)
			return errors.Join(err, then)
		})
	}
	if err := insert("kept@x.test", nil); err != nil {
		t.Fatal(err)
	}
	if err := insert("undone@x.test", undo); !errors.Is(err, undo) {
		t.Fatal(err)
	}
	var emails []string
	err := db.Shop.NewRaw("SELECT email FROM customers WHERE vendor_id = ?", id).Scan(ctx, &emails)
	if err != nil || !slices.Equal(emails, []string{"kept@x.test"}) {
		t.Errorf("customers: %v, %v; want the one that was committed", emails, err)
	}
}
