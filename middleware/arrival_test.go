package middleware_test

import (
	"net/netip"
	"testing"

	"orion/middleware"
)

// behindProxy trusts 0.0.0.0, which is where app.Test comes from, and 10.0.0.0/8.
func behindProxy(o *middleware.Options) {
	o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32"), netip.MustParsePrefix("10.0.0.0/8")}
	o.Production = true
}

var forwarded = []string{"X-Forwarded-Host", "kaffa.test", "X-Forwarded-Proto", "https",
	"X-Forwarded-For", "203.0.113.9", "X-Request-ID", "proxy-0123456789"}

func TestProxyHeadersCountFromTrustedProxies(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, behindProxy)
	answer := p.get(t, "http://internal:8080/products/mug", forwarded...)
	got := answer.seen(t)
	if got.Vendor != "kaffa" || got.Scheme != "https" || got.Host != "kaffa.test" || got.Client != "203.0.113.9" ||
		got.RequestID != "proxy-0123456789" || got.Canonical != "https://kaffa.test/products/mug" {
		t.Errorf("got %+v", got)
	}
	if answer.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no Strict-Transport-Security in production over https")
	}
	if got := answer.Header.Get("Cross-Origin-Opener-Policy"); got != "same-origin" {
		t.Errorf("Cross-Origin-Opener-Policy over https is %q", got)
	}
}

func TestProxyHeadersOfOthersAreIgnored(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	answer := p.get(t, "http://bloom.localhost/products/mug", forwarded...)
	got := answer.seen(t)
	if got.Vendor != "bloom" || got.Scheme != "http" || got.Client != "0.0.0.0" || got.RequestID == "proxy-0123456789" {
		t.Errorf("got %+v", got)
	}
	if answer.Header.Get("Strict-Transport-Security") != "" {
		t.Error("Strict-Transport-Security over plain http")
	}
	if answer.Header.Get("Cross-Origin-Opener-Policy") != "" {
		t.Error("Cross-Origin-Opener-Policy over plain http, where browsers complain about it")
	}
}

func TestClientIsTheLastAddressThatIsNoProxy(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, behindProxy)
	for header, want := range map[string]string{
		"203.0.113.9":                         "203.0.113.9",
		"198.51.100.1, 203.0.113.9":           "203.0.113.9",
		"198.51.100.1, 203.0.113.9, 10.1.2.3": "203.0.113.9",
		"10.9.9.9, 10.1.2.3":                  "10.9.9.9",
		"203.0.113.9:4711":                    "203.0.113.9",
		"[2001:db8::7]:4711, 10.1.2.3":        "2001:db8::7",
		"::ffff:203.0.113.9":                  "203.0.113.9",
		"nonsense":                            "0.0.0.0",
		"203.0.113.9, nonsense, 10.1.2.3":     "10.1.2.3",
		"":                                    "0.0.0.0",
	} {
		if got := p.get(t, "http://kaffa.test/", "X-Forwarded-For", header).seen(t).Client; got != want {
			t.Errorf("%q: got %s, want %s", header, got, want)
		}
	}
}

func TestForwardedHostIsTheOneOfTheNearestProxy(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, behindProxy)
	if got := p.get(t, "http://internal/", "X-Forwarded-Host", "bloom.localhost, kaffa.test").seen(t); got.Vendor != "kaffa" {
		t.Errorf("got %+v", got)
	}
}

func TestMalformedRequestIDIsReplaced(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, behindProxy)
	for _, id := range []string{"short", "with space 0123", `quote"0123456789`, "é0123456789"} {
		if got := p.get(t, "http://kaffa.test/", "X-Request-ID", id).Header.Get("X-Request-Id"); got == id || got == "" {
			t.Errorf("%q became %q", id, got)
		}
	}
}

func TestDefaultPortIsLeftOut(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, behindProxy)
	if got := p.get(t, "http://kaffa.test:80/").seen(t).Host; got != "kaffa.test" {
		t.Errorf("got %q", got)
	}
	if got := p.get(t, "http://x/", "X-Forwarded-Host", "kaffa.test:443", "X-Forwarded-Proto", "https").seen(t).Host; got != "kaffa.test" {
		t.Errorf("got %q", got)
	}
}
