package account

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/fault"
)

// SignedIn is a session that has begun or, where Pending is set, the wish for a second factor before it can.
type SignedIn struct {
	Identity Identity
	Tokens   Tokens
	// Pending proves for ten minutes that the password was right; SignInStrong takes it with a code.
	Pending string
}

// SignIn begins a session by e-mail address and password. Whether the account is not there, has no password or has
// another one, the answer is the same and takes as long: *fault.Invalid. *fault.TooMany after too many tries.
func (a *Authority) SignIn(ctx context.Context, r Realm, email, password string, d Device, requestID string) (SignedIn, error) {
	email = tidyEmail(email)
	if email == "" || password == "" {
		return SignedIn{}, refuseSignIn()
	}
	throttles := r.throttles(email, d)
	if err := a.admit(ctx, r, throttles); err != nil {
		return SignedIn{}, err
	}
	scoped, db := a.scope(ctx, r)
	found, err := byEmail(scoped, db, r, email)
	if err != nil {
		return SignedIn{}, err
	}
	stored := ""
	if found != nil {
		stored = found.PasswordHash
	}
	right, err := a.hasher.matches(ctx, stored, password)
	if err != nil {
		return SignedIn{}, err
	}
	if !right {
		return SignedIn{}, a.failed(ctx, r, found, requestID)
	}
	if !found.LockedAt.IsZero() {
		return SignedIn{}, fault.Refuse("This account is locked. Write to whoever runs this platform.")
	}
	if err := a.rehash(ctx, r, found, password); err != nil {
		return SignedIn{}, err
	}
	if found.HasSecondFactor {
		pending, _, err := a.sign(pendingPrefix+r.audience(), r.subject(found.ID), 0, false, pendingLife)
		return SignedIn{Pending: pending}, err
	}
	return a.begin(ctx, r, found, false, d, requestID, throttles)
}

// refuseSignIn is the one answer to everything that is wrong with an address and a password.
func refuseSignIn() error {
	return fault.Refuse("The e-mail address or the password is not right. Check both and try again.")
}

// failed has the audit log remember a wrong password; of an account that is not there, that somebody tried.
func (a *Authority) failed(ctx context.Context, r Realm, found *Account, requestID string) error {
	scoped, db := a.scope(ctx, r)
	entry := audit.Entry{ActorKind: audit.Guest, Action: "session.failed", Subject: "account:unknown", RequestID: requestID}
	if found != nil {
		entry.Subject = r.subject(found.ID)
	}
	if err := audit.Record(scoped, db, entry); err != nil {
		return err
	}
	return refuseSignIn()
}

// rehash stores a harder hash where the cost was raised since the password was chosen.
func (a *Authority) rehash(ctx context.Context, r Realm, found *Account, password string) error {
	if !a.hasher.outdated(found.PasswordHash) {
		return nil
	}
	hash, err := a.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	scoped, db := a.scope(ctx, r)
	_, err = db.NewRaw(`UPDATE ? SET password_hash = ? WHERE ? AND password_hash = ?`, r.owner(), hash, r.own(found.ID), found.PasswordHash).Exec(scoped)
	if err != nil {
		return fmt.Errorf("store a harder hash: %w", err)
	}
	return nil
}

// Start begins a session for somebody who has proven who they are in another way than by a password: who accepted an
// invitation, for one. strong says that a second factor was given. ErrEnded: there is no such account.
func (a *Authority) Start(ctx context.Context, r Realm, accountID int64, strong bool, d Device) (SignedIn, error) {
	scoped, db := a.scope(ctx, r)
	found, err := byID(scoped, db, r, accountID)
	if err != nil {
		return SignedIn{}, err
	}
	if found == nil || !found.LockedAt.IsZero() {
		return SignedIn{}, ErrEnded
	}
	return a.begin(ctx, r, found, strong, d, "", nil)
}

// begin writes the session with its first refresh token.
func (a *Authority) begin(ctx context.Context, r Realm, owner *Account, strong bool, d Device, requestID string, throttles []throttle) (SignedIn, error) {
	scoped, db := a.scope(ctx, r)
	var made SignedIn
	err := db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) (err error) {
		if err := a.forgive(ctx, tx, r, throttles); err != nil {
			return err
		}
		made, err = a.open(ctx, tx, r, owner, strong, d, requestID)
		return err
	})
	return made, err
}

// open writes a session in the caller's transaction.
func (a *Authority) open(ctx context.Context, tx bun.Tx, r Realm, owner *Account, strong bool, d Device, requestID string) (SignedIn, error) {
	now := a.now()
	var session int64
	err := tx.NewRaw(`
		INSERT INTO sessions (vendor_id, kind, account_id, user_agent, address, strong, created_at, seen_at, expires_at)
		VALUES (?0, ?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7) RETURNING id`,
		r.VendorID, string(r.Kind), owner.ID, d.agent(), d.address(), strong, now, now.Add(r.Kind.SessionLife())).Scan(ctx, &session)
	if err != nil {
		return SignedIn{}, fmt.Errorf("begin a session: %w", err)
	}
	tokens, err := a.issue(ctx, tx, r, owner.ID, session, strong)
	if err != nil {
		return SignedIn{}, err
	}
	if err := r.record(ctx, tx, owner.ID, "session.started", requestID, map[string]any{"session": session, "strong": strong}); err != nil {
		return SignedIn{}, err
	}
	identity := Identity{Realm: r, AccountID: owner.ID, SessionID: session, Strong: strong, Expires: tokens.AccessExpires}
	return SignedIn{Identity: identity, Tokens: tokens}, nil
}

// issue makes a pair of tokens for a session.
func (a *Authority) issue(ctx context.Context, tx bun.Tx, r Realm, accountID, session int64, strong bool) (Tokens, error) {
	tokens := Tokens{Refresh: newToken(), RefreshExpires: a.now().Add(r.Kind.SessionLife())}
	_, err := tx.NewRaw(`INSERT INTO refresh_tokens (vendor_id, hash, session_id, created_at) VALUES (?, ?, ?, ?)`,
		r.VendorID, hashOf(tokens.Refresh), session, a.now()).Exec(ctx)
	if err != nil {
		return Tokens{}, fmt.Errorf("write a refresh token: %w", err)
	}
	tokens.Access, tokens.AccessExpires, err = a.sign(r.audience(), r.subject(accountID), session, strong, AccessLife)
	return tokens, err
}
