// Package vendor answers the people who run a shop: its dashboard. Each handler binds the input, asks or tells the
// model, maps the answer to a view model and answers; rules of the business are in the model.
package vendor

import (
	"cmp"
	"errors"
	"net"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/uptrace/bun"

	"orion/handlers/desk"
	"orion/middleware"
	"orion/model/access"
	"orion/model/account"
	"orion/model/fault"
	"orion/views"
)

// Handlers are the dashboard's. Fill in the fields; there are no defaults.
type Handlers struct {
	// Platform is the platform's database, where users, teams and roles are; Shop is the shop's own.
	Platform, Shop *bun.DB
	Accounts       *account.Authority
	Views          *views.Renderer
	Enqueue        access.Enqueue
	Production     bool
}

// locale is the dashboard's language.
const locale = "en"

func (h *Handlers) text(key string, args ...any) string {
	return h.Views.Text(locale, key, args...)
}

func (h *Handlers) shell(c *fiber.Ctx, title string) views.Shell {
	shell := desk.Shell(c, h.Views, h.text(title))
	if said := c.Query("said"); slices.Contains(sayings, said) {
		shell.Toast = &views.Toast{Kind: "success", Text: h.text("desk.said." + said)}
	}
	return shell
}

// sayings are what a page can say about a change that led to it, by the query of its address.
var sayings = []string{
	"invited", "revoked", "role_changed", "removed", "left", "handed_over", "joined", "role_made", "role_saved", "role_deleted",
}

// page answers with a page that no cache keeps.
func (h *Handlers) page(c *fiber.Ctx, status int, name string, model any) error {
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return h.Views.Page(c, status, "vendor/"+name, model)
}

// done leads on after a change, with a word about it.
func done(c *fiber.Ctx, address, said string) error {
	if said != "" {
		address += "?said=" + said
	}
	return views.Lead(c, address)
}

// number reads an id of the address.
func number(c *fiber.Ctx, name string) (int64, error) {
	id, err := strconv.ParseInt(c.Params(name), 10, 64)
	if err != nil || id <= 0 {
		return 0, fault.NotFound
	}
	return id, nil
}

// Home is the dashboard's first page: what this person may do here.
func (h *Handlers) Home(c *fiber.Ctx) error {
	person, site := middleware.PersonOf(c), views.SiteFrom(c)
	page := views.DeskHome{
		Shell: h.shell(c, "desk.home.title"), Heading: h.text("desk.home.heading", "name", cmp.Or(person.Name, person.Email)),
		Text: h.text("desk.home.text", "shop", site.Shop.Name, "role", person.Role.Title),
	}
	for _, tile := range []struct {
		key, icon, url string
		shown          bool
	}{
		{"shop", "store", site.Home(), true},
		{"team", "users", site.Desk("team"), person.Can(access.TeamRead)},
		{"audit", "scroll-text", site.Desk("audit"), person.Can(access.AuditRead)},
		{"security", "shield", site.Account("security"), true},
	} {
		if tile.shown {
			page.Tiles = append(page.Tiles, views.DeskTile{
				Title: h.text("desk.home." + tile.key), Text: h.text("desk.home." + tile.key + "_text"), URL: tile.url, Icon: tile.icon,
			})
		}
	}
	return h.page(c, fiber.StatusOK, "home", page)
}

// Teams lists the shops that this person works for, each with the way to its dashboard.
func (h *Handlers) Teams(c *fiber.Ctx) error {
	person, site := middleware.PersonOf(c), views.SiteFrom(c)
	teams, err := access.Teams(c.UserContext(), h.Platform, person.UserID)
	if err != nil {
		return err
	}
	page := views.Teams{Shell: h.shell(c, "desk.teams.title")}
	for _, team := range teams {
		page.Teams = append(page.Teams, views.TeamRow{
			Name: team.Name, Role: team.Role.Title, URL: dashboardOf(site, team.Slug), Current: team.VendorID == site.Shop.ID,
		})
	}
	return h.page(c, fiber.StatusOK, "teams", page)
}

// dashboardOf is another shop's dashboard. On the platform's host one sign-in is good for all of them.
func dashboardOf(site *views.Site, slug string) string {
	path := "/vendor/" + slug
	if site.Mode == views.ModePath {
		return path
	}
	host := site.PlatformHost
	if _, port, err := net.SplitHostPort(site.Host); err == nil {
		host = net.JoinHostPort(host, port)
	}
	return site.Scheme + "://" + host + path
}

// invalid finds the messages of an error that belong into a form.
func invalid(err error) (*fault.Invalid, bool) { return errors.AsType[*fault.Invalid](err) }
