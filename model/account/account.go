package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// Account is somebody who can sign in.
type Account struct {
	VendorID        int64 // the shop of a customer; 0 of a user
	ID              int64
	Email, Name     string
	EmailVerifiedAt time.Time // zero: not verified
	PasswordHash    string    // "": none was chosen yet
	LockedAt        time.Time // zero: not locked
	HasSecondFactor bool
	PlatformRole    string // of a user; "" none
}

// accountRow is what queries read of an account.
type accountRow struct {
	ID                        int64
	Email, Name, PasswordHash string
	PlatformRole              string
	EmailVerifiedAt, LockedAt bun.NullTime
	HasSecondFactor           bool
}

func (row accountRow) account(r Realm) *Account {
	return &Account{
		VendorID: r.VendorID, ID: row.ID, Email: row.Email, Name: row.Name, EmailVerifiedAt: row.EmailVerifiedAt.Time, PasswordHash: row.PasswordHash,
		LockedAt: row.LockedAt.Time, HasSecondFactor: row.HasSecondFactor, PlatformRole: row.PlatformRole,
	}
}

// columns are accountRow's, of the realm's table x.
func (r Realm) columns() bun.Safe {
	const factor = `EXISTS (SELECT FROM second_factors f WHERE f.vendor_id = %s AND f.account_id = x.id AND f.confirmed_at IS NOT NULL) AS has_second_factor`
	if r.isShop() {
		return bun.Safe("x.id, x.email, x.name, x.password_hash, x.email_verified_at, NULL::timestamptz AS locked_at, '' AS platform_role, " +
			fmt.Sprintf(factor, "x.vendor_id"))
	}
	return bun.Safe("x.id, x.email, x.name, x.password_hash, x.email_verified_at, x.locked_at, x.platform_role, " + fmt.Sprintf(factor, "0"))
}

// longestEmail is what a path of SMTP holds (RFC 5321, section 4.5.3.1.3, without the brackets).
const longestEmail = 254

// tidyEmail is an e-mail address as it is stored and compared, or "" for what cannot be one; the database minds no case.
func tidyEmail(email string) string {
	email = strings.TrimSpace(email)
	if len(email) > longestEmail || !utf8.ValidString(email) || strings.ContainsFunc(email, unreadable) {
		return ""
	}
	return strings.Clone(email)
}

// byEmail finds an account; nil where the realm has none with this address.
func byEmail(ctx context.Context, db bun.IDB, r Realm, email string) (*Account, error) {
	return findAccount(ctx, db, r, bun.SafeQuery("x.email = ?", email))
}

// byID finds an account; nil where it is not there any more.
func byID(ctx context.Context, db bun.IDB, r Realm, id int64) (*Account, error) {
	return findAccount(ctx, db, r, bun.SafeQuery("x.id = ?", id))
}

// lockByID locks an account until the transaction ends, then finds it: what it says of other tables must be from after
// the wait. Locks come in the order account, mailed token or second factor, session.
func lockByID(ctx context.Context, tx bun.Tx, r Realm, id int64) (*Account, error) {
	if _, err := tx.NewRaw(`SELECT FROM ? AND x.id = ? FOR NO KEY UPDATE OF x`, r.table(), id).Exec(ctx); err != nil {
		return nil, fmt.Errorf("lock an account: %w", err)
	}
	return byID(ctx, tx, r, id)
}

// lockUnchanged locks an account whose password was checked before the transaction began. ErrEnded: since then it got
// another password or was locked, or it is gone.
func lockUnchanged(ctx context.Context, tx bun.Tx, r Realm, was *Account) (*Account, error) {
	is, err := lockByID(ctx, tx, r, was.ID)
	if err != nil {
		return nil, err
	}
	if is == nil || is.PasswordHash != was.PasswordHash || !is.LockedAt.IsZero() {
		return nil, ErrEnded
	}
	return is, nil
}

func findAccount(ctx context.Context, db bun.IDB, r Realm, condition schema.QueryWithArgs) (*Account, error) {
	var row accountRow
	err := db.NewRaw(`SELECT ? FROM ? AND ?`, r.columns(), r.table(), condition).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find an account: %w", err)
	}
	return row.account(r), nil
}
