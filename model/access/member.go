package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/fault"
)

// member is somebody on a team, as a change of it needs to know them.
type member struct {
	userID      int64
	email, name string
	role        Role
	live        bool // neither deleted nor locked: can sign in
}

// title is how people know the member.
func (m member) title() string {
	if m.name != "" {
		return m.name
	}
	return m.email
}

// roleState is a role in the audit log.
type roleState struct {
	Role   string `json:"role"`
	RoleID int64  `json:"role_id,omitempty"`
	Title  string `json:"title,omitempty"` // of a custom role
}

func stateOf(role Role) roleState {
	state := roleState{Role: role.Name, RoleID: role.ID}
	if role.Name == Custom {
		state.Title = role.Title
	}
	return state
}

// findMember reads one member; fault.NotFound where there is none. The team is locked.
func findMember(ctx context.Context, tx bun.Tx, vendorID, userID int64) (member, error) {
	var row struct {
		Email, Name string
		Live        bool
		roleRow     `bun:",extend"`
	}
	err := tx.NewRaw(`
		SELECT u.email, u.name, u.deleted_at IS NULL AND u.locked_at IS NULL AS live, `+roleColumns+`
		FROM vendor_members x JOIN users u ON u.id = x.user_id `+roleJoin+`
		WHERE x.vendor_id = ? AND x.user_id = ?`, vendorID, userID).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return member{}, fault.NotFound.With("This person is not on the team.")
	}
	if err != nil {
		return member{}, fmt.Errorf("find user %d on the team of vendor %d: %w", userID, vendorID, err)
	}
	return member{userID: userID, email: row.Email, name: row.Name, role: row.role(), live: row.Live}, nil
}

// touchable is a member whom the actor may change or remove: one who holds no more than the actor does.
func (c *change) touchable(ctx context.Context, userID int64) (member, error) {
	if userID == c.actor.userID {
		return c.actor, nil
	}
	m, err := findMember(ctx, c.tx, c.vendorID, userID)
	if err != nil {
		return member{}, err
	}
	if !c.actor.role.Permissions.Covers(m.role.Permissions) {
		return member{}, fault.Forbidden.With("%s may do more than you, so only somebody with more rights can change this.", m.title())
	}
	return m, nil
}

// keepAnOwner is fault.Conflict if m is the team's last owner who can sign in.
func (c *change) keepAnOwner(ctx context.Context, m member) error {
	if m.role.Name != Owner {
		return nil
	}
	var others int
	err := c.tx.NewRaw(`
		SELECT count(*) FROM (
			SELECT m.user_id FROM vendor_members m JOIN users u ON u.id = m.user_id
			WHERE m.vendor_id = ? AND m.role = ? AND m.user_id <> ? AND u.deleted_at IS NULL AND u.locked_at IS NULL
			ORDER BY m.user_id FOR UPDATE OF m
		) AS owners`, c.vendorID, Owner, m.userID).Scan(ctx, &others)
	if err != nil {
		return fmt.Errorf("count the owners of vendor %d: %w", c.vendorID, err)
	}
	if others == 0 {
		return fault.Conflict.With("A shop needs an owner. Hand over the ownership first.")
	}
	return nil
}

// setRole gives a member another role, and withdraws invitations by them that it would not have let them make.
func (c *change) setRole(ctx context.Context, userID int64, role Role) error {
	_, err := c.tx.NewRaw(`
		UPDATE vendor_members SET role = ?, role_id = ?, version = version + 1, updated_at = now()
		WHERE vendor_id = ? AND user_id = ?`, role.Name, nullID(role.ID), c.vendorID, userID).Exec(ctx)
	if err != nil {
		return fmt.Errorf("give user %d the role %s: %w", userID, role.Name, err)
	}
	return c.withdraw(ctx, userID, role.Permissions)
}

// remove takes a member off the team, and withdraws the invitations by them.
func (c *change) remove(ctx context.Context, userID int64) error {
	_, err := c.tx.NewRaw(`DELETE FROM vendor_members WHERE vendor_id = ? AND user_id = ?`, c.vendorID, userID).Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove user %d from the team of vendor %d: %w", userID, c.vendorID, err)
	}
	return c.withdraw(ctx, userID, Set{})
}
