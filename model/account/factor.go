package account

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/letter"
)

const (
	stepSeconds = 30  // of a code (RFC 6238, section 4.1)
	qrPixels    = 240 // of the picture's sides
	secretBytes = 20  // as long as SHA-1's output (RFC 4226, section 4)
)

// Enrolment is what an authenticator app needs to know.
type Enrolment struct {
	Secret string // in base 32, to type in
	URL    string // otpauth://…
	QR     []byte // the URL as a PNG
}

// factorRow is a second factor as it is stored.
type factorRow struct {
	Secret      []byte
	ConfirmedAt bun.NullTime
	LastStep    int64
}

// BeginSecondFactor makes the secret of a second factor, or finds the one that is being set up. issuer names the place in the
// app. It counts only after ConfirmSecondFactor. fault.Conflict: there is one already.
func (a *Authority) BeginSecondFactor(ctx context.Context, i Identity, issuer string) (Enrolment, error) {
	owner, err := a.Live(ctx, i)
	if err != nil {
		return Enrolment{}, err
	}
	scoped, db := a.scope(ctx, i.Realm)
	sealed := a.keys.seal(string(randomBytes(secretBytes)), i.subject(i.AccountID))
	var row factorRow
	err = db.NewRaw(`
		INSERT INTO second_factors AS f (vendor_id, account_id, secret) VALUES (?0, ?1, ?2)
		ON CONFLICT (vendor_id, account_id) DO UPDATE SET secret = f.secret RETURNING secret, confirmed_at, last_step`,
		i.VendorID, i.AccountID, sealed).Scan(scoped, &row)
	if err != nil {
		return Enrolment{}, fmt.Errorf("begin a second factor: %w", err)
	}
	if !row.ConfirmedAt.IsZero() {
		return Enrolment{}, fault.Conflict.With("You have a second factor already. Switch it off first to set up another one.")
	}
	secret, err := a.keys.open(row.Secret, i.subject(i.AccountID))
	if err != nil {
		return Enrolment{}, err
	}
	return enrol([]byte(secret), issuer, owner.Email)
}

func enrol(secret []byte, issuer, email string) (Enrolment, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: strings.ReplaceAll(issuer, ":", " "), AccountName: email, Secret: secret})
	if err != nil {
		return Enrolment{}, fmt.Errorf("describe a second factor: %w", err)
	}
	picture, err := key.Image(qrPixels, qrPixels)
	if err != nil {
		return Enrolment{}, fmt.Errorf("draw a second factor: %w", err)
	}
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, picture); err != nil {
		return Enrolment{}, fmt.Errorf("draw a second factor: %w", err)
	}
	return Enrolment{Secret: key.Secret(), URL: key.URL(), QR: drawn.Bytes()}, nil
}

// ConfirmSecondFactor switches the second factor on by a first code of the app, and returns recovery codes, which are shown
// this once. This session counts as strong from its next renewal on; the others end, since they began without it.
// *fault.Invalid on "code".
func (a *Authority) ConfirmSecondFactor(ctx context.Context, i Identity, code, requestID string) ([]string, error) {
	owner, err := a.Live(ctx, i)
	if err != nil {
		return nil, err
	}
	if err := a.admit(ctx, i.Realm, i.throttles(factorName(i.AccountID), Device{})); err != nil {
		return nil, err
	}
	scoped, db := a.scope(ctx, i.Realm)
	var codes []string
	err = db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		row, err := lockFactor(ctx, tx, i.Realm, i.AccountID)
		if err != nil {
			return err
		}
		if row == nil || !row.ConfirmedAt.IsZero() {
			return fault.Conflict.With("There is nothing to confirm. Begin again.")
		}
		if right, err := a.takeCode(ctx, tx, i.Realm, i.AccountID, *row, code); err != nil || !right {
			return errors.Join(err, wrongCode(err))
		}
		_, err = tx.NewRaw(`UPDATE second_factors SET confirmed_at = ? WHERE vendor_id = ? AND account_id = ?`, a.now(), i.VendorID, i.AccountID).Exec(ctx)
		if err != nil {
			return fmt.Errorf("switch a second factor on: %w", err)
		}
		_, err = tx.NewRaw(`UPDATE sessions SET strong = true WHERE vendor_id = ? AND id = ?`, i.VendorID, i.SessionID).Exec(ctx)
		if err != nil {
			return fmt.Errorf("make a session strong: %w", err)
		}
		if _, err := a.endIn(ctx, tx, i.Realm, i.AccountID, "second_factor", requestID, bun.SafeQuery("s.id <> ?", i.SessionID)); err != nil {
			return err
		}
		if codes, err = a.replaceRecovery(ctx, tx, i.Realm, i.AccountID); err != nil {
			return err
		}
		if err := a.forgive(ctx, tx, i.Realm, i.throttles(factorName(i.AccountID), Device{})); err != nil {
			return err
		}
		return a.factorChanged(ctx, tx, i, owner, letter.ChangeOn, requestID)
	})
	return codes, err
}

// wrongCode is the answer to a code that is not right; nil where something else went wrong.
func wrongCode(err error) error {
	if err != nil {
		return nil
	}
	return fault.Field("code", "This code is not right, or was used already. Wait for the next one and try again.")
}

// factorName is what tries of codes count against.
func factorName(accountID int64) string { return fmt.Sprint("second factor of ", accountID) }

// factorChanged has the audit log and the owner hear of it.
func (a *Authority) factorChanged(ctx context.Context, tx bun.Tx, i Identity, owner *Account, change, requestID string) error {
	if err := i.record(ctx, tx, owner.ID, "second_factor."+change, requestID, nil); err != nil {
		return err
	}
	told := i.letter(letter.SecondFactorChanged, owner, "")
	told.Data = map[string]string{letter.DataChange: change}
	return a.enqueue(ctx, tx, told)
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
// taken once (RFC 6238, section 5.2). The caller holds the row's lock.
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
		_, err = tx.NewRaw(`UPDATE second_factors SET last_step = ? WHERE vendor_id = ? AND account_id = ?`, step, r.VendorID, accountID).Exec(ctx)
		if err != nil {
			return false, fmt.Errorf("remember a code: %w", err)
		}
		return true, nil
	}
	return false, nil
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
	throttles := r.throttles(factorName(id), d)
	if err := a.admit(ctx, r, throttles); err != nil {
		return SignedIn{}, err
	}
	scoped, db := a.scope(ctx, r)
	owner, err := byID(scoped, db, r, id)
	if err != nil {
		return SignedIn{}, err
	}
	if owner == nil || !owner.LockedAt.IsZero() {
		return SignedIn{}, ErrToken
	}
	right := false
	var made SignedIn
	err = db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		row, err := lockFactor(ctx, tx, r, id)
		if err != nil {
			return err
		}
		if row == nil || row.ConfirmedAt.IsZero() {
			return ErrToken
		}
		if right, err = a.takeEither(ctx, tx, r, id, *row, code); err != nil || !right {
			return err
		}
		if err := a.forgive(ctx, tx, r, append(throttles, r.throttles(owner.Email, Device{})...)); err != nil {
			return err
		}
		made, err = a.open(ctx, tx, r, owner, true, d, requestID)
		return err
	})
	if err == nil && !right {
		return SignedIn{}, errors.Join(a.wrongFactor(ctx, r, id, requestID), wrongCode(nil))
	}
	return made, err
}

// takeEither takes a code of the app or a recovery code.
func (a *Authority) takeEither(ctx context.Context, tx bun.Tx, r Realm, id int64, row factorRow, code string) (bool, error) {
	right, err := a.takeCode(ctx, tx, r, id, row, code)
	if err != nil || right {
		return right, err
	}
	return a.takeRecovery(ctx, tx, r, id, code)
}

func (a *Authority) wrongFactor(ctx context.Context, r Realm, id int64, requestID string) error {
	scoped, db := a.scope(ctx, r)
	return r.record(scoped, db, id, "second_factor.failed", requestID, nil)
}

// RemoveSecondFactor switches the second factor off. It takes the password: *fault.Invalid on "password".
func (a *Authority) RemoveSecondFactor(ctx context.Context, i Identity, password, requestID string) error {
	owner, err := a.confirm(ctx, i, "password", password)
	if err != nil {
		return err
	}
	scoped, db := a.scope(ctx, i.Realm)
	return db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw(`DELETE FROM second_factors WHERE vendor_id = ? AND account_id = ?`, i.VendorID, i.AccountID).Exec(ctx)
		if err != nil {
			return fmt.Errorf("switch a second factor off: %w", err)
		}
		return a.factorChanged(ctx, tx, i, owner, letter.ChangeOff, requestID)
	})
}
