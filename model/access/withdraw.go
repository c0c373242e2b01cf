package access

import (
	"context"
	"fmt"
)

// withdraw revokes the open invitations of a member who now holds only what left says: those to roles beyond it, or
// all if they may not invite any more. Else whoever is about to be removed could invite themselves back.
func (c *change) withdraw(ctx context.Context, userID int64, left Set) error {
	var rows []invitationRow
	if err := c.tx.NewRaw(openInvitations+`AND x.invited_by = ?`, c.vendorID, userID).Scan(ctx, &rows); err != nil {
		return fmt.Errorf("list the invitations by user %d: %w", userID, err)
	}
	for _, row := range rows {
		i := row.invitation()
		if left.Has(TeamManage) && left.Covers(i.Role.Permissions) {
			continue
		}
		if err := c.revoke(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

// withdrawAll does so for everybody who has a custom role that was changed.
func (c *change) withdrawAll(ctx context.Context, role Role) error {
	var userIDs []int64
	err := c.tx.NewRaw(`SELECT user_id FROM vendor_members WHERE vendor_id = ? AND role_id = ? ORDER BY user_id`,
		c.vendorID, role.ID).Scan(ctx, &userIDs)
	if err != nil {
		return fmt.Errorf("list who has role %d: %w", role.ID, err)
	}
	for _, userID := range userIDs {
		if err := c.withdraw(ctx, userID, role.Permissions); err != nil {
			return err
		}
	}
	return nil
}

// revoke ends an open invitation.
func (c *change) revoke(ctx context.Context, i Invitation) error {
	_, err := c.tx.NewRaw(`UPDATE vendor_invitations SET revoked_at = now() WHERE vendor_id = ? AND id = ?`,
		c.vendorID, i.ID).Exec(ctx)
	if err != nil {
		return fmt.Errorf("revoke invitation %d: %w", i.ID, err)
	}
	return c.record(ctx, "invitation.revoked", subject("invitation", i.ID), stateOfInvitation(i), nil)
}
