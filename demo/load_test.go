package demo_test

import (
	"testing"

	"golang.org/x/sync/errgroup"

	"orion/demo"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

func count(t *testing.T, db *postgres.DB, query string, args ...any) (n int) {
	t.Helper()
	if err := db.Platform.NewRaw(query, args...).Scan(tenant.AsPlatform(t.Context()), &n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestLoadPutsInEverything(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	if err := demo.Load(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	for _, s := range shops(t) {
		var pictures, variants int
		for _, p := range s.Products {
			pictures += len(s.ProductPictures(p))
			variants += len(s.Variants(p))
		}
		for table, want := range map[string]int{
			"products": len(s.Products), "product_categories": len(s.Categories),
			"product_images": pictures, "product_variants": variants, "inventory": variants,
		} {
			query := "SELECT count(*) FROM " + table + " JOIN vendors v ON v.id = vendor_id WHERE v.slug = ? AND v.status = 'active'"
			if got := count(t, db, query, s.Slug); got != want {
				t.Errorf("%s has %d %s, want %d", s.Slug, got, table, want)
			}
		}
	}
	for what, query := range map[string]string{
		"variants whose options are not values of the product's options, in their order": `
			SELECT count(*) FROM product_variants v WHERE options IS DISTINCT FROM ARRAY(
				SELECT ov.value FROM product_options o
				JOIN product_option_values ov ON ov.vendor_id = o.vendor_id AND ov.option_id = o.id AND ov.value = ANY (v.options)
				WHERE o.vendor_id = v.vendor_id AND o.product_id = v.product_id ORDER BY o.position)`,
		"variants whose stock is not the sum of its ledger": `
			SELECT count(*) FROM inventory i WHERE on_hand <> (
				SELECT coalesce(sum(delta), 0) FROM stock_movements m WHERE m.vendor_id = i.vendor_id AND m.variant_id = i.variant_id)`,
		"variants that show another product's picture": `
			SELECT count(*) FROM product_variants v JOIN product_images i ON i.vendor_id = v.vendor_id AND i.id = v.image_id
			WHERE i.product_id <> v.product_id`,
		"products without a category": `
			SELECT count(*) FROM products p WHERE NOT EXISTS (
				SELECT 1 FROM product_category_products c WHERE c.vendor_id = p.vendor_id AND c.product_id = p.id)`,
		"products without a price": `SELECT count(*) FROM products WHERE price_min <= 0`,
	} {
		if n := count(t, db, query); n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
	if count(t, db, "SELECT count(*) FROM product_variants WHERE image_id IS NOT NULL") < 100 {
		t.Error("hardly a variant has a picture of its own")
	}
	if count(t, db, "SELECT count(*) FROM vendor_domains WHERE host = 'kaffa.test' AND is_primary AND verified_at IS NOT NULL") != 1 {
		t.Error("kaffa.test is not kaffa's")
	}
}

func TestLoadLeavesADatabaseWithVendorsAlone(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	pgtest.Vendor(t, db, "first")
	if err := demo.Load(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "SELECT count(*) FROM vendors"); n != 1 {
		t.Errorf("there are %d vendors", n)
	}
}

func TestLoadAtOnceLoadsOnce(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	var starts errgroup.Group
	for range 3 {
		starts.Go(func() error { return demo.Load(t.Context(), db) })
	}
	if err := starts.Wait(); err != nil {
		t.Fatal(err)
	}
	if got, want := count(t, db, "SELECT count(*) FROM vendors"), len(shops(t)); got != want {
		t.Errorf("there are %d vendors, want %d", got, want)
	}
}
