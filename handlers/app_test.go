package handlers_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"orion/assets"
	"orion/cache"
	"orion/demo"
	"orion/handlers"
	"orion/handlers/sign"
	"orion/model/tenant"
	"orion/model/vendor"
	"orion/postgres"
	"orion/postgres/pgtest"
	"orion/views"
)

// platform is Orion in this process, on a database of its own with the demo shops.
type platform struct {
	t      *testing.T
	app    *fiber.App
	db     *postgres.DB
	epochs *cache.Epochs
}

func newPlatform(t *testing.T) *platform {
	t.Helper()
	db := pgtest.New(t)
	if err := demo.Load(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	bundle, err := assets.New(assets.Dist(), false)
	if err != nil {
		t.Fatal(err)
	}
	directory, err := vendor.NewDirectory(db.Platform, 100)
	if err != nil {
		t.Fatal(err)
	}
	epochs := cache.NewEpochs()
	epochs.Trust(true)
	log := slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	renderer, err := views.New(views.Options{
		Log: log, Assets: bundle, Epochs: epochs, Development: true, CacheBytes: 16 << 20,
		ThemeFiles: func(ctx context.Context, id int64) (map[string]string, error) {
			return vendor.ThemeFiles(tenant.With(ctx, id), db.Shop)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	signer, err := sign.New("a secret for tests that is long enough")
	if err != nil {
		t.Fatal(err)
	}
	app, err := handlers.New(handlers.Options{
		DB: db, Directory: directory, Views: renderer, Assets: bundle, Signer: signer, Log: log,
		Ready: func(context.Context) error { return nil }, PlatformHost: "localhost",
	})
	if err != nil {
		t.Fatal(err)
	}
	return &platform{t: t, app: app, db: db, epochs: epochs}
}

// testWriter writes the log to the test's.
type testWriter struct{ t *testing.T }

func (w testWriter) Write(line []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(line)))
	return len(line), nil
}

// visitor is a browser without JavaScript: it keeps cookies and follows redirects, within one host.
type visitor struct {
	*platform
	host    string
	base    string // before every path: "" or "/vendor/kaffa/shop"
	htmx    bool
	target  string // the id of the element that htmx swaps
	cookies map[string]*http.Cookie
}

func (p *platform) visitor(host, base string) *visitor {
	return &visitor{platform: p, host: host, base: base, cookies: map[string]*http.Cookie{}}
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

func (v *visitor) get(path string) answer { return v.do(http.MethodGet, path, nil) }

func (v *visitor) post(path string, form url.Values) answer { return v.do(http.MethodPost, path, form) }

func (v *visitor) do(method, path string, form url.Values) answer {
	v.t.Helper()
	request := httptest.NewRequest(method, "http://"+v.host+v.base+path, strings.NewReader(form.Encode()))
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if v.htmx {
		request.Header.Set("HX-Request", "true")
		request.Header.Set("HX-Request-Type", "partial")
		request.Header.Set("HX-Target", v.target)
	}
	return v.send(request)
}

func (v *visitor) send(request *http.Request) answer {
	v.t.Helper()
	for _, cookie := range v.cookies {
		request.AddCookie(cookie)
	}
	response, err := v.app.Test(request, -1)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, cookie := range response.Cookies() {
		if cookie.MaxAge < 0 {
			delete(v.cookies, cookie.Name)
		} else {
			v.cookies[cookie.Name] = cookie
		}
	}
	return answer{response, string(body)}
}

// page parses an answer that has to have this status.
func (v *visitor) page(a answer, status int) *goquery.Document {
	v.t.Helper()
	if a.StatusCode != status {
		v.t.Fatalf("%s answered %d, not %d: %.600s", a.Request.URL, a.StatusCode, status, a.body)
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	if err != nil {
		v.t.Fatal(err)
	}
	return document
}

func TestEveryPageAnswersInEveryMode(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for name, v := range map[string]*visitor{
		"domain":    p.visitor("kaffa.test", ""),
		"subdomain": p.visitor("kaffa.localhost:8080", ""),
		"path":      p.visitor("localhost:8080", "/vendor/kaffa/shop"),
	} {
		home := v.page(v.get(""), http.StatusOK)
		product, found := home.Find(`a[href*="/products/"]`).First().Attr("href")
		if !found {
			t.Fatalf("%s: the home page leads to no product", name)
		}
		category, _ := home.Find(`a[href*="/categories/"]`).First().Attr("href")
		for _, path := range []string{"/products", "/search?q=ethiopia", "/search", "/cart", "/orders", "/about", "/shipping",
			strings.TrimPrefix(product, v.base), strings.TrimPrefix(category, v.base)} {
			page := v.page(v.get(path), http.StatusOK)
			if page.Find("h1").Length() != 1 {
				t.Errorf("%s %s: %d h1", name, path, page.Find("h1").Length())
			}
			page.Find(`a[href^="/"]`).Each(func(_ int, link *goquery.Selection) {
				if href, _ := link.Attr("href"); !strings.HasPrefix(href, v.base) && !strings.HasPrefix(href, "/assets/") {
					t.Errorf("%s %s: the link %s leaves the shop", name, path, href)
				}
			})
		}
	}
}
