package views

import (
	"net/netip"

	"github.com/gofiber/fiber/v2"

	"orion/model/vendor"
)

// Audience is whom a page is for. Each has its own internal path prefix, its own routes and limits.
type Audience string

// The audiences, with the prefix of their internal paths.
const (
	AudiencePlatform Audience = "platform" // visitors of the platform itself: /
	AudienceShop     Audience = "shop"     // a shop's customers: /shop
	AudienceVendor   Audience = "vendor"   // the people who run a shop: /vendor
	AudienceAdmin    Audience = "admin"    // the people who run the platform: /admin
	AudienceAPI      Audience = "api"      // programs: /api
	AudiencePublic   Audience = "public"   // anybody on any host: /assets, /healthz, /readyz
)

// Mode is how a request reached a shop.
type Mode string

// The ways into a shop. ModePlatform is no shop at all.
const (
	ModeDomain    Mode = "domain"    // kaffa.test/…
	ModeSubdomain Mode = "subdomain" // kaffa.localhost/…
	ModePath      Mode = "path"      // localhost/vendor/kaffa/…
	ModePlatform  Mode = "platform"  // localhost/…, admin.localhost/…, api.localhost/…
)

// Site is where a request arrived: which shop, in which mode, for which audience. Middleware makes one for each
// request; after that nobody changes it. Its methods write every address that a page holds (links.go).
type Site struct {
	Audience Audience
	Mode     Mode
	Shop     *vendor.Shop // nil on the platform's own pages

	Scheme string // http or https, as the visitor sees it
	Host   string // as the visitor sees it: lower case, with the port if it is not the scheme's own
	Base   string // before the path of every shop link: "" or "/vendor/kaffa/shop"
	// CookiePath is the Path of every cookie of this shop: "/" or "/vendor/kaffa".
	CookiePath string
	Secure     bool // the visitor's connection is encrypted: cookies are Secure

	PlatformHost string     // the platform's own host, without port
	Client       netip.Addr // the visitor's address, past trusted proxies; invalid if unknown
	RequestID    string
}

// siteKey is unexported, so that only this package can put a Site into a request.
type siteKey struct{}

// SetSite puts the site into the request. Middleware calls it.
func SetSite(c *fiber.Ctx, site *Site) { c.Locals(siteKey{}, site) }

// SiteFrom is the request's site. It is never nil: a request that failed before its site was known has an
// empty one.
func SiteFrom(c *fiber.Ctx) *Site {
	if site, ok := c.Locals(siteKey{}).(*Site); ok {
		return site
	}
	return &Site{Audience: AudiencePlatform, Mode: ModePlatform, CookiePath: "/"}
}

// Links are the site's addresses, for templates.
func (s *Site) Links() Links { return Links{s} }

// WantsFragment reports whether htmx asked for a part of the page. Boosted links, hx-select and history ask for a
// whole one (htmx 4: header HX-Request-Type is partial or full).
func WantsFragment(c *fiber.Ctx) bool {
	return c.Get("HX-Request") == "true" && c.Get("HX-Request-Type") != "full" &&
		c.Get("HX-History-Restore-Request") != "true"
}

// Lead sends the browser on to an address of ours, from a form or from htmx.
func Lead(c *fiber.Ctx, address string) error {
	if WantsFragment(c) {
		c.Set("HX-Redirect", address)
		return c.SendStatus(fiber.StatusOK)
	}
	return c.Redirect(address, fiber.StatusSeeOther)
}
