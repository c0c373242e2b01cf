package customer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/form"
)

// Profile is what customers change about themselves.
type Profile struct {
	Name  string `form:"name" validate:"required,max=100,printable"`
	Phone string `form:"phone" validate:"omitempty,max=30,printable,phone"`
}

// ReadProfile reads a form by the names of its fields: name, phone.
func ReadProfile(value func(name string) string) Profile {
	return Profile{Name: form.Line(value("name")), Phone: form.Line(value("phone"))}
}

// Get is the customer with this id; fault.NotFound where there is none or the account was closed. One query.
func Get(ctx context.Context, db bun.IDB, id int64) (*Customer, error) {
	found := new(Customer)
	err := db.NewSelect().Model(found).Where("cu.id = ?", id).Scan(ctx)
	return known(found, err)
}

// ChangeProfile changes a customer's name and phone number. form.Problems where they are wrong.
func ChangeProfile(ctx context.Context, db bun.IDB, id int64, to Profile) error {
	problems := form.Problems{}
	problems.Check("", to)
	if len(problems) > 0 {
		return problems
	}
	changed := &Customer{ID: id, Name: to.Name, Phone: to.Phone}
	done, err := db.NewUpdate().Model(changed).Column("name", "phone").
		Set("version = version + 1").Set("updated_at = now()").WherePK().Exec(ctx)
	if err != nil {
		return fmt.Errorf("change a customer's profile: %w", err)
	}
	if touched, err := done.RowsAffected(); err != nil || touched == 0 {
		return closed()
	}
	return nil
}

// Hold keeps an account from being closed until the transaction ends; fault.NotFound where it was closed already.
// One query.
func Hold(ctx context.Context, tx bun.IDB, id int64) error {
	found := new(Customer)
	err := tx.NewSelect().Model(found).Column("id").Where("cu.id = ?", id).For("SHARE").Scan(ctx)
	_, err = known(found, err)
	return err
}

// lock reads a customer and locks them until the transaction ends.
func lock(ctx context.Context, tx bun.IDB, id int64) (*Customer, error) {
	found := new(Customer)
	err := tx.NewSelect().Model(found).Where("cu.id = ?", id).For("NO KEY UPDATE").Scan(ctx)
	return known(found, err)
}

func known(found *Customer, err error) (*Customer, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return nil, closed()
	}
	if err != nil {
		return nil, fmt.Errorf("find a customer: %w", err)
	}
	return found, nil
}

func closed() error { return fault.NotFound.With("This account was closed.") }
