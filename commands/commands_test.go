package commands_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"orion/commands"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

// result is what a run of the program left.
type result struct {
	status         int
	stdout, stderr string
}

// orion runs the program with a data folder of the test's own.
func orion(t *testing.T, environment []string, arguments ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := commands.Run(t.Context(), commands.Process{
		Arguments:   append([]string{"orion"}, arguments...),
		Environment: append([]string{"ORION_DATA_DIR=" + filepath.Join(t.TempDir(), "var")}, environment...),
		Stdout:      &stdout, Stderr: &stderr,
	})
	return result{status, stdout.String(), stderr.String()}
}

func TestMistakesAreExplained(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		environment, arguments []string
		says                   []string
	}{
		"unknown command":  {nil, []string{"migrat"}, []string{`there is no command "migrat"`, `did you mean "migrate"`, "orion --help"}},
		"unknown flag":     {nil, []string{"migrate", "--fast"}, []string{"-fast", "orion migrate --help"}},
		"too many words":   {nil, []string{"version", "now"}, []string{`takes no argument "now"`}},
		"flag's value":     {nil, []string{"seed", "--vendors", "0"}, []string{"0 is not between 1 and 9999"}},
		"configuration":    {[]string{"PORT=x", "ORION_ENV=production"}, []string{"serve"}, []string{"PORT=x", "ORION_SECRET is missing"}},
		"database is away": {[]string{"DATABASE_URL=postgres://127.0.0.1:1/none?connect_timeout=2"}, []string{"migrate"}, []string{"127.0.0.1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := orion(t, test.environment, test.arguments...)
			if got.status != 1 || got.stdout != "" {
				t.Errorf("status %d, stdout %q", got.status, got.stdout)
			}
			for _, says := range test.says {
				if !strings.Contains(got.stderr, says) {
					t.Errorf("%q does not say %q", got.stderr, says)
				}
			}
		})
	}
}

func TestEveryCommandHasHelp(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"serve", "migrate", "seed", "import", "import products", "version"} {
		got := orion(t, nil, append(strings.Fields(command), "--help")...)
		if got.status != 0 || !strings.Contains(got.stdout, "orion "+command+" - ") {
			t.Errorf("%s --help: %+v", command, got)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	if got := orion(t, nil, "version"); got.status != 0 || !strings.HasPrefix(got.stdout, "orion ") || !strings.Contains(got.stdout, " go1.") {
		t.Errorf("got %+v", got)
	}
}

func TestMigrateAndSeed(t *testing.T) {
	t.Parallel()
	url := pgtest.EmptyURL(t)
	database := []string{"DATABASE_URL=" + url}
	if got := orion(t, database, "migrate"); got.status != 0 || !strings.Contains(got.stdout, "applied 20261123000001_platform.up.sql\n") {
		t.Errorf("first: %+v", got)
	}
	if got := orion(t, database, "migrate"); got.status != 0 || got.stdout != "the schema is up to date\n" {
		t.Errorf("second: %+v", got)
	}
	for range 2 { // The second finds everything there.
		if got := orion(t, database, "seed", "--vendors", "2", "--products", "5"); got.status != 0 || !strings.HasPrefix(got.stdout, "2 shops with 5 products each") {
			t.Errorf("seed: %+v", got)
		}
	}
}

func TestImportProducts(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	db := pgtest.Open(t, url, postgres.Options{})
	pgtest.Vendor(t, db, "garden")
	file := filepath.Join(t.TempDir(), "products.csv")
	const csv = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n" +
		"spade,Spade,Title,Default Title,SP-1,24.00\nrake,Rake,Title,Default Title,RA-1,free\n"
	if err := os.WriteFile(file, []byte(csv), 0o600); err != nil {
		t.Fatal(err)
	}
	database := []string{"DATABASE_URL=" + url}
	for _, says := range []string{"1 products created, 0 updated, 0 unchanged, 1 left out", "0 products created, 0 updated, 1 unchanged, 1 left out"} {
		got := orion(t, database, "import", "products", "--vendor", "garden", "--format", "shopify", file)
		if got.status != 1 || !strings.Contains(got.stdout, says) || !strings.Contains(got.stderr, "line 3 (rake)") {
			t.Errorf("want %q, got %+v", says, got)
		}
	}
	for _, test := range []struct {
		arguments []string
		says      string
	}{
		{[]string{"--vendor", "nobody", file}, `there is no shop "nobody"`},
		{[]string{"--vendor", "garden", "--format", "xml", file}, `there is no format "xml"`},
		{[]string{"--vendor", "garden"}, "takes one file"},
		{[]string{"--vendor", "garden", file + ".missing"}, "open the file"},
		{[]string{file}, "vendor"},
	} {
		got := orion(t, database, append([]string{"import", "products"}, test.arguments...)...)
		if got.status != 1 || !strings.Contains(got.stderr, test.says) {
			t.Errorf("%v: want %q, got %+v", test.arguments, test.says, got)
		}
	}
}

func TestUsersAreMade(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	db := pgtest.Open(t, url, postgres.Options{})
	pgtest.Vendor(t, db, "garden")
	database := []string{"DATABASE_URL=" + url, "ORION_ENV=test"}
	for says, arguments := range map[string][]string{
		"http://localhost:8080/admin/account/reset/":         {"ann@example.test", "--platform-role", "super_admin"},
		"http://localhost:8080/vendor/garden/account/reset/": {"bob@example.test", "--shop", "garden", "--role", "staff"},
	} {
		if got := orion(t, database, append([]string{"user", "add"}, arguments...)...); got.status != 0 || !strings.Contains(got.stdout, says) {
			t.Errorf("%v: want %q, got %+v", arguments, says, got)
		}
	}
	var roles string
	err := db.Platform.NewRaw(`SELECT string_agg(u.email || ' ' || u.platform_role || coalesce(m.role, ''), ', ' ORDER BY u.email)
		FROM users u LEFT JOIN vendor_members m ON m.user_id = u.id`).Scan(tenant.AsPlatform(t.Context()), &roles)
	if err != nil || roles != "ann@example.test super_admin, bob@example.test staff" {
		t.Errorf("the users are %q: %v", roles, err)
	}
	for says, arguments := range map[string][]string{
		"say one e-mail address":   {},
		"say what the person may":  {"ann@example.test"},
		"super_admin, admin or su": {"ann@example.test", "--platform-role", "king"},
		"owner, manager, staff":    {"ann@example.test", "--shop", "garden", "--role", "king"},
		`there is no shop "none"`:  {"ann@example.test", "--shop", "none"},
		"e-mail address":           {"ann", "--platform-role", "admin"},
	} {
		got := orion(t, database, append([]string{"user", "add"}, arguments...)...)
		if got.status != 1 || !strings.Contains(strings.ToLower(got.stderr), strings.ToLower(says)) {
			t.Errorf("%v: want %q, got %+v", arguments, says, got)
		}
	}
}

const production = "ORION_ENV=production"
const secret = "ORION_SECRET=kQ3v9Zr1Wm7Xc5Bn2Lp8Ht4Jd6Fg0Sy1Aq"

func TestProductionRefusesWhatIsNotSafe(t *testing.T) {
	t.Parallel()
	behind := orion(t, []string{production, secret, "PORT=0", "DATABASE_URL=" + pgtest.EmptyURL(t)}, "serve")
	if behind.status != 1 || !strings.Contains(behind.stderr, "run `orion migrate`") {
		t.Errorf("behind: %+v", behind)
	}
	admin := pgtest.AdminURL(t, pgtest.URL(t))
	bypassing := orion(t, []string{production, secret, "PORT=0", "DATABASE_URL=" + admin}, "serve")
	if bypassing.status != 1 || !strings.Contains(bypassing.stderr, "bypasses row security") {
		t.Errorf("bypassing: %+v", bypassing)
	}
}

// TestEndedContext makes sure that a command which is told to stop says so instead of hanging.
func TestEndedContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	status := commands.Run(ctx, commands.Process{
		Arguments: []string{"orion", "migrate"}, Environment: []string{"DATABASE_URL=" + pgtest.EmptyURL(t), "ORION_DATA_DIR=" + t.TempDir()},
		Stdout: &out, Stderr: &out,
	})
	if status != 1 || !strings.Contains(out.String(), "canceled") {
		t.Errorf("status %d: %s", status, out.String())
	}
}
