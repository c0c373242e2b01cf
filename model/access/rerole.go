package access

import (
	"context"

	"github.com/uptrace/bun"
)

// ChangeRole gives a member of by's team another role; roleID is the custom one's, else 0. by needs TeamManage.
// fault.Forbidden: the member, or the role, holds more than by does. fault.Conflict: the member is the last owner.
// *fault.Invalid on "role": there is no such role. fault.NotFound: no such member.
func ChangeRole(ctx context.Context, db *bun.DB, by Person, userID int64, role string, roleID int64, requestID string) error {
	return changeTeam(ctx, db, by, TeamManage, Actor(userID), requestID, func(ctx context.Context, c *change) error {
		return c.rerole(ctx, userID, role, roleID)
	})
}

func (c *change) rerole(ctx context.Context, userID int64, name string, roleID int64) error {
	m, err := c.touchable(ctx, userID)
	if err != nil {
		return err
	}
	role, err := c.grantable(ctx, name, roleID)
	if err != nil {
		return err
	}
	if role.Name == m.role.Name && role.ID == m.role.ID {
		return nil
	}
	if err := c.keepAnOwner(ctx, m); err != nil {
		return err
	}
	if err := c.setRole(ctx, userID, role); err != nil {
		return err
	}
	return c.record(ctx, "member.role_changed", Actor(userID), stateOf(m.role), stateOf(role))
}
