package shop

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"orion/model/catalog"
	"orion/views"
)

// suggested is how many products are suggested while somebody types.
const suggested = 6

// Suggestions answers what could be meant by what is typed so far. Without JavaScript nobody asks: the search form
// leads to the search page.
func (h *Handlers) Suggestions(c *fiber.Ctx) error {
	r := requestOf(c)
	filter := catalog.ParseFilter(query(c), r.currency())
	if !views.WantsFragment(c) {
		return c.Redirect(withQuery(r.links.Search(), catalog.Filter{Query: filter.Query}.Canonical()), fiber.StatusSeeOther)
	}
	screen := views.Screen{Page: "shop/listing", Fragment: "shop/suggestions", Key: filter.Query}
	return h.views.Cached(c, screen, func(ctx context.Context) (any, any, error) {
		shown := views.Suggestions{
			Query: filter.Query, Links: r.links,
			AllURL: withQuery(r.links.Search(), catalog.Filter{Query: filter.Query}.Canonical()),
		}
		if filter.Query == "" {
			return nil, shown, nil
		}
		found, err := catalog.Suggest(ctx, h.shopDB(), filter.Query, suggested)
		if err != nil {
			return nil, nil, err
		}
		shown.Products = r.cards(found.Cards)
		for _, category := range found.Categories {
			shown.Categories = append(shown.Categories, views.Link{Name: category.Name, URL: r.links.Category(category.Slug)})
		}
		return nil, shown, nil
	})
}
