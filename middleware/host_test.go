package middleware_test

import (
	"errors"
	"strings"
	"testing"

	"orion/middleware"
	"orion/model/fault"
	"orion/model/vendor"
)

func TestResolveHost(t *testing.T) {
	t.Parallel()
	const bad = middleware.HostKind(-1)
	long := strings.Repeat(strings.Repeat("a", 60)+".", 4) + "test" // 248 bytes
	for _, tt := range []struct {
		header   string
		platform string // "" is localhost
		kind     middleware.HostKind
		name     string
	}{
		{"localhost", "", middleware.HostPlatform, ""},
		{"localhost:8080", "", middleware.HostPlatform, ""},
		{"LOCALHOST.:8080", "", middleware.HostPlatform, ""},
		{"localhost:", "", middleware.HostPlatform, ""},
		{"127.0.0.1:8080", "", middleware.HostPlatform, ""},
		{"[::1]:8080", "", middleware.HostPlatform, ""},
		{"[0:0:0:0:0:0:0:1]", "", middleware.HostPlatform, ""},
		{"orion.example", "orion.example", middleware.HostPlatform, ""},
		{"192.0.2.7", "192.0.2.7", middleware.HostPlatform, ""},

		{"kaffa.localhost:8080", "", middleware.HostSubdomain, "kaffa"},
		{"KAFFA.LocalHost", "", middleware.HostSubdomain, "kaffa"},
		{"kaffa.localhost.", "", middleware.HostSubdomain, "kaffa"},
		{"tea-house-2.orion.example:443", "orion.example", middleware.HostSubdomain, "tea-house-2"},
		{"www.localhost", "", middleware.HostWWW, ""},
		{"admin.localhost:8080", "", middleware.HostAdmin, ""},
		{"ADMIN.localhost", "", middleware.HostAdmin, ""},
		{"api.localhost", "", middleware.HostAPI, ""},

		{"kaffa.test", "", middleware.HostDomain, "kaffa.test"},
		{"www.Kaffa.Test:8080", "", middleware.HostDomain, "www.kaffa.test"},
		{"xn--caf-dma.test", "", middleware.HostDomain, "xn--caf-dma.test"},
		{"XN--CAF-DMA.test", "", middleware.HostDomain, "xn--caf-dma.test"},
		{"café.test", "", middleware.HostDomain, "xn--caf-dma.test"},
		{"CAFÉ.test", "", middleware.HostDomain, "xn--caf-dma.test"},
		{"notlocalhost", "", middleware.HostDomain, "notlocalhost"},
		{"kaffa.localhost.evil.test", "", middleware.HostDomain, "kaffa.localhost.evil.test"},
		{long, "", middleware.HostDomain, long},

		{"a.b.localhost", "", middleware.HostUnknown, ""},
		{"www.kaffa.localhost", "", middleware.HostUnknown, ""},
		{"admin.kaffa.localhost", "", middleware.HostUnknown, ""},
		{"xn--caf-dma.localhost", "", middleware.HostUnknown, ""},
		{"192.0.2.7:8080", "", middleware.HostUnknown, ""},
		{"[2001:db8::1]", "", middleware.HostUnknown, ""},
		{"127.0.0.1", "orion.example", middleware.HostUnknown, ""},

		{"", "", bad, ""},
		{".", "", bad, ""},
		{":8080", "", bad, ""},
		{"..", "", bad, ""},
		{".localhost", "", bad, ""},
		{"kaffa..localhost", "", bad, ""},
		{"localhost..", "", bad, ""},
		{"-kaffa.localhost", "", bad, ""},
		{"kaffa_.localhost", "", bad, ""},
		{"kaf fa.localhost", "", bad, ""},
		{"kaffa%2elocalhost", "", bad, ""},
		{"kaffa.localhost/x", "", bad, ""},
		{"kaffa.localhost\\x", "", bad, ""},
		{"user@kaffa.localhost", "", bad, ""},
		{"kaffa.localhost, bloom.localhost", "", bad, ""},
		{"kaffa\x00.localhost", "", bad, ""},
		{"kaffa\xff.localhost", "", bad, ""},
		{"kaffa.localhost:0", "", bad, ""},
		{"kaffa.localhost:65536", "", bad, ""},
		{"kaffa.localhost:+80", "", bad, ""},
		{"kaffa.localhost:80:80", "", bad, ""},
		{"kaffa.localhost:http", "", bad, ""},
		{"[::1", "", bad, ""},
		{"[::1]8080", "", bad, ""},
		{"[::1%25eth0]", "", bad, ""},
		{"[127.0.0.1]", "", bad, ""},
		{"[kaffa]", "", bad, ""},
		{"::1", "", bad, ""},
		{"xn--a.test", "", bad, ""},
		{strings.Repeat("a", 64) + ".test", "", bad, ""},
		{long + "." + long, "", bad, ""},
	} {
		platform := tt.platform
		if platform == "" {
			platform = "localhost"
		}
		kind, name, err := middleware.ResolveHost(tt.header, platform)
		if tt.kind == bad {
			if !errors.Is(err, fault.Malformed) {
				t.Errorf("%q: got %v, %q, %v, want fault.Malformed", tt.header, kind, name, err)
			}
			continue
		}
		if err != nil || kind != tt.kind || name != tt.name {
			t.Errorf("%q on %s: got %v, %q, %v, want %v, %q", tt.header, platform, kind, name, err, tt.kind, tt.name)
		}
	}
}

func FuzzResolveHost(f *testing.F) {
	for _, seed := range []string{"kaffa.localhost:8080", "LOCALHOST.", "[::1]:80", "café.test", "xn--caf-dma.test",
		"a.b.localhost", "127.0.0.1", "user@host", "kaffa。localhost", "", ":", "[", "ⓚaffa.localhost"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		kind, name, err := middleware.ResolveHost(header, "localhost")
		if err != nil {
			if name != "" || kind != middleware.HostUnknown || !errors.Is(err, fault.Malformed) {
				t.Fatalf("%q: got %v, %q with error %v", header, kind, name, err)
			}
			return
		}
		switch kind {
		case middleware.HostSubdomain:
			if !vendor.ValidSlug(name) {
				t.Fatalf("%q: slug %q is not valid", header, name)
			}
			if kind, again, err := middleware.ResolveHost(name+".localhost", "localhost"); kind != middleware.HostSubdomain || again != name || err != nil {
				t.Fatalf("%q: slug %q resolves to %v, %q, %v", header, name, kind, again, err)
			}
		case middleware.HostDomain:
			if name == "" || len(name) > 253 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" {
				t.Fatalf("%q: domain %q is not a lower-case name", header, name)
			}
			if kind, again, err := middleware.ResolveHost(name, "localhost"); kind != middleware.HostDomain || again != name || err != nil {
				t.Fatalf("%q: domain %q resolves to %v, %q, %v", header, name, kind, again, err)
			}
		default:
			if name != "" {
				t.Fatalf("%q: kind %v has the name %q", header, kind, name)
			}
		}
	})
}
