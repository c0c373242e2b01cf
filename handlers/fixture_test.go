package handlers_test

import (
	"context"

	"orion/model/audit"
	"orion/model/catalog"
	"orion/model/tenant"
	"orion/postgres/pgtest"
)

// shop is one of the two vendors. What it sells:
//
//	espresso  250 g and 1 kg, whole or ground: 11.90, 11.90, 39.90 and, sold out, 39.90; 20 of each other
//	kettle    49.00, reduced from 59.00; 10
//	mug       14.50; 5, so that the page says how many are left
//	filters   5.90; none, but on backorder
//	course    25.00; not sent, not counted
//	grinder   99.00; sold out
//	secret    a draft
//
// bloom takes 11.00 more for each. Espresso is in Beans, which is in Coffee; all else is in Gear.
type shop struct {
	id         int64
	slug       string
	ctx        context.Context
	products   map[string]*catalog.Detail // by slug
	categories map[string]*catalog.Category
}

var fixtureBy = audit.By{Kind: audit.System, Actor: "fixture"}

func (p *platform) newShop(slug string, dearer int64) *shop {
	p.t.Helper()
	s := &shop{id: pgtest.Vendor(p.t, p.db, slug), slug: slug, products: map[string]*catalog.Detail{}, categories: map[string]*catalog.Category{}}
	s.ctx = tenant.With(p.t.Context(), s.id)
	for _, n := range []catalog.NewCategory{{Name: "Coffee"}, {Name: "Beans", Description: "Roasted on Mondays."}, {Name: "Gear"}} {
		if n.Name == "Beans" {
			n.ParentID = s.categories["coffee"].ID
		}
		made, err := catalog.CreateCategory(s.ctx, p.db.Shop, n, fixtureBy)
		p.must(err)
		s.categories[made.Slug] = made
	}
	for _, n := range s.sells(dearer) {
		made, err := catalog.Create(s.ctx, p.db.Shop, n, fixtureBy)
		p.must(err)
		s.products[made.Slug] = made
	}
	return s
}

func (s *shop) sells(dearer int64) []catalog.NewProduct {
	gear := []int64{s.categories["gear"].ID}
	one := func(title string, price int64, stock catalog.NewStock) catalog.NewProduct {
		return catalog.NewProduct{
			Title: title, Subtitle: title + " of " + s.slug, Status: catalog.StatusActive, Brand: s.slug, CategoryIDs: gear,
			Images:   []catalog.NewImage{{URL: "/assets/demo/kaffa/" + title + ".svg", Alt: title}},
			Variants: []catalog.NewVariant{{SKU: title, Price: price + dearer, Stock: stock}},
		}
	}
	kettle := one("Kettle", 4900, catalog.NewStock{OnHand: 10})
	kettle.Variants[0].CompareAt = 5900 + dearer
	course := one("Course", 2500, catalog.NewStock{Untracked: true})
	course.Variants[0].Digital = true
	secret := one("Secret", 100, catalog.NewStock{OnHand: 10})
	secret.Status = catalog.StatusDraft
	return []catalog.NewProduct{
		s.espresso(dearer), kettle, one("Mug", 1450, catalog.NewStock{OnHand: 5}), one("Filters", 590, catalog.NewStock{Backorder: true}),
		course, one("Grinder", 9900, catalog.NewStock{}), secret,
	}
}

func (s *shop) espresso(dearer int64) catalog.NewProduct {
	return catalog.NewProduct{
		Title: "Espresso", Subtitle: "Dark and sweet", Description: "<p>Chocolate & cherry.</p>", Status: catalog.StatusActive, Brand: s.slug,
		CategoryIDs: []int64{s.categories["beans"].ID},
		Images:      []catalog.NewImage{{URL: "/assets/demo/kaffa/bag.svg", Alt: "A bag"}, {URL: "https://pictures.test/kilo.jpg", Alt: "A kilo"}},
		Options: []catalog.NewOption{
			{Name: "Size", Values: []catalog.NewValue{{Value: "250 g"}, {Value: "1 kg"}}},
			{Name: "Grind", Values: []catalog.NewValue{{Value: "Whole"}, {Value: "Ground"}}},
		},
		Variants: []catalog.NewVariant{
			{SKU: "E-250-W", Options: []string{"250 g", "Whole"}, Price: 1190 + dearer, Image: 1, Stock: catalog.NewStock{OnHand: 20}},
			{SKU: "E-250-G", Options: []string{"250 g", "Ground"}, Price: 1190 + dearer, Image: 1, Stock: catalog.NewStock{OnHand: 20}},
			{SKU: "E-1K-W", Options: []string{"1 kg", "Whole"}, Price: 3990 + dearer, Image: 2, Stock: catalog.NewStock{OnHand: 20}},
			{SKU: "E-1K-G", Options: []string{"1 kg", "Ground"}, Price: 3990 + dearer, Image: 2, Stock: catalog.NewStock{}},
		},
	}
}

// variant is the id of a product's only or first variant.
func (s *shop) variant(slug string) int64 { return s.products[slug].Variants[0].ID }
