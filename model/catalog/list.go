package catalog

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/tenant"
)

// Listing is a page of products with what can be done to narrow it.
type Listing struct {
	Filter       Filter          // as it was used: within its bounds
	Category     *CategoryNode   // nil: all of them
	Breadcrumbs  []Crumb         // the way down to Category, itself last
	Children     []*CategoryNode // below Category, or the top ones; without product counts
	Top          []*CategoryNode // the shop's, as TopCategories answers
	Cards        []Card
	Total        int // products that match, on all pages
	HasMore      bool
	FirstPage    int // the first page among Cards: Filter.Page unless Filter.Through
	Facets       []Facet
	PriceRange   PriceRange // of what matches apart from the price filter
	InStockCount int        // how many match and can be bought
	DidYouMean   string     // a search that was understood differently, as it was understood; "" as typed
}

// PriceRange is from the lowest to the highest price, in minor units.
type PriceRange struct{ Min, Max int64 }

// List shows the products that a filter leaves. A category that does not exist is fault.NotFound, one that moved a
// *Moved. 4 queries whatever the number of products; 6 for a search, at most 10 where it takes several tries.
func List(ctx context.Context, db bun.IDB, f Filter) (*Listing, error) {
	f = f.normal()
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return nil, err
	}
	all, err := loadCategories(ctx, db)
	if err != nil {
		return nil, err
	}
	listing := &Listing{Filter: f, Children: all.roots, Top: all.roots}
	chosen := selection{vendor: vendor, filter: f}
	if f.CategorySlug != "" {
		category := all.bySlug[f.CategorySlug]
		if category == nil {
			return nil, moved(ctx, db, kindCategory, f.CategorySlug)
		}
		listing.Category, listing.Breadcrumbs, listing.Children = category, all.path(category), category.Children
		chosen.category, chosen.categories = category.ID, category.within()
	}
	if f.Query == "" {
		err = chosen.count(ctx, db, listing)
	} else {
		err = chosen.find(ctx, db, listing)
	}
	if err != nil {
		return nil, err
	}
	return listing, chosen.page(ctx, db, listing)
}

// find counts what a search finds, and tries again more widely while that is little. Filters do not count as finding
// little: the search is understood without them.
func (s *selection) find(ctx context.Context, db bun.IDB, listing *Listing) error {
	var err error
	if s.search, err = understand(ctx, db, s.filter.Query); err != nil {
		return err
	}
	plain := *s
	plain.filter.Options, plain.filter.InStock, plain.filter.PriceMin, plain.filter.PriceMax = nil, false, 0, 0
	for again := true; again; {
		if err := plain.count(ctx, db, listing); err != nil {
			return err
		}
		if again, err = s.search.widen(ctx, db, listing.Total); err != nil {
			return err
		}
	}
	listing.DidYouMean = s.search.corrected()
	if s.filter.Narrowed() {
		return s.count(ctx, db, listing)
	}
	return nil
}

// selection is which products of which vendor a list is about.
type selection struct {
	vendor     int64
	filter     Filter
	category   int64   // 0 all
	categories []int64 // it and those below it
	search     *search // nil none
}

// page fills in the cards. 2 queries.
func (s selection) page(ctx context.Context, db bun.IDB, listing *Listing) error {
	f := s.filter
	listing.FirstPage = f.Page
	if f.Through {
		listing.FirstPage = max(1, f.Page-maxThrough+1)
	}
	limit, offset := (f.Page-listing.FirstPage+1)*f.PageSize, (listing.FirstPage-1)*f.PageSize
	if offset >= listing.Total {
		return nil
	}
	query := new(fragment).add("SELECT p.id, ").add(s.score()).add(" AS score ").join(s.products())
	if f.Narrowed() {
		query.add(` AND EXISTS (SELECT 1 `).join(s.variants()).add(` AND v.product_id = p.id`)
		for _, condition := range s.conditions() {
			query.add(" AND ").join(condition.sql)
		}
		query.add(")")
	}
	query.join(s.order()).add(" LIMIT ? OFFSET ?", limit, offset)
	var found []hit
	if err := db.NewRaw(query.sql.String(), query.args...).Scan(ctx, &found); err != nil {
		return fmt.Errorf("list products: %w", err)
	}
	var err error
	listing.Cards, err = hitCards(ctx, db, found)
	listing.HasMore = listing.Total > offset+limit
	return err
}

// products is the FROM and WHERE of the products in the category and the search, before any other filter.
func (s selection) products() *fragment {
	q := new(fragment).add("FROM products p ")
	if s.search != nil {
		q.add("JOIN (").join(s.search.hits(s.vendor)).add(") hit ON hit.product_id = p.id ")
	}
	if s.category != 0 {
		q.add("LEFT JOIN product_category_products own ON own.vendor_id = ? AND own.category_id = ? AND own.product_id = p.id ",
			s.vendor, s.category)
	}
	q.add("WHERE p.vendor_id = ? AND p.deleted_at IS NULL AND p.status = 'active' ", s.vendor)
	if s.category != 0 {
		q.add(`AND p.id IN (SELECT cp.product_id FROM product_category_products cp
			WHERE cp.vendor_id = ? AND cp.category_id IN (?)) `, s.vendor, bun.List(s.categories))
	}
	return q
}

// variants is the FROM and WHERE of what can be chosen among the products, each with its stock.
func (s selection) variants() *fragment {
	return new(fragment).add(`FROM product_variants v
		LEFT JOIN inventory i ON i.vendor_id = ? AND i.variant_id = v.id
		WHERE v.vendor_id = ? AND v.deleted_at IS NULL`, s.vendor, s.vendor)
}

// inStock is true of a variant that can be bought.
const inStock = `coalesce(i.available, false)`

// condition is one filter on variants: a price, the stock, or an option by its name.
type condition struct {
	kind   string // price, stock, option
	option string
	sql    *fragment
}

// conditions are the filters that are on. A variant has to meet all of them.
func (s selection) conditions() []condition {
	var list []condition
	f := s.filter
	if f.PriceMin > 0 || f.PriceMax > 0 {
		price := new(fragment).add("(v.price >= ?", f.PriceMin)
		if f.PriceMax > 0 {
			price.add(" AND v.price <= ?", f.PriceMax)
		}
		list = append(list, condition{kind: "price", sql: price.add(")")})
	}
	if f.InStock {
		list = append(list, condition{kind: "stock", sql: new(fragment).add(inStock)})
	}
	for _, name := range sortedKeys(f.Options) {
		list = append(list, condition{kind: "option", option: name, sql: new(fragment).add(
			`EXISTS (SELECT 1 FROM product_options o WHERE o.vendor_id = ? AND o.product_id = v.product_id
				AND o.name = ? AND v.options[o.position + 1] IN (?))`, s.vendor, name, bun.List(f.Options[name]))})
	}
	return list
}

// order is the ORDER BY of the list, always total, so that pages neither repeat nor skip a product.
func (s selection) order() *fragment {
	q := new(fragment).add(" ORDER BY ")
	switch s.filter.Sort {
	case SortNewest:
		return q.add("p.published_at DESC NULLS LAST, p.id DESC")
	case SortPriceAsc:
		return q.add("p.price_min, p.id")
	case SortPriceDesc:
		return q.add("p.price_min DESC, p.id DESC")
	case SortTitle:
		return q.add("p.title, p.id")
	case SortRelevance:
		return q.add("hit.score DESC, p.position, p.id")
	}
	if s.category != 0 {
		q.add("own.position NULLS LAST, ")
	}
	return q.add("p.position, p.id")
}

// score is the column by which a search ranks.
func (s selection) score() string {
	if s.search != nil {
		return "hit.score"
	}
	return "0"
}

// Moved says that a product or category has another address now. To is its slug.
type Moved struct{ To string }

// Error names the new slug.
func (m *Moved) Error() string { return "moved to " + m.To }

const (
	kindProduct  = "product"
	kindCategory = "category"
)

// moved answers a *Moved for a slug that something once had and that nothing has now, else fault.NotFound. 1 query.
func moved(ctx context.Context, db bun.IDB, kind, slug string) error {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	var to []string
	err = db.NewRaw(`
		SELECT coalesce(p.slug, c.slug) FROM slug_redirects r
		LEFT JOIN products p ON r.kind = 'product' AND p.vendor_id = ?0 AND p.id = r.target_id
			AND p.deleted_at IS NULL AND p.status = 'active'
		LEFT JOIN product_categories c ON r.kind = 'category' AND c.vendor_id = ?0 AND c.id = r.target_id
			AND c.deleted_at IS NULL
		WHERE r.vendor_id = ?0 AND r.kind = ?1 AND r.slug = ?2 AND coalesce(p.slug, c.slug) IS NOT NULL`,
		vendor, kind, clean(slug, maxSlug)).Scan(ctx, &to)
	if err != nil {
		return fmt.Errorf("look for where %s %q moved: %w", kind, slug, err)
	}
	if len(to) == 0 {
		return fault.NotFound.With("There is no such %s.", kind)
	}
	return &Moved{To: to[0]}
}
