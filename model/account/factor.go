package account

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/letter"
)

const (
	stepSeconds = 30  // of a code (RFC 6238, section 4.1)
	qrPixels    = 240 // of the picture's sides
	secretBytes = 20  // as long as SHA-1's output (RFC 4226, section 4)
	// setUpLife is how long a secret that was shown waits for its first code: who saw it once, on an open screen or in a
	// stolen session, must not have the one that is set up much later.
	setUpLife = time.Hour
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

// BeginSecondFactor makes the secret of a second factor, or finds the one that was begun within the hour. issuer names the place in the
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
		INSERT INTO second_factors AS f (vendor_id, account_id, secret, created_at) VALUES (?0, ?1, ?2, ?3)
		ON CONFLICT (vendor_id, account_id) DO UPDATE SET
			secret = CASE WHEN f.confirmed_at IS NULL AND f.created_at < ?4 THEN excluded.secret ELSE f.secret END,
			created_at = CASE WHEN f.confirmed_at IS NULL AND f.created_at < ?4 THEN excluded.created_at ELSE f.created_at END
		RETURNING secret, confirmed_at, last_step`,
		i.VendorID, i.AccountID, sealed, a.now(), a.now().Add(-setUpLife)).Scan(scoped, &row)
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
	throttles := i.factorThrottles(i.AccountID, Device{})
	if err := a.admit(ctx, i.Realm, throttles); err != nil {
		return nil, err
	}
	scoped, db := a.scope(ctx, i.Realm)
	var codes []string
	err = db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := a.takeFirstCode(ctx, tx, i, code); err != nil {
			return err
		}
		if err := a.switchOn(ctx, tx, i, requestID); err != nil {
			return err
		}
		if err := a.forgive(ctx, tx, i.Realm, throttles); err != nil {
			return err
		}
		if codes, err = a.replaceRecovery(ctx, tx, i.Realm, i.AccountID); err != nil {
			return err
		}
		return a.factorChanged(ctx, tx, i, owner, letter.ChangeOn, requestID)
	})
	return codes, err
}

// takeFirstCode takes a code of the second factor that is being set up.
func (a *Authority) takeFirstCode(ctx context.Context, tx bun.Tx, i Identity, code string) error {
	if _, err := lockByID(ctx, tx, i.Realm, i.AccountID); err != nil {
		return err
	}
	row, err := lockFactor(ctx, tx, i.Realm, i.AccountID)
	if err != nil {
		return err
	}
	if row == nil || !row.ConfirmedAt.IsZero() {
		return fault.Conflict.With("There is nothing to confirm. Begin again.")
	}
	right, err := a.takeCode(ctx, tx, i.Realm, i.AccountID, *row, code)
	if err != nil {
		return err
	}
	if !right {
		return wrongCode()
	}
	return nil
}

// switchOn makes the second factor count, for this session too, and ends the others.
func (a *Authority) switchOn(ctx context.Context, tx bun.Tx, i Identity, requestID string) error {
	_, err := tx.NewRaw(`UPDATE second_factors SET confirmed_at = ? WHERE vendor_id = ? AND account_id = ?`, a.now(), i.VendorID, i.AccountID).Exec(ctx)
	if err != nil {
		return fmt.Errorf("switch a second factor on: %w", err)
	}
	_, err = tx.NewRaw(`UPDATE sessions SET strong = true WHERE vendor_id = ? AND id = ? AND account_id = ?`, i.VendorID, i.SessionID, i.AccountID).Exec(ctx)
	if err != nil {
		return fmt.Errorf("make a session strong: %w", err)
	}
	_, err = a.endIn(ctx, tx, i.Realm, i.AccountID, "second_factor", requestID, bun.SafeQuery("s.id <> ?", i.SessionID))
	return err
}

// wrongCode is the answer to a code that is not right.
func wrongCode() error {
	return fault.Field("code", "This code is not right, or was used already. Wait for the next one and try again.")
}

// factorChanged has the audit log and the owner hear of it.
func (a *Authority) factorChanged(ctx context.Context, tx bun.Tx, i Identity, owner *Account, change, requestID string) error {
	if err := i.record(ctx, tx, owner.ID, "second_factor."+change, requestID, nil); err != nil {
		return err
	}
	told := i.letter(letter.SecondFactorChanged, owner, "")
	told.Data = map[string]string{letter.DataChange: change}
	return a.enqueue(ctx, tx, told)
}

// RemoveSecondFactor switches the second factor off, or gives up setting one up. It takes the password: *fault.Invalid on
// "password".
func (a *Authority) RemoveSecondFactor(ctx context.Context, i Identity, password, requestID string) error {
	owner, err := a.confirm(ctx, i, "password", password)
	if err != nil {
		return err
	}
	scoped, db := a.scope(ctx, i.Realm)
	return db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		is, err := lockUnchanged(ctx, tx, i.Realm, owner)
		if err != nil {
			return err
		}
		if err := dropFactor(ctx, tx, i.Realm, i.AccountID); err != nil || !is.HasSecondFactor {
			return err
		}
		return a.factorChanged(ctx, tx, i, owner, letter.ChangeOff, requestID)
	})
}

// dropFactor deletes a second factor with its recovery codes, where there is one.
func dropFactor(ctx context.Context, tx bun.Tx, r Realm, accountID int64) error {
	if _, err := tx.NewRaw(`DELETE FROM second_factors WHERE vendor_id = ? AND account_id = ?`, r.VendorID, accountID).Exec(ctx); err != nil {
		return fmt.Errorf("drop a second factor: %w", err)
	}
	return nil
}
