package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"orion/model/catalog"
	"orion/model/tenant"
)

// categoryProduct is the place of a product in a category.
type categoryProduct struct {
	bun.BaseModel `bun:"table:product_category_products"`
	tenant.Owned
	CategoryID int64 `bun:"category_id,pk"`
	ProductID  int64 `bun:"product_id,pk"`
	Position   int   `bun:"position"`
}

// movement is a line of the stock ledger.
type movement struct {
	bun.BaseModel `bun:"table:stock_movements"`
	tenant.Owned
	VariantID int64  `bun:"variant_id"`
	Delta     int    `bun:"delta"`
	Reason    string `bun:"reason"`
	Reference string `bun:"reference"`
	Actor     string `bun:"actor"`
}

// insertRows writes rows of one kind in one statement; bun fills in their new ids.
func insertRows[T any](ctx context.Context, tx bun.Tx, what string, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return fmt.Errorf("insert the %s: %w", what, err)
	}
	return nil
}

// insertCategories writes the tree, parents first, and returns the ids by slug.
func (s Shop) insertCategories(ctx context.Context, tx bun.Tx) (map[string]int64, error) {
	ids := map[string]int64{}
	for i, c := range s.Categories {
		row := catalog.Category{
			Slug: c.Slug, Name: c.Name, Description: c.Description, Position: i, Version: 1,
			ImageURL: c.Picture.URL(s.Slug), Metadata: map[string]any{"image_alt": c.Picture.Alt},
		}
		if c.Parent != "" {
			parent, ok := ids[c.Parent]
			if !ok {
				return nil, fmt.Errorf("the category %s stands before its parent %s", c.Slug, c.Parent)
			}
			row.ParentID = &parent
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return nil, fmt.Errorf("insert the category %s: %w", c.Slug, err)
		}
		ids[c.Slug] = row.ID
	}
	return ids, nil
}

func (s Shop) insertProducts(ctx context.Context, tx bun.Tx, categories map[string]int64) error {
	for i, p := range s.Products {
		if err := s.insertProduct(ctx, tx, p, i, categories); err != nil {
			return fmt.Errorf("product %s: %w", p.Slug, err)
		}
	}
	return nil
}

func (s Shop) insertProduct(ctx context.Context, tx bun.Tx, p Product, position int, categories map[string]int64) error {
	// The newest are spread over the shop's own order, three days apart.
	age := (position * 17) % len(s.Products) * 3
	row := catalog.Product{
		Slug: p.Slug, Title: p.Title, Subtitle: p.Subtitle, Description: p.Description(), Brand: p.Brand, Kind: p.Kind,
		Tags: p.Tags, Status: catalog.StatusActive, PublishedAt: bun.NullTime{Time: time.Now().AddDate(0, 0, -age)},
		SEODescription: p.SEO, Position: position, Metadata: map[string]any{}, Version: 1,
	}
	if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
		return fmt.Errorf("insert it: %w", err)
	}
	places := make([]categoryProduct, len(p.Categories))
	for i, slug := range p.Categories {
		places[i] = categoryProduct{CategoryID: categories[slug], ProductID: row.ID, Position: position}
	}
	if err := insertRows(ctx, tx, "places in categories", places); err != nil {
		return err
	}
	if err := s.insertOptions(ctx, tx, p, row.ID); err != nil {
		return err
	}
	return s.insertVariants(ctx, tx, p, row.ID)
}

func (s Shop) insertOptions(ctx context.Context, tx bun.Tx, p Product, productID int64) error {
	for i, option := range s.ProductOptions(p) {
		row := catalog.Option{ProductID: productID, Name: option.Name, Position: i}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return fmt.Errorf("insert the option %s: %w", option.Name, err)
		}
		values := make([]catalog.OptionValue, len(option.Values))
		for j, v := range option.Values {
			values[j] = catalog.OptionValue{ProductID: productID, OptionID: row.ID, Value: v.Value, Swatch: v.Swatch, Position: j}
		}
		if err := insertRows(ctx, tx, "values of "+option.Name, values); err != nil {
			return err
		}
	}
	return nil
}

// insertVariants writes the pictures, the variants that show them, and the variants' stock with its ledger.
func (s Shop) insertVariants(ctx context.Context, tx bun.Tx, p Product, productID int64) error {
	pictures := s.ProductPictures(p)
	images := make([]catalog.Image, len(pictures))
	for i, pic := range pictures {
		images[i] = catalog.Image{ProductID: productID, URL: pic.URL(s.Slug), Alt: pic.Alt, Width: pic.Width, Height: pic.Height, Position: i}
	}
	if err := insertRows(ctx, tx, "pictures", images); err != nil {
		return err
	}
	variants := s.Variants(p)
	rows := make([]catalog.Variant, len(variants))
	for i, v := range variants {
		rows[i] = catalog.Variant{
			ProductID: productID, SKU: v.SKU, Title: strings.Join(v.Options, " / "), Options: v.Options, Price: v.Price,
			WeightGrams: v.Grams, RequiresShipping: true, Taxable: true, Position: i, Metadata: map[string]any{}, Version: 1,
		}
		if v.CompareAt > 0 {
			rows[i].CompareAtPrice = &v.CompareAt
		}
		shown := slices.IndexFunc(pictures, func(pic Picture) bool { return pic.Value != "" && slices.Contains(v.Options, pic.Value) })
		if shown >= 0 {
			rows[i].ImageID = &images[shown].ID
		}
	}
	if err := insertRows(ctx, tx, "variants", rows); err != nil {
		return err
	}
	return insertStock(ctx, tx, p, variants, rows)
}

func insertStock(ctx context.Context, tx bun.Tx, p Product, variants []Variant, rows []catalog.Variant) error {
	policy := catalog.PolicyDeny
	if p.Backorder {
		policy = catalog.PolicyBackorder
	}
	stock := make([]catalog.Inventory, len(rows))
	var ledger []movement
	for i, v := range variants {
		stock[i] = catalog.Inventory{VariantID: rows[i].ID, Tracked: true, Policy: policy, OnHand: v.OnHand, LowAt: 5, Version: 1}
		if v.OnHand != 0 {
			ledger = append(ledger, movement{VariantID: rows[i].ID, Delta: v.OnHand, Reason: "initial", Reference: "demo", Actor: "demo"})
		}
	}
	if err := insertRows(ctx, tx, "stock", stock); err != nil {
		return err
	}
	return insertRows(ctx, tx, "stock ledger", ledger)
}
