package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Address is a page of the catalogue for the sitemap. Kind is product or category.
type Address struct {
	Kind      string
	Slug      string
	UpdatedAt time.Time
}

// Sitemap yields every category and every active product, one after the other without holding them all, until yield
// answers an error, which Sitemap returns. 1 query.
func Sitemap(ctx context.Context, db bun.IDB, yield func(Address) error) error {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, `
		SELECT 'category', slug, updated_at FROM product_categories WHERE vendor_id = ?0 AND deleted_at IS NULL
		UNION ALL
		SELECT 'product', slug, updated_at FROM products WHERE vendor_id = ?0 AND deleted_at IS NULL AND status = 'active'`, vendor)
	if err != nil {
		return fmt.Errorf("read the sitemap: %w", err)
	}
	return drain(rows, yield)
}

func drain(rows *sql.Rows, yield func(Address) error) error {
	defer rows.Close() //nolint:errcheck // rows.Err tells
	for rows.Next() {
		var address Address
		if err := rows.Scan(&address.Kind, &address.Slug, &address.UpdatedAt); err != nil {
			return fmt.Errorf("read the sitemap: %w", err)
		}
		if err := yield(address); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the sitemap: %w", err)
	}
	return nil
}
