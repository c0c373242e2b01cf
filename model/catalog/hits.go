package catalog

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"
)

// hit is a product in a list, with what it is worth to the search.
type hit struct {
	ID    int64
	Score int64
}

// hitCards reads the cards of hits in their order; of equally good ones, what can be bought comes first. 1 query.
func hitCards(ctx context.Context, db bun.IDB, found []hit) ([]Card, error) {
	ids, score := make([]int64, len(found)), make(map[int64]int64, len(found))
	for n, h := range found {
		ids[n], score[h.ID] = h.ID, h.Score
	}
	list, err := cards(ctx, db, ids)
	sold := func(c Card) int {
		if score[c.ID] > 0 && !c.Availability.Buyable() {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b Card) int {
		return cmp.Or(cmp.Compare(score[b.ID], score[a.ID]), cmp.Compare(sold(a), sold(b)))
	})
	return list, err
}

// What a find is worth beside the weights of product_terms (8 title, 4 brand, kind and tags, 3 option values), which
// count fourfold for the word itself, threefold for its stem and once for its beginning.
const (
	worthSKU         = 200
	worthDescription = 1
)

// hits selects product_id and score of everything found, whatever its status.
func (s *search) hits(vendor int64) *fragment {
	q := new(fragment).add("SELECT product_id, max(score) AS score FROM (")
	q.join(s.bySKU(vendor))
	if s.terms && len(s.words) > 0 {
		q.add(" UNION ALL ").join(s.byTerms(vendor))
	}
	if s.wide {
		q.add(" UNION ALL ").join(s.byDescription(vendor))
	}
	q.add(") hits GROUP BY product_id")
	if s.best > 0 {
		q.add(" ORDER BY score DESC, product_id LIMIT ?", s.best)
	}
	return q
}

// bySKU finds variants whose SKU begins with the query, as typed or in capitals.
func (s *search) bySKU(vendor int64) *fragment {
	q := new(fragment)
	upper := strings.ToUpper(s.query)
	q.add("SELECT product_id, ? AS score FROM product_variants WHERE vendor_id = ? AND deleted_at IS NULL AND sku <> ''", worthSKU, vendor)
	if len(s.query) < shortestSKU {
		return q.add(" AND false")
	}
	q.add(" AND sku >= ? AND sku < ?", s.query, s.query+pastPrefix)
	if upper != s.query {
		q.add(` UNION ALL SELECT product_id, ? FROM product_variants WHERE vendor_id = ? AND deleted_at IS NULL AND sku <> ''
			AND sku >= ? AND sku < ?`, worthSKU, vendor, upper, upper+pastPrefix)
	}
	return q
}

// byTerms finds the products that have every word, each by whichever of its terms is worth most.
func (s *search) byTerms(vendor int64) *fragment {
	if len(s.words) == 1 {
		return s.words[0].finds(vendor)
	}
	q := new(fragment).add("SELECT product_id, sum(score) AS score FROM (")
	for n, w := range s.words {
		if n > 0 {
			q.add(" UNION ALL ")
		}
		q.add("SELECT product_id, max(score) AS score FROM (").join(w.finds(vendor)).add(") word GROUP BY product_id")
	}
	return q.add(") words GROUP BY product_id HAVING count(*) = ?", len(s.words))
}

// finds selects product_id and score for one word, a product perhaps more than once. Each branch is some points or a
// range of the index.
func (w word) finds(vendor int64) *fragment {
	inRange := func(term string) bool { return w.begins && strings.HasPrefix(term, w.Lexeme) }
	points := slices.DeleteFunc(append([]string{w.Lexeme}, w.terms...), inRange)
	q := new(fragment)
	if w.begins {
		q.add("SELECT product_id, weight * CASE WHEN term = ? THEN 4 WHEN term IN (?) THEN 3 ELSE 1 END AS score FROM product_terms "+
			"WHERE vendor_id = ? AND term >= ? AND term < ?", w.Lexeme, bun.List(w.terms), vendor, w.Lexeme, w.Lexeme+pastPrefix)
	}
	if len(points) > 0 && w.begins {
		q.add(" UNION ALL ")
	}
	if len(points) > 0 {
		q.add("SELECT product_id, weight * CASE WHEN term = ? THEN 4 ELSE 3 END AS score FROM product_terms "+
			"WHERE vendor_id = ? AND term IN (?)", w.Lexeme, vendor, bun.List(points))
	}
	return q
}

// byDescription finds the products whose text has words that begin like all of the query's. It reads the text of
// every product of the shop, so it is the last resort.
func (s *search) byDescription(vendor int64) *fragment {
	q := new(fragment).add("SELECT id, ? FROM products WHERE vendor_id = ? AND deleted_at IS NULL AND status = 'active'",
		worthDescription, vendor)
	for _, w := range s.words {
		q.add(" AND search_text LIKE ?", "% "+likeLiteral.Replace(w.root())+"%")
	}
	return q
}

// likeLiteral takes the meaning from the characters that LIKE gives one.
var likeLiteral = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
