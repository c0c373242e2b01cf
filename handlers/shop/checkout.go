package shop

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"orion/model/cart"
	"orion/model/fault"
	"orion/model/order"
	"orion/views"
)

// checkout is a buyer's cart together with what they have typed so far.
type checkout struct {
	request
	token    uuid.UUID
	form     order.Checkout
	cart     *cart.View
	quote    order.Quote
	problems order.Problems // nil where nothing was checked yet
	changes  []string       // sentences: what changed since the buyer looked
}

// Checkout shows the one page on which an order is placed. Two queries at most.
func (h *Handlers) Checkout(c *fiber.Ctx) error {
	r := requestOf(c)
	settings := r.site.Shop.Settings
	form := order.Checkout{Shipping: order.Address{Country: settings.Country}}
	if len(settings.PaymentMethods) > 0 {
		form.PaymentMethod = settings.PaymentMethods[0].Code
	}
	co, err := h.open(c.UserContext(), r, h.cartToken(c), form)
	if err != nil {
		return err
	}
	if co.cart.Empty() || co.cart.Blocked {
		return c.Redirect(r.links.Cart(), fiber.StatusSeeOther) // the cart says what has to be put right
	}
	return h.views.Page(c, fiber.StatusOK, "shop/checkout", h.checkoutView(co))
}

// CheckField checks one field as it is left: it answers the field with its message, and what depends on it.
func (h *Handlers) CheckField(c *fiber.Ctx) error {
	r := requestOf(c)
	if !views.WantsFragment(c) {
		return c.Redirect(r.links.Checkout(), fiber.StatusSeeOther)
	}
	co, err := h.submitted(c)
	if err != nil {
		return err
	}
	name := c.FormValue("field")
	co.problems = co.rules().Check(co.form)
	view := h.checkoutView(co)
	field := findField(view, name)
	if field == nil {
		return fault.Field("field", "There is no such field.")
	}
	parts := []views.Part{{Name: "ui/field", Model: *field}}
	if name == "country" {
		// Another country has other ways of delivery and another tax; what is wrong with the rest is not said yet.
		view.ShippingError = ""
		parts = append(parts,
			views.Part{Name: "shop/checkout_shipping", Model: view, Into: "#checkout-shipping"},
			views.Part{Name: "shop/checkout_summary", Model: view.Summary, Into: "#checkout-summary"})
	}
	return h.views.Fragments(c, fiber.StatusOK, parts...)
}

// Summary answers what the buyer is about to pay with what is chosen so far.
func (h *Handlers) Summary(c *fiber.Ctx) error {
	r := requestOf(c)
	if !views.WantsFragment(c) {
		return c.Redirect(r.links.Checkout(), fiber.StatusSeeOther)
	}
	co, err := h.submitted(c)
	if err != nil {
		return err
	}
	return h.views.Fragment(c, fiber.StatusOK, h.checkoutView(co).Summary, "shop/checkout_summary")
}

// PlaceOrder places the order. The same form sent again leads to the same order; what changed meanwhile, or was
// filled in wrongly, comes back with a word on it, and nothing has been done.
func (h *Handlers) PlaceOrder(c *fiber.Ctx) error {
	r := requestOf(c)
	token := h.formCart(c)
	form := order.ReadCheckout(formValue(c))
	placed, err := order.Place(c.UserContext(), h.shopDB(), order.PlaceInput{
		CartToken: token, Checkout: form, Settings: r.site.Shop.Settings,
		Seen: order.ParseSeen(c.FormValue("seen")), Payments: order.ManualPayments(), RequestID: r.site.RequestID,
	})
	if err == nil {
		if token == h.cartToken(c) {
			h.forgetCart(c)
		}
		return h.lead(c, h.orderAddress(r, placed.Number)+"&placed=1")
	}
	var problems order.Problems
	var changed *order.Changed
	if !errors.As(err, &problems) && !errors.As(err, &changed) {
		return err
	}
	co, openErr := h.open(c.UserContext(), r, token, form)
	if openErr != nil {
		return openErr
	}
	co.problems = problems
	status := fiber.StatusUnprocessableEntity
	if changed != nil {
		status, co.changes = fiber.StatusConflict, h.differences(r, changed)
	}
	if co.cart.Empty() {
		return h.lead(c, r.links.Cart())
	}
	return h.returnForm(c, status, co)
}

// returnForm gives the form back, filled in, with what was wrong.
func (h *Handlers) returnForm(c *fiber.Ctx, status int, co *checkout) error {
	view := h.checkoutView(co)
	if !views.WantsFragment(c) {
		return h.views.Page(c, status, "shop/checkout", view)
	}
	return h.views.Fragments(c, status,
		views.Part{Name: "shop/checkout_form", Model: view},
		views.Part{Name: "shop/checkout_summary", Model: view.Summary, Into: "#checkout-summary"})
}

// lead sends the browser on, from a form or from HTMX.
func (h *Handlers) lead(c *fiber.Ctx, address string) error {
	if views.WantsFragment(c) {
		c.Set("HX-Redirect", address)
		return c.SendStatus(fiber.StatusOK)
	}
	return c.Redirect(address, fiber.StatusSeeOther)
}

// submitted is the checkout that the request's form holds.
func (h *Handlers) submitted(c *fiber.Ctx) (*checkout, error) {
	return h.open(c.UserContext(), requestOf(c), h.formCart(c), order.ReadCheckout(formValue(c)))
}

func (h *Handlers) open(ctx context.Context, r request, token uuid.UUID, form order.Checkout) (*checkout, error) {
	found, err := cart.Show(ctx, h.shopDB(), token)
	if err != nil {
		return nil, err
	}
	quote := order.Price(r.site.Shop.Settings, found.Lines, form.Shipping.Country, form.ShippingMethod)
	if quote.Method != nil {
		form.ShippingMethod = quote.Method.Code
	}
	return &checkout{request: r, token: token, form: form, cart: found, quote: quote}, nil
}

func (co *checkout) rules() order.Rules {
	return order.Rules{Settings: co.site.Shop.Settings, Ship: co.quote.Ship}
}

// formCart is the cart that the form was made for, so that sending it again finds the order that it became; the
// cookie's where the form names none.
func (h *Handlers) formCart(c *fiber.Ctx) uuid.UUID {
	if token, ok := h.sign.ParseCart(views.SiteFrom(c).Shop.ID, c.FormValue("cart")); ok {
		return token
	}
	return h.cartToken(c)
}

// formValue reads a field of the form, "" where it is not there.
func formValue(c *fiber.Ctx) func(string) string {
	return func(name string) string { return c.FormValue(name) }
}
