package handlers

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/handlers/desk"
	"orion/handlers/platform"
	"orion/middleware"
	"orion/model/fault"
	"orion/views"
)

// errorPages shows errors as pages in the look of where they happened, and as a toast to htmx.
type errorPages struct{ views *views.Renderer }

func (e errorPages) render(c *fiber.Ctx, status int, kind string, err error) error {
	site := views.SiteFrom(c)
	heading, message := e.words(site, kind, err)
	if views.WantsFragment(c) {
		return e.views.Fragment(c, status, views.Toast{Kind: "error", Text: message}, "ui/toast")
	}
	page := views.ErrorPage{Status: status, Heading: heading, Message: message}
	if status >= fiber.StatusInternalServerError && kind != string(fault.Closed) {
		page.RequestID = site.RequestID
	}
	if site.Audience == views.AudienceVendor && site.Shop != nil || site.Audience == views.AudienceAdmin {
		page.Shell = desk.Shell(c, e.views, heading)
		page.Action = views.Link{Name: e.views.Text(page.Lang, "error.home"), URL: site.Account()}
		if kind == string(fault.Forbidden) && site.Audience == views.AudienceVendor {
			// Who is refused at the dashboard's first page must not be led there again.
			page.Action = views.Link{Name: e.views.Text(page.Lang, "desk.teams.title"), URL: site.Desk("teams")}
		}
		return e.views.Page(c, status, string(site.Audience)+"/error", page)
	}
	if site.Shop == nil || site.Audience != views.AudienceShop {
		page.Shell = platform.Shell(e.views, site, heading)
		if kind != middleware.KindUnknownHost {
			page.Action = views.Link{Name: e.views.Text(page.Lang, "error.home"), URL: "/"}
		}
		page.NoIndex = true
		return e.views.Page(c, status, "platform/error", page)
	}
	page.Shell = shopShell(e.views, site, heading)
	if kind == string(fault.Closed) {
		page.Plain = true
		return e.views.Page(c, status, "shop/closed", page)
	}
	page.Action = views.Link{Name: e.views.Text(page.Lang, "error.home"), URL: page.Links.Home()}
	return e.views.Page(c, status, "shop/error", page)
}

// words are what an error has to say: its own message, else what is said of its kind.
func (e errorPages) words(site *views.Site, kind string, err error) (heading, message string) {
	locale := "en"
	if site.Shop != nil {
		locale = site.Shop.Settings.Locale
	}
	heading, message = e.views.Text(locale, "error."+kind+".title"), fault.Message(err)
	if message == "" {
		message = fields(err)
	}
	if message == "" {
		message = e.views.Text(locale, "error."+kind+".text")
	}
	return heading, message
}

// fields joins the messages of an invalid form's fields, for where there is no form to put them in.
func fields(err error) string {
	invalid, ok := errors.AsType[*fault.Invalid](err)
	if !ok {
		return ""
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(invalid.Fields)) {
		parts = append(parts, name+": "+invalid.Fields[name])
	}
	return strings.Join(parts, " ")
}

// shopShell surrounds an error in a shop. It asks the database nothing: the database may be what is wrong.
func shopShell(renderer *views.Renderer, site *views.Site, title string) views.Shell {
	shop := site.Shop
	links := site.Links()
	return views.Shell{
		Site: site, Links: links, Lang: shop.Settings.Locale, ShopName: shop.Name, Tagline: shop.Settings.Tagline,
		Theme: shop.Theme.Name, ThemeCSS: links.ThemeCSS(renderer.ThemeRevision(shop)), Title: title, NoIndex: true,
		Footer: views.Footer{Email: shop.Settings.Email, Phone: shop.Settings.Phone, Address: shop.Settings.Address},
	}
}
