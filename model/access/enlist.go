package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/fault"
	"orion/model/tenant"
)

// Recruit is a user whom the operator of the installation makes, such as its first administrator.
type Recruit struct {
	Email, Name  string
	PlatformRole string // "" for none
	Shop         string // slug; "" for no team
	Role         string // in the shop's team: a built-in one
}

// Enlist makes the user, or finds them by their address, and gives them the roles; no other role is taken away. It is for
// the command line, where nobody is signed in. *fault.Invalid where a role or the address is none; fault.NotFound for a shop
// that is not there.
func Enlist(ctx context.Context, db *bun.DB, r Recruit) (userID int64, err error) {
	email, err := checkEmail(r.Email)
	if err != nil {
		return 0, err
	}
	if _, ok := PlatformRole(r.PlatformRole); r.PlatformRole != "" && !ok {
		return 0, fault.Field("platform-role", "Say super_admin, admin or support.")
	}
	if _, ok := VendorRole(r.Role); r.Shop != "" && !ok {
		return 0, fault.Field("role", "Say owner, manager, staff or viewer.")
	}
	err = db.RunInTx(tenant.AsPlatform(ctx), nil, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw(`
			INSERT INTO users AS u (email, name, platform_role) VALUES (?0, ?1, ?2)
			ON CONFLICT (email) WHERE deleted_at IS NULL DO UPDATE SET
				name = coalesce(nullif(?1, ''), u.name), platform_role = coalesce(nullif(?2, ''), u.platform_role), updated_at = now()
			RETURNING id`, email, strings.TrimSpace(r.Name), r.PlatformRole).Scan(ctx, &userID)
		if err != nil {
			return fmt.Errorf("make a user: %w", err)
		}
		if r.Shop != "" {
			if err := enlistInTeam(ctx, tx, userID, r); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, audit.Entry{ActorKind: audit.System, Action: "user.enlisted", Subject: Actor(userID),
			After: map[string]any{"platform_role": r.PlatformRole, "shop": r.Shop, "role": r.Role}})
	})
	return userID, err
}

func enlistInTeam(ctx context.Context, tx bun.Tx, userID int64, r Recruit) error {
	var vendorID int64
	err := tx.NewRaw(`SELECT id FROM vendors WHERE slug = ? AND deleted_at IS NULL`, r.Shop).Scan(ctx, &vendorID)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.NotFound.With("There is no shop %q.", r.Shop)
	}
	if err != nil {
		return fmt.Errorf("find the shop %s: %w", r.Shop, err)
	}
	_, err = tx.NewRaw(`
		INSERT INTO vendor_members (vendor_id, user_id, role) VALUES (?, ?, ?)
		ON CONFLICT (vendor_id, user_id) DO UPDATE SET role = excluded.role, role_id = NULL, updated_at = now()`,
		vendorID, userID, r.Role).Exec(ctx)
	if err != nil {
		return fmt.Errorf("put a user on a team: %w", err)
	}
	return nil
}
