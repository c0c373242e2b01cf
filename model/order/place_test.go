package order_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"orion/model/cart"
	"orion/model/fault"
	"orion/model/money"
	"orion/model/order"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

func TestPlace(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	yirga, kenya := s.sells("Yirga", 1250, 10), s.sells("Kenya", 1400, 10)
	token := s.cartOf(2, yirga, kenya)
	placed := s.place(s.input(token))

	if placed.Number != 1 || placed.Label() != "K-1" || placed.Status != order.Pending || placed.PaymentStatus != order.PaymentUnpaid {
		t.Errorf("%+v", placed)
	}
	if placed.Subtotal != 5300 || placed.ShippingTotal != 0 || placed.TaxTotal != 846 || placed.Total != 5300 {
		t.Errorf("sums %d + %d, tax %d, total %d", placed.Subtotal, placed.ShippingTotal, placed.TaxTotal, placed.Total)
	}
	if placed.PaymentReference != "K-1" || placed.PaymentInstructions != "Transfer €53.00 with the words K-1." {
		t.Errorf("%q, %q", placed.PaymentReference, placed.PaymentInstructions)
	}
	if s.left(yirga) != 8 || s.left(kenya) != 8 {
		t.Errorf("left %d and %d", s.left(yirga), s.left(kenya))
	}
	if count, err := cart.Count(s.ctx, s.db, token); err != nil || count != 0 {
		t.Errorf("the cart still counts %d, %v", count, err)
	}
	s.wantOrders(1)

	// What is copied stays, whatever becomes of the product.
	s.exec(`UPDATE products SET title = 'Other', slug = 'other' || id`)
	s.exec(`UPDATE product_variants SET price = 1, sku = ''`)
	found, err := order.ByNumber(s.ctx, s.db, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := order.Item{
		VariantID: &yirga, SKU: "SKU-Yirga", ProductTitle: "Yirga", VariantTitle: "250 g", ProductSlug: "yirga",
		ImageURL: "/pictures/Yirga.svg", ImageAlt: "A bag of Yirga", ImageWidth: 800, ImageHeight: 600,
		Quantity: 2, UnitPrice: 1250, Total: 2500, TaxRateBP: 1900, TaxTotal: 399, RequiresShipping: true,
	}
	got := found.Items[0]
	got.ID, got.OrderID, got.VendorID = 0, 0, 0
	if len(found.Items) != 2 || !reflect.DeepEqual(got, want) {
		t.Errorf("item\n%+v, want\n%+v", got, want)
	}
	if found.Items[0].TaxTotal+found.Items[1].TaxTotal != found.TaxTotal || found.TaxLines()[0] != (order.TaxLine{RateBP: 1900, Amount: 846}) {
		t.Errorf("tax of the items does not add up: %+v", found.Items)
	}
	if found.ShippingAddress.City != "Berlin" || found.BillingAddress != nil || found.ShippingName != "Standard" || found.Note != "Ring twice.\nThank you." {
		t.Errorf("%+v", found)
	}
	var buyer struct{ Email, Name, Phone string }
	s.scan(&buyer, `SELECT email, name, phone FROM customers WHERE id = ?`, *found.CustomerID)
	if buyer.Email != "ada@example.com" || buyer.Name != "Ada Lovelace" || buyer.Phone != "+49 30 1234567" {
		t.Errorf("%+v", buyer)
	}
	var audited struct{ ActorKind, Actor, Subject, RequestID string }
	s.scan(&audited, `SELECT actor_kind, actor, subject, request_id FROM audit_log WHERE action = 'order.placed'`)
	if audited.ActorKind != "guest" || !strings.HasPrefix(audited.Actor, "customer:") || audited.Subject != "order:1" || audited.RequestID != "request-1" {
		t.Errorf("%+v", audited)
	}
}

func TestPlaceTakesNineStatements(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	in := s.input(s.cartOf(1, s.sells("Yirga", 1250, 10), s.sells("Kenya", 1400, 10)))
	ctx, counter := postgres.CountQueries(s.ctx)
	if _, err := order.Place(ctx, s.db, in); err != nil || counter.Count() != 9 {
		t.Errorf("%d statements, %v", counter.Count(), err)
	}
}

func TestTheSameCartIsTheSameOrder(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	variant := s.sells("Yirga", 1250, 10)
	in := s.input(s.cartOf(2, variant))
	first := s.place(in)
	in.Checkout.Note, in.Seen = "another note", nil
	again := s.place(in)
	if again.ID != first.ID || again.Note != first.Note || len(again.Items) != 1 || len(again.History) != 1 {
		t.Errorf("%+v", again)
	}
	if s.left(variant) != 8 {
		t.Errorf("left %d", s.left(variant))
	}
	if second := s.place(s.input(s.cartOf(1, variant))); second.Number != 2 || *second.CustomerID != *first.CustomerID {
		t.Errorf("%+v", second)
	}
	s.wantOrders(2)
}

func TestPlaceTellsWhatChanged(t *testing.T) {
	t.Parallel()
	eur := func(minor int64) money.Amount { return money.New(minor, "EUR") }
	for _, c := range []struct {
		name  string
		after string // what happens after the buyer looked; ?0 is the variant
		want  order.Message
	}{
		{"a price went up", `UPDATE product_variants SET price = 1500 WHERE id = ?0`,
			order.Message{Key: "changed.price", Args: []any{"title", "Yirga, 250 g", "was", eur(1250), "now", eur(1500)}}},
		{"a price went down", `UPDATE product_variants SET price = 1000 WHERE id = ?0`,
			order.Message{Key: "changed.price", Args: []any{"title", "Yirga, 250 g", "was", eur(1250), "now", eur(1000)}}},
		{"fewer are left", `UPDATE inventory SET on_hand = 1 WHERE variant_id = ?0`,
			order.Message{Key: "changed.only_left", Args: []any{"title", "Yirga, 250 g", "left", 1}}},
		{"sold out", `UPDATE inventory SET on_hand = 0 WHERE variant_id = ?0`,
			order.Message{Key: "changed.sold_out", Args: []any{"title", "Yirga, 250 g"}}},
		{"no longer sold", `UPDATE products SET status = 'archived' WHERE slug = 'yirga' AND ?0 > 0`,
			order.Message{Key: "changed.gone", Args: []any{"title", "Yirga, 250 g"}}},
		{"another tab took more", `UPDATE cart_items SET quantity = 3 WHERE variant_id = ?0`,
			order.Message{Key: "changed.quantity", Args: []any{"title", "Yirga, 250 g", "was", 2, "now", 3}}},
		{"another tab took it out", `DELETE FROM cart_items WHERE variant_id = ?0`,
			order.Message{Key: "changed.removed", Args: []any{"n", 1}}},
		{"another tab added something", `INSERT INTO cart_items (vendor_id, cart_id, variant_id, quantity)
			SELECT vendor_id, (SELECT id FROM carts), id, 1 FROM product_variants WHERE id NOT IN (SELECT variant_id FROM cart_items) AND ?0 > 0`,
			order.Message{Key: "changed.added", Args: []any{"title", "Other, 250 g"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			variant, kenya := s.sells("Yirga", 1250, 10), s.sells("Kenya", 700, 10)
			s.sells("Other", 100, 10)
			in := s.input(s.cartOf(2, variant, kenya))
			s.exec(c.after, variant)
			_, err := order.Place(s.ctx, s.db, in)
			changed, ok := errors.AsType[*order.Changed](err)
			if !ok || len(changed.Differences) != 1 || !reflect.DeepEqual(changed.Differences[0], c.want) {
				t.Fatalf("%+v, %v, want %+v", changed, err, c.want)
			}
			s.wantOrders(0)
			var left struct{ Sales, Customers, Counters int }
			s.scan(&left, `SELECT (SELECT count(*) FROM stock_movements WHERE reason = 'sale') AS sales,
				(SELECT count(*) FROM customers) AS customers, (SELECT count(*) FROM vendor_counters) AS counters`)
			if left.Sales+left.Customers+left.Counters != 0 {
				t.Errorf("something was done all the same: %+v", left)
			}
		})
	}
}

func TestPlaceTellsThatTheTotalChanged(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	in := s.input(s.cartOf(1, s.sells("Yirga", 1250, 10)))
	in.Settings.ShippingMethods[0].Price = 590
	_, err := order.Place(s.ctx, s.db, in)
	changed, ok := errors.AsType[*order.Changed](err)
	want := order.Message{Key: "changed.total", Args: []any{"was", money.New(1740, "EUR"), "now", money.New(1840, "EUR")}}
	if !ok || len(changed.Differences) != 1 || !reflect.DeepEqual(changed.Differences[0], want) {
		t.Fatalf("%+v, %v", changed, err)
	}
	in.Seen = order.ParseSeen("1840") // the total alone is enough
	if placed := s.place(in); placed.Total != 1840 {
		t.Errorf("%d", placed.Total)
	}
}

func TestPlaceRefuses(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	variant := s.sells("Yirga", 1250, 10)
	in := s.input(s.cartOf(1, variant))

	wrong := in
	wrong.Checkout.Email, wrong.Checkout.Shipping.Name = "", "\x00"
	_, err := order.Place(s.ctx, s.db, wrong)
	if problems, ok := errors.AsType[order.Problems](err); !ok || len(problems) != 2 {
		t.Errorf("a wrong form: %v", err)
	}
	empty := in
	empty.CartToken = uuid.New()
	if _, err := order.Place(s.ctx, s.db, empty); !errors.Is(err, fault.Conflict) {
		t.Errorf("a cart of nobody: %v", err)
	}
	emptied := in
	emptied.CartToken = s.cartOf(1, variant)
	if _, err := cart.Remove(s.ctx, s.db, emptied.CartToken, variant); err != nil {
		t.Fatal(err)
	}
	if _, err := order.Place(s.ctx, s.db, emptied); !errors.Is(err, fault.Conflict) {
		t.Errorf("an empty cart: %v", err)
	}
	elsewhere := tenant.With(t.Context(), pgtest.Vendor(t, s.all, "bloom"))
	if _, err := order.Place(elsewhere, s.db, in); !errors.Is(err, fault.Conflict) {
		t.Errorf("another shop's cart: %v", err)
	}
	if _, err := order.Place(t.Context(), s.db, in); !errors.Is(err, tenant.ErrNoScope) {
		t.Errorf("without a scope: %v", err)
	}
	s.wantOrders(0)
	s.place(in)
	s.wantOrders(1)
}

func TestPlaceKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	in := s.input(s.cartOf(1, s.sells("Yirga", 1250, 10)))
	in.Checkout.Shipping.Name = `Robert'); DROP TABLE orders; -- \ ?0 ?number "`
	in.Checkout.Note = "<script>alert(1)</script>\n'' 李小龍 🎁"
	in.Checkout.BillingDiffers, in.Checkout.Billing = true, order.Address{
		Name: "Ada Ltd", Line1: "1 Road", Postcode: "SW1A 1AA", City: "London", Country: "GB",
	}
	placed := s.place(in)
	found, err := order.Find(s.ctx, s.db, placed.Number, "ADA@example.com")
	if err != nil {
		t.Fatal(err)
	}
	if found.ShippingAddress != in.Checkout.Shipping || found.Note != in.Checkout.Note || *found.BillingAddress != in.Checkout.Billing {
		t.Errorf("%+v", found)
	}
}

func TestSeen(t *testing.T) {
	t.Parallel()
	want := order.Seen{Total: 2870, Lines: []order.SeenLine{{VariantID: 12, UnitPrice: 1190, Quantity: 2}, {VariantID: 13, UnitPrice: 0, Quantity: 1}}}
	if got := order.ParseSeen(want.String()); got == nil || got.Total != want.Total || !slices.Equal(got.Lines, want.Lines) {
		t.Errorf("%q: %+v", want.String(), got)
	}
	for _, text := range []string{"", "x", ",1x2:3", "99999999999999999999", "\x00"} {
		if got := order.ParseSeen(text); got != nil {
			t.Errorf("%q: %+v", text, got)
		}
	}
}
