// Package desk is what surrounds the pages of the dashboard and the admin: who is there, and where they may go.
package desk

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/middleware"
	"orion/model/access"
	"orion/views"
)

// locale is the language of the dashboard and the admin.
const locale = "en"

// place is an entry of the navigation. Without a permission it is for everybody who is signed in.
type place struct {
	key, icon  string
	permission access.Permission
	path       []string
}

var vendorPlaces = [...]place{
	{"home", "layout-dashboard", "", nil},
	{"team", "users", access.TeamRead, []string{"team"}},
	{"roles", "key-round", access.TeamRead, []string{"roles"}},
	{"audit", "scroll-text", access.AuditRead, []string{"audit"}},
	{"security", "shield", "", []string{"account", "security"}},
}

var adminPlaces = [...]place{
	{"home", "layout-dashboard", "", nil},
	{"users", "users", access.UsersRead, []string{"users"}},
	{"settings", "settings", access.SettingsManage, []string{"settings", "security"}},
	{"audit", "scroll-text", access.AuditRead, []string{"audit"}},
	{"security", "shield", "", []string{"account", "security"}},
}

// Shell surrounds a page of the dashboard or the admin. Where nobody was let in by the gate, such as on the sign-in
// page, there is no navigation.
func Shell(c *fiber.Ctx, renderer *views.Renderer, title string) views.Shell {
	site := views.SiteFrom(c)
	shell := views.Shell{
		Site: site, Links: site.Links(), Lang: locale, ShopName: "Orion", Theme: "base", Title: title, NoIndex: true,
		ThemeCSS: site.Admin("theme", renderer.ThemeRevision(nil)+".css"),
	}
	if site.Audience == views.AudienceVendor {
		shell.ShopName, shell.ThemeCSS = site.Shop.Name, site.Desk("theme", renderer.ThemeRevision(nil)+".css")
	}
	if person := middleware.PersonOf(c); person != nil {
		shell.Desk = frame(c, renderer, person)
	}
	return shell
}

func frame(c *fiber.Ctx, renderer *views.Renderer, person *access.Person) *views.Desk {
	site := views.SiteFrom(c)
	text := func(key string, args ...any) string { return renderer.Text(locale, key, args...) }
	desk := &views.Desk{
		Audience: string(site.Audience), VendorName: text("platform.name"), PersonName: person.Name, PersonEmail: person.Email,
		SecurityURL: site.Account("security"), SignOutURL: site.Account("sign-out"),
	}
	if person.NeedsSecondFactor {
		desk.Notice = text("desk.needs_second_factor")
		return desk // there is nowhere to go yet
	}
	places, to := adminPlaces[:], site.Admin
	desk.RoleTitle = person.PlatformRole.Title
	if site.Audience == views.AudienceVendor {
		places, to = vendorPlaces[:], site.Desk
		desk.VendorName, desk.RoleTitle, desk.ShopURL = site.Shop.Name, person.Role.Title, site.Home()
		if person.Teams > 1 {
			desk.TeamsURL = site.Desk("teams")
		}
	}
	for _, p := range places {
		if p.permission != "" && !person.Can(p.permission) {
			continue
		}
		address := to(p.path...)
		desk.Nav = append(desk.Nav, views.DeskLink{
			Label: text("desk.nav." + p.key), URL: address, Icon: p.icon, Current: current(c, site, address, len(p.path) == 0),
		})
	}
	return desk
}

// current tells whether the request is for this place or for what is below it.
func current(c *fiber.Ctx, site *views.Site, address string, exactly bool) bool {
	internal := c.Path()
	outside := site.Admin() + strings.TrimPrefix(internal, "/admin")
	if site.Audience == views.AudienceVendor {
		outside = site.Desk() + strings.TrimPrefix(internal, "/vendor")
	}
	return outside == address || !exactly && strings.HasPrefix(outside, address+"/")
}
