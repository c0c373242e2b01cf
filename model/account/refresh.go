package account

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// grace is how long a refresh token that was just used is still taken: two tabs may send the same one at once, and an
// answer may get lost on its way. Each gets tokens of its own, of the same session.
const grace = 20 * time.Second

// refreshRow is a refresh token with its session.
type refreshRow struct {
	SessionID, AccountID int64
	Kind                 string
	Strong               bool
	UsedAt               bun.NullTime
}

// Refresh exchanges a refresh token for the next pair and lengthens the session. A token that comes again after its
// grace was stolen, from us or by us: the session ends, for whoever has it. ErrToken for anything wrong.
func (a *Authority) Refresh(ctx context.Context, r Realm, refresh string, d Device) (SignedIn, error) {
	if len(refresh) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return SignedIn{}, ErrToken
	}
	scoped, db := a.scope(ctx, r)
	var made SignedIn
	replayed := false
	err := db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) error {
		row, err := a.takeRefresh(ctx, tx, r, hashOf(refresh))
		if err != nil {
			return err
		}
		if !row.UsedAt.IsZero() && a.now().Sub(row.UsedAt.Time) > grace {
			replayed = true
			return a.endReused(ctx, tx, r, row)
		}
		made, err = a.rotate(ctx, tx, r, row, hashOf(refresh), d)
		return err
	})
	if err == nil && replayed {
		return SignedIn{}, ErrToken
	}
	return made, err
}

// endReused ends the session of a token that came again, and has the audit log say why.
func (a *Authority) endReused(ctx context.Context, tx bun.Tx, r Realm, row refreshRow) error {
	if err := r.record(ctx, tx, row.AccountID, "session.reused", "", map[string]any{"session": row.SessionID}); err != nil {
		return err
	}
	_, err := a.endIn(ctx, tx, r, row.AccountID, "reused", "", bun.SafeQuery("s.id = ?", row.SessionID))
	return err
}

// takeRefresh reads and locks a refresh token of a live session: two tabs with the same one come after each other.
func (a *Authority) takeRefresh(ctx context.Context, tx bun.Tx, r Realm, hash []byte) (refreshRow, error) {
	var row refreshRow
	err := tx.NewRaw(`
		SELECT t.session_id, t.used_at, s.account_id, s.kind, s.strong
		FROM refresh_tokens t JOIN sessions s ON s.vendor_id = t.vendor_id AND s.id = t.session_id
		WHERE t.vendor_id = ? AND t.hash = ? AND t.created_at > ? AND s.kind = ? AND `+live+` FOR UPDATE OF t`,
		r.VendorID, hash, a.now().Add(-r.Kind.SessionLife()), string(r.Kind), a.now()).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return row, ErrToken
	}
	if err != nil {
		return row, fmt.Errorf("find a refresh token: %w", err)
	}
	owner, err := byID(ctx, tx, r, row.AccountID)
	if err != nil {
		return row, err
	}
	if owner == nil || !owner.LockedAt.IsZero() {
		return row, ErrToken
	}
	return row, nil
}

func (a *Authority) rotate(ctx context.Context, tx bun.Tx, r Realm, row refreshRow, hash []byte, d Device) (SignedIn, error) {
	_, err := tx.NewRaw(`UPDATE refresh_tokens SET used_at = ? WHERE vendor_id = ? AND hash = ? AND used_at IS NULL`,
		a.now(), r.VendorID, hash).Exec(ctx)
	if err != nil {
		return SignedIn{}, fmt.Errorf("use a refresh token: %w", err)
	}
	_, err = tx.NewRaw(`UPDATE sessions SET seen_at = ?, expires_at = ?, address = ?, user_agent = ? WHERE vendor_id = ? AND id = ?`,
		a.now(), a.now().Add(r.Kind.SessionLife()), d.address(), d.agent(), r.VendorID, row.SessionID).Exec(ctx)
	if err != nil {
		return SignedIn{}, fmt.Errorf("lengthen a session: %w", err)
	}
	tokens, err := a.issue(ctx, tx, r, row.AccountID, row.SessionID, row.Strong)
	if err != nil {
		return SignedIn{}, err
	}
	return SignedIn{Tokens: tokens, Identity: Identity{
		Realm: r, AccountID: row.AccountID, SessionID: row.SessionID, Strong: row.Strong, Expires: tokens.AccessExpires,
	}}, nil
}

// tokenBytes is how much chance a random token holds.
const tokenBytes = 32

func newToken() string { return base64.RawURLEncoding.EncodeToString(randomBytes(tokenBytes)) }

// hashOf is what is stored of a token. It is random enough that a plain hash cannot be guessed back.
func hashOf(token string) []byte {
	hash := sha256.Sum256([]byte(token))
	return hash[:]
}
