package stock

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"orion/model/fault"
	"orion/model/tenant"
)

// Take takes every line from stock, or none: where something is short it changes nothing and answers what. Variants
// that are not tracked are always there and leave no trace; those with backorder go below zero. Call it in the
// transaction of the order, whose reference ("order:1042") the ledger gets.
//
// 1 query. It locks the rows in the order of variant ids, so that any number of buyers wait for each other and never
// deadlock; the rows stay locked until the transaction ends, so take late.
func Take(ctx context.Context, tx bun.IDB, lines []Line, reference string) ([]Shortage, error) {
	ids, quantities, err := sum(lines)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return nil, err
	}
	var short []Shortage
	err = tx.NewRaw(`
		WITH wanted (variant_id, quantity) AS (SELECT * FROM unnest(?1::bigint[], ?2::integer[])
		), locked AS MATERIALIZED (
			SELECT i.variant_id, w.quantity, i.tracked, i.policy, i.on_hand - i.reserved AS available
			FROM wanted w JOIN inventory i ON i.vendor_id = ?0 AND i.variant_id = w.variant_id
			ORDER BY i.variant_id FOR UPDATE OF i
		), short AS MATERIALIZED (
			SELECT w.variant_id, w.quantity, greatest(l.available, 0) AS available
			FROM wanted w LEFT JOIN locked l ON l.variant_id = w.variant_id
			WHERE l.variant_id IS NULL OR (l.tracked AND l.policy = 'deny' AND l.available < w.quantity)
		), taken AS (
			UPDATE inventory i SET on_hand = i.on_hand - l.quantity, updated_at = now()
			FROM locked l
			WHERE i.vendor_id = ?0 AND i.variant_id = l.variant_id AND l.tracked AND NOT EXISTS (SELECT 1 FROM short)
		), ledger AS (
			INSERT INTO stock_movements (vendor_id, variant_id, delta, reason, reference)
			SELECT ?0, l.variant_id, -l.quantity, 'sale', ?3 FROM locked l
			WHERE l.tracked AND NOT EXISTS (SELECT 1 FROM short)
		)
		SELECT variant_id, quantity AS wanted, available FROM short ORDER BY variant_id`,
		vendor, pgdialect.Array(ids), pgdialect.Array(quantities), reference).Scan(ctx, &short)
	if err != nil {
		return nil, fmt.Errorf("take stock for %s: %w", reference, err)
	}
	return short, nil
}

// Return puts back what Take took, with the reason Cancellation or Returned. Variants that are not tracked are left
// alone. 1 query, in the same lock order.
func Return(ctx context.Context, tx bun.IDB, lines []Line, reason Reason, reference, actor string) error {
	ids, quantities, err := sum(lines)
	if err != nil || len(ids) == 0 {
		return err
	}
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`
		WITH back (variant_id, quantity) AS (SELECT * FROM unnest(?1::bigint[], ?2::integer[])
		), locked AS MATERIALIZED (
			SELECT i.variant_id, b.quantity FROM back b
			JOIN inventory i ON i.vendor_id = ?0 AND i.variant_id = b.variant_id AND i.tracked
			ORDER BY i.variant_id FOR UPDATE OF i
		), ledger AS (
			INSERT INTO stock_movements (vendor_id, variant_id, delta, reason, reference, actor)
			SELECT ?0, variant_id, quantity, ?3, ?4, ?5 FROM locked
		)
		UPDATE inventory i SET on_hand = i.on_hand + l.quantity, updated_at = now()
		FROM locked l WHERE i.vendor_id = ?0 AND i.variant_id = l.variant_id`,
		vendor, pgdialect.Array(ids), pgdialect.Array(quantities), string(reason), reference, actor).Exec(ctx)
	if err != nil {
		return fmt.Errorf("return stock of %s: %w", reference, err)
	}
	return nil
}

// sum adds up lines of the same variant and sorts them by variant.
func sum(lines []Line) (ids []int64, quantities []int, err error) {
	total := map[int64]int{}
	for _, line := range lines {
		if line.Quantity <= 0 || line.Quantity > maxQuantity {
			return nil, nil, fault.Field("quantity", "Enter a quantity of at least 1.")
		}
		total[line.VariantID] += line.Quantity
		if err := checkQuantity(total[line.VariantID]); err != nil {
			return nil, nil, err
		}
	}
	for id := range total {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, cmp.Compare[int64])
	for _, id := range ids {
		quantities = append(quantities, total[id])
	}
	return ids, quantities, nil
}
