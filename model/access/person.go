package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/account"
	"orion/model/tenant"
)

// Person is a user who is signed in, and what they may do where they are.
type Person struct {
	UserID, SessionID int64
	Email, Name       string
	Strong            bool // the session began with a second factor
	Verified          bool // the e-mail address is
	HasSecondFactor   bool
	FactorDemanded    bool // the platform demands one of this role
	NeedsSecondFactor bool // it does, and none is set up
	VendorID          int64
	Role              Role // in VendorID; zero: not on the team
	PlatformRole      Role
	Permissions       Set // of Role in the dashboard, of PlatformRole in the admin
	Teams             int // how many teams the person is on
}

// Load reads who is signed in and what they may do, in one query, and notes at most once a minute that the session was
// used. vendorID is the shop of the dashboard, 0 in the admin. Somebody who is not on the team, or has no platform
// role, is returned without permissions. account.ErrEnded: the session is over, or the account gone or locked.
func Load(ctx context.Context, db *bun.DB, identity account.Identity, vendorID int64) (*Person, error) {
	if identity.Kind != account.Admin && identity.Kind != account.Vendor {
		return nil, fmt.Errorf("load a %s as a person of the platform: %w", identity.Kind, account.ErrEnded)
	}
	var row personRow
	err := db.NewRaw(`
		WITH touched AS (
			UPDATE sessions SET seen_at = now()
			WHERE vendor_id = 0 AND id = ?0 AND account_id = ?1 AND kind = ?2
				AND ended_at IS NULL AND expires_at > now() AND seen_at < now() - interval '1 minute'
		)
		SELECT u.id AS user_id, u.email, u.name, u.email_verified_at IS NOT NULL AS verified, u.platform_role, s.strong,
			EXISTS (SELECT FROM second_factors f
				WHERE f.vendor_id = 0 AND f.account_id = u.id AND f.confirmed_at IS NOT NULL) AS has_second_factor,
			(SELECT count(*) FROM vendor_members t JOIN vendors v ON v.id = t.vendor_id
				WHERE t.user_id = u.id AND v.deleted_at IS NULL) AS teams,
			coalesce((SELECT p.value::text FROM platform_settings p WHERE p.key = ?4), '{}') AS security,
			coalesce(x.role, '') AS role, coalesce(r.id, 0) AS role_id, coalesce(r.name, '') AS role_title,
			coalesce(r.permissions, '{}') AS permissions, coalesce(r.version, 0) AS role_version
		FROM sessions s
		JOIN users u ON u.id = s.account_id
		LEFT JOIN vendor_members x ON x.vendor_id = ?3 AND x.user_id = u.id
		`+roleJoin+`
		WHERE s.vendor_id = 0 AND s.id = ?0 AND s.account_id = ?1 AND s.kind = ?2
			AND s.ended_at IS NULL AND s.expires_at > now() AND u.deleted_at IS NULL AND u.locked_at IS NULL`,
		identity.SessionID, identity.AccountID, string(identity.Kind), vendorID, securityKey,
	).Scan(tenant.AsPlatform(ctx), &row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, account.ErrEnded
	}
	if err != nil {
		return nil, fmt.Errorf("load user %d: %w", identity.AccountID, err)
	}
	return row.person(identity, vendorID)
}

// personRow is what Load reads.
type personRow struct {
	UserID                            int64
	Email, Name, PlatformRole         string
	Verified, Strong, HasSecondFactor bool
	Teams                             int
	Security                          string
	roleRow                           `bun:",extend"`
}

func (r personRow) person(identity account.Identity, vendorID int64) (*Person, error) {
	security, err := decodeSecurity(r.Security)
	if err != nil {
		return nil, err
	}
	p := &Person{
		UserID: r.UserID, SessionID: identity.SessionID, Email: r.Email, Name: r.Name,
		Strong: r.Strong, Verified: r.Verified, HasSecondFactor: r.HasSecondFactor,
		VendorID: vendorID, Role: r.role(), Teams: r.Teams,
	}
	p.PlatformRole, _ = PlatformRole(r.PlatformRole)
	needs := security.OwnersNeedSecondFactor && p.Role.Name == Owner
	p.Permissions = p.Role.Permissions
	if identity.Kind == account.Admin {
		needs = security.AdminsNeedSecondFactor && p.PlatformRole.Name != ""
		p.Permissions = p.PlatformRole.Permissions
	}
	p.FactorDemanded, p.NeedsSecondFactor = needs, needs && !p.HasSecondFactor
	return p, nil
}

// Can tells whether the person may do something where they are.
func (p *Person) Can(permission Permission) bool { return p.Permissions.Has(permission) }
