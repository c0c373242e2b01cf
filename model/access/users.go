package access

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// User is a user as the admin lists them.
type User struct {
	UserID          int64
	Email, Name     string
	Role            Role // on the platform's staff; zero: none
	Verified        bool // the e-mail address is
	HasSecondFactor bool
	Locked          bool
}

// FindUsers lists the users whose e-mail address begins with start, by address; where start is empty, the platform's
// staff. At most limit. One query.
func FindUsers(ctx context.Context, db bun.IDB, start string, limit int) ([]User, error) {
	condition, order := bun.SafeQuery("u.platform_role <> ''"), "u.platform_role, u.id"
	if start != "" {
		start = strings.ToLower(start)
		condition, order = bun.SafeQuery("starts_with(lower(u.email::text), ?)", start), "u.email"
	}
	var rows []struct {
		ID                                int64
		Email, Name, PlatformRole         string
		Verified, HasSecondFactor, Locked bool
	}
	err := db.NewRaw(`
		SELECT u.id, u.email, u.name, u.platform_role, u.email_verified_at IS NOT NULL AS verified, u.locked_at IS NOT NULL AS locked,
			EXISTS (SELECT FROM second_factors f WHERE f.vendor_id = 0 AND f.account_id = u.id AND f.confirmed_at IS NOT NULL) AS has_second_factor
		FROM users u WHERE u.deleted_at IS NULL AND ? ORDER BY ? LIMIT ?`, condition, bun.Safe(order), limit).Scan(tenant.AsPlatform(ctx), &rows)
	if err != nil {
		return nil, fmt.Errorf("find users: %w", err)
	}
	users := make([]User, len(rows))
	for i, row := range rows {
		role, _ := PlatformRole(row.PlatformRole)
		users[i] = User{UserID: row.ID, Email: row.Email, Name: row.Name, Role: role, Verified: row.Verified,
			HasSecondFactor: row.HasSecondFactor, Locked: row.Locked}
	}
	return users, nil
}

// Grantable are the roles that a person may give to others: those that hold no more than the person does. custom are
// the vendor's own.
func (p *Person) Grantable(custom []Role) []Role {
	var roles []Role
	for _, role := range append(VendorRoles(), custom...) {
		if p.Permissions.Covers(role.Permissions) {
			roles = append(roles, role)
		}
	}
	return roles
}
