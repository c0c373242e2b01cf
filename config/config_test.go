package config_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/config"
)

const goodSecret = "kQ3v9Zr1Wm7Xc5Bn2Lp8Ht4Jd6Fg0Sy1Aq"

// load reads variables over a data folder of the test's own.
func load(t *testing.T, variables map[string]string) (*config.Config, error) {
	t.Helper()
	given := map[string]string{"ORION_DATA_DIR": filepath.Join(t.TempDir(), "var")}
	for name, value := range variables {
		given[name] = value
	}
	return config.Load(given)
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	c, err := load(t, map[string]string{"PORT": "", "ORION_PLATFORM_HOST": " "})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Secret) < 32 {
		t.Error("no secret was made")
	}
	want := config.Config{
		Environment: config.Development, Port: 8080, PlatformHost: "localhost", Secret: c.Secret, DataDir: c.DataDir,
		BcryptCost: 12, MailFrom: "Orion <no-reply@localhost>", JobWorkers: 10,
		ShopConnections: 12, PlatformConnections: 4, JobsConnections: 4, StatementTimeout: 15 * time.Second, SlowQuery: 200 * time.Millisecond,
		RateLimit: 20, CacheMegabytes: 64, MigrateOnStart: true, Seed: true, ShutdownTimeout: 20 * time.Second,
	}
	if !reflect.DeepEqual(*c, want) {
		t.Errorf("got  %+v\nwant %+v", *c, want)
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	themes := t.TempDir()
	c, err := load(t, map[string]string{
		"ORION_ENV": "production", "ORION_SECRET": goodSecret, "PORT": "0", "ORION_BIND": "::1", "ORION_PLATFORM_HOST": "Bücher.Example.",
		"ORION_TRUSTED_PROXIES": "10.1.2.3/8, 192.168.1.7,fd00::/8", "ORION_THEMES_DIR": themes,
		"DATABASE_URL": "postgres://orion:pass@db.example/orion", "ORION_SEED": "true", "ORION_LOG_LEVEL": "debug", "ORION_DB_POOL": "40",
	})
	if err != nil {
		t.Fatal(err)
	}
	proxies := []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.168.1.7/32"), netip.MustParsePrefix("fd00::/8"),
	}
	if !reflect.DeepEqual(c.TrustedProxies, proxies) {
		t.Errorf("proxies %v, want %v", c.TrustedProxies, proxies)
	}
	if c.PlatformHost != "xn--bcher-kva.example" {
		t.Errorf("platform host %q", c.PlatformHost)
	}
	if !c.Production() || c.MigrateOnStart || !c.Seed || c.LogLevel != slog.LevelDebug || c.ThemesDir != themes || c.ShopConnections != 40 {
		t.Errorf("got %+v", c)
	}
}

func TestMailAndPasswords(t *testing.T) {
	t.Parallel()
	c, err := load(t, map[string]string{
		"ORION_SMTP_URL": "smtp://me:hunter2@mail.example?tls=opportunistic", "ORION_MAIL_FROM": "Shops <post@shops.example>", "ORION_JOB_WORKERS": "0",
		"ORION_OLD_SECRETS": goodSecret + ",, x" + goodSecret, "ORION_BCRYPT_COST": "13", "ORION_PLATFORM_HOST": "shops.example",
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.SMTPURL == "" || c.MailFrom != "Shops <post@shops.example>" || c.JobWorkers != 0 || c.BcryptCost != 13 {
		t.Errorf("got %+v", c)
	}
	if !reflect.DeepEqual(c.OldSecrets, []config.Secret{goodSecret, "x" + goodSecret}) {
		t.Error("the old secrets were read wrongly")
	}
	if shown := fmt.Sprintf("%v %+v %#v", c, *c, *c); strings.Contains(shown, goodSecret) || strings.Contains(shown, "hunter2") {
		t.Errorf("shows a secret: %s", shown)
	}
	tests, err := load(t, map[string]string{"ORION_ENV": "test"})
	if err != nil || tests.BcryptCost != 4 {
		t.Errorf("in tests the cost is %d, %v; want 4", tests.BcryptCost, err)
	}
	if c, err := load(t, map[string]string{"ORION_ENV": "test", "ORION_BCRYPT_COST": "12"}); err != nil || c.BcryptCost != 12 {
		t.Errorf("a given cost does not count in tests: %v", err)
	}
}

func TestWrongValues(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		variables map[string]string
		says      []string
	}{
		"port no number":  {map[string]string{"PORT": "http"}, []string{"PORT=http is not a whole number"}},
		"port too high":   {map[string]string{"PORT": "65536"}, []string{"PORT=65536 is not between"}},
		"port negative":   {map[string]string{"PORT": "-1"}, []string{"PORT=-1"}},
		"environment":     {map[string]string{"ORION_ENV": "prod"}, []string{"ORION_ENV=prod is none of"}},
		"host with port":  {map[string]string{"ORION_PLATFORM_HOST": "localhost:8080"}, []string{"ORION_PLATFORM_HOST"}},
		"host with https": {map[string]string{"ORION_PLATFORM_HOST": "https://shops.example"}, []string{"ORION_PLATFORM_HOST"}},
		"proxies":         {map[string]string{"ORION_TRUSTED_PROXIES": "10.0.0.0/33"}, []string{"ORION_TRUSTED_PROXIES=10.0.0.0/33 is not a list of networks"}},
		"database":        {map[string]string{"DATABASE_URL": "postgres://me:hunter2@%zz"}, []string{"DATABASE_URL is not a PostgreSQL URL"}},
		"themes":          {map[string]string{"ORION_THEMES_DIR": "/nowhere/at/all"}, []string{"ORION_THEMES_DIR=/nowhere/at/all is not a folder"}},
		"truth":           {map[string]string{"ORION_SEED": "perhaps"}, []string{"ORION_SEED=perhaps is not true or false"}},
		"duration":        {map[string]string{"ORION_SHUTDOWN_TIMEOUT": "20"}, []string{"ORION_SHUTDOWN_TIMEOUT=20 is not a duration"}},
		"level":           {map[string]string{"ORION_LOG_LEVEL": "loud"}, []string{"ORION_LOG_LEVEL=loud is not a level"}},
		"bind":            {map[string]string{"ORION_BIND": "localhost"}, []string{"ORION_BIND=localhost is not an IP address"}},
		"rate limit":      {map[string]string{"ORION_RATE_LIMIT": "much"}, []string{"ORION_RATE_LIMIT=much is not a number"}},
		"cache":           {map[string]string{"ORION_CACHE_MB": "-1"}, []string{"ORION_CACHE_MB=-1"}},
		"source":          {map[string]string{"ORION_SOURCE_DIR": "/nowhere/at/all"}, []string{"ORION_SOURCE_DIR=/nowhere/at/all is not the project's"}},
		"pool":            {map[string]string{"ORION_DB_POOL": "0"}, []string{"ORION_DB_POOL=0"}},
		"jobs pool":       {map[string]string{"ORION_DB_JOBS_POOL": "2"}, []string{"ORION_DB_JOBS_POOL=2 is not between 3"}},
		"workers":         {map[string]string{"ORION_JOB_WORKERS": "-1"}, []string{"ORION_JOB_WORKERS=-1"}},
		"sender":          {map[string]string{"ORION_MAIL_FROM": "Orion"}, []string{"ORION_MAIL_FROM=Orion is not an address"}},
		"mail server":     {map[string]string{"ORION_SMTP_URL": "https://me:hunter2@mail.example"}, []string{"ORION_SMTP_URL is not a mail server"}},
		"mail host":       {map[string]string{"ORION_SMTP_URL": "smtp://:587"}, []string{"ORION_SMTP_URL"}},
		"mail port":       {map[string]string{"ORION_SMTP_URL": "smtp://mail.example:0"}, []string{"ORION_SMTP_URL"}},
		"mail security":   {map[string]string{"ORION_SMTP_URL": "smtp://me:hunter2@mail.example?tls=perhaps"}, []string{"ORION_SMTP_URL"}},
		"cheap passwords": {map[string]string{"ORION_BCRYPT_COST": "11"}, []string{"ORION_BCRYPT_COST=11 is not between 12 and 18"}},
		"dear passwords":  {map[string]string{"ORION_BCRYPT_COST": "19"}, []string{"ORION_BCRYPT_COST=19"}},
		"old secrets": {
			map[string]string{"ORION_OLD_SECRETS": goodSecret + ", " + goodSecret[:31]},
			[]string{"ORION_OLD_SECRETS: number 2 is shorter than 32 bytes"},
		},
		"no secret":    {map[string]string{"ORION_ENV": "production"}, []string{"ORION_SECRET is missing"}},
		"short secret": {map[string]string{"ORION_ENV": "production", "ORION_SECRET": goodSecret[:31]}, []string{"ORION_SECRET is shorter than 32 bytes"}},
		"dull secret":  {map[string]string{"ORION_ENV": "production", "ORION_SECRET": strings.Repeat("abc", 20)}, []string{"ORION_SECRET is too easy"}},
		"counted secret": {
			map[string]string{"ORION_ENV": "production", "ORION_SECRET": "abcdefghijklmnopqrstuvwxyz0123456789"},
			[]string{"ORION_SECRET is too easy"},
		},
		"all at once": {
			map[string]string{"PORT": "x", "ORION_ENV": "production", "ORION_SEED": "y", "ORION_DB_POOL": "-3"},
			[]string{"PORT=x", "ORION_SEED=y", "ORION_DB_POOL=-3", "ORION_SECRET is missing"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := load(t, test.variables)
			var invalid *config.Invalid
			if !errors.As(err, &invalid) {
				t.Fatalf("got %v", err)
			}
			if len(invalid.Problems) != len(test.says) {
				t.Errorf("%d problems, want %d: %v", len(invalid.Problems), len(test.says), err)
			}
			for _, says := range test.says {
				if !strings.Contains(err.Error(), says) {
					t.Errorf("%q does not say %q", err, says)
				}
			}
			if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), goodSecret[:31]) {
				t.Errorf("the message shows a secret: %v", err)
			}
		})
	}
}

func TestSecretIsKept(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "var")
	secrets := make([]config.Secret, 8)
	var group sync.WaitGroup
	for i := range secrets {
		group.Go(func() {
			c, err := config.Load(map[string]string{"ORION_DATA_DIR": folder})
			if err != nil {
				t.Error(err)
				return
			}
			secrets[i] = c.Secret
		})
	}
	group.Wait()
	for _, secret := range secrets {
		if secret != secrets[0] {
			t.Error("two starts have different secrets")
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Fatalf("the folder holds %v (%v)", entries, err)
	}
	if info, err := entries[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the secret's mode is %v (%v)", info.Mode(), err)
	}
	other, err := load(t, nil)
	if err != nil || other.Secret == secrets[0] {
		t.Error("another folder has the same secret", err)
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	t.Parallel()
	c, err := load(t, map[string]string{"ORION_SECRET": goodSecret, "DATABASE_URL": "postgres://orion:" + goodSecret + "@db/orion"})
	if err != nil {
		t.Fatal(err)
	}
	var logged strings.Builder
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("start", "config", c, "secret", c.Secret)
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range []string{fmt.Sprint(c), fmt.Sprintf("%+v %#v", *c, *c), logged.String(), string(encoded)} {
		if strings.Contains(shown, goodSecret) {
			t.Errorf("shows the secret: %s", shown)
		}
	}
}
