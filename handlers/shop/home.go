package shop

import (
	"context"
	"html/template"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/model/catalog"
	"orion/model/vendor"
	"orion/views"
)

const (
	featured = 8
	newest   = 4
)

// Home shows the shop's first page. Six queries where no cached page answers.
func (h *Handlers) Home(c *fiber.Ctx) error {
	r := requestOf(c)
	return h.views.Cached(c, views.Screen{Page: "shop/home"}, func(ctx context.Context) (any, any, error) {
		tree, err := catalog.Tree(ctx, h.shopDB())
		if err != nil {
			return nil, nil, err
		}
		best, err := catalog.Featured(ctx, h.shopDB(), featured)
		if err != nil {
			return nil, nil, err
		}
		fresh, err := catalog.Newest(ctx, h.shopDB(), newest)
		if err != nil {
			return nil, nil, err
		}
		page := views.Home{
			Shell: h.shell(r, tree, "", r.links.Home()),
			Hero:  r.hero(), Categories: r.tiles(tree), Featured: r.cards(best), Newest: r.cards(fresh),
			Story: paragraphs(r.site.Shop.Settings.About),
		}
		page.Structured = r.organisation()
		return page, page, nil
	})
}

// hero opens the home page with the vendor's own words and picture (metadata of its settings: hero_heading,
// hero_text, hero_image, hero_alt), and with its name and tagline where it has set none.
func (r request) hero() views.Hero {
	s := r.site.Shop.Settings
	hero := views.Hero{
		Heading: or(word(s, "hero_heading"), r.site.Shop.Name),
		Text:    or(word(s, "hero_text"), s.Tagline),
		Action:  views.Link{URL: r.links.Products()},
	}
	if image := word(s, "hero_image"); image != "" {
		hero.Picture = &views.Picture{URL: image, Alt: word(s, "hero_alt"), Width: 1600, Height: 1000}
	}
	return hero
}

// organisation is the shop for search engines (schema.org/Store).
func (r request) organisation() any {
	shop := r.site.Shop
	return map[string]any{
		"@context": "https://schema.org", "@type": "Store",
		"name": shop.Name, "description": shop.Settings.Tagline, "url": r.links.Canonical(r.links.Home()),
		"email": shop.Settings.Email, "telephone": shop.Settings.Phone, "address": shop.Settings.Address,
	}
}

func word(s vendor.Settings, name string) string {
	text, _ := s.Metadata[name].(string)
	return text
}

func or(text, otherwise string) string {
	if text != "" {
		return text
	}
	return otherwise
}

// paragraphs makes plain text with blank lines into HTML.
func paragraphs(text string) views.HTML {
	var b strings.Builder
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			b.WriteString("<p>" + template.HTMLEscapeString(part) + "</p>")
		}
	}
	return views.HTML(b.String())
}
