package catalog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/fault"
)

// Outcome is what Put did.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
)

// Put makes the product with this slug, or that once had it, what n says: it is created, or brought up to n where it differs. What is
// equal is not written, so that putting the same again changes no version and leaves no audit row. What n does not
// mention stays: variants with other values, other pictures, other categories, and the stock of variants that were
// there before, which is package stock's. The detail's variants come first in the order of n.Variants.
//
// Where n's options are not the product's, the options are replaced and variants that n does not have are deleted:
// they could not be described any more.
func Put(ctx context.Context, db bun.IDB, n NewProduct, by audit.By) (*Detail, Outcome, error) {
	n, err := n.tidy()
	if err != nil {
		return nil, "", err
	}
	if n.Slug == "" {
		n.Slug = Slugify(n.Title)
	}
	var put *Detail
	outcome := Unchanged
	err = db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		have, err := livingBySlug(ctx, tx, n.Slug)
		if errors.Is(err, fault.NotFound) {
			outcome = Created
			if put, err = create(ctx, tx, n); err != nil {
				return err
			}
			return audit.Record(ctx, tx, by.Entry("product.created", subject(put.ID), nil, put.record()))
		}
		if err != nil {
			return err
		}
		put = have
		before := have.record()
		changed, err := have.become(ctx, tx, n)
		if err != nil || !changed {
			return err
		}
		outcome = Updated
		return audit.Record(ctx, tx, by.Entry("product.updated", subject(put.ID), before, put.record()))
	})
	if err != nil {
		return nil, "", fmt.Errorf("put product %q: %w", n.Slug, asFault(err))
	}
	return put, outcome, nil
}

// livingBySlug locks and reads a product in any status by its slug, or one that it once had. 7 queries, 8 by an old one.
func livingBySlug(ctx context.Context, tx bun.Tx, slug string) (*Detail, error) {
	id, err := idBySlug(ctx, tx, slug)
	if err != nil {
		return nil, err
	}
	if _, err := tx.NewSelect().Model((*Product)(nil)).Column("id").Where("p.id = ?", id).For("UPDATE").Exec(ctx); err != nil {
		return nil, err
	}
	return ByID(ctx, tx, id)
}

// become writes what differs and tells whether anything did.
func (d *Detail) become(ctx context.Context, tx bun.Tx, n NewProduct) (changed bool, err error) {
	steps := []func(context.Context, bun.Tx, NewProduct) (bool, error){
		d.becomeOptions, d.becomeImages, d.becomeVariants, d.becomeCategories,
	}
	for _, step := range steps {
		did, err := step(ctx, tx, n)
		if err != nil {
			return false, err
		}
		changed = changed || did
	}
	edit := n.edit()
	edit.Position, edit.Subtitle = cmp.Or(edit.Position, d.Position), cmp.Or(edit.Subtitle, d.Subtitle)
	if !changed && d.Edit().equal(edit) {
		return false, nil
	}
	return true, d.store(ctx, tx, edit)
}

func (d *Detail) becomeOptions(ctx context.Context, tx bun.Tx, n NewProduct) (bool, error) {
	same := slices.EqualFunc(d.Options, n.Options, func(have Option, want NewOption) bool { return have.Name == want.Name })
	if !same {
		if _, err := tx.NewDelete().Model((*Option)(nil)).Where("product_id = ?", d.ID).Exec(ctx); err != nil {
			return false, err
		}
		d.Options = nil
		return true, d.addOptions(ctx, tx, n.Options)
	}
	changed := false
	for place, option := range n.Options {
		before := len(d.Options[place].Values)
		if err := d.addValues(ctx, tx, place, option.Values); err != nil {
			return false, err
		}
		changed = changed || len(d.Options[place].Values) > before
	}
	return changed, nil
}

// becomeImages adds pictures that come from nowhere known yet, and corrects the words of those that are there.
func (d *Detail) becomeImages(ctx context.Context, tx bun.Tx, n NewProduct) (bool, error) {
	changed := false
	var missing []NewImage
	for _, want := range n.Images {
		place := d.findImage(want)
		if place < 0 {
			missing = append(missing, want)
			continue
		}
		alt := clean(want.Alt, 1<<16)
		if alt == "" || d.Images[place].Alt == alt {
			continue
		}
		d.Images[place].Alt, changed = alt, true
		if _, err := tx.NewUpdate().Model(&d.Images[place]).WherePK().Column("alt").Exec(ctx); err != nil {
			return false, err
		}
	}
	return changed || len(missing) > 0, d.addImages(ctx, tx, missing)
}

func (d *Detail) findImage(want NewImage) int {
	return slices.IndexFunc(d.Images, func(have Image) bool {
		if want.SourceURL != "" {
			return have.SourceURL == want.SourceURL
		}
		return have.URL == want.URL
	})
}

func (d *Detail) becomeVariants(ctx context.Context, tx bun.Tx, n NewProduct) (bool, error) {
	pictures := make([]Image, len(n.Images)) // what NewVariant.Image counts, as they are stored
	for i, image := range n.Images {
		pictures[i] = d.Images[d.findImage(image)]
	}
	rest, changed := d.Variants, false
	d.Variants = nil
	for _, want := range n.Variants {
		place := findVariant(rest, want)
		if place < 0 {
			changed = true
			if err := d.addVariants(ctx, tx, []NewVariant{want}, pictures); err != nil {
				return false, err
			}
			continue
		}
		offer := rest[place]
		rest = slices.Delete(slices.Clone(rest), place, place+1)
		did, err := offer.become(ctx, tx, want.variant(pictures))
		if err != nil {
			return false, err
		}
		changed = changed || did
		d.Variants = append(d.Variants, offer)
	}
	for _, offer := range rest {
		if len(offer.Variant.Options) == len(d.Options) && d.describes(offer.Variant.Options) {
			d.Variants = append(d.Variants, offer)
			continue
		}
		changed = true
		if _, err := tx.NewDelete().Model(&offer.Variant).WherePK().Exec(ctx); err != nil {
			return false, err
		}
	}
	return changed, nil
}

// describes tells whether the product's options have these values.
func (d *Detail) describes(values []string) bool {
	for place, value := range values {
		if !slices.ContainsFunc(d.Options[place].Values, func(have OptionValue) bool { return have.Value == value }) {
			return false
		}
	}
	return true
}

// findVariant is the variant with the same values, else the one with the same SKU.
func findVariant(offers []Offer, want NewVariant) int {
	place := slices.IndexFunc(offers, func(o Offer) bool { return slices.Equal(o.Variant.Options, want.Options) })
	if place < 0 && want.SKU != "" {
		place = slices.IndexFunc(offers, func(o Offer) bool { return o.SKU == want.SKU })
	}
	return place
}

// become stores what differs in a variant as its next version.
func (o *Offer) become(ctx context.Context, tx bun.Tx, want Variant) (bool, error) {
	now := &o.Variant
	if want.ImageID == nil {
		want.ImageID = now.ImageID
	}
	same := now.SKU == want.SKU && now.Barcode == want.Barcode && now.Title == want.Title && slices.Equal(now.Options, want.Options) &&
		now.Price == want.Price && equal(now.CompareAtPrice, want.CompareAtPrice) && equal(now.Cost, want.Cost) &&
		now.WeightGrams == want.WeightGrams && now.RequiresShipping == want.RequiresShipping && now.Taxable == want.Taxable &&
		equal(now.ImageID, want.ImageID)
	if same {
		return false, nil
	}
	want.ID, want.ProductID, want.Position, want.Metadata = now.ID, now.ProductID, now.Position, now.Metadata
	want.Owned, want.CreatedAt, want.Version = now.Owned, now.CreatedAt, now.Version+1
	_, err := tx.NewUpdate().Model(&want).WherePK().Set("updated_at = now()").
		Column("sku", "barcode", "title", "options", "price", "compare_at_price", "cost", "weight_grams",
			"requires_shipping", "taxable", "image_id", "version").Exec(ctx)
	o.Variant = want
	return true, err
}

func equal(a, b *int64) bool {
	return (a == nil) == (b == nil) && (a == nil || *a == *b)
}

func (d *Detail) becomeCategories(ctx context.Context, tx bun.Tx, n NewProduct) (bool, error) {
	before := len(d.CategoryIDs)
	err := d.addCategories(ctx, tx, n.CategoryIDs)
	return len(d.CategoryIDs) > before, err
}
