package access

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/fault"
	"orion/model/tenant"
)

// platformChange is one change of the platform's own, inside its transaction.
type platformChange struct {
	tx        bun.Tx
	actor     staff
	subject   string
	requestID string
	locked    []staff // the actor, whom the change is about, and every super admin
}

// staff is a user as the platform's roles see them.
type staff struct {
	ID           int64
	PlatformRole string
	Live         bool // neither deleted nor locked: can sign in
}

func (s staff) role() Role {
	role, _ := PlatformRole(s.PlatformRole)
	return role
}

// changePlatform makes a change of the platform in a transaction. by needs the permission in their platform role
// still. userID is whom it is about, 0 for nobody. A refusal leaves an audit row too.
func changePlatform(
	ctx context.Context, db *bun.DB, by Person, needs Permission, subject, requestID string, userID int64,
	do func(context.Context, *platformChange) error,
) error {
	ctx = tenant.AsPlatform(ctx)
	err := db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		c := &platformChange{tx: tx, subject: subject, requestID: requestID}
		if err := c.lock(ctx, by.UserID, userID); err != nil {
			return err
		}
		actor, ok := c.find(by.UserID)
		if !ok || !actor.Live || !actor.role().Permissions.Has(needs) {
			return fault.Forbidden.With("Your role does not allow this.")
		}
		c.actor = actor
		return do(ctx, c)
	})
	if errors.Is(err, fault.Forbidden) {
		return errors.Join(err, AuditDenied(ctx, db, Actor(by.UserID), audit.Admin, 0, needs, subject, requestID))
	}
	return err
}

// lock takes the rows of the actor, of whom the change is about and of every super admin, always in the order of
// their ids. Who is found here stays what they are until the transaction ends.
func (c *platformChange) lock(ctx context.Context, userIDs ...int64) error {
	err := c.tx.NewRaw(`
		SELECT id, platform_role, locked_at IS NULL AS live FROM users
		WHERE (platform_role = ? OR id IN (?)) AND deleted_at IS NULL
		ORDER BY id FOR NO KEY UPDATE`, SuperAdmin, bun.List(userIDs)).Scan(ctx, &c.locked)
	if err != nil {
		return fmt.Errorf("lock the super admins: %w", err)
	}
	return nil
}

func (c *platformChange) find(userID int64) (staff, bool) {
	i := slices.IndexFunc(c.locked, func(s staff) bool { return s.ID == userID })
	if i < 0 {
		return staff{}, false
	}
	return c.locked[i], true
}

// record writes what was done into the platform's audit log.
func (c *platformChange) record(ctx context.Context, action string, before, after any) error {
	return audit.Record(ctx, c.tx, audit.Entry{
		ActorKind: audit.Admin, Actor: Actor(c.actor.ID), RequestID: c.requestID,
		Action: action, Subject: c.subject, Before: before, After: after,
	})
}

// SetPlatformRole gives a user a role of the platform's, or takes it with "". by needs UsersManage. fault.Forbidden:
// the user, or the role, holds more than by does. fault.Conflict: the user is the last super admin. *fault.Invalid on
// "role": there is no such role. fault.NotFound: no such user.
func SetPlatformRole(ctx context.Context, db *bun.DB, by Person, userID int64, role, requestID string) error {
	return changePlatform(ctx, db, by, UsersManage, Actor(userID), requestID, userID,
		func(ctx context.Context, c *platformChange) error { return c.setRole(ctx, userID, role) })
}

func (c *platformChange) setRole(ctx context.Context, userID int64, name string) error {
	role, ok := PlatformRole(name)
	if !ok && name != "" {
		return noSuchRole()
	}
	user, ok := c.find(userID)
	if !ok {
		return fault.NotFound.With("There is no such user.")
	}
	own := c.actor.role().Permissions
	if !own.Covers(user.role().Permissions) {
		return fault.Forbidden.With("This person may do more than you, so only somebody with more rights can change this.")
	}
	if !own.Covers(role.Permissions) {
		return fault.Forbidden.With("You can only give a role that allows no more than your own.")
	}
	if user.PlatformRole == name {
		return nil
	}
	if err := c.keepASuperAdmin(user); err != nil {
		return err
	}
	_, err := c.tx.NewRaw(`UPDATE users SET platform_role = ?, version = version + 1, updated_at = now() WHERE id = ?`,
		name, userID).Exec(ctx)
	if err != nil {
		return fmt.Errorf("give user %d the platform's role %q: %w", userID, name, err)
	}
	return c.record(ctx, "user.platform_role_changed",
		map[string]any{"role": user.PlatformRole}, map[string]any{"role": name})
}

// keepASuperAdmin is fault.Conflict if user is the last super admin who can sign in. Only those whose rows are locked
// count: one who is being appointed elsewhere is missed, which errs on the safe side.
func (c *platformChange) keepASuperAdmin(user staff) error {
	isAnother := func(s staff) bool { return s.PlatformRole == SuperAdmin && s.Live && s.ID != user.ID }
	if user.PlatformRole == SuperAdmin && !slices.ContainsFunc(c.locked, isAnother) {
		return fault.Conflict.With("The platform needs a super admin. Give somebody else the role first.")
	}
	return nil
}
