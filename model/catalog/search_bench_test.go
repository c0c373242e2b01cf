package catalog_test

import (
	"fmt"
	"testing"

	"orion/demo/synthetic"
	"orion/model/catalog"
	"orion/model/tenant"
	"orion/postgres/pgtest"
)

// BenchmarkSearch measures the catalogue's reads in one shop of 1,000 and of 50,000 products, beside another shop of
// 1,000. docs/decisions/0002-search-under-row-security.md has the figures.
func BenchmarkSearch(b *testing.B) {
	for _, products := range []int{1_000, 50_000} {
		db := pgtest.New(b)
		loaded := func(int) {}
		if err := synthetic.Load(b.Context(), db, synthetic.Size{Vendors: 1, Products: products}, loaded); err != nil {
			b.Fatal(err)
		}
		if err := synthetic.Load(b.Context(), db, synthetic.Size{Vendors: 2, Products: 1_000}, loaded); err != nil {
			b.Fatal(err)
		}
		if _, err := db.Platform.NewRaw("VACUUM ANALYZE").Exec(tenant.AsPlatform(b.Context())); err != nil {
			b.Fatal(err)
		}
		ctx := tenant.With(b.Context(), 1)
		for _, query := range []string{"walnut kettle 977", "walnut kettle", "walnut", "kett", "kettel", "repairable", "SKU-977-2", "xylophone"} {
			b.Run(fmt.Sprintf("%d/suggest/%s", products, query), func(b *testing.B) {
				for b.Loop() {
					if _, err := catalog.Suggest(ctx, db.Shop, query, 6); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(fmt.Sprintf("%d/list/%s", products, query), func(b *testing.B) {
				for b.Loop() {
					if _, err := catalog.List(ctx, db.Shop, catalog.Filter{Query: query}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		for name, filter := range map[string]catalog.Filter{"all": {}, "category": {CategorySlug: "cookware"},
			"filtered": {CategorySlug: "cookware", InStock: true, Options: map[string][]string{"Size": {"Small"}}}} {
			b.Run(fmt.Sprintf("%d/browse/%s", products, name), func(b *testing.B) {
				for b.Loop() {
					if _, err := catalog.List(ctx, db.Shop, filter); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
