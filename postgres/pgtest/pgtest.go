// Package pgtest gives each test a migrated PostgreSQL database of its own.
//
// The server is the one of ORION_TEST_DATABASE_URL (a URL whose role is a superuser or may create databases), else an
// embedded one that lives and dies with the test process. Tests connect as a role for which row-level security holds,
// as Orion does.
package pgtest

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"orion/model/tenant"
	"orion/postgres"
)

// New opens a fresh, migrated database and drops it when the test ends. It takes about 0.1 s; parallel tests may call
// it.
func New(t testing.TB) *postgres.DB {
	t.Helper()
	return Open(t, URL(t), postgres.Options{})
}

// Open opens a database made by URL with options of the test's own, and closes it when the test ends.
func Open(t testing.TB, url string, opts postgres.Options) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), url, opts)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("pgtest: close: %v", err)
		}
	})
	return db
}

// URL makes a fresh, migrated database, which is dropped when the test ends, and returns its URL.
func URL(t testing.TB) string {
	t.Helper()
	s := serverFor(t)
	return s.create(t, s.template)
}

// EmptyURL makes a database without any migration, owned by the tests' role, and returns its URL.
func EmptyURL(t testing.TB) string {
	t.Helper()
	return serverFor(t).create(t, "template1")
}

// AdminURL is the URL of a database made by URL or EmptyURL, for the role that ORION_TEST_DATABASE_URL names or the
// embedded server's superuser.
func AdminURL(t testing.TB, url string) string {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	return serverFor(t).admin.on(config.Database)
}

func serverFor(t testing.TB) *server {
	t.Helper()
	s, err := theServer()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	return s
}

// create clones a database and drops the clone when the test ends.
func (s *server) create(t testing.TB, template string) string {
	t.Helper()
	name := "orion_test_" + strings.ToLower(rand.Text()[:12])
	if err := s.clone(t.Context(), name, template); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		// The test's own context is over by now.
		if err := s.execute(context.Background(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("pgtest: %v", err)
		}
	})
	return s.tests.on(name)
}

// Vendor makes an active vendor and returns its id: EUR, German taxes of 19 % in the prices, English, one shipping
// method, bank transfer and cash on delivery, the base theme.
func Vendor(t testing.TB, db *postgres.DB, slug string) int64 {
	t.Helper()
	ctx := tenant.AsPlatform(t.Context())
	var id int64
	err := db.Platform.NewRaw(`
		WITH vendor AS (
			INSERT INTO vendors (slug, name, status) VALUES (?, ?, 'active') RETURNING id
		), theme AS (
			INSERT INTO vendor_themes (vendor_id) SELECT id FROM vendor
		), settings AS (
			INSERT INTO vendor_settings
				(vendor_id, currency, locale, time_zone, country, email, tax_rates, shipping_methods, payment_methods)
			SELECT id, 'EUR', 'en', 'Europe/Berlin', 'DE', ?, ?, ?, ? FROM vendor
		)
		SELECT id FROM vendor`,
		slug, "Shop "+slug, "hello@"+slug+".test",
		`[{"country":"DE","rate_bp":1900}]`,
		`[{"code":"standard","name":"Standard","countries":[],"price":490,"free_from":5000,"description":"2 to 3 days"}]`,
		`[{"code":"bank_transfer","name":"Bank transfer","instructions":"Please transfer the total within 7 days."},`+
			`{"code":"cash_on_delivery","name":"Cash on delivery","instructions":"Please have the total ready."}]`,
	).Scan(ctx, &id)
	if err != nil {
		t.Fatalf("pgtest: make vendor %s: %v", slug, err)
	}
	return id
}
