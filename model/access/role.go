package access

import (
	"slices"

	"github.com/uptrace/bun/dialect/pgdialect"
)

// The names of the built-in roles of a vendor's team, and of those it makes itself.
const (
	Owner   = "owner"
	Manager = "manager"
	Staff   = "staff"
	Viewer  = "viewer"
	Custom  = "custom"
)

// The names of the platform's roles.
const (
	SuperAdmin = "super_admin"
	Admin      = "admin"
	Support    = "support"
)

// Role is a named set of permissions. The zero value is no role, which holds nothing.
type Role struct {
	Name        string // Owner, Manager, Staff, Viewer or Custom; or SuperAdmin, Admin or Support
	ID          int64  // of a custom role; 0 for the others
	Title       string // for people
	Permissions Set
	Version     int // of a custom role
	Members     int // how many have a custom role, where Roles says it
}

// MessageKey is the key of a built-in role's name in the message catalogues; "" for a custom role, whose Title the
// vendor wrote.
func (r Role) MessageKey() string {
	if r.Name == "" || r.Name == Custom {
		return ""
	}
	return "role." + r.Name
}

// VendorRoles are the built-in roles of a team, from the one that may do most.
func VendorRoles() []Role {
	return []Role{
		{Name: Owner, Title: "Owner", Permissions: NewSet(everything)},
		{Name: Manager, Title: "Manager", Permissions: NewSet(
			"orders.*", "products.*", "inventory.*", "customers.*",
			AnalyticsRead, SettingsWrite, TeamManage, ThemeEdit, AuditRead,
		)},
		{Name: Staff, Title: "Staff", Permissions: NewSet(
			OrdersRead, OrdersConfirm, OrdersHold, OrdersFulfil, ProductsRead, InventoryWrite, CustomersRead,
		)},
		{Name: Viewer, Title: "Viewer", Permissions: NewSet(
			OrdersRead, ProductsRead, InventoryRead, CustomersRead, AnalyticsRead,
		)},
	}
}

// PlatformRoles are the platform's roles, from the one that may do most.
func PlatformRoles() []Role {
	return []Role{
		{Name: SuperAdmin, Title: "Super admin", Permissions: NewSet(everything)},
		{Name: Admin, Title: "Admin", Permissions: NewSet(
			VendorsRead, VendorsModerate, UsersManage, SettingsManage, AuditRead, Impersonate,
		)},
		{Name: Support, Title: "Support", Permissions: NewSet(UsersRead, VendorsRead, AuditRead)},
	}
}

// VendorRole is the built-in team role of this name.
func VendorRole(name string) (Role, bool) { return named(VendorRoles(), name) }

// PlatformRole is the platform's role of this name.
func PlatformRole(name string) (Role, bool) { return named(PlatformRoles(), name) }

func named(roles []Role, name string) (Role, bool) {
	i := slices.IndexFunc(roles, func(r Role) bool { return r.Name == name })
	if i < 0 {
		return Role{}, false
	}
	return roles[i], true
}

// roleRow is a team role as queries find it: the role's name, and what is stored of a custom one.
type roleRow struct {
	Role        string
	RoleID      int64
	RoleTitle   string
	Permissions []string `bun:",array"`
	RoleVersion int
	RoleMembers int
}

// roleColumns reads a roleRow from a table x with role and role_id, joined to the vendor's roles as r.
const roleColumns = `x.role, coalesce(r.id, 0) AS role_id, coalesce(r.name, '') AS role_title,
	coalesce(r.permissions, '{}') AS permissions, coalesce(r.version, 0) AS role_version`

// roleJoin goes with roleColumns.
const roleJoin = `LEFT JOIN vendor_roles r ON r.vendor_id = x.vendor_id AND r.id = x.role_id`

func (r roleRow) role() Role {
	if r.Role != Custom {
		role, _ := VendorRole(r.Role)
		return role
	}
	return Role{Name: Custom, ID: r.RoleID, Title: r.RoleTitle, Permissions: setOf(r.Permissions),
		Version: r.RoleVersion, Members: r.RoleMembers}
}

// rankOrder are the roles of a team in the order in which lists show them.
func rankOrder() *pgdialect.ArrayValue {
	return pgdialect.Array([]string{Owner, Manager, Custom, Staff, Viewer})
}
