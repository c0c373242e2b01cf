package views_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/gofiber/fiber/v2"

	"orion/assets"
	"orion/cache"
	"orion/model/vendor"
	"orion/views"
)

// site is a renderer on templates of the test's own, behind an app.
type site struct {
	t      testing.TB
	dir    string
	log    *lockedBuffer
	epochs *cache.Epochs
	views  *views.Renderer
	app    *fiber.App
	shop   *vendor.Shop
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// bundle is a build of assets with one script and one icon.
func bundle(t testing.TB) *assets.Bundle {
	t.Helper()
	b, err := assets.New(fstest.MapFS{
		"manifest.json": {Data: []byte(`{"files":{"app.js":"app-1a2b.js","app.css":"app-3c.css","icons.svg":"icons-9f.svg"},"icons":["x","check"]}`)},
		"app-1a2b.js":   {Data: []byte("js")}, "app-3c.css": {Data: []byte("css")}, "icons-9f.svg": {Data: []byte("<svg/>")},
	}, false)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// newSite renders the given files, body by path, in development unless change says otherwise.
func newSite(t testing.TB, files map[string]string, change func(*views.Options)) *site {
	t.Helper()
	s := &site{t: t, dir: t.TempDir(), log: &lockedBuffer{}, epochs: cache.NewEpochs(), app: fiber.New(fiber.Config{Immutable: true})}
	s.epochs.Trust(true)
	s.shop = &vendor.Shop{
		Vendor: vendor.Vendor{ID: 7, Slug: "kaffa", Name: "Kaffa"}, Settings: vendor.Settings{Locale: "en", Currency: "EUR"},
		Theme: vendor.Theme{Name: "base"},
	}
	for _, folder := range []string{"views", "partials", "themes"} {
		if err := os.Mkdir(filepath.Join(s.dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s.write("views/layouts/shop.html", `<html>{{block "content" .}}{{end}}</html>`)
	for path, body := range files {
		s.write(path, body)
	}
	options := views.Options{
		Log: slog.New(slog.NewTextHandler(s.log, nil)), Assets: bundle(t), Epochs: s.epochs, SourceDir: s.dir, Development: true,
		CacheBytes: 1 << 20,
	}
	if change != nil {
		change(&options)
	}
	var err error
	if s.views, err = views.New(options); err != nil {
		t.Fatal(err)
	}
	s.app.Use(func(c *fiber.Ctx) error {
		views.SetSite(c, &views.Site{
			Audience: views.AudienceShop, Mode: views.ModeSubdomain, Shop: s.shop, Scheme: "http", Host: c.Hostname(), CookiePath: "/",
		})
		return c.Next()
	})
	return s
}

func (s *site) write(path, body string) {
	s.t.Helper()
	file := filepath.Join(s.dir, path)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// page serves a page at /.
func (s *site) page(model any) {
	s.app.Get("/", func(c *fiber.Ctx) error { return s.views.Page(c, 200, "shop/home", model) })
}

// get asks for a path with headers as pairs, and wants status.
func (s *site) get(path string, status int, headers ...string) (*http.Response, string) {
	s.t.Helper()
	request := httptest.NewRequest("GET", path, nil)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
	}
	response, err := s.app.Test(request, -1)
	if err != nil {
		s.t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if response.StatusCode != status {
		s.t.Fatalf("GET %s: status %d, want %d: %s", path, response.StatusCode, status, body)
	}
	return response, string(body)
}

func (s *site) want(path, body string, headers ...string) {
	s.t.Helper()
	if _, got := s.get(path, 200, headers...); got != body {
		s.t.Errorf("GET %s:\n got %q\nwant %q", path, got, body)
	}
}

func TestPageStandsInItsLayoutWithItsPartials(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{
		"views/shop/home.html":    `<h1>{{.}}</h1>{{template "partials/shop/card" .}}`,
		"partials/shop/card.html": `<i>{{.}}</i>`,
	}, nil)
	s.page("a<b")
	response, body := s.get("/", 200)
	if want := `<html><h1>a&lt;b</h1><i>a&lt;b</i></html>`; body != want {
		t.Errorf("got %q, want %q", body, want)
	}
	if got := response.Header.Get("Vary"); got != "HX-Request, HX-Request-Type, Accept-Encoding" {
		t.Errorf("Vary is %q", got)
	}
	if got := response.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Errorf("Content-Type is %q", got)
	}
}

func TestLongPagesAreCompressed(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"views/shop/home.html": `{{range seq 900}}{{.}} {{end}}`}, nil)
	s.page(nil)
	_, plain := s.get("/", 200)
	response, body := s.get("/", 200, "Accept-Encoding", "gzip")
	if response.Header.Get("Content-Encoding") != "gzip" || len(body) >= len(plain) {
		t.Fatalf("Content-Encoding is %q, %d bytes", response.Header.Get("Content-Encoding"), len(body))
	}
	reader, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(reader); err != nil || string(got) != plain {
		t.Errorf("unpacked it is %.40q, %v", got, err)
	}
}

func TestTwoPagesOfOneLayoutKeepTheirContents(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"views/shop/a.html": `A`, "views/shop/b.html": `B`}, nil)
	s.app.Get("/:page", func(c *fiber.Ctx) error { return s.views.Page(c, 200, "shop/"+c.Params("page"), nil) })
	for range 2 {
		s.want("/a", "<html>A</html>")
		s.want("/b", "<html>B</html>")
	}
}

func TestAnswerPicksTheForm(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"views/shop/home.html": `page {{.}}`, "partials/shop/list.html": `list {{.}}`}, nil)
	s.app.Get("/", func(c *fiber.Ctx) error {
		return s.views.Answer(c, 422, views.Screen{Page: "shop/home", Fragment: "shop/list"}, "p", "f")
	})
	for _, test := range []struct{ kind, want string }{{"partial", "list f"}, {"full", "<html>page p</html>"}} {
		if _, got := s.get("/", 422, "HX-Request", "true", "HX-Request-Type", test.kind); got != test.want {
			t.Errorf("%s: got %q, want %q", test.kind, got, test.want)
		}
	}
}

func TestFragmentsFollowEachOther(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{
		"views/shop/home.html": "-", "partials/shop/a.html": `<p id="a">{{.}}</p>`, "partials/shop/b.html": `<p id="b" hx-swap-oob="true">{{.}}</p>`,
	}, nil)
	s.app.Get("/", func(c *fiber.Ctx) error {
		return s.views.Fragments(c, 409, views.Part{Name: "shop/a", Model: 1}, views.Part{Name: "shop/b", Model: 2})
	})
	_, body := s.get("/", 409)
	if want := `<p id="a">1</p><p id="b" hx-swap-oob="true">2</p>`; body != want {
		t.Errorf("got %q, want %q", body, want)
	}
}

func TestLayers(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	s := newSite(t, map[string]string{
		"views/shop/home.html":                 `{{template "partials/shop/a" .}} {{template "partials/shop/b" .}} {{template "partials/shop/c" .}}`,
		"partials/shop/a.html":                 "base-a",
		"partials/shop/b.html":                 "base-b",
		"partials/shop/c.html":                 "base-c",
		"themes/dark/theme.json":               `{"name":"dark"}`,
		"themes/dark/partials/shop/b.html":     "theme-b",
		"themes/dark/partials/shop/c.html":     "theme-c",
		"themes/other/theme.json":              `{"name":"other"}`,
		"themes/other/partials/shop/a.html":    "other-a",
		"themes/dark/partials/shop/extra.html": "unused",
	}, func(o *views.Options) {
		o.ThemeFiles = func(_ context.Context, vendorID int64) (map[string]string, error) {
			if vendorID == 7 {
				return files, nil
			}
			return nil, nil
		}
	})
	files["partials/shop/c.html"] = "vendor-c"
	s.shop.Theme.Name = "dark"
	s.page(nil)
	s.want("/", "<html>base-a theme-b vendor-c</html>")

	other := *s.shop
	other.ID = 8
	s.shop = &other
	s.want("/", "<html>base-a theme-b theme-c</html>")
}

func TestChangesShowOnTheNextRequest(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	s := newSite(t, map[string]string{
		"views/shop/home.html": `one {{template "partials/shop/a" .}}`, "partials/shop/a.html": "a", "themes/dark/theme.json": `{"name":"dark"}`,
	}, func(o *views.Options) {
		o.ThemeFiles = func(context.Context, int64) (map[string]string, error) { return files, nil }
	})
	s.shop.Theme.Name = "dark"
	s.page(nil)
	s.want("/", "<html>one a</html>")
	s.write("views/shop/home.html", `two, {{template "partials/shop/a" .}}`)
	s.want("/", "<html>two, a</html>")
	s.write("themes/dark/partials/shop/a.html", "theme's")
	s.want("/", "<html>two, theme's</html>")
	files = map[string]string{"partials/shop/a.html": "own"}
	s.want("/", "<html>two, theme's</html>") // not told yet
	s.views.InvalidateTheme(7)
	s.want("/", "<html>two, own</html>")
	if err := os.RemoveAll(filepath.Join(s.dir, "themes/dark/partials")); err != nil {
		t.Fatal(err)
	}
	files = nil
	s.views.InvalidateTheme(7)
	s.want("/", "<html>two, a</html>")
}

func TestABadVendorTemplateFallsBack(t *testing.T) {
	t.Parallel()
	type model struct{ Name string }
	for name, bad := range map[string]string{
		"does not parse":   `{{if}`,
		"no such field":    `<p>half{{.Missing}}`,
		"no such template": `{{template "partials/shop/nowhere" .}}`,
		"defines another":  `{{define "partials/shop/b"}}stolen{{end}}x`,
		"ambiguous escape": `<a {{if .Name}}href="{{end}}x>`,
		"itself for ever":  `{{template "partials/shop/a" .}}`,
		"too large":        `{{range seq 1000}}{{range seq 1000}}0123456789{{end}}{{end}}`,
		"wrong argument":   `{{template "partials/shop/b" "text"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, map[string]string{
				"views/shop/home.html": `{{template "partials/shop/a" .}}`, "partials/shop/a.html": `good {{template "partials/shop/b" .}}`,
				"partials/shop/b.html": "{{.Name}}",
			}, func(o *views.Options) {
				o.ThemeFiles = func(context.Context, int64) (map[string]string, error) {
					return map[string]string{"partials/shop/a.html": bad}, nil
				}
			})
			s.page(model{"n"})
			s.want("/", "<html>good n</html>")
			s.want("/", "<html>good n</html>")
			if log := s.log.String(); !strings.Contains(log, "partials/shop/a") || !strings.Contains(log, "vendor") || strings.Count(log, "\n") != 1 {
				t.Errorf("the log does not name the vendor's file once: %s", log)
			}
		})
	}
}

func TestABadBaseTemplateIsAnError(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for path, body := range map[string]string{"views/shop/home.html": "{{end}}", "partials/shop/a.html": "a"} {
		file := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err := views.New(views.Options{Assets: bundle(t), SourceDir: dir})
	if err == nil || !strings.Contains(err.Error(), "views/shop/home") {
		t.Errorf("the error does not name the file: %v", err)
	}
}
