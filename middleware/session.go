package middleware

import (
	"context"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/model/account"
	"orion/views"
)

type identityKey struct{}

// visit is who a request says it is from, before the database was asked.
type visit struct {
	identity account.Identity
	// failed is why a session could not be renewed although it may be a good one; nil where nothing went wrong.
	failed error
}

func visitOf(c *fiber.Ctx) visit {
	found, _ := c.Locals(identityKey{}).(visit)
	return found
}

// IdentityOf is who the request's token says it is from; false for nobody. It is good for what only greets somebody:
// what shows or changes something of theirs stands behind Gate, which asks the database.
func IdentityOf(c *fiber.Ctx) (account.Identity, bool) {
	found := visitOf(c)
	return found.identity, found.identity.AccountID != 0
}

// session reads the token of a request: the cookie of its audience's kind, or the Authorization header of the API. An
// access token that has run out is renewed here, unnoticed, by the refresh token.
func (s *stack) session(c *fiber.Ctx) error {
	if s.Accounts == nil {
		return c.Next()
	}
	site := views.SiteFrom(c)
	if site.Audience == views.AudienceAPI {
		s.bearer(c)
		return c.Next()
	}
	realm, ok := RealmOf(site)
	if !ok || isForEverybody(c.Path()) {
		return c.Next()
	}
	if access := readCookie(c, realm.Kind, accessCookie); access != "" {
		if identity, err := s.Accounts.Verify(access, realm); err == nil {
			c.Locals(identityKey{}, visit{identity: identity})
			return c.Next()
		}
	}
	if refresh := readCookie(c, realm.Kind, refreshCookie); refresh != "" {
		c.Locals(identityKey{}, s.renew(c, realm, refresh))
	}
	return c.Next()
}

// isForEverybody tells whether the answer to an internal path may be kept by caches that many share: no cookie may go
// with it.
func isForEverybody(path string) bool {
	_, rest := cutSegment(path)
	return strings.HasPrefix(rest, "/theme/") || rest == "/sitemap.xml" || rest == "/robots.txt"
}

func (s *stack) renew(c *fiber.Ctx, realm account.Realm, refresh string) visit {
	renewed, err := s.Accounts.Refresh(c.UserContext(), realm, refresh, DeviceOf(c))
	switch {
	case err == nil:
		keepTokens(c, realm.Kind, renewed.Tokens)
		return visit{identity: renewed.Identity}
	case errors.Is(err, account.ErrToken):
		DropTokens(c, realm.Kind)
		return visit{}
	}
	// The session may be good: pages for everybody are shown all the same, and the cookie stays.
	if !errors.Is(err, context.DeadlineExceeded) {
		s.Logger.ErrorContext(c.UserContext(), "renew a session", "request_id", views.SiteFrom(c).RequestID, "error", err)
	}
	return visit{failed: err}
}

// bearer reads the Authorization header (RFC 6750, section 2.1). Cookies are worth nothing at the API, so that no other
// site can make a browser use it. On a shop's host only its own customers' tokens and users' count.
func (s *stack) bearer(c *fiber.Ctx) {
	scheme, token, _ := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return
	}
	identity, err := s.Accounts.VerifyAny(strings.TrimSpace(token))
	if err != nil {
		return
	}
	if shop := views.SiteFrom(c).Shop; identity.Kind == account.Customer && (shop == nil || shop.ID != identity.VendorID) {
		return
	}
	c.Locals(identityKey{}, visit{identity: identity})
}

// DeviceOf is what a session remembers of the device that it is on.
func DeviceOf(c *fiber.Ctx) account.Device {
	return account.Device{UserAgent: c.Get(fiber.HeaderUserAgent), Address: views.SiteFrom(c).Client}
}
