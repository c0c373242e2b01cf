package views_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"orion/model/vendor"
	"orion/views"
)

const darkTheme = `{"name":"dark","tokens":[
	{"name":"color-ink","type":"color","default":"#111","dark":"#eee"},
	{"name":"radius","type":"length","default":"4px"},
	{"name":"leading","type":"number","default":"1.5"},
	{"name":"font-display","type":"font","default":"\"Iowan Old Style\", Georgia, serif"},
	{"name":"ratio","type":"choice","default":"4 / 5","choices":["4 / 5","1 / 1"]}]}`

// styles asks for a shop's stylesheet at its current revision.
func (s *site) styles() string {
	s.t.Helper()
	_, css := s.get("/theme/"+s.views.ThemeRevision(s.shop)+".css", 200)
	return css
}

func themed(t *testing.T, css string) *site {
	t.Helper()
	s := newSite(t, map[string]string{
		"views/shop/home.html": "home", "themes/dark/theme.json": darkTheme, "themes/dark/assets/theme.css": css,
	}, nil)
	s.shop.Theme = vendor.Theme{Name: "dark"}
	s.app.Get("/theme/:revision", s.views.ThemeCSS)
	return s
}

// retoken gives the shop other values, as the directory does: a new shop.
func (s *site) retoken(tokens map[string]string) {
	again := *s.shop
	again.Theme.Tokens = tokens
	s.shop = &again
}

func TestThemeCSSHoldsTheTokensAndTheThemesRules(t *testing.T) {
	t.Parallel()
	s := themed(t, ".theme-dark{background:url(/assets/dist/x.svg)}")
	want := `:root{color-scheme:light dark;--color-ink:#111;--radius:4px;--leading:1.5;` +
		`--font-display:"Iowan Old Style", Georgia, serif;--ratio:4 / 5;}` + "\n" +
		`@media (prefers-color-scheme:dark){:root{--color-ink:#eee;}}` + "\n" + `.theme-dark{background:url(/assets/dist/x.svg)}`
	if got := s.styles(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	s.retoken(map[string]string{"color-ink": "rgb(1 2 3 / 50%)", "color-ink-dark": "#abcdef", "ratio": "1 / 1"})
	for _, part := range []string{"--color-ink:rgb(1 2 3 / 50%);", "{--color-ink:#abcdef;}", "--ratio:1 / 1;", "--radius:4px;"} {
		if got := s.styles(); !strings.Contains(got, part) {
			t.Errorf("%s is not in %s", part, got)
		}
	}
}

func TestThemeCSSIsKeptByItsRevision(t *testing.T) {
	t.Parallel()
	s := themed(t, "")
	before := s.views.ThemeRevision(s.shop)
	response, _ := s.get("/theme/"+before+".css", 200, "Accept-Encoding", "br")
	for name, want := range map[string]string{
		"Cache-Control": "public, max-age=31536000, immutable", "Content-Type": "text/css; charset=utf-8", "Content-Encoding": "br", "Vary": "Accept-Encoding",
	} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	s.retoken(map[string]string{"radius": "0"})
	if s.views.ThemeRevision(s.shop) == before {
		t.Error("the revision stays the same over a change of a token")
	}
	old, css := s.get("/theme/"+before+".css", 200)
	if old.Header.Get("Cache-Control") != "no-cache" || !strings.Contains(css, "--radius:0;") {
		t.Errorf("an old revision is %q: %s", old.Header.Get("Cache-Control"), css)
	}
	s.retoken(map[string]string{"radius": "0"})
	now := s.views.ThemeRevision(s.shop)
	s.write("themes/dark/assets/theme.css", "h1{color:red}")
	if s.views.ThemeRevision(s.shop) == now || !strings.Contains(s.styles(), "h1{color:red}") {
		t.Error("a change of theme.css does not show")
	}
}

func TestNoTokenLeavesItsDeclaration(t *testing.T) {
	t.Parallel()
	s := themed(t, "")
	for _, value := range []string{
		"red;}body{display:none", "#fff}", "url(//evil.test/x)", "url(https://evil.test)", "#fff;color:red", "expression(alert(1))",
		"rgb(1,2,3);", "#fff/*", "\\75rl(x)", "</style>", "@import 'x'", "#12345", "rgb(url(x))", "4px;}", "calc(1px", "calc(1px))", "1 / 2", "var(--x);",
		`"a;b"`, "Georgia; x", "a, url(x)", "'x'", "Georgia\n}", "image-set(x)", "", " ", "9999999999px", "１px", "calc(url(x))", "min(//x)",
	} {
		tokens := map[string]string{}
		for _, name := range []string{"color-ink", "color-ink-dark", "radius", "leading", "font-display", "ratio", "none", "x;}", "radius-dark"} {
			tokens[name] = value
		}
		s.retoken(nil)
		want := s.styles()
		s.retoken(tokens)
		if got := s.styles(); got != want {
			t.Errorf("%q changed the stylesheet:\n%s", value, got)
		}
	}
	if log := s.log.String(); !strings.Contains(log, "vendor=7") || !strings.Contains(log, "color-ink") {
		t.Errorf("a token that is left out is not logged with its vendor: %.300s", log)
	}
}

func TestTokensOfEachTypeTakeWhatTheyAllow(t *testing.T) {
	t.Parallel()
	s := themed(t, "")
	themes, err := s.views.Themes()
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range map[string][]string{
		"color-ink":    {"#abc", "#abcd", "#aabbcc", "#AABBCCDD", "rgb(1, 2, 3)", "rgba(1,2,3,.5)", "hsl(120deg 50% 50%)", "oklch(0.7 0.1 20 / 50%)"},
		"radius":       {"0", "4px", "1.5rem", "-2em", "50%", "200ms", "clamp(1rem, 2vw + 1rem, 3rem)"},
		"leading":      {"1", "-1.5"},
		"font-display": {"Georgia", `"Iowan Old Style", serif`, "ui-sans-serif, system-ui"},
		"ratio":        {"4 / 5", "1 / 1"},
	} {
		for _, value := range values {
			for token, err := range themes["dark"].CheckTokens(map[string]string{name: value}) {
				t.Errorf("%s: %v", token, err)
			}
		}
	}
}

func TestAThemeThatReachesOutIsRefused(t *testing.T) {
	t.Parallel()
	for _, css := range []string{
		`@import "x.css";`, `@IMPORT url(x)`, `a{background:url(https://evil.test/x)}`, `a{background:url( "//evil.test/x")}`,
		`a{background:URL('http://evil.test')}`, `a{background:image-set("https://evil.test/x" 1x)}`, `a{background:url(javascript:alert(1))}`,
	} {
		if err := newTheme(t, darkTheme, css); err == nil {
			t.Errorf("%s is allowed", css)
		}
	}
	for _, css := range []string{
		`a{background:url(/assets/dist/x.svg)}`, `a{background:url("data:image/svg+xml,%3Csvg%3E")}`, `a{mask:url(#m)}`, `a{content:"\2014"}`,
	} {
		if err := newTheme(t, darkTheme, css); err != nil {
			t.Errorf("%s: %v", css, err)
		}
	}
}

func TestAThemeThatIsWrongIsRefused(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"another name":   `{"name":"light"}`,
		"not JSON":       `{`,
		"unknown type":   `{"name":"dark","tokens":[{"name":"a","type":"css","default":"x"}]}`,
		"wrong default":  `{"name":"dark","tokens":[{"name":"a","type":"color","default":"reddish;"}]}`,
		"wrong dark":     `{"name":"dark","tokens":[{"name":"a","type":"color","default":"#fff","dark":"}"}]}`,
		"wrong name":     `{"name":"dark","tokens":[{"name":"A;","type":"color","default":"#fff"}]}`,
		"twice":          `{"name":"dark","tokens":[{"name":"a","type":"color","default":"#fff"},{"name":"a","type":"color","default":"#fff"}]}`,
		"a dark's name":  `{"name":"dark","tokens":[{"name":"a-dark","type":"color","default":"#fff"},{"name":"a","type":"color","default":"#fff"}]}`,
		"no such choice": `{"name":"dark","tokens":[{"name":"a","type":"choice","choices":["1"],"default":"2"}]}`,
		"unsafe choice":  `{"name":"dark","tokens":[{"name":"a","type":"choice","choices":["1;}"],"default":"1;}"}]}`,
	} {
		if err := newTheme(t, text, ""); err == nil || !strings.Contains(err.Error(), "dark") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// newTheme makes a renderer with one theme and returns its error.
func newTheme(t *testing.T, text, css string) error {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "dark/assets"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{"theme.json": text, "assets/theme.css": css} {
		if err := os.WriteFile(filepath.Join(dir, "dark", name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err := views.New(views.Options{Assets: bundle(t), ThemesDir: dir})
	return err
}

func TestThemesDirIsWatchedInProduction(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := newSite(t, map[string]string{"views/shop/home.html": "base"}, func(o *views.Options) { o.ThemesDir, o.Development = dir, false })
	s.shop.Theme.Name = "own"
	s.page(nil)
	s.want("/", "<html>base</html>")
	write := func(path, body string) {
		t.Helper()
		file := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	soon := func(want string) {
		t.Helper()
		for deadline := time.Now().Add(5 * time.Second); ; {
			_, got := s.get("/", 200)
			if got == want {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("the page stays %q, want %q", got, want)
			}
		}
	}
	write("own/views/shop/home.html", "own")
	write("own/theme.json", `{"name":"own"}`)
	soon("<html>own</html>")
	// A half-saved file must not take the shop down.
	write("own/theme.json", `{"name":`)
	write("own/views/shop/home.html", "own, changed")
	s.want("/", "<html>own</html>")
	write("own/theme.json", `{"name":"own"}`)
	soon("<html>own, changed</html>")
}

func TestThemeNamesAreThoseOfTheFolders(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../themes/*/theme.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no themes: %v", err)
	}
	r, err := views.New(views.Options{Assets: bundle(t)})
	if err != nil {
		t.Fatal(err)
	}
	themes, err := r.Themes()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		var described views.Theme
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &described); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if themes[filepath.Base(filepath.Dir(file))] == nil {
			t.Errorf("%s is not among the themes", file)
		}
	}
}
