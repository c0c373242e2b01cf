package stock

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Mismatch is a variant whose stock is not what its ledger adds up to.
type Mismatch struct {
	VariantID int64
	OnHand    int
	Ledger    int
}

// Verify finds every variant of the shop whose on_hand is not the sum of its movements. There should be none. 1 query
// over the whole ledger: for checks and tests, not for pages.
func Verify(ctx context.Context, db bun.IDB) ([]Mismatch, error) {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return nil, err
	}
	var found []Mismatch
	err = db.NewRaw(`
		SELECT coalesce(i.variant_id, m.variant_id) AS variant_id, coalesce(i.on_hand, 0) AS on_hand, coalesce(m.total, 0) AS ledger
		FROM (SELECT variant_id, on_hand FROM inventory WHERE vendor_id = ?0) i
		FULL JOIN (SELECT variant_id, sum(delta) AS total FROM stock_movements WHERE vendor_id = ?0 GROUP BY variant_id) m
			ON m.variant_id = i.variant_id
		WHERE coalesce(i.on_hand, 0) <> coalesce(m.total, 0)
		ORDER BY 1`, vendor).Scan(ctx, &found)
	if err != nil {
		return nil, fmt.Errorf("verify the stock: %w", err)
	}
	return found, nil
}
