package shop

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"orion/model/account"
	"orion/model/cart"
	"orion/model/tenant"
	"orion/views"
)

// Frame surrounds a page of the shop that another package fills, such as the sign-in. One query.
func (h *Handlers) Frame(c *fiber.Ctx, title string) (views.Shell, error) {
	return h.browsing(c.UserContext(), requestOf(c), title, "")
}

// Adopt makes the browser's cart and the one that the customer left open before into one, which the cookie names from
// now on.
func (h *Handlers) Adopt(c *fiber.Ctx, identity account.Identity) error {
	before := h.cartToken(c)
	token, err := cart.Claim(tenant.With(c.UserContext(), identity.VendorID), h.shopDB(), before, identity.AccountID)
	if err != nil {
		return err
	}
	if token != before && token != uuid.Nil {
		h.keepCart(c, token)
	}
	return nil
}

// Forget takes the cart out of the browser: it is the customer's, and stays with their account.
func (h *Handlers) Forget(c *fiber.Ctx) { h.forgetCart(c) }
