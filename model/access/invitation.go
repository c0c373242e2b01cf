package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/tenant"
)

// invitationLife is how long an invitation can be accepted.
const invitationLife = 7 * 24 * time.Hour

// Invitation asks somebody onto a vendor's team. It is for one e-mail address and works once.
type Invitation struct {
	VendorID, ID         int64
	VendorName           string
	Email                string
	Role                 Role
	Inviter              string // name or e-mail address; "" where the account is gone
	HasAccount           bool   // somebody of this address can sign in already
	Expired              bool
	CreatedAt, ExpiresAt time.Time
}

// invitationRow is what queries read of an invitation.
type invitationRow struct {
	VendorID, ID         int64
	VendorName           string
	Email, Inviter       string
	HasAccount, Expired  bool
	CreatedAt, ExpiresAt time.Time
	roleRow              `bun:",extend"`
}

func (r invitationRow) invitation() Invitation {
	return Invitation{VendorID: r.VendorID, ID: r.ID, VendorName: r.VendorName, Email: r.Email, Role: r.role(),
		Inviter: r.Inviter, HasAccount: r.HasAccount, Expired: r.Expired, CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt}
}

// openInvitations reads the open invitations of a vendor; a further condition may follow.
const openInvitations = `
	SELECT x.vendor_id, x.id, v.name AS vendor_name, x.email, x.created_at, x.expires_at, x.expires_at <= now() AS expired,
		coalesce(nullif(i.name, ''), i.email::text, '') AS inviter, ` + roleColumns + `,
		EXISTS (SELECT FROM users u WHERE u.email = x.email AND u.deleted_at IS NULL AND u.password_hash <> '') AS has_account
	FROM vendor_invitations x JOIN vendors v ON v.id = x.vendor_id AND v.deleted_at IS NULL
	LEFT JOIN users i ON i.id = x.invited_by ` + roleJoin + `
	WHERE x.vendor_id = ? AND x.accepted_at IS NULL AND x.revoked_at IS NULL `

// Invitations are a vendor's open ones, the latest first, also those that expired: they can be sent again.
func Invitations(ctx context.Context, db bun.IDB, vendorID int64) ([]Invitation, error) {
	var rows []invitationRow
	err := db.NewRaw(openInvitations+`ORDER BY x.created_at DESC, x.id DESC`, vendorID).Scan(tenant.AsPlatform(ctx), &rows)
	if err != nil {
		return nil, fmt.Errorf("list the invitations of vendor %d: %w", vendorID, err)
	}
	invitations := make([]Invitation, len(rows))
	for i, row := range rows {
		invitations[i] = row.invitation()
	}
	return invitations, nil
}

// FindInvitation is the open invitation that a mailed token belongs to. fault.NotFound: there is none, it expired, was
// revoked or accepted, or is another vendor's.
func FindInvitation(ctx context.Context, db bun.IDB, vendorID int64, token string) (*Invitation, error) {
	found, err := oneInvitation(tenant.AsPlatform(ctx), db, `AND x.hash = ? AND x.expires_at > now()`, vendorID, hashOf(token))
	if err != nil {
		return nil, err
	}
	return &found, nil
}

// oneInvitation reads an open invitation by a further condition; fault.NotFound where there is none.
func oneInvitation(ctx context.Context, db bun.IDB, condition string, args ...any) (Invitation, error) {
	var row invitationRow
	err := db.NewRaw(openInvitations+condition, args...).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return Invitation{}, fault.NotFound.With("This invitation is no longer valid. Ask for a new one.")
	}
	if err != nil {
		return Invitation{}, fmt.Errorf("find an invitation: %w", err)
	}
	return row.invitation(), nil
}

// IssueInvitation makes the token of an open invitation, right before it is mailed, and says to whom and until when.
// Only its hash is stored; an earlier token is worth nothing any more. fault.NotFound: the invitation is not open.
func IssueInvitation(
	ctx context.Context, db bun.IDB, vendorID, id int64,
) (token, email string, expires time.Time, err error) {
	token = newToken()
	err = db.NewRaw(`
		UPDATE vendor_invitations SET hash = ?
		WHERE vendor_id = ? AND id = ? AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()
		RETURNING email, expires_at`, hashOf(token), vendorID, id).Scan(tenant.AsPlatform(ctx), &email, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", time.Time{}, fault.NotFound.With("This invitation is no longer open.")
	}
	if err != nil {
		return "", "", time.Time{}, fmt.Errorf("issue invitation %d of vendor %d: %w", id, vendorID, err)
	}
	return token, email, expires, nil
}

// tokenBytes is how much chance a mailed token holds.
const tokenBytes = 32

func newToken() string {
	random := make([]byte, tokenBytes)
	_, _ = rand.Read(random) // never fails: the process ends rather
	return base64.RawURLEncoding.EncodeToString(random)
}

// hashOf is what is stored of a token. The token is random enough that a plain hash cannot be guessed back.
func hashOf(token string) []byte {
	hash := sha256.Sum256([]byte(token))
	return hash[:]
}
