package access

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Team is a team that somebody is on.
type Team struct {
	VendorID   int64
	Slug, Name string // of the shop
	Role       Role
}

// Teams are the teams that a user is on, by the names of their shops.
func Teams(ctx context.Context, db bun.IDB, userID int64) ([]Team, error) {
	var rows []struct {
		VendorID   int64
		Slug, Name string
		roleRow    `bun:",extend"`
	}
	err := db.NewRaw(`
		SELECT x.vendor_id, v.slug, v.name, `+roleColumns+`
		FROM vendor_members x JOIN vendors v ON v.id = x.vendor_id `+roleJoin+`
		WHERE x.user_id = ? AND v.deleted_at IS NULL
		ORDER BY lower(v.name), x.vendor_id`, userID).Scan(tenant.AsPlatform(ctx), &rows)
	if err != nil {
		return nil, fmt.Errorf("list the teams of user %d: %w", userID, err)
	}
	teams := make([]Team, len(rows))
	for i, row := range rows {
		teams[i] = Team{VendorID: row.VendorID, Slug: row.Slug, Name: row.Name, Role: row.role()}
	}
	return teams, nil
}

// Member is somebody on a vendor's team.
type Member struct {
	UserID          int64
	Email, Name     string
	Role            Role
	Version         int
	HasSecondFactor bool
	JoinedAt        time.Time
	LastSeenAt      time.Time // in any dashboard; zero: never
}

// Members are a vendor's team, from owners down and by name.
func Members(ctx context.Context, db bun.IDB, vendorID int64) ([]Member, error) {
	var rows []struct {
		UserID          int64
		Email, Name     string
		Version         int
		HasSecondFactor bool
		JoinedAt        time.Time
		LastSeenAt      bun.NullTime
		roleRow         `bun:",extend"`
	}
	err := db.NewRaw(`
		SELECT x.user_id, u.email, u.name, x.version, x.created_at AS joined_at, `+roleColumns+`,
			EXISTS (SELECT FROM second_factors f
				WHERE f.vendor_id = 0 AND f.account_id = u.id AND f.confirmed_at IS NOT NULL) AS has_second_factor,
			(SELECT max(s.seen_at) FROM sessions s
				WHERE s.vendor_id = 0 AND s.account_id = u.id AND s.kind = 'vendor') AS last_seen_at
		FROM vendor_members x JOIN users u ON u.id = x.user_id `+roleJoin+`
		WHERE x.vendor_id = ? AND u.deleted_at IS NULL
		ORDER BY array_position(?::text[], x.role), lower(coalesce(nullif(u.name, ''), u.email::text)), x.user_id`,
		vendorID, rankOrder()).Scan(tenant.AsPlatform(ctx), &rows)
	if err != nil {
		return nil, fmt.Errorf("list the team of vendor %d: %w", vendorID, err)
	}
	members := make([]Member, len(rows))
	for i, row := range rows {
		members[i] = Member{UserID: row.UserID, Email: row.Email, Name: row.Name, Role: row.role(), Version: row.Version,
			HasSecondFactor: row.HasSecondFactor, JoinedAt: row.JoinedAt, LastSeenAt: row.LastSeenAt.Time}
	}
	return members, nil
}
