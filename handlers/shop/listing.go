package shop

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/model/catalog"
	"orion/model/money"
	"orion/views"
)

// Category shows the products of a category and of those below it.
func (h *Handlers) Category(c *fiber.Ctx) error {
	r := requestOf(c)
	slug := c.Params("slug")
	filter := catalog.ParseFilter(query(c), r.currency())
	filter.CategorySlug, filter.Query = slug, ""
	err := h.list(c, r, filter, r.links.Category(slug))
	if moved, ok := errors.AsType[*catalog.Moved](err); ok {
		return c.Redirect(withQuery(r.links.Category(moved.To), filter.Canonical()), fiber.StatusMovedPermanently)
	}
	return err
}

// Products shows everything that the shop sells.
func (h *Handlers) Products(c *fiber.Ctx) error {
	r := requestOf(c)
	filter := catalog.ParseFilter(query(c), r.currency())
	filter.Query = ""
	return h.list(c, r, filter, r.links.Products())
}

// Search shows what the shop has for a few words, or only asks for them where there are none.
func (h *Handlers) Search(c *fiber.Ctx) error {
	r := requestOf(c)
	filter := catalog.ParseFilter(query(c), r.currency())
	if filter.Query == "" {
		return h.askForWords(c, r)
	}
	return h.list(c, r, filter, r.links.Search())
}

// askForWords is the search page before anybody searched. Three queries where no cached page answers.
func (h *Handlers) askForWords(c *fiber.Ctx, r request) error {
	screen := views.Screen{Page: "shop/listing", Fragment: "shop/listing"}
	return h.views.Cached(c, screen, func(ctx context.Context) (any, any, error) {
		page := views.Listing{IsSearch: true, URL: r.links.Search(), Results: views.Results{Empty: true}}
		if err := h.suggest(ctx, r, &page); err != nil {
			return nil, nil, err
		}
		var err error
		page.Shell, err = h.browsing(ctx, r, h.text(r, "search.title"), r.links.Search())
		page.NoIndex = true
		return page, page, err
	})
}

// suggest fills an empty list with what the merchant put first.
func (h *Handlers) suggest(ctx context.Context, r request, page *views.Listing) error {
	cards, err := catalog.Featured(ctx, h.shopDB(), eager)
	page.Suggestions = r.cards(cards)
	return err
}

// list answers with the page, with the filters and results when one of them was changed, or with the next cards
// only when "load more" asks for them. A plain request for page 3 shows pages 1 to 3, so that the address that
// "load more" leaves behind brings back what was on the screen.
func (h *Handlers) list(c *fiber.Ctx, r request, filter catalog.Filter, path string) error {
	screen := views.Screen{Page: "shop/listing", Fragment: "shop/listing", Key: filter.Canonical()}
	if target(c) == "results-more" {
		screen.Fragment = "shop/results_more"
	}
	partial := views.WantsFragment(c)
	filter.Through = !partial || screen.Fragment != "shop/results_more"
	return h.views.Cached(c, screen, func(ctx context.Context) (any, any, error) {
		found, err := catalog.List(ctx, h.shopDB(), filter)
		if err != nil {
			return nil, nil, err
		}
		page := h.listing(r, filter, found, path)
		if partial && screen.Fragment == "shop/results_more" {
			return nil, page.Results, nil
		}
		page.Shell = h.shell(r, found.Top, h.listTitle(r, page), path)
		page.Description = or(page.Intro, page.Description)
		page.NoIndex = filter.Query != "" || filter.Narrowed()
		if page.Results.Empty {
			err = h.suggest(ctx, r, &page)
		}
		return page, page, err
	})
}

// listTitle is what the browser's tab says of a list.
func (h *Handlers) listTitle(r request, page views.Listing) string {
	if page.IsSearch {
		return h.text(r, "search.results_for", "query", page.Query)
	}
	return or(page.Heading, h.text(r, "nav.all_products"))
}

func (h *Handlers) listing(r request, filter catalog.Filter, found *catalog.Listing, path string) views.Listing {
	page := views.Listing{
		IsSearch: path == r.links.Search(), Query: filter.Query, URL: withQuery(path, catalog.Filter{Query: filter.Query}.Canonical()),
		Filters: h.filters(r, filter, found, path), Results: r.results(filter, found, path),
	}
	if found.Category != nil {
		page.Heading, page.Intro = found.Category.Name, found.Category.Description
		if found.Category.ImageURL != "" {
			page.Picture = &views.Picture{URL: found.Category.ImageURL, Width: 1000, Height: 1000}
		}
		page.Children = r.tiles(found.Children)
	}
	page.Breadcrumbs = r.crumbs(found.Breadcrumbs)
	if last := len(page.Breadcrumbs) - 1; last >= 0 {
		page.Breadcrumbs[last].Current = true
	}
	if found.DidYouMean != "" {
		page.DidYouMean = &views.Link{Name: found.DidYouMean, URL: withQuery(path, catalog.Filter{Query: found.DidYouMean}.Canonical())}
	}
	return page
}

// crumbs is the way down to a category.
func (r request) crumbs(way []catalog.Crumb) []views.Link {
	links := make([]views.Link, 0, len(way))
	for _, crumb := range way {
		links = append(links, views.Link{Name: crumb.Name, URL: r.links.Category(crumb.Slug)})
	}
	return links
}

func (r request) results(filter catalog.Filter, found *catalog.Listing, path string) views.Results {
	results := views.Results{
		Cards: r.cards(found.Cards), Total: found.Total, Page: filter.Page, Empty: found.Total == 0,
		ResetURL: withQuery(path, catalog.Filter{Query: filter.Query}.Canonical()), Query: filter.Query,
		Shown: min(filter.Page*found.Filter.PageSize, found.Total),
	}
	if found.HasMore {
		next := filter
		next.Page++
		results.MoreURL = withQuery(path, next.Canonical())
		results.MoreOnly = results.MoreURL
	}
	return results
}

func (h *Handlers) filters(r request, filter catalog.Filter, found *catalog.Listing, path string) views.Filters {
	first := filter
	first.Page = 1
	f := views.Filters{
		Action: path, InStock: filter.InStock, InStockCount: found.InStockCount, Sort: string(filter.Sort), Total: found.Total,
		Reset: withQuery(path, catalog.Filter{Query: filter.Query}.Canonical()),
		Price: views.PriceFilter{
			Min: r.typed(filter.PriceMin), Max: r.typed(filter.PriceMax),
			Floor: r.price(found.PriceRange.Min), Ceiling: r.price(found.PriceRange.Max),
			Shown: found.PriceRange.Max > found.PriceRange.Min,
		},
	}
	if filter.Query != "" {
		f.Hidden = []views.HiddenField{{Name: "q", Value: filter.Query}}
	}
	for _, sort := range sorts(filter) {
		f.Sorts = append(f.Sorts, views.SortOption{Value: string(sort), Label: "sort." + string(sort), Selected: sort == filter.Sort})
	}
	for i, facet := range found.Facets {
		f.Facets = append(f.Facets, facetView(i, facet))
	}
	f.Active = h.active(r, first, path)
	return f
}

// sorts are the orders that a list offers, its own first.
func sorts(filter catalog.Filter) []catalog.Sort {
	first := catalog.SortPosition
	if filter.Query != "" {
		first = catalog.SortRelevance
	}
	return []catalog.Sort{first, catalog.SortNewest, catalog.SortPriceAsc, catalog.SortPriceDesc, catalog.SortTitle}
}

func facetView(i int, facet catalog.Facet) views.Facet {
	v := views.Facet{Name: facet.Name, Field: catalog.OptionPrefix + facet.Name}
	for n, value := range facet.Values {
		v.Values = append(v.Values, views.FacetValue{
			Value: value.Value, Color: value.Swatch, Count: value.Count, Selected: value.Selected,
			ID: "facet-" + strconv.Itoa(i) + "-" + strconv.Itoa(n),
		})
	}
	return v
}

// active lists what narrows the list, each with the address of the list without it.
func (h *Handlers) active(r request, filter catalog.Filter, path string) []views.ActiveFilter {
	var on []views.ActiveFilter
	add := func(label string, without catalog.Filter) {
		on = append(on, views.ActiveFilter{Label: label, Remove: withQuery(path, without.Canonical())})
	}
	for _, name := range slices.Sorted(maps.Keys(filter.Options)) {
		for _, value := range filter.Options[name] {
			add(name+": "+value, without(filter, name, value))
		}
	}
	if filter.PriceMin > 0 || filter.PriceMax > 0 {
		rest := filter
		rest.PriceMin, rest.PriceMax = 0, 0
		add(h.priceRange(r, filter), rest)
	}
	if filter.InStock {
		rest := filter
		rest.InStock = false
		add(h.text(r, "filters.in_stock"), rest)
	}
	return on
}

// priceRange says the limits of the price in words.
func (h *Handlers) priceRange(r request, filter catalog.Filter) string {
	locale := r.site.Shop.Settings.Locale
	low, high := money.Format(r.price(filter.PriceMin), locale), money.Format(r.price(filter.PriceMax), locale)
	switch {
	case filter.PriceMax == 0:
		return h.text(r, "filters.price_from", "min", low)
	case filter.PriceMin == 0:
		return h.text(r, "filters.price_to", "max", high)
	}
	return h.text(r, "filters.price_between", "min", low, "max", high)
}

// typed is a price limit as somebody would type it; "" for none.
func (r request) typed(minor int64) string {
	if minor == 0 {
		return ""
	}
	return strings.TrimSuffix(r.price(minor).Decimal(), ".00")
}

func without(filter catalog.Filter, name, value string) catalog.Filter {
	options := make(map[string][]string, len(filter.Options))
	for key, values := range filter.Options {
		options[key] = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return key == name && v == value })
	}
	filter.Options = options
	return filter
}

// query is the request's query string, copied: what is made of it may outlive the request.
func query(c *fiber.Ctx) url.Values {
	values, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return values // what could be read of it: a list is a better answer than a complaint
	}
	return values
}

func withQuery(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}
