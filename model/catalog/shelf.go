package catalog

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Featured are the n products that the merchant put first. 2 queries.
func Featured(ctx context.Context, db bun.IDB, n int) ([]Card, error) {
	return shelf(ctx, db, n, "position, id")
}

// Newest are the n products that were published last. 2 queries.
func Newest(ctx context.Context, db bun.IDB, n int) ([]Card, error) {
	return shelf(ctx, db, n, "published_at DESC NULLS LAST, id DESC")
}

// shelf shows the first products of an order that has an index.
func shelf(ctx context.Context, db bun.IDB, n int, order bun.Safe) ([]Card, error) {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return nil, err
	}
	var ids []int64
	err = db.NewRaw(`SELECT id FROM products WHERE vendor_id = ? AND deleted_at IS NULL AND status = 'active'
		ORDER BY ? LIMIT ?`, vendor, order, n).Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("list products by %s: %w", order, err)
	}
	return cards(ctx, db, ids)
}

// nearby bounds how many products of a shared category are looked at for Related.
const nearby = 200

// Related are up to n other products that a buyer of this one may like: those that share the most categories, then
// those of its kind and brand. 2 queries.
func Related(ctx context.Context, db bun.IDB, productID int64, n int) ([]Card, error) {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return nil, err
	}
	var ids []int64
	err = db.NewRaw(`
		WITH shared AS (
			SELECT near.product_id, count(*) AS categories
			FROM product_category_products own
			CROSS JOIN LATERAL (
				SELECT product_id FROM product_category_products
				WHERE vendor_id = ?0 AND category_id = own.category_id AND product_id <> ?1
				ORDER BY abs(product_id - ?1), product_id LIMIT ?2) near
			WHERE own.vendor_id = ?0 AND own.product_id = ?1
			GROUP BY near.product_id
		)
		SELECT p.id FROM shared s
		JOIN products p ON p.vendor_id = ?0 AND p.id = s.product_id AND p.deleted_at IS NULL AND p.status = 'active'
		JOIN products this ON this.vendor_id = ?0 AND this.id = ?1
		ORDER BY s.categories DESC, (p.kind = this.kind AND p.kind <> '') DESC, (p.brand = this.brand AND p.brand <> '') DESC,
			abs(p.id - ?1), p.id
		LIMIT ?3`, vendor, productID, nearby, n).Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("find products related to %d: %w", productID, err)
	}
	return cards(ctx, db, ids)
}
