package handlers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/handlers/account"
	"orion/handlers/admin"
	"orion/handlers/api"
	"orion/handlers/dev"
	"orion/handlers/platform"
	"orion/handlers/shop"
	"orion/handlers/vendor"
	"orion/middleware"
	"orion/model/access"
	"orion/views"
)

// route is one line of the table: for whom, what is asked, who may, and what answers. Paths are internal ones;
// docs/routing.md says which addresses lead to them.
type route struct {
	audience     views.Audience
	method, path string
	who          who
	handlers     []fiber.Handler
}

// who may come in. The zero value is nobody, and a route with it does not start.
type who struct {
	name       string
	permission access.Permission
}

// anyone needs no sign-in. signedIn is who is signed in to the route's audience, whatever they may do there; with a
// second factor, where their role demands one. halfway is signedIn without that demand: where it is set up.
func anyone() who   { return who{name: "anyone"} }
func signedIn() who { return who{name: "signed in"} }
func halfway() who  { return who{name: "halfway"} }

// member is who is on the shop's team, in whatever role.
func member() who { return who{name: "member"} }

// can is who has a permission in the vendor's team, or on the platform's staff.
func can(permission access.Permission) who { return who{name: "can", permission: permission} }

// rooms are what answers, by audience.
type rooms struct {
	platform *platform.Handlers
	shop     *shop.Handlers
	account  *account.Handlers
	vendor   *vendor.Handlers
	admin    *admin.Handlers
	api      *api.Handlers
	mail     *dev.Handlers // nil outside development
	// guesses bounds how often one address may look for an order by number and e-mail, or ask for a mail.
	guesses *middleware.Limiter
}

// routes is every page, fragment and sign of life that Orion answers. Whatever is not here is a 404.
func (r rooms) routes() []route {
	return slices.Concat(
		r.public(), r.storefront(), r.customers(),
		r.accounts(views.AudienceShop, "/shop"), r.accounts(views.AudienceVendor, "/vendor"), r.accounts(views.AudienceAdmin, "/admin"),
		r.dashboard(), r.administration(), r.programs(), r.development(),
	)
}

const get, post, del = fiber.MethodGet, fiber.MethodPost, fiber.MethodDelete

func (r rooms) public() []route {
	p := r.platform
	return []route{
		{views.AudiencePublic, get, "/healthz", anyone(), do(p.Healthz)},
		{views.AudiencePublic, get, "/readyz", anyone(), do(p.Readyz)},
		{views.AudiencePublic, get, "/assets/demo/*", anyone(), do(p.DemoPicture)},
		{views.AudiencePlatform, get, "/", anyone(), do(p.Home)},
		{views.AudiencePlatform, get, "/theme/:revision", anyone(), do(p.ThemeCSS)},
	}
}

func (r rooms) storefront() []route {
	s := r.shop
	const shop = views.AudienceShop
	return []route{
		{shop, get, "/shop", anyone(), do(s.Home)},
		{shop, get, "/shop/categories/:slug", anyone(), do(s.Category)},
		{shop, get, "/shop/products", anyone(), do(s.Products)},
		{shop, get, "/shop/products/:slug", anyone(), do(s.Product)},
		{shop, get, "/shop/search", anyone(), do(s.Search)},
		{shop, get, "/shop/search/suggestions", anyone(), do(s.Suggestions)},

		{shop, get, "/shop/cart", anyone(), do(s.Cart)},
		{shop, post, "/shop/cart/items", anyone(), do(s.AddToCart)},
		{shop, post, "/shop/cart/items/:variant", anyone(), do(s.SetQuantity)},
		{shop, post, "/shop/cart/items/:variant/removal", anyone(), do(s.RemoveFromCart)},

		{shop, get, "/shop/checkout", anyone(), do(s.Checkout)},
		{shop, post, "/shop/checkout", anyone(), do(s.PlaceOrder)},
		{shop, post, "/shop/checkout/fields", anyone(), do(s.CheckField)},
		{shop, post, "/shop/checkout/summary", anyone(), do(s.Summary)},

		{shop, get, "/shop/orders", anyone(), do(s.FindOrder)},
		{shop, post, "/shop/orders", anyone(), do(r.guesses.Handle, s.LookUpOrder)},
		{shop, get, "/shop/orders/:number", anyone(), do(s.Order)}, // by its signed address

		{shop, get, "/shop/about", anyone(), do(s.About)},
		{shop, get, "/shop/shipping", anyone(), do(s.Shipping)},
		{shop, get, "/shop/theme/:revision", anyone(), do(s.ThemeCSS)},
		{shop, get, "/shop/sitemap.xml", anyone(), do(s.Sitemap)},
		{shop, get, "/shop/robots.txt", anyone(), do(s.Robots)},
	}
}

// customers are the pages that only a shop's customers have.
func (r rooms) customers() []route {
	s, a := r.shop, r.account
	const shop = views.AudienceShop
	return []route{
		{shop, get, "/shop/account", signedIn(), do(s.AccountOrders)},
		{shop, get, "/shop/account/registration", anyone(), do(a.Registration)},
		{shop, post, "/shop/account/registration", anyone(), do(r.guesses.Handle, a.Register)},
		{shop, get, "/shop/account/orders/:number", signedIn(), do(s.AccountOrder)},
		{shop, post, "/shop/account/orders/:number/reorder", signedIn(), do(s.Reorder)},
		{shop, get, "/shop/account/addresses", signedIn(), do(s.Addresses)},
		{shop, post, "/shop/account/addresses", signedIn(), do(s.AddAddress)},
		{shop, get, "/shop/account/addresses/new", signedIn(), do(s.NewAddress)},
		{shop, get, "/shop/account/addresses/:id", signedIn(), do(s.Address)},
		{shop, post, "/shop/account/addresses/:id", signedIn(), do(s.ChangeAddress)},
		{shop, post, "/shop/account/addresses/:id/removal", signedIn(), do(s.RemoveAddress)},
		{shop, get, "/shop/account/profile", signedIn(), do(s.Profile)},
		{shop, post, "/shop/account/profile", signedIn(), do(s.ChangeProfile)},
		{shop, get, "/shop/account/data", signedIn(), do(s.Data)},
		{shop, get, "/shop/account/data/download", signedIn(), do(s.DownloadData)},
		{shop, get, "/shop/account/deletion", signedIn(), do(s.Deletion)},
		{shop, post, "/shop/account/deletion", signedIn(), do(s.DeleteAccount)},
	}
}

// accounts are the pages with which each audience signs in and looks after its accounts.
func (r rooms) accounts(audience views.Audience, prefix string) []route {
	a := r.account
	prefix += "/account"
	return []route{
		{audience, get, prefix + "/sign-in", anyone(), do(a.SignInPage)},
		{audience, post, prefix + "/sign-in", anyone(), do(a.SignIn)},
		{audience, post, prefix + "/sign-out", anyone(), do(a.SignOut)},
		{audience, get, prefix + "/second-factor", anyone(), do(a.SecondFactorPage)},
		{audience, post, prefix + "/second-factor", anyone(), do(a.SecondFactor)},
		{audience, get, prefix + "/reset", anyone(), do(a.AskResetPage)},
		{audience, post, prefix + "/reset", anyone(), do(r.guesses.Handle, a.AskReset)},
		{audience, get, prefix + "/reset/:token", anyone(), do(a.ResetPage)},
		{audience, post, prefix + "/reset/:token", anyone(), do(r.guesses.Handle, a.Reset)},
		{audience, post, prefix + "/verification", halfway(), do(r.guesses.Handle, a.AskVerification)},
		{audience, get, prefix + "/verification/:token", halfway(), do(a.VerificationPage)},
		{audience, post, prefix + "/verification/:token", halfway(), do(a.Verify)},

		{audience, get, prefix + "/security", halfway(), do(a.Security)},
		{audience, post, prefix + "/security/password", halfway(), do(a.ChangePassword)},
		{audience, post, prefix + "/security/sessions/:id/end", halfway(), do(a.EndSession)},
		{audience, post, prefix + "/security/sessions/end", halfway(), do(a.EndOthers)},
		{audience, get, prefix + "/security/second-factor", halfway(), do(a.Enrolment)},
		{audience, post, prefix + "/security/second-factor", halfway(), do(a.ConfirmFactor)},
		{audience, post, prefix + "/security/second-factor/removal", halfway(), do(a.RemoveFactor)},
		{audience, post, prefix + "/security/recovery-codes", halfway(), do(a.NewRecoveryCodes)},
	}
}

func (r rooms) dashboard() []route {
	v := r.vendor
	const vendor = views.AudienceVendor
	return []route{
		{vendor, get, "/vendor", member(), do(v.Home)},
		{vendor, get, "/vendor/theme/:revision", anyone(), do(r.platform.ThemeCSS)},
		{vendor, get, "/vendor/teams", signedIn(), do(v.Teams)},

		{vendor, get, "/vendor/team", can(access.TeamRead), do(v.Team)},
		{vendor, post, "/vendor/team/invitations", can(access.TeamManage), do(v.Invite)},
		{vendor, post, "/vendor/team/invitations/:id/revocation", can(access.TeamManage), do(v.Revoke)},
		{vendor, post, "/vendor/team/invitations/:id/renewal", can(access.TeamManage), do(v.Renew)},
		{vendor, post, "/vendor/team/ownership", can(access.TeamManage), do(v.HandOver)}, // the model asks for an owner
		{vendor, post, "/vendor/team/leave", member(), do(v.Leave)},
		{vendor, post, "/vendor/team/:user", can(access.TeamManage), do(v.ChangeRole)},
		{vendor, post, "/vendor/team/:user/removal", can(access.TeamManage), do(v.Remove)},

		{vendor, get, "/vendor/roles", can(access.TeamRead), do(v.Roles)},
		{vendor, post, "/vendor/roles", can(access.TeamManage), do(v.CreateRole)},
		{vendor, get, "/vendor/roles/new", can(access.TeamManage), do(v.NewRole)},
		{vendor, get, "/vendor/roles/:id", can(access.TeamManage), do(v.Role)},
		{vendor, post, "/vendor/roles/:id", can(access.TeamManage), do(v.UpdateRole)},
		{vendor, post, "/vendor/roles/:id/removal", can(access.TeamManage), do(v.DeleteRole)},

		{vendor, get, "/vendor/audit", can(access.AuditRead), do(v.Audit)},

		{vendor, get, "/vendor/invitations/:token", anyone(), do(v.Invitation)},
		{vendor, post, "/vendor/invitations/:token", anyone(), do(r.guesses.Handle, v.Accept)},
	}
}

func (r rooms) administration() []route {
	a := r.admin
	const admin = views.AudienceAdmin
	return []route{
		{admin, get, "/admin", signedIn(), do(a.Home)},
		{admin, get, "/admin/theme/:revision", anyone(), do(r.platform.ThemeCSS)},
		{admin, get, "/admin/settings/security", can(access.SettingsManage), do(a.Security)},
		{admin, post, "/admin/settings/security", can(access.SettingsManage), do(a.ChangeSecurity)},
		{admin, get, "/admin/users", can(access.UsersRead), do(a.Users)},
		{admin, post, "/admin/users/:user/role", can(access.UsersManage), do(a.ChangeRole)},
		{admin, get, "/admin/audit", can(access.AuditRead), do(a.Audit)},
	}
}

// programs is what the API answers so far: a session for a program, and whose it is.
func (r rooms) programs() []route {
	a := r.api
	const api = views.AudienceAPI
	return []route{
		{api, post, "/api/v1/sessions", anyone(), do(a.Begin)},
		{api, post, "/api/v1/sessions/renewal", anyone(), do(a.Renew)},
		{api, del, "/api/v1/sessions/current", halfway(), do(a.End)},
		{api, get, "/api/v1/me", halfway(), do(a.Me)},
	}
}

func (r rooms) development() []route {
	if r.mail == nil {
		return nil
	}
	return []route{
		{views.AudiencePlatform, get, "/dev/mail", anyone(), do(r.mail.Mail)},
		{views.AudiencePlatform, get, "/dev/mail/:id", anyone(), do(r.mail.Letter)},
		{views.AudiencePlatform, get, "/dev/mail/:id/body", anyone(), do(r.mail.Body)},
	}
}

func do(handlers ...fiber.Handler) []fiber.Handler { return handlers }

// prefixes begin the internal paths of an audience.
var prefixes = map[views.Audience][]string{
	views.AudiencePublic:   {"/healthz", "/readyz", "/assets"},
	views.AudiencePlatform: {"/", "/theme", "/dev"},
	views.AudienceShop:     {"/shop"},
	views.AudienceVendor:   {"/vendor"},
	views.AudienceAdmin:    {"/admin"},
	views.AudienceAPI:      {"/api"},
}

// check refuses a route that does not say who may come in, or says something that does not fit its audience.
func (r route) check() error {
	name := r.method + " " + r.path
	begins := func(prefix string) bool {
		return r.path == prefix || prefix != "/" && strings.HasPrefix(r.path, prefix+"/")
	}
	if !slices.ContainsFunc(prefixes[r.audience], begins) {
		return fmt.Errorf("the route %s is not below the paths of its audience %q", name, r.audience)
	}
	staff := r.audience == views.AudienceVendor || r.audience == views.AudienceAdmin
	switch r.who.name {
	case "anyone":
		return nil
	case "signed in", "halfway":
		if staff || r.audience == views.AudienceShop || r.audience == views.AudienceAPI {
			return nil
		}
		return fmt.Errorf("the route %s is for who is signed in, but nobody signs in to the audience %q", name, r.audience)
	case "member":
		if r.audience == views.AudienceVendor {
			return nil
		}
		return fmt.Errorf("the route %s is for a shop's team, which the audience %q does not have", name, r.audience)
	case "can":
		known := access.VendorPermissions()
		if r.audience == views.AudienceAdmin {
			known = access.PlatformPermissions()
		}
		if !staff || !slices.ContainsFunc(known, func(i access.Info) bool { return i.Permission == r.who.permission }) {
			return fmt.Errorf("the route %s wants the permission %q, which the audience %q does not have", name, r.who.permission, r.audience)
		}
		return nil
	}
	return fmt.Errorf("the route %s does not say who may come in", name)
}

// guarded is the route's handlers behind the gate that it declares.
func (r route) guarded(gate *middleware.Gate) []fiber.Handler {
	var before fiber.Handler
	switch r.who.name {
	case "anyone":
		return r.handlers
	case "signed in":
		before = gate.SignedIn
	case "halfway":
		before = gate.Halfway
	case "member":
		before = gate.Member
	case "can":
		before = gate.Can(r.who.permission)
	}
	return append([]fiber.Handler{before}, r.handlers...)
}
