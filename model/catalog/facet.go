package catalog

import (
	"cmp"
	"slices"
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

// takeCounts turns what was counted into facets and totals.
func (l *Listing) takeCounts(rows []countRow) {
	l.Facets = nil
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
