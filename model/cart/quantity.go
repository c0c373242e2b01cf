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

// A line is found through its cart, which is locked first. An ordered cart's lines belong to the order.
const openCart = `
  SELECT c.id FROM carts c WHERE c.vendor_id = ?0 AND c.token = ?1 AND c.status <> 'ordered' FOR UPDATE`

// A line of something that is sold out or gone keeps its quantity: it can only be removed.
const setQuantity = `
WITH cart AS (` + openCart + `
), touched AS (
  UPDATE carts c SET status = 'open', updated_at = now() FROM cart WHERE c.vendor_id = ?0 AND c.id = cart.id
), variant AS MATERIALIZED (
  SELECT cart.id AS cart_id, CASE WHEN p.id IS NULL THEN 0 ELSE ` + mostToBuy + ` END AS most
  FROM cart
  JOIN cart_items ci ON ci.vendor_id = ?0 AND ci.cart_id = cart.id AND ci.variant_id = ?2
  LEFT JOIN product_variants v ON v.vendor_id = ?0 AND v.id = ?2 AND v.deleted_at IS NULL
  LEFT JOIN products p ON p.vendor_id = ?0 AND p.id = v.product_id AND p.status = 'active' AND p.deleted_at IS NULL
  LEFT JOIN inventory i ON i.vendor_id = ?0 AND i.variant_id = v.id
), line AS (
  UPDATE cart_items ci SET quantity = least(?3, variant.most) FROM variant
  WHERE ci.vendor_id = ?0 AND ci.cart_id = variant.cart_id AND ci.variant_id = ?2 AND variant.most > 0
  RETURNING ci.quantity
)
SELECT variant.most, coalesce(line.quantity, 0) AS after FROM variant LEFT JOIN line ON true`

// SetQuantity makes a line of the cart hold quantity; 0 removes it. What goes beyond the stock is left out, and
// Change says so; the line of something sold out stays as it is. A line that is not there is fault.NotFound, a
// quantity below 0 *fault.Invalid. One round trip.
func SetQuantity(ctx context.Context, db bun.IDB, token uuid.UUID, variantID int64, quantity int) (Change, error) {
	if quantity < 0 {
		return Change{}, fault.Field("quantity", "Enter a quantity of 0 or more.")
	}
	if quantity == 0 {
		_, err := Remove(ctx, db, token, variantID)
		return Change{}, err
	}
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return Change{}, err
	}
	var row struct{ Most, After int }
	err = db.NewRaw(setQuantity, vendorID, token, variantID, min(quantity, catalog.MostPerLine)).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return Change{}, notInCart()
	}
	if err != nil {
		return Change{}, fmt.Errorf("change a quantity in the cart: %w", err)
	}
	return changed(quantity, row.After, row.Most, catalog.MostPerLine), nil
}

// Removed is a line that was taken out of the cart. Add with the same variant and quantity takes it back.
type Removed struct {
	VariantID                  int64
	Quantity                   int
	ProductTitle, VariantTitle string
}

const remove = `
WITH cart AS (` + openCart + `
), touched AS (
  UPDATE carts c SET updated_at = now() FROM cart WHERE c.vendor_id = ?0 AND c.id = cart.id
), line AS (
  DELETE FROM cart_items ci USING cart
  WHERE ci.vendor_id = ?0 AND ci.cart_id = cart.id AND ci.variant_id = ?2
  RETURNING ci.variant_id, ci.quantity
)
SELECT line.variant_id, line.quantity, p.title AS product_title, v.title AS variant_title
FROM line
JOIN product_variants v ON v.vendor_id = ?0 AND v.id = line.variant_id
JOIN products p ON p.vendor_id = ?0 AND p.id = v.product_id`

// Remove takes a line out of the cart and returns it, so that it can be put back. A line that is not there is
// fault.NotFound. One round trip.
func Remove(ctx context.Context, db bun.IDB, token uuid.UUID, variantID int64) (Removed, error) {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return Removed{}, err
	}
	var line Removed
	err = db.NewRaw(remove, vendorID, token, variantID).Scan(ctx, &line)
	if errors.Is(err, sql.ErrNoRows) {
		return Removed{}, notInCart()
	}
	if err != nil {
		return Removed{}, fmt.Errorf("remove from the cart: %w", err)
	}
	return line, nil
}

func notInCart() error {
	return fault.NotFound.With("This is not in your cart any more.")
}
