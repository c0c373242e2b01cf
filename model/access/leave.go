package access

import (
	"context"

	"github.com/uptrace/bun"
)

// Remove takes a member off by's team. by needs TeamManage. fault.Forbidden: the member holds more than by does.
// fault.Conflict: the member is the last owner. fault.NotFound: no such member.
func Remove(ctx context.Context, db *bun.DB, by Person, userID int64, requestID string) error {
	return changeTeam(ctx, db, by, TeamManage, Actor(userID), requestID, func(ctx context.Context, c *change) error {
		m, err := c.touchable(ctx, userID)
		if err != nil {
			return err
		}
		return c.part(ctx, m, "member.removed")
	})
}

// Leave takes by off their own team; it needs no permission. fault.Conflict: by is the last owner.
func Leave(ctx context.Context, db *bun.DB, by Person, requestID string) error {
	return changeTeam(ctx, db, by, "", Actor(by.UserID), requestID, func(ctx context.Context, c *change) error {
		return c.part(ctx, c.actor, "member.left")
	})
}

// part removes a member, unless it is the last owner.
func (c *change) part(ctx context.Context, m member, action string) error {
	if err := c.keepAnOwner(ctx, m); err != nil {
		return err
	}
	if err := c.remove(ctx, m.userID); err != nil {
		return err
	}
	return c.record(ctx, action, Actor(m.userID), stateOf(m.role), nil)
}
