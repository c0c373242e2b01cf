package account

import (
	"context"
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

// mailedTo finds whose mailed token it is. It is worth nothing once it was used, has expired, or the account has another
// address. ErrToken.
func (a *Authority) mailedTo(ctx context.Context, db bun.IDB, r Realm, purpose, token string) (*Account, error) {
	owner, err := findAccount(ctx, db, r, bun.SafeQuery(`(x.id, x.email) = (
		SELECT m.account_id, m.email FROM mailed_tokens m
		WHERE m.vendor_id = ? AND m.hash = ? AND m.purpose = ? AND m.used_at IS NULL AND m.expires_at > ?)`,
		r.VendorID, hashOf(token), purpose, a.now()))
	if err == nil && owner == nil {
		err = ErrToken
	}
	return owner, err
}

// redeem is mailedTo with the account locked until the transaction ends. Tokens are only spent under that lock, so the
// second look is the one that counts.
func (a *Authority) redeem(ctx context.Context, tx bun.Tx, r Realm, purpose, token string) (*Account, error) {
	owner, err := a.mailedTo(ctx, tx, r, purpose, token)
	if err != nil {
		return nil, err
	}
	if _, err := lockByID(ctx, tx, r, owner.ID); err != nil {
		return nil, err
	}
	return a.mailedTo(ctx, tx, r, purpose, token)
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
