package catalog

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"
)

// Facet is one option by which a list can be narrowed.
type Facet struct {
	Name   string
	Values []FacetValue
}

// FacetValue is one value of it. Count is how many products there are with it and with all other filters: the
// filters of its own facet are left aside, since its values add to each other.
type FacetValue struct {
	Value    string
	Swatch   string // #rrggbb or ""
	Count    int
	Selected bool
}

// countRow is a line of the count: of a facet's value, or, with no name, of the whole list.
type countRow struct {
	Name, Value, Swatch string
	Place               int // of the value among its option's
	OptionPlace         int // of the option among its product's
	Products            int
	InStock             int
	PriceMin, PriceMax  int64
}

// count fills in the facets and totals. 1 query: it looks at each variant of the category or search once and notes
// how many filters it misses; one that misses only the filter in question still counts for that facet.
func (s selection) count(ctx context.Context, db bun.IDB, listing *Listing) error {
	q := new(fragment).add("WITH base AS MATERIALIZED (SELECT p.id ").join(s.products()).add(`), v AS MATERIALIZED (
		SELECT v.product_id, v.price, v.options, ` + inStock + ` AS buyable`)
	conditions := s.conditions()
	missed := new(fragment).add("0")
	for n, condition := range conditions {
		q.add(", (NOT ").join(condition.sql).add(fmt.Sprintf(")::int AS miss%d", n))
		missed.add(fmt.Sprintf(" + v.miss%d", n))
	}
	q.add(" ").join(s.variants()).add(` AND v.product_id IN (SELECT id FROM base)
		), v2 AS (SELECT v.*, `).join(missed).add(` AS missed FROM v
		), value AS (
			SELECT o.name, v.options[o.position + 1] AS value, count(DISTINCT v.product_id) AS products, min(o.id) AS option_id,
				min(o.position) AS option_place
			FROM v2 v JOIN product_options o ON o.vendor_id = ? AND o.product_id = v.product_id
			WHERE v.options[o.position + 1] <> '' AND (v.missed = 0`, s.vendor)
	missOf := map[string]string{}
	for n, condition := range conditions {
		missOf[condition.kind] = fmt.Sprintf("v.miss%d", n)
		if condition.kind == "option" {
			q.add(fmt.Sprintf(" OR (v.missed = v.miss%d AND o.name = ?)", n), condition.option)
		}
	}
	q.add(`) GROUP BY 1, 2)
		SELECT value.name, value.value, coalesce(ov.swatch, '') AS swatch, coalesce(ov.position, 0) AS place, option_place, products,
			0 AS in_stock, 0 AS price_min, 0 AS price_max
		FROM value LEFT JOIN product_option_values ov ON ov.vendor_id = ? AND ov.option_id = value.option_id AND ov.value = value.value
		UNION ALL
		SELECT '', '', '', 0, 0, count(DISTINCT v.product_id) FILTER (WHERE v.missed = 0),
			count(DISTINCT v.product_id) FILTER (WHERE v.buyable AND v.missed = `+cmp.Or(missOf["stock"], "0")+`),
			coalesce(min(v.price) FILTER (WHERE v.missed = `+cmp.Or(missOf["price"], "0")+`), 0),
			coalesce(max(v.price) FILTER (WHERE v.missed = `+cmp.Or(missOf["price"], "0")+`), 0)
		FROM v2 v`, s.vendor)
	var rows []countRow
	if err := db.NewRaw(q.sql.String(), q.args...).Scan(ctx, &rows); err != nil {
		return fmt.Errorf("count products by filter: %w", err)
	}
	listing.takeCounts(rows)
	return nil
}

func (l *Listing) takeCounts(rows []countRow) {
	facets := map[string][]countRow{}
	for _, row := range rows {
		if row.Name == "" {
			l.Total, l.InStockCount, l.PriceRange = row.Products, row.InStock, PriceRange{row.PriceMin, row.PriceMax}
			continue
		}
		facets[row.Name] = append(facets[row.Name], row)
	}
	for name, chosen := range l.Filter.Options {
		for _, value := range chosen {
			if !slices.ContainsFunc(facets[name], func(row countRow) bool { return row.Value == value }) {
				// A box that is ticked stays, so that it can be unticked.
				facets[name] = append(facets[name], countRow{Name: name, Value: value, Place: 1 << 20, OptionPlace: 1 << 20})
			}
		}
	}
	// Options in the order of their products; the name settles the rest, so that nothing jumps while one filters.
	first := func(name string) int {
		return slices.MinFunc(facets[name], func(a, b countRow) int { return cmp.Compare(a.OptionPlace, b.OptionPlace) }).OptionPlace
	}
	names := sortedKeys(facets)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(first(a), first(b)) })
	for _, name := range names {
		l.Facets = append(l.Facets, l.facet(name, facets[name]))
	}
}

func (l *Listing) facet(name string, rows []countRow) Facet {
	slices.SortFunc(rows, func(a, b countRow) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Value, b.Value))
	})
	facet := Facet{Name: name, Values: make([]FacetValue, len(rows))}
	for n, row := range rows {
		facet.Values[n] = FacetValue{Value: row.Value, Swatch: row.Swatch, Count: row.Products,
			Selected: slices.Contains(l.Filter.Options[name], row.Value)}
	}
	return facet
}
