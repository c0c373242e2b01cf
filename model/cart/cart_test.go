package cart_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"orion/model/cart"
	"orion/model/catalog"
	"orion/model/fault"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

// shop is a vendor with a database of its own.
type shop struct {
	t   *testing.T
	ctx context.Context
	db  *bun.DB
	all *postgres.DB
}

func newShop(t *testing.T) *shop {
	t.Helper()
	db := pgtest.New(t)
	return &shop{t: t, ctx: tenant.With(t.Context(), pgtest.Vendor(t, db, "kaffa")), db: db.Shop, all: db}
}

// sells adds a product with one variant, of which onHand are there, and returns the variant's id.
func (s *shop) sells(title string, price int64, onHand int) int64 {
	s.t.Helper()
	var id int64
	s.scan(&id, `
		WITH p AS (
			INSERT INTO products (vendor_id, slug, title, status) VALUES (current_vendor(), ?0, ?0, 'active') RETURNING id
		), img AS (
			INSERT INTO product_images (vendor_id, product_id, url, alt, width, height)
			SELECT current_vendor(), id, '/pictures/' || ?0 || '.svg', 'A bag of ' || ?0, 800, 600 FROM p
		), o AS (
			INSERT INTO product_options (vendor_id, product_id, name, position)
			SELECT current_vendor(), id, 'Size', 0 FROM p
		), v AS (
			INSERT INTO product_variants (vendor_id, product_id, sku, title, options, price, compare_at_price)
			SELECT current_vendor(), id, 'SKU-' || ?0, '250 g', '{250 g}', ?1, ?1 + 100 FROM p RETURNING id
		), i AS (
			INSERT INTO inventory (vendor_id, variant_id, on_hand) SELECT current_vendor(), id, ?2 FROM v
		)
		SELECT id FROM v`, title, price, onHand)
	return id
}

func (s *shop) scan(dest any, query string, args ...any) {
	s.t.Helper()
	if err := s.db.NewRaw(query, args...).Scan(s.ctx, dest); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) exec(query string, args ...any) {
	s.t.Helper()
	if _, err := s.db.NewRaw(query, args...).Exec(s.ctx); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) add(token uuid.UUID, variantID int64, quantity int) (uuid.UUID, cart.Change) {
	s.t.Helper()
	token, change, err := cart.Add(s.ctx, s.db, token, variantID, quantity)
	if err != nil {
		s.t.Fatal(err)
	}
	return token, change
}

func (s *shop) show(token uuid.UUID) *cart.View {
	s.t.Helper()
	view, err := cart.Show(s.ctx, s.db, token)
	if err != nil {
		s.t.Fatal(err)
	}
	return view
}

func (s *shop) wantCount(token uuid.UUID, want int) {
	s.t.Helper()
	if got, err := cart.Count(s.ctx, s.db, token); err != nil || got != want {
		s.t.Errorf("the cart counts %d, want %d (%v)", got, want, err)
	}
}

func TestAddMakesACartAndShowsIt(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	yirga, kenya := s.sells("Yirga", 1250, 10), s.sells("Kenya", 1400, 3)

	token, change := s.add(uuid.Nil, yirga, 2)
	if token == uuid.Nil || change != (cart.Change{Wanted: 2, Got: 2}) {
		t.Fatalf("token %v, %+v", token, change)
	}
	if same, change := s.add(token, yirga, 3); same != token || change != (cart.Change{Wanted: 5, Got: 5}) {
		t.Fatalf("again: %v, %+v", same, change)
	}
	s.add(token, kenya, 1)

	view := s.show(token)
	if len(view.Lines) != 2 || view.Count != 6 || view.Subtotal != 5*1250+1400 || view.Blocked || view.Token != token {
		t.Fatalf("%+v", view)
	}
	line := view.Lines[0]
	want := cart.Line{
		VariantID: yirga, ProductID: line.ProductID, ProductSlug: "Yirga", ProductTitle: "Yirga", VariantTitle: "250 g",
		SKU: "SKU-Yirga", UnitPrice: 1250, CompareAt: 1350, Quantity: 5, MaxQuantity: 10, Total: 6250,
		Availability: catalog.InStock, RequiresShipping: true, Taxable: true,
	}
	options, image := line.Options, line.Image
	line.Options, line.Image = nil, nil
	if fmt.Sprintf("%+v", line) != fmt.Sprintf("%+v", want) {
		t.Errorf("line\n%+v, want\n%+v", line, want)
	}
	if len(options) != 1 || options[0] != (cart.Option{Name: "Size", Value: "250 g"}) {
		t.Errorf("options %v", options)
	}
	if image == nil || *image != (cart.Image{URL: "/pictures/Yirga.svg", Alt: "A bag of Yirga", Width: 800, Height: 600}) {
		t.Errorf("image %+v", image)
	}
	if view.Lines[1].Availability != catalog.Low {
		t.Errorf("3 left are %q", view.Lines[1].Availability)
	}
	s.wantCount(token, 6)

	s.exec(`UPDATE product_variants SET price = 999 WHERE id = ?`, yirga)
	if got := s.show(token).Lines[0]; got.UnitPrice != 999 || got.Total != 5*999 {
		t.Errorf("the price does not follow the catalogue: %+v", got)
	}
}

func TestAddStopsAtTheStock(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	few, none := s.sells("Few", 100, 3), s.sells("None", 100, 0)
	backorder, untracked := s.sells("Backorder", 100, 0), s.sells("Untracked", 100, 0)
	s.exec(`UPDATE inventory SET policy = 'backorder' WHERE variant_id = ?`, backorder)
	s.exec(`UPDATE inventory SET tracked = false WHERE variant_id = ?`, untracked)
	uncounted := s.sells("Uncounted", 100, 9)
	s.exec(`DELETE FROM inventory WHERE variant_id = ?`, uncounted)
	reserved := s.sells("Reserved", 100, 9)
	s.exec(`UPDATE inventory SET reserved = 8 WHERE variant_id = ?`, reserved)

	for _, c := range []struct {
		name    string
		variant int64
		add     int
		want    cart.Change
	}{
		{"more than there are", few, 5, cart.Change{Wanted: 5, Got: 3, Reason: cart.Stock}},
		{"exactly what there is", few, 3, cart.Change{Wanted: 3, Got: 3}},
		{"sold out", none, 1, cart.Change{Wanted: 1, Reason: cart.SoldOut}},
		{"backorder", backorder, 50, cart.Change{Wanted: 50, Got: 50}},
		{"untracked", untracked, 50, cart.Change{Wanted: 50, Got: 50}},
		{"without an inventory row", uncounted, 1, cart.Change{Wanted: 1, Reason: cart.SoldOut}},
		{"reserved for others", reserved, 2, cart.Change{Wanted: 2, Got: 1, Reason: cart.Stock}},
		{"absurdly many", untracked, 1 << 40, cart.Change{Wanted: 1 << 40, Got: 9999, Reason: cart.Most}},
		{"absurdly many of few", few, 1 << 40, cart.Change{Wanted: 1 << 40, Got: 3, Reason: cart.Stock}},
	} {
		token, change := s.add(uuid.Nil, c.variant, c.add)
		if change != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, change, c.want)
		}
		if (token == uuid.Nil) != (c.want.Got == 0) {
			t.Errorf("%s: token %v", c.name, token)
		}
		s.wantCount(token, c.want.Got)
	}

	token, _ := s.add(uuid.Nil, few, 2)
	if _, change := s.add(token, few, 2); change != (cart.Change{Wanted: 4, Got: 3, Reason: cart.Stock}) {
		t.Errorf("adding to a line beyond the stock: %+v", change)
	}
	s.exec(`UPDATE inventory SET on_hand = 0 WHERE variant_id = ?`, few)
	if same, change := s.add(token, few, 1); same != token || change.Reason != cart.SoldOut {
		t.Errorf("adding what sold out meanwhile: %+v", change)
	}
	s.wantCount(token, 3) // what was in the cart stays until the buyer decides
}

func TestAddRefusesWhatIsNotSoldHere(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	foreignShop := &shop{t: t, ctx: tenant.With(t.Context(), pgtest.Vendor(t, s.all, "bloom")), db: s.db, all: s.all}
	foreign := foreignShop.sells("Fern", 100, 9)
	deleted, draft, archived, gone := s.sells("Deleted", 1, 9), s.sells("Draft", 1, 9), s.sells("Archived", 1, 9), s.sells("Gone", 1, 9)
	s.exec(`UPDATE product_variants SET deleted_at = now() WHERE id = ?`, deleted)
	s.exec(`UPDATE products SET status = 'draft' WHERE slug = 'Draft'`)
	s.exec(`UPDATE products SET status = 'archived' WHERE slug = 'Archived'`)
	s.exec(`UPDATE products SET deleted_at = now() WHERE slug = 'Gone'`)
	for name, id := range map[string]int64{
		"another shop's": foreign, "deleted": deleted, "draft": draft, "archived": archived, "of a deleted product": gone,
		"unknown": 1 << 60, "zero": 0, "negative": -1,
	} {
		token, _, err := cart.Add(s.ctx, s.db, uuid.Nil, id, 1)
		if !errors.Is(err, fault.NotFound) || token != uuid.Nil {
			t.Errorf("a variant that is %s: %v, %v", name, token, err)
		}
	}
	good := s.sells("Good", 1, 9)
	for _, quantity := range []int{0, -1, -1 << 40} {
		_, _, err := cart.Add(s.ctx, s.db, uuid.Nil, good, quantity)
		if _, ok := errors.AsType[*fault.Invalid](err); !ok {
			t.Errorf("quantity %d: %v", quantity, err)
		}
	}
	var carts int
	if s.scan(&carts, `SELECT count(*) FROM carts`); carts != 0 {
		t.Errorf("%d carts were made for nothing", carts)
	}
	token, _ := s.add(uuid.Nil, good, 1)
	if view, err := cart.Show(foreignShop.ctx, s.db, token); err != nil || !view.Empty() {
		t.Errorf("another shop sees the cart: %+v, %v", view, err)
	}
}

func TestAnOrderedCartIsNotUsedAgain(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	variant := s.sells("Yirga", 1250, 10)
	token, _ := s.add(uuid.Nil, variant, 2)
	s.exec(`UPDATE carts SET status = 'ordered' WHERE token = ?`, token)

	s.wantCount(token, 0)
	if !s.show(token).Empty() {
		t.Error("an ordered cart shows its lines")
	}
	if _, err := cart.SetQuantity(s.ctx, s.db, token, variant, 1); !errors.Is(err, fault.NotFound) {
		t.Errorf("change an ordered cart: %v", err)
	}
	if _, err := cart.Remove(s.ctx, s.db, token, variant); !errors.Is(err, fault.NotFound) {
		t.Errorf("remove from an ordered cart: %v", err)
	}
	fresh, change := s.add(token, variant, 1)
	if fresh == token || change.Got != 1 {
		t.Errorf("add to an ordered cart: %v, %+v", fresh, change)
	}
	s.wantCount(fresh, 1)

	s.exec(`UPDATE carts SET status = 'abandoned' WHERE token = ?`, fresh)
	if same, _ := s.add(fresh, variant, 1); same != fresh {
		t.Error("an abandoned cart is not taken up again")
	}
	if found, err := cart.Lookup(s.ctx, s.db, fresh); err != nil || found.Status != cart.StatusOpen {
		t.Errorf("%+v, %v", found, err)
	}
	if _, err := cart.Lookup(s.ctx, s.db, uuid.New()); !errors.Is(err, fault.NotFound) {
		t.Errorf("a token of nobody: %v", err)
	}
}

func TestSetQuantityAndRemove(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	variant := s.sells("Yirga", 1250, 4)
	token, _ := s.add(uuid.Nil, variant, 2)
	set := func(quantity int, want cart.Change) {
		t.Helper()
		if got, err := cart.SetQuantity(s.ctx, s.db, token, variant, quantity); err != nil || got != want {
			t.Errorf("set %d: %+v, %v, want %+v", quantity, got, err, want)
		}
	}
	set(3, cart.Change{Wanted: 3, Got: 3})
	set(9, cart.Change{Wanted: 9, Got: 4, Reason: cart.Stock})
	s.wantCount(token, 4)
	set(1<<40, cart.Change{Wanted: 1 << 40, Got: 4, Reason: cart.Stock})
	set(1, cart.Change{Wanted: 1, Got: 1})

	removed, err := cart.Remove(s.ctx, s.db, token, variant)
	if err != nil || removed != (cart.Removed{VariantID: variant, Quantity: 1, ProductTitle: "Yirga", VariantTitle: "250 g"}) {
		t.Fatalf("%+v, %v", removed, err)
	}
	s.wantCount(token, 0)
	if _, err := cart.Remove(s.ctx, s.db, token, variant); !errors.Is(err, fault.NotFound) {
		t.Errorf("remove it again: %v", err)
	}
	if same, _ := s.add(token, removed.VariantID, removed.Quantity); same != token { // undo
		t.Error("undo made another cart")
	}
	s.wantCount(token, 1)
	set(0, cart.Change{})
	s.wantCount(token, 0)
	if _, err := cart.SetQuantity(s.ctx, s.db, token, variant, 1); !errors.Is(err, fault.NotFound) {
		t.Errorf("a line that is not there: %v", err)
	}
	_, err = cart.SetQuantity(s.ctx, s.db, token, variant, -1)
	if _, ok := errors.AsType[*fault.Invalid](err); !ok {
		t.Errorf("a negative quantity: %v", err)
	}
}

func TestShowSaysWhatCannotBeBought(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	fewer, none, gone, fine := s.sells("Fewer", 100, 5), s.sells("None", 100, 5), s.sells("Gone", 100, 5), s.sells("Fine", 100, 5)
	var token uuid.UUID
	for _, id := range []int64{fewer, none, gone, fine} {
		token, _ = s.add(token, id, 4)
	}
	s.exec(`UPDATE inventory SET on_hand = 3 WHERE variant_id = ?`, fewer)
	s.exec(`UPDATE inventory SET on_hand = 0 WHERE variant_id = ?`, none)
	s.exec(`UPDATE products SET deleted_at = now() WHERE slug = 'Gone'`)
	view := s.show(token)
	if !view.Blocked || view.Count != 16 || view.Subtotal != 800 {
		t.Errorf("%+v", view)
	}
	for i, want := range []struct {
		problem cart.Problem
		most    int
	}{{cart.OnlyLeft, 3}, {cart.LineSoldOut, 0}, {cart.Gone, 0}, {cart.NoProblem, 5}} {
		if line := view.Lines[i]; line.Problem != want.problem || line.MaxQuantity != want.most {
			t.Errorf("%s: %q, %d", line.ProductTitle, line.Problem, line.MaxQuantity)
		}
	}
	for _, id := range []int64{none, gone} {
		change, err := cart.SetQuantity(s.ctx, s.db, token, id, 2)
		if err != nil || change != (cart.Change{Wanted: 2, Reason: cart.SoldOut}) {
			t.Errorf("change what cannot be bought: %+v, %v", change, err)
		}
		if _, err := cart.Remove(s.ctx, s.db, token, id); err != nil {
			t.Errorf("remove it: %v", err)
		}
	}
	if _, err := cart.SetQuantity(s.ctx, s.db, token, fewer, 3); err != nil {
		t.Error(err)
	}
	if view := s.show(token); view.Blocked || view.Subtotal != 700 {
		t.Errorf("put right: %+v", view)
	}
}

func TestACartHoldsSoManyLines(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	var token uuid.UUID
	for i := range cart.MaxLines {
		token, _ = s.add(token, s.sells(fmt.Sprint("Product ", i), 100, 9), 1)
	}
	if same, change := s.add(token, s.sells("One more", 100, 9), 2); same != token || change != (cart.Change{Wanted: 2, Reason: cart.Full}) {
		t.Errorf("%+v", change)
	}
	if first := s.show(token).Lines[0]; first.Quantity != 1 {
		t.Error("a line changed")
	} else if _, change := s.add(token, first.VariantID, 1); change.Got != 2 {
		t.Errorf("more of what is there: %+v", change)
	}
	s.wantCount(token, cart.MaxLines+1)
}

func TestRoundTrips(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	variant := s.sells("Yirga", 1250, 10)
	token, _ := s.add(uuid.Nil, variant, 1)
	for name, step := range map[string]func(context.Context) error{
		"Add to a new cart": func(ctx context.Context) error { _, _, err := cart.Add(ctx, s.db, uuid.Nil, variant, 1); return err },
		"Add to a cart":     func(ctx context.Context) error { _, _, err := cart.Add(ctx, s.db, token, variant, 1); return err },
		"SetQuantity":       func(ctx context.Context) error { _, err := cart.SetQuantity(ctx, s.db, token, variant, 2); return err },
		"Show":              func(ctx context.Context) error { _, err := cart.Show(ctx, s.db, token); return err },
		"Count":             func(ctx context.Context) error { _, err := cart.Count(ctx, s.db, token); return err },
	} {
		ctx, counter := postgres.CountQueries(s.ctx)
		if err := step(ctx); err != nil || counter.Count() != 1 {
			t.Errorf("%s took %d queries, want 1 (%v)", name, counter.Count(), err)
		}
	}
}
