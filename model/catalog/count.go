package catalog

import (
	"cmp"
	"context"
	"fmt"

	"github.com/uptrace/bun"
)

// countRow is a line of the count: of a facet's value, or, with no name, of the whole list.
type countRow struct {
	Name, Value, Swatch string
	Place               int // of the value among its option's
	OptionPlace         int // of the option among its product's
	Products            int
	InStock             int
	PriceMin, PriceMax  int64
}

// count fills in the facets and totals. 1 query.
func (s selection) count(ctx context.Context, db bun.IDB, listing *Listing) error {
	q := s.countAll()
	if s.filter.Narrowed() {
		q = s.countNarrowed()
	}
	var rows []countRow
	if err := db.NewRaw(q.sql.String(), q.args...).Scan(ctx, &rows); err != nil {
		return fmt.Errorf("count products by filter: %w", err)
	}
	listing.takeCounts(rows)
	return nil
}

// countAll counts without any filter: products have what is needed on them, and their values are counted as they
// are, without a look at the variants. Text is compared as bytes, which sorts several times faster.
func (s selection) countAll() *fragment {
	// A search finds few among many: then a look at each is quicker than a hash of the whole stock. LIMIT says so.
	available := "EXISTS (SELECT 1 FROM inventory i WHERE i.vendor_id = ? AND i.product_id = base.id AND i.available)"
	if s.search != nil {
		available = "(SELECT i.available FROM inventory i WHERE i.vendor_id = ? AND i.product_id = base.id AND i.available LIMIT 1)"
	}
	return new(fragment).add("WITH base AS (SELECT p.id, p.price_min, p.price_max ").join(s.products()).add(`)
		SELECT o.name COLLATE "C" AS name, ov.value COLLATE "C" AS value, max(ov.swatch) AS swatch, min(ov.position) AS place,
			min(o.position) AS option_place, count(*) AS products, 0 AS in_stock, 0 AS price_min, 0 AS price_max
		FROM base
		JOIN product_options o ON o.vendor_id = ? AND o.product_id = base.id
		JOIN product_option_values ov ON ov.vendor_id = ? AND ov.option_id = o.id
		GROUP BY 1, 2
		UNION ALL
		SELECT '', '', '', 0, 0, count(*),
			count(*) FILTER (WHERE `+available+`),
			coalesce(min(price_min), 0), coalesce(max(price_max), 0)
		FROM base`, s.vendor, s.vendor, s.vendor)
}

// countNarrowed looks at each variant of the category or search once and notes how many filters it misses; one that
// misses only the filter in question still counts for that facet, range or number.
func (s selection) countNarrowed() *fragment {
	conditions := s.conditions()
	missOf := map[string]string{"": "0"}
	q := new(fragment).add("WITH v AS MATERIALIZED (SELECT v.product_id, v.price, v.options, " + inStock + " AS buyable")
	missed := "0"
	for n, condition := range conditions {
		miss := fmt.Sprintf("miss%d", n)
		q.add(", (NOT ").join(condition.sql).add(")::int AS " + miss)
		missed += " + " + miss
		missOf[condition.kind] = miss
	}
	q.add(" ").join(s.variants()).add(" AND v.product_id IN (SELECT p.id ").join(s.products()).add(`)
		), m AS (SELECT v.*, `+missed+` AS missed FROM v
		), value AS (
			SELECT name, value, count(*) AS products, min(option_id) AS option_id, min(option_place) AS option_place FROM (
				SELECT m.product_id, o.id AS option_id, m.options[o.position + 1] COLLATE "C" AS value, o.name COLLATE "C" AS name,
					o.position AS option_place
				FROM m JOIN product_options o ON o.vendor_id = ? AND o.product_id = m.product_id
				WHERE m.options[o.position + 1] <> '' AND (m.missed = 0`, s.vendor)
	for n, condition := range conditions {
		if condition.kind == "option" {
			q.add(fmt.Sprintf(" OR (m.missed = m.miss%d AND o.name = ?)", n), condition.option)
		}
	}
	ofPrice, ofStock := cmp.Or(missOf["price"], "0"), cmp.Or(missOf["stock"], "0")
	return q.add(`) GROUP BY 1, 2, 3, 4, 5) once GROUP BY 1, 2)
		SELECT value.name, value.value, coalesce(ov.swatch, '') AS swatch, coalesce(ov.position, 0) AS place, option_place, products,
			0 AS in_stock, 0 AS price_min, 0 AS price_max
		FROM value LEFT JOIN product_option_values ov ON ov.vendor_id = ? AND ov.option_id = value.option_id AND ov.value = value.value
		UNION ALL
		SELECT '', '', '', 0, 0, count(*) FILTER (WHERE matches), count(*) FILTER (WHERE buyable), coalesce(min(lowest), 0), coalesce(max(highest), 0)
		FROM (SELECT bool_or(missed = 0) AS matches, bool_or(buyable AND missed = `+ofStock+`) AS buyable,
				min(price) FILTER (WHERE missed = `+ofPrice+`) AS lowest, max(price) FILTER (WHERE missed = `+ofPrice+`) AS highest
			FROM m GROUP BY product_id) one`, s.vendor)
}
