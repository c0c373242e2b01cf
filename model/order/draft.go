package order

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// maxDraft bounds a draft, in bytes of JSON: more than every field holds at its longest.
const maxDraft = 16 << 10

// KeepDraft keeps what the buyer has typed so far with their cart, right or wrong, until the cart is ordered. What is
// larger than the fields allow, or cannot be stored, is not kept. One statement.
func KeepDraft(ctx context.Context, db bun.IDB, token uuid.UUID, form Checkout) error {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	draft, err := json.Marshal(form)
	if err != nil {
		return fmt.Errorf("write the draft of a checkout as JSON: %w", err)
	}
	if len(draft) > maxDraft || bytes.Contains(draft, []byte(`\u0000`)) {
		return nil
	}
	_, err = db.NewRaw(`
		UPDATE carts SET checkout = ?2::jsonb, status = 'open', updated_at = now()
		WHERE vendor_id = ?0 AND token = ?1 AND status <> 'ordered' AND checkout <> ?2::jsonb`,
		vendorID, token, string(draft)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keep the draft of a checkout: %w", err)
	}
	return nil
}

// Draft is what KeepDraft kept with a cart; the zero Checkout where there is nothing, or the cart was ordered. One
// query.
func Draft(ctx context.Context, db bun.IDB, token uuid.UUID) (Checkout, error) {
	var form Checkout
	if token == uuid.Nil {
		return form, nil
	}
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return form, err
	}
	var draft string
	err = db.NewRaw(`SELECT checkout FROM carts WHERE vendor_id = ? AND token = ? AND status <> 'ordered'`,
		vendorID, token).Scan(ctx, &draft)
	if errors.Is(err, sql.ErrNoRows) {
		return form, nil
	}
	if err != nil {
		return form, fmt.Errorf("read the draft of a checkout: %w", err)
	}
	if err := json.Unmarshal([]byte(draft), &form); err != nil {
		return Checkout{}, fmt.Errorf("read the draft of a checkout as JSON: %w", err)
	}
	return form, nil
}
