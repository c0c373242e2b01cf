package catalog

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Suggestions are what a search field offers while somebody types.
type Suggestions struct {
	Query      string // as it was read
	DidYouMean string // what it was taken for, where that is something else
	Cards      []Card
	Categories []Crumb // whose name has the typed words in it
}

// maxCategorySuggestions bounds how many categories are offered.
const maxCategorySuggestions = 3

// bestHits is how many of the best hits suggestions are taken from: where thousands are equally good, any will do.
const bestHits = 300

// Suggest offers up to n products and a few categories for what was typed so far. Nothing typed, nothing offered. 5
// queries; at most 9 where nothing is called so.
func Suggest(ctx context.Context, db bun.IDB, query string, n int) (*Suggestions, error) {
	query = clean(query, maxQuery)
	if query == "" {
		return &Suggestions{}, nil
	}
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return nil, err
	}
	read, err := understand(ctx, db, query)
	if err != nil {
		return nil, err
	}
	read.best = bestHits
	all, err := loadCategories(ctx, db)
	if err != nil {
		return nil, err
	}
	chosen := selection{vendor: vendor, filter: Filter{Query: query, Sort: SortRelevance}, search: read}
	var found []hit
	for again := true; again; {
		q := new(fragment).add("SELECT p.id, hit.score ").join(chosen.products()).join(chosen.order()).add(" LIMIT ?", n)
		found = nil
		if err := db.NewRaw(q.sql.String(), q.args...).Scan(ctx, &found); err != nil {
			return nil, fmt.Errorf("suggest for %q: %w", query, err)
		}
		enough := len(found)
		if enough > 0 {
			enough = fewHits // while somebody types, what is called so will do
		}
		if again, err = read.widen(ctx, db, enough); err != nil {
			return nil, err
		}
	}
	offered := &Suggestions{Query: query, DidYouMean: read.corrected()}
	for _, slug := range sortedKeys(all.bySlug) {
		node := all.bySlug[slug]
		if len(offered.Categories) < maxCategorySuggestions && strings.Contains(strings.ToLower(node.Name), strings.ToLower(query)) {
			offered.Categories = append(offered.Categories, Crumb{node.Slug, node.Name})
		}
	}
	offered.Cards, err = hitCards(ctx, db, found)
	return offered, err
}
