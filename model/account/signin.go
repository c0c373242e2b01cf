package account

import (
	"context"
	"errors"
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

// attempt is one try to sign in with a password.
type attempt struct {
	Realm
	Device
	email, password, requestID string
}

// SignIn begins a session by e-mail address and password. Whether the account is not there, has no password or has
// another one, the answer is the same and takes as long: *fault.Invalid. *fault.TooMany after too many tries.
func (a *Authority) SignIn(ctx context.Context, r Realm, email, password string, d Device, requestID string) (SignedIn, error) {
	try := attempt{Realm: r, Device: d, email: tidyEmail(email), password: password, requestID: requestID}
	if try.email == "" || password == "" {
		return SignedIn{}, refuseSignIn()
	}
	if err := a.admit(ctx, r, r.throttles(try.email, d)); err != nil {
		return SignedIn{}, err
	}
	made, err := a.signIn(ctx, try)
	if errors.Is(err, ErrEnded) { // another sign-in stored a harder hash meanwhile, or the password was changed: look again
		made, err = a.signIn(ctx, try)
	}
	if errors.Is(err, ErrEnded) {
		err = refuseSignIn()
	}
	return made, err
}

// signIn compares the password and goes on from there. ErrEnded: the account changed while it did.
func (a *Authority) signIn(ctx context.Context, try attempt) (SignedIn, error) {
	scoped, db := a.scope(ctx, try.Realm)
	found, err := byEmail(scoped, db, try.Realm, try.email)
	if err != nil {
		return SignedIn{}, err
	}
	stored := ""
	if found != nil {
		stored = found.PasswordHash
	}
	right, err := a.hasher.matches(ctx, stored, try.password)
	if err != nil {
		return SignedIn{}, err
	}
	if !right {
		return SignedIn{}, a.failed(ctx, try.Realm, found, try.requestID)
	}
	if !found.LockedAt.IsZero() {
		return SignedIn{}, fault.Refuse("This account is locked. Write to whoever runs this platform.")
	}
	if err := a.rehash(ctx, try.Realm, found, try.password); err != nil {
		return SignedIn{}, err
	}
	throttles := try.Realm.throttles(try.email, try.Device)
	if found.HasSecondFactor {
		return a.askFactor(ctx, try.Realm, found, throttles)
	}
	return a.begin(ctx, try.Realm, found, false, try.Device, try.requestID, throttles)
}

// refuseSignIn is the one answer to everything that is wrong with an address and a password.
func refuseSignIn() error {
	return fault.Refuse("The e-mail address or the password is not right. Check both and try again.")
}

// failed has the audit log remember a wrong password; of an account that is not there, that somebody tried.
func (a *Authority) failed(ctx context.Context, r Realm, found *Account, requestID string) error {
	scoped, db := a.scope(ctx, r)
	entry := audit.Entry{ActorKind: audit.Guest, Action: "session.failed", Subject: r.subjectOf(found), RequestID: requestID}
	if err := audit.Record(scoped, db, entry); err != nil {
		return err
	}
	return refuseSignIn()
}

// subjectOf is the audit log's name of an account that somebody tried, which may not be there.
func (r Realm) subjectOf(found *Account) string {
	if found == nil {
		return "account:unknown"
	}
	return r.subject(found.ID)
}

// rehash stores a harder hash where the cost was raised since the password was chosen. ErrEnded: another one is stored by now.
func (a *Authority) rehash(ctx context.Context, r Realm, found *Account, password string) error {
	if !a.hasher.outdated(found.PasswordHash) {
		return nil
	}
	hash, err := a.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	scoped, db := a.scope(ctx, r)
	result, err := db.NewRaw(`UPDATE ? SET password_hash = ? WHERE ? AND password_hash = ?`, r.owner(), hash, r.own(found.ID), found.PasswordHash).Exec(scoped)
	if err != nil {
		return fmt.Errorf("store a harder hash: %w", err)
	}
	found.PasswordHash = hash
	if stored, err := result.RowsAffected(); err != nil || stored == 0 {
		return errors.Join(err, ErrEnded)
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

// begin writes the session with its first refresh token. ErrEnded: the account is not what it was when it was found.
func (a *Authority) begin(ctx context.Context, r Realm, owner *Account, strong bool, d Device, requestID string, throttles []throttle) (SignedIn, error) {
	scoped, db := a.scope(ctx, r)
	var made SignedIn
	err := db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		is, err := lockUnchanged(ctx, tx, r, owner)
		if err != nil {
			return err
		}
		if is.HasSecondFactor != owner.HasSecondFactor {
			return ErrEnded
		}
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
	tokens.Access, tokens.AccessExpires, err = a.sign(r.audience(), r.subject(accountID), claims{Session: session, Strong: strong}, AccessLife)
	return tokens, err
}
