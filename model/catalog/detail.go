package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/tenant"
)

// maxSlug bounds the slugs that are looked up and made, in bytes.
const maxSlug = 200

// Detail is a product with all that its page shows.
type Detail struct {
	Product
	Options     []Option // in the order of Variant.Options, with their values
	Variants    []Offer  // in the merchant's order
	Images      []Image
	CategoryIDs []int64
	Breadcrumbs []Crumb         // the way down to its deepest category
	Top         []*CategoryNode // the shop's, as TopCategories answers
}

// Offer is a variant with its stock.
type Offer struct {
	Variant
	Stock Inventory // VariantID is 0 where there is none: nobody may sell it
}

// Availability is the offer's stock in a word.
func (o Offer) Availability() Availability { return o.Stock.Availability() }

// BySlug is the active product with this slug. A slug that it once had answers a *Moved, any other fault.NotFound.
// 6 queries.
func BySlug(ctx context.Context, db bun.IDB, slug string) (*Detail, error) {
	detail := new(Detail)
	err := db.NewSelect().Model(&detail.Product).
		Where("p.slug = ?", clean(slug, maxSlug)).Where("p.status = ?", StatusActive).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, moved(ctx, db, kindProduct, slug)
	}
	if err != nil {
		return nil, fmt.Errorf("read product %q: %w", slug, err)
	}
	return detail, detail.load(ctx, db)
}

// ByID is a living product in any status, as those who edit it need it. An id that does not exist, or that is
// another shop's, is fault.NotFound. 6 queries.
func ByID(ctx context.Context, db bun.IDB, id int64) (*Detail, error) {
	detail := new(Detail)
	err := db.NewSelect().Model(&detail.Product).Where("p.id = ?", id).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.NotFound.With("There is no such product.")
	}
	if err != nil {
		return nil, fmt.Errorf("read product %d: %w", id, err)
	}
	return detail, detail.load(ctx, db)
}

// load reads what belongs to the product. 5 queries.
func (d *Detail) load(ctx context.Context, db bun.IDB) error {
	for _, read := range []func(context.Context, bun.IDB) error{
		d.loadOptions, d.loadOffers, d.loadImages, d.loadCategories,
	} {
		if err := read(ctx, db); err != nil {
			return fmt.Errorf("read product %d: %w", d.ID, err)
		}
	}
	return nil
}

func (d *Detail) loadOptions(ctx context.Context, db bun.IDB) error {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	var rows []struct {
		OptionValue
		Name  string
		Place int
	}
	err = db.NewRaw(`
		SELECT ov.*, o.name, o.position AS place FROM product_options o
		JOIN product_option_values ov ON ov.vendor_id = o.vendor_id AND ov.option_id = o.id
		WHERE o.vendor_id = ? AND o.product_id = ?
		ORDER BY o.position, o.id, ov.position, ov.id`, vendor, d.ID).Scan(ctx, &rows)
	if err != nil {
		return err
	}
	for _, row := range rows {
		last := len(d.Options) - 1
		if last < 0 || d.Options[last].ID != row.OptionID {
			d.Options = append(d.Options, Option{ID: row.OptionID, ProductID: d.ID, Name: row.Name, Position: row.Place})
			last++
		}
		d.Options[last].Values = append(d.Options[last].Values, row.OptionValue)
	}
	return nil
}

func (d *Detail) loadOffers(ctx context.Context, db bun.IDB) error {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	var rows []struct {
		Variant
		StockID      int64
		Tracked      bool
		Policy       string
		OnHand       int
		Reserved     int
		LowAt        int
		StockVersion int
	}
	err = db.NewRaw(`
		SELECT v.*, coalesce(i.variant_id, 0) AS stock_id, coalesce(i.tracked, true) AS tracked, coalesce(i.policy, '') AS policy,
			coalesce(i.on_hand, 0) AS on_hand, coalesce(i.reserved, 0) AS reserved, coalesce(i.low_at, 0) AS low_at,
			coalesce(i.version, 0) AS stock_version
		FROM product_variants v
		LEFT JOIN inventory i ON i.vendor_id = v.vendor_id AND i.variant_id = v.id
		WHERE v.vendor_id = ? AND v.product_id = ? AND v.deleted_at IS NULL
		ORDER BY v.position, v.id`, vendor, d.ID).Scan(ctx, &rows)
	if err != nil {
		return err
	}
	d.Variants = make([]Offer, len(rows))
	for n, row := range rows {
		d.Variants[n] = Offer{Variant: row.Variant, Stock: Inventory{VariantID: row.StockID, Tracked: row.Tracked,
			Policy: row.Policy, OnHand: row.OnHand, Reserved: row.Reserved, LowAt: row.LowAt, Version: row.StockVersion}}
	}
	return nil
}

func (d *Detail) loadImages(ctx context.Context, db bun.IDB) error {
	return db.NewSelect().Model(&d.Images).Where("img.product_id = ?", d.ID).Order("img.position", "img.id").Scan(ctx)
}

func (d *Detail) loadCategories(ctx context.Context, db bun.IDB) error {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	all, err := loadCategories(ctx, db)
	if err != nil {
		return err
	}
	err = db.NewRaw(`SELECT category_id FROM product_category_products WHERE vendor_id = ? AND product_id = ? ORDER BY category_id`,
		vendor, d.ID).Scan(ctx, &d.CategoryIDs)
	d.Breadcrumbs, d.Top = all.deepest(d.CategoryIDs), all.roots
	return err
}

// FindBySlug is a living product in any status by its slug, or by one that it once had, else fault.NotFound. 7 queries.
func FindBySlug(ctx context.Context, db bun.IDB, slug string) (*Detail, error) {
	id, err := idBySlug(ctx, db, slug)
	if err != nil {
		return nil, err
	}
	return ByID(ctx, db, id)
}

// idBySlug finds the living product that has a slug, before one that had it. 1 query.
func idBySlug(ctx context.Context, db bun.IDB, slug string) (int64, error) {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return 0, err
	}
	slug = clean(slug, maxSlug)
	var ids []int64
	err = db.NewRaw(`
		SELECT id FROM (
			SELECT id, 1 AS place FROM products WHERE vendor_id = ?0 AND slug = ?1 AND deleted_at IS NULL
			UNION ALL
			SELECT p.id, 2 FROM slug_redirects r JOIN products p ON p.vendor_id = ?0 AND p.id = r.target_id AND p.deleted_at IS NULL
			WHERE r.vendor_id = ?0 AND r.kind = 'product' AND r.slug = ?1
		) found ORDER BY place LIMIT 1`, vendor, slug).Scan(ctx, &ids)
	if err != nil {
		return 0, fmt.Errorf("find product %q: %w", slug, err)
	}
	if len(ids) == 0 {
		return 0, fault.NotFound.With("There is no such product.")
	}
	return ids[0], nil
}

// SKUOwners says which living product, by its slug, has each of the SKUs. 1 query.
func SKUOwners(ctx context.Context, db bun.IDB, skus []string) (map[string]string, error) {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return nil, err
	}
	var rows []struct{ SKU, Slug string }
	err = db.NewRaw(`SELECT v.sku, p.slug FROM product_variants v JOIN products p ON p.vendor_id = ?0 AND p.id = v.product_id
		WHERE v.vendor_id = ?0 AND v.deleted_at IS NULL AND v.sku <> '' AND v.sku IN (?1)`, vendor, bun.List(skus)).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("find the owners of SKUs: %w", err)
	}
	owners := make(map[string]string, len(rows))
	for _, row := range rows {
		owners[row.SKU] = row.Slug
	}
	return owners, nil
}
