package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/mileusna/useragent"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"orion/model/fault"
)

// Session is one sign-in on one device.
type Session struct {
	ID                int64
	UserAgent         string
	Browser, Platform string // such as Firefox and Linux; "" where the browser does not say
	Address           string // the IP address that it was last used from
	Strong            bool   // it began with a second factor
	CreatedAt, SeenAt time.Time
}

// live is the condition that a session s goes on.
const live = `s.ended_at IS NULL AND s.expires_at > ?`

// Live finds whose session it is, as the account stands now, and notes at most once a minute that it was used. ErrEnded:
// the session is over, or the account gone or locked. One query.
func (a *Authority) Live(ctx context.Context, i Identity) (*Account, error) {
	scoped, db := a.scope(ctx, i.Realm)
	var row accountRow
	err := db.NewRaw(`
		WITH touched AS (
			UPDATE sessions s SET seen_at = ?0 WHERE s.vendor_id = ?1 AND s.id = ?2 AND s.account_id = ?3 AND s.seen_at < ?4 AND s.ended_at IS NULL
		)
		SELECT ?5 FROM ?6 AND x.id = ?3 AND EXISTS (
			SELECT FROM sessions s WHERE s.vendor_id = ?1 AND s.id = ?2 AND s.account_id = ?3 AND s.kind = ?7 AND s.ended_at IS NULL AND s.expires_at > ?0)`,
		a.now(), i.VendorID, i.SessionID, i.AccountID, a.now().Add(-time.Minute), i.columns(), i.table(), string(i.Kind)).Scan(scoped, &row)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !row.LockedAt.IsZero() {
		return nil, ErrEnded
	}
	if err != nil {
		return nil, fmt.Errorf("find whose session it is: %w", err)
	}
	return row.account(i.Realm), nil
}

// Sessions lists the live sessions of an account in a realm, the one that was used last first.
func (a *Authority) Sessions(ctx context.Context, r Realm, accountID int64) ([]Session, error) {
	scoped, db := a.scope(ctx, r)
	var sessions []Session
	err := db.NewRaw(`
		SELECT s.id, s.user_agent, s.address, s.strong, s.created_at, s.seen_at FROM sessions s
		WHERE s.vendor_id = ? AND s.account_id = ? AND s.kind = ? AND `+live+` ORDER BY s.seen_at DESC, s.id DESC`,
		r.VendorID, accountID, string(r.Kind), a.now()).Scan(scoped, &sessions)
	if err != nil {
		return nil, fmt.Errorf("list the sessions of an account: %w", err)
	}
	for n := range sessions {
		agent := useragent.Parse(sessions[n].UserAgent)
		if agent.Name != sessions[n].UserAgent { // what it does not know it calls by the whole header
			sessions[n].Browser = agent.Name
		}
		sessions[n].Platform = agent.OS
	}
	return sessions, nil
}

// SignOut ends the session. One that is over already stays so.
func (a *Authority) SignOut(ctx context.Context, i Identity, requestID string) error {
	_, err := a.end(ctx, i.Realm, i.AccountID, "sign_out", requestID, bun.SafeQuery("s.id = ?", i.SessionID))
	return err
}

// EndSession ends one of one's own sessions. fault.NotFound: there is no such session going on.
func (a *Authority) EndSession(ctx context.Context, i Identity, sessionID int64, requestID string) error {
	ended, err := a.end(ctx, i.Realm, i.AccountID, "ended", requestID, bun.SafeQuery("s.id = ?", sessionID))
	if err == nil && ended == 0 {
		return fault.NotFound.With("This session is over already.")
	}
	return err
}

// EndOthers ends one's own sessions but this one, and tells how many.
func (a *Authority) EndOthers(ctx context.Context, i Identity, requestID string) (int, error) {
	return a.end(ctx, i.Realm, i.AccountID, "ended", requestID, bun.SafeQuery("s.id <> ?", i.SessionID))
}

// EndAll ends every session of an account, of whatever kind, for a reason that the audit log shows.
func (a *Authority) EndAll(ctx context.Context, r Realm, accountID int64, reason, requestID string) error {
	_, err := a.end(ctx, r, accountID, reason, requestID, bun.SafeQuery("true"))
	return err
}

func (a *Authority) end(ctx context.Context, r Realm, accountID int64, reason, requestID string, which schema.QueryWithArgs) (int, error) {
	scoped, db := a.scope(ctx, r)
	ended := 0
	err := db.RunInTx(scoped, nil, func(ctx context.Context, tx bun.Tx) (err error) {
		ended, err = a.endIn(ctx, tx, r, accountID, reason, requestID, which)
		return err
	})
	return ended, err
}

// endIn ends sessions in the caller's transaction. A user's of every kind: who changes a password in the dashboard
// changes it for the admin too.
func (a *Authority) endIn(ctx context.Context, tx bun.Tx, r Realm, accountID int64, reason, requestID string, which schema.QueryWithArgs) (int, error) {
	var ended []int64
	err := tx.NewRaw(`
		UPDATE sessions s SET ended_at = ?0, end_reason = ?1
		WHERE s.vendor_id = ?2 AND s.account_id = ?3 AND ?4 AND s.ended_at IS NULL RETURNING s.id`,
		a.now(), reason, r.VendorID, accountID, which).Scan(ctx, &ended)
	if err != nil {
		return 0, fmt.Errorf("end sessions: %w", err)
	}
	if len(ended) == 0 {
		return 0, nil
	}
	return len(ended), r.record(ctx, tx, accountID, "session.ended", requestID, map[string]any{"sessions": ended, "reason": reason})
}
