package assets_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/assets"
)

func built() fstest.MapFS {
	return fstest.MapFS{
		"manifest.json":  {Data: []byte(`{"files":{"app.js":"app-12.js","logo/a.svg":"logo/a-34.svg"},"icons":["x"],"innerIcons":["z"]}`)},
		"app-12.js":      {Data: []byte("plain js")},
		"app-12.js.br":   {Data: []byte("brotli js")},
		"app-12.js.gz":   {Data: []byte("gzip js")},
		"logo/a-34.svg":  {Data: []byte("<svg/>")},
		"secret-old.js":  {Data: []byte("not in the manifest")},
		"manifest.json~": {Data: []byte("{}")},
	}
}

func serve(t *testing.T, path string, headers map[string]string) (*http.Response, string) {
	t.Helper()
	bundle, err := assets.New(built(), false)
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New()
	app.Get(assets.Prefix+"*", bundle.Serve)
	request := httptest.NewRequest("GET", path, nil)
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := app.Test(request, -1)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func TestServePicksTheFormThatTheBrowserTakes(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string][2]string{
		"":                         {"plain js", ""},
		"identity":                 {"plain js", ""},
		"gzip, deflate, br, zstd":  {"brotli js", "br"},
		"gzip":                     {"gzip js", "gzip"},
		"br;q=0, gzip;q=0.5":       {"gzip js", "gzip"},
		"br; q=0.0, gzip; q=0.000": {"plain js", ""},
		"GZIP":                     {"gzip js", "gzip"},
	} {
		response, body := serve(t, "/assets/dist/app-12.js", map[string]string{"Accept-Encoding": accept})
		if body != want[0] || response.Header.Get("Content-Encoding") != want[1] {
			t.Errorf("%q: got %q as %q, want %q as %q", accept, body, response.Header.Get("Content-Encoding"), want[0], want[1])
		}
		if response.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: Vary is %q", accept, response.Header.Get("Vary"))
		}
	}
}

func TestServeLetsBrowsersKeepFiles(t *testing.T) {
	t.Parallel()
	response, _ := serve(t, "/assets/dist/logo/a-34.svg", nil)
	if got := response.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("Cache-Control is %q", got)
	}
	if got := response.Header.Get("Content-Type"); got != "image/svg+xml; charset=utf-8" {
		t.Errorf("Content-Type is %q", got)
	}
	again, body := serve(t, "/assets/dist/logo/a-34.svg", map[string]string{"If-None-Match": response.Header.Get("ETag")})
	if again.StatusCode != 304 || body != "" {
		t.Errorf("asked again with its ETag: status %d, body %q", again.StatusCode, body)
	}
	brotli, _ := serve(t, "/assets/dist/app-12.js", map[string]string{"Accept-Encoding": "br"})
	plain, _ := serve(t, "/assets/dist/app-12.js", nil)
	if brotli.Header.Get("ETag") == plain.Header.Get("ETag") {
		t.Error("two forms have one strong ETag")
	}
}

func TestServeHasNothingButTheBuild(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		"/assets/dist/", "/assets/dist/app.js", "/assets/dist/manifest.json", "/assets/dist/secret-old.js", "/assets/dist/app-12.js.br",
		"/assets/dist/../bundle.go", "/assets/dist/%2e%2e/bundle.go", "/assets/dist/logo", "/assets/dist/.gitkeep",
	} {
		if response, body := serve(t, path, nil); response.StatusCode != 404 {
			t.Errorf("%s: status %d: %s", path, response.StatusCode, body)
		}
	}
}

func TestURL(t *testing.T) {
	t.Parallel()
	bundle, err := assets.New(built(), false)
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := bundle.URL("logo/a.svg"); got != "/assets/dist/logo/a-34.svg" || !ok {
		t.Errorf("got %q, %v", got, ok)
	}
	if got, ok := bundle.URL("none.js"); got != "/assets/dist/none.js" || ok {
		t.Errorf("got %q, %v for a file that is not there", got, ok)
	}
	if got, ok := bundle.Icon("x"); got != "/assets/dist/icons.svg#x" || !ok {
		t.Errorf("got %q, %v for an icon", got, ok)
	}
	if got, ok := bundle.Icon("z"); got != "/assets/dist/icons-inner.svg#z" || !ok {
		t.Errorf("got %q, %v for an icon of the inner rooms", got, ok)
	}
	if _, ok := bundle.Icon("y"); ok {
		t.Error("the icons are not those of the manifest")
	}
}

func TestNewSaysWhatToDoWithoutABuild(t *testing.T) {
	t.Parallel()
	if _, err := assets.New(fstest.MapFS{".gitkeep": {}}, false); !errors.Is(err, assets.ErrNotBuilt) {
		t.Errorf("got %v", err)
	}
}

func TestReloadNoticesANewBuild(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, body string, age time.Duration) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	write("a-1.js", "one", 0)
	write("a-2.js", "two", 0)
	write("manifest.json", `{"files":{"a.js":"a-1.js"}}`, time.Hour)
	bundle, err := assets.New(os.DirFS(dir), true)
	if err != nil {
		t.Fatal(err)
	}
	before := bundle.Revision()
	write("manifest.json", `{"files":{"a.js":"a-2.js"}}`, time.Minute)
	if got, _ := bundle.URL("a.js"); got != "/assets/dist/a-2.js" {
		t.Errorf("got %q", got)
	}
	if bundle.Revision() == before {
		t.Error("the revision stays the same over two builds")
	}
	write("manifest.json", `{"files"`, 0)
	if got, _ := bundle.URL("a.js"); got != "/assets/dist/a-2.js" {
		t.Errorf("a half-written manifest took the last build away: %q", got)
	}
}
