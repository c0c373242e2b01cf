package shop

import (
	"errors"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"orion/model/fault"
	"orion/model/order"
	"orion/views"
)

// Order shows an order to whoever has its signed address: right after it was placed, and whenever they come back.
func (h *Handlers) Order(c *fiber.Ctx) error {
	r := requestOf(c)
	number, err := strconv.ParseInt(c.Params("number"), 10, 64)
	if err != nil || !h.sign.CheckOrderKey(r.site.Shop.ID, number, c.Query("key")) {
		return fault.NotFound.With("%s", h.text(r, "order.unknown_link"))
	}
	found, err := order.ByNumber(c.UserContext(), h.shopDB(), number)
	if err != nil {
		return err
	}
	shell, err := h.browsing(c.UserContext(), r, h.text(r, "order.title", "number", found.Label()), "")
	if err != nil {
		return err
	}
	page := h.orderView(r, found)
	page.Shell, page.JustPlaced = shell, c.Query("placed") == "1"
	if page.JustPlaced && h.Accounts != nil && !found.SignedIn {
		page.RegisterURL = withQuery(r.links.Account("registration"), url.Values{"email": {found.Email}}.Encode())
	}
	unkept(c)
	return h.views.Page(c, fiber.StatusOK, "shop/order", page)
}

// FindOrder shows the form that finds an order by its number and e-mail address.
func (h *Handlers) FindOrder(c *fiber.Ctx) error {
	return h.track(c, fiber.StatusOK, "", "", "")
}

// LookUpOrder leads to an order's signed address. Whether the number or the address is wrong, the answer is the same.
func (h *Handlers) LookUpOrder(c *fiber.Ctx) error {
	r := requestOf(c)
	typed, email := c.FormValue("number"), c.FormValue("email")
	refuse := func() error {
		unkept(c)
		return h.track(c, fiber.StatusUnprocessableEntity, typed, email, h.text(r, "track.not_found"))
	}
	number, ok := order.ParseNumber(typed, r.site.Shop.Settings.OrderPrefix)
	if !ok {
		number = 0 // no order has it; the query runs all the same, so that the time tells nothing
	}
	found, err := order.Find(c.UserContext(), h.shopDB(), number, email)
	if errors.Is(err, fault.NotFound) {
		return refuse()
	}
	if err != nil {
		return err
	}
	return c.Redirect(h.orderAddress(r, found.Number), fiber.StatusSeeOther)
}

func (h *Handlers) track(c *fiber.Ctx, status int, number, email, message string) error {
	r := requestOf(c)
	shell, err := h.browsing(c.UserContext(), r, h.text(r, "track.title"), "")
	if err != nil {
		return err
	}
	return h.views.Page(c, status, "shop/track", views.Track{
		Shell: shell, Message: message,
		Number: views.Field{
			ID: "track-number", Name: "number", Label: h.text(r, "track.number"), Type: "text", Value: number,
			Required: true, MaxLength: 30, Hint: h.text(r, "track.number_hint"), Autocomplete: "off", Width: "full",
		},
		Email: views.Field{
			ID: "track-email", Name: "email", Label: h.text(r, "track.email"), Type: "email", Value: email,
			Required: true, MaxLength: 254, Autocomplete: "email", Width: "full",
		},
	})
}

func (h *Handlers) orderAddress(r request, number int64) string {
	return r.links.Order(strconv.FormatInt(number, 10), h.sign.OrderKey(r.site.Shop.ID, number))
}

func (h *Handlers) orderView(r request, o *order.Order) views.Order {
	page := views.Order{
		Number: o.Label(), Status: "order.status." + o.Status, Email: o.Email, PlacedAt: r.site.Moment(o.PlacedAt),
		Timeline: r.timeline(o), Lines: r.orderLines(o), Address: r.addressLines(o.ShippingAddress),
		ShippingName: o.ShippingName, PaymentName: o.PaymentName, Instructions: o.PaymentInstructions, Note: o.Note,
		TrackURL: h.orderAddress(r, o.Number),
	}
	for _, event := range o.PublicHistory() {
		page.History = append(page.History, views.TimelineEvent{
			Label: "order.status." + event.Status, At: r.site.Moment(event.At), Note: event.Note,
		})
	}
	if o.BillingAddress != nil {
		page.Billing = r.addressLines(*o.BillingAddress)
	}
	shipping := o.Amount(o.ShippingTotal)
	page.Summary = views.Summary{
		Subtotal: o.Amount(o.Subtotal), Shipping: &shipping, ShippingName: o.ShippingName,
		TaxLines: h.taxLines(r, o.TaxLines()), TaxIncluded: o.PricesIncludeTax, Total: o.Amount(o.Total),
	}
	return page
}

func (r request) orderLines(o *order.Order) []views.CartLine {
	lines := make([]views.CartLine, 0, len(o.Items))
	for _, item := range o.Items {
		line := views.CartLine{
			Title: item.ProductTitle, Options: item.VariantTitle, SKU: item.SKU,
			UnitPrice: o.Amount(item.UnitPrice), Quantity: item.Quantity, Total: o.Amount(item.Total),
		}
		if item.ProductSlug != "" {
			line.URL = r.links.Product(item.ProductSlug)
		}
		if item.ImageURL != "" {
			line.Picture = &views.Picture{URL: item.ImageURL, Alt: item.ImageAlt, Width: item.ImageWidth, Height: item.ImageHeight}
		}
		lines = append(lines, line)
	}
	return lines
}

// addressLines writes an address as on an envelope.
func (r request) addressLines(a order.Address) []string {
	city := a.City
	if a.Postcode != "" {
		city = a.Postcode + " " + city
	}
	var lines []string
	for _, line := range []string{a.Name, a.Line1, a.Line2, city, a.Region, order.CountryName(a.Country, r.site.Shop.Settings.Locale)} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// timeline is the order's way as the model knows it.
func (r request) timeline(o *order.Order) []views.TimelineStep {
	stages := o.Timeline()
	steps := make([]views.TimelineStep, 0, len(stages))
	for _, stage := range stages {
		steps = append(steps, views.TimelineStep{Label: "order.status." + stage.Status, At: r.site.Moment(stage.At), State: stage.State})
	}
	return steps
}
