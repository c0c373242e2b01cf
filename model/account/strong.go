package account

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"github.com/uptrace/bun"

	"orion/model/fault"
)

// askFactor answers a right password where a second factor is wanted: with a token that SignInStrong takes.
func (a *Authority) askFactor(ctx context.Context, r Realm, owner *Account, throttles []throttle) (SignedIn, error) {
	scoped, db := a.scope(ctx, r)
	if err := a.forgive(scoped, db, r, throttles); err != nil {
		return SignedIn{}, err
	}
	pending, _, err := a.sign(pendingPrefix+r.audience(), r.subject(owner.ID), claims{Password: passwordMark(owner)}, pendingLife)
	return SignedIn{Pending: pending}, err
}

// passwordMark tells an account's passwords apart and nothing about them: their hashes are salted.
func passwordMark(owner *Account) string {
	sum := sha256.Sum256([]byte("orion pending " + owner.PasswordHash))
	return hex.EncodeToString(sum[:8])
}

// SignInStrong begins a session by what SignIn gave as Pending and a code of the app, or a recovery code. ErrToken: the
// password has to be given again; *fault.Invalid on "code"; *fault.TooMany after too many tries.
func (a *Authority) SignInStrong(ctx context.Context, r Realm, pending, code string, d Device, requestID string) (SignedIn, error) {
	proof, err := a.check(pending, pendingPrefix+r.audience())
	if err != nil {
		return SignedIn{}, err
	}
	id, err := proof.accountID(r)
	if err != nil {
		return SignedIn{}, err
	}
	throttles := r.factorThrottles(id, d)
	if err := a.admit(ctx, r, throttles); err != nil {
		return SignedIn{}, err
	}
	scoped, db := a.scope(ctx, r)
	var made SignedIn
	err = db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		owner, err := a.takeSecond(ctx, tx, r, id, proof, code)
		if err != nil {
			return err
		}
		if err := a.forgive(ctx, tx, r, throttles); err != nil {
			return err
		}
		made, err = a.open(ctx, tx, r, owner, true, d, requestID)
		return err
	})
	if _, wrong := errors.AsType[*fault.Invalid](err); wrong {
		if failed := r.record(scoped, db, id, "second_factor.failed", requestID, nil); failed != nil {
			return SignedIn{}, failed
		}
	}
	return made, err
}

// takeSecond takes a code of the app or a recovery code, of the account whose password was proven. ErrToken: the proof is
// worth nothing any more.
func (a *Authority) takeSecond(ctx context.Context, tx bun.Tx, r Realm, id int64, proof *claims, code string) (*Account, error) {
	owner, err := lockByID(ctx, tx, r, id)
	if err != nil {
		return nil, err
	}
	if owner == nil || !owner.LockedAt.IsZero() || passwordMark(owner) != proof.Password {
		return nil, ErrToken
	}
	row, err := lockFactor(ctx, tx, r, id)
	if err != nil {
		return nil, err
	}
	if row == nil || row.ConfirmedAt.IsZero() {
		return nil, ErrToken
	}
	// Recovery codes go first: they work even where the app's secret cannot be read any more.
	right, err := a.takeRecovery(ctx, tx, r, id, code)
	if err == nil && !right {
		right, err = a.takeCode(ctx, tx, r, id, *row, code)
	}
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, wrongCode()
	}
	return owner, nil
}

func lockFactor(ctx context.Context, tx bun.Tx, r Realm, accountID int64) (*factorRow, error) {
	var row factorRow
	err := tx.NewRaw(`SELECT secret, confirmed_at, last_step FROM second_factors WHERE vendor_id = ? AND account_id = ? FOR UPDATE`,
		r.VendorID, accountID).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a second factor: %w", err)
	}
	return &row, nil
}

// takeCode tells whether a code of the app is right, now or a step before or after, and remembers its step: a code is
// taken once (RFC 6238, section 5.2). The secret is sealed anew, so that old keys can go one day. The caller holds the
// row's lock.
func (a *Authority) takeCode(ctx context.Context, tx bun.Tx, r Realm, accountID int64, row factorRow, code string) (bool, error) {
	secret, err := a.keys.open(row.Secret, r.subject(accountID))
	if err != nil {
		return false, err
	}
	text := otpSecret([]byte(secret))
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	for _, away := range []int64{0, -1, 1} {
		step := a.now().Unix()/stepSeconds + away
		right, err := totp.ValidateCustom(code, text, time.Unix(step*stepSeconds, 0), totp.ValidateOpts{Period: stepSeconds, Digits: otp.DigitsSix})
		if err != nil || !right || step <= row.LastStep {
			continue
		}
		_, err = tx.NewRaw(`UPDATE second_factors SET last_step = ?, secret = ? WHERE vendor_id = ? AND account_id = ?`,
			step, a.keys.seal(secret, r.subject(accountID)), r.VendorID, accountID).Exec(ctx)
		if err != nil {
			return false, fmt.Errorf("remember a code: %w", err)
		}
		return true, nil
	}
	return false, nil
}
