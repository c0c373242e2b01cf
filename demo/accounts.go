package demo

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/tenant"
	"orion/postgres"
)

// Password is that of every demo account. It is printed for everybody to read, so no demo account is ever made in
// production.
const Password = "orion-demo"

// Account is one of the demo accounts.
type Account struct {
	Email, Name string
	// Role is admin for the platform's, customer for a shop's, else the role in the shop's team.
	Role string
	Shop string // slug; "" for the platform's
}

// The roles of demo accounts that are none of a team.
const (
	RoleAdmin    = "admin"
	RoleCustomer = "customer"
)

// Accounts are the demo accounts.
func Accounts() []Account {
	return []Account{
		{Email: "admin@orion.test", Name: "Nora Admin", Role: RoleAdmin},
		{Email: "owner@kaffa.test", Name: "Kaspar Owner", Role: "owner", Shop: "kaffa"},
		{Email: "manager@kaffa.test", Name: "Mila Manager", Role: "manager", Shop: "kaffa"},
		{Email: "staff@kaffa.test", Name: "Sami Staff", Role: "staff", Shop: "kaffa"},
		{Email: "viewer@kaffa.test", Name: "Vera Viewer", Role: "viewer", Shop: "kaffa"},
		{Email: "owner@bloom.test", Name: "Belén Owner", Role: "owner", Shop: "bloom"},
		{Email: "owner@atelier.test", Name: "Anouk Owner", Role: "owner", Shop: "atelier"},
		{Email: "ada@example.test", Name: "Ada Byron", Role: RoleCustomer, Shop: "kaffa"},
	}
}

// LoadAccounts makes the demo accounts in a database that has the demo shops and no user yet; on any other it changes
// nothing. Several instances may call it at once. hash makes a password's hash. Never call it in production.
func LoadAccounts(ctx context.Context, db *postgres.DB, hash func(ctx context.Context, password string) (string, error)) error {
	ctx = tenant.AsPlatform(ctx)
	return db.Platform.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock(?)", loadLock).Exec(ctx); err != nil {
			return fmt.Errorf("take the lock for the demo accounts: %w", err)
		}
		var wanted bool
		err := tx.NewRaw("SELECT NOT EXISTS (SELECT 1 FROM users) AND (SELECT count(*) FROM vendors WHERE slug IN ('kaffa', 'bloom', 'atelier')) = 3").
			Scan(ctx, &wanted)
		if err != nil {
			return fmt.Errorf("look for users: %w", err)
		}
		if !wanted {
			return nil
		}
		hashed, err := hash(ctx, Password) // one for all: it is no secret, and hashing takes its time
		if err != nil {
			return fmt.Errorf("hash the demo password: %w", err)
		}
		for _, account := range Accounts() {
			if err := account.insert(ctx, tx, hashed); err != nil {
				return fmt.Errorf("make the demo account %s: %w", account.Email, err)
			}
		}
		return nil
	})
}

func (a Account) insert(ctx context.Context, tx bun.Tx, hash string) error {
	switch a.Role {
	case RoleCustomer:
		return a.insertCustomer(ctx, tx, hash)
	case RoleAdmin:
		_, err := tx.NewRaw(`INSERT INTO users (email, name, password_hash, email_verified_at, platform_role)
			VALUES (?, ?, ?, now(), 'super_admin')`, a.Email, a.Name, hash).Exec(ctx)
		return err
	}
	_, err := tx.NewRaw(`
		WITH made AS (INSERT INTO users (email, name, password_hash, email_verified_at) VALUES (?, ?, ?, now()) RETURNING id)
		INSERT INTO vendor_members (vendor_id, user_id, role) SELECT v.id, made.id, ? FROM made, vendors v WHERE v.slug = ?`,
		a.Email, a.Name, hash, a.Role, a.Shop).Exec(ctx)
	return err
}

func (a Account) insertCustomer(ctx context.Context, tx bun.Tx, hash string) error {
	_, err := tx.NewRaw(`
		WITH made AS (
			INSERT INTO customers (vendor_id, email, name, password_hash, email_verified_at)
			SELECT id, ?, ?, ?, now() FROM vendors WHERE slug = ?
			RETURNING vendor_id, id
		)
		INSERT INTO customer_addresses (vendor_id, customer_id, label, address, is_default, is_default_billing)
		SELECT vendor_id, id, 'Home', jsonb_build_object('name', ?::text, 'line1', 'Karl-Liebknecht-Straße 12', 'postcode', '04107',
			'city', 'Leipzig', 'country', 'DE'), true, true FROM made`,
		a.Email, a.Name, hash, a.Shop, a.Name).Exec(ctx)
	return err
}
