package vendor

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/middleware"
	"orion/model/access"
	"orion/model/fault"
	"orion/views"
)

// Roles lists the built-in roles and those that the shop made.
func (h *Handlers) Roles(c *fiber.Ctx) error {
	person, site := middleware.PersonOf(c), views.SiteFrom(c)
	custom, err := access.Roles(c.UserContext(), h.Platform, site.Shop.ID)
	if err != nil {
		return err
	}
	page := views.Roles{
		Shell: h.shell(c, "desk.roles.title"), NewURL: site.Desk("roles", "new"), CanManage: person.Can(access.TeamManage),
	}
	for _, role := range access.VendorRoles() {
		page.Builtin = append(page.Builtin, h.roleRow(role))
	}
	for _, role := range custom {
		row := h.roleRow(role)
		if page.CanManage && person.Permissions.Covers(role.Permissions) {
			id := strconv.FormatInt(role.ID, 10)
			row.EditURL, row.RemoveURL = site.Desk("roles", id), site.Desk("roles", id, "removal")
		}
		page.Custom = append(page.Custom, row)
	}
	return h.page(c, fiber.StatusOK, "roles", page)
}

func (h *Handlers) roleRow(role access.Role) views.RoleRow {
	row := views.RoleRow{Title: role.Title, Members: role.Members}
	for _, info := range access.VendorPermissions() {
		if role.Permissions.Has(info.Permission) {
			row.Permissions = append(row.Permissions, h.permission(info.Permission))
		}
	}
	return row
}

func (h *Handlers) permission(p access.Permission) string {
	return h.Views.Text(locale, "permission."+string(p))
}

// NewRole shows the form for a role of the shop's own.
func (h *Handlers) NewRole(c *fiber.Ctx) error {
	return h.roleForm(c, fiber.StatusOK, access.Role{}, nil)
}

// CreateRole makes a role of the shop's own. It holds no more than who makes it.
func (h *Handlers) CreateRole(c *fiber.Ctx) error {
	in := typed(c)
	_, err := access.CreateRole(c.UserContext(), h.Platform, *middleware.PersonOf(c), in, views.SiteFrom(c).RequestID)
	return h.saved(c, 0, in, err, "role_made")
}

// Role shows the form for one of the shop's roles.
func (h *Handlers) Role(c *fiber.Ctx) error {
	role, err := h.roleOf(c)
	if err != nil {
		return err
	}
	return h.roleForm(c, fiber.StatusOK, role, nil)
}

// UpdateRole changes one of the shop's roles for everybody who has it.
func (h *Handlers) UpdateRole(c *fiber.Ctx) error {
	id, err := number(c, "id")
	if err != nil {
		return err
	}
	in := typed(c)
	_, err = access.UpdateRole(c.UserContext(), h.Platform, *middleware.PersonOf(c), id, in, views.SiteFrom(c).RequestID)
	return h.saved(c, id, in, err, "role_saved")
}

// DeleteRole deletes a role that nobody has.
func (h *Handlers) DeleteRole(c *fiber.Ctx) error {
	id, err := number(c, "id")
	if err != nil {
		return err
	}
	if err := access.DeleteRole(c.UserContext(), h.Platform, *middleware.PersonOf(c), id, views.SiteFrom(c).RequestID); err != nil {
		return err
	}
	return done(c, views.SiteFrom(c).Desk("roles"), "role_deleted")
}

// saved leads back to the roles, or gives the form back with what was wrong.
func (h *Handlers) saved(c *fiber.Ctx, id int64, in access.RoleInput, err error, said string) error {
	if wrong, ok := invalid(err); ok {
		role := access.Role{ID: id, Title: in.Title, Permissions: access.NewSet(in.Permissions...), Version: in.Version}
		return h.roleForm(c, fiber.StatusUnprocessableEntity, role, wrong)
	}
	if err != nil {
		return err
	}
	return done(c, views.SiteFrom(c).Desk("roles"), said)
}

func (h *Handlers) roleOf(c *fiber.Ctx) (access.Role, error) {
	id, err := number(c, "id")
	if err != nil {
		return access.Role{}, err
	}
	roles, err := access.Roles(c.UserContext(), h.Platform, views.SiteFrom(c).Shop.ID)
	if err != nil {
		return access.Role{}, err
	}
	at := slices.IndexFunc(roles, func(role access.Role) bool { return role.ID == id })
	if at < 0 {
		return access.Role{}, fault.NotFound
	}
	return roles[at], nil
}

// typed is what the form holds.
func typed(c *fiber.Ctx) access.RoleInput {
	in := access.RoleInput{Title: strings.Clone(c.FormValue("name"))}
	in.Version, _ = strconv.Atoi(c.FormValue("version")) // without one the last word counts
	c.Context().PostArgs().VisitAll(func(name, value []byte) {
		if string(name) == "permission" {
			in.Permissions = append(in.Permissions, access.Permission(value))
		}
	})
	return in
}

func (h *Handlers) roleForm(c *fiber.Ctx, status int, role access.Role, wrong *fault.Invalid) error {
	person, site := middleware.PersonOf(c), views.SiteFrom(c)
	page := views.RoleForm{
		Shell: h.shell(c, "desk.roles.new"), Heading: h.text("desk.roles.new"), Action: site.Desk("roles"), BackURL: site.Desk("roles"), Version: role.Version,
		Name: views.Field{ID: "role-name", Name: "name", Label: h.text("desk.roles.name"), Type: "text", Value: role.Title, Required: true, MaxLength: 60, Width: "half", Autocomplete: "off"},
	}
	if role.ID > 0 {
		page.Heading, page.Action = h.text("desk.roles.edit", "name", role.Title), site.Desk("roles", strconv.FormatInt(role.ID, 10))
		page.Title = page.Heading
	}
	if wrong != nil {
		page.Name.Error, page.Message = wrong.Fields["title"], wrong.Message
		if message := wrong.Fields["permissions"]; message != "" {
			page.Message = message
		}
	}
	for _, info := range access.VendorPermissions() {
		if len(page.Groups) == 0 || page.Groups[len(page.Groups)-1].Name != h.Views.Text(locale, "permission_group."+info.Group) {
			page.Groups = append(page.Groups, views.PermissionGroup{Name: h.Views.Text(locale, "permission_group."+info.Group)})
		}
		group := &page.Groups[len(page.Groups)-1]
		group.Permissions = append(group.Permissions, views.PermissionBox{
			Value: string(info.Permission), Label: h.permission(info.Permission), Checked: role.Permissions.Has(info.Permission),
			Disabled: !person.Can(info.Permission),
		})
	}
	return h.page(c, status, "role", page)
}
