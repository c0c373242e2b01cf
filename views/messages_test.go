package views_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"orion/views"
)

func TestMessages(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{
		"views/messages/en/a.json": `{"greet":"Hello {name}","items":{"one":"{n} item","other":"{n} items"},"only":"English","left":"{price} left"}`,
		"views/messages/de/a.json": `{"greet":"Hallo {name}","items.one":"{n} Artikel","items.other":"{n} Artikel"}`,
		"views/messages/pl/a.json": `{"items":{"one":"{n} rzecz","few":"{n} rzeczy","many":"{n} rzeczy!"}}`,
		"views/shop/home.html":     "x",
	}, nil)
	for _, test := range []struct {
		locale, key string
		pairs       []any
		want        string
	}{
		{"en", "greet", []any{"name", "{n} <b>"}, "Hello {n} <b>"},
		{"en", "items", []any{"n", 1}, "1 item"},
		{"en", "items", []any{"n", int64(0)}, "0 items"},
		{"en-GB", "items", []any{"n", 12345}, "12,345 items"},
		{"de", "items", []any{"n", 12345}, "12.345 Artikel"},
		{"de-AT", "greet", []any{"name", "Ö"}, "Hallo Ö"},
		{"de", "only", nil, "English"},
		{"pl", "items", []any{"n", 3}, "3 rzeczy"},
		{"pl", "items", []any{"n", 5}, "5 rzeczy!"},
		{"pl", "greet", []any{"name", "x"}, "Hello x"},
		{"not a locale", "only", nil, "English"},
		{"en", "left", []any{"price", views.Price{Minor: 1250, Currency: "EUR"}}, "€12.50 left"},
		{"en", "no.such.key", nil, "no.such.key"},
	} {
		if got := s.views.Text(test.locale, test.key, test.pairs...); got != test.want {
			t.Errorf("%s %s %v: got %q, want %q", test.locale, test.key, test.pairs, got, test.want)
		}
	}
	if !strings.Contains(s.log.String(), "no.such.key") {
		t.Error("a missing message is not logged in development")
	}
}

func TestFunctions(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{
		"views/messages/en/a.json": `{"quote":"<\"&"}`,
		"views/shop/home.html": `{{t "quote"}}|{{money .Price}}|{{money .None}}|{{asset "app.js"}}|{{icon "x" "size-4"}}|` +
			`{{range seq 2 4}}{{.}}{{end}}|{{with dict "A" 1 "B" "x"}}{{.A}}{{.B}}{{end}}`,
	}, nil)
	s.page(struct {
		Price views.Price
		None  *views.Price
	}{Price: views.Price{Minor: 5, Currency: "EUR"}})
	s.want("/", `<html>&lt;&#34;&amp;|€0.05||/assets/dist/app-1a2b.js|`+
		`<svg class="icon size-4" width="24" height="24" aria-hidden="true" focusable="false"><use href="/assets/dist/icons-9f.svg#x"></use></svg>|`+
		`234|1x</html>`)
}

func TestFunctionsRefuseWhatTheyCannotDo(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{{t "a" "b"}}`, `{{t "a" 1 2}}`, `{{dict "a"}}`, `{{dict 1 2}}`, `{{seq 5000}}`, `{{seq}}`, `{{money "5"}}`, `{{icon "\"><script>"}}`,
		`{{icon "x" "\" onload=x"}}`, `{{hole "../x"}}`, `{{hole "x\u0000y"}}`,
	} {
		s := newSite(t, map[string]string{"views/shop/home.html": body}, nil)
		s.page(nil)
		s.get("/", 500)
	}
}

func TestAKeyInTwoFilesIsAnError(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for path, body := range map[string]string{"views/messages/en/a.json": `{"k":"1"}`, "views/messages/en/b.json": `{"k":"2"}`, "partials/x.html": ""} {
		file := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := views.New(views.Options{Assets: bundle(t), SourceDir: dir}); err == nil || !strings.Contains(err.Error(), `"k"`) {
		t.Errorf("got %v", err)
	}
}
