package views_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"orion/views"
)

// A listing of 24 cards with a hole, about 30 KB: from the cache, with somebody's cart in the hole, and rendered each time.
func BenchmarkListing(b *testing.B) {
	for _, run := range []struct {
		name       string
		cacheBytes int64
		headers    []string
	}{
		{"hit, brotli", 1 << 20, []string{"Accept-Encoding", "gzip, br"}},
		{"hit, gzip", 1 << 20, []string{"Accept-Encoding", "gzip"}},
		{"hit, plain", 1 << 20, nil},
		{"hit with hole, gzip", 1 << 20, []string{"Accept-Encoding", "gzip, br", "Cookie", "cart=abc"}},
		{"hit with hole, plain", 1 << 20, []string{"Cookie", "cart=abc"}},
		{"render", 0, nil},
	} {
		b.Run(run.name, func(b *testing.B) {
			s := listingSite(b, run.cacheBytes)
			handler := s.app.Handler()
			var request fasthttp.RequestCtx
			request.Request.SetRequestURI("/")
			for i := 0; i < len(run.headers); i += 2 {
				request.Request.Header.Set(run.headers[i], run.headers[i+1])
			}
			b.ReportAllocs()
			for b.Loop() {
				request.Response.Reset()
				handler(&request)
			}
			if status := request.Response.StatusCode(); status != 200 {
				b.Fatalf("status %d: %s", status, request.Response.Body())
			}
			b.ReportMetric(float64(len(request.Response.Body())), "bytes")
		})
	}
}

func listingSite(b *testing.B, cacheBytes int64) *site {
	b.Helper()
	type card struct {
		ID         int
		URL, Title string
		Picture    views.Picture
		Price      views.Price
		Tags       []string
	}
	var cards []card
	for i := range 24 {
		cards = append(cards, card{
			ID: i, URL: fmt.Sprintf("/products/product-%d", i), Title: fmt.Sprintf("Product & number %d", i),
			Picture: views.Picture{URL: fmt.Sprintf("/assets/img/product-%d.svg", i), Alt: "A bag of coffee", Width: 800, Height: 1000},
			Price:   views.Price{Minor: int64(1000 + i), Currency: "EUR"}, Tags: []string{"sweet", "light", "washed"},
		})
	}
	s := newSite(b, map[string]string{
		"views/shop/home.html":     `<header>{{hole "shop/badge"}}</header><main>{{range .}}{{template "partials/shop/card" .}}{{end}}</main>`,
		"partials/shop/badge.html": `<span id="cart-badge">{{.CartCount}}</span>`,
		"partials/shop/card.html": `<article id="card-{{.ID}}" class="group relative flex flex-col gap-3 rounded-card bg-surface text-ink shadow-card transition hover:shadow-lift">
  <a href="{{.URL}}" class="block overflow-hidden rounded-card focus-visible:outline focus-visible:outline-2 focus-visible:outline-accent">
    <img src="{{.Picture.URL}}" alt="{{.Picture.Alt}}" width="{{.Picture.Width}}" height="{{.Picture.Height}}" loading="lazy" class="aspect-card w-full object-cover">
  </a>
  <h3 class="font-display text-lg leading-tight"><a href="{{.URL}}">{{.Title}}</a></h3>
  <p class="tabular-nums">{{money .Price}}</p>
  <ul class="flex gap-2">{{range .Tags}}<li class="rounded-full border border-line px-2 py-1 text-sm text-muted">{{.}}</li>{{end}}</ul>
  <form method="post" action="/cart/items"><input type="hidden" name="variant" value="{{.ID}}"><button class="button button-quiet">{{icon "check"}}Add to cart</button></form>
</article>
`,
	}, func(o *views.Options) {
		o.CacheBytes, o.Development = cacheBytes, false
		o.HasVisitor = func(c *fiber.Ctx) bool { return c.Cookies("cart") != "" }
		o.Visitor = func(*fiber.Ctx) (views.Visitor, error) { return views.Visitor{CartCount: 3}, nil }
	})
	s.app.Get("/", func(c *fiber.Ctx) error {
		return s.views.Cached(c, views.Screen{Page: "shop/home"}, func(context.Context) (any, any, error) { return cards, cards, nil })
	})
	return s
}
