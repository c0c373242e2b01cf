package access

import "strings"

// Permission is the name of something a person may do: the thing, a dot, and the act. "orders.*" is all of orders, "*"
// everything.
type Permission string

// What a vendor's team may do in its shop.
const (
	OrdersRead     Permission = "orders.read"
	OrdersWrite    Permission = "orders.write"
	OrdersConfirm  Permission = "orders.confirm"
	OrdersHold     Permission = "orders.hold"
	OrdersCancel   Permission = "orders.cancel"
	OrdersFulfil   Permission = "orders.fulfil"
	OrdersReturn   Permission = "orders.return"
	OrdersRefund   Permission = "orders.refund"
	ProductsRead   Permission = "products.read"
	ProductsWrite  Permission = "products.write"
	InventoryRead  Permission = "inventory.read"
	InventoryWrite Permission = "inventory.write"
	CustomersRead  Permission = "customers.read"
	CustomersWrite Permission = "customers.write"
	AnalyticsRead  Permission = "analytics.read"
	SettingsRead   Permission = "settings.read"
	SettingsWrite  Permission = "settings.write"
	TeamRead       Permission = "team.read"
	TeamManage     Permission = "team.manage"
	ThemeEdit      Permission = "theme.edit"
	AuditRead      Permission = "audit.read" // the shop's log for a team, the platform's for its staff
)

// What the platform's staff may do. SettingsRead and AuditRead are theirs too, of the platform's settings and log.
const (
	VendorsRead     Permission = "vendors.read"
	VendorsModerate Permission = "vendors.moderate"
	UsersRead       Permission = "users.read"
	UsersManage     Permission = "users.manage"
	SettingsManage  Permission = "settings.manage"
	Impersonate     Permission = "impersonate"
)

// everything is held by owners and super admins.
const everything Permission = "*"

// MessageKey is the key of the permission's name in the message catalogues.
func (p Permission) MessageKey() string { return "permission." + string(p) }

// Group is the thing that the permission is about: "orders" of "orders.read".
func (p Permission) Group() string {
	group, _, _ := strings.Cut(string(p), ".")
	return group
}

// Info is a permission as a form offers it.
type Info struct {
	Permission Permission
	Group      string // the thing that it is about; its name is the message "permission_group.<group>"
}

// VendorPermissions are those that a vendor's own roles can hold, group by group.
func VendorPermissions() []Info {
	return infos(
		OrdersRead, OrdersWrite, OrdersConfirm, OrdersHold, OrdersCancel, OrdersFulfil, OrdersReturn, OrdersRefund,
		ProductsRead, ProductsWrite,
		InventoryRead, InventoryWrite,
		CustomersRead, CustomersWrite,
		AnalyticsRead,
		SettingsRead, SettingsWrite,
		TeamRead, TeamManage,
		ThemeEdit,
		AuditRead,
	)
}

// PlatformPermissions are those of the platform's staff, group by group.
func PlatformPermissions() []Info {
	return infos(VendorsRead, VendorsModerate, UsersRead, UsersManage, SettingsRead, SettingsManage, AuditRead, Impersonate)
}

func infos(permissions ...Permission) []Info {
	list := make([]Info, len(permissions))
	for i, permission := range permissions {
		list[i] = Info{Permission: permission, Group: permission.Group()}
	}
	return list
}
