package order

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/fault"
	"orion/model/form"
	"orion/model/stock"
)

// Advance brings an order to another status, with a line in its history whose note the buyer can read. Cancelling
// gives the stock back and voids a payment that has not come. A change that the order's status does not allow is
// fault.Conflict; an order that is not there, fault.NotFound. The caller has checked PermissionTo.
func Advance(ctx context.Context, db *bun.DB, number int64, to string, by audit.By, note string) (*Order, error) {
	if !form.Readable(note, "\n\t") || len(note) > maxNote {
		return nil, fault.Field("note", "Write the note in plain text of at most "+strconv.Itoa(maxNote)+" letters.")
	}
	var advanced *Order
	err := transact(ctx, db, func(ctx context.Context, tx bun.Tx) (err error) {
		advanced, err = advance(ctx, tx, number, to, by, note)
		return err
	})
	if err != nil {
		return nil, err
	}
	return advanced, nil
}

// maxNote is the longest note to a status, in bytes.
const maxNote = 2000

func advance(ctx context.Context, tx bun.Tx, number int64, to string, by audit.By, note string) (*Order, error) {
	if err := lockOrder(ctx, tx, number); err != nil {
		return nil, err
	}
	o, err := ByNumber(ctx, tx, number)
	if err != nil {
		return nil, err
	}
	from := o.Status
	if _, allowed := PermissionTo(from, to); !allowed {
		return nil, fault.Conflict.With("Order %s is %s and cannot become %s.", o.Label(), from, to)
	}
	if err := o.giveBack(ctx, tx, to, by); err != nil {
		return nil, err
	}
	o.become(to)
	_, err = tx.NewUpdate().Model(o).WherePK().
		Column("status", "payment_status", "fulfilment_status").
		Set("version = version + 1").Set("updated_at = now()").Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("bring order %d to %s: %w", number, to, err)
	}
	event := Event{OrderID: o.ID, Status: to, Note: note, IsPublic: true, Actor: by.Actor}
	if _, err := tx.NewInsert().Model(&event).Returning("id, at").Exec(ctx); err != nil {
		return nil, fmt.Errorf("write the history of order %d: %w", number, err)
	}
	o.History = append(o.History, event)
	return o, audit.Record(ctx, tx, by.Entry("order."+to, o.subject(),
		map[string]any{"status": from}, map[string]any{"status": to}))
}

// lockOrder locks an order by a statement of its own, so that what is read next is what the last one left.
func lockOrder(ctx context.Context, tx bun.Tx, number int64) error {
	var id int64
	err := tx.NewSelect().Model((*Order)(nil)).Column("id").Where("ord.number = ?", number).For("UPDATE").Scan(ctx, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return notFound()
	}
	if err != nil {
		return fmt.Errorf("lock order %d: %w", number, err)
	}
	return nil
}

// giveBack returns the stock of an order that is cancelled. What a buyer sends back is counted by hand, since it may
// be broken.
func (o *Order) giveBack(ctx context.Context, tx bun.Tx, to string, by audit.By) error {
	if to != Cancelled {
		return nil
	}
	return stock.Return(ctx, tx, stockLines(o.Items), stock.Cancellation, o.subject(), by.Actor)
}

// become sets the status and what follows from it.
func (o *Order) become(status string) {
	o.Status = status
	switch status {
	case Cancelled:
		if o.PaymentStatus == PaymentUnpaid || o.PaymentStatus == PaymentAuthorized {
			o.PaymentStatus = PaymentVoid
		}
	case Shipped, Delivered:
		o.FulfilmentStatus = Fulfilled
	case Returned:
		o.FulfilmentStatus = FulfilledAndBack
	case Refunded:
		o.PaymentStatus = PaymentRefunded
	}
}

// subject names the order in the audit log and the stock's ledger.
func (o *Order) subject() string { return "order:" + strconv.FormatInt(o.Number, 10) }
