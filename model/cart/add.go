package cart

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"orion/model/catalog"
	"orion/model/fault"
	"orion/model/tenant"
)

// mostToBuy is catalog.Inventory.MostToBuy in SQL, over an inventory row i that may be missing.
const mostToBuy = `CASE WHEN i.variant_id IS NULL THEN 0
	WHEN NOT i.tracked OR i.policy = 'backorder' THEN 9999
	ELSE least(greatest(i.on_hand - i.reserved, 0), 9999) END`

// add is one statement, so that a press on "add" costs one round trip and two tabs never lose one another's.
// The locks come in the order cart, line, as everywhere.
const add = `
WITH variant AS MATERIALIZED (
  SELECT v.id, ` + mostToBuy + ` AS most
  FROM product_variants v
  JOIN products p ON p.vendor_id = v.vendor_id AND p.id = v.product_id AND p.status = 'active' AND p.deleted_at IS NULL
  LEFT JOIN inventory i ON i.vendor_id = v.vendor_id AND i.variant_id = v.id
  WHERE v.vendor_id = ?0 AND v.id = ?2 AND v.deleted_at IS NULL
), cart AS (
  INSERT INTO carts AS c (vendor_id, token)
  SELECT ?0, ?1 FROM variant WHERE most > 0
  ON CONFLICT (vendor_id, token) DO UPDATE SET status = 'open', updated_at = now() WHERE c.status <> 'ordered'
  RETURNING c.id
), before AS (
  SELECT ci.quantity
  FROM cart JOIN cart_items ci ON ci.vendor_id = ?0 AND ci.cart_id = cart.id AND ci.variant_id = ?2
  FOR UPDATE OF ci
), line AS (
  INSERT INTO cart_items AS ci (vendor_id, cart_id, variant_id, quantity)
  SELECT ?0, cart.id, variant.id, least(?3, variant.most)
  FROM cart CROSS JOIN variant LEFT JOIN before ON true
  WHERE before.quantity IS NOT NULL
     OR (SELECT count(*) FROM cart_items o WHERE o.vendor_id = ?0 AND o.cart_id = cart.id) < ?4
  ON CONFLICT (vendor_id, cart_id, variant_id)
  DO UPDATE SET quantity = least(ci.quantity + ?3, (SELECT most FROM variant))
  RETURNING ci.quantity
)
SELECT variant.most, cart.id IS NOT NULL AS has_cart,
       coalesce(before.quantity, 0) AS before, coalesce(line.quantity, 0) AS after
FROM variant LEFT JOIN cart ON true LEFT JOIN before ON true LEFT JOIN line ON true`

type added struct {
	Most, Before, After int
	HasCart             bool
}

// Add puts quantity more of a variant into the cart of the token and returns the token of the cart that holds it:
// a new one where the token was uuid.Nil or its cart was ordered. What goes beyond the stock or the limits is left
// out, and Change says so. A variant that is not sold here is fault.NotFound, a quantity below 1 *fault.Invalid.
// One round trip; two where the old cart was ordered.
func Add(ctx context.Context, db bun.IDB, token uuid.UUID, variantID int64, quantity int) (uuid.UUID, Change, error) {
	if quantity < 1 {
		return token, Change{}, fault.Field("quantity", "Enter a quantity of at least 1.")
	}
	owner := token
	if owner == uuid.Nil {
		owner = uuid.New()
	}
	row, err := tryAdd(ctx, db, owner, variantID, quantity)
	if err == nil && row.Most > 0 && !row.HasCart {
		owner = uuid.New()
		row, err = tryAdd(ctx, db, owner, variantID, quantity)
	}
	if err != nil {
		return token, Change{}, err
	}
	if row.Most == 0 { // no cart was made for it
		return token, Change{Wanted: quantity, Reason: SoldOut}, nil
	}
	if row.After == 0 {
		return owner, Change{Wanted: quantity, Reason: Full}, nil
	}
	return owner, changed(row.Before+quantity, row.After, row.Most, catalog.MostPerLine), nil
}

func tryAdd(ctx context.Context, db bun.IDB, token uuid.UUID, variantID int64, quantity int) (added, error) {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return added{}, err
	}
	var row added
	err = db.NewRaw(add, vendorID, token, variantID, min(quantity, catalog.MostPerLine), MaxLines).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return added{}, fault.NotFound.With("This is no longer sold. Choose something else.")
	}
	if err != nil {
		return added{}, fmt.Errorf("add to the cart: %w", err)
	}
	return row, nil
}
