package stock_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/catalog"
	"orion/model/fault"
	"orion/model/stock"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

var counted = stock.Why{Reason: stock.Count, Reference: "sheet 7", By: audit.By{Kind: audit.Vendor, Actor: "owner"}}

// warehouse is a shop with one product of five variants: ten, two, none with backorder, untracked, none at all.
type warehouse struct {
	db                                    *postgres.DB
	ctx, foreign                          context.Context
	many, few, backorder, untracked, none int64
}

func newWarehouse(t *testing.T) warehouse {
	t.Helper()
	db := pgtest.New(t)
	w := warehouse{db: db}
	w.ctx = tenant.With(t.Context(), pgtest.Vendor(t, db, "kaffa"))
	w.foreign = tenant.With(t.Context(), pgtest.Vendor(t, db, "bloom"))
	n := catalog.NewProduct{Title: "Mug", Options: []catalog.NewOption{{Name: "Kind"}}}
	for name, s := range map[string]catalog.NewStock{"many": {OnHand: 10}, "few": {OnHand: 2}, "backorder": {Backorder: true},
		"untracked": {Untracked: true}, "none": {}} {
		n.Options[0].Values = append(n.Options[0].Values, catalog.NewValue{Value: name})
		n.Variants = append(n.Variants, catalog.NewVariant{Options: []string{name}, Price: 100, Stock: s})
	}
	made, err := catalog.Create(w.ctx, db.Shop, n, counted.By)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range made.Variants {
		*map[string]*int64{"many": &w.many, "few": &w.few, "backorder": &w.backorder, "untracked": &w.untracked, "none": &w.none}[v.Title] = v.ID
	}
	return w
}

func (w warehouse) take(ctx context.Context, lines ...stock.Line) ([]stock.Shortage, error) {
	var short []stock.Shortage
	err := w.db.Shop.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) (err error) {
		short, err = stock.Take(ctx, tx, lines, "order:1")
		return err
	})
	return short, err
}

func (w warehouse) onHand(t *testing.T, variant int64) int {
	t.Helper()
	var n int
	if err := w.db.Shop.NewRaw("SELECT on_hand FROM inventory WHERE vendor_id = current_vendor() AND variant_id = ?", variant).Scan(w.ctx, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (w warehouse) ledgerIsRight(t *testing.T) {
	t.Helper()
	if wrong, err := stock.Verify(w.ctx, w.db.Shop); err != nil || len(wrong) > 0 {
		t.Errorf("the ledger does not add up: %v, %v", wrong, err)
	}
}

func TestTakeTakesAllOrNothing(t *testing.T) {
	t.Parallel()
	w := newWarehouse(t)
	short, err := w.take(w.ctx, stock.Line{w.many, 3}, stock.Line{w.few, 3}, stock.Line{w.none, 1}, stock.Line{987654, 2}, stock.Line{w.backorder, 4})
	want := []stock.Shortage{{w.few, 3, 2}, {w.none, 1, 0}, {987654, 2, 0}}
	if err != nil || len(short) != 3 {
		t.Fatalf("short of %v, %v; want %v", short, err, want)
	}
	for _, s := range want {
		if !contains(short, s) {
			t.Errorf("short of %v, not of %v", short, s)
		}
	}
	if got := w.onHand(t, w.many); got != 10 {
		t.Errorf("%d left though nothing may be taken", got)
	}
	ctx, queries := postgres.CountQueries(w.ctx)
	if short, err := stock.Take(ctx, w.db.Shop, []stock.Line{{w.many, 3}, {w.backorder, 4}, {w.untracked, 5}, {w.many, 2}}, "order:2"); err != nil || len(short) > 0 {
		t.Fatalf("short of %v, %v", short, err)
	}
	if queries.Count() != 1 {
		t.Errorf("%d queries, want 1", queries.Count())
	}
	for variant, want := range map[int64]int{w.many: 5, w.backorder: -4, w.untracked: 0} {
		if got := w.onHand(t, variant); got != want {
			t.Errorf("variant %d: %d on hand, want %d", variant, got, want)
		}
	}
	w.ledgerIsRight(t)
	if err := stock.Return(w.ctx, w.db.Shop, []stock.Line{{w.many, 5}, {w.untracked, 5}}, stock.Cancellation, "order:2", "owner"); err != nil {
		t.Fatal(err)
	}
	if got := w.onHand(t, w.many); got != 10 {
		t.Errorf("%d on hand after the return", got)
	}
	w.ledgerIsRight(t)
}

func contains(list []stock.Shortage, s stock.Shortage) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}

func TestTakeRefusesNonsense(t *testing.T) {
	t.Parallel()
	w := newWarehouse(t)
	for _, quantity := range []int{0, -1, 2_000_000_000} {
		if _, err := w.take(w.ctx, stock.Line{w.many, quantity}); err == nil {
			t.Errorf("%d were taken", quantity)
		}
	}
	if short, err := w.take(w.foreign, stock.Line{w.many, 1}); err != nil || len(short) != 1 {
		t.Errorf("another shop took: short of %v, %v", short, err)
	}
	if _, err := stock.Take(t.Context(), w.db.Shop, []stock.Line{{w.many, 1}}, ""); !errors.Is(err, tenant.ErrNoScope) {
		t.Errorf("without a vendor: %v", err)
	}
}

// 24 buyers want 2 of each of two variants, in either order, where there are 10 and 12: exactly 5 get them.
func TestBuyersAtOnceTakeExactlyWhatIsThere(t *testing.T) {
	t.Parallel()
	w := newWarehouse(t)
	if _, err := stock.Set(w.ctx, w.db.Shop, w.few, 12, counted); err != nil {
		t.Fatal(err)
	}
	var sold, soldOut int
	var mutex sync.Mutex
	var buyers sync.WaitGroup
	for n := range 24 {
		buyers.Go(func() {
			lines := []stock.Line{{w.many, 2}, {w.few, 2}}
			if n%2 == 1 {
				lines[0], lines[1] = lines[1], lines[0]
			}
			short, err := w.take(w.ctx, lines...)
			mutex.Lock()
			defer mutex.Unlock()
			switch {
			case err != nil:
				t.Errorf("buyer %d: %v", n, err)
			case len(short) > 0:
				soldOut++
			default:
				sold++
			}
		})
	}
	buyers.Wait()
	if sold != 5 || soldOut != 19 || w.onHand(t, w.many) != 0 || w.onHand(t, w.few) != 2 {
		t.Errorf("%d bought, %d did not, %d and %d left", sold, soldOut, w.onHand(t, w.many), w.onHand(t, w.few))
	}
	w.ledgerIsRight(t)
}

func TestAdjustAndSet(t *testing.T) {
	t.Parallel()
	w := newWarehouse(t)
	level, err := stock.Adjust(w.ctx, w.db.Shop, w.many, -4, counted)
	if err != nil || level.OnHand != 6 {
		t.Errorf("adjusted to %+v, %v", level, err)
	}
	if level, err = stock.Set(w.ctx, w.db.Shop, w.many, 20, counted); err != nil || level.OnHand != 20 {
		t.Errorf("set to %+v, %v", level, err)
	}
	if _, err = stock.Set(w.ctx, w.db.Shop, w.many, 20, counted); err != nil {
		t.Error(err)
	}
	if _, err := stock.Adjust(w.ctx, w.db.Shop, w.many, -21, counted); !errors.Is(err, fault.Conflict) || fault.Message(err) != "Only 20 are there to take." {
		t.Errorf("below zero: %v", err)
	}
	if _, err := stock.Adjust(w.ctx, w.db.Shop, w.backorder, -5, counted); err != nil {
		t.Errorf("a backorder below zero: %v", err)
	}
	if _, err := stock.Adjust(w.foreign, w.db.Shop, w.many, 1, counted); !errors.Is(err, fault.NotFound) {
		t.Errorf("another shop's variant: %v", err)
	}
	if _, err := stock.Set(w.ctx, w.db.Shop, w.many, 2_000_000_000, counted); err == nil {
		t.Error("an absurd quantity was taken")
	}
	var rows []string
	err = w.db.Shop.NewRaw(`SELECT delta || ' ' || reason || ' ' || reference || ' ' || actor FROM stock_movements
		WHERE vendor_id = current_vendor() AND variant_id = ? ORDER BY id`, w.many).Scan(w.ctx, &rows)
	if got := fmt.Sprint(rows); err != nil || got != "[10 initial   -4 count sheet 7 owner 14 count sheet 7 owner]" {
		t.Errorf("ledger %s, %v", got, err)
	}
	audits, err := w.db.Shop.NewSelect().TableExpr("audit_log").Where("vendor_id = current_vendor() AND action = 'stock.count'").Count(w.ctx)
	if err != nil || audits != 3 {
		t.Errorf("%d audit rows, %v", audits, err)
	}
	w.ledgerIsRight(t)
}

func TestConfigure(t *testing.T) {
	t.Parallel()
	w := newWarehouse(t)
	rules := stock.Rules{Tracked: true, Policy: catalog.PolicyBackorder, LowAt: 3}
	for range 2 { // the second time changes nothing
		if err := stock.Configure(w.ctx, w.db.Shop, w.few, rules, counted.By); err != nil {
			t.Fatal(err)
		}
	}
	if short, err := w.take(w.ctx, stock.Line{w.few, 5}); err != nil || len(short) > 0 {
		t.Errorf("short of %v, %v", short, err)
	}
	rules.Policy = catalog.PolicyDeny
	if err := stock.Configure(w.ctx, w.db.Shop, w.few, rules, counted.By); !errors.Is(err, fault.Conflict) {
		t.Errorf("a variant that owes its buyers: %v", err)
	}
}

func TestVerifyFindsWhatTheLedgerDoesNotKnow(t *testing.T) {
	t.Parallel()
	w := newWarehouse(t)
	if _, err := w.db.Shop.NewRaw("UPDATE inventory SET on_hand = 11 WHERE vendor_id = current_vendor() AND variant_id = ?", w.many).Exec(w.ctx); err != nil {
		t.Fatal(err)
	}
	wrong, err := stock.Verify(w.ctx, w.db.Shop)
	if err != nil || len(wrong) != 1 || wrong[0] != (stock.Mismatch{w.many, 11, 10}) {
		t.Errorf("%v, %v", wrong, err)
	}
}
