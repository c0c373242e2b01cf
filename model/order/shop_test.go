package order_test

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"orion/model/cart"
	"orion/model/order"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

// shop is a vendor with a database of its own.
type shop struct {
	t   testing.TB
	ctx context.Context
	db  *bun.DB
	all *postgres.DB
}

func newShop(t testing.TB) *shop {
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
			INSERT INTO products (vendor_id, slug, title, status) VALUES (current_vendor(), lower(?0), ?0, 'active') RETURNING id
		), img AS (
			INSERT INTO product_images (vendor_id, product_id, url, alt, width, height)
			SELECT current_vendor(), id, '/pictures/' || ?0 || '.svg', 'A bag of ' || ?0, 800, 600 FROM p
		), v AS (
			INSERT INTO product_variants (vendor_id, product_id, sku, title, price)
			SELECT current_vendor(), id, 'SKU-' || ?0, '250 g', ?1 FROM p RETURNING id
		), i AS (
			INSERT INTO inventory (vendor_id, variant_id, on_hand) SELECT current_vendor(), id, ?2 FROM v RETURNING variant_id
		), m AS (
			INSERT INTO stock_movements (vendor_id, variant_id, delta, reason)
			SELECT current_vendor(), variant_id, ?2, 'initial' FROM i WHERE ?2 <> 0
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

// cartOf makes a cart that holds quantity of each variant.
func (s *shop) cartOf(quantity int, variants ...int64) uuid.UUID {
	s.t.Helper()
	var token uuid.UUID
	for _, id := range variants {
		var err error
		if token, _, err = cart.Add(s.ctx, s.db, token, id, quantity); err != nil {
			s.t.Fatal(err)
		}
	}
	return token
}

// input is a right checkout of a cart by somebody who saw it as it is now.
func (s *shop) input(token uuid.UUID) order.PlaceInput {
	s.t.Helper()
	in := order.PlaceInput{
		CartToken: token, Settings: settings(true), Payments: order.ManualPayments(), RequestID: "request-1", Checkout: read(filledIn()),
	}
	view, err := cart.Show(s.ctx, s.db, token)
	if err != nil {
		s.t.Fatal(err)
	}
	quote := order.Price(in.Settings, view.Lines, in.Checkout.Shipping.Country, in.Checkout.ShippingMethod)
	in.Seen = order.ParseSeen(order.See(view, quote).String())
	return in
}

func (s *shop) place(in order.PlaceInput) *order.Order {
	s.t.Helper()
	placed, err := order.Place(s.ctx, s.db, in)
	if err != nil {
		s.t.Fatal(err)
	}
	return placed
}

// left is how many of a variant are there; it also holds the ledger against it.
func (s *shop) left(variantID int64) int {
	s.t.Helper()
	var onHand, ledger int
	s.scan(&onHand, `SELECT on_hand FROM inventory WHERE variant_id = ?`, variantID)
	s.scan(&ledger, `SELECT coalesce(sum(delta), 0) FROM stock_movements WHERE variant_id = ?`, variantID)
	if onHand != ledger {
		s.t.Errorf("on hand %d, by the ledger %d", onHand, ledger)
	}
	return onHand
}

func (s *shop) wantOrders(want int) {
	s.t.Helper()
	var got struct{ Orders, Items, History, Audit, Last int }
	s.scan(&got, `SELECT (SELECT count(*) FROM orders) AS orders, (SELECT count(DISTINCT order_id) FROM order_items) AS items,
		(SELECT count(DISTINCT order_id) FROM order_status_history) AS history,
		(SELECT count(*) FROM audit_log WHERE action = 'order.placed') AS audit,
		(SELECT coalesce(max(number), 0) FROM orders) AS last`)
	if got.Orders != want || got.Items != want || got.History != want || got.Audit != want || got.Last != want {
		s.t.Errorf("%+v, want %d of each, numbered without gaps", got, want)
	}
}
