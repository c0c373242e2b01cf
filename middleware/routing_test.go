package middleware_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"orion/middleware"
)

func TestEachModeReachesTheSameHandler(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	for url, want := range map[string]seen{
		"http://kaffa.test/products/mug": {Mode: "domain", Host: "kaffa.test", CookiePath: "/",
			Canonical: "http://kaffa.test/products/mug"},
		"http://COFFEE.test:8080/products/mug": {Mode: "domain", Host: "coffee.test:8080", CookiePath: "/",
			Canonical: "http://kaffa.test:8080/products/mug"},
		"http://café.test/products/mug": {Mode: "domain", Host: "xn--caf-dma.test", CookiePath: "/",
			Canonical: "http://kaffa.test/products/mug"},
		"http://Kaffa.localhost.:8080/products/mug/": {Mode: "subdomain", Host: "kaffa.localhost:8080", CookiePath: "/",
			Canonical: "http://kaffa.test:8080/products/mug"},
		"http://localhost:8080/vendor/kaffa/shop/products/mug?a=b": {Mode: "path", Host: "localhost:8080",
			Base: "/vendor/kaffa/shop", CookiePath: "/vendor/kaffa", Canonical: "http://kaffa.test:8080/products/mug"},
	} {
		answer := p.get(t, url)
		got := answer.seen(t)
		if got.Scope == 0 || !got.Deadline || got.RequestID != answer.Header.Get("X-Request-Id") {
			t.Errorf("%s: scope, deadline or request id missing: %+v", url, got)
		}
		_, path, _ := strings.Cut(strings.TrimPrefix(url, "http://"), "/")
		if got.OriginalURL != "/"+path {
			t.Errorf("%s: original URL is %q", url, got.OriginalURL)
		}
		want.Route, want.Path, want.Param = "/shop/products/:slug", "/shop/products/mug", "mug"
		want.Audience, want.Vendor, want.Scheme = "shop", "kaffa", "http"
		want.OriginalURL, want.Scope, want.Deadline = got.OriginalURL, got.Scope, got.Deadline
		want.RequestID, want.Client = got.RequestID, got.Client
		if got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", url, got, want)
		}
	}
}

func TestAudiences(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	for url, want := range map[string][3]string{ // audience, vendor, internal path
		"http://localhost/":                         {"platform", "", "/"},
		"http://127.0.0.1:8080/about":               {"platform", "", "/about"},
		"http://localhost/admin":                    {"admin", "", "/admin"},
		"http://admin.localhost/":                   {"admin", "", "/admin"},
		"http://admin.localhost/vendors":            {"admin", "", "/admin/vendors"},
		"http://api.localhost/v1/x":                 {"api", "", "/api/v1/x"},
		"http://kaffa.localhost/api/v1/x":           {"api", "kaffa", "/api/v1/x"},
		"http://localhost/vendor/kaffa":             {"vendor", "kaffa", "/vendor"},
		"http://localhost/vendor/kaffa/orders/7":    {"vendor", "kaffa", "/vendor/orders/7"},
		"http://kaffa.test/vendor/orders/7":         {"vendor", "kaffa", "/vendor/orders/7"},
		"http://bloom.localhost/":                   {"shop", "bloom", "/shop"},
		"http://localhost/vendor/bloom/shop":        {"shop", "bloom", "/shop"},
		"http://resting.localhost/vendor":           {"vendor", "resting", "/vendor"},
		"http://kaffa.test/assets/app.css":          {"public", "", "/assets/app.css"},
		"http://nobody.test/healthz":                {"public", "", "/healthz"},
		"http://localhost/vendor/kaffa/shop/search": {"shop", "kaffa", "/shop/search"},
	} {
		got := p.get(t, url).seen(t)
		if [3]string{got.Audience, got.Vendor, got.Path} != want {
			t.Errorf("%s: got %+v, want %v", url, got, want)
		}
		if (got.Scope != 0) != (want[1] != "") {
			t.Errorf("%s: scope %d", url, got.Scope)
		}
	}
}

func TestRefusedAddresses(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	for url, want := range map[string]string{
		"http://nobody.localhost/":                                  "404 page | unknown-host | There is no shop at this address.",
		"http://nobody.test/":                                       "404 page | unknown-host | There is no shop at this address.",
		"http://claimed.test/":                                      "404 page | unknown-host | There is no shop at this address.",
		"http://a.kaffa.localhost/":                                 "404 page | unknown-host | There is no shop at this address.",
		"http://newcomer.localhost/":                                "404 page | unknown-host | There is no shop at this address.",
		"http://gone.localhost/":                                    "404 page | unknown-host | There is no shop at this address.",
		"http://deleted.localhost/":                                 "404 page | unknown-host | There is no shop at this address.",
		"http://newcomer.localhost/vendor":                          "404 page | unknown-host | There is no shop at this address.",
		"http://localhost/vendor/nobody/shop":                       "404 page | not-found | There is no shop at this address.",
		"http://localhost/vendor/newcomer/shop":                     "404 page | not-found | There is no shop at this address.",
		"http://localhost/vendor/deleted/shop":                      "404 page | not-found | There is no shop at this address.",
		"http://resting.localhost/products/x":                       "503 page | closed | ",
		"http://localhost/vendor/resting/shop":                      "503 page | closed | ",
		"http://kaffa_.localhost/":                                  "400 page | malformed | The address of this request is not a valid host name.",
		"http://kaffa.localhost:0/":                                 "400 page | malformed | The address of this request is not a valid host name.",
		"http://kaffa.test/nowhere":                                 "404 page | not-found | ",
		"http://localhost/shop/products/mug":                        "404 page | not-found | ",
		"http://localhost/SHOP/products/mug":                        "404 page | not-found | ",
		"http://localhost/Admin/vendors":                            "404 page | not-found | ",
		"http://kaffa.test/admin":                                   "404 page | not-found | ",
		"http://localhost/vendor/kaffa/shop/../../bloom/shop":       "404 page | not-found | ",
		"http://localhost/vendor/kaffa/shop/%2e%2e/%2e%2e/bloom":    "404 page | not-found | ",
		"http://localhost/vendor/kaffa/shop/..%2f..%2fbloom%2fshop": "404 page | not-found | ",
		"http://localhost/vendor/kaffa%2fshop":                      "404 page | not-found | ",
		"http://localhost/vendor/kaffa/shop%5c..%5cadmin":           "404 page | not-found | ",
		"http://localhost//vendor/kaffa/shop":                       "404 page | not-found | ",
		"http://kaffa.test//evil.test/":                             "404 page | not-found | ",
		"http://kaffa.test/shop//evil.test":                         "404 page | not-found | ",
		"http://kaffa.test/%252e%252e/x":                            "404 page | not-found | ",
		"http://kaffa.test/assets/..%2f..%2fgo.mod":                 "404 page | not-found | ",
		"http://kaffa.test/products/%00":                            "400 page | malformed | The address of this request cannot be read.",
		"http://kaffa.test/products/%ff":                            "400 page | malformed | The address of this request cannot be read.",
	} {
		answer := p.get(t, url)
		if got := answer.Status[:3] + " " + answer.body; got != want {
			t.Errorf("%s: got %q, want %q", url, got, want)
		}
		if answer.Header.Get("Content-Security-Policy") == "" || answer.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s: the error has no security headers or no request id", url)
		}
	}
}

func TestClosedShopSaysWhenToLookAgain(t *testing.T) {
	t.Parallel()
	answer := newPlatform(t, nil).get(t, "http://resting.localhost/")
	if got := answer.Header.Get("Retry-After"); got != "3600" {
		t.Errorf("Retry-After is %q", got)
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	for _, tt := range []struct {
		method, url, location string
		status                int
	}{
		{"GET", "http://kaffa.test/shop", "/", 301},
		{"GET", "http://kaffa.test/shop/products/mug?variant=1&x=%2F", "/products/mug?variant=1&x=%2F", 301},
		{"GET", "http://kaffa.localhost/shop/products/caf%C3%A9", "/products/caf%C3%A9", 301},
		{"POST", "http://kaffa.localhost/shop/cart/items", "/cart/items", 308},
		{"GET", "http://www.localhost:8080/about?a=b", "http://localhost:8080/about?a=b", 301},
		{"GET", "http://www.localhost/vendor/kaffa/shop/products/x", "http://localhost/vendor/kaffa/shop/products/x", 301},
	} {
		answer := p.send(t, tt.method, tt.url, "")
		if answer.StatusCode != tt.status || answer.Header.Get("Location") != tt.location {
			t.Errorf("%s %s: got %d to %q, want %d to %q", tt.method, tt.url,
				answer.StatusCode, answer.Header.Get("Location"), tt.status, tt.location)
		}
	}
}

func TestHeadAnswersAsGetWithoutABody(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	for url, status := range map[string]int{"http://kaffa.test/products/mug": 200, "http://kaffa.test/nowhere": 404,
		"http://nobody.test/": 404, "http://kaffa.test/shop": 301} {
		answer := p.send(t, http.MethodHead, url, "")
		if answer.StatusCode != status || answer.body != "" {
			t.Errorf("HEAD %s: %d, %q", url, answer.StatusCode, answer.body)
		}
	}
}

func TestWrongMethodNamesTheRightOnes(t *testing.T) {
	t.Parallel()
	answer := newPlatform(t, nil).send(t, http.MethodDelete, "http://localhost/vendor/kaffa/shop/cart/items", "")
	if answer.StatusCode != http.StatusMethodNotAllowed || !strings.Contains(answer.Header.Get("Allow"), "POST") {
		t.Errorf("got %d, Allow %q", answer.StatusCode, answer.Header.Get("Allow"))
	}
}

func TestWholeURLAsTargetCountsBeforeTheHostHeader(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	request := httptest.NewRequest(http.MethodGet, "http://bloom.localhost/products/mug", nil)
	request.Host = "kaffa.localhost"
	request.RequestURI = "http://bloom.localhost/products/mug"
	got := p.do(t, request).seen(t)
	if got.Vendor != "bloom" || got.Host != "bloom.localhost" {
		t.Errorf("got %+v", got)
	}
}

func TestPlatformHostMayBeAnyName(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, func(o *middleware.Options) { o.PlatformHost = "orion.example" })
	for url, status := range map[string]int{"http://orion.example/": 200, "http://kaffa.orion.example/": 200,
		"http://localhost/": 404, "http://kaffa.localhost/": 404, "http://127.0.0.1/": 404} {
		if got := p.get(t, url).StatusCode; got != status {
			t.Errorf("%s: got %d, want %d", url, got, status)
		}
	}
}
