package shop

import (
	"context"
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"orion/model/cart"
	"orion/model/fault"
	"orion/model/order"
	"orion/model/vendor"
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

	patron patron // who is signed in; the zero one where only a fragment is answered
}

// Checkout shows the one page on which an order is placed. Two queries at most for a guest; for who is signed in, one
// more for each of account, address book and profile.
func (h *Handlers) Checkout(c *fiber.Ctx) error {
	r := requestOf(c)
	token := h.cartToken(c)
	form, err := order.Draft(c.UserContext(), h.shopDB(), token)
	if err != nil {
		return err
	}
	who, err := h.patron(c)
	if err != nil {
		return err
	}
	if form, err = h.filled(c, who, form); err != nil {
		return err
	}
	co, err := h.open(c.UserContext(), r, token, h.begun(r, form))
	if err != nil {
		return err
	}
	co.patron = who
	if co.cart.Empty() || co.cart.Blocked {
		return c.Redirect(r.links.Cart(), fiber.StatusSeeOther) // the cart says what has to be put right
	}
	unkept(c)
	return h.views.Page(c, fiber.StatusOK, "shop/checkout", h.checkoutView(co))
}

// begun is a form with what nobody needs to choose filled in: the shop's own country and its first payment method.
func (h *Handlers) begun(r request, form order.Checkout) order.Checkout {
	settings := r.site.Shop.Settings
	if form.Shipping.Country == "" {
		form.Shipping.Country = settings.Country
	}
	offered := h.payments.Offered(settings)
	known := slices.ContainsFunc(offered, func(m vendor.PaymentMethod) bool { return m.Code == form.PaymentMethod })
	if !known && len(offered) > 0 {
		form.PaymentMethod = offered[0].Code
	}
	return form
}

// unkept keeps an answer that shows somebody's address out of every cache, the browser's own too.
func unkept(c *fiber.Ctx) { c.Set(fiber.HeaderCacheControl, "private, no-store") }

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
	co.problems = h.rules(co).Check(co.form)
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
	who, err := h.buyer(c)
	if err != nil {
		return err
	}
	placed, err := order.Place(c.UserContext(), h.shopDB(), order.PlaceInput{
		CustomerID: idOf(who), SaveAddress: c.FormValue("save_address") != "", CartToken: token, Checkout: form, Settings: r.site.Shop.Settings,
		Seen: order.ParseSeen(c.FormValue("seen")), Payments: h.payments, RequestID: r.site.RequestID,
	})
	if err == nil {
		if token == h.cartToken(c) {
			h.forgetCart(c)
		}
		return views.Lead(c, h.orderAddress(r, placed.Number)+"&placed=1")
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
	if co.patron, openErr = h.patron(c); openErr != nil {
		return openErr
	}
	co.problems = problems
	status := fiber.StatusUnprocessableEntity
	if changed != nil {
		status, co.changes = fiber.StatusConflict, h.differences(r, changed)
		co.problems = h.rules(co).Check(co.form)
	}
	if co.cart.Empty() {
		return views.Lead(c, r.links.Cart())
	}
	if err := h.keepDraft(c, co); err != nil {
		return err
	}
	return h.returnForm(c, status, co)
}

// returnForm gives the form back, filled in, with what was wrong.
func (h *Handlers) returnForm(c *fiber.Ctx, status int, co *checkout) error {
	view := h.checkoutView(co)
	unkept(c)
	if !views.WantsFragment(c) {
		return h.views.Page(c, status, "shop/checkout", view)
	}
	return h.views.Fragments(c, status,
		views.Part{Name: "shop/checkout_form", Model: view},
		views.Part{Name: "shop/checkout_summary", Model: view.Summary, Into: "#checkout-summary"})
}

// submitted is the checkout that the request's form holds. What was typed is kept, so that a buyer who leaves and
// comes back finds it.
func (h *Handlers) submitted(c *fiber.Ctx) (*checkout, error) {
	unkept(c)
	co, err := h.open(c.UserContext(), requestOf(c), h.formCart(c), order.ReadCheckout(formValue(c)))
	if err != nil {
		return nil, err
	}
	return co, h.keepDraft(c, co)
}

// keepDraft keeps the form with the cart of the browser's own cookie: a form may name another cart, and is not to
// leave an address where somebody else would find it.
func (h *Handlers) keepDraft(c *fiber.Ctx, co *checkout) error {
	if co.cart.Empty() || co.token != h.cartToken(c) {
		return nil
	}
	return order.KeepDraft(c.UserContext(), h.shopDB(), co.token, co.form)
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

func (h *Handlers) rules(co *checkout) order.Rules {
	return order.Rules{Settings: co.site.Shop.Settings, Ship: co.quote.Ship, Payments: h.payments}
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
