package views_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gofiber/fiber/v2"

	"orion/model/vendor"
	"orion/views"
)

// counted serves /p and /q, cached, and counts how often the page is loaded. The body says which load it is.
func counted(t *testing.T, files map[string]string, change func(*views.Options)) (*site, *atomic.Int64) {
	t.Helper()
	all := map[string]string{
		"views/shop/home.html": `load {{.}} cart {{hole "shop/badge"}}.`, "partials/shop/badge.html": `<b>{{.CartCount}}</b>`,
		"partials/shop/list.html": `list {{.}}`,
	}
	for path, body := range files {
		all[path] = body
	}
	var loads atomic.Int64
	s := newSite(t, all, func(o *views.Options) {
		o.HasVisitor = func(c *fiber.Ctx) bool { return c.Cookies("cart") != "" }
		o.Visitor = func(c *fiber.Ctx) (views.Visitor, error) {
			if c.Cookies("cart") == "broken" {
				return views.Visitor{}, errors.New("no database")
			}
			return views.Visitor{Links: views.SiteFrom(c).Links(), CartCount: len(c.Cookies("cart"))}, nil
		}
		o.Personal = func(c *fiber.Ctx) bool { return c.Cookies("toast") != "" }
		if change != nil {
			change(o)
		}
	})
	s.app.Get("/:page", func(c *fiber.Ctx) error {
		screen := views.Screen{Page: "shop/home", Fragment: "shop/list", Key: c.Query("sort")}
		return s.views.Cached(c, screen, func(context.Context) (any, any, error) {
			n := loads.Add(1)
			if c.Query("sort") == "fail" {
				return nil, nil, fiber.NewError(404, "gone")
			}
			return n, n, nil
		})
	})
	return s, &loads
}

func TestCachedLoadsOnce(t *testing.T) {
	t.Parallel()
	s, loads := counted(t, nil, nil)
	for range 3 {
		s.want("/p", "<html>load 1 cart <b>0</b>.</html>")
	}
	if loads.Load() != 1 {
		t.Errorf("loaded %d times", loads.Load())
	}
	response, _ := s.get("/p", 200)
	if got := response.Header.Get("Cache-Control"); got != "private, no-cache" {
		t.Errorf("Cache-Control is %q", got)
	}
	if got := response.Header.Get("Vary"); got != "HX-Request, HX-Request-Type, Accept-Encoding" {
		t.Errorf("Vary is %q", got)
	}
}

func TestCachedFillsTheHolesForEachVisitor(t *testing.T) {
	t.Parallel()
	s, loads := counted(t, nil, nil)
	s.want("/p", "<html>load 1 cart <b>3</b>.</html>", "Cookie", "cart=abc")
	s.want("/p", "<html>load 1 cart <b>0</b>.</html>")
	s.want("/p", "<html>load 1 cart <b>1</b>.</html>", "Cookie", "cart=a")
	s.want("/p", "<html>load 1 cart <b>0</b>.</html>", "Cookie", "cart=broken")
	if loads.Load() != 1 {
		t.Errorf("loaded %d times", loads.Load())
	}
	if !strings.Contains(s.log.String(), "no database") {
		t.Error("a visitor that cannot be read is not logged")
	}
}

func TestCachedTellsWhatDiffersApart(t *testing.T) {
	t.Parallel()
	s, loads := counted(t, nil, nil)
	asked := 0
	ask := func(path string, headers ...string) {
		t.Helper()
		for range 2 {
			s.get(path, 200, headers...)
		}
		asked++
		if got := int(loads.Load()); got != asked {
			t.Errorf("%s %v: %d loads, want %d", path, headers, got, asked)
		}
	}
	ask("/p")
	ask("/q")
	ask("/p?sort=price")
	ask("/p", "HX-Request", "true", "HX-Request-Type", "partial")
	ask("/p", "Host", "other.example")
	other := *s.shop
	other.ID = 8
	s.shop = &other
	ask("/p")
	s.want("/p", "<html>load 6 cart <b>0</b>.</html>")
	s.want("/p", "list 7", "HX-Request", "true", "HX-Request-Type", "partial")
}

func TestCachedForgets(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(s *site){
		"a product":  func(s *site) { s.epochs.BumpCatalog(7) },
		"everything": func(s *site) { s.epochs.Flush() },
		"the theme":  func(s *site) { s.views.InvalidateTheme(7) },
		"a template": func(s *site) { s.write("partials/shop/badge.html", `<b>{{.CartCount}}</b><!-- -->`) },
		"the listener came back": func(s *site) {
			s.epochs.Trust(false)
			s.epochs.Trust(true)
		},
		"the shop": func(s *site) {
			again := *s.shop
			again.Settings = vendor.Settings{Locale: "de", Currency: "EUR"}
			s.shop = &again
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := counted(t, nil, nil)
			s.want("/p", "<html>load 1 cart <b>0</b>.</html>")
			change(s)
			if _, body := s.get("/p", 200); !strings.HasPrefix(body, "<html>load 2 ") {
				t.Errorf("after the change: %q", body)
			}
			if _, body := s.get("/p", 200); !strings.HasPrefix(body, "<html>load 2 ") {
				t.Errorf("the new page is not kept: %q", body)
			}
		})
	}
	s, _ := counted(t, nil, nil)
	s.want("/p", "<html>load 1 cart <b>0</b>.</html>")
	s.epochs.BumpCatalog(8)
	s.want("/p", "<html>load 1 cart <b>0</b>.</html>")
}

// A change that happens while a page is loaded must not be lost under the new epoch.
func TestCachedForgetsAPageThatWasLoadedDuringAChange(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{"views/shop/home.html": "{{.}}"}, nil)
	price := "old"
	s.app.Get("/", func(c *fiber.Ctx) error {
		return s.views.Cached(c, views.Screen{Page: "shop/home"}, func(context.Context) (any, any, error) {
			read := price
			if price == "old" {
				price = "new"
				s.epochs.BumpCatalog(7)
			}
			return read, nil, nil
		})
	})
	s.get("/", 200)
	s.want("/", "<html>new</html>")
}

func TestCachedKeepsNothingThatItMayNot(t *testing.T) {
	t.Parallel()
	s, loads := counted(t, nil, nil)
	s.get("/p?sort=fail", 404)
	s.get("/p?sort=fail", 404)
	if loads.Load() != 2 {
		t.Error("an error is kept")
	}
	s.want("/p", "<html>load 3 cart <b>0</b>.</html>", "Cookie", "toast=1")
	s.want("/p", "<html>load 4 cart <b>0</b>.</html>")
	s.epochs.Trust(false)
	s.want("/p", "<html>load 5 cart <b>0</b>.</html>")
	s.want("/p", "<html>load 6 cart <b>2</b>.</html>", "Cookie", "cart=ab")

	off, _ := counted(t, nil, func(o *views.Options) { o.CacheBytes = 0 })
	off.want("/p", "<html>load 1 cart <b>0</b>.</html>")
	off.want("/p", "<html>load 2 cart <b>0</b>.</html>")
}

func TestCachedAnswersNotModified(t *testing.T) {
	t.Parallel()
	s, _ := counted(t, nil, nil)
	for _, headers := range [][]string{nil, {"Accept-Encoding", "gzip"}, {"Cookie", "cart=ab"}, {"Cookie", "cart=ab", "Accept-Encoding", "gzip"}} {
		first, _ := s.get("/p", 200, headers...)
		tag := first.Header.Get("ETag")
		if !strings.HasPrefix(tag, `"`) {
			t.Fatalf("%v: the tag %q is not a strong one", headers, tag)
		}
		again, body := s.get("/p", 304, append([]string{"If-None-Match", tag}, headers...)...)
		if body != "" || again.Header.Get("ETag") != tag || again.Header.Get("Cache-Control") == "" || again.Header.Get("Vary") == "" {
			t.Errorf("%v: the 304 has body %q and headers %v", headers, body, again.Header)
		}
		if again.Header.Get("Content-Encoding") != "" {
			t.Errorf("%v: the 304 has a Content-Encoding", headers)
		}
		s.get("/p", 200, append([]string{"If-None-Match", tag}, "Cookie", "cart=abcdef")...)
	}
}

func TestCachedSharesABrokenTemplatesFallback(t *testing.T) {
	t.Parallel()
	s, loads := counted(t, nil, func(o *views.Options) {
		o.ThemeFiles = func(context.Context, int64) (map[string]string, error) {
			return map[string]string{"views/shop/home.html": "{{.Nope}}", "partials/shop/badge.html": "{{.Nope}}"}, nil
		}
	})
	s.want("/p", "<html>load 1 cart <b>0</b>.</html>")
	s.want("/p", "<html>load 1 cart <b>2</b>.</html>", "Cookie", "cart=ab")
	if loads.Load() != 1 {
		t.Errorf("loaded %d times", loads.Load())
	}
}

func TestNoTextMakesAHole(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{
		"views/shop/home.html":      `<p title="{{.}}">{{.}}</p><a href="/?q={{.}}">x</a><script type="application/ld+json">{{.}}</script>`,
		"partials/shop/secret.html": "SECRET",
	}, nil)
	s.page("\x00shop/secret\x00")
	if _, body := s.get("/", 200); strings.Contains(body, "SECRET") || strings.Contains(body, "\x00") {
		t.Errorf("a visitor's text made a hole: %q", body)
	}
}
