package catalog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/fault"
	"orion/model/tenant"
)

// Create stores a product with its options, variants, pictures, categories and first stock, in one transaction with
// its audit row. What cannot be taken is fault.Invalid with a message a field.
func Create(ctx context.Context, db bun.IDB, n NewProduct, by audit.By) (*Detail, error) {
	n, err := n.tidy()
	if err != nil {
		return nil, err
	}
	var made *Detail
	err = db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		made, err = create(ctx, tx, n)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, by.Entry("product.created", subject(made.ID), nil, made.record()))
	})
	if err != nil {
		return nil, fmt.Errorf("create product %q: %w", n.Title, asFault(err))
	}
	return made, nil
}

// create stores a tidy product.
func create(ctx context.Context, tx bun.Tx, n NewProduct) (*Detail, error) {
	slug, err := freeSlug(ctx, tx, kindProduct, n.Slug, n.Title)
	if err != nil {
		return nil, err
	}
	published := n.PublishedAt
	if published.IsZero() && n.Status == StatusActive {
		published = time.Now()
	}
	d := &Detail{Product: Product{Slug: slug, Title: n.Title, Subtitle: n.Subtitle, Description: n.Description, Brand: n.Brand,
		Kind: n.Kind, Tags: n.Tags, Status: n.Status, PublishedAt: bun.NullTime{Time: published}, SEOTitle: n.SEOTitle,
		SEODescription: n.SEODescription, Position: n.Position, Metadata: orEmpty(n.Metadata), Version: 1}}
	if _, err := tx.NewInsert().Model(&d.Product).ExcludeColumn("price_min", "price_max", "deleted_at").Returning("id, created_at, updated_at").Exec(ctx); err != nil {
		return nil, err
	}
	d.PriceMin, d.PriceMax = priceRange(n.Variants)
	if err := d.addOptions(ctx, tx, n.Options); err != nil {
		return nil, err
	}
	if err := d.addImages(ctx, tx, n.Images); err != nil {
		return nil, err
	}
	if err := d.addVariants(ctx, tx, n.Variants, d.Images); err != nil {
		return nil, err
	}
	return d, d.addCategories(ctx, tx, n.CategoryIDs)
}

func priceRange(variants []NewVariant) (lowest, highest int64) {
	byPrice := func(a, b NewVariant) int { return cmp.Compare(a.Price, b.Price) }
	return slices.MinFunc(variants, byPrice).Price, slices.MaxFunc(variants, byPrice).Price
}

// addOptions stores options after those that are there.
func (d *Detail) addOptions(ctx context.Context, tx bun.Tx, options []NewOption) error {
	for _, option := range options {
		o := Option{ProductID: d.ID, Name: option.Name, Position: len(d.Options)}
		if _, err := tx.NewInsert().Model(&o).Returning("id").Exec(ctx); err != nil {
			return err
		}
		d.Options = append(d.Options, o)
		if err := d.addValues(ctx, tx, len(d.Options)-1, option.Values); err != nil {
			return err
		}
	}
	return nil
}

// addValues stores the values of an option that are not there yet.
func (d *Detail) addValues(ctx context.Context, tx bun.Tx, option int, values []NewValue) error {
	o := &d.Options[option]
	var rows []OptionValue
	for _, value := range values {
		same := func(have OptionValue) bool { return have.Value == value.Value }
		if value.Value == "" || slices.ContainsFunc(o.Values, same) || slices.ContainsFunc(rows, same) {
			continue
		}
		rows = append(rows, OptionValue{ProductID: d.ID, OptionID: o.ID, Value: value.Value, Swatch: value.Swatch,
			Position: len(o.Values) + len(rows)})
	}
	if len(rows) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&rows).Returning("id").Exec(ctx)
	o.Values = append(o.Values, rows...)
	return err
}

// addImages stores pictures after those that are there.
func (d *Detail) addImages(ctx context.Context, tx bun.Tx, images []NewImage) error {
	if len(images) == 0 {
		return nil
	}
	rows := make([]Image, len(images))
	for n, image := range images {
		rows[n] = Image{ProductID: d.ID, URL: image.URL, SourceURL: image.SourceURL, Alt: clean(image.Alt, 1<<16),
			Width: cmp.Or(image.Width, 1000), Height: cmp.Or(image.Height, 1000), Position: len(d.Images) + n}
	}
	_, err := tx.NewInsert().Model(&rows).Returning("id, created_at").Exec(ctx)
	d.Images = append(d.Images, rows...)
	return err
}

// addVariants stores variants after those that are there, with their stock and its first ledger row. pictures are
// what NewVariant.Image counts.
func (d *Detail) addVariants(ctx context.Context, tx bun.Tx, variants []NewVariant, pictures []Image) error {
	if len(variants) == 0 {
		return nil
	}
	rows := make([]Variant, len(variants))
	for n, v := range variants {
		rows[n] = v.variant(pictures)
		rows[n].ProductID, rows[n].Position, rows[n].Metadata = d.ID, len(d.Variants)+n, map[string]any{}
	}
	if _, err := tx.NewInsert().Model(&rows).ExcludeColumn("deleted_at").Returning("id, created_at, updated_at").Exec(ctx); err != nil {
		return err
	}
	stock := make([]Inventory, len(rows))
	for n, row := range rows {
		stock[n] = variants[n].Stock.inventory(row.ID)
		stock[n].ProductID = d.ID
		d.Variants = append(d.Variants, Offer{Variant: row, Stock: stock[n]})
	}
	if _, err := tx.NewInsert().Model(&stock).Exec(ctx); err != nil {
		return err
	}
	return openLedger(ctx, tx, stock, variants)
}

// variant is the row of a new variant.
func (v NewVariant) variant(pictures []Image) Variant {
	row := Variant{SKU: v.SKU, Barcode: v.Barcode, Title: variantTitle(v.Options), Options: v.Options, Price: v.Price,
		CompareAtPrice: orNil(v.CompareAt), Cost: orNil(v.Cost), WeightGrams: v.WeightGrams,
		RequiresShipping: !v.Digital, Taxable: !v.TaxFree, Version: 1}
	if v.Image > 0 {
		row.ImageID = &pictures[v.Image-1].ID
	}
	return row
}

func (s NewStock) inventory(variantID int64) Inventory {
	row := Inventory{VariantID: variantID, Tracked: !s.Untracked, Policy: PolicyDeny, OnHand: s.OnHand,
		LowAt: cmp.Or(s.LowAt, usualLowAt), Version: 1}
	if s.Backorder {
		row.Policy = PolicyBackorder
	}
	return row
}

// openLedger writes the first movement of each new variant that has stock. It belongs to the birth of the row, so it
// stands here; every later movement is package stock's.
func openLedger(ctx context.Context, tx bun.Tx, stock []Inventory, variants []NewVariant) error {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	q := new(fragment).add("INSERT INTO stock_movements (vendor_id, variant_id, delta, reason) VALUES ")
	for n, row := range stock {
		if row.OnHand == 0 {
			continue
		}
		if len(q.args) > 0 {
			q.add(", ")
		}
		q.add("(?, ?, ?, ?)", vendor, row.VariantID, row.OnHand, cmp.Or(variants[n].Stock.Reason, "initial"))
	}
	if len(q.args) == 0 {
		return nil
	}
	_, err = tx.NewRaw(q.sql.String(), q.args...).Exec(ctx)
	return err
}

// addCategories puts the product at the end of categories that it is not in yet. An unknown one is fault.Invalid.
func (d *Detail) addCategories(ctx context.Context, tx bun.Tx, ids []int64) error {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if slices.Contains(d.CategoryIDs, id) {
			continue
		}
		result, err := tx.NewRaw(`INSERT INTO product_category_products (vendor_id, category_id, product_id)
			SELECT vendor_id, id, ? FROM product_categories WHERE vendor_id = ? AND id = ? AND deleted_at IS NULL`,
			d.ID, vendor, id).Exec(ctx)
		if err != nil {
			return err
		}
		if added, err := result.RowsAffected(); err == nil && added == 0 {
			return fault.Field("categories", "Choose categories of this shop.")
		}
		d.CategoryIDs = append(d.CategoryIDs, id)
	}
	return nil
}

// asFault says what a broken rule of the database means to the person who wrote.
func asFault(err error) error {
	broken, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return err
	}
	switch broken.ConstraintName {
	case "product_variants_sku":
		return fault.Field("sku", "Another variant has this SKU.")
	case "products_slug", "product_categories_slug":
		return fault.Field("slug", "Another page has this address.")
	case "product_option_values_swatch_check":
		return fault.Field("swatch", "Enter a colour as #rrggbb.")
	}
	return err
}

func subject(productID int64) string { return fmt.Sprintf("product:%d", productID) }

func orNil(amount int64) *int64 {
	if amount == 0 {
		return nil
	}
	return &amount
}

func orEmpty(metadata map[string]any) map[string]any {
	if metadata == nil {
		return map[string]any{}
	}
	return metadata
}
