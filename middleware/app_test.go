package middleware_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/uptrace/bun"

	"orion/middleware"
	"orion/model/fault"
	"orion/model/tenant"
	"orion/model/vendor"
	"orion/postgres"
	"orion/postgres/pgtest"
	"orion/views"
)

// platform is an app with the whole stack, a few routes of each audience, and its own database with the shops
// kaffa (kaffa.test is its primary domain, coffee.test another), bloom, and one of each other status.
type platform struct {
	app *fiber.App
	db  *postgres.DB
	log *bytes.Buffer
}

// seen is what a route says about the request that reached it.
type seen struct {
	Route, Path, OriginalURL, Param string
	Audience, Mode, Vendor          string
	Scheme, Host, Base, CookiePath  string
	Canonical, Client, RequestID    string
	Scope                           int64
	Deadline                        bool
}

func newPlatform(t *testing.T, change func(*middleware.Options)) *platform {
	t.Helper()
	p := &platform{db: pgtest.New(t), log: &bytes.Buffer{}}
	seedShops(t, p.db)
	directory, err := vendor.NewDirectory(p.db.Platform, 100)
	if err != nil {
		t.Fatal(err)
	}
	directory.Trust(true)
	options := middleware.Options{
		Logger:       slog.New(slog.NewJSONHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Directory:    directory,
		PlatformHost: "localhost",
		// app.Test comes from 0.0.0.0.
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
	}
	if change != nil {
		change(&options)
	}
	p.app = fiber.New(fiber.Config{
		Immutable: true, DisableStartupMessage: true, BodyLimit: 1 << 20,
		ErrorHandler: middleware.Errors(options.Logger, testRenderer),
	})
	if err := middleware.Use(p.app, options); err != nil {
		t.Fatal(err)
	}
	p.routes()
	return p
}

// testRenderer writes what the real one would show, in a form that is easy to assert.
func testRenderer(c *fiber.Ctx, status int, kind string, err error) error {
	if kind == c.Get("X-Renderer-Fails") {
		panic("the renderer is broken")
	}
	form := "page"
	if views.WantsFragment(c) {
		form = "toast"
	}
	return c.SendString(strings.Join([]string{form, kind, fault.Message(err)}, " | "))
}

func (p *platform) routes() {
	show := func(c *fiber.Ctx) error { return c.JSON(look(c)) }
	for _, path := range []string{"/", "/about", "/admin", "/admin/vendors", "/vendor", "/vendor/orders/:id", "/api/v1/x",
		"/shop", "/shop/products/:slug", "/shop/search", "/shop/cart", "/assets/app.css", "/healthz"} {
		p.app.Get(path, show)
	}
	p.app.Post("/shop/cart/items", show)
	p.app.Put("/shop/cart/items", show)
	p.app.Post("/api/v1/x", show)
	p.app.Get("/shop/fails/:how", func(c *fiber.Ctx) error { return p.fail(c) })
	p.app.Get("/api/v1/fails/:how", func(c *fiber.Ctx) error { return p.fail(c) })
}

func look(c *fiber.Ctx) seen {
	site := views.SiteFrom(c)
	s := seen{
		Route: c.Route().Path, Path: c.Path(), OriginalURL: c.OriginalURL(), Param: c.Params("slug"),
		Audience: string(site.Audience), Mode: string(site.Mode),
		Scheme: site.Scheme, Host: site.Host, Base: site.Base, CookiePath: site.CookiePath,
		Client: site.Client.String(), RequestID: site.RequestID,
	}
	if site.Shop != nil {
		s.Vendor, s.Canonical = site.Shop.Slug, site.Canonical("/products/mug")
	}
	s.Scope, _ = tenant.Vendor(c.UserContext())
	_, s.Deadline = c.UserContext().Deadline()
	return s
}

func (p *platform) fail(c *fiber.Ctx) error {
	c.Set(fiber.HeaderETag, `"page"`)
	switch c.Params("how") {
	case "panic":
		panic("secret of the panic")
	case "unknown":
		return io.ErrUnexpectedEOF
	case "conflict":
		return fault.Conflict.With("Somebody else changed it.")
	case "invalid":
		return &fault.Invalid{Message: "Look again.", Fields: map[string]string{"email": "Enter an e-mail address."}}
	case "deadline":
		return p.db.Shop.NewRaw("SELECT pg_sleep(10)").Scan(c.UserContext(), new(string))
	case "nul":
		_, err := p.db.Shop.NewRaw("SELECT ?", bun.Safe("convert_from('\\xff'::bytea, 'UTF8')")).Exec(c.UserContext())
		return err
	case "queries":
		for range 2 {
			if err := p.db.Shop.NewRaw("SELECT 1").Scan(c.UserContext(), new(int)); err != nil {
				return err
			}
		}
		return c.SendString("ok")
	}
	return fault.NotFound.With("There is no such failure.")
}

func seedShops(t *testing.T, db *postgres.DB) {
	t.Helper()
	kaffa := pgtest.Vendor(t, db, "kaffa")
	pgtest.Vendor(t, db, "bloom")
	for slug, status := range map[string]string{"newcomer": "pending", "resting": "suspended", "gone": "closed"} {
		execute(t, db, "UPDATE vendors SET status = ? WHERE id = ?", status, pgtest.Vendor(t, db, slug))
	}
	execute(t, db, "UPDATE vendors SET deleted_at = now() WHERE id = ?", pgtest.Vendor(t, db, "deleted"))
	execute(t, db, `INSERT INTO vendor_domains (vendor_id, host, is_primary, verified_at) VALUES
		(?0, 'kaffa.test', true, now()), (?0, 'coffee.test', false, now()), (?0, 'xn--caf-dma.test', false, now()),
		(?0, 'claimed.test', false, NULL)`, kaffa)
}

func execute(t *testing.T, db *postgres.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.Platform.NewRaw(query, args...).Exec(tenant.AsPlatform(context.WithoutCancel(t.Context()))); err != nil {
		t.Fatal(err)
	}
}

type answered struct {
	*http.Response
	body string
}

// get asks for a whole URL; headers are name, value, …
func (p *platform) get(t *testing.T, url string, headers ...string) answered {
	t.Helper()
	return p.send(t, http.MethodGet, url, "", headers...)
}

func (p *platform) send(t *testing.T, method, url, body string, headers ...string) answered {
	t.Helper()
	host, path, _ := strings.Cut(strings.TrimPrefix(url, "http://"), "/")
	request := httptest.NewRequest(method, "http://localhost/", strings.NewReader(body))
	request.Host = host
	request.URL.Opaque = "/" + path // as it stands: no cleaning by net/url
	request.RequestURI = "/" + path
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return p.do(t, request)
}

func (p *platform) do(t *testing.T, request *http.Request) answered {
	t.Helper()
	response, err := p.app.Test(request, int(time.Minute/time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answered{response, string(content)}
}

func (a answered) seen(t *testing.T) seen {
	t.Helper()
	var s seen
	if err := json.Unmarshal([]byte(a.body), &s); err != nil {
		t.Fatalf("status %d, body %q: %v", a.StatusCode, a.body, err)
	}
	return s
}
