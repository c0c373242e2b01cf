package account

import (
	"context"
	"encoding/base32"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/letter"
)

const (
	recoveryCodes = 10
	recoveryBytes = 10 // of chance in each: 16 letters
)

// otpSecret is a secret as apps write it (RFC 4648, base 32 without padding).
func otpSecret(secret []byte) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
}

// NewRecoveryCodes makes the account's recovery codes worthless and returns new ones, which are shown this once. It takes
// the password: *fault.Invalid on "password". fault.Conflict: there is no second factor.
func (a *Authority) NewRecoveryCodes(ctx context.Context, i Identity, password, requestID string) ([]string, error) {
	owner, err := a.confirm(ctx, i, "password", password)
	if err != nil {
		return nil, err
	}
	if !owner.HasSecondFactor {
		return nil, fault.Conflict.With("Set up a second factor first.")
	}
	scoped, db := a.scope(ctx, i.Realm)
	var codes []string
	err = db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) (err error) {
		if _, err := lockUnchanged(ctx, tx, i.Realm, owner); err != nil {
			return err
		}
		if codes, err = a.replaceRecovery(ctx, tx, i.Realm, i.AccountID); err != nil {
			return err
		}
		return a.factorChanged(ctx, tx, i, owner, letter.ChangeCodes, requestID)
	})
	return codes, err
}

// RecoveryLeft is how many recovery codes are unused.
func (a *Authority) RecoveryLeft(ctx context.Context, i Identity) (int, error) {
	scoped, db := a.scope(ctx, i.Realm)
	var left int
	err := db.NewRaw(`SELECT count(*) FROM recovery_codes WHERE vendor_id = ? AND account_id = ? AND used_at IS NULL`, i.VendorID, i.AccountID).Scan(scoped, &left)
	if err != nil {
		return 0, fmt.Errorf("count recovery codes: %w", err)
	}
	return left, nil
}

func (a *Authority) replaceRecovery(ctx context.Context, tx bun.Tx, r Realm, accountID int64) ([]string, error) {
	if _, err := tx.NewRaw(`DELETE FROM recovery_codes WHERE vendor_id = ? AND account_id = ?`, r.VendorID, accountID).Exec(ctx); err != nil {
		return nil, fmt.Errorf("drop recovery codes: %w", err)
	}
	codes := make([]string, recoveryCodes)
	for n := range codes {
		text := strings.ToLower(otpSecret(randomBytes(recoveryBytes)))
		codes[n] = text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
		_, err := tx.NewRaw(`INSERT INTO recovery_codes (vendor_id, account_id, hash) VALUES (?, ?, ?)`, r.VendorID, accountID, hashOf(tidyCode(codes[n]))).Exec(ctx)
		if err != nil {
			return nil, fmt.Errorf("write a recovery code: %w", err)
		}
	}
	return codes, nil
}

// takeRecovery tells whether a recovery code is right, and uses it up.
func (a *Authority) takeRecovery(ctx context.Context, tx bun.Tx, r Realm, accountID int64, code string) (bool, error) {
	result, err := tx.NewRaw(`UPDATE recovery_codes SET used_at = ? WHERE vendor_id = ? AND account_id = ? AND hash = ? AND used_at IS NULL`,
		a.now(), r.VendorID, accountID, hashOf(tidyCode(code))).Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("use a recovery code: %w", err)
	}
	used, err := result.RowsAffected()
	return used == 1, err
}

// tidyCode is a recovery code as its hash is made of, however it was typed: small letters and digits of base 32.
func tidyCode(code string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '2' && c <= '7' {
			return c
		}
		return -1
	}, strings.ToLower(code))
}
