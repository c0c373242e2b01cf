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

// insertProducts writes the products and then what belongs to them, each kind of row in one statement.
func (s Shop) insertProducts(ctx context.Context, tx bun.Tx, categories map[string]int64) error {
	products := make([]catalog.Product, len(s.Products))
	for i, p := range s.Products {
		products[i] = s.productRow(p, i)
	}
	if err := insertRows(ctx, tx, "products", products); err != nil {
		return err
	}
	var places []categoryProduct
	for i, p := range s.Products {
		for _, slug := range p.Categories {
			places = append(places, categoryProduct{CategoryID: categories[slug], ProductID: products[i].ID, Position: i})
		}
	}
	if err := insertRows(ctx, tx, "places in categories", places); err != nil {
		return err
	}
	if err := s.insertOptions(ctx, tx, products); err != nil {
		return err
	}
	return s.insertVariants(ctx, tx, products)
}

func (s Shop) productRow(p Product, position int) catalog.Product {
	// The newest are spread over the shop's own order, three days apart.
	age := (position * 17) % len(s.Products) * 3
	return catalog.Product{
		Slug: p.Slug, Title: p.Title, Subtitle: p.Subtitle, Description: p.Description(), Brand: p.Brand, Kind: p.Kind,
		Tags: p.Tags, Status: catalog.StatusActive, PublishedAt: bun.NullTime{Time: time.Now().AddDate(0, 0, -age)},
		SEODescription: p.SEO, Position: position, Metadata: map[string]any{}, Version: 1,
	}
}

func (s Shop) insertOptions(ctx context.Context, tx bun.Tx, products []catalog.Product) error {
	var options []catalog.Option
	var choices [][]Value // of each option
	for i, p := range s.Products {
		for position, option := range s.ProductOptions(p) {
			options = append(options, catalog.Option{ProductID: products[i].ID, Name: option.Name, Position: position})
			choices = append(choices, option.Values)
		}
	}
	if err := insertRows(ctx, tx, "options", options); err != nil {
		return err
	}
	var values []catalog.OptionValue
	for i, o := range options {
		for position, v := range choices[i] {
			values = append(values, catalog.OptionValue{ProductID: o.ProductID, OptionID: o.ID, Value: v.Value, Swatch: v.Swatch, Position: position})
		}
	}
	return insertRows(ctx, tx, "option values", values)
}

// insertVariants writes the pictures, the variants that show them, and the variants' stock with its ledger.
func (s Shop) insertVariants(ctx context.Context, tx bun.Tx, products []catalog.Product) error {
	var images []catalog.Image
	first := make([]int, len(s.Products)) // where each product's pictures begin
	for i, p := range s.Products {
		first[i] = len(images)
		for position, pic := range s.ProductPictures(p) {
			images = append(images, catalog.Image{
				ProductID: products[i].ID, URL: pic.URL(s.Slug), Alt: pic.Alt, Width: pic.Width, Height: pic.Height, Position: position,
			})
		}
	}
	if err := insertRows(ctx, tx, "pictures", images); err != nil {
		return err
	}
	var rows []catalog.Variant
	var stock []catalog.Inventory // without the variants' ids, which come with the insert
	for i, p := range s.Products {
		for position, v := range s.Variants(p) {
			row := variantRow(v, products[i].ID, position)
			if shown := s.shownBy(p, v); shown >= 0 {
				row.ImageID = &images[first[i]+shown].ID
			}
			rows = append(rows, row)
			stock = append(stock, inventoryRow(p, v))
		}
	}
	if err := insertRows(ctx, tx, "variants", rows); err != nil {
		return err
	}
	for i := range rows {
		stock[i].VariantID = rows[i].ID
	}
	return insertStock(ctx, tx, stock)
}

func variantRow(v Variant, productID int64, position int) catalog.Variant {
	row := catalog.Variant{
		ProductID: productID, SKU: v.SKU, Title: strings.Join(v.Options, " / "), Options: v.Options, Price: v.Price,
		WeightGrams: v.Grams, RequiresShipping: true, Taxable: true, Position: position, Metadata: map[string]any{}, Version: 1,
	}
	if v.CompareAt > 0 {
		row.CompareAtPrice = &v.CompareAt
	}
	return row
}

// shownBy is the place of the picture that shows one of the variant's own values, -1 where none does.
func (s Shop) shownBy(p Product, v Variant) int {
	return slices.IndexFunc(s.ProductPictures(p), func(pic Picture) bool {
		return pic.Value != "" && slices.Contains(v.Options, pic.Value)
	})
}

func inventoryRow(p Product, v Variant) catalog.Inventory {
	row := catalog.Inventory{Tracked: true, Policy: catalog.PolicyDeny, OnHand: v.OnHand, LowAt: 5, Version: 1}
	if p.Backorder {
		row.Policy = catalog.PolicyBackorder
	}
	return row
}

func insertStock(ctx context.Context, tx bun.Tx, stock []catalog.Inventory) error {
	var ledger []movement
	for _, s := range stock {
		if s.OnHand != 0 {
			ledger = append(ledger, movement{VariantID: s.VariantID, Delta: s.OnHand, Reason: "initial", Reference: "demo", Actor: "demo"})
		}
	}
	if err := insertRows(ctx, tx, "stock", stock); err != nil {
		return err
	}
	return insertRows(ctx, tx, "stock ledger", ledger)
}
