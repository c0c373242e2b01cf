package handlers_test

import (
	"context"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"orion/cache"
	"orion/handlers"
	"orion/handlers/sign"
	"orion/mail"
	"orion/model/account"
	"orion/model/tenant"
	"orion/model/vendor"
	"orion/postgres"
	"orion/postgres/pgtest"
	"orion/views"
)

// platform is Orion in this process, on a database of its own.
type platform struct {
	t      testing.TB
	app    *fiber.App
	db     *postgres.DB
	url    string
	caches handlers.Caches
	signer *sign.Signer
	log    *reporter

	accounts *account.Authority
	letters  *letters // what would have been mailed
	hash     string   // of the password of all accounts; made once

	kaffa, bloom *shop // two vendors that sell the same under the same addresses, at different prices
}

// newPlatform has the two shops of fixture_test.go. Nothing is cached until trust or listen is called.
func newPlatform(t testing.TB) *platform {
	t.Helper()
	p := newEmptyPlatform(t)
	p.kaffa, p.bloom = p.newShop("kaffa", 0), p.newShop("bloom", 1100)
	p.exec(`UPDATE vendor_settings SET currency = 'GBP', country = 'GB', order_prefix = 'B-' WHERE vendor_id = ?`, p.bloom.id)
	p.exec(`UPDATE vendor_settings SET order_prefix = 'K-' WHERE vendor_id = ?`, p.kaffa.id)
	p.exec(`INSERT INTO vendor_domains (vendor_id, host, is_primary, verified_at) VALUES (?, 'kaffa.test', true, now())`, p.kaffa.id)
	return p
}

// newEmptyPlatform has no shops yet.
func newEmptyPlatform(t testing.TB) *platform {
	t.Helper()
	p := &platform{t: t, url: pgtest.URL(t), log: &reporter{t: t}}
	p.db = pgtest.Open(t, p.url, postgres.Options{})
	bundle := builtAssets(t)
	directory, err := vendor.NewDirectory(p.db.Platform, 100)
	p.must(err)
	log := slog.New(p.log)
	renderer, err := views.New(views.Options{
		Log: log, Assets: bundle, Epochs: cache.NewEpochs(), Development: true, CacheBytes: 16 << 20,
		ThemeFiles: func(ctx context.Context, id int64) (map[string]string, error) {
			return vendor.ThemeFiles(tenant.With(ctx, id), p.db.Shop)
		},
	})
	p.must(err)
	p.signer, err = sign.New("a secret for tests that is long enough")
	p.must(err)
	p.letters = &letters{}
	p.accounts, err = account.New(account.Options{
		Shop: p.db.Shop, Platform: p.db.Platform, Secret: "a secret for tests that is long enough", Cost: 4, Workers: 2, Enqueue: p.letters.take,
	})
	p.must(err)
	p.caches = handlers.Caches{Directory: directory, Views: renderer, Log: log}
	p.app, err = handlers.New(handlers.Options{
		DB: p.db, Directory: directory, Views: renderer, Assets: bundle, Signer: p.signer, Log: log,
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32")}, // where app.Test comes from
		Ready:          p.db.Ping, PlatformHost: "localhost", Accounts: p.accounts, Enqueue: p.letters.take, Mail: mail.NewBox(),
	})
	p.must(err)
	return p
}

func (p *platform) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// exec changes the database behind Orion's back.
func (p *platform) exec(query string, args ...any) {
	p.t.Helper()
	_, err := p.db.Platform.NewRaw(query, args...).Exec(tenant.AsPlatform(p.t.Context()))
	p.must(err)
}

// scan reads one row of the database.
func (p *platform) scan(query string, args []any, into ...any) {
	p.t.Helper()
	p.must(p.db.Platform.NewRaw(query, args...).Scan(tenant.AsPlatform(p.t.Context()), into...))
}

// number reads one number from the database.
func (p *platform) number(query string, args ...any) (n int) {
	p.t.Helper()
	p.scan(query, args, &n)
	return n
}

// reporter is the log: an error, or a message that is missing, fails the test.
type reporter struct {
	t     testing.TB
	attrs []slog.Attr
}

func (r *reporter) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }

func (r *reporter) Handle(_ context.Context, record slog.Record) error {
	line := strings.Builder{}
	line.WriteString(record.Level.String() + " " + record.Message)
	record.Attrs(func(a slog.Attr) bool {
		line.WriteString(" " + a.String())
		return true
	})
	if record.Level >= slog.LevelError || record.Message == "a message is missing" {
		r.t.Errorf("logged: %s", line.String())
	}
	return nil
}

func (r *reporter) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &reporter{t: r.t, attrs: slices.Concat(r.attrs, attrs)}
}

func (r *reporter) WithGroup(string) slog.Handler { return r }
