package order_test

import (
	"errors"
	"testing"

	"orion/model/audit"
	"orion/model/fault"
	"orion/model/order"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

var merchant = audit.By{Kind: audit.Vendor, Actor: "grace@kaffa.test"}

func TestFindTellsNothing(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	variant := s.sells("Yirga", 1250, 10)
	placed := s.place(s.input(s.cartOf(1, variant)))
	if found, err := order.Find(s.ctx, s.db, placed.Number, " Ada@Example.com "); err != nil || found.ID != placed.ID || len(found.Items) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	elsewhere := tenant.With(t.Context(), pgtest.Vendor(t, s.all, "bloom"))
	texts, counts := map[string]bool{}, map[int]bool{}
	for _, c := range []struct {
		number int64
		email  string
	}{{placed.Number, "eve@example.com"}, {999, "ada@example.com"}, {placed.Number, ""}, {1 << 62, "x"}, {-1, "%"}} {
		ctx, counter := postgres.CountQueries(s.ctx)
		_, err := order.Find(ctx, s.db, c.number, c.email)
		if !errors.Is(err, fault.NotFound) {
			t.Errorf("%+v: %v", c, err)
		}
		texts[err.Error()], counts[counter.Count()] = true, true
	}
	if len(texts) != 1 || len(counts) != 1 {
		t.Errorf("the answers differ: %v, %v", texts, counts)
	}
	for _, email := range []string{"a\x00", "\xff"} {
		if _, err := order.Find(s.ctx, s.db, placed.Number, email); !errors.Is(err, fault.NotFound) {
			t.Errorf("%q: %v", email, err)
		}
	}
	if _, err := order.Find(elsewhere, s.db, placed.Number, "ada@example.com"); !errors.Is(err, fault.NotFound) {
		t.Errorf("another shop's order: %v", err)
	}
	if _, err := order.ByNumber(elsewhere, s.db, placed.Number); !errors.Is(err, fault.NotFound) {
		t.Errorf("another shop's order by number: %v", err)
	}
}

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"1042": 1042, "K-1042": 1042, " k-1042 ": 1042, "#1042": 1042, "# K-1042": 1042,
		"": 0, "K-": 0, "-5": 0, "0": 0, "ten": 0, "1042x": 0, "99999999999999999999": 0, "1\x00": 0} {
		if got, ok := order.ParseNumber(text, "K-"); ok != (want > 0) || (ok && got != want) {
			t.Errorf("%q: %d, %v", text, got, ok)
		}
	}
}

func states(stages []order.Stage) (text string) {
	for _, stage := range stages {
		text += stage.Status + ":" + stage.State + " "
	}
	return text
}

func TestAnOrderGoesItsWay(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	variant := s.sells("Yirga", 1250, 10)
	placed := s.place(s.input(s.cartOf(2, variant)))
	if got := states(placed.Timeline()); got != "pending:current confirmed:todo processing:todo shipped:todo delivered:todo " {
		t.Errorf("%s", got)
	}
	for _, to := range []string{order.Confirmed, order.OnHold, order.Processing, order.Shipped} {
		if _, err := order.Advance(s.ctx, s.db, placed.Number, to, merchant, "on its way: "+to); err != nil {
			t.Fatalf("to %s: %v", to, err)
		}
	}
	found, err := order.ByNumber(s.ctx, s.db, placed.Number)
	if err != nil {
		t.Fatal(err)
	}
	if got := states(found.Timeline()); got != "pending:done confirmed:done processing:done shipped:current delivered:todo " {
		t.Errorf("%s", got)
	}
	if found.FulfilmentStatus != order.Fulfilled || found.Version != 5 {
		t.Errorf("%+v", found)
	}
	history := found.PublicHistory()
	if len(history) != 5 || history[4].Note != "on its way: shipped" || history[4].Actor != merchant.Actor || history[4].At.IsZero() {
		t.Errorf("%+v", history)
	}
	if _, err := order.Advance(s.ctx, s.db, placed.Number, order.Cancelled, merchant, ""); !errors.Is(err, fault.Conflict) {
		t.Errorf("cancel what was shipped: %v", err)
	}
	if s.left(variant) != 8 {
		t.Errorf("left %d", s.left(variant))
	}
	var audited int
	if s.scan(&audited, `SELECT count(*) FROM audit_log WHERE subject = 'order:1' AND actor_kind = 'vendor'`); audited != 4 {
		t.Errorf("%d audit rows", audited)
	}
}

func TestCancellingGivesTheStockBack(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	one, two := s.sells("One", 100, 10), s.sells("Two", 100, 10)
	s.exec(`UPDATE inventory SET tracked = false WHERE variant_id = ?`, two)
	placed := s.place(s.input(s.cartOf(3, one, two)))
	if s.left(one) != 7 || s.left(two) != 10 {
		t.Fatalf("left %d and %d", s.left(one), s.left(two))
	}
	cancelled, err := order.Advance(s.ctx, s.db, placed.Number, order.Cancelled, merchant, "As you asked.")
	if err != nil {
		t.Fatal(err)
	}
	if cancelled.PaymentStatus != order.PaymentVoid || states(cancelled.Timeline()) != "pending:done cancelled:stopped " {
		t.Errorf("%s, %s", cancelled.PaymentStatus, states(cancelled.Timeline()))
	}
	if s.left(one) != 10 || s.left(two) != 10 {
		t.Errorf("left %d and %d", s.left(one), s.left(two))
	}
	if _, err := order.Advance(s.ctx, s.db, placed.Number, order.Cancelled, merchant, ""); !errors.Is(err, fault.Conflict) {
		t.Errorf("cancel it again: %v", err)
	}
	if _, err := order.Advance(s.ctx, s.db, 99, order.Cancelled, merchant, ""); !errors.Is(err, fault.NotFound) {
		t.Errorf("cancel nothing: %v", err)
	}
	if s.left(one) != 10 {
		t.Errorf("left %d", s.left(one))
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	if permission, ok := order.PermissionTo(order.Pending, order.Cancelled); !ok || permission != "orders.cancel" {
		t.Errorf("%q, %v", permission, ok)
	}
	if _, ok := order.PermissionTo(order.Delivered, order.Pending); ok {
		t.Error("an order goes back in time")
	}
	if got := order.StepsFrom(order.Shipped); len(got) != 2 || got[0].To != order.Delivered {
		t.Errorf("%+v", got)
	}
}
