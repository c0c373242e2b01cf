package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/letter"
)

// Registration is what a customer enters to open an account.
type Registration struct{ Email, Name, Password string }

// longestName is in letters.
const longestName = 100

// Register opens a customer's account and begins its first session. Somebody who bought as a guest keeps their orders,
// which the account shows once the address is verified: a letter with a link (below verification) asks for that.
// *fault.Invalid where something is filled in wrongly, or the address has an account already.
func (a *Authority) Register(ctx context.Context, r Realm, in Registration, d Device, verification, requestID string) (SignedIn, error) {
	if !r.isShop() {
		return SignedIn{}, fault.Forbidden.With("Ask whoever runs the team for an invitation.")
	}
	in.Email, in.Name = tidyEmail(in.Email), strings.Join(strings.Fields(in.Name), " ")
	if err := in.check(); err != nil {
		return SignedIn{}, err
	}
	hash, err := a.hasher.hash(ctx, in.Password)
	if err != nil {
		return SignedIn{}, err
	}
	scoped, db := a.scope(ctx, r)
	var made SignedIn
	err = db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		owner, err := register(ctx, tx, r, in, hash)
		if err != nil {
			return err
		}
		if err := r.record(ctx, tx, owner.ID, "account.opened", requestID, nil); err != nil {
			return err
		}
		if err := a.enqueue(ctx, tx, r.letter(letter.VerifyEmail, owner, verification)); err != nil {
			return err
		}
		made, err = a.open(ctx, tx, r, owner, false, d, requestID)
		return err
	})
	return made, err
}

// register makes the account. A guest's row becomes it, without what the guest typed: anybody may have typed the address.
func register(ctx context.Context, tx bun.Tx, r Realm, in Registration, hash string) (*Account, error) {
	var id int64
	err := tx.NewRaw(`
		INSERT INTO customers AS c (vendor_id, email, name, password_hash) VALUES (?0, ?1, ?2, ?3)
		ON CONFLICT (vendor_id, email) WHERE deleted_at IS NULL DO UPDATE SET
			name = excluded.name, phone = '', password_hash = excluded.password_hash, email_verified_at = NULL, version = c.version + 1, updated_at = now()
		WHERE c.password_hash = ''
		RETURNING id`, r.VendorID, in.Email, in.Name, hash).Scan(ctx, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.Field("email", "There is an account with this e-mail address already. Sign in, or ask for a new password.")
	}
	if err != nil {
		return nil, fmt.Errorf("open an account: %w", err)
	}
	return &Account{VendorID: r.VendorID, ID: id, Email: in.Email, Name: in.Name, PasswordHash: hash}, nil
}

func (in Registration) check() error {
	messages := map[string]string{}
	if !isEmail(in.Email) {
		messages["email"] = "Enter an e-mail address, such as name@example.com."
	}
	if in.Name == "" || utf8.RuneCountInString(in.Name) > longestName || !utf8.ValidString(in.Name) || strings.ContainsFunc(in.Name, unreadable) {
		messages["name"] = "Enter your name, in at most 100 letters."
	}
	if wrong, ok := errors.AsType[*fault.Invalid](CheckPassword("password", in.Password, in.Email)); ok {
		messages["password"] = wrong.Fields["password"]
	}
	if len(messages) > 0 {
		return fault.Fields(messages)
	}
	return nil
}

// isEmail tells whether text is an address alone (RFC 5322, addr-spec) at a name with a dot.
func isEmail(text string) bool {
	parsed, err := mail.ParseAddress(text)
	at := strings.LastIndexByte(text, '@')
	return err == nil && parsed.Address == text && strings.Contains(text[at+1:], ".") && !strings.ContainsFunc(text, unreadable)
}

// unreadable are control characters, and those that turn the direction of what follows.
func unreadable(c rune) bool {
	return unicode.IsControl(c) || c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069'
}
