package shop

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"orion/middleware"
	"orion/model/cart"
	"orion/model/tenant"
	"orion/views"
)

// cartLife is how long a browser keeps a guest's cart.
const cartLife = 60 * 24 * time.Hour

// cartCookie is the cookie's name. In production __Secure- makes browsers refuse it over plain HTTP.
func cartCookie(site *views.Site) string {
	if site.Secure {
		return "__Secure-orion-cart"
	}
	return "orion-cart"
}

// cartToken is the cart that the request's cookie names; uuid.Nil where there is none or it is not ours.
func (h *Handlers) cartToken(c *fiber.Ctx) uuid.UUID {
	site := views.SiteFrom(c)
	value := c.Cookies(cartCookie(site))
	if value == "" {
		return uuid.Nil
	}
	token, ok := h.sign.ParseCart(site.Shop.Vendor.ID, value)
	if !ok {
		return uuid.Nil
	}
	return token
}

func (h *Handlers) keepCart(c *fiber.Ctx, token uuid.UUID) {
	site := views.SiteFrom(c)
	c.Cookie(&fiber.Cookie{
		Name: cartCookie(site), Value: h.sign.CartCookie(site.Shop.Vendor.ID, token),
		Path: site.CookiePath, MaxAge: int(cartLife.Seconds()),
		HTTPOnly: true, Secure: site.Secure, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

func (h *Handlers) forgetCart(c *fiber.Ctx) {
	site := views.SiteFrom(c)
	c.Cookie(&fiber.Cookie{
		Name: cartCookie(site), Path: site.CookiePath, Expires: time.Unix(1, 0), MaxAge: -1,
		HTTPOnly: true, Secure: site.Secure, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

// HasVisitor tells whether the request comes from somebody for whom a cached page's holes are not empty.
func (h *Handlers) HasVisitor(c *fiber.Ctx) bool {
	_, signedIn := middleware.IdentityOf(c)
	return signedIn || h.cartToken(c) != uuid.Nil
}

// Visitor is what fills the holes of cached pages for this request. One query, where there is a cart cookie.
func (h *Handlers) Visitor(c *fiber.Ctx) (views.Visitor, error) {
	visitor := views.Visitor{Links: requestOf(c).links}
	_, visitor.SignedIn = middleware.IdentityOf(c)
	token := h.cartToken(c)
	if token == uuid.Nil {
		return visitor, nil
	}
	// The page of an error may be made before the request got its scope.
	ctx := tenant.With(c.UserContext(), views.SiteFrom(c).Shop.ID)
	count, err := cart.Count(ctx, h.shopDB(), token)
	visitor.CartCount = count
	return visitor, err
}
