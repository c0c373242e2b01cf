package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"orion/model/fault"
	"orion/model/tenant"
)

const (
	maxRoleTitle = 60 // letters
	maxRoles     = 50 // of one vendor
)

// RoleInput is what a vendor enters for a role of its own.
type RoleInput struct {
	Title       string
	Permissions []Permission
	Version     int // the version that was edited; 0 replaces whatever there is
}

// Roles are a vendor's own roles by title, with how many have each.
func Roles(ctx context.Context, db bun.IDB, vendorID int64) ([]Role, error) {
	var rows []roleRow
	err := db.NewRaw(`
		SELECT 'custom' AS role, r.id AS role_id, r.name AS role_title, r.permissions, r.version AS role_version,
			(SELECT count(*) FROM vendor_members m WHERE m.vendor_id = r.vendor_id AND m.role_id = r.id) AS role_members
		FROM vendor_roles r WHERE r.vendor_id = ? ORDER BY lower(r.name), r.id`, vendorID).Scan(tenant.AsPlatform(ctx), &rows)
	if err != nil {
		return nil, fmt.Errorf("list the roles of vendor %d: %w", vendorID, err)
	}
	roles := make([]Role, len(rows))
	for i, row := range rows {
		roles[i] = row.role()
	}
	return roles, nil
}

// customRole is a vendor's own role; fault.NotFound where there is none.
func customRole(ctx context.Context, db bun.IDB, vendorID, id int64) (Role, error) {
	row := roleRow{Role: Custom}
	err := db.NewRaw(`
		SELECT id AS role_id, name AS role_title, permissions, version AS role_version
		FROM vendor_roles WHERE vendor_id = ? AND id = ?`, vendorID, id).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return Role{}, fault.NotFound.With("There is no such role.")
	}
	if err != nil {
		return Role{}, fmt.Errorf("find role %d of vendor %d: %w", id, vendorID, err)
	}
	return row.role(), nil
}

// CreateRole makes a role of by's vendor. by needs TeamManage. fault.Forbidden: the role would hold more than by does.
// *fault.Invalid on "title" or "permissions": the title is missing, too long or taken, or there is no such permission.
func CreateRole(ctx context.Context, db *bun.DB, by Person, in RoleInput, requestID string) (Role, error) {
	var made Role
	err := changeTeam(ctx, db, by, TeamManage, "role:new", requestID, func(ctx context.Context, c *change) (err error) {
		made, err = c.createRole(ctx, in)
		return err
	})
	return made, err
}

func (c *change) createRole(ctx context.Context, in RoleInput) (Role, error) {
	role, err := c.checkRole(in)
	if err != nil {
		return Role{}, err
	}
	var count int
	if err := c.tx.NewRaw(`SELECT count(*) FROM vendor_roles WHERE vendor_id = ?`, c.vendorID).Scan(ctx, &count); err != nil {
		return Role{}, fmt.Errorf("count the roles of vendor %d: %w", c.vendorID, err)
	}
	if count >= maxRoles {
		return Role{}, fault.Refuse(fmt.Sprintf("A shop has at most %d roles of its own. Delete one first.", maxRoles))
	}
	err = c.tx.NewRaw(`INSERT INTO vendor_roles (vendor_id, name, permissions) VALUES (?, ?, ?) RETURNING id, version`,
		c.vendorID, role.Title, pgdialect.Array(role.Permissions.names())).Scan(ctx, &role.ID, &role.Version)
	if err != nil {
		return Role{}, titleTaken(err, "make a role")
	}
	return role, c.record(ctx, "role.created", subject("role", role.ID), nil, contents(role))
}

// UpdateRole changes a role of by's vendor, for everybody who has it. by needs TeamManage. fault.Forbidden: the role
// holds, or would hold, more than by does. fault.Conflict: it was changed since in.Version. fault.NotFound: no such
// role. *fault.Invalid as for CreateRole.
func UpdateRole(ctx context.Context, db *bun.DB, by Person, id int64, in RoleInput, requestID string) (Role, error) {
	var changed Role
	err := changeTeam(ctx, db, by, TeamManage, subject("role", id), requestID, func(ctx context.Context, c *change) (err error) {
		changed, err = c.updateRole(ctx, id, in)
		return err
	})
	return changed, err
}

func (c *change) updateRole(ctx context.Context, id int64, in RoleInput) (Role, error) {
	before, err := c.touchableRole(ctx, id)
	if err != nil {
		return Role{}, err
	}
	if in.Version != 0 && in.Version != before.Version {
		return Role{}, fault.Conflict.With("Somebody changed this role meanwhile. Look at it again.")
	}
	after, err := c.checkRole(in)
	if err != nil {
		return Role{}, err
	}
	after.ID = id
	err = c.tx.NewRaw(`
		UPDATE vendor_roles SET name = ?, permissions = ?, version = version + 1, updated_at = now()
		WHERE vendor_id = ? AND id = ? RETURNING version`,
		after.Title, pgdialect.Array(after.Permissions.names()), c.vendorID, id).Scan(ctx, &after.Version)
	if err != nil {
		return Role{}, titleTaken(err, "change a role")
	}
	if err := c.withdrawAll(ctx, after); err != nil {
		return Role{}, err
	}
	return after, c.record(ctx, "role.updated", subject("role", id), contents(before), contents(after))
}

// DeleteRole deletes a role of by's vendor, and with it the invitations to it. by needs TeamManage. fault.Conflict:
// somebody has the role. fault.Forbidden: it holds more than by does. fault.NotFound: no such role.
func DeleteRole(ctx context.Context, db *bun.DB, by Person, id int64, requestID string) error {
	return changeTeam(ctx, db, by, TeamManage, subject("role", id), requestID, func(ctx context.Context, c *change) error {
		return c.deleteRole(ctx, id)
	})
}

func (c *change) deleteRole(ctx context.Context, id int64) error {
	role, err := c.touchableRole(ctx, id)
	if err != nil {
		return err
	}
	var members int
	err = c.tx.NewRaw(`SELECT count(*) FROM vendor_members WHERE vendor_id = ? AND role_id = ?`, c.vendorID, id).Scan(ctx, &members)
	if err != nil {
		return fmt.Errorf("count who has role %d: %w", id, err)
	}
	if members > 0 {
		return fault.Conflict.With("The role %q is in use. Give its members another role first.", role.Title)
	}
	if _, err := c.tx.NewRaw(`DELETE FROM vendor_roles WHERE vendor_id = ? AND id = ?`, c.vendorID, id).Exec(ctx); err != nil {
		return fmt.Errorf("delete role %d: %w", id, err)
	}
	return c.record(ctx, "role.deleted", subject("role", id), contents(role), nil)
}

// touchableRole is a custom role that the actor may change: one that holds no more than the actor does.
func (c *change) touchableRole(ctx context.Context, id int64) (Role, error) {
	role, err := customRole(ctx, c.tx, c.vendorID, id)
	if err != nil {
		return Role{}, err
	}
	if !c.actor.role.Permissions.Covers(role.Permissions) {
		return Role{}, fault.Forbidden.With("The role %q allows more than your own, so you cannot change it.", role.Title)
	}
	return role, nil
}

// checkRole is the role that was entered, if the actor may make it.
func (c *change) checkRole(in RoleInput) (Role, error) {
	title := strings.TrimSpace(in.Title)
	wrong := map[string]string{}
	if title == "" || utf8.RuneCountInString(title) > maxRoleTitle || !printable(title) {
		wrong["title"] = fmt.Sprintf("Enter a name of at most %d letters.", maxRoleTitle)
	}
	if isBuiltIn(title) {
		wrong["title"] = "There is already a role of this name."
	}
	permissions := NewSet(in.Permissions...)
	if permissions.Empty() || !areVendors(permissions) {
		wrong["permissions"] = "Choose what the role allows."
	}
	if invalid := fault.Fields(wrong); invalid != nil {
		return Role{}, invalid
	}
	if !c.actor.role.Permissions.Covers(permissions) {
		return Role{}, fault.Forbidden.With("You can only give permissions that you have yourself.")
	}
	return Role{Name: Custom, Title: title, Permissions: permissions}, nil
}

// isBuiltIn tells whether a title would be taken for a built-in role.
func isBuiltIn(title string) bool {
	return slices.ContainsFunc(VendorRoles(), func(r Role) bool { return strings.EqualFold(r.Title, title) })
}

// areVendors tells whether a form offers each of the permissions, so that no role holds the platform's or "*".
func areVendors(s Set) bool {
	offered := VendorPermissions()
	return !slices.ContainsFunc(s.permissions, func(p Permission) bool {
		return !slices.ContainsFunc(offered, func(i Info) bool { return i.Permission == p })
	})
}

// printable tells whether s is text without control characters or ones that turn the direction of what follows.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
	})
}

// titleTaken turns a violation of the unique index on the title into a message beside it.
func titleTaken(err error, doing string) error {
	if violation, ok := errors.AsType[*pgconn.PgError](err); ok && violation.ConstraintName == "vendor_roles_name" {
		return fault.Field("title", "There is already a role of this name.")
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// roleContents is a custom role in the audit log.
type roleContents struct {
	Title       string   `json:"title"`
	Permissions []string `json:"permissions"`
}

func contents(role Role) roleContents {
	return roleContents{Title: role.Title, Permissions: role.Permissions.names()}
}
