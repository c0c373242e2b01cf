package shop

import (
	"context"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"orion/model/cart"
	"orion/model/catalog"
	"orion/model/fault"
	"orion/model/order"
	"orion/views"
)

// Cart shows the cart: the page, or the drawer where HTMX asks for it.
func (h *Handlers) Cart(c *fiber.Ctx) error {
	if views.WantsFragment(c) {
		return h.answerCart(c, h.cartToken(c), note{})
	}
	r := requestOf(c)
	page, err := h.cart(c.UserContext(), r, h.cartToken(c))
	if err != nil {
		return err
	}
	if page.Shell, err = h.browsing(c.UserContext(), r, h.text(r, "cart.title"), ""); err != nil {
		return err
	}
	page.AtCart, page.Toast = true, h.undone(c, r)
	return h.views.Page(c, fiber.StatusOK, "shop/cart", page)
}

// addition is the form that puts a variant into the cart.
type addition struct {
	Variant  int64 `form:"variant" validate:"required,gt=0"`
	Quantity int   `form:"quantity" validate:"gte=0,lte=9999"`
}

// AddToCart puts a variant into the cart, as far as there is stock.
func (h *Handlers) AddToCart(c *fiber.Ctx) error {
	form, err := bindForm[addition](h, c)
	if err != nil {
		return err
	}
	before := h.cartToken(c)
	token, change, err := cart.Add(c.UserContext(), h.shopDB(), before, form.Variant, max(form.Quantity, 1))
	if err != nil {
		return err
	}
	if token != before && token != uuid.Nil {
		if token, err = h.begin(c, token); err != nil {
			return err
		}
	}
	return h.answerCart(c, token, h.limited(requestOf(c), change))
}

// amount is the form that changes how many of a variant are in the cart.
type amount struct {
	Quantity int `form:"quantity" validate:"gte=0,lte=9999"`
}

// SetQuantity changes how many of a variant are in the cart; 0 takes it out.
func (h *Handlers) SetQuantity(c *fiber.Ctx) error {
	form, err := bindForm[amount](h, c)
	if err != nil {
		return err
	}
	if form.Quantity == 0 {
		return h.RemoveFromCart(c)
	}
	variant, err := variantOf(c)
	if err != nil {
		return err
	}
	token := h.cartToken(c)
	change, err := cart.SetQuantity(c.UserContext(), h.shopDB(), token, variant, form.Quantity)
	if err != nil {
		return err
	}
	return h.answerCart(c, token, h.limited(requestOf(c), change))
}

// RemoveFromCart takes a variant out of the cart and offers to put it back.
func (h *Handlers) RemoveFromCart(c *fiber.Ctx) error {
	variant, err := variantOf(c)
	if err != nil {
		return err
	}
	token := h.cartToken(c)
	removed, err := cart.Remove(c.UserContext(), h.shopDB(), token, variant)
	if err != nil {
		return err
	}
	return h.answerCart(c, token, h.removed(requestOf(c), removed))
}

// note is what there is to say about a change: at once to HTMX, and by the query of the cart's address without it.
type note struct {
	toast *views.Toast // nil: nothing
	query url.Values
}

// answerCart answers a change: with the cart, its count and a word about it, or by leading to the cart's page.
func (h *Handlers) answerCart(c *fiber.Ctx, token uuid.UUID, said note) error {
	r := requestOf(c)
	if !views.WantsFragment(c) {
		return c.Redirect(withQuery(r.links.Cart(), said.query.Encode()), fiber.StatusSeeOther)
	}
	shown, err := h.cart(c.UserContext(), r, token)
	if err != nil {
		return err
	}
	shown.Open = c.Method() == fiber.MethodGet || target(c) == "cart-drawer"
	name := "shop/cart_drawer"
	if target(c) == "cart-lines" {
		name = "shop/cart_lines"
	}
	parts := []views.Part{{Name: name, Model: shown}}
	if c.Method() != fiber.MethodGet {
		parts = append(parts, views.Part{Name: "shop/cart_badge", Model: views.Visitor{Links: r.links, CartCount: shown.Count}, Into: "#cart-badge"})
	}
	if said.toast != nil {
		parts = append(parts, views.Part{Name: "ui/toast", Model: *said.toast, Into: "#toasts", Swap: "innerHTML"})
	}
	return h.views.Fragments(c, fiber.StatusOK, parts...)
}

// cart is the cart as it is shown. One query.
func (h *Handlers) cart(ctx context.Context, r request, token uuid.UUID) (views.Cart, error) {
	found, err := cart.Show(ctx, h.shopDB(), token)
	if err != nil {
		return views.Cart{}, err
	}
	shown := views.Cart{
		Shell: views.Shell{Site: r.site, Links: r.links},
		Lines: h.cartLines(r, found.Lines), Count: found.Count, Subtotal: r.price(found.Subtotal), TaxNote: r.taxNote(),
		CheckoutURL: r.links.Checkout(), Blocked: found.Blocked,
		FreeFrom: r.freeShipping(found),
	}
	return shown, nil
}

func (h *Handlers) cartLines(r request, lines []cart.Line) []views.CartLine {
	out := make([]views.CartLine, 0, len(lines))
	for _, line := range lines {
		v := views.CartLine{
			VariantID: line.VariantID, URL: r.links.Variant(line.ProductSlug, line.VariantID),
			Title: line.ProductTitle, Options: line.VariantTitle, SKU: line.SKU,
			UnitPrice: r.price(line.UnitPrice), Quantity: line.Quantity, MaxQuantity: line.MaxQuantity, Total: r.price(line.Total),
			Gone:      line.MaxQuantity == 0,
			UpdateURL: r.links.CartItem(line.VariantID), RemoveURL: r.links.CartRemoval(line.VariantID),
		}
		if line.CompareAt > line.UnitPrice {
			before := r.price(line.CompareAt)
			v.CompareAt = &before
		}
		if line.Image != nil {
			v.Picture = &views.Picture{URL: line.Image.URL, Alt: line.Image.Alt, Width: line.Image.Width, Height: line.Image.Height}
		}
		if line.Problem != cart.NoProblem {
			v.Message = h.text(r, "cart.line."+string(line.Problem), "left", line.MaxQuantity, "wanted", line.Quantity)
		}
		out = append(out, v)
	}
	return out
}

// freeShipping says how far it is to free shipping in the vendor's own country; nil where nothing is ever free.
func (r request) freeShipping(found *cart.View) *views.FreeShipping {
	settings := r.site.Shop.Settings
	quote := order.Price(settings, found.Lines, settings.Country, "")
	switch {
	case quote.FreeFrom == 0:
		return nil
	case quote.Remaining == 0:
		return &views.FreeShipping{Reached: true, Percent: 100}
	}
	return &views.FreeShipping{Remaining: r.price(quote.Remaining), Percent: int(quote.Subtotal * 100 / quote.FreeFrom)}
}

// limited is the word to somebody who got less than they asked for; none to everybody else.
func (h *Handlers) limited(r request, change cart.Change) note {
	if !change.Limited() {
		return note{}
	}
	return note{
		toast: &views.Toast{Kind: "info", Text: h.text(r, "cart.change."+string(change.Reason), "wanted", change.Wanted, "got", change.Got)},
		query: url.Values{"limited": {string(change.Reason)}, "got": {strconv.Itoa(change.Got)}},
	}
}

// removed is the word after a line was taken out, with the way to put it back.
func (h *Handlers) removed(r request, line cart.Removed) note {
	return note{
		toast: h.undo(r, line.VariantID, line.Quantity, line.ProductTitle),
		query: url.Values{"removed": {strconv.FormatInt(line.VariantID, 10)}, "quantity": {strconv.Itoa(line.Quantity)}},
	}
}

func (h *Handlers) undo(r request, variant int64, quantity int, title string) *views.Toast {
	return &views.Toast{
		Kind: "success", Text: h.text(r, "cart.removed", "title", title),
		Undo: &views.FormAction{
			URL: r.links.CartItems(), Label: h.text(r, "cart.undo"),
			Fields: []views.HiddenField{
				{Name: "variant", Value: strconv.FormatInt(variant, 10)},
				{Name: "quantity", Value: strconv.Itoa(quantity)},
			},
		},
	}
}

// undone is what the cart's page says after a change without JavaScript, by the address the change led to.
func (h *Handlers) undone(c *fiber.Ctx, r request) *views.Toast {
	values := query(c)
	switch reason := cart.Reason(values.Get("limited")); reason {
	case cart.Stock, cart.SoldOut, cart.Most, cart.Full:
		return h.limited(r, cart.Change{Reason: reason, Got: quantityIn(values.Get("got"))}).toast
	}
	variant, err := strconv.ParseInt(values.Get("removed"), 10, 64)
	if err != nil || variant <= 0 {
		return nil
	}
	return h.undo(r, variant, max(1, quantityIn(values.Get("quantity"))), h.text(r, "cart.item"))
}

// quantityIn reads a quantity that a cart's line may hold; 0 for anything else.
func quantityIn(text string) int {
	quantity, err := strconv.Atoi(text)
	if err != nil || quantity < 0 || quantity > catalog.MostPerLine {
		return 0
	}
	return quantity
}

func variantOf(c *fiber.Ctx) (int64, error) {
	id, err := strconv.ParseInt(c.Params("variant"), 10, 64)
	if err != nil || id <= 0 {
		return 0, fault.NotFound.With("This is not in your cart any more.")
	}
	return id, nil
}
