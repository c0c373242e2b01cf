package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/fault"
	"orion/model/tenant"
)

// change is one change of a vendor's team, inside its transaction.
type change struct {
	tx        bun.Tx
	vendorID  int64
	actor     member // who changes it, as the database knows them now
	requestID string
}

// changeTeam makes a change of by's team in a transaction. Each takes the vendor's row first, so that two changes of
// one team never cross: two owners cannot both leave, and nobody acts by a role that was just taken from them. by
// needs the permission still, "" for none. A refusal leaves an audit row about subject too.
func changeTeam(
	ctx context.Context, db *bun.DB, by Person, needs Permission, subject, requestID string,
	do func(context.Context, *change) error,
) error {
	ctx = tenant.AsPlatform(ctx)
	err := db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		c, err := beginChange(ctx, tx, by, requestID)
		if err != nil {
			return err
		}
		if needs != "" && !c.actor.role.Permissions.Has(needs) {
			return fault.Forbidden.With("Your role does not allow this.")
		}
		return do(ctx, c)
	})
	if errors.Is(err, fault.Forbidden) {
		denied := AuditDenied(ctx, db, Actor(by.UserID), audit.Vendor, by.VendorID, orTeamManage(needs), subject, requestID)
		return errors.Join(err, denied)
	}
	return err
}

// orTeamManage names the permission that whoever was refused a change of the team would have needed.
func orTeamManage(needs Permission) Permission {
	if needs == "" {
		return TeamManage
	}
	return needs
}

func beginChange(ctx context.Context, tx bun.Tx, by Person, requestID string) (*change, error) {
	if err := lockTeam(ctx, tx, by.VendorID); err != nil {
		return nil, err
	}
	actor, err := findMember(ctx, tx, by.VendorID, by.UserID)
	if errors.Is(err, fault.NotFound) || err == nil && !actor.live {
		return nil, fault.Forbidden.With("You are not on this team any more.")
	}
	if err != nil {
		return nil, err
	}
	return &change{tx: tx, vendorID: by.VendorID, actor: actor, requestID: requestID}, nil
}

// lockTeam takes the vendor's row, which every change of its team takes first. The lock lets orders and products
// through, whose foreign keys point to the row.
func lockTeam(ctx context.Context, tx bun.Tx, vendorID int64) error {
	var id int64
	err := tx.NewRaw(`SELECT id FROM vendors WHERE id = ? AND deleted_at IS NULL FOR NO KEY UPDATE`, vendorID).Scan(ctx, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.NotFound.With("There is no such shop.")
	}
	if err != nil {
		return fmt.Errorf("lock the team of vendor %d: %w", vendorID, err)
	}
	return nil
}

// record writes what was done into the vendor's audit log.
func (c *change) record(ctx context.Context, action, subject string, before, after any) error {
	return audit.Record(ctx, c.tx, audit.Entry{
		ActorKind: audit.Vendor, Actor: Actor(c.actor.userID), RequestID: c.requestID, VendorID: c.vendorID,
		Action: action, Subject: subject, Before: before, After: after,
	})
}

// grantable is a role that the actor may give to somebody. It is fault.Forbidden where the role holds more than the
// actor does, and *fault.Invalid where there is no such role.
func (c *change) grantable(ctx context.Context, name string, roleID int64) (Role, error) {
	role, err := c.role(ctx, name, roleID)
	if err != nil {
		return Role{}, err
	}
	if !c.actor.role.Permissions.Covers(role.Permissions) {
		return Role{}, fault.Forbidden.With("You can only give a role that allows no more than your own.")
	}
	return role, nil
}

func (c *change) role(ctx context.Context, name string, roleID int64) (Role, error) {
	if name == Custom {
		role, err := customRole(ctx, c.tx, c.vendorID, roleID)
		if errors.Is(err, fault.NotFound) {
			return Role{}, noSuchRole()
		}
		return role, err
	}
	role, ok := VendorRole(name)
	if !ok || roleID != 0 {
		return Role{}, noSuchRole()
	}
	return role, nil
}

func noSuchRole() error { return fault.Field("role", "Choose one of the roles.") }

// nullID is an id for a column in which there may be none: 0 is NULL.
func nullID(id int64) sql.NullInt64 { return sql.NullInt64{Int64: id, Valid: id != 0} }
