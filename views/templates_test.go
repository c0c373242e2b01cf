package views_test

import (
	"io/fs"
	"log/slog"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"orion/model/vendor"
	"orion/views"
)

// templateFiles is every template of the project by its path: views/…, partials/…, themes/<name>/views/….
func templateFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, folder := range []string{"views", "partials", "themes"} {
		err := fs.WalkDir(os.DirFS(".."), folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(name) != ".html" {
				return err
			}
			body, err := os.ReadFile(filepath.Join("..", name))
			files[name] = string(body)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

var define = regexp.MustCompile(`\{\{-?\s*(define|block)\b`)

func TestNoTemplateDefinesAnother(t *testing.T) {
	t.Parallel()
	for name, body := range templateFiles(t) {
		for _, found := range define.FindAllStringIndex(body, -1) {
			layout := strings.Contains(name, "views/layouts/") && strings.HasPrefix(body[found[0]:], `{{block "content" .}}`)
			if !layout {
				t.Errorf("%s: %.30q: all templates share one name space; put it into a file of its own", name, body[found[0]:])
			}
		}
	}
}

var literalKey = regexp.MustCompile(`[({]-?\s*t "([^"]+)"( "n" )?|[ (]t "([^"]+)"( "n" )?`)

func TestEnglishHasEveryMessage(t *testing.T) {
	t.Parallel()
	r := realRenderer(t, nil)
	for name, body := range templateFiles(t) {
		for _, found := range literalKey.FindAllStringSubmatch(body, -1) {
			key := found[1] + found[3]
			if got := r.Text("en", key, "n", 2); got == key {
				t.Errorf("%s: views/messages/en has no text for %q", name, key)
			}
		}
	}
}

func TestEveryTemplateHasAFixture(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, fixture := range views.Fixtures() {
		known[fixture.Template] = true
	}
	files := templateFiles(t)
	for name := range files {
		template := strings.TrimSuffix(name, ".html")
		if strings.HasPrefix(name, "themes/") || strings.HasPrefix(name, "views/layouts/") {
			continue // a theme's are rendered in place of the base's, a layout with its pages
		}
		if !known[template] {
			t.Errorf("%s has no fixture: add a filled one to views/fixtures_*.go", template)
		}
		delete(known, template)
	}
	for template := range known {
		t.Errorf("the fixture %s has no template", template)
	}
}

// realRenderer is one of the project's own templates, that logs to log.
func realRenderer(t testing.TB, log *lockedBuffer) *views.Renderer {
	t.Helper()
	if log == nil {
		log = &lockedBuffer{}
	}
	r, err := views.New(views.Options{Log: slog.New(slog.NewTextHandler(log, nil)), Assets: bundle(t)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEveryTemplateRendersInEveryTheme(t *testing.T) {
	t.Parallel()
	log := &lockedBuffer{}
	r := realRenderer(t, log)
	themes, err := r.Themes()
	if err != nil {
		t.Fatal(err)
	}
	for theme := range themes {
		t.Run(theme, func(t *testing.T) {
			t.Parallel()
			app := fiber.New()
			shop := &vendor.Shop{
				Vendor: vendor.Vendor{ID: 1, Slug: "kaffa"}, Settings: vendor.Settings{Locale: "en", Currency: "EUR"}, Theme: vendor.Theme{Name: theme},
			}
			fixtures := views.Fixtures()
			app.Get("/:n", func(c *fiber.Ctx) error {
				n, err := c.ParamsInt("n")
				if err != nil {
					return err
				}
				views.SetSite(c, &views.Site{Audience: views.AudienceShop, Shop: shop, Scheme: "https", Host: "kaffa.test"})
				return r.Fragments(c, 200, fixtures[n].Part())
			})
			for n, fixture := range fixtures {
				response, err := app.Test(httptest.NewRequest("GET", "/"+itoa(n), nil), -1)
				if err != nil {
					t.Fatal(err)
				}
				body := read(t, response)
				if response.StatusCode != 200 {
					t.Errorf("%s, %s: %s", fixture.Template, fixture.Name, body)
					continue
				}
				page := strings.HasPrefix(fixture.Template, "views/")
				for _, fault := range slices.Compact(htmlFaults(body, page)) {
					t.Errorf("%s, %s: %s", fixture.Template, fixture.Name, fault)
				}
			}
		})
	}
	t.Cleanup(func() {
		for line := range strings.Lines(log.String()) {
			if strings.Contains(line, "template failed") {
				t.Error(line)
			}
		}
	})
}

func TestCheckTemplate(t *testing.T) {
	t.Parallel()
	r := realRenderer(t, nil)
	files := templateFiles(t)
	for _, name := range []string{"partials/shop/product_card.html", "views/shop/home.html", "partials/ui/price.html"} {
		if err := r.CheckTemplate("base", name, files[name]); err != nil {
			t.Errorf("%s as it is: %v", name, err)
		}
	}
	for _, test := range []struct{ path, body, says string }{
		{"partials/shop/product_card.html", `{{.Titel}}`, "Titel"},
		{"partials/shop/product_card.html", `{{if .Picture}}`, "unexpected EOF"},
		{"partials/shop/product_card.html", `{{.Picture.URL}}`, "URL"}, // where there is no picture
		{"partials/shop/product_card.html", `{{define "x"}}{{end}}`, "define"},
		{"partials/shop/product_card.html", `<a href={{.URL}} onclick="{{`, ""},
		{"partials/shop/product_card.html", `{{template "partials/none" .}}`, "partials/none"},
		{"partials/shop/product_card.html", strings.Repeat("x", 200_001), "at most"},
		{"views/shop/home.html", `{{template "partials/shop/product_card" .}}`, "product_card"},
		{"../secrets.html", "x", "path"},
		{"views/shop/home.txt", "x", "path"},
	} {
		err := r.CheckTemplate("base", test.path, test.body)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s %.60q: got %v, want something about %q", test.path, test.body, err, test.says)
		}
	}
}
