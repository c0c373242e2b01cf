// Package account is how people prove who they are: passwords, sessions, tokens and second factors, for users, who run
// the platform or shops, and for customers, each of whom belongs to one shop.
package account

import (
	"context"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"orion/model/audit"
	"orion/model/tenant"
)

// Kind is a kind of account, or rather of session: a user may be signed in to a dashboard and to the admin, and each
// is a session of its own.
type Kind string

// The kinds. A token of one opens nothing of another.
const (
	Admin    Kind = "admin"    // a user, in the platform's administration
	Vendor   Kind = "vendor"   // a user, in the dashboards of the shops whose teams they are on
	Customer Kind = "customer" // a shop's customer
)

// SessionLife is how long a session lives without being used.
func (k Kind) SessionLife() time.Duration {
	switch k {
	case Admin:
		return 12 * time.Hour
	case Vendor:
		return 14 * 24 * time.Hour
	default:
		return 60 * 24 * time.Hour
	}
}

// Realm is where somebody signs in. VendorID is the shop of a Customer; users have 0, since they may be on many teams.
type Realm struct {
	Kind     Kind
	VendorID int64
}

// isShop tells whether the realm is a shop's.
func (r Realm) isShop() bool { return r.Kind == Customer }

// audience is the aud of the realm's tokens.
func (r Realm) audience() string {
	if r.isShop() {
		return "orion:shop:" + strconv.FormatInt(r.VendorID, 10)
	}
	return "orion:" + string(r.Kind)
}

// subject is the sub of a token and the actor of the audit log: user:12 or customer:5.
func (r Realm) subject(accountID int64) string {
	kind := "user:"
	if r.isShop() {
		kind = "customer:"
	}
	return kind + strconv.FormatInt(accountID, 10)
}

// actorKind is the realm's kind in the audit log.
func (r Realm) actorKind() audit.ActorKind {
	switch r.Kind {
	case Admin:
		return audit.Admin
	case Vendor:
		return audit.Vendor
	default:
		return audit.Customer
	}
}

// table is where the realm's accounts are, and the condition that an account is this realm's.
func (r Realm) table() schema.QueryWithArgs {
	switch r.Kind {
	case Customer:
		return bun.SafeQuery("customers AS x WHERE x.vendor_id = ? AND x.deleted_at IS NULL AND x.password_hash <> ''", r.VendorID)
	case Admin:
		return bun.SafeQuery("users AS x WHERE x.deleted_at IS NULL AND x.platform_role <> ''")
	default:
		return bun.SafeQuery("users AS x WHERE x.deleted_at IS NULL")
	}
}

// owner is the table of accounts by name, for what is written to it.
func (r Realm) owner() bun.Safe {
	if r.isShop() {
		return "customers"
	}
	return "users"
}

// own is the condition that a row of owner is this account's.
func (r Realm) own(accountID int64) schema.QueryWithArgs {
	if r.isShop() {
		return bun.SafeQuery("vendor_id = ? AND id = ?", r.VendorID, accountID)
	}
	return bun.SafeQuery("id = ?", accountID)
}

// scope is the database and the context in which the realm's rows are seen: a shop's own, else the platform's.
func (a *Authority) scope(ctx context.Context, r Realm) (context.Context, *bun.DB) {
	if r.isShop() {
		return tenant.With(ctx, r.VendorID), a.shop
	}
	return tenant.AsPlatform(ctx), a.platform
}

// record writes an entry of the realm into the audit log.
func (r Realm) record(ctx context.Context, db bun.IDB, accountID int64, action, requestID string, after any) error {
	return audit.Record(ctx, db, audit.Entry{
		ActorKind: r.actorKind(), Actor: r.subject(accountID), Action: action, Subject: r.subject(accountID), After: after, RequestID: requestID,
	})
}

// Device is what a session remembers of where it is used.
type Device struct {
	UserAgent string
	Address   netip.Addr
}

// longestAgent bounds what is kept of a User-Agent header, in bytes.
const longestAgent = 400

// agent is the header without what is not to be printed, which a database may not take and a page should not show.
func (d Device) agent() string {
	agent := d.UserAgent[:min(len(d.UserAgent), longestAgent)]
	return strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' {
			return -1
		}
		return c
	}, agent)
}

func (d Device) address() string {
	if !d.Address.IsValid() {
		return ""
	}
	return d.Address.String()
}
