package postgres_test

import (
	"strings"
	"testing"
	"time"

	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

func TestOpenSetsTheSession(t *testing.T) {
	t.Parallel()
	db := pgtest.Open(t, pgtest.URL(t), postgres.Options{
		StatementTimeout: 1500 * time.Millisecond, IdleInTransactionTimeout: 3 * time.Second, ApplicationName: "orion test",
	})
	for name, want := range map[string]string{
		"statement_timeout": "1500ms", "idle_in_transaction_session_timeout": "3s",
		"application_name": "orion test", "TimeZone": "UTC",
	} {
		var shop, platform string
		if err := db.Shop.NewRaw("SELECT current_setting(?)", name).Scan(tenant.With(t.Context(), 1), &shop); err != nil {
			t.Fatal(err)
		}
		if err := db.Platform.NewRaw("SELECT current_setting(?)", name).Scan(tenant.AsPlatform(t.Context()), &platform); err != nil {
			t.Fatal(err)
		}
		if shop != want || platform != want {
			t.Errorf("%s = %s and %s, want %s", name, shop, platform, want)
		}
	}
}

func TestAStatementThatTakesTooLongEnds(t *testing.T) {
	t.Parallel()
	db := pgtest.Open(t, pgtest.URL(t), postgres.Options{StatementTimeout: 20 * time.Millisecond})
	_, err := db.Shop.ExecContext(tenant.With(t.Context(), 1), "SELECT pg_sleep(60)")
	if err == nil || !strings.Contains(err.Error(), "statement timeout") {
		t.Errorf("a long statement: %v, want the statement timeout", err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"postgres://orion:hunter2@localhost:notaport/orion":        "read the database's URL",
		"postgres://orion:hunter2@/orion?host=/nowhere&port=5432":  "reach the database",
		"postgres://orion:hunter2@localhost/orion?sslmode=perhaps": "read the database's URL",
	} {
		db, err := postgres.Open(t.Context(), url, postgres.Options{})
		if err == nil {
			db.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("Open(%s): %v; want %q and no password", url, err, want)
		}
	}
}

func TestRoleBypassesRLS(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	if bypasses, err := pgtest.Open(t, url, postgres.Options{}).RoleBypassesRLS(t.Context()); err != nil || bypasses {
		t.Errorf("the tests' role: %v, %v; want false", bypasses, err)
	}
	admin := pgtest.Open(t, pgtest.AdminURL(t, url), postgres.Options{})
	var superuser bool
	err := admin.Platform.NewRaw("SELECT current_setting('is_superuser')::boolean").Scan(tenant.AsPlatform(t.Context()), &superuser)
	if err != nil {
		t.Fatal(err)
	}
	if bypasses, err := admin.RoleBypassesRLS(t.Context()); err != nil || bypasses != superuser {
		t.Errorf("the server's own role: %v, %v; want %v", bypasses, err, superuser)
	}
}
