package demo_test

import (
	"context"
	"testing"

	"golang.org/x/sync/errgroup"

	"orion/demo"
	"orion/postgres/pgtest"
)

func TestAccountsAreLoadedOnce(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	hash := func(_ context.Context, password string) (string, error) { return "hash of " + password, nil }
	if err := demo.LoadAccounts(t.Context(), db, hash); err != nil || count(t, db, "SELECT count(*) FROM users") != 0 {
		t.Errorf("users without the demo shops: %v", err)
	}
	if err := demo.Load(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	var starts errgroup.Group
	for range 4 {
		starts.Go(func() error { return demo.LoadAccounts(t.Context(), db, hash) })
	}
	if err := starts.Wait(); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int{
		"SELECT count(*) FROM users WHERE password_hash = 'hash of orion-demo'":                                                         7,
		"SELECT count(*) FROM users WHERE platform_role = 'super_admin' AND email = 'admin@orion.test'":                                 1,
		"SELECT count(*) FROM vendor_members m JOIN vendors v ON v.id = m.vendor_id WHERE v.slug = 'kaffa'":                             4,
		"SELECT count(*) FROM customers c JOIN vendors v ON v.id = c.vendor_id WHERE v.slug = 'kaffa' AND c.email = 'ada@example.test'": 1,
		"SELECT count(*) FROM customer_addresses WHERE is_default AND is_default_billing":                                               1,
	} {
		if got := count(t, db, query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
}
