package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

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

// tidyEmail is an e-mail address as it is stored and compared; the database minds no case.
func tidyEmail(email string) string {
	email = strings.TrimSpace(email)
	if len(email) > longestEmail {
		return ""
	}
	return strings.Clone(email)
}

// byEmail finds an account; nil where the realm has none with this address.
func byEmail(ctx context.Context, db bun.IDB, r Realm, email string) (*Account, error) {
	return findAccount(ctx, db, r, bun.SafeQuery("x.email = ?", email), "")
}

// byID finds an account; nil where it is not there any more.
func byID(ctx context.Context, db bun.IDB, r Realm, id int64) (*Account, error) {
	return findAccount(ctx, db, r, bun.SafeQuery("x.id = ?", id), "")
}

// lockByID finds an account and locks its row until the transaction ends.
func lockByID(ctx context.Context, tx bun.Tx, r Realm, id int64) (*Account, error) {
	return findAccount(ctx, tx, r, bun.SafeQuery("x.id = ?", id), "FOR UPDATE OF x")
}

func findAccount(ctx context.Context, db bun.IDB, r Realm, condition schema.QueryWithArgs, lock bun.Safe) (*Account, error) {
	var row accountRow
	err := db.NewRaw(`SELECT ? FROM ? AND ? ?`, r.columns(), r.table(), condition, lock).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find an account: %w", err)
	}
	return row.account(r), nil
}
