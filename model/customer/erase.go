package customer

import (
	"context"
	"fmt"
	"strconv"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/letter"
	"orion/model/tenant"
)

// Erasure is everything that closing an account takes.
type Erasure struct {
	CustomerID int64
	RequestID  string // for the audit log
	// Enqueue sends the letter that says so to the address that is about to be forgotten; nil sends none.
	Enqueue func(ctx context.Context, tx bun.Tx, l letter.Letter) error
}

// Erase closes a customer's account and forgets who they are, in one transaction: the customer is emptied, addresses,
// mailed tokens and the second factor are deleted, sessions end, carts are nobody's. Their orders stay for the shop's
// books, with the country and the amounts, but without name, address, e-mail, phone and notes. fault.NotFound where
// the account was closed already.
//
// What a guest ordered with an address that the customer has not verified may be somebody else's: it stays as it is
// and becomes a guest's again.
//
// Locks come in the order cart, customer, order, as where an order is placed.
func Erase(ctx context.Context, db *bun.DB, in Erasure) error {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	return db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		e := erasing{tx: tx, vendorID: vendorID, id: in.CustomerID, email: "erased-" + uuid.NewString() + "@erased.invalid"}
		if err := e.run(ctx, lockCarts); err != nil {
			return err
		}
		was, err := lock(ctx, tx, in.CustomerID)
		if err != nil {
			return err
		}
		e.verified = !was.EmailVerifiedAt.IsZero()
		if err := e.forget(ctx, was.Email); err != nil {
			return err
		}
		if in.Enqueue != nil {
			farewell := letter.Letter{Kind: letter.AccountClosed, VendorID: vendorID, To: was.Email, Name: was.Name, Realm: "customer"}
			if err := in.Enqueue(ctx, tx, farewell); err != nil {
				return fmt.Errorf("write that an account was closed: %w", err)
			}
		}
		subject := "customer:" + strconv.FormatInt(in.CustomerID, 10)
		by := audit.By{Kind: audit.Customer, Actor: subject, RequestID: in.RequestID}
		return audit.Record(ctx, tx, by.Entry("customer.erased", subject, nil, map[string]any{"orders": e.orders}))
	})
}

// erasing is an erasure under way. email is what stands for the customer's address from now on: unlike an empty one, nobody
// can look up an order with it (RFC 2606, section 2, keeps .invalid free).
type erasing struct {
	tx           bun.Tx
	vendorID, id int64
	email        string
	verified     bool
	orders       int64 // how many were anonymised
}

const lockCarts = `SELECT id FROM carts WHERE vendor_id = ?0 AND customer_id = ?1 ORDER BY id FOR UPDATE`

const eraseHistory = `
UPDATE order_status_history e SET note = '' FROM orders o
WHERE o.vendor_id = ?0 AND o.customer_id = ?1 AND (o.signed_in OR ?3) AND e.vendor_id = ?0 AND e.order_id = o.id AND e.note <> ''`

// Of an address only the country stays.
const eraseOrders = `
UPDATE orders SET email = ?2, phone = '', note = '', version = version + 1, updated_at = now(),
  shipping_address = jsonb_build_object('name', '', 'line1', '', 'city', '', 'country', shipping_address->>'country'),
  billing_address = CASE WHEN billing_address IS NOT NULL
    THEN jsonb_build_object('name', '', 'line1', '', 'city', '', 'country', billing_address->>'country') END
WHERE vendor_id = ?0 AND customer_id = ?1 AND (signed_in OR ?3)`

const eraseCustomer = `
UPDATE customers SET email = ?2, name = '', phone = '', password_hash = '', email_verified_at = NULL, metadata = '{}',
  version = version + 1, updated_at = now(), deleted_at = now()
WHERE vendor_id = ?0 AND id = ?1`

// erasures are the other statements, in the order in which they lock.
var erasures = [...]string{
	`UPDATE carts SET customer_id = NULL, email = '', checkout = '{}', updated_at = now() WHERE vendor_id = ?0 AND customer_id = ?1`,
	eraseCustomer,
	`DELETE FROM customer_addresses WHERE vendor_id = ?0 AND customer_id = ?1`,
	`DELETE FROM refresh_tokens r USING sessions s WHERE s.vendor_id = ?0 AND s.account_id = ?1 AND r.vendor_id = ?0 AND r.session_id = s.id`,
	`UPDATE sessions SET user_agent = '', address = '', ended_at = coalesce(ended_at, now()),
	   end_reason = CASE WHEN ended_at IS NULL THEN 'account_closed' ELSE end_reason END
	 WHERE vendor_id = ?0 AND account_id = ?1`,
	`DELETE FROM mailed_tokens WHERE vendor_id = ?0 AND account_id = ?1`,
	`DELETE FROM second_factors WHERE vendor_id = ?0 AND account_id = ?1`, // with its recovery codes
	eraseHistory,
}

func (e *erasing) forget(ctx context.Context, email string) error {
	for _, statement := range erasures {
		if err := e.run(ctx, statement); err != nil {
			return err
		}
	}
	done, err := e.tx.NewRaw(eraseOrders, e.vendorID, e.id, e.email, e.verified).Exec(ctx)
	if err != nil {
		return fmt.Errorf("anonymise a customer's orders: %w", err)
	}
	if e.orders, err = done.RowsAffected(); err != nil {
		return fmt.Errorf("count a customer's orders: %w", err)
	}
	if e.verified {
		return nil
	}
	return e.giveBack(ctx, email)
}

// giveBack makes a guest of the orders that may be somebody else's.
func (e *erasing) giveBack(ctx context.Context, email string) error {
	left, err := e.tx.NewSelect().TableExpr("orders").
		Where("vendor_id = ? AND customer_id = ? AND NOT signed_in", e.vendorID, e.id).Exists(ctx)
	if err != nil || !left {
		return err
	}
	guest, err := Remember(ctx, e.tx, email, "", "")
	if err != nil {
		return err
	}
	_, err = e.tx.NewRaw(`UPDATE orders SET customer_id = ? WHERE vendor_id = ? AND customer_id = ? AND NOT signed_in`,
		guest, e.vendorID, e.id).Exec(ctx)
	if err != nil {
		return fmt.Errorf("give orders back to a guest: %w", err)
	}
	return nil
}

func (e *erasing) run(ctx context.Context, statement string) error {
	if _, err := e.tx.NewRaw(statement, e.vendorID, e.id, e.email, e.verified).Exec(ctx); err != nil {
		return fmt.Errorf("erase a customer: %w", err)
	}
	return nil
}
