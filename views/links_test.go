package views_test

import (
	"testing"

	"orion/model/vendor"
	"orion/views"
)

func kaffa(primary string) *vendor.Shop {
	return &vendor.Shop{Vendor: vendor.Vendor{ID: 7, Slug: "kaffa"}, PrimaryDomain: primary}
}

func modes(primary string) map[views.Mode]*views.Site {
	return map[views.Mode]*views.Site{
		views.ModeDomain: {Mode: views.ModeDomain, Shop: kaffa(primary), Scheme: "http", Host: "kaffa.test:8080",
			CookiePath: "/", PlatformHost: "localhost"},
		views.ModeSubdomain: {Mode: views.ModeSubdomain, Shop: kaffa(primary), Scheme: "http", Host: "kaffa.localhost:8080",
			CookiePath: "/", PlatformHost: "localhost"},
		views.ModePath: {Mode: views.ModePath, Shop: kaffa(primary), Scheme: "http", Host: "localhost:8080",
			Base: "/vendor/kaffa/shop", CookiePath: "/vendor/kaffa", PlatformHost: "localhost"},
	}
}

func TestLinksKnowTheMode(t *testing.T) {
	t.Parallel()
	own := map[views.Mode]string{views.ModeDomain: "", views.ModeSubdomain: "", views.ModePath: "/vendor/kaffa/shop"}
	for mode, site := range modes("kaffa.test") {
		links := site.Links()
		for want, got := range map[string]string{
			"/categories/beans":           links.Category("beans"),
			"/products":                   links.Products(),
			"/products/house-blend":       links.Product("house-blend"),
			"/products/mug?variant=12":    links.Variant("mug", 12),
			"/search":                     links.Search(),
			"/search/suggestions":         links.Suggestions(),
			"/cart":                       links.Cart(),
			"/cart/items":                 links.CartItems(),
			"/cart/items/12":              links.CartItem(12),
			"/cart/items/12/removal":      links.CartRemoval(12),
			"/checkout":                   links.Checkout(),
			"/checkout/fields":            links.CheckoutFields(),
			"/checkout/summary":           links.CheckoutSummary(),
			"/orders":                     links.Orders(),
			"/orders/K-1042?key=a%2Bb%3D": links.Order("K-1042", "a+b="),
			"/theme/3-ab12.css":           links.ThemeCSS("3-ab12"),
			"/sitemap.xml":                links.Sitemap(),
			"/about":                      links.About(),
			"/shipping":                   links.Shipping(),
		} {
			if got != own[mode]+want {
				t.Errorf("%s: got %q, want %q", mode, got, own[mode]+want)
			}
		}
	}
}

func TestHomeAndDashboard(t *testing.T) {
	t.Parallel()
	for mode, want := range map[views.Mode][2]string{
		views.ModeDomain:    {"/", "/vendor"},
		views.ModeSubdomain: {"/", "/vendor"},
		views.ModePath:      {"/vendor/kaffa/shop", "/vendor/kaffa"},
	} {
		site := modes("")[mode]
		if got := [2]string{site.Home(), site.Dashboard()}; got != want {
			t.Errorf("%s: got %v, want %v", mode, got, want)
		}
	}
}

func TestSegmentsAreEscaped(t *testing.T) {
	t.Parallel()
	site := modes("")[views.ModePath]
	if got, want := site.Product("../../bloom?x#y"), "/vendor/kaffa/shop/products/..%2F..%2Fbloom%3Fx%23y"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := site.Asset("img/a b.svg"), "/assets/img/a%20b.svg"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCanonicalIsTheSameInEachMode(t *testing.T) {
	t.Parallel()
	for primary, host := range map[string]string{"kaffa.test": "http://kaffa.test:8080", "": "http://kaffa.localhost:8080"} {
		for mode, site := range modes(primary) {
			if got, want := site.Canonical(site.Product("mug")), host+"/products/mug"; got != want {
				t.Errorf("%s: got %q, want %q", mode, got, want)
			}
			if got, want := site.Canonical(site.Home()), host+"/"; got != want {
				t.Errorf("%s: got %q, want %q", mode, got, want)
			}
			if got, want := site.Canonical("/products?sort=price"), host+"/products?sort=price"; got != want {
				t.Errorf("%s: got %q, want %q", mode, got, want)
			}
		}
	}
}

func TestCanonicalHasNoPortWhereTheRequestHasNone(t *testing.T) {
	t.Parallel()
	site := views.Site{Mode: views.ModePath, Shop: kaffa(""), Scheme: "https", Host: "orion.example",
		Base: "/vendor/kaffa/shop", PlatformHost: "orion.example"}
	if got, want := site.Canonical(site.Home()), "https://kaffa.orion.example/"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := site.Absolute(site.Cart()), "https://orion.example/vendor/kaffa/shop/cart"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
