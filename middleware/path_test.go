package middleware_test

import (
	"errors"
	"strings"
	"testing"

	"orion/middleware"
	"orion/model/fault"
	"orion/model/vendor"
	"orion/views"
)

func TestResolvePath(t *testing.T) {
	t.Parallel()
	const (
		platform  = middleware.HostPlatform
		subdomain = middleware.HostSubdomain
		domain    = middleware.HostDomain
		admin     = middleware.HostAdmin
		api       = middleware.HostAPI
	)
	for _, tt := range []struct {
		kind middleware.HostKind
		raw  string
		want middleware.Target
	}{
		{platform, "/", middleware.Target{Audience: views.AudiencePlatform, Path: "/"}},
		{platform, "/about/", middleware.Target{Audience: views.AudiencePlatform, Path: "/about"}},
		{platform, "/vendor/kaffa/shop", middleware.Target{Audience: views.AudienceShop, Path: "/shop", Slug: "kaffa"}},
		{platform, "/vendor/kaffa/shop/", middleware.Target{Audience: views.AudienceShop, Path: "/shop", Slug: "kaffa"}},
		{platform, "/vendor/kaffa/shop/products/mug", middleware.Target{Audience: views.AudienceShop, Path: "/shop/products/mug", Slug: "kaffa"}},
		{platform, "/vendor/kaffa/shop/shop", middleware.Target{Audience: views.AudienceShop, Path: "/shop/shop", Slug: "kaffa"}},
		{platform, "/vendor/kaffa", middleware.Target{Audience: views.AudienceVendor, Path: "/vendor", Slug: "kaffa"}},
		{platform, "/vendor/kaffa/orders/7", middleware.Target{Audience: views.AudienceVendor, Path: "/vendor/orders/7", Slug: "kaffa"}},
		{platform, "/vendor/kaffa/shopping", middleware.Target{Audience: views.AudienceVendor, Path: "/vendor/shopping", Slug: "kaffa"}},
		{platform, "/vendor/kaffa/vendor/bloom", middleware.Target{Audience: views.AudienceVendor, Path: "/vendor/vendor/bloom", Slug: "kaffa"}},
		{platform, "/vendors", middleware.Target{Audience: views.AudiencePlatform, Path: "/vendors"}},
		{platform, "/admin", middleware.Target{Audience: views.AudienceAdmin, Path: "/admin"}},
		{platform, "/admin/vendors", middleware.Target{Audience: views.AudienceAdmin, Path: "/admin/vendors"}},
		{platform, "/api/v1/x", middleware.Target{Audience: views.AudienceAPI, Path: "/api/v1/x"}},
		{platform, "/assets/app.css", middleware.Target{Audience: views.AudiencePublic, Path: "/assets/app.css"}},
		{platform, "/healthz", middleware.Target{Audience: views.AudiencePublic, Path: "/healthz"}},

		{subdomain, "/", middleware.Target{Audience: views.AudienceShop, Path: "/shop"}},
		{subdomain, "/products/mug", middleware.Target{Audience: views.AudienceShop, Path: "/shop/products/mug"}},
		{domain, "/products/caf%C3%A9%20cr%C3%A8me", middleware.Target{Audience: views.AudienceShop, Path: "/shop/products/café crème"}},
		{domain, "/products/café", middleware.Target{Audience: views.AudienceShop, Path: "/shop/products/café"}},
		{domain, "/vendor", middleware.Target{Audience: views.AudienceVendor, Path: "/vendor"}},
		{domain, "/vendor/orders", middleware.Target{Audience: views.AudienceVendor, Path: "/vendor/orders"}},
		{domain, "/vendor/bloom/shop/products", middleware.Target{Audience: views.AudienceVendor, Path: "/vendor/bloom/shop/products"}},
		{domain, "/admin/vendors", middleware.Target{Audience: views.AudienceShop, Path: "/shop/admin/vendors"}},
		{domain, "/Vendor/orders", middleware.Target{Audience: views.AudienceShop, Path: "/shop/Vendor/orders"}},
		{domain, "/api/v1/x", middleware.Target{Audience: views.AudienceAPI, Path: "/api/v1/x"}},
		{domain, "/assets/app.css", middleware.Target{Audience: views.AudiencePublic, Path: "/assets/app.css"}},
		{domain, "/shop", middleware.Target{Audience: views.AudienceShop, Path: "/shop", Moved: "/"}},
		{domain, "/shop/products/mug", middleware.Target{Audience: views.AudienceShop, Path: "/shop/products/mug", Moved: "/products/mug"}},

		{admin, "/", middleware.Target{Audience: views.AudienceAdmin, Path: "/admin"}},
		{admin, "/vendors", middleware.Target{Audience: views.AudienceAdmin, Path: "/admin/vendors"}},
		{admin, "/admin/vendors", middleware.Target{Audience: views.AudienceAdmin, Path: "/admin/vendors"}},
		{admin, "/shop/products", middleware.Target{Audience: views.AudienceAdmin, Path: "/admin/shop/products"}},
		{admin, "/readyz", middleware.Target{Audience: views.AudiencePublic, Path: "/readyz"}},
		{api, "/v1/x", middleware.Target{Audience: views.AudienceAPI, Path: "/api/v1/x"}},
	} {
		got, err := middleware.ResolvePath(tt.kind, tt.raw)
		if err != nil || got != tt.want {
			t.Errorf("%v %q: got %+v, %v, want %+v", tt.kind, tt.raw, got, err, tt.want)
		}
	}
}

func TestResolvePathRefusesTricks(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]error{
		"//":                                     fault.NotFound,
		"//evil.test/x":                          fault.NotFound,
		"/vendor//kaffa/shop":                    fault.NotFound,
		"/vendor/kaffa//shop":                    fault.NotFound,
		"/products//":                            fault.NotFound,
		"/./products":                            fault.NotFound,
		"/vendor/kaffa/shop/../../bloom/shop":    fault.NotFound,
		"/vendor/kaffa/shop/..":                  fault.NotFound,
		"/vendor/kaffa/shop/%2e%2e/%2E%2e/bloom": fault.NotFound,
		"/vendor/kaffa/shop/.%2e/orders":         fault.NotFound,
		"/vendor/kaffa%2fshop":                   fault.NotFound,
		"/vendor/kaffa/shop/..%2f..%2fbloom":     fault.NotFound,
		"/assets/..%2f..%2fetc/passwd":           fault.NotFound,
		"/assets/..%5c..%5cconfig":               fault.NotFound,
		"/assets\\..\\config":                    fault.NotFound,
		"/vendor/kaffa/shop/%252e%252e/bloom":    fault.NotFound,
		"/vendor/kaffa%252fshop":                 fault.NotFound,
		"/products/100%25":                       fault.NotFound,
		"/products/mug%3Fx":                      fault.NotFound,
		"/products/mug%23x":                      fault.NotFound,
		"/vendor":                                fault.NotFound,
		"/vendor/":                               fault.NotFound,
		"/vendor/KAFFA/shop":                     fault.NotFound,
		"/vendor/kaffa./shop":                    fault.NotFound,
		"/vendor/admin/shop":                     fault.NotFound,
		"/vendor/-/shop":                         fault.NotFound,
		"/vendor/xn--caf-dma/shop":               fault.NotFound,
		"/vendor/" + strings.Repeat("a", 64):     fault.NotFound,
		"/Vendor/kaffa/shop":                     fault.NotFound,
		"/shop":                                  fault.NotFound,
		"/shop/products":                         fault.NotFound,
		"/SHOP/products":                         fault.NotFound,
		"/Admin/vendors":                         fault.NotFound,
		"/API/v1":                                fault.NotFound,
		"":                                       fault.Malformed,
		"*":                                      fault.Malformed,
		"products":                               fault.Malformed,
		"http://localhost/":                      fault.Malformed,
		"/products/%":                            fault.Malformed,
		"/products/%zz":                          fault.Malformed,
		"/products/%00":                          fault.Malformed,
		"/products/mug%00.html":                  fault.Malformed,
		"/products/%0d%0aSet-Cookie:x":           fault.Malformed,
		"/products/%7f":                          fault.Malformed,
		"/products/%ff":                          fault.Malformed,
		"/products/%c0%ae%c0%ae/x":               fault.Malformed,
		"/products/\xc3":                         fault.Malformed,
		"/" + strings.Repeat("a", 2048):          fault.Malformed,
	} {
		if got, err := middleware.ResolvePath(middleware.HostPlatform, raw); !errors.Is(err, want) || got != (middleware.Target{}) {
			t.Errorf("%q: got %+v, %v, want %v", raw, got, err, want)
		}
	}
}

func FuzzResolvePath(f *testing.F) {
	for _, seed := range []string{"/", "/vendor/kaffa/shop/products/x", "/shop/x", "/%2e%2e/x", "//x", "/a%2fb", "/vendor/kaffa",
		"/admin", "/Api", "/assets/x", "/%25", "/caf%C3%A9/", "/vendor/kaffa/shop/%252e", "/vEndor/x"} {
		for kind := range 7 {
			f.Add(kind, seed)
		}
	}
	prefixes := map[views.Audience]string{views.AudienceShop: "/shop", views.AudienceVendor: "/vendor",
		views.AudienceAdmin: "/admin", views.AudienceAPI: "/api"}
	f.Fuzz(func(t *testing.T, kind int, raw string) {
		target, err := middleware.ResolvePath(middleware.HostKind(kind), raw)
		if err != nil {
			if target != (middleware.Target{}) {
				t.Fatalf("%q: got %+v with error %v", raw, target, err)
			}
			return
		}
		path := target.Path
		if again, err := middleware.CleanPath(path); err != nil || again != path {
			t.Fatalf("%q: %q cleans to %q, %v", raw, path, again, err)
		}
		if target.Slug != "" && !vendor.ValidSlug(target.Slug) {
			t.Fatalf("%q: slug %q is not valid", raw, target.Slug)
		}
		// Routes may be matched without regard to case, so the invariant must hold that way too.
		below := func(prefix string) bool {
			lower := strings.ToLower(path)
			return lower == prefix || strings.HasPrefix(lower, prefix+"/")
		}
		for audience, prefix := range prefixes {
			if below(prefix) != (target.Audience == audience) {
				t.Fatalf("%q: %q is for %s", raw, path, target.Audience)
			}
		}
		if target.Audience == views.AudienceShop && middleware.HostKind(kind) == middleware.HostPlatform && target.Slug == "" {
			t.Fatalf("%q: a shop without a vendor", raw)
		}
		if target.Moved != "" && (target.Moved[0] != '/' || strings.HasPrefix(target.Moved, "//")) {
			t.Fatalf("%q: moved to %q", raw, target.Moved)
		}
	})
}
