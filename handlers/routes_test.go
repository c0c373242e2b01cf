package handlers_test

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestRoutesThatAreNoPages(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	css := p.at(p.kaffa)
	theme := css.page(css.get("/"), http.StatusOK).Find(`link[rel=stylesheet][href*="/theme/"]`).AttrOr("href", "")
	for _, tt := range []struct {
		host, path string
		status     int
		kind, body string // what the body begins with
	}{
		{"kaffa.localhost:8080", theme, http.StatusOK, "text/css; charset=utf-8", ":root"},
		{"kaffa.localhost:8080", "/theme/old.css", http.StatusOK, "text/css; charset=utf-8", ":root"},
		{"localhost:8080", "/vendor/kaffa/shop/theme/old.css", http.StatusOK, "text/css; charset=utf-8", ":root"},
		{"localhost:8080", "/theme/old.css", http.StatusOK, "text/css; charset=utf-8", ":root"},
		{"kaffa.localhost:8080", "/robots.txt", http.StatusOK, "text/plain; charset=utf-8", "User-agent: *"},
		{"kaffa.localhost:8080", "/sitemap.xml", http.StatusOK, "application/xml; charset=utf-8", "<?xml"},
		{"localhost:8080", "/", http.StatusOK, "text/html; charset=utf-8", "<!doctype html>"},
		{"localhost:8080", "/admin/account/sign-in", http.StatusOK, "text/html; charset=utf-8", "<!doctype html>"},
		{"admin.localhost:8080", "/account/sign-in", http.StatusOK, "text/html; charset=utf-8", "<!doctype html>"},
		{"localhost:8080", "/vendor/kaffa/account/sign-in", http.StatusOK, "text/html; charset=utf-8", "<!doctype html>"},
		{"kaffa.test", "/vendor/account/sign-in", http.StatusOK, "text/html; charset=utf-8", "<!doctype html>"},
		{"localhost:8080", "/healthz", http.StatusOK, "text/plain; charset=utf-8", "ok"},
		{"nobody.test", "/readyz", http.StatusOK, "text/plain; charset=utf-8", "ready"},
		{"kaffa.test", "/assets/demo/kaffa/hero.svg", http.StatusOK, "image/svg+xml; charset=utf-8", "<svg"},
		{"kaffa.test", "/assets/demo/kaffa/nothing.svg", http.StatusNotFound, "text/html; charset=utf-8", "<!doctype html>"},
		{"kaffa.test", "/assets/nothing.js", http.StatusNotFound, "text/html; charset=utf-8", "<!doctype html>"},
		{"localhost:8080", "/shop", http.StatusNotFound, "text/html; charset=utf-8", "<!doctype html>"},
		{"nobody.localhost:8080", "/", http.StatusNotFound, "text/html; charset=utf-8", "<!doctype html>"},
		{"nobody.test", "/", http.StatusNotFound, "text/html; charset=utf-8", "<!doctype html>"},
		{"localhost:8080", "/vendor/nobody/shop", http.StatusNotFound, "text/html; charset=utf-8", "<!doctype html>"},
		{"kaffa.test", "/nothing", http.StatusNotFound, "text/html; charset=utf-8", "<!doctype html>"},
		{"kaffa.test", "/products/secret", http.StatusNotFound, "text/html; charset=utf-8", "<!doctype html>"},
		{"kaffa.test", "/products/nothing", http.StatusNotFound, "text/html; charset=utf-8", "<!doctype html>"},
		{"kaffa.test", "/categories/nothing", http.StatusNotFound, "text/html; charset=utf-8", "<!doctype html>"},
		{"kaffa.test", "/checkout", http.StatusSeeOther, "", ""},
		{"kaffa.test", "/vendor", http.StatusSeeOther, "", ""},
		{"localhost:8080", "/admin", http.StatusSeeOther, "", ""},
		{"kaffa.test", "/shop/products", http.StatusMovedPermanently, "", ""},
	} {
		v := p.visitor(tt.host, "")
		got, head := v.get(tt.path), v.do(http.MethodHead, tt.path, nil)
		if got.StatusCode != tt.status || !strings.HasPrefix(strings.TrimSpace(got.body), tt.body) {
			t.Errorf("%s%s: %d %.80q, want %d %q", tt.host, tt.path, got.StatusCode, got.body, tt.status, tt.body)
		}
		if kind := got.Header.Get("Content-Type"); tt.kind != "" && kind != tt.kind {
			t.Errorf("%s%s: Content-Type %q, want %q", tt.host, tt.path, kind, tt.kind)
		}
		if head.StatusCode != tt.status || head.body != "" || head.Header.Get("Content-Type") != got.Header.Get("Content-Type") {
			t.Errorf("HEAD %s%s: %d, %q, %d bytes", tt.host, tt.path, head.StatusCode, head.Header.Get("Content-Type"), len(head.body))
		}
	}
}

func TestOtherMethodsAreRefusedWithTheRightOnes(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for _, tt := range []struct{ method, path, allow string }{
		{http.MethodPost, "/products/espresso", "GET, HEAD"}, {http.MethodDelete, "/cart", "GET, HEAD"}, {http.MethodGet, "/cart/items", "POST"},
		{http.MethodPut, "/checkout", "GET, HEAD, POST"}, {http.MethodPatch, "/orders", "GET, HEAD, POST"},
		{http.MethodPost, "/sitemap.xml", "GET, HEAD"},
	} {
		for way, v := range p.everyWay(p.kaffa) {
			for _, htmx := range []bool{false, true} {
				v.htmx = htmx
				got := v.do(tt.method, v.base+tt.path, nil)
				page := v.page(got, http.StatusMethodNotAllowed)
				allow := strings.Split(got.Header.Get("Allow"), ", ")
				slices.Sort(allow)
				if strings.Join(allow, ", ") != tt.allow {
					t.Errorf("%s %s by %s: Allow %q, want %q", tt.method, tt.path, way, got.Header.Get("Allow"), tt.allow)
				}
				if shown := page.Find("h1, .toast-text").First(); text(shown) == "" {
					t.Errorf("%s %s by %s says nothing: %.200s", tt.method, tt.path, way, got.body)
				}
			}
		}
	}
}

func TestErrorsAreAPageOrAToast(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for way, v := range p.everyWay(p.bloom) {
		page := v.page(v.get("/products/nothing"), http.StatusNotFound)
		if page.Find(".brand").First().AttrOr("href", "") != v.baseOrRoot() || page.Find("meta[name=robots][content=noindex]").Length() != 1 {
			t.Errorf("%s: the page of an error is not the shop's", way)
		}
		checkLinks(v, "an error by "+way, page)
		got := v.swapping("main").get("/products/nothing")
		toast := v.page(got, http.StatusNotFound)
		if toast.Find("body > .toast-error .toast-text").Length() != 1 || got.Header.Get("HX-Retarget") != "#toasts" || got.Header.Get("HX-Reswap") != "innerHTML" {
			t.Errorf("%s: htmx gets %v: %.200s", way, got.Header, got.body)
		}
		if got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: an error may be kept: %s", way, got.Header.Get("Cache-Control"))
		}
	}
}

func (v *visitor) baseOrRoot() string {
	if v.base == "" {
		return "/"
	}
	return v.base
}

func TestShopsThatAreNotOpen(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for status, want := range map[string]int{"pending": http.StatusNotFound, "suspended": http.StatusServiceUnavailable, "closed": http.StatusNotFound} {
		p.exec(`UPDATE vendors SET status = ? WHERE id = ?`, status, p.kaffa.id)
		for way, v := range p.everyWay(p.kaffa) {
			for _, path := range []string{"/", "/products/espresso", "/cart", "/sitemap.xml"} {
				got := v.get(path)
				page := v.page(got, want)
				if shown := text(page.Find("h1")); strings.Contains(shown, "closed") != (want == http.StatusServiceUnavailable) {
					t.Errorf("%s by %s: %s says %q", status, way, path, shown)
				}
				if retry := got.Header.Get("Retry-After"); (retry != "") != (want == http.StatusServiceUnavailable) {
					t.Errorf("%s by %s: Retry-After %q", status, way, retry)
				}
			}
			add := v.post("/cart/items", form("variant", p.kaffa.variant("mug")))
			v.page(add, want)
		}
		if v := p.at(p.bloom); v.get("/").StatusCode != http.StatusOK {
			t.Errorf("%s: the other shop is shut too", status)
		}
	}
	if n := p.number(`SELECT count(*) FROM carts`); n != 0 {
		t.Errorf("%d carts in shops that are shut", n)
	}
}

type sitemap struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
	} `xml:"url"`
}

func TestSitemapAndRobots(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.exec(`UPDATE products SET slug = 'kettle&<co>' WHERE slug = 'kettle' AND vendor_id = ?`, p.kaffa.id)
	for _, s := range []*shop{p.kaffa, p.bloom} {
		for way, v := range p.everyWay(s) {
			var list sitemap
			if err := xml.Unmarshal([]byte(v.get("/sitemap.xml").body), &list); err != nil {
				t.Fatalf("%s by %s: %v", s.slug, way, err)
			}
			var got []string
			for _, url := range list.URLs {
				path, right := strings.CutPrefix(url.Loc, s.canonical(v.host))
				if !right {
					t.Errorf("%s by %s: %s is elsewhere", s.slug, way, url.Loc)
				}
				got = append(got, path)
			}
			slices.Sort(got)
			want := []string{"/", "/about", "/categories/beans", "/categories/coffee", "/categories/gear", "/products", "/products/course",
				"/products/espresso", "/products/filters", "/products/grinder", "/products/kettle", "/products/mug", "/shipping"}
			if s == p.kaffa {
				want[slices.Index(want, "/products/kettle")] = "/products/kettle&%3Cco%3E"
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s by %s: %v, want %v", s.slug, way, got, want)
			}
			robots := v.get("/robots.txt").body
			for _, line := range []string{
				"Sitemap: " + s.canonical(v.host) + "/sitemap.xml\n", "Disallow: " + v.base + "/cart\n", "Disallow: " + v.base + "/checkout\n",
				"Disallow: " + v.base + "/orders\n", "Disallow: " + v.base + "/search\n",
			} {
				if !strings.Contains(robots, line) {
					t.Errorf("%s by %s: robots.txt lacks %q:\n%s", s.slug, way, line, robots)
				}
			}
		}
	}
}
