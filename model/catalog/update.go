package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/fault"
	"orion/model/tenant"
)

// Edit are the texts and settings of a product that people change. Its variants and pictures have verbs of their own.
type Edit struct {
	Title          string   `json:"title"`
	Subtitle       string   `json:"subtitle"`
	Description    string   `json:"description"` // HTML; sanitised when it is stored
	Brand          string   `json:"brand"`
	Kind           string   `json:"kind"`
	Tags           []string `json:"tags"`
	Status         string   `json:"status"`
	SEOTitle       string   `json:"seo_title"`
	SEODescription string   `json:"seo_description"`
	Position       int      `json:"position"`
}

// Edit is the product's own, to change a part of it.
func (p *Product) Edit() Edit {
	return Edit{Title: p.Title, Subtitle: p.Subtitle, Description: p.Description, Brand: p.Brand, Kind: p.Kind,
		Tags: slices.Clone(p.Tags), Status: p.Status, SEOTitle: p.SEOTitle, SEODescription: p.SEODescription, Position: p.Position}
}

func (e Edit) equal(other Edit) bool {
	tags, others := e.Tags, other.Tags
	e.Tags, other.Tags = nil, nil
	return slices.Equal(tags, others) && fmt.Sprint(e) == fmt.Sprint(other)
}

// tidy checks an edit as Create checks a product.
func (e Edit) tidy() (Edit, error) {
	n, err := NewProduct{Title: e.Title, Subtitle: e.Subtitle, Description: e.Description, Brand: e.Brand, Kind: e.Kind,
		Tags: e.Tags, Status: e.Status, SEOTitle: e.SEOTitle, SEODescription: e.SEODescription, Position: e.Position,
		Variants: []NewVariant{{}}}.tidy()
	return n.edit(), err
}

func (n NewProduct) edit() Edit {
	return Edit{Title: n.Title, Subtitle: n.Subtitle, Description: n.Description, Brand: n.Brand, Kind: n.Kind, Tags: n.Tags,
		Status: n.Status, SEOTitle: n.SEOTitle, SEODescription: n.SEODescription, Position: n.Position}
}

// Update stores an edit of the version that the person saw, and answers the product as it is then. Another version by
// now is fault.Conflict, what cannot be taken fault.Invalid. An edit that changes nothing writes nothing.
func Update(ctx context.Context, db bun.IDB, productID int64, version int, edit Edit, by audit.By) (*Product, error) {
	edit, err := edit.tidy()
	if err != nil {
		return nil, err
	}
	product := new(Product)
	err = db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := lockProduct(ctx, tx, product, productID); err != nil {
			return err
		}
		if product.Version != version {
			return changedMeanwhile("product")
		}
		before := product.Edit()
		if before.equal(edit) {
			return nil
		}
		if err := product.store(ctx, tx, edit); err != nil {
			return err
		}
		return audit.Record(ctx, tx, by.Entry("product.updated", subject(productID), before, edit))
	})
	if err != nil {
		return nil, fmt.Errorf("update product %d: %w", productID, asFault(err))
	}
	return product, nil
}

// lockProduct reads a living product for a change.
func lockProduct(ctx context.Context, tx bun.Tx, product *Product, id int64) error {
	err := tx.NewSelect().Model(product).Where("p.id = ?", id).For("UPDATE").Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.NotFound.With("There is no such product.")
	}
	return err
}

// store writes a tidy edit as the next version.
func (p *Product) store(ctx context.Context, tx bun.Tx, e Edit) error {
	p.Title, p.Subtitle, p.Description, p.Brand, p.Kind, p.Tags = e.Title, e.Subtitle, e.Description, e.Brand, e.Kind, e.Tags
	p.Status, p.SEOTitle, p.SEODescription, p.Position = e.Status, e.SEOTitle, e.SEODescription, e.Position
	if p.Status == StatusActive && p.PublishedAt.IsZero() {
		p.PublishedAt.Time = time.Now()
	}
	p.Version++
	p.UpdatedAt = time.Now()
	_, err := tx.NewUpdate().Model(p).WherePK().
		Column("title", "subtitle", "description", "brand", "kind", "tags", "status", "published_at",
			"seo_title", "seo_description", "position", "version", "updated_at").Exec(ctx)
	return err
}

// Delete takes a product and its variants out of the catalogue; Restore brings them back. Its address and SKUs are
// free meanwhile.
func Delete(ctx context.Context, db bun.IDB, productID int64, by audit.By) error {
	return bury(ctx, db, productID, by, "product.deleted", `UPDATE products SET deleted_at = now(), version = version + 1, updated_at = now()
		WHERE vendor_id = ? AND id = ? AND deleted_at IS NULL RETURNING deleted_at`,
		`UPDATE product_variants SET deleted_at = ?2 WHERE vendor_id = ?0 AND product_id = ?1 AND deleted_at IS NULL`)
}

// Restore brings a deleted product back with the variants that were deleted with it. An address or SKU that was
// given to another meanwhile is fault.Invalid.
func Restore(ctx context.Context, db bun.IDB, productID int64, by audit.By) error {
	return bury(ctx, db, productID, by, "product.restored", `UPDATE products p SET deleted_at = NULL, version = p.version + 1, updated_at = now()
		FROM (SELECT deleted_at FROM products WHERE vendor_id = ?0 AND id = ?1 FOR UPDATE) before
		WHERE p.vendor_id = ?0 AND p.id = ?1 AND p.deleted_at IS NOT NULL RETURNING before.deleted_at`,
		`UPDATE product_variants SET deleted_at = NULL WHERE vendor_id = ?0 AND product_id = ?1 AND deleted_at = ?2`)
}

// bury runs the two statements of Delete or Restore; the first answers when the product was deleted.
func bury(ctx context.Context, db bun.IDB, productID int64, by audit.By, action, product, variants string) error {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	err = db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var at []time.Time
		if err := tx.NewRaw(product, vendor, productID).Scan(ctx, &at); err != nil {
			return err
		}
		if len(at) == 0 {
			return fault.NotFound.With("There is no such product.")
		}
		if _, err := tx.NewRaw(variants, vendor, productID, at[0]).Exec(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx, by.Entry(action, subject(productID), nil, nil))
	})
	if err != nil {
		return fmt.Errorf("%s %d: %w", action, productID, asFault(err))
	}
	return nil
}

// record is what the audit keeps of a product.
func (d *Detail) record() map[string]any {
	variants := make([]map[string]any, len(d.Variants))
	for n, v := range d.Variants {
		variants[n] = map[string]any{"id": v.ID, "sku": v.SKU, "options": v.Variant.Options, "price": v.Price, "compare_at": v.CompareAtPrice}
	}
	return map[string]any{"slug": d.Slug, "product": d.Edit(), "variants": variants, "images": len(d.Images), "categories": d.CategoryIDs}
}
