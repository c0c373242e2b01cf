// Package synthetic fills a database with a large platform of made-up shops, to measure Orion under load.
package synthetic

import (
	"context"
	_ "embed"
	"fmt"
	"sync/atomic"

	"github.com/uptrace/bun"
	"golang.org/x/sync/errgroup"

	"orion/model/tenant"
	"orion/postgres"
)

// Size is how much to make.
type Size struct {
	Vendors  int
	Products int // in each shop
}

// workers load shops side by side; the database is the limit, so a few suffice.
const workers = 4

//go:embed vendor.sql
var vendorSQL string

//go:embed catalog.sql
var catalogSQL string

// Load makes the shops shop-0001, shop-0002… that do not exist yet, each in a transaction of its own, so
// that a load which was cut short goes on where it stopped. progress hears how many shops are done.
func Load(ctx context.Context, db *postgres.DB, size Size, progress func(done int)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	var done atomic.Int64
	for n := 1; n <= size.Vendors; n++ {
		group.Go(func() error {
			if err := loadShop(ctx, db, n, size.Products); err != nil {
				return fmt.Errorf("make shop %d: %w", n, err)
			}
			progress(int(done.Add(1)))
			return nil
		})
	}
	return group.Wait()
}

// Slug names the n-th synthetic shop, counting from 1.
func Slug(n int) string { return fmt.Sprintf("shop-%04d", n) }

func loadShop(ctx context.Context, db *postgres.DB, n, products int) error {
	var id int64
	var existed bool
	err := db.Platform.NewRaw(vendorSQL, Slug(n), n).Scan(tenant.AsPlatform(ctx), &id, &existed)
	if err != nil {
		return fmt.Errorf("insert the vendor: %w", err)
	}
	ctx = tenant.With(ctx, id)
	return db.Shop.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var loaded bool
		if err := tx.NewRaw("SELECT EXISTS (SELECT 1 FROM products WHERE vendor_id = ?)", id).Scan(ctx, &loaded); err != nil {
			return fmt.Errorf("look for products: %w", err)
		}
		if loaded {
			return nil
		}
		if _, err := tx.NewRaw(catalogSQL, id, products).Exec(ctx); err != nil {
			return fmt.Errorf("insert the catalogue: %w", err)
		}
		return nil
	})
}
