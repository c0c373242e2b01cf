// Package audit records who changed what. The record is append-only; the database refuses to change or delete it.
package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// ActorKind says what sort of person or thing acted.
type ActorKind string

// The kinds that the database takes.
const (
	System   ActorKind = "system"   // Orion itself: a job, an import
	Admin    ActorKind = "admin"    // a member of the platform's staff
	Vendor   ActorKind = "vendor"   // a member of the shop's staff
	Customer ActorKind = "customer" // a buyer with an account
	Guest    ActorKind = "guest"    // a buyer without one
)

// Entry is one act. The database adds the time.
type Entry struct {
	ActorKind ActorKind
	Actor     string // who, as the actor is known: a user's id or e-mail address; may be empty for System and Guest
	Action    string // what was done, a dotted verb of the trade: "order.placed", "product.updated"
	Subject   string // to what: kind and id, "order:1042"

	// Before and After are what the change replaced and made, as anything json.Marshal takes; nil where there was or
	// is nothing. Leave secrets out: the record is kept for good.
	Before, After any

	RequestID string // X-Request-ID of the request that did it; empty for work without one

	// VendorID says whose record it is in the platform's scope, 0 being the platform's own. In a vendor's scope the
	// record is that vendor's, and VendorID must be 0 or the same.
	VendorID int64
}

// Record writes an entry. Give it the transaction of the change itself, so that neither stands without the other.
// It returns tenant.ErrNoScope, or tenant.ErrForeignVendor for another vendor's record.
func Record(ctx context.Context, db bun.IDB, e Entry) error {
	vendorID, err := vendorOf(ctx, e)
	if err != nil {
		return fmt.Errorf("audit %s: %w", e.Action, err)
	}
	before, err := encode(e.Before)
	if err != nil {
		return fmt.Errorf("audit %s: encode what was before: %w", e.Action, err)
	}
	after, err := encode(e.After)
	if err != nil {
		return fmt.Errorf("audit %s: encode what is after: %w", e.Action, err)
	}
	_, err = db.NewRaw(`
		INSERT INTO audit_log (vendor_id, actor_kind, actor, action, subject, before, after, request_id)
		VALUES (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)`,
		vendorID, string(e.ActorKind), e.Actor, e.Action, e.Subject, before, after, e.RequestID,
	).Exec(ctx)
	if err != nil {
		return fmt.Errorf("audit %s: %w", e.Action, err)
	}
	return nil
}

func vendorOf(ctx context.Context, e Entry) (int64, error) {
	if tenant.IsPlatform(ctx) {
		return e.VendorID, nil
	}
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return 0, err
	}
	if e.VendorID != 0 && e.VendorID != vendorID {
		return 0, tenant.ErrForeignVendor
	}
	return vendorID, nil
}

// encode gives JSON text, or nil for SQL's NULL.
func encode(value any) (*string, error) {
	if value == nil {
		return nil, nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	encoded := string(text)
	return &encoded, nil
}
