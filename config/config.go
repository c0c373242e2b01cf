// Package config reads Orion's configuration from the environment, once, into one typed value that is checked as a whole.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// Environment is where Orion runs; it decides how much Orion does by itself and how strict it is.
type Environment string

// The environments: Development migrates and seeds by itself, Production does neither unless told and wants a secret of
// its own, Test is Development for automated tests.
const (
	Development Environment = "development"
	Production  Environment = "production"
	Test        Environment = "test"
)

// Config is everything that can be set from outside. README.md lists the variables.
type Config struct {
	// Environment is development, production or test.
	Environment Environment `env:"ORION_ENV" envDefault:"development"`
	// Bind is the IP address to listen on; empty: all of them.
	Bind string `env:"ORION_BIND"`
	// Port is the TCP port to listen on; 0 lets the system choose.
	Port int `env:"PORT" envDefault:"8080"`
	// PlatformHost is the host name of the platform, in lower case and punycode, without a port; shops are its subdomains.
	PlatformHost string `env:"ORION_PLATFORM_HOST" envDefault:"localhost"`
	// Secret signs cookies, links and tokens: at least 32 bytes.
	Secret Secret `env:"ORION_SECRET"`
	// OldSecrets are earlier ones, whose signatures still count.
	OldSecrets []Secret `env:"ORION_OLD_SECRETS"`
	// BcryptCost is how hard passwords are to guess from their hashes: each step doubles the time.
	BcryptCost int `env:"ORION_BCRYPT_COST" envDefault:"12"`
	// TrustedProxies are the networks whose X-Forwarded-* headers are believed.
	TrustedProxies []netip.Prefix `env:"ORION_TRUSTED_PROXIES"`

	// DataDir is the folder, as an absolute path, of everything Orion keeps in files.
	DataDir string `env:"ORION_DATA_DIR" envDefault:"var"`
	// ThemesDir is a folder of theme packs that come before the built-in ones; empty: none.
	ThemesDir string `env:"ORION_THEMES_DIR"`

	// SourceDir is the project's folder: templates, themes and built assets are read from it, anew when they change, and not
	// from the program. Empty: from the program. `make dev` sets it; production refuses it.
	SourceDir string `env:"ORION_SOURCE_DIR"`

	// DatabaseURL is the PostgreSQL to use; empty: the embedded one. It holds a password.
	DatabaseURL Secret `env:"DATABASE_URL"`
	// PostgresBin is the folder of the embedded PostgreSQL's programs; empty: the first that is found.
	PostgresBin string `env:"ORION_PG_BIN"`
	// ShopConnections, PlatformConnections and JobsConnections bound the three pools of database connections.
	ShopConnections     int `env:"ORION_DB_POOL" envDefault:"12"`
	PlatformConnections int `env:"ORION_DB_PLATFORM_POOL" envDefault:"4"`
	JobsConnections     int `env:"ORION_DB_JOBS_POOL" envDefault:"4"`
	// StatementTimeout ends a database statement that takes longer.
	StatementTimeout time.Duration `env:"ORION_DB_STATEMENT_TIMEOUT" envDefault:"15s"`
	// SlowQuery is the time from which a database statement is logged.
	SlowQuery time.Duration `env:"ORION_DB_SLOW_QUERY" envDefault:"200ms"`

	// SMTPURL is the mail server, with its password: smtp:// or smtps://. Empty: no mail is sent.
	SMTPURL Secret `env:"ORION_SMTP_URL"`
	// MailFrom is who mails come from, as "Name <address>". Empty: no-reply at the platform's host.
	MailFrom string `env:"ORION_MAIL_FROM"`
	// JobWorkers is how many jobs, such as mails, this process does at once; 0: it leaves them to others.
	JobWorkers int `env:"ORION_JOB_WORKERS" envDefault:"10"`

	// RateLimit is how many requests a second one client address may make in the long run; 0: as many as it likes.
	RateLimit float64 `env:"ORION_RATE_LIMIT" envDefault:"20"`
	// CacheMegabytes bounds the cache of rendered pages; 0: pages are not cached.
	CacheMegabytes int `env:"ORION_CACHE_MB" envDefault:"64"`

	// MigrateOnStart brings the schema up to date before serving. Unset: not in production.
	MigrateOnStart bool `env:"ORION_MIGRATE_ON_START"`
	// Seed loads the demo shops into an empty database before serving. Unset: not in production.
	Seed bool `env:"ORION_SEED"`
	// ShutdownTimeout is how long requests under way may take to finish.
	ShutdownTimeout time.Duration `env:"ORION_SHUTDOWN_TIMEOUT" envDefault:"20s"`
	// LogLevel is the lowest level that is logged.
	LogLevel slog.Level `env:"ORION_LOG_LEVEL" envDefault:"INFO"`
}

// Production tells whether Orion serves real customers.
func (c *Config) Production() bool { return c.Environment == Production }

// PostgresDir is the data folder of the embedded PostgreSQL.
func (c *Config) PostgresDir() string { return filepath.Join(c.DataDir, "postgres") }

// FromEnvironment reads and checks the process's environment.
func FromEnvironment() (*Config, error) { return Load(env.ToMap(os.Environ())) }

// Load reads and checks the given variables; an empty one counts as not given. The error, an *Invalid, names everything
// that is wrong. Outside production a missing secret is made and kept in the data folder, so that cookies outlive a
// restart.
func Load(variables map[string]string) (*Config, error) {
	given := make(map[string]string, len(variables))
	for name, value := range variables {
		if strings.TrimSpace(value) != "" {
			given[name] = strings.TrimSpace(value)
		}
	}
	c := &Config{}
	problems := parse(c, given)
	if _, set := given["ORION_MIGRATE_ON_START"]; !set {
		c.MigrateOnStart = !c.Production()
	}
	if _, set := given["ORION_SEED"]; !set {
		c.Seed = !c.Production()
	}
	if _, set := given["ORION_BCRYPT_COST"]; !set && c.Environment == Test {
		c.BcryptCost = testBcryptCost
	}
	problems.add(c.check())
	if len(problems.Problems) > 0 {
		return nil, problems
	}
	if len(c.Secret) == 0 {
		secret, err := keptSecret(c.DataDir)
		if err != nil {
			return nil, err
		}
		c.Secret = secret
	}
	return c, nil
}

// Invalid is a configuration that cannot be used, with every reason.
type Invalid struct {
	// Problems are sentences that name the variable and say what to do.
	Problems []string
}

// Error lists the problems, one a line.
func (i *Invalid) Error() string {
	return "the configuration is not right:\n  - " + strings.Join(i.Problems, "\n  - ")
}

// add takes the problems whose variable has none yet: what could not be read need not be checked.
func (i *Invalid) add(problems []string) {
	for _, problem := range problems {
		name := variablePattern.FindString(problem)
		known := slices.ContainsFunc(i.Problems, func(other string) bool { return variablePattern.FindString(other) == name })
		if !known || name == "" {
			i.Problems = append(i.Problems, problem)
		}
	}
}

var variablePattern = regexp.MustCompile(`^[A-Z_]+`)

// parse fills c and returns what could not be read.
func parse(c *Config, given map[string]string) *Invalid {
	invalid := &Invalid{}
	err := env.ParseWithOptions(c, env.Options{Environment: given, FuncMap: parsers})
	if err == nil {
		return invalid
	}
	var all env.AggregateError
	if !errors.As(err, &all) {
		invalid.add([]string{err.Error()})
		return invalid
	}
	for _, problem := range all.Errors {
		var field env.ParseError
		if errors.As(problem, &field) {
			name := variableOf(field.Name)
			invalid.add([]string{fmt.Sprintf("%s=%s is not %s", name, given[name], meaningOf(field.Type))})
		} else {
			invalid.add([]string{problem.Error()})
		}
	}
	return invalid
}
