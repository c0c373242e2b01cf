// Package stock is what a shop has of each variant: how it goes down and up, each time with a row in the ledger
// stock_movements, so that on_hand is always the sum of its movements. What can be bought of it is said by
// catalog.Inventory. Every function works for the vendor in the context.
package stock

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"orion/model/tenant"
)

// Line is a quantity of a variant.
type Line struct {
	VariantID int64
	Quantity  int
}

// Short is a line that there is not enough for.
type Short struct {
	VariantID int64
	Wanted    int
	Available int // how many are left; 0 also for a variant without an inventory row
}

// lock holds the wanted lines against their inventory rows, which it locks in the order of the variant's id: whoever
// takes the same rows waits for the first of them, so nobody waits in a circle.
const lock = `
WITH wanted AS (
  SELECT variant_id, sum(quantity)::integer AS quantity
  FROM unnest(?1::bigint[], ?2::integer[]) w(variant_id, quantity) GROUP BY variant_id
), locked AS MATERIALIZED (
  SELECT i.variant_id, i.tracked, i.policy, i.on_hand - i.reserved AS available, w.quantity
  FROM wanted w JOIN inventory i ON i.vendor_id = ?0 AND i.variant_id = w.variant_id
  ORDER BY i.variant_id FOR UPDATE OF i
)`

// All lines are taken or none. Variants that are not tracked have no movements.
const take = lock + `, short AS MATERIALIZED (
  SELECT w.variant_id, w.quantity AS wanted, greatest(coalesce(l.available, 0), 0) AS available
  FROM wanted w LEFT JOIN locked l USING (variant_id)
  WHERE l.variant_id IS NULL OR (l.tracked AND l.policy = 'deny' AND l.available < w.quantity)
), taken AS (
  UPDATE inventory i SET on_hand = i.on_hand - l.quantity, updated_at = now()
  FROM locked l
  WHERE i.vendor_id = ?0 AND i.variant_id = l.variant_id AND l.tracked AND NOT EXISTS (SELECT FROM short)
  RETURNING i.variant_id, l.quantity
), moved AS (
  INSERT INTO stock_movements (vendor_id, variant_id, delta, reason, reference, actor)
  SELECT ?0, variant_id, -quantity, 'sale', ?3, ?4 FROM taken
)
SELECT variant_id, wanted, available FROM short ORDER BY variant_id`

// Take takes what an order sells: either all lines, with their ledger rows, or, where something is short, nothing,
// and it returns what is short. Give it the order's transaction. reference names the order, as in "order:1042", actor
// who bought. Buyers of the same variants wait for one another and never deadlock. One round trip.
func Take(ctx context.Context, db bun.IDB, lines []Line, reference, actor string) ([]Short, error) {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return nil, err
	}
	variants, quantities := columns(lines)
	var short []Short
	err = db.NewRaw(take, vendorID, pgdialect.Array(variants), pgdialect.Array(quantities), reference, actor).Scan(ctx, &short)
	if err != nil {
		return nil, fmt.Errorf("take the stock: %w", err)
	}
	return short, nil
}

const giveBack = lock + `, given AS (
  UPDATE inventory i SET on_hand = i.on_hand + l.quantity, updated_at = now()
  FROM locked l
  WHERE i.vendor_id = ?0 AND i.variant_id = l.variant_id AND l.tracked
  RETURNING i.variant_id, l.quantity
)
INSERT INTO stock_movements (vendor_id, variant_id, delta, reason, reference, actor)
SELECT ?0, variant_id, quantity, ?5, ?3, ?4 FROM given`

// Reasons for stock to come back.
const (
	Cancellation = "cancellation"
	Return       = "return"
)

// GiveBack puts back what an order took, with ledger rows that name the reason: Cancellation or Return. Variants that
// are not tracked, or have no inventory any more, are left out. One round trip.
func GiveBack(ctx context.Context, db bun.IDB, lines []Line, reason, reference, actor string) error {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	variants, quantities := columns(lines)
	_, err = db.NewRaw(giveBack, vendorID, pgdialect.Array(variants), pgdialect.Array(quantities), reference, actor, reason).Exec(ctx)
	if err != nil {
		return fmt.Errorf("give stock back: %w", err)
	}
	return nil
}

func columns(lines []Line) (variants []int64, quantities []int) {
	for _, line := range lines {
		variants = append(variants, line.VariantID)
		quantities = append(quantities, line.Quantity)
	}
	return variants, quantities
}
