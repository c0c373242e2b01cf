package middleware_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"orion/middleware"
	"orion/views"
)

func TestSecurityHeaders(t *testing.T) {
	t.Parallel()
	header := newPlatform(t, nil).get(t, "http://kaffa.test/").Header
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; " +
			"object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
		"X-Content-Type-Options": "nosniff",
		"Referrer-Policy":        "same-origin",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if !strings.Contains(header.Get("Permissions-Policy"), "camera=()") {
		t.Errorf("Permissions-Policy is %q", header.Get("Permissions-Policy"))
	}
}

func TestOnlyTheSameOriginMayChange(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	const url = "http://kaffa.localhost:8080/cart/items"
	for _, tt := range []struct {
		method  string
		headers []string
		status  int
	}{
		{"POST", []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"POST", []string{"Sec-Fetch-Site", "none"}, 200},
		{"POST", []string{"Sec-Fetch-Site", "same-origin", "Origin", "http://evil.test"}, 200},
		{"POST", []string{"Origin", "http://kaffa.localhost:8080"}, 200},
		{"POST", nil, 200},

		{"POST", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"PUT", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		// Another shop's subdomain is the same site.
		{"POST", []string{"Sec-Fetch-Site", "same-site", "Origin", "http://bloom.localhost:8080"}, 403},
		{"POST", []string{"Origin", "http://bloom.localhost:8080"}, 403},
		{"POST", []string{"Origin", "http://localhost:8080"}, 403},
		{"POST", []string{"Origin", "http://kaffa.localhost"}, 403},
		{"POST", []string{"Origin", "null"}, 403},
		{"POST", []string{"Sec-Fetch-Site", "Same-Origin"}, 403},
	} {
		answer := p.send(t, tt.method, url, "", tt.headers...)
		if answer.StatusCode != tt.status {
			t.Errorf("%s %v: got %d, want %d", tt.method, tt.headers, answer.StatusCode, tt.status)
		}
	}
	if answer := p.get(t, "http://kaffa.localhost:8080/cart", "Sec-Fetch-Site", "cross-site"); answer.StatusCode != 200 {
		t.Errorf("a link from elsewhere: got %d", answer.StatusCode)
	}
}

func TestRateLimitPerClientAndAudience(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, func(o *middleware.Options) {
		behindProxy(o)
		o.Limits = map[views.Audience]middleware.Limit{
			views.AudienceShop:  {PerSecond: 0.001, Burst: 2},
			views.AudienceAdmin: {PerSecond: 0.001, Burst: 1},
		}
	})
	from := func(client, url string) answered { return p.get(t, url, "X-Forwarded-For", client) }
	const shop, admin, asset = "http://kaffa.test/", "http://localhost/admin", "http://kaffa.test/assets/app.css"
	for i, step := range []struct {
		client, url string
		status      int
	}{
		{"203.0.113.1", shop, 200},
		{"203.0.113.1", shop, 200},
		{"203.0.113.1", shop, 429},
		{"203.0.113.1", "http://bloom.localhost/", 429},
		{"203.0.113.1", asset, 200},
		{"203.0.113.1", admin, 200},
		{"203.0.113.1", admin, 429},
		{"203.0.113.1", "http://localhost/", 200},
		{"203.0.113.2", shop, 200},
		{"2001:db8:1:2::1", shop, 200},
		{"2001:db8:1:2::2", shop, 200},
		{"2001:db8:1:2:ffff::3", shop, 429}, // the same customer's /64
		{"2001:db8:1:3::1", shop, 200},
	} {
		answer := from(step.client, step.url)
		if answer.StatusCode != step.status {
			t.Errorf("step %d: %s to %s: got %d, want %d", i, step.client, step.url, answer.StatusCode, step.status)
		}
		if wait, _ := strconv.Atoi(answer.Header.Get("Retry-After")); step.status == 429 && (wait < 900 || wait > 1000) {
			t.Errorf("step %d: Retry-After is %d, want about 1000", i, wait)
		}
	}
}

func TestLimiterFillsAgain(t *testing.T) {
	t.Parallel()
	limiter, err := middleware.NewLimiter(middleware.Limit{PerSecond: 2, Burst: 1}, 10)
	if err != nil {
		t.Fatal(err)
	}
	client, start := netip.MustParseAddr("203.0.113.1"), time.Now()
	for _, step := range []struct {
		after time.Duration
		ok    bool
	}{{0, true}, {400 * time.Millisecond, false}, {600 * time.Millisecond, true}, {700 * time.Millisecond, false}} {
		if err := limiter.Allow(client, start.Add(step.after)); (err == nil) != step.ok {
			t.Errorf("after %v: %v", step.after, err)
		}
	}
	if _, err := middleware.NewLimiter(middleware.Limit{}, 10); err == nil {
		t.Error("a limit of nothing was taken")
	}
}

func TestInputThatNoHandlerShouldSee(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, func(o *middleware.Options) {
		o.Bodies = map[views.Audience]int{views.AudienceShop: 1000}
	})
	const form, jsonType = "application/x-www-form-urlencoded", "application/json"
	multipart := func(name, value string) string {
		return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n--b--\r\n"
	}
	const cart, api = "http://kaffa.test/cart/items", "http://localhost/api/v1/x"
	for _, tt := range []struct {
		method, url, kind, body string
		status                  int
	}{
		{"GET", "http://kaffa.test/search?q=caf%C3%A9+cr%C3%A8me", "", "", 200},
		{"GET", "http://kaffa.test/search?q=caf\xc3\xa9", "", "", 200},
		{"GET", "http://kaffa.test/search?q=100%", "", "", 200},
		{"GET", "http://kaffa.test/search?q=%00", "", "", 400},
		{"GET", "http://kaffa.test/search?q=%ff", "", "", 400},
		{"GET", "http://kaffa.test/search?%c3=x", "", "", 400},
		{"GET", "http://kaffa.test/search?q=\xff", "", "", 400},

		{"POST", cart, form, "variant=1&quantity=2", 200},
		{"POST", cart, form + "; charset=UTF-8", "note=caf%C3%A9", 200},
		{"PUT", cart, form, "note=%00", 400},
		{"POST", cart, form, "note=%00", 400},
		{"POST", cart, form, "note=%ff", 400},
		{"POST", cart, form, "no%00te=x", 400},
		{"POST", cart, form, "note=\x00", 400},
		{"POST", cart, form, strings.Repeat("a", 1001), 413},
		{"POST", cart, jsonType, `{}`, 415},
		{"POST", cart, "text/plain", "variant=1", 415},
		{"POST", cart, "", "variant=1", 415},
		{"POST", cart, "nonsense;;", "variant=1", 415},
		{"POST", cart, "multipart/form-data; boundary=b", multipart("note", "café"), 200},
		{"POST", cart, "multipart/form-data; boundary=b", multipart("note", "\xff"), 400},
		{"POST", cart, "multipart/form-data; boundary=b", multipart("note", "\x00"), 400},
		{"POST", cart, "multipart/form-data", multipart("note", "x"), 400},

		{"POST", api, jsonType, `{"a":"é"}`, 200},
		{"POST", api, jsonType, `{"a":"\u0000"}`, 400},
		{"POST", api, jsonType, "{\"a\":\"\xff\"}", 400},
		{"POST", api, "text/xml", "<a/>", 415},
	} {
		var headers []string
		if tt.kind != "" {
			headers = []string{"Content-Type", tt.kind}
		}
		if answer := p.send(t, tt.method, tt.url, tt.body, headers...); answer.StatusCode != tt.status {
			t.Errorf("%s %q %s %q: got %d %q, want %d", tt.method, tt.url, tt.kind, tt.body, answer.StatusCode, answer.body, tt.status)
		}
	}
}

// What the server itself refuses passes no middleware, and still becomes a page with its headers.
func TestRequestsThatTheServerCannotRead(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- p.app.Listener(listener) }()
	t.Cleanup(func() {
		if err := errors.Join(p.app.Shutdown(), <-served); err != nil {
			t.Error(err)
		}
	})
	for _, tt := range []struct{ head, body, want string }{
		{"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2097152\r\n", "", "413 page | too-large | "},
		{"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9\r\n", "--b\r\nhalf", "400 page | malformed | "},
		{"Content-Length: many\r\n", "", "400 page | malformed | "},
	} {
		got, header := talk(t, listener.Addr().String(), "POST / HTTP/1.1\r\nHost: kaffa.test\r\n"+tt.head+"\r\n"+tt.body)
		if got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.head, got, tt.want)
		}
		if header.Get("X-Request-Id") == "" || header.Get("Content-Security-Policy") == "" {
			t.Errorf("%q: headers are missing: %v", tt.head, header)
		}
	}
}

// talk sends bytes and reads one response: its status and body, and its header.
func talk(t *testing.T, address, request string) (string, http.Header) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.Status[:3] + " " + string(content), response.Header
}
