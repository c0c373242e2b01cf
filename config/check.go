package config

import (
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"golang.org/x/net/idna"
)

// check says what is wrong with values that could be read, and brings paths and host names into their one form.
func (c *Config) check() []string {
	var problems []string
	expect := func(right bool, problem string, arguments ...any) {
		if !right {
			problems = append(problems, fmt.Sprintf(problem, arguments...))
		}
	}
	expect(c.Environment == Development || c.Environment == Production || c.Environment == Test,
		"ORION_ENV=%s is none of development, production and test", c.Environment)
	if c.Bind != "" {
		_, err := netip.ParseAddr(c.Bind)
		expect(err == nil, "ORION_BIND=%s is not an IP address such as 127.0.0.1", c.Bind)
	}
	expect(c.Port >= 0 && c.Port <= 65535, "PORT=%d is not between 0 and 65535", c.Port)
	host, err := normalHost(c.PlatformHost)
	expect(err == nil, "ORION_PLATFORM_HOST=%s is not a host name such as shops.example (without https:// and without a port)", c.PlatformHost)
	c.PlatformHost = host
	if c.Production() {
		if weakness := c.Secret.weakness(); weakness != "" {
			expect(false, "ORION_SECRET %s: set it to the output of `openssl rand -base64 48`", weakness)
		}
	}
	if c.DatabaseURL != "" {
		// The library's error can quote the password in part, so it is not shown.
		_, err := pgx.ParseConfig(string(c.DatabaseURL))
		expect(err == nil, "DATABASE_URL is not a PostgreSQL URL such as postgres://user:password@host:5432/orion")
	}
	expect(c.ThemesDir == "" || isFolder(c.ThemesDir), "ORION_THEMES_DIR=%s is not a folder", c.ThemesDir)
	expect(c.SourceDir == "" || isFolder(filepath.Join(c.SourceDir, "views")), "ORION_SOURCE_DIR=%s is not the project's folder", c.SourceDir)
	expect(c.SourceDir == "" || !c.Production(), "ORION_SOURCE_DIR is for development: production serves what is in the program")
	for _, path := range []*string{&c.DataDir, &c.ThemesDir, &c.SourceDir, &c.PostgresBin} {
		if *path == "" {
			continue
		}
		absolute, err := filepath.Abs(*path)
		expect(err == nil, "the folder %s cannot be found from here: %v", *path, err)
		*path = absolute
	}
	expect(c.ShopConnections >= 1 && c.ShopConnections <= 1000, "ORION_DB_POOL=%d is not between 1 and 1000", c.ShopConnections)
	expect(c.PlatformConnections >= 2 && c.PlatformConnections <= 1000, "ORION_DB_PLATFORM_POOL=%d is not between 2 and 1000", c.PlatformConnections)
	expect(c.JobsConnections >= 3 && c.JobsConnections <= 1000, "ORION_DB_JOBS_POOL=%d is not between 3 and 1000", c.JobsConnections)
	expect(c.StatementTimeout > 0, "ORION_DB_STATEMENT_TIMEOUT=%s is not more than 0", c.StatementTimeout)
	expect(c.SlowQuery > 0, "ORION_DB_SLOW_QUERY=%s is not more than 0", c.SlowQuery)
	expect(c.RateLimit >= 0, "ORION_RATE_LIMIT=%g is less than 0", c.RateLimit)
	expect(c.CacheMegabytes >= 0, "ORION_CACHE_MB=%d is less than 0", c.CacheMegabytes)
	expect(c.ShutdownTimeout > 0, "ORION_SHUTDOWN_TIMEOUT=%s is not more than 0", c.ShutdownTimeout)
	return append(append(problems, c.checkSecrets()...), c.checkMail()...)
}

// What the cost of hashing passwords may be: bcrypt knows 4 to 31, less than 12 is too little for passwords that are worth
// something, and from 18 on one sign-in takes many seconds.
const (
	leastBcryptCost = 12
	mostBcryptCost  = 18
	testBcryptCost  = 4
)

// checkSecrets says what is wrong with what protects passwords and signatures.
func (c *Config) checkSecrets() []string {
	var problems []string
	for i, secret := range c.OldSecrets {
		if weakness := secret.weakness(); weakness != "" {
			problems = append(problems, fmt.Sprintf("ORION_OLD_SECRETS: number %d %s: name secrets that were in use, with commas between them", i+1, weakness))
		}
	}
	least := leastBcryptCost
	if c.Environment == Test {
		least = testBcryptCost
	}
	if c.BcryptCost < least || c.BcryptCost > mostBcryptCost {
		problems = append(problems, fmt.Sprintf("ORION_BCRYPT_COST=%d is not between %d and %d", c.BcryptCost, least, mostBcryptCost))
	}
	return problems
}

// checkMail says what is wrong with how mail is sent, and names the sender where none is given.
func (c *Config) checkMail() []string {
	var problems []string
	if c.SMTPURL != "" && !isSMTP(string(c.SMTPURL)) { // it holds a password, so it is not shown
		problems = append(problems, "ORION_SMTP_URL is not a mail server such as smtp://user:password@mail.example:587 or smtps://… (smtp:// takes ?tls=mandatory, opportunistic or none)")
	}
	if c.MailFrom == "" {
		c.MailFrom = defaultSender(c.PlatformHost)
	} else if _, err := mail.ParseAddress(c.MailFrom); err != nil {
		problems = append(problems, fmt.Sprintf("ORION_MAIL_FROM=%s is not an address such as Orion <no-reply@shops.example>", c.MailFrom))
	}
	if c.JobWorkers < 0 || c.JobWorkers > 1000 {
		problems = append(problems, fmt.Sprintf("ORION_JOB_WORKERS=%d is not between 0 and 1000", c.JobWorkers))
	}
	return problems
}

// defaultSender is an address at the platform's host; an IP address is none to write to.
func defaultSender(host string) string {
	if _, err := netip.ParseAddr(host); err == nil {
		host = "localhost"
	}
	return "Orion <no-reply@" + host + ">"
}

// isSMTP tells whether a URL names a mail server in a way that package mail reads.
func isSMTP(text string) bool {
	address, err := url.Parse(text)
	if err != nil || address.Hostname() == "" {
		return false
	}
	if port := address.Port(); port != "" {
		if number, err := strconv.Atoi(port); err != nil || number < 1 || number > 65535 {
			return false
		}
	}
	security := address.Query().Get("tls")
	switch address.Scheme {
	case "smtps":
		return security == ""
	case "smtp":
		return security == "" || security == "mandatory" || security == "opportunistic" || security == "none"
	default:
		return false
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// normalHost brings a host name into lower case and punycode, without a trailing dot.
func normalHost(host string) (string, error) {
	host = strings.TrimSuffix(host, ".")
	if address, err := netip.ParseAddr(host); err == nil {
		return address.String(), nil
	}
	return idna.Lookup.ToASCII(host)
}
