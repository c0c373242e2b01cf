package middleware

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/model/account"
	"orion/views"
)

// The cookies of a kind of account: the access token, the refresh token, and the proof of a password that still wants
// a second factor.
const (
	accessCookie  = ""
	refreshCookie = "-refresh"
	pendingCookie = "-pending"
)

// RealmOf is where the request's audience signs in; false where nobody does, such as on the platform's own pages.
func RealmOf(site *views.Site) (account.Realm, bool) {
	switch {
	case site.Audience == views.AudienceShop && site.Shop != nil:
		return account.Realm{Kind: account.Customer, VendorID: site.Shop.ID}, true
	case site.Audience == views.AudienceVendor:
		return account.Realm{Kind: account.Vendor}, true
	case site.Audience == views.AudienceAdmin:
		return account.Realm{Kind: account.Admin}, true
	}
	return account.Realm{}, false
}

// cookiePath is how far the cookies of a kind reach: customers of two shops on the platform's host must not meet.
func cookiePath(site *views.Site, kind account.Kind) string {
	if kind == account.Customer {
		return site.CookiePath
	}
	return "/"
}

// cookieName is a cookie's name. Over HTTPS the __Host- prefix makes browsers refuse it for another path or domain,
// so that a sibling's subdomain cannot plant one (RFC 6265bis, section 4.1.3); __Secure- where the path is narrower.
func cookieName(site *views.Site, kind account.Kind, which string) string {
	name := "orion-" + string(kind) + which
	switch {
	case !site.Secure:
		return name
	case cookiePath(site, kind) == "/":
		return "__Host-" + name
	}
	return "__Secure-" + name
}

func setCookie(c *fiber.Ctx, kind account.Kind, which, value string, life time.Duration) {
	site := views.SiteFrom(c)
	cookie := &fiber.Cookie{
		Name: cookieName(site, kind, which), Value: value, Path: cookiePath(site, kind), MaxAge: int(life.Seconds()),
		HTTPOnly: true, Secure: site.Secure, SameSite: fiber.CookieSameSiteLaxMode,
	}
	if value == "" {
		cookie.MaxAge, cookie.Expires = -1, time.Unix(1, 0)
	}
	c.Cookie(cookie)
}

func readCookie(c *fiber.Ctx, kind account.Kind, which string) string {
	return c.Cookies(cookieName(views.SiteFrom(c), kind, which))
}

// KeepTokens gives the browser a session, and takes back what only led to it.
func KeepTokens(c *fiber.Ctx, kind account.Kind, tokens account.Tokens) {
	keepTokens(c, kind, tokens)
	if readCookie(c, kind, pendingCookie) != "" {
		setCookie(c, kind, pendingCookie, "", 0)
	}
}

func keepTokens(c *fiber.Ctx, kind account.Kind, tokens account.Tokens) {
	setCookie(c, kind, accessCookie, tokens.Access, time.Until(tokens.AccessExpires))
	setCookie(c, kind, refreshCookie, tokens.Refresh, time.Until(tokens.RefreshExpires))
}

// DropTokens takes a session out of the browser.
func DropTokens(c *fiber.Ctx, kind account.Kind) {
	for _, which := range []string{accessCookie, refreshCookie, pendingCookie} {
		setCookie(c, kind, which, "", 0)
	}
}

// pendingLife is how long a second factor may take to be typed.
const pendingLife = 10 * time.Minute

// KeepPending remembers that the password was right while the second factor is asked for.
func KeepPending(c *fiber.Ctx, kind account.Kind, pending string) {
	setCookie(c, kind, pendingCookie, pending, pendingLife)
}

// Pending is what KeepPending kept; "" nothing.
func Pending(c *fiber.Ctx, kind account.Kind) string { return readCookie(c, kind, pendingCookie) }
