package handlers_test

import (
	"fmt"
	"net"
	"testing"

	"github.com/valyala/fasthttp"
)

// FuzzRequests throws arbitrary requests at Orion: whatever is asked, it is never our fault.
func FuzzRequests(f *testing.F) {
	p := newPlatform(f)
	buyer := p.at(p.kaffa)
	buyer.add("espresso", 2)
	cookie := "orion-cart=" + buyer.cookies["orion-cart"].Value
	checkout := buyer.fields(buyer.checkout(), "#checkout-form")
	for name, value := range p.kaffa.buyer() {
		checkout.Set(name, value)
	}
	const html = "application/x-www-form-urlencoded"
	variant := p.kaffa.variant("espresso")
	line := fmt.Sprintf("/cart/items/%d", variant)
	for _, seed := range []struct{ method, host, target, kind, body string }{
		{"GET", "kaffa.test", "/", "", ""}, {"HEAD", "kaffa.test", "/sitemap.xml", "", ""}, {"GET", "kaffa.localhost", "/robots.txt", "", ""},
		{"GET", "localhost:8080", "/vendor/kaffa/shop/products/espresso?variant=3&option.Size=1+kg", "", ""},
		{"GET", "kaffa.test", "/categories/coffee?page=2&sort=price_desc&price_min=1,5&in_stock=1&option.Grind=Whole", "", ""},
		{"GET", "kaffa.test", "/search?q=esspreso%20%F0%9F%A6%84", "", ""}, {"GET", "kaffa.test", "/search/suggestions?q=e", "", ""},
		{"POST", "kaffa.test", "/cart/items", html, fmt.Sprintf("variant=%d&quantity=2", variant)}, {"POST", "kaffa.test", line, html, "quantity=0"},
		{"POST", "kaffa.test", line + "/removal", html, ""}, {"GET", "kaffa.test", "/cart?removed=1&quantity=2&limited=most&got=7", "", ""},
		{"POST", "kaffa.test", "/checkout", html, checkout.Encode()}, {"GET", "kaffa.test", "/checkout", "", ""},
		{"POST", "kaffa.test", "/checkout/fields", html, "field=country&" + checkout.Encode()}, {"POST", "kaffa.test", "/checkout/summary", html, checkout.Encode()},
		{"POST", "kaffa.test", "/orders", html, "number=K-1&email=ada@example.com"}, {"GET", "kaffa.test", "/orders/1?key=AAAAAAAAAAAAAAAAAAAAAA", "", ""},
		{"GET", "kaffa.test", "/theme/0.css", "", ""}, {"GET", "localhost", "/assets/demo/kaffa/hero.svg", "", ""}, {"GET", "admin.localhost", "/", "", ""},
		{"PUT", "kaffa.test", "/shop//..%2f%00", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"variant\"\r\n\r\n1\r\n--x--\r\n"},
	} {
		for _, htmx := range []string{"", "cart-lines", "results-more"} {
			f.Add(seed.method, seed.host, seed.target, seed.kind, seed.body, cookie, htmx)
		}
	}
	handle := p.app.Handler()
	f.Fuzz(func(t *testing.T, method, host, target, kind, body, cookie, htmx string) {
		p.log.t = t
		var request fasthttp.Request
		request.Header.SetMethod(method)
		request.SetRequestURI(target)
		request.Header.SetHost(host)
		request.Header.Set("Cookie", cookie)
		if htmx != "" {
			request.Header.Set("HX-Request", "true")
			request.Header.Set("HX-Target", htmx)
		}
		if kind != "" || body != "" {
			request.Header.SetContentType(kind)
			request.SetBodyString(body)
		}
		ctx := &fasthttp.RequestCtx{}
		ctx.Init(&request, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, nil)
		handle(ctx)
		status := ctx.Response.StatusCode()
		if status >= 500 || status < 200 {
			t.Errorf("%d: %.500s", status, ctx.Response.Body())
		}
		if status >= 400 && status != fasthttp.StatusNotFound && len(ctx.Response.Body()) == 0 && method != "HEAD" {
			t.Errorf("%d says nothing", status)
		}
		_ = ctx.Response.Body() // makes a streamed body
	})
}
