package catalog_test

import (
	"errors"
	"strings"
	"testing"

	"orion/model/catalog"
	"orion/model/fault"
	"orion/model/stock"
)

func TestCreateNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, tt := range []struct {
		field  string
		change func(*catalog.NewProduct)
	}{
		{"title", func(n *catalog.NewProduct) { n.Title = " \x00 " }},
		{"title", func(n *catalog.NewProduct) { n.Title = strings.Repeat("x", 256) }},
		{"status", func(n *catalog.NewProduct) { n.Status = "sold" }},
		{"variants", func(n *catalog.NewProduct) { n.Variants = nil }},
		{"variants.0.price", func(n *catalog.NewProduct) { n.Variants[0].Price = -1 }},
		{"variants.1.options", func(n *catalog.NewProduct) { n.Variants[1].Options = []string{"S", "Blue"} }},
		{"variants.0.options", func(n *catalog.NewProduct) { n.Variants[0].Options = []string{"S"} }},
		{"variants.1.sku", func(n *catalog.NewProduct) { n.Variants[1].SKU = "LS-S-B" }},
		{"variants.0.stock", func(n *catalog.NewProduct) { n.Variants[0].Stock.OnHand = -1 }},
		{"variants.0.image", func(n *catalog.NewProduct) { n.Variants[0].Image = 9 }},
		{"options", func(n *catalog.NewProduct) { n.Options[1].Name = "Size" }},
		{"swatch", func(n *catalog.NewProduct) { n.Options[1].Values[0].Swatch = "blue" }},
		{"categories", func(n *catalog.NewProduct) { n.CategoryIDs = []int64{w.category(t, w.bloom, "Foreign", 0)} }},
	} {
		n := shirt()
		tt.change(&n)
		_, err := catalog.Create(w.kaffa, w.db.Shop, n, owner)
		invalid, ok := errors.AsType[*fault.Invalid](err)
		if !ok || invalid.Fields[tt.field] == "" {
			t.Errorf("%s: %v", tt.field, err)
		}
	}
	if l := w.list(t, catalog.Filter{}); l.Total != 0 {
		t.Errorf("%d products were made by halves", l.Total)
	}
	w.make(t, w.kaffa, shirt())
	other := shirt()
	other.Title = "Another"
	if _, err := catalog.Create(w.kaffa, w.db.Shop, other, owner); err == nil || !strings.Contains(err.Error(), "sku") {
		t.Errorf("an SKU that is taken: %v", err)
	}
	w.make(t, w.bloom, shirt()) // another shop's SKUs and addresses are its own
}

func TestCreateKeepsTheLedgerAndAudit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first, second := w.make(t, w.kaffa, mug("Blue Mug", 1, 7)), w.make(t, w.kaffa, mug("Blue Mug", 1, 0))
	if first.Slug != "blue-mug" || second.Slug != "blue-mug-2" {
		t.Errorf("slugs %s, %s", first.Slug, second.Slug)
	}
	if wrong, err := stock.Verify(w.kaffa, w.db.Shop); err != nil || len(wrong) > 0 {
		t.Errorf("ledger: %v %v", wrong, err)
	}
	if got := w.audits(t, w.kaffa, "product.created"); got != 2 {
		t.Errorf("%d audit rows", got)
	}
}

func TestDescriptionsAreSanitised(t *testing.T) {
	t.Parallel()
	dirty := `<h1>A</h1><p style="x" class="hidden" id="cart" onclick="x()" hx-get="/x" x-data="{}" data-hx-get="y">Soft <b>and</b> warm</p>` +
		`<script>alert(1)</script><img src="//evil.test/x.png" onerror=x><a href="javascript:x">1</a><a href="https://a.test/">2</a><iframe src="x"></iframe><table><tr><td colspan="2">T</td></tr></table>`
	clean := catalog.Sanitise(dirty)
	for _, bad := range []string{"style", "class", "id=", "onclick", "hx-", "x-data", "script", "img", "iframe", "javascript", "h1"} {
		if strings.Contains(clean, bad) {
			t.Errorf("%q stays in %s", bad, clean)
		}
	}
	for _, good := range []string{"<p>Soft <b>and</b> warm</p>", `<td colspan="2">T</td>`, `<a href="https://a.test/"`} {
		if !strings.Contains(clean, good) {
			t.Errorf("%q is gone from %s", good, clean)
		}
	}
	if again := catalog.Sanitise(clean); again != clean {
		t.Errorf("twice gives %s, once %s", again, clean)
	}
	w := newWorld(t)
	n := mug("Mug", 1, 1)
	n.Description = dirty
	made := w.make(t, w.kaffa, n)
	edit := made.Edit()
	edit.Title, edit.Description = "Cup", dirty
	updated, err := catalog.Update(w.kaffa, w.db.Shop, made.ID, 1, edit, owner)
	if err != nil || made.Description != clean || updated.Description != clean {
		t.Errorf("stored %q and %q, %v", made.Description, updated.Description, err)
	}
}

func TestUpdateRefusesAnOldVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.make(t, w.kaffa, mug("Mug", 1, 1))
	edit := made.Edit()
	if same, err := catalog.Update(w.kaffa, w.db.Shop, made.ID, 1, edit, owner); err != nil || same.Version != 1 {
		t.Errorf("an edit that changes nothing: version %d, %v", same.Version, err)
	}
	edit.Title = "Cup"
	if cup, err := catalog.Update(w.kaffa, w.db.Shop, made.ID, 1, edit, owner); err != nil || cup.Version != 2 || cup.Title != "Cup" {
		t.Errorf("updated: %+v, %v", cup, err)
	}
	edit.Title = "Bowl"
	if _, err := catalog.Update(w.kaffa, w.db.Shop, made.ID, 1, edit, owner); !errors.Is(err, fault.Conflict) {
		t.Errorf("an old version: %v", err)
	}
	if _, err := catalog.Update(w.bloom, w.db.Shop, made.ID, 2, edit, owner); !errors.Is(err, fault.NotFound) {
		t.Errorf("another shop: %v", err)
	}
	if got := w.audits(t, w.kaffa, "product.updated"); got != 1 {
		t.Errorf("%d audit rows, want 1", got)
	}
}

func TestRenamesLeadOnWithoutChains(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.make(t, w.kaffa, mug("One", 1, 1))
	for n, slug := range []string{"Two", "Three", "one"} {
		if err := catalog.Rename(w.kaffa, w.db.Shop, made.ID, n+1, slug, owner); err != nil {
			t.Fatal(err)
		}
	}
	for _, old := range []string{"two", "three"} {
		_, err := catalog.BySlug(w.kaffa, w.db.Shop, old)
		if moved, ok := errors.AsType[*catalog.Moved](err); !ok || moved.To != "one" {
			t.Errorf("%s leads to %v", old, err)
		}
		if _, err := catalog.BySlug(w.bloom, w.db.Shop, old); !errors.Is(err, fault.NotFound) {
			t.Errorf("another shop's %s: %v", old, err)
		}
	}
	if _, err := catalog.BySlug(w.kaffa, w.db.Shop, "one"); err != nil {
		t.Errorf("back at the first address: %v", err)
	}
	if err := catalog.Rename(w.kaffa, w.db.Shop, made.ID, 1, "four", owner); !errors.Is(err, fault.Conflict) {
		t.Errorf("an old version: %v", err)
	}
	w.make(t, w.kaffa, mug("Taken", 1, 1))
	if err := catalog.Rename(w.kaffa, w.db.Shop, made.ID, 4, "taken", owner); err == nil || !strings.Contains(err.Error(), "slug") {
		t.Errorf("a slug that is taken: %v", err)
	}
	if err := catalog.Delete(w.kaffa, w.db.Shop, made.ID, owner); err != nil {
		t.Fatal(err)
	}
	if _, err := catalog.BySlug(w.kaffa, w.db.Shop, "two"); !errors.Is(err, fault.NotFound) {
		t.Errorf("a redirect to a deleted product: %v", err)
	}
	category := w.category(t, w.kaffa, "Cups", 0)
	if err := catalog.RenameCategory(w.kaffa, w.db.Shop, category, 1, "Mugs", owner); err != nil {
		t.Fatal(err)
	}
	_, err := catalog.List(w.kaffa, w.db.Shop, catalog.Filter{CategorySlug: "cups"})
	if moved, ok := errors.AsType[*catalog.Moved](err); !ok || moved.To != "mugs" {
		t.Errorf("the old category: %v", err)
	}
}

func TestDeletedProductsFreeTheirNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.make(t, w.kaffa, shirt())
	if err := catalog.Delete(w.kaffa, w.db.Shop, made.ID, owner); err != nil {
		t.Fatal(err)
	}
	if err := catalog.Delete(w.kaffa, w.db.Shop, made.ID, owner); !errors.Is(err, fault.NotFound) {
		t.Errorf("deleting twice: %v", err)
	}
	again := w.make(t, w.kaffa, shirt())
	if again.Slug != made.Slug {
		t.Errorf("the address was not free: %s", again.Slug)
	}
	if err := catalog.Restore(w.kaffa, w.db.Shop, made.ID, owner); err == nil {
		t.Error("two living products have one address")
	}
	if err := catalog.Delete(w.kaffa, w.db.Shop, again.ID, owner); err != nil {
		t.Fatal(err)
	}
	if err := catalog.Restore(w.kaffa, w.db.Shop, made.ID, owner); err != nil {
		t.Fatal(err)
	}
	d, err := catalog.BySlug(w.kaffa, w.db.Shop, made.Slug)
	if err != nil || d.ID != made.ID || len(d.Variants) != 5 {
		t.Errorf("restored: %+v, %v", d, err)
	}
}

func TestPutWritesOnlyWhatDiffers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	put := func(n catalog.NewProduct, want catalog.Outcome) *catalog.Detail {
		t.Helper()
		d, outcome, err := catalog.Put(w.kaffa, w.db.Shop, n, owner)
		if err != nil || outcome != want {
			t.Fatalf("%s, %v; want %s", outcome, err, want)
		}
		return d
	}
	n := shirt()
	first := put(n, catalog.Created)
	if again := put(n, catalog.Unchanged); again.Version != 1 || again.ID != first.ID {
		t.Errorf("version %d of %d", again.Version, again.ID)
	}
	n.Variants[0].Price = 3900
	n.Variants = append(n.Variants, catalog.NewVariant{SKU: "LS-L-R", Options: []string{"L", "Red"}, Price: 1})
	n.Images = append(n.Images, catalog.NewImage{URL: "/c.svg"})
	changed := put(n, catalog.Updated)
	if changed.Version != 2 || len(changed.Variants) != 6 || len(changed.Images) != 3 || changed.Variants[0].Version != 2 || changed.Variants[1].Version != 1 {
		t.Errorf("changed: %+v", changed)
	}
	put(n, catalog.Unchanged)
	n.Options = []catalog.NewOption{{Name: "Fit", Values: []catalog.NewValue{{Value: "Slim"}}}}
	n.Variants = []catalog.NewVariant{{SKU: "LS-S-B", Options: []string{"Slim"}, Price: 3900}}
	if refit := put(n, catalog.Updated); len(refit.Variants) != 1 || refit.Variants[0].ID != first.Variants[0].ID {
		t.Errorf("other options: %+v", refit.Variants)
	}
	put(n, catalog.Unchanged)
	d, err := catalog.BySlug(w.kaffa, w.db.Shop, "linen-shirt")
	if err != nil || len(d.Variants) != 1 || len(d.Options) != 1 || d.Variants[0].Title != "Slim" {
		t.Errorf("stored: %+v, %v", d, err)
	}
	if got := w.audits(t, w.kaffa, "product.updated"); got != 2 {
		t.Errorf("%d audit rows, want 2", got)
	}
}
