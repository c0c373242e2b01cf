package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"orion/demo"
)

func TestEveryDemoPageAnswersInEveryMode(t *testing.T) {
	t.Parallel()
	p := newEmptyPlatform(t)
	p.must(demo.Load(t.Context(), p.db))
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
