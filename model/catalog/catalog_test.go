package catalog_test

import (
	"context"
	"testing"
	"time"

	"orion/model/audit"
	"orion/model/catalog"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

var owner = audit.By{Kind: audit.Vendor, Actor: "owner@kaffa.test", RequestID: "r1"}

// world is a database with two shops that sell the same things, so that each test would see a leak.
type world struct {
	db    *postgres.DB
	kaffa context.Context
	bloom context.Context
}

func newWorld(t *testing.T) world {
	t.Helper()
	db := pgtest.New(t)
	w := world{db: db}
	w.kaffa = tenant.With(t.Context(), pgtest.Vendor(t, db, "kaffa"))
	w.bloom = tenant.With(t.Context(), pgtest.Vendor(t, db, "bloom"))
	return w
}

// shirt is a product with two options: every size in blue and red, but no large red one; small red is sold out.
func shirt() catalog.NewProduct {
	return catalog.NewProduct{
		Title: "Linen Shirt", Subtitle: "For summer", Brand: "Norrsken", Kind: "Shirt", Tags: []string{"clothing"},
		Description: "<p>Breathes like nothing else, naturally waterproof.</p>", Status: catalog.StatusActive, Position: 1,
		Options: []catalog.NewOption{
			{Name: "Size", Values: []catalog.NewValue{{Value: "S"}, {Value: "M"}, {Value: "L"}}},
			{Name: "Colour", Values: []catalog.NewValue{{Value: "Blue", Swatch: "#0000ff"}, {Value: "Red", Swatch: "#ff0000"}}},
		},
		Images: []catalog.NewImage{{URL: "/a.svg", Alt: "Front"}, {URL: "/b.svg", Alt: "Back"}},
		Variants: []catalog.NewVariant{
			{SKU: "LS-S-B", Options: []string{"S", "Blue"}, Price: 4000, CompareAt: 5000, Stock: catalog.NewStock{OnHand: 10}, Image: 1},
			{SKU: "LS-S-R", Options: []string{"S", "Red"}, Price: 4000},
			{SKU: "LS-M-B", Options: []string{"M", "Blue"}, Price: 4000, Stock: catalog.NewStock{OnHand: 3}},
			{SKU: "LS-M-R", Options: []string{"M", "Red"}, Price: 4500, Stock: catalog.NewStock{Backorder: true}},
			{SKU: "LS-L-B", Options: []string{"L", "Blue"}, Price: 6000, Stock: catalog.NewStock{Untracked: true}},
		},
	}
}

// mug is a product without options.
func mug(title string, price int64, onHand int) catalog.NewProduct {
	return catalog.NewProduct{Title: title, Kind: "Mug", Status: catalog.StatusActive, Position: 2, PublishedAt: time.Now().Add(-90 * 24 * time.Hour),
		Variants: []catalog.NewVariant{{Price: price, Stock: catalog.NewStock{OnHand: onHand}}}}
}

func (w world) make(t *testing.T, ctx context.Context, n catalog.NewProduct) *catalog.Detail {
	t.Helper()
	made, err := catalog.Create(ctx, w.db.Shop, n, owner)
	if err != nil {
		t.Fatalf("create %q: %v", n.Title, err)
	}
	return made
}

func (w world) category(t *testing.T, ctx context.Context, name string, parent int64) int64 {
	t.Helper()
	made, err := catalog.CreateCategory(ctx, w.db.Shop, catalog.NewCategory{Name: name, ParentID: parent}, owner)
	if err != nil {
		t.Fatalf("create category %q: %v", name, err)
	}
	return made.ID
}

// audits counts the audit rows of an action.
func (w world) audits(t *testing.T, ctx context.Context, action string) int {
	t.Helper()
	count, err := w.db.Shop.NewSelect().TableExpr("audit_log").Where("vendor_id = current_vendor() AND action = ?", action).Count(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return int(count)
}

func titles(cards []catalog.Card) []string {
	list := []string{}
	for _, card := range cards {
		list = append(list, card.Title)
	}
	return list
}

// list is a listing that must work.
func (w world) list(t *testing.T, f catalog.Filter) *catalog.Listing {
	t.Helper()
	listing, err := catalog.List(w.kaffa, w.db.Shop, f)
	if err != nil {
		t.Fatalf("list %+v: %v", f, err)
	}
	return listing
}
