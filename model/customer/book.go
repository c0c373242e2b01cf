package customer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/form"
	"orion/model/tenant"
)

// MaxAddresses is how many addresses an address book holds.
const MaxAddresses = 50

// SavedAddress is an address in a customer's address book.
type SavedAddress struct {
	bun.BaseModel `bun:"table:customer_addresses,alias:ca"`
	tenant.Owned
	ID               int64        `bun:"id,pk,autoincrement"`
	CustomerID       int64        `bun:"customer_id"`
	Label            string       `bun:"label"` // the customer's own name for it; "" none
	Address          Address      `bun:"address,type:jsonb"`
	IsDefault        bool         `bun:"is_default"`         // where orders go
	IsDefaultBilling bool         `bun:"is_default_billing"` // where bills go
	CreatedAt        time.Time    `bun:"created_at,nullzero,default:now()"`
	UpdatedAt        time.Time    `bun:"updated_at,nullzero,default:now()"`
	DeletedAt        bun.NullTime `bun:"deleted_at,soft_delete,nullzero"`
}

// AddressInput is an address as it is typed into the address book.
type AddressInput struct {
	Address                         Address `validate:"-"`
	Label                           string  `form:"label" validate:"max=60,printable"`
	DefaultShipping, DefaultBilling bool
}

// ReadAddressInput reads a form: the fields of ReadAddress, and label, default_shipping, default_billing (the last two
// anything but "").
func ReadAddressInput(value func(name string) string) AddressInput {
	return AddressInput{
		Address: ReadAddress("", value), Label: form.Line(value("label")),
		DefaultShipping: value("default_shipping") != "", DefaultBilling: value("default_billing") != "",
	}
}

// Check returns a message for each field that is wrong; none if the address can be taken.
func (in AddressInput) Check() form.Problems {
	problems := form.Problems{}
	problems.Check("", in)
	in.Address.Check(problems, "")
	return problems
}

// Addresses is a customer's address book: the default ones first, then the latest. One query.
func Addresses(ctx context.Context, db bun.IDB, customerID int64) ([]SavedAddress, error) {
	var saved []SavedAddress
	err := db.NewSelect().Model(&saved).Where("ca.customer_id = ?", customerID).
		OrderExpr("ca.is_default DESC, ca.is_default_billing DESC, ca.id DESC").Limit(MaxAddresses).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("read an address book: %w", err)
	}
	return saved, nil
}

// AddressOf is one address of a customer's address book; fault.NotFound where it is not theirs.
func AddressOf(ctx context.Context, db bun.IDB, customerID, id int64) (*SavedAddress, error) {
	found := new(SavedAddress)
	err := db.NewSelect().Model(found).Where("ca.customer_id = ? AND ca.id = ?", customerID, id).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noAddress()
	}
	if err != nil {
		return nil, fmt.Errorf("find an address: %w", err)
	}
	return found, nil
}

// AddAddress puts an address into a customer's address book and returns its id; where the very address is there
// already, that one's. The first is the default for everything. form.Problems where it is wrong, fault.Conflict where
// the book is full.
func AddAddress(ctx context.Context, db bun.IDB, customerID int64, in AddressInput) (int64, error) {
	if problems := in.Check(); len(problems) > 0 {
		return 0, problems
	}
	var id int64
	err := change(ctx, db, customerID, func(ctx context.Context, tx bun.Tx) (err error) {
		id, err = addAddress(ctx, tx, customerID, in)
		return err
	})
	return id, err
}

func addAddress(ctx context.Context, tx bun.Tx, customerID int64, in AddressInput) (int64, error) {
	book, err := Addresses(ctx, tx, customerID)
	if err != nil {
		return 0, err
	}
	for _, known := range book {
		if known.Address == in.Address {
			return known.ID, becomeDefault(ctx, tx, customerID, known.ID, in)
		}
	}
	if len(book) >= MaxAddresses {
		return 0, fault.Conflict.With("Your address book is full with %d addresses. Remove one first.", MaxAddresses)
	}
	added := &SavedAddress{CustomerID: customerID, Label: in.Label, Address: in.Address}
	if _, err := tx.NewInsert().Model(added).Returning("id").Exec(ctx); err != nil {
		return 0, fmt.Errorf("add an address: %w", err)
	}
	if len(book) == 0 {
		in.DefaultShipping, in.DefaultBilling = true, true
	}
	return added.ID, becomeDefault(ctx, tx, customerID, added.ID, in)
}

// ChangeAddress changes an address of a customer's address book. An address that was a default and no longer wants
// to be leaves none. form.Problems where it is wrong, fault.NotFound where it is not theirs.
func ChangeAddress(ctx context.Context, db bun.IDB, customerID, id int64, in AddressInput) error {
	if problems := in.Check(); len(problems) > 0 {
		return problems
	}
	return change(ctx, db, customerID, func(ctx context.Context, tx bun.Tx) error {
		changed := &SavedAddress{ID: id, Label: in.Label, Address: in.Address}
		done, err := tx.NewUpdate().Model(changed).Column("label", "address").
			Set("is_default = is_default AND ?", in.DefaultShipping).
			Set("is_default_billing = is_default_billing AND ?", in.DefaultBilling).
			Set("updated_at = now()").WherePK().Where("customer_id = ?", customerID).Exec(ctx)
		if err != nil {
			return fmt.Errorf("change an address: %w", err)
		}
		if touched, err := done.RowsAffected(); err != nil || touched == 0 {
			return noAddress()
		}
		return becomeDefault(ctx, tx, customerID, id, in)
	})
}

// RemoveAddress takes an address out of a customer's address book for good; fault.NotFound where it is not theirs.
func RemoveAddress(ctx context.Context, db bun.IDB, customerID, id int64) error {
	done, err := db.NewDelete().Model(&SavedAddress{ID: id}).WherePK().Where("customer_id = ?", customerID).ForceDelete().Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove an address: %w", err)
	}
	if touched, err := done.RowsAffected(); err != nil || touched == 0 {
		return noAddress()
	}
	return nil
}

// becomeDefault makes an address the default for what the input says. The old one goes first: there is at most one.
func becomeDefault(ctx context.Context, tx bun.Tx, customerID, id int64, in AddressInput) error {
	for _, kind := range []struct {
		wanted bool
		column bun.Ident
	}{{in.DefaultShipping, "is_default"}, {in.DefaultBilling, "is_default_billing"}} {
		if !kind.wanted {
			continue
		}
		for _, is := range []bool{false, true} {
			_, err := tx.NewUpdate().Model((*SavedAddress)(nil)).Set("? = ?", kind.column, is).
				Where("ca.customer_id = ? AND (ca.id = ?) = ?", customerID, id, is).Where("ca.? <> ?", kind.column, is).Exec(ctx)
			if err != nil {
				return fmt.Errorf("choose the default address: %w", err)
			}
		}
	}
	return nil
}

// change runs do in a transaction that has locked the customer, so that changes of one address book wait for one
// another and none comes to an account that is being closed.
func change(ctx context.Context, db bun.IDB, customerID int64, do func(context.Context, bun.Tx) error) error {
	return db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := lock(ctx, tx, customerID); err != nil {
			return err
		}
		return do(ctx, tx)
	})
}

func noAddress() error {
	return fault.NotFound.With("This address is not in your address book any more.")
}
