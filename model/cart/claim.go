package cart

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"orion/model/tenant"
)

// Claim makes the guest's cart and what the customer has put into a cart elsewhere one cart, the customer's, and
// returns its token for the cookie to name: uuid.Nil where there is no cart. guestToken may be uuid.Nil. Call it when
// somebody signs in, and when somebody signed in begins a cart.
//
// Quantities of the same variant are added up, bounded by the stock as Add does, but never below what either cart
// held. What does not fit into MaxLines stays in the guest's cart. The guest's draft of a checkout wins, since it is the
// later one. A cart that was ordered, or is another customer's, is left alone.
//
// Claims of one customer wait for one another; carts are locked in the order of their ids, before anything else.
func Claim(ctx context.Context, db bun.IDB, guestToken uuid.UUID, customerID int64) (uuid.UUID, error) {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	kept := uuid.Nil
	err = db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		carts, err := claimable(ctx, tx, vendorID, guestToken, customerID)
		if err != nil || len(carts) == 0 {
			return err
		}
		target := carts.target(guestToken)
		kept = target.Token
		return carts.mergeInto(ctx, tx, target, guestToken, customerID)
	})
	if err != nil {
		return uuid.Nil, fmt.Errorf("claim a cart: %w", err)
	}
	return kept, nil
}

// claimed are the carts that become one, in the order of their ids.
type claimed []Cart

// claimable locks and reads the carts. Row locks alone would not do: two devices with a cart each, and no customer's
// cart yet, have no row in common.
func claimable(ctx context.Context, tx bun.Tx, vendorID int64, guestToken uuid.UUID, customerID int64) (claimed, error) {
	_, err := tx.NewRaw(`SELECT pg_advisory_xact_lock(hashtextextended('cart.claim', ?0 # (?1::bigint << 32)))`, vendorID, customerID).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("wait for other claims: %w", err)
	}
	var carts claimed
	err = tx.NewSelect().Model((*[]Cart)(&carts)).
		Where("c.customer_id = ? OR (c.token = ? AND c.customer_id IS NULL)", customerID, guestToken).
		Where("c.status <> ?", StatusOrdered).Order("c.id").For("UPDATE").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("lock the carts: %w", err)
	}
	return carts, nil
}

// target is the customer's own cart, which their other devices know; the one used last where there are several, and
// the guest's where there is none.
func (carts claimed) target(guestToken uuid.UUID) Cart {
	return slices.MaxFunc(carts, func(a, b Cart) int {
		if aGuest, bGuest := a.CustomerID == nil, b.CustomerID == nil; aGuest != bGuest {
			if aGuest {
				return -1
			}
			return 1
		}
		return a.UpdatedAt.Compare(b.UpdatedAt)
	})
}

// Lines of the target come first, then those that were put in last, as far as there is room.
const mergeLines = `
WITH together AS (
  SELECT ci.variant_id, sum(ci.quantity) AS quantity, max(ci.quantity) AS largest, min(ci.added_at) AS added_at,
         bool_or(ci.cart_id = ?1) AS held
  FROM cart_items ci WHERE ci.vendor_id = ?0 AND (ci.cart_id = ?1 OR ci.cart_id = ANY(?2::bigint[]))
  GROUP BY ci.variant_id
), ranked AS (
  SELECT t.*, row_number() OVER (ORDER BY t.held DESC, t.added_at DESC, t.variant_id) AS place FROM together t
), fitting AS (
  SELECT r.variant_id, r.added_at, least(9999, greatest(r.largest, least(r.quantity, ` + mostToBuy + `))) AS quantity
  FROM ranked r LEFT JOIN inventory i ON i.vendor_id = ?0 AND i.variant_id = r.variant_id
  WHERE r.held OR r.place <= ?3
), merged AS (
  INSERT INTO cart_items AS ci (vendor_id, cart_id, variant_id, quantity, added_at)
  SELECT ?0, ?1, variant_id, quantity, added_at FROM fitting
  ON CONFLICT (vendor_id, cart_id, variant_id) DO UPDATE SET quantity = excluded.quantity
)
DELETE FROM cart_items ci USING fitting f
WHERE ci.vendor_id = ?0 AND ci.cart_id = ANY(?2::bigint[]) AND ci.variant_id = f.variant_id`

const dropEmptied = `
DELETE FROM carts c WHERE c.vendor_id = ?0 AND c.id = ANY(?1::bigint[])
  AND NOT EXISTS (SELECT 1 FROM cart_items ci WHERE ci.vendor_id = ?0 AND ci.cart_id = c.id)`

func (carts claimed) mergeInto(ctx context.Context, tx bun.Tx, target Cart, guestToken uuid.UUID, customerID int64) error {
	var others []int64
	for _, c := range carts {
		if c.ID != target.ID {
			others = append(others, c.ID)
		}
		if c.Token == guestToken && typed(c.Checkout) || !typed(target.Checkout) {
			target.Checkout = c.Checkout
		}
	}
	if len(others) > 0 {
		from := pgdialect.Array(others)
		if _, err := tx.NewRaw(mergeLines, target.VendorID, target.ID, from, MaxLines).Exec(ctx); err != nil {
			return fmt.Errorf("merge the lines: %w", err)
		}
		if _, err := tx.NewRaw(dropEmptied, target.VendorID, from).Exec(ctx); err != nil {
			return fmt.Errorf("drop the emptied carts: %w", err)
		}
	}
	target.CustomerID, target.Status = &customerID, StatusOpen
	_, err := tx.NewUpdate().Model(&target).Column("customer_id", "status", "checkout").Set("updated_at = now()").WherePK().Exec(ctx)
	if err != nil {
		return fmt.Errorf("make the cart the customer's: %w", err)
	}
	return nil
}

// typed tells whether a draft holds anything.
func typed(draft json.RawMessage) bool { return len(draft) > 0 && string(draft) != "{}" }
