package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/fault"
)

// What a mailed token is for.
const (
	PurposeVerify = "verify_email"
	PurposeReset  = "reset_password"
)

// How long a mailed link works.
const (
	verifyLife = 3 * 24 * time.Hour
	resetLife  = time.Hour
)

// mostMailed bounds how many tokens of one purpose an account may have at once: who has the mails sent anew gets no more.
const mostMailed = 5

// IssueMailed makes the token of a letter, right before it is sent, and says where it goes and until when it works. Only
// its hash is stored. fault.NotFound: there is no such account any more, or it has had its fill of mails.
func (a *Authority) IssueMailed(ctx context.Context, r Realm, purpose string, accountID int64) (token, email string, expires time.Time, err error) {
	life := verifyLife
	if purpose == PurposeReset {
		life = resetLife
	}
	token, expires = newToken(), a.now().Add(life)
	scoped, db := a.scope(ctx, r)
	err = db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		owner, err := lockByID(ctx, tx, r, accountID)
		if err != nil {
			return err
		}
		if owner == nil {
			return fault.NotFound.With("There is no such account any more.")
		}
		email = owner.Email
		var has int
		err = tx.NewRaw(`SELECT count(*) FROM mailed_tokens WHERE vendor_id = ? AND account_id = ? AND purpose = ? AND used_at IS NULL AND expires_at > ?`,
			r.VendorID, accountID, purpose, a.now()).Scan(ctx, &has)
		if err != nil {
			return fmt.Errorf("count the mails to an account: %w", err)
		}
		if has >= mostMailed {
			return fault.NotFound.With("This account was written to often enough.")
		}
		_, err = tx.NewRaw(`INSERT INTO mailed_tokens (vendor_id, hash, purpose, account_id, email, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			r.VendorID, hashOf(token), purpose, accountID, email, a.now(), expires).Exec(ctx)
		if err != nil {
			return fmt.Errorf("write a mailed token: %w", err)
		}
		return nil
	})
	return token, email, expires, err
}

// redeem finds whose mailed token it is. It is worth nothing once it was used, has expired, or the account has another
// address. ErrToken. lock keeps the token and the account as they are until the transaction ends.
func (a *Authority) redeem(ctx context.Context, db bun.IDB, r Realm, purpose, token string, lock bool) (*Account, error) {
	var id int64
	var email string
	locking := bun.Safe("")
	if lock {
		locking = "FOR UPDATE"
	}
	err := db.NewRaw(`SELECT account_id, email FROM mailed_tokens
		WHERE vendor_id = ? AND hash = ? AND purpose = ? AND used_at IS NULL AND expires_at > ? ?`,
		r.VendorID, hashOf(token), purpose, a.now(), locking).Scan(ctx, &id, &email)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrToken
	}
	if err != nil {
		return nil, fmt.Errorf("find a mailed token: %w", err)
	}
	condition := bun.SafeQuery("x.id = ? AND x.email = ?", id, email)
	if lock {
		locking = "FOR UPDATE OF x"
	}
	owner, err := findAccount(ctx, db, r, condition, locking)
	if err == nil && owner == nil {
		err = ErrToken
	}
	return owner, err
}

// spend makes every mailed token of an account worth nothing, for one purpose.
func (a *Authority) spend(ctx context.Context, tx bun.Tx, r Realm, accountID int64, purpose string) error {
	_, err := tx.NewRaw(`UPDATE mailed_tokens SET used_at = ? WHERE vendor_id = ? AND account_id = ? AND purpose = ? AND used_at IS NULL`,
		a.now(), r.VendorID, accountID, purpose).Exec(ctx)
	if err != nil {
		return fmt.Errorf("use up mailed tokens: %w", err)
	}
	return nil
}
