package shop

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"orion/model/money"
	"orion/model/vendor"
	"orion/views"
)

// About shows the shop's own words about itself.
func (h *Handlers) About(c *fiber.Ctx) error {
	r := requestOf(c)
	return h.textPage(c, r, h.text(r, "about.title", "shop", r.site.Shop.Name), r.links.About(), views.TextPage{
		Body: paragraphs(r.site.Shop.Settings.About),
	})
}

// Shipping shows what delivery costs, how one can pay, and the tax in the prices.
func (h *Handlers) Shipping(c *fiber.Ctx) error {
	r := requestOf(c)
	return h.textPage(c, r, h.text(r, "shipping.title"), r.links.Shipping(), views.TextPage{Sections: []views.TextSection{
		{Heading: h.text(r, "shipping.methods"), Rows: h.shippingRows(r)},
		{Heading: h.text(r, "shipping.payment"), Rows: paymentRows(h.payments.Offered(r.site.Shop.Settings))},
	}})
}

func (h *Handlers) textPage(c *fiber.Ctx, r request, heading, path string, page views.TextPage) error {
	shell, err := h.browsing(c.UserContext(), r, heading, path)
	if err != nil {
		return err
	}
	page.Shell, page.Heading = shell, heading
	return h.views.Page(c, fiber.StatusOK, "shop/text", page)
}

func (h *Handlers) shippingRows(r request) [][2]string {
	s := r.site.Shop.Settings
	rows := make([][2]string, 0, len(s.ShippingMethods))
	for _, method := range s.ShippingMethods {
		parts := []string{h.text(r, "shipping.everywhere")}
		if len(method.Countries) > 0 {
			parts[0] = countryNames(method.Countries, s.Locale)
		}
		if method.Description != "" {
			parts = append(parts, method.Description)
		}
		parts = append(parts, h.shippingPrice(r, method))
		rows = append(rows, [2]string{method.Name, strings.Join(parts, " · ")})
	}
	return rows
}

func (h *Handlers) shippingPrice(r request, method vendor.ShippingMethod) string {
	locale := r.site.Shop.Settings.Locale
	if method.Price == 0 {
		return h.text(r, "shipping.free")
	}
	price := money.Format(r.price(method.Price), locale)
	if method.FreeFrom == 0 {
		return price
	}
	return fmt.Sprintf("%s, %s", price, h.text(r, "shipping.free_from", "amount", money.Format(r.price(method.FreeFrom), locale)))
}

func paymentRows(methods []vendor.PaymentMethod) [][2]string {
	rows := make([][2]string, 0, len(methods))
	for _, method := range methods {
		rows = append(rows, [2]string{method.Name, method.Instructions})
	}
	return rows
}

// countryNames lists countries (ISO 3166-1 codes) by their names in the locale.
func countryNames(codes []string, locale string) string {
	namer := display.Regions(language.Make(locale))
	names := make([]string, 0, len(codes))
	for _, code := range codes {
		region, err := language.ParseRegion(code)
		if err != nil {
			names = append(names, code)
			continue
		}
		names = append(names, namer.Name(region))
	}
	return strings.Join(names, ", ")
}

// ThemeCSS is the stylesheet with the theme's tokens.
func (h *Handlers) ThemeCSS(c *fiber.Ctx) error { return h.views.ThemeCSS(c) }
