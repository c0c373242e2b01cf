package account

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"orion/model/audit"
	"orion/model/fault"
	"orion/model/letter"
)

// AskReset has a letter written with a link (below link) to choose a new password, where the realm has an account with
// this address. Where not, nothing tells: a letter to nobody is queued, which takes as long and is given up when it is
// sent. *fault.Invalid on "email" for what is no address.
func (a *Authority) AskReset(ctx context.Context, r Realm, email, link, requestID string) error {
	email = tidyEmail(email)
	if !isEmail(email) {
		return fault.Field("email", "Enter an e-mail address, such as name@example.com.")
	}
	scoped, db := a.scope(ctx, r)
	return db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		owner, err := byEmail(ctx, tx, r, email)
		if err != nil {
			return err
		}
		entry := audit.Entry{ActorKind: audit.Guest, Action: "password.reset_asked", Subject: r.subjectOf(owner), RequestID: requestID}
		if err := audit.Record(ctx, tx, entry); err != nil {
			return err
		}
		if owner == nil {
			owner = &Account{}
		}
		return a.enqueue(ctx, tx, r.letter(letter.ResetPassword, owner, link))
	})
}

// ResetOwner is the address of the account whose password a mailed token resets. ErrToken: it is worth nothing.
func (a *Authority) ResetOwner(ctx context.Context, r Realm, token string) (string, error) {
	scoped, db := a.scope(ctx, r)
	owner, err := a.mailedTo(scoped, db, r, PurposeReset, token)
	if err != nil {
		return "", err
	}
	return owner.Email, nil
}

// ResetPassword sets a new password by a mailed token, once. It ends every session of the account, and its address
// counts as verified, since the token was sent there. ErrToken: the token is worth nothing; *fault.Invalid on "password".
func (a *Authority) ResetPassword(ctx context.Context, r Realm, token, next, requestID string) (int64, error) {
	email, err := a.ResetOwner(ctx, r, token)
	if err != nil {
		return 0, err
	}
	if err := CheckPassword("password", next, email); err != nil {
		return 0, err
	}
	hash, err := a.hasher.hash(ctx, next)
	if err != nil {
		return 0, err
	}
	scoped, db := a.scope(ctx, r)
	var id int64
	err = db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		owner, err := a.redeem(ctx, tx, r, PurposeReset, token)
		if err != nil {
			return err
		}
		id = owner.ID
		if err := a.proveAddress(ctx, tx, r, owner); err != nil {
			return err
		}
		if err := a.forgive(ctx, tx, r, r.throttles(owner.Email, Device{})); err != nil { // what kept the owner out is over
			return err
		}
		return a.replacePassword(ctx, tx, r, owner, hash, "password.reset", requestID, bun.SafeQuery("true"))
	})
	return id, err
}

// proveAddress takes an account's address as verified, by a reset that was mailed there. Where it was not before, whoever
// opened a shop's account may have taken somebody else's address: their second factor must not keep its owner out.
func (a *Authority) proveAddress(ctx context.Context, tx bun.Tx, r Realm, owner *Account) error {
	if !owner.EmailVerifiedAt.IsZero() {
		return nil
	}
	if _, err := tx.NewRaw(`UPDATE ? SET email_verified_at = ? WHERE ?`, r.owner(), a.now(), r.own(owner.ID)).Exec(ctx); err != nil {
		return fmt.Errorf("take the address as verified: %w", err)
	}
	if !r.isShop() {
		return nil
	}
	return dropFactor(ctx, tx, r, owner.ID)
}

// ChangePassword sets a new password for who knows the current one, and ends the account's other sessions. *fault.Invalid
// on "current" or "next"; *fault.TooMany after too many tries; ErrEnded.
func (a *Authority) ChangePassword(ctx context.Context, i Identity, current, next, requestID string) error {
	owner, err := a.confirm(ctx, i, "current", current)
	if err != nil {
		return err
	}
	if err := CheckPassword("next", next, owner.Email); err != nil {
		return err
	}
	hash, err := a.hasher.hash(ctx, next)
	if err != nil {
		return err
	}
	scoped, db := a.scope(ctx, i.Realm)
	return db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := lockUnchanged(ctx, tx, i.Realm, owner); err != nil {
			return err
		}
		return a.replacePassword(ctx, tx, i.Realm, owner, hash, "password.changed", requestID, bun.SafeQuery("s.id <> ?", i.SessionID))
	})
}

// replacePassword stores the hash, ends sessions, makes mailed links worthless and tells the owner.
func (a *Authority) replacePassword(ctx context.Context, tx bun.Tx, r Realm, owner *Account, hash, action, requestID string, which schema.QueryWithArgs) error {
	_, err := tx.NewRaw(`UPDATE ? SET password_hash = ?, version = version + 1, updated_at = now() WHERE ?`, r.owner(), hash, r.own(owner.ID)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("store a password's hash: %w", err)
	}
	if err := a.spend(ctx, tx, r, owner.ID, PurposeReset); err != nil {
		return err
	}
	if err := r.record(ctx, tx, owner.ID, action, requestID, nil); err != nil {
		return err
	}
	if _, err := a.endIn(ctx, tx, r, owner.ID, "password", requestID, which); err != nil {
		return err
	}
	return a.enqueue(ctx, tx, r.letter(letter.PasswordChanged, owner, ""))
}

// CheckCurrent tells whether who is signed in knows the account's password: before what cannot be taken back. *fault.Invalid
// on field; *fault.TooMany after too many tries; ErrEnded.
func (a *Authority) CheckCurrent(ctx context.Context, i Identity, field, password string) error {
	_, err := a.confirm(ctx, i, field, password)
	return err
}

// confirm is CheckCurrent, with the account.
func (a *Authority) confirm(ctx context.Context, i Identity, field, password string) (*Account, error) {
	owner, err := a.Live(ctx, i)
	if err != nil {
		return nil, err
	}
	throttles := i.confirmThrottles()
	if err := a.admit(ctx, i.Realm, throttles); err != nil {
		return nil, err
	}
	right, err := a.hasher.matches(ctx, owner.PasswordHash, password)
	if err != nil {
		return nil, err
	}
	scoped, db := a.scope(ctx, i.Realm)
	if !right {
		if err := i.record(scoped, db, owner.ID, "password.failed", "", nil); err != nil {
			return nil, err
		}
		return nil, fault.Field(field, "This is not your password. Check it and try again.")
	}
	return owner, a.forgive(scoped, db, i.Realm, throttles)
}
