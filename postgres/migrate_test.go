package postgres_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"orion/postgres"
	"orion/postgres/pgtest"
)

func migrationNames(t *testing.T) []string {
	t.Helper()
	names, err := postgres.MigrationNames()
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestMigrate(t *testing.T) {
	t.Parallel()
	url, all := pgtest.EmptyURL(t), migrationNames(t)
	if pending, err := postgres.Pending(t.Context(), url); err != nil || !slices.Equal(pending, all) {
		t.Errorf("pending on an empty database: %v, %v; want %v", pending, err, all)
	}
	if applied, err := postgres.Migrate(t.Context(), url); err != nil || !slices.Equal(applied, all) {
		t.Fatalf("applied %v, %v; want %v", applied, err, all)
	}
	if applied, err := postgres.Migrate(t.Context(), url); err != nil || len(applied) != 0 {
		t.Errorf("applied again: %v, %v; want nothing", applied, err)
	}
	if pending, err := pgtest.Open(t, url, postgres.Options{}).Pending(t.Context()); err != nil || len(pending) != 0 {
		t.Errorf("pending after: %v, %v; want nothing", pending, err)
	}
}

func TestSeveralInstancesMigrateAtOnce(t *testing.T) {
	t.Parallel()
	url, all := pgtest.EmptyURL(t), migrationNames(t)
	var mu sync.Mutex
	var applied []string
	var instances sync.WaitGroup
	for range 4 {
		instances.Go(func() {
			names, err := postgres.Migrate(t.Context(), url)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			applied = append(applied, names...)
		})
	}
	instances.Wait()
	if !slices.Equal(applied, all) {
		t.Errorf("together they applied %v, want each of %v once", applied, all)
	}
}

// TestAMigrationThatFailsLeavesNothing: a relation that is in the way stops the second file in its middle.
func TestAMigrationThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	url, all := pgtest.EmptyURL(t), migrationNames(t)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	execute := func(statement string) {
		t.Helper()
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	execute("CREATE TABLE product_variants (id int)")
	applied, err := postgres.Migrate(t.Context(), url)
	if err == nil || !slices.Equal(applied, all[:1]) {
		t.Errorf("applied %v, %v; want %v and an error", applied, err, all[:1])
	}
	var half *string
	if err := conn.QueryRow(t.Context(), "SELECT to_regclass('products')::text").Scan(&half); err != nil || half != nil {
		t.Errorf("the failed migration left products: %v, %v", half, err)
	}
	if pending, err := postgres.Pending(t.Context(), url); err != nil || !slices.Equal(pending, all[1:]) {
		t.Errorf("pending: %v, %v; want %v", pending, err, all[1:])
	}
	execute("DROP TABLE product_variants")
	if applied, err := postgres.Migrate(t.Context(), url); err != nil || !slices.Equal(applied, all[1:]) {
		t.Errorf("then applied %v, %v; want %v", applied, err, all[1:])
	}
}
