package postgres_test

import (
	"fmt"
	"testing"

	"orion/model/tenant"
	"orion/postgres/pgtest"
)

// BenchmarkScope reads 24 products of one shop of 100: as the platform, without a policy to hold; as one vendor; and as
// another vendor each time, which costs a SET.
func BenchmarkScope(b *testing.B) {
	db := pgtest.New(b)
	platform := tenant.AsPlatform(b.Context())
	var vendors []int64
	for i := range 100 {
		vendors = append(vendors, pgtest.Vendor(b, db, fmt.Sprintf("shop-%d", i)))
	}
	_, err := db.Platform.ExecContext(platform, `INSERT INTO products (vendor_id, slug, title, status, position)
		SELECT v.id, 'p' || i, 'Product ' || i, 'active', i FROM vendors v, generate_series(1, 200) i`)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := db.Platform.ExecContext(platform, "ANALYZE products"); err != nil {
		b.Fatal(err)
	}
	const list = `SELECT title FROM products WHERE vendor_id = ? AND status = 'active' AND deleted_at IS NULL
		ORDER BY position, id LIMIT 24`
	b.Run("platform", func(b *testing.B) {
		for b.Loop() {
			var titles []string
			if err := db.Platform.NewRaw(list, vendors[0]).Scan(platform, &titles); err != nil || len(titles) != 24 {
				b.Fatal(len(titles), err)
			}
		}
	})
	for name, step := range map[string]int{"same vendor": 0, "another vendor each time": 1} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				id := vendors[i*step%len(vendors)]
				var titles []string
				if err := db.Shop.NewRaw(list, id).Scan(tenant.With(b.Context(), id), &titles); err != nil || len(titles) != 24 {
					b.Fatal(len(titles), err)
				}
			}
		})
	}
}
