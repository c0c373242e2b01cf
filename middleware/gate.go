package middleware

import (
	"errors"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/uptrace/bun"

	"orion/model/access"
	"orion/model/account"
	"orion/model/audit"
	"orion/model/fault"
	"orion/views"
)

// Gate lets people through to what is theirs, in this order: is somebody signed in, of which kind, and may they do
// this. Whose rows they see is the tenant's wall behind it.
type Gate struct {
	Accounts *account.Authority
	// Platform is the platform's database, where users and their roles are.
	Platform *bun.DB
}

type (
	personKey   struct{}
	customerKey struct{}
)

// PersonOf is the user whom a Gate let through in the dashboard and the admin; nil elsewhere.
func PersonOf(c *fiber.Ctx) *access.Person {
	person, _ := c.Locals(personKey{}).(*access.Person)
	return person
}

// CustomerOf is the customer whom a Gate let through in a shop; nil elsewhere.
func CustomerOf(c *fiber.Ctx) *account.Account {
	customer, _ := c.Locals(customerKey{}).(*account.Account)
	return customer
}

// SignedIn lets everybody through who is signed in to the request's audience, whatever they may do there. One query.
// Somebody whose role demands a second factor that they have not set up is led to where they can.
func (g *Gate) SignedIn(c *fiber.Ctx) error { return g.enter(c, factorSetUp) }

// Halfway is SignedIn without the demand for a second factor: for the pages where it is set up.
func (g *Gate) Halfway(c *fiber.Ctx) error { return g.enter(c) }

// Member lets the people of the shop's team through, whatever they may do there.
func (g *Gate) Member(c *fiber.Ctx) error { return g.enter(c, factorSetUp, g.onTeam) }

// Can lets those through who may do this. Others get 403, which the audit log remembers.
func (g *Gate) Can(permission access.Permission) fiber.Handler {
	may := func(c *fiber.Ctx, person *access.Person) (bool, error) {
		if person != nil && person.Can(permission) {
			return true, nil
		}
		return false, g.deny(c, permission, "Your role does not allow this. Ask somebody who manages the team if you need it.")
	}
	return func(c *fiber.Ctx) error { return g.enter(c, factorSetUp, may) }
}

// check decides whether somebody goes on. Where not, it has answered the request or returns the error that does.
type check func(c *fiber.Ctx, person *access.Person) (on bool, err error)

func (g *Gate) enter(c *fiber.Ctx, checks ...check) error {
	found := visitOf(c)
	if found.failed != nil {
		return found.failed
	}
	if found.identity.AccountID == 0 {
		return g.turnAway(c)
	}
	err := g.find(c, found.identity)
	if err == nil {
		err = goOn(c, checks)
	}
	// It may also end while the handler is at work: by another device, or with a password that was changed meanwhile.
	if errors.Is(err, account.ErrEnded) {
		if views.SiteFrom(c).Audience != views.AudienceAPI {
			DropTokens(c, found.identity.Kind)
		}
		return g.turnAway(c)
	}
	return err
}

// goOn lets the handler answer who passes the checks.
func goOn(c *fiber.Ctx, checks []check) error {
	for _, check := range checks {
		if on, err := check(c, PersonOf(c)); !on || err != nil {
			return err
		}
	}
	return c.Next()
}

// factorSetUp leads who has to set up a second factor to where they can.
func factorSetUp(c *fiber.Ctx, person *access.Person) (bool, error) {
	if person == nil || !person.NeedsSecondFactor {
		return true, nil
	}
	return false, lead(c, views.SiteFrom(c).Account("security", "second-factor"))
}

func (g *Gate) onTeam(c *fiber.Ctx, person *access.Person) (bool, error) {
	if person != nil && person.Role.Name != "" {
		return true, nil
	}
	return false, g.deny(c, "", "You are not on the team of this shop. Sign in with an account that is, or ask its owner to invite you.")
}

// find reads who it is, as it stands now: a role that was taken away is gone with the next request.
func (g *Gate) find(c *fiber.Ctx, identity account.Identity) error {
	if identity.Kind == account.Customer {
		customer, err := g.Accounts.Live(c.UserContext(), identity)
		c.Locals(customerKey{}, customer)
		return err
	}
	var vendorID int64
	if shop := views.SiteFrom(c).Shop; shop != nil && identity.Kind == account.Vendor {
		vendorID = shop.ID
	}
	person, err := access.Load(c.UserContext(), g.Platform, identity, vendorID)
	if err == nil {
		c.Locals(personKey{}, person)
	}
	return err
}

// deny refuses, and has the audit log remember it. permission is "" where being on the team was all that it took.
func (g *Gate) deny(c *fiber.Ctx, permission access.Permission, message string) error {
	site := views.SiteFrom(c)
	var vendorID int64
	if site.Shop != nil {
		vendorID = site.Shop.ID
	}
	identity := visitOf(c).identity
	kind := audit.Vendor
	if identity.Kind == account.Admin {
		kind = audit.Admin
	}
	err := access.AuditDenied(c.UserContext(), g.Platform, access.Actor(identity.AccountID), kind, vendorID, permission,
		c.Method()+" "+c.Path(), site.RequestID)
	if err != nil {
		return err
	}
	return fault.Forbidden.With("%s", message)
}

// turnAway asks for a sign-in: by a page that leads back, by HX-Redirect to htmx, by 401 to the API.
func (g *Gate) turnAway(c *fiber.Ctx) error {
	site := views.SiteFrom(c)
	if site.Audience == views.AudienceAPI {
		c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="orion"`)
		return fault.Unauthenticated.With("Send an access token: Authorization: Bearer …")
	}
	address := site.Account("sign-in")
	if next := cameFrom(c); next != "" {
		address += "?next=" + url.QueryEscape(next)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return lead(c, address)
}

// lead sends a browser on, from a page or from htmx.
func lead(c *fiber.Ctx, address string) error {
	if views.WantsFragment(c) {
		c.Set("HX-Redirect", address)
		return c.SendStatus(fiber.StatusUnauthorized)
	}
	return c.Redirect(address, fiber.StatusSeeOther)
}

// cameFrom is the page that somebody was on or asked for, as a path of this host; "" where it is not known.
func cameFrom(c *fiber.Ctx) string {
	site := views.SiteFrom(c)
	address := c.Get("HX-Current-URL")
	if address == "" {
		address = c.Get(fiber.HeaderReferer)
	}
	asked := c.Method() == fiber.MethodGet && !views.WantsFragment(c)
	if asked {
		address = c.OriginalURL()
	}
	at, err := url.Parse(address)
	if err != nil || !asked && !strings.EqualFold(at.Host, site.Host) {
		return ""
	}
	return SafeNext(site, at.RequestURI())
}

// longestNext bounds the address that somebody is led back to, in bytes.
const longestNext = 1000

// SafeNext is an address to lead on to, if it is a path of this host; else "". What a
// browser could read as another host (//, \, a scheme, control characters: WHATWG URL, section 4.4) is not.
func SafeNext(site *views.Site, next string) string {
	if next == "" || len(next) > longestNext || next[0] != '/' || strings.HasPrefix(next, "//") ||
		strings.ContainsFunc(next, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f }) {
		return ""
	}
	at, err := url.Parse(next)
	if err != nil || at.Host != "" || at.Scheme != "" || at.User != nil || at.Path == "" || at.Path != escapedClean(at) {
		return ""
	}
	if strings.Contains(at.Path, "/account/sign-") {
		return "" // it would lead round in a circle
	}
	return next
}

// escapedClean is the path if it has no segment that climbs or is empty, else "".
func escapedClean(at *url.URL) string {
	path, err := CleanPath(at.EscapedPath())
	if err != nil {
		return ""
	}
	if path != "/" && strings.HasSuffix(at.Path, "/") {
		path += "/"
	}
	return path
}
