package middleware

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"orion/model/fault"
	"orion/model/vendor"
	"orion/views"
)

// errUnknownHost is answered on hosts that are nobody's; the error handler shows a plain page there.
var errUnknownHost = fault.NotFound.With("There is no shop at this address.")

// vendor finds out which shop a request is for, from its host or its path, and whether that shop is open. It
// answers itself where the page is elsewhere.
func (s *stack) vendor(c *fiber.Ctx) error {
	a := arrivalOf(c)
	if err := s.resolveHost(a); err != nil {
		return err
	}
	// A bad path is answered below, by the shop whose host it is on.
	target, badPath := ResolvePath(a.hostKind, c.Path())
	if badPath == nil {
		a.target, a.Audience = target, target.Audience
	}
	if a.Audience == views.AudiencePublic {
		return c.Next()
	}
	if err := s.findShop(c, a); err != nil {
		return err
	}
	switch {
	case badPath != nil:
		return badPath
	case a.hostKind == HostWWW:
		return movedTo(c, a.Scheme+"://"+platformHost(a)+escapePath(c.Path()))
	case a.target.Moved != "":
		return movedTo(c, escapePath(a.target.Moved))
	}
	return c.Next()
}

// resolveHost reads the host and writes it back as links need it: normalised, without the scheme's own port.
func (s *stack) resolveHost(a *arrival) error {
	header := a.Host
	a.Host = "" // until it is known to be a host, nothing may show it
	kind, name, err := ResolveHost(header, s.PlatformHost)
	if err != nil {
		return err
	}
	host, port, err := splitHost(header)
	if err != nil {
		return err
	}
	a.hostKind, a.hostName, a.Host = kind, name, host
	if port != "" && port != defaultPort(a.Scheme) {
		a.Host = host + ":" + port
	}
	if kind == HostSubdomain || kind == HostDomain {
		a.Audience = views.AudienceShop
	}
	return nil
}

// findShop looks the shop up where the host or the path names one, and sets the mode.
func (s *stack) findShop(c *fiber.Ctx, a *arrival) error {
	var shop *vendor.Shop
	var err error
	switch {
	case a.hostKind == HostUnknown:
		err = errUnknownHost
	case a.hostKind == HostSubdomain:
		a.Mode = views.ModeSubdomain
		shop, err = s.Directory.BySlug(c.UserContext(), a.hostName)
	case a.hostKind == HostDomain:
		a.Mode = views.ModeDomain
		shop, err = s.Directory.ByDomain(c.UserContext(), a.hostName)
	case a.target.Slug != "":
		a.Mode = views.ModePath
		a.CookiePath = "/vendor/" + a.target.Slug
		a.Base = a.CookiePath + "/shop"
		shop, err = s.Directory.BySlug(c.UserContext(), a.target.Slug)
	}
	if err == nil && shop != nil {
		err = admit(shop, a.Audience)
	}
	if errors.Is(err, fault.NotFound) {
		return nobody(a)
	}
	a.Shop = shop // also of a closed shop, whose page says whose it is
	return err
}

// nobody answers for a shop that is not there, with the links of the platform.
func nobody(a *arrival) error {
	mode := a.Mode
	a.Mode, a.Audience, a.Base, a.CookiePath = views.ModePlatform, views.AudiencePlatform, "", "/"
	if mode == views.ModePath {
		return fault.NotFound.With("There is no shop at this address.")
	}
	return errUnknownHost
}

// admit says whether a shop may be visited. A suspended vendor still reaches the dashboard, to see why.
func admit(shop *vendor.Shop, audience views.Audience) error {
	switch {
	case shop.Status == vendor.Active:
		return nil
	case shop.Status == vendor.Suspended && audience == views.AudienceVendor:
		return nil
	case shop.Status == vendor.Suspended:
		return fault.Closed
	default:
		return fault.NotFound
	}
}
