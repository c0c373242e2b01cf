package stock

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/catalog"
	"orion/model/tenant"
)

// Why says why and by whom stock is changed.
type Why struct {
	Reason    Reason
	Reference string // what it belongs to; may be empty
	By        audit.By
}

// Adjust adds delta, which may be below zero, to what is in the building. It answers what is there afterwards. Less
// than what is promised is fault.Conflict that says what could be taken, an unknown variant fault.NotFound.
func Adjust(ctx context.Context, db bun.IDB, variantID int64, delta int, why Why) (Level, error) {
	return change(ctx, db, variantID, why, func(catalog.Inventory) int { return delta })
}

// Set makes what is in the building onHand, as somebody counted or a file said. Where it already is, nothing is
// written. Errors are those of Adjust.
func Set(ctx context.Context, db bun.IDB, variantID int64, onHand int, why Why) (Level, error) {
	return change(ctx, db, variantID, why, func(now catalog.Inventory) int { return onHand - now.OnHand })
}

// change locks the variant's row, asks for the difference, and writes row, ledger and audit in one transaction.
func change(ctx context.Context, db bun.IDB, variantID int64, why Why, difference func(catalog.Inventory) int) (Level, error) {
	var after Level
	err := db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		now, err := lock(ctx, tx, variantID)
		if err != nil {
			return err
		}
		delta := difference(now)
		after = Level{VariantID: variantID, OnHand: now.OnHand + delta, Reserved: now.Reserved}
		if delta == 0 {
			return nil
		}
		for _, quantity := range []int{delta, after.OnHand} {
			if err := checkQuantity(quantity); err != nil {
				return err
			}
		}
		if now.Tracked && now.Policy == catalog.PolicyDeny && after.OnHand < now.Reserved {
			return tooLittle(now.Available())
		}
		return write(ctx, tx, now, after, why)
	})
	if err != nil {
		return Level{}, fmt.Errorf("change the stock of variant %d: %w", variantID, err)
	}
	return after, nil
}

// lock reads a living variant's stock for a change. A variant without a row gets an empty one.
func lock(ctx context.Context, tx bun.Tx, variantID int64) (catalog.Inventory, error) {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return catalog.Inventory{}, err
	}
	_, err = tx.NewRaw(`INSERT INTO inventory (vendor_id, variant_id)
		SELECT vendor_id, id FROM product_variants WHERE vendor_id = ? AND id = ? AND deleted_at IS NULL
		ON CONFLICT DO NOTHING`, vendor, variantID).Exec(ctx)
	if err != nil {
		return catalog.Inventory{}, err
	}
	var now catalog.Inventory
	err = tx.NewSelect().Model(&now).Where("i.variant_id = ?", variantID).For("UPDATE").Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return now, noVariant()
	}
	return now, err
}

func write(ctx context.Context, tx bun.Tx, now catalog.Inventory, after Level, why Why) error {
	_, err := tx.NewUpdate().Model((*catalog.Inventory)(nil)).Where("i.variant_id = ?", now.VariantID).
		Set("on_hand = ?", after.OnHand).Set("version = version + 1").Set("updated_at = now()").Exec(ctx)
	if err != nil {
		return err
	}
	movement := &Movement{VariantID: now.VariantID, Delta: after.OnHand - now.OnHand, Reason: why.Reason,
		Reference: why.Reference, Actor: why.By.Actor}
	if _, err := tx.NewInsert().Model(movement).ExcludeColumn("id").Exec(ctx); err != nil {
		return err
	}
	before := Level{VariantID: now.VariantID, OnHand: now.OnHand, Reserved: now.Reserved}
	return audit.Record(ctx, tx, why.By.Entry("stock."+string(why.Reason), fmt.Sprintf("variant:%d", now.VariantID), before, after))
}

// Rules are how a variant is sold when it runs out.
type Rules struct {
	Tracked bool   `json:"tracked"` // false: it is always there
	Policy  string `json:"policy"`  // catalog.PolicyDeny or PolicyBackorder
	LowAt   int    `json:"low_at"`  // from here down pages say how many are left
}

// Configure changes a variant's rules. Where they already are so, nothing is written. A variant that owes its buyers
// cannot go back to PolicyDeny: fault.Conflict.
func Configure(ctx context.Context, db bun.IDB, variantID int64, rules Rules, by audit.By) error {
	err := db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		now, err := lock(ctx, tx, variantID)
		if err != nil {
			return err
		}
		before := Rules{Tracked: now.Tracked, Policy: now.Policy, LowAt: now.LowAt}
		if before == rules {
			return nil
		}
		if rules.Tracked && rules.Policy == catalog.PolicyDeny && now.Available() < 0 {
			return tooLittle(now.Available())
		}
		_, err = tx.NewUpdate().Model((*catalog.Inventory)(nil)).Where("i.variant_id = ?", variantID).
			Set("tracked = ?", rules.Tracked).Set("policy = ?", rules.Policy).Set("low_at = ?", rules.LowAt).
			Set("version = version + 1").Set("updated_at = now()").Exec(ctx)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, by.Entry("stock.configured", fmt.Sprintf("variant:%d", variantID), before, rules))
	})
	if err != nil {
		return fmt.Errorf("change the stock rules of variant %d: %w", variantID, err)
	}
	return nil
}
