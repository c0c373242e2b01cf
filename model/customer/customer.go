// Package customer is who buys from a shop: with an account, or as a guest. Every function works for the vendor in
// the context.
package customer

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Customer is somebody who has bought from a shop or has an account there. An e-mail address is one customer,
// whatever the case of its letters.
type Customer struct {
	bun.BaseModel `bun:"table:customers,alias:cu"`
	tenant.Owned
	ID              int64          `bun:"id,pk,autoincrement"`
	Email           string         `bun:"email"`
	Name            string         `bun:"name"`
	Phone           string         `bun:"phone"`
	PasswordHash    string         `bun:"password_hash" json:"-"` // "": a guest, without an account
	EmailVerifiedAt bun.NullTime   `bun:"email_verified_at,nullzero"`
	Metadata        map[string]any `bun:"metadata,type:jsonb,nullzero,default:'{}'"`
	Version         int            `bun:"version,nullzero,default:1"`
	CreatedAt       time.Time      `bun:"created_at,nullzero,default:now()"`
	UpdatedAt       time.Time      `bun:"updated_at,nullzero,default:now()"`
	DeletedAt       bun.NullTime   `bun:"deleted_at,soft_delete,nullzero"`
}

// HasAccount tells whether the customer can sign in.
func (c *Customer) HasAccount() bool { return c.PasswordHash != "" }

// Remember finds the customer of an e-mail address or makes a guest of it, and returns the id. A guest's name and
// phone become those given here, as far as they are given; an account is left as it is, since anybody may type its
// address. One round trip; the row stays locked until the transaction ends.
func Remember(ctx context.Context, db bun.IDB, email, name, phone string) (int64, error) {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return 0, err
	}
	var id int64
	err = db.NewRaw(`
		INSERT INTO customers AS c (vendor_id, email, name, phone) VALUES (?, ?, ?, ?)
		ON CONFLICT (vendor_id, email) WHERE deleted_at IS NULL DO UPDATE SET
			name  = CASE WHEN c.password_hash = '' AND excluded.name <> ''  THEN excluded.name  ELSE c.name END,
			phone = CASE WHEN c.password_hash = '' AND excluded.phone <> '' THEN excluded.phone ELSE c.phone END,
			updated_at = CASE WHEN c.password_hash = '' THEN now() ELSE c.updated_at END
		RETURNING id`, vendorID, email, name, phone).Scan(ctx, &id)
	if err != nil {
		return 0, fmt.Errorf("remember a customer: %w", err)
	}
	return id, nil
}
