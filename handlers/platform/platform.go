// Package platform answers at the platform's own host: what Orion is, the directory of shops, and the signs of
// life that a load balancer asks for.
package platform

import (
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"orion/model/tenant"
	"orion/model/vendor"
	"orion/postgres"
	"orion/views"
)

// shopsShown is how many shops the first page lists.
const shopsShown = 48

// Handlers are the platform's. Make them with New.
type Handlers struct {
	db    *postgres.DB
	views *views.Renderer
	ready func(context.Context) error

	pictures *pictures
}

// New makes the platform's handlers. ready tells why the process cannot answer requests yet, nil when it can. draw
// makes the demo shops' pictures by name.
func New(
	db *postgres.DB, renderer *views.Renderer, ready func(context.Context) error, draw func(name string) ([]byte, bool),
) *Handlers {
	return &Handlers{db: db, views: renderer, ready: ready, pictures: newPictures(draw)}
}

// Home lists the open shops. One query.
func (h *Handlers) Home(c *fiber.Ctx) error {
	site := views.SiteFrom(c)
	shops, err := vendor.Open(tenant.AsPlatform(c.UserContext()), h.db.Platform, 0, shopsShown)
	if err != nil {
		return err
	}
	page := views.PlatformHome{Shell: Shell(h.views, site, "")}
	for _, shop := range shops {
		page.Shops = append(page.Shops, views.PlatformShop{
			Name: shop.Name, Tagline: shop.Tagline, URL: fmt.Sprintf("/vendor/%s/shop", shop.Slug),
			Picture: picture(shop.Image),
		})
	}
	return h.views.Page(c, fiber.StatusOK, "platform/home", page)
}

// Healthz answers as long as the process does.
func (h *Handlers) Healthz(c *fiber.Ctx) error { return c.SendString("ok\n") }

// Readyz answers 200 when the database is reached and its migrations are those of this binary, else 503 with the
// reason.
func (h *Handlers) Readyz(c *fiber.Ctx) error {
	if err := h.ready(c.UserContext()); err != nil {
		return c.Status(fiber.StatusServiceUnavailable).SendString("not ready: " + err.Error() + "\n")
	}
	return c.SendString("ready\n")
}

// defaultLocale is the language of the platform's own pages.
const defaultLocale = "en"

// Shell surrounds a page of the platform itself.
func Shell(renderer *views.Renderer, site *views.Site, title string) views.Shell {
	return views.Shell{
		Site: site, Links: site.Links(), Lang: defaultLocale, ShopName: "Orion", Theme: "base",
		ThemeCSS: site.ThemeCSS(renderer.ThemeRevision(nil)), Title: title,
		Description: renderer.Text(defaultLocale, "platform.tagline"),
	}
}

func picture(url string) *views.Picture {
	if url == "" {
		return nil
	}
	return &views.Picture{URL: url, Width: 1600, Height: 1000}
}

// ThemeCSS is the stylesheet with the base theme's tokens, for the platform's own pages.
func (h *Handlers) ThemeCSS(c *fiber.Ctx) error { return h.views.ThemeCSS(c) }
