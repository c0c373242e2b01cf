package access_test

import (
	"slices"
	"testing"

	"orion/model/access"
)

func TestSetHasByHierarchy(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		held   []access.Permission
		wanted access.Permission
		want   bool
	}{
		{nil, access.OrdersRead, false},
		{[]access.Permission{"*"}, access.OrdersRefund, true},
		{[]access.Permission{"*"}, access.Impersonate, true},
		{[]access.Permission{"*"}, "", false},
		{[]access.Permission{""}, "", false},
		{[]access.Permission{"orders.*"}, access.OrdersRefund, true},
		{[]access.Permission{"orders.*"}, "orders.*", true},
		{[]access.Permission{"orders.*"}, "orders", false},
		{[]access.Permission{"orders.*"}, "*", false},
		{[]access.Permission{"orders.*"}, access.ProductsRead, false},
		{[]access.Permission{"order.*"}, access.OrdersRead, false},
		{[]access.Permission{"orders.*"}, "orders_archive.read", false},
		{[]access.Permission{access.OrdersWrite}, access.OrdersRead, true},
		{[]access.Permission{access.OrdersWrite}, access.OrdersRefund, false},
		{[]access.Permission{access.OrdersRead}, access.OrdersWrite, false},
		{[]access.Permission{access.OrdersConfirm}, access.OrdersRead, false},
		{[]access.Permission{access.TeamManage}, access.TeamRead, true},
		{[]access.Permission{access.TeamRead}, access.TeamManage, false},
		{[]access.Permission{access.UsersManage}, access.UsersRead, true},
		{[]access.Permission{access.SettingsWrite}, access.SettingsRead, true},
		{[]access.Permission{access.SettingsWrite}, access.SettingsManage, false},
		{[]access.Permission{access.VendorsModerate}, access.VendorsRead, false},
		{[]access.Permission{access.Impersonate}, access.Impersonate, true},
		{[]access.Permission{access.ProductsRead, access.InventoryWrite}, access.InventoryRead, true},
		{[]access.Permission{access.OrdersRead, access.OrdersWrite, access.OrdersConfirm}, "orders.*", false},
	} {
		if got := access.NewSet(tt.held...).Has(tt.wanted); got != tt.want {
			t.Errorf("%v has %q: %v, want %v", tt.held, tt.wanted, got, tt.want)
		}
	}
}

func TestSetCovers(t *testing.T) {
	t.Parallel()
	of := func(permissions ...access.Permission) access.Set { return access.NewSet(permissions...) }
	for name, tt := range map[string]struct {
		set, other access.Set
		want       bool
	}{
		"nothing":             {of(), of(), true},
		"nothing of nothing":  {of(), of(access.OrdersRead), false},
		"itself":              {of(access.OrdersRead), of(access.OrdersRead), true},
		"less":                {of("orders.*"), of(access.OrdersRead, access.OrdersRefund), true},
		"one too many":        {of("orders.*"), of(access.OrdersRead, access.ProductsRead), false},
		"everything":          {of("*"), of("orders.*", access.Impersonate, "*"), true},
		"the star of a group": {of(access.OrdersRead, access.OrdersWrite), of("orders.*"), false},
		"the star":            {of("orders.*", "products.*"), of("*"), false},
	} {
		if got := tt.set.Covers(tt.other); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSetIsImmutable(t *testing.T) {
	t.Parallel()
	given := []access.Permission{access.ProductsRead, access.OrdersRead, access.OrdersRead}
	set := access.NewSet(given...)
	given[0] = "*"
	list := set.List()
	if !slices.Equal(list, []access.Permission{access.OrdersRead, access.ProductsRead}) {
		t.Errorf("%v", list)
	}
	list[0] = "*"
	if set.Has(access.Impersonate) {
		t.Error("a set was changed from outside")
	}
}

func TestRolesRank(t *testing.T) {
	t.Parallel()
	set := func(roles func(string) (access.Role, bool), name string) access.Set {
		role, ok := roles(name)
		if !ok || role.Title == "" || role.MessageKey() != "role."+name {
			t.Errorf("role %s: %+v, %v", name, role, ok)
		}
		return role.Permissions
	}
	owner, manager := set(access.VendorRole, access.Owner), set(access.VendorRole, access.Manager)
	for _, name := range []string{access.Staff, access.Viewer} {
		lower := set(access.VendorRole, name)
		if !owner.Covers(manager) || manager.Covers(owner) || !manager.Covers(lower) || lower.Covers(manager) || lower.Has(access.TeamRead) {
			t.Errorf("owner > manager > %s does not hold", name)
		}
	}
	super, admin, support := set(access.PlatformRole, access.SuperAdmin), set(access.PlatformRole, access.Admin), set(access.PlatformRole, access.Support)
	if !super.Covers(admin) || admin.Covers(super) || !admin.Covers(support) || support.Covers(admin) {
		t.Error("super admin > admin > support does not hold")
	}
	for _, name := range []string{"", access.Custom, access.SuperAdmin} {
		if _, ok := access.VendorRole(name); ok {
			t.Errorf("%q is a built-in role of a team", name)
		}
	}
}

func TestPermissionsAreOfferedOnce(t *testing.T) {
	t.Parallel()
	manager, _ := access.VendorRole(access.Manager)
	for _, offered := range [][]access.Info{access.VendorPermissions(), access.PlatformPermissions()} {
		seen := map[access.Permission]bool{}
		for _, info := range offered {
			if seen[info.Permission] || info.Group == "" || info.Permission.MessageKey() != "permission."+string(info.Permission) {
				t.Errorf("%+v", info)
			}
			seen[info.Permission] = true
		}
	}
	for _, info := range access.VendorPermissions() {
		if !manager.Permissions.Has(info.Permission) {
			t.Errorf("a manager cannot give %s away", info.Permission)
		}
	}
}
