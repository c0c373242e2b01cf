package order

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/cart"
	"orion/model/customer"
	"orion/model/fault"
	"orion/model/stock"
	"orion/model/tenant"
	"orion/model/vendor"
)

// PlaceInput is everything that placing an order takes.
type PlaceInput struct {
	CartToken uuid.UUID
	Checkout  Checkout
	Seen      *Seen // what the buyer saw; nil compares nothing
	Settings  vendor.Settings
	Payments  PaymentProviders
	// CustomerID is who is signed in; 0 is a guest, whose order is the customer's of its e-mail address.
	CustomerID int64
	// SaveAddress keeps the shipping address in the customer's address book, if there is room.
	SaveAddress bool
	RequestID   string // for the audit log
}

// Place turns a cart into an order, in one transaction: it checks the form, prices and stock again, takes the stock
// and copies what is bought. Of a cart there is one order: who sends the same cart again, even at the same moment,
// gets that order.
//
// Nothing is done where it returns an error: Problems where the form is wrong, *Changed where prices, stock or the
// cart are not as the buyer saw them, fault.Conflict where the cart is empty, fault.NotFound where the customer's
// account was closed.
//
// Locks are taken in the order cart, customer, the shop's order counter, inventory, and the counter is taken once
// only writing is left to do. Nine statements, each one round trip: BEGIN, the cart's lock, its lines, customer,
// number, stock with ledger, order with items, history and cart, audit, COMMIT.
func Place(ctx context.Context, db *bun.DB, in PlaceInput) (*Order, error) {
	var placed *Order
	err := transact(ctx, db, func(ctx context.Context, tx bun.Tx) (err error) {
		placed, err = place(ctx, tx, in)
		return err
	})
	if err != nil {
		return nil, err
	}
	return placed, nil
}

func place(ctx context.Context, tx bun.Tx, in PlaceInput) (*Order, error) {
	cartID, ordered, err := lockCart(ctx, tx, in.CartToken)
	if err != nil {
		return nil, err
	}
	if ordered {
		return find(ctx, tx, "ord.cart_id = ?", cartID)
	}
	view, err := cart.Show(ctx, tx, in.CartToken)
	if err != nil {
		return nil, err
	}
	if view.Empty() {
		return nil, emptyCart()
	}
	quote, err := agree(in, view)
	if err != nil {
		return nil, err
	}
	placed := compose(in, view, quote)
	return placed, record(ctx, tx, in, view, placed)
}

// agree makes the quote anew and refuses where the form is wrong or the buyer saw something else.
func agree(in PlaceInput, view *cart.View) (Quote, error) {
	quote := Price(in.Settings, view.Lines, in.Checkout.Shipping.Country, in.Checkout.ShippingMethod)
	if found := differences(in.Seen, view, quote); len(found) > 0 {
		return Quote{}, &Changed{Differences: found}
	}
	if problems := (Rules{Settings: in.Settings, Ship: quote.Ship, Payments: in.Payments}).Check(in.Checkout); len(problems) > 0 {
		return Quote{}, problems
	}
	return quote, nil
}

// record writes everything that an order leaves behind.
func record(ctx context.Context, tx bun.Tx, in PlaceInput, view *cart.View, placed *Order) error {
	buyer, err := whose(ctx, tx, in, placed)
	if err != nil {
		return err
	}
	placed.CustomerID, placed.SignedIn = &buyer, in.CustomerID > 0
	if placed.Number, err = nextNumber(ctx, tx); err != nil {
		return err
	}
	subject := placed.subject()
	actor := "customer:" + strconv.FormatInt(buyer, 10)
	short, err := stock.Take(ctx, tx, stockLines(placed.Items), subject)
	if err != nil {
		return err
	}
	if len(short) > 0 {
		return &Changed{Differences: shortages(short, view)}
	}
	placed.beginPayment(in)
	if err := insert(ctx, tx, placed, actor); err != nil {
		return err
	}
	by := audit.By{Kind: audit.Guest, Actor: actor, RequestID: in.RequestID}
	if placed.SignedIn {
		by.Kind = audit.Customer
	}
	return audit.Record(ctx, tx, by.Entry("order.placed", subject, nil,
		map[string]any{"total": placed.Total, "currency": placed.Currency, "items": len(placed.Items)}))
}

// whose order it is: the account's that is signed in, else the customer's of the e-mail address. The row stays locked.
func whose(ctx context.Context, tx bun.Tx, in PlaceInput, placed *Order) (int64, error) {
	if in.CustomerID > 0 && in.SaveAddress {
		_, err := customer.AddAddress(ctx, tx, in.CustomerID, customer.AddressInput{Address: placed.ShippingAddress})
		if !errors.Is(err, fault.Conflict) {
			return in.CustomerID, err
		}
	}
	if in.CustomerID > 0 {
		return in.CustomerID, customer.Hold(ctx, tx, in.CustomerID)
	}
	return customer.Remember(ctx, tx, placed.Email, placed.ShippingAddress.Name, placed.Phone)
}

// lockCart locks the cart of a token until the transaction ends and tells whether it was ordered already.
func lockCart(ctx context.Context, tx bun.Tx, token uuid.UUID) (cartID int64, ordered bool, err error) {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return 0, false, err
	}
	var row struct {
		ID     int64
		Status string
	}
	err = tx.NewRaw(`SELECT id, status FROM carts WHERE vendor_id = ? AND token = ? FOR UPDATE`, vendorID, token).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, emptyCart()
	}
	if err != nil {
		return 0, false, fmt.Errorf("lock the cart: %w", err)
	}
	return row.ID, row.Status == cart.StatusOrdered, nil
}

func emptyCart() error {
	return fault.Conflict.With("Your cart is empty. Add something to it first.")
}

// nextNumber takes the shop's next order number. Its row stays locked until the transaction ends, so that no number
// is left out.
func nextNumber(ctx context.Context, tx bun.Tx) (int64, error) {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return 0, err
	}
	var number int64
	err = tx.NewRaw(`
		INSERT INTO vendor_counters AS c (vendor_id, name, value) VALUES (?, 'order', 1)
		ON CONFLICT (vendor_id, name) DO UPDATE SET value = c.value + 1
		RETURNING value`, vendorID).Scan(ctx, &number)
	if err != nil {
		return 0, fmt.Errorf("take the next order number: %w", err)
	}
	return number, nil
}
