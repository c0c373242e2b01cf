package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/fault"
	"orion/model/tenant"
)

// maxName is the longest name of a person, in letters.
const maxName = 100

// Accept puts a user on the team that a mailed token invites them to, in the role that was stored with the invitation,
// and takes their e-mail address as verified. fault.NotFound: the token is worth nothing (any more). fault.Forbidden:
// the invitation is for another address. fault.Conflict: the user is on the team already.
func Accept(ctx context.Context, db *bun.DB, vendorID int64, token string, userID int64, requestID string) error {
	var invitationID int64
	err := accept(ctx, db, vendorID, token, requestID, func(ctx context.Context, tx bun.Tx, i Invitation) (int64, error) {
		invitationID = i.ID
		return userID, claimInvitation(ctx, tx, i, userID)
	})
	if errors.Is(err, fault.Forbidden) {
		denied := AuditDenied(ctx, db, Actor(userID), audit.Vendor, vendorID, "", subject("invitation", invitationID), requestID)
		return errors.Join(err, denied)
	}
	return err
}

// AcceptNew makes an account for the e-mail address that a mailed token was sent to, puts it on the team and returns
// its id. name is checked here, the password was by whoever hashed it. *fault.Invalid on "name". fault.Conflict: the
// address has an account, which has to be signed in to instead. fault.NotFound: the token is worth nothing (any more).
func AcceptNew(
	ctx context.Context, db *bun.DB, vendorID int64, token, name, passwordHash, requestID string,
) (userID int64, err error) {
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > maxName || !printable(name) {
		return 0, fault.Field("name", fmt.Sprintf("Enter your name, in at most %d letters.", maxName))
	}
	if passwordHash == "" {
		return 0, fault.Field("password", "Choose a password.")
	}
	err = accept(ctx, db, vendorID, token, requestID, func(ctx context.Context, tx bun.Tx, i Invitation) (int64, error) {
		userID, err = newUser(ctx, tx, i.Email, name, passwordHash)
		return userID, err
	})
	return userID, err
}

// accept uses up an invitation in a transaction: who says which user it makes a member. Only what is stored decides on
// the role; an invitation to a role that was deleted went with it.
func accept(
	ctx context.Context, db *bun.DB, vendorID int64, token, requestID string,
	who func(context.Context, bun.Tx, Invitation) (int64, error),
) error {
	return db.RunInTx(tenant.AsPlatform(ctx), nil, func(ctx context.Context, tx bun.Tx) error {
		if err := lockTeam(ctx, tx, vendorID); err != nil {
			return err
		}
		i, err := oneInvitation(ctx, tx, `AND x.hash = ? AND x.expires_at > now()`, vendorID, hashOf(token))
		if err != nil {
			return err
		}
		userID, err := who(ctx, tx, i)
		if err != nil {
			return err
		}
		if err := join(ctx, tx, i, userID); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			ActorKind: audit.Vendor, Actor: Actor(userID), VendorID: vendorID, RequestID: requestID,
			Action: "invitation.accepted", Subject: subject("invitation", i.ID), After: stateOfInvitation(i),
		})
	})
}

// join makes a user a member and the invitation a used one. The team is locked, so nobody else uses it meanwhile.
func join(ctx context.Context, tx bun.Tx, i Invitation, userID int64) error {
	result, err := tx.NewRaw(`
		INSERT INTO vendor_members (vendor_id, user_id, role, role_id) VALUES (?, ?, ?, ?)
		ON CONFLICT (vendor_id, user_id) DO NOTHING`, i.VendorID, userID, i.Role.Name, nullID(i.Role.ID)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("put user %d on the team of vendor %d: %w", userID, i.VendorID, err)
	}
	if added, err := result.RowsAffected(); err != nil || added == 0 {
		return errors.Join(err, fault.Conflict.With("You are on this team already."))
	}
	_, err = tx.NewRaw(`UPDATE vendor_invitations SET accepted_at = now(), hash = NULL WHERE vendor_id = ? AND id = ?`,
		i.VendorID, i.ID).Exec(ctx)
	if err != nil {
		return fmt.Errorf("use up invitation %d: %w", i.ID, err)
	}
	return nil
}

// claimInvitation sees that a user is whom the invitation is for. The token came by mail, so the address is verified.
func claimInvitation(ctx context.Context, tx bun.Tx, i Invitation, userID int64) error {
	var id int64
	err := tx.NewRaw(`
		UPDATE users SET email_verified_at = coalesce(email_verified_at, now())
		WHERE id = ? AND email = ? AND deleted_at IS NULL AND locked_at IS NULL RETURNING id`, userID, i.Email).Scan(ctx, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.Forbidden.With("This invitation is for another e-mail address. Sign in with the one it was sent to.")
	}
	if err != nil {
		return fmt.Errorf("verify the address of user %d: %w", userID, err)
	}
	return nil
}

// newUser makes an account with a verified address, out of an account without a password if there is one.
func newUser(ctx context.Context, tx bun.Tx, email, name, passwordHash string) (int64, error) {
	var id int64
	err := tx.NewRaw(`
		INSERT INTO users AS u (email, name, password_hash, email_verified_at) VALUES (?, ?, ?, now())
		ON CONFLICT (email) WHERE deleted_at IS NULL DO UPDATE SET
			name = excluded.name, password_hash = excluded.password_hash, email_verified_at = now(),
			version = u.version + 1, updated_at = now()
		WHERE u.password_hash = '' AND u.locked_at IS NULL
		RETURNING id`, email, name, passwordHash).Scan(ctx, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fault.Conflict.With("There is an account for this address already. Sign in to accept the invitation.")
	}
	if err != nil {
		return 0, fmt.Errorf("make an account: %w", err)
	}
	return id, nil
}
