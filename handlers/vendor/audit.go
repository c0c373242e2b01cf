package vendor

import (
	"github.com/gofiber/fiber/v2"

	"orion/handlers/desk"
	"orion/views"
)

// Audit lists what people did in this shop, newest first.
func (h *Handlers) Audit(c *fiber.Ctx) error {
	site := views.SiteFrom(c)
	page, err := desk.Audit(c.UserContext(), c, h.Shop, h.shell(c, "desk.audit.title"), site.Shop.ID, site.Desk("audit"))
	if err != nil {
		return err
	}
	return h.page(c, fiber.StatusOK, "audit", page)
}
