package views

// deskFixtures is a filled model for each of the pages of the dashboard and the admin.
func deskFixtures() map[string]any {
	shell := fixtureShell()
	shell.Desk = fixtureDesk()
	home := DeskHome{Shell: shell, Heading: "Hello, Kaspar", Text: "You look after Kaffa as Owner.", Tiles: []DeskTile{
		{Title: "Team", Text: "Who works here.", URL: "/team", Icon: "users"}, {Title: "Audit log", Text: "Who changed what.", URL: "/audit", Icon: "scroll-text"},
	}}
	audit := Audit{Shell: shell, Query: "Session", OlderURL: "/audit?before=7", Rows: []AuditRow{
		{At: "1 Jul 2026, 10:00:00", Who: "user:12", Action: "session.started", Subject: "user:12", Detail: `{"address":"192.0.2.7"}`},
		{At: "1 Jul 2026, 09:00:00", Who: "nobody", Action: "session.failed", Subject: "user:12"},
	}}
	roles := fixtureRoles(shell)
	field := fixtureMember(2).RoleField
	return map[string]any{
		"views/vendor/home": home, "views/admin/home": home, "partials/desk/home": home,
		"views/vendor/audit": audit, "views/admin/audit": audit, "partials/desk/audit": audit,
		"views/vendor/error": fixtureError(shell), "views/admin/error": fixtureError(shell),
		"views/vendor/team":         fixtureTeam(shell),
		"views/vendor/roles":        roles,
		"views/vendor/role":         fixtureRoleForm(shell),
		"views/vendor/teams":        Teams{Shell: shell, Teams: []TeamRow{{Name: "Kaffa", Role: "Owner", URL: "/kaffa", Current: true}, {Name: "Bloom", Role: "Staff", URL: "/bloom"}}},
		"views/admin/security":      AdminSecurity{Shell: shell, Action: "/settings/security", Admins: true, Owners: true, Saved: true},
		"views/admin/users":         fixtureUsers(shell),
		"partials/desk/head":        shell,
		"partials/desk/rail":        *fixtureDesk(),
		"partials/desk/role_row":    map[string]any{"Role": roles.Custom[0], "CanManage": true},
		"partials/desk/role_select": map[string]any{"URL": "/team/2", "Field": field},
	}
}

func fixtureDesk() *Desk {
	return &Desk{
		Audience: "vendor", VendorName: "Kaffa", PersonName: "Kaspar Owner", PersonEmail: "owner@kaffa.test", RoleTitle: "Owner",
		Nav: []DeskLink{
			{Label: "Home", URL: "/vendor", Icon: "layout-dashboard"}, {Label: "Team", URL: "/vendor/team", Icon: "users", Current: true},
			{Label: "Roles", URL: "/vendor/roles", Icon: "key-round"}, {Label: "Audit log", URL: "/vendor/audit", Icon: "scroll-text"},
			{Label: "Your sign-in", URL: "/vendor/account/security", Icon: "shield"},
		},
		Teams:    []Link{{Name: "Kaffa", URL: "/kaffa", Current: true}, {Name: "Bloom", URL: "/bloom"}},
		TeamsURL: "/teams", SecurityURL: "/vendor/account/security", SignOutURL: "/vendor/account/sign-out", ShopURL: "/",
		Notice: "Your role asks for a second factor.",
	}
}

func fixtureTeam(shell Shell) Team {
	you := fixtureMember(1)
	you.You, you.CanChange, you.SecondFactor, you.Role = true, false, true, "Owner"
	return Team{
		Shell: shell, Members: []MemberRow{you, fixtureMember(2)}, InviteAction: "/team/invitations", CanManage: true, CanHandOver: true, CanLeave: true,
		Invitations: []InvitationRow{
			{ID: 1, Email: "sami@kaffa.test", Role: "Staff", By: "Kaspar Owner", Sent: "1 July 2026", Expires: "8 July 2026", RenewURL: "/1/renewal", RevokeURL: "/1/revocation"},
			{ID: 2, Email: "vera@kaffa.test", Role: "Viewer", Sent: "1 June 2026", Expires: "8 June 2026", Expired: true, RenewURL: "/2/renewal", RevokeURL: "/2/revocation"},
		},
		Email: accountField("email", "E-mail address", "email"), Role: roleField("invite-role", "Role"), LeaveURL: "/leave", RolesURL: "/roles",
		HandOverURL: "/ownership", HandOverTo: Field{
			ID: "heir", Name: "user", Label: "The new owner", Type: "select", Required: true, Width: "half", Options: []Option{{Value: "2", Label: "Mila Manager"}},
		},
		Message: "The last owner cannot leave.",
	}
}

func fixtureMember(id int64) MemberRow {
	return MemberRow{
		UserID: id, Name: "Mila Manager", Email: "manager@kaffa.test", Role: "Manager", RoleValue: "manager", Joined: "1 May 2026", Seen: "1 July 2026, 10:00",
		CanChange: true, RoleURL: "/team/2", RemoveURL: "/team/2/removal", RoleField: roleField("role-2", "Role of Mila Manager"),
	}
}

func roleField(id, label string) Field {
	return Field{ID: id, Name: "role", Label: label, Type: "select", Required: true, Width: "half", Options: []Option{
		{Value: "manager", Label: "Manager", Selected: true}, {Value: "staff", Label: "Staff"},
	}}
}

func fixtureRoles(shell Shell) Roles {
	return Roles{
		Shell: shell, NewURL: "/roles/new", CanManage: true,
		Builtin: []RoleRow{{Title: "Owner", Permissions: []string{"Everything"}, Members: 1}, {Title: "Viewer", Permissions: []string{"See orders", "See products"}}},
		Custom:  []RoleRow{{Title: "Packing", Permissions: []string{"Pack and ship orders"}, Members: 2, EditURL: "/roles/1", RemoveURL: "/roles/1/removal"}},
	}
}

func fixtureRoleForm(shell Shell) RoleForm {
	return RoleForm{
		Shell: shell, Heading: "New role", Action: "/roles", BackURL: "/roles", Version: 3, Message: "Tick at least one.",
		Name: Field{ID: "role-name", Name: "name", Label: "Name of the role", Type: "text", Value: "Packing", Error: "There is such a role.", Required: true, Width: "half"},
		Groups: []PermissionGroup{
			{Name: "Orders", Permissions: []PermissionBox{{Value: "orders.read", Label: "See orders", Checked: true}, {Value: "orders.refund", Label: "Refund payments", Disabled: true}}},
			{Name: "Products", Permissions: []PermissionBox{{Value: "products.read", Label: "See products"}}},
		},
	}
}

func fixtureUsers(shell Shell) Users {
	return Users{Shell: shell, Query: "ow ner&", Action: "/admin/users", Message: "You cannot grant this.", Rows: []UserRow{
		{ID: 1, Email: "admin@orion.test", Name: "Nora Admin", Role: "Super admin", Verified: true, SecondFactor: true},
		{ID: 2, Email: "owner@kaffa.test", Locked: true, RoleURL: "/admin/users/2/role", RoleField: roleField("role-2", "Role of owner@kaffa.test")},
	}}
}
