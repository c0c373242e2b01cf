// Package admin answers the people who run the platform.
package admin

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/uptrace/bun"

	"orion/handlers/desk"
	"orion/middleware"
	"orion/model/access"
	"orion/model/fault"
	"orion/model/tenant"
	"orion/views"
)

// Handlers are the admin's. Fill in the fields; there are no defaults.
type Handlers struct {
	Platform *bun.DB // the platform's database
	Views    *views.Renderer
}

// locale is the admin's language.
const locale = "en"

func (h *Handlers) text(key string, args ...any) string {
	return h.Views.Text(locale, key, args...)
}

func (h *Handlers) shell(c *fiber.Ctx, title string) views.Shell {
	return desk.Shell(c, h.Views, h.text(title))
}

func (h *Handlers) page(c *fiber.Ctx, status int, name string, model any) error {
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return h.Views.Page(c, status, "admin/"+name, model)
}

// Home is the admin's first page: what this person may do here.
func (h *Handlers) Home(c *fiber.Ctx) error {
	person, site := middleware.PersonOf(c), views.SiteFrom(c)
	page := views.DeskHome{
		Shell: h.shell(c, "desk.admin.title"), Heading: h.text("desk.home.heading", "name", cmp.Or(person.Name, person.Email)),
		Text: h.text("desk.admin.text", "role", person.PlatformRole.Title),
	}
	for _, tile := range []struct {
		key, icon, url string
		permission     access.Permission
	}{
		{"users", "users", site.Admin("users"), access.UsersRead},
		{"settings", "settings", site.Admin("settings", "security"), access.SettingsManage},
		{"audit", "scroll-text", site.Admin("audit"), access.AuditRead},
	} {
		if person.Can(tile.permission) {
			page.Tiles = append(page.Tiles, views.DeskTile{
				Title: h.text("desk.admin." + tile.key), Text: h.text("desk.admin." + tile.key + "_text"), URL: tile.url, Icon: tile.icon,
			})
		}
	}
	return h.page(c, fiber.StatusOK, "home", page)
}

// Security shows whom the platform asks for a second factor.
func (h *Handlers) Security(c *fiber.Ctx) error {
	settings, err := access.SecurityOf(c.UserContext(), h.Platform)
	if err != nil {
		return err
	}
	page := views.AdminSecurity{
		Shell: h.shell(c, "desk.settings.title"), Action: views.SiteFrom(c).Admin("settings", "security"),
		Admins: settings.AdminsNeedSecondFactor, Owners: settings.OwnersNeedSecondFactor, Saved: c.Query("saved") == "1",
	}
	return h.page(c, fiber.StatusOK, "security", page)
}

// ChangeSecurity decides whom the platform asks for a second factor, from the next request on.
func (h *Handlers) ChangeSecurity(c *fiber.Ctx) error {
	site := views.SiteFrom(c)
	err := access.SetSecurity(c.UserContext(), h.Platform, *middleware.PersonOf(c), access.Security{
		AdminsNeedSecondFactor: c.FormValue("admins") != "", OwnersNeedSecondFactor: c.FormValue("owners") != "",
	}, site.RequestID)
	if err != nil {
		return err
	}
	return c.Redirect(site.Admin("settings", "security")+"?saved=1", fiber.StatusSeeOther)
}

// usersShown bounds a list of users.
const usersShown = 50

// Users finds users by the beginning of their e-mail address; without a query, the platform's staff.
func (h *Handlers) Users(c *fiber.Ctx) error { return h.users(c, fiber.StatusOK, "") }

// ChangeRole gives a user a role on the platform's staff, or takes it away. It is never above one's own.
func (h *Handlers) ChangeRole(c *fiber.Ctx) error {
	site := views.SiteFrom(c)
	user, err := strconv.ParseInt(c.Params("user"), 10, 64)
	if err != nil {
		return fault.NotFound
	}
	err = access.SetPlatformRole(c.UserContext(), h.Platform, *middleware.PersonOf(c), user, strings.Clone(c.FormValue("role")), site.RequestID)
	if wrong, ok := errors.AsType[*fault.Invalid](err); ok {
		return h.users(c, fiber.StatusUnprocessableEntity, wrong.Fields["role"])
	}
	if err != nil {
		return err
	}
	return c.Redirect(site.Admin("users")+"?q="+c.Query("q"), fiber.StatusSeeOther)
}

func (h *Handlers) users(c *fiber.Ctx, status int, wrong string) error {
	person, site := middleware.PersonOf(c), views.SiteFrom(c)
	query := strings.TrimSpace(c.Query("q"))
	found, err := access.FindUsers(c.UserContext(), h.Platform, query, usersShown)
	if err != nil {
		return err
	}
	page := views.Users{Shell: h.shell(c, "desk.users.title"), Query: query, Action: site.Admin("users")}
	if wrong != "" {
		page.Toast = &views.Toast{Kind: "error", Text: wrong}
	}
	for _, user := range found {
		row := views.UserRow{
			ID: user.UserID, Email: user.Email, Name: user.Name, Role: user.Role.Title, Verified: user.Verified,
			SecondFactor: user.HasSecondFactor, Locked: user.Locked,
		}
		if person.Can(access.UsersManage) && user.UserID != person.UserID && person.Permissions.Covers(user.Role.Permissions) {
			row.RoleURL = site.Admin("users", strconv.FormatInt(user.UserID, 10), "role")
			row.RoleField = h.roleField(person, user)
		}
		page.Rows = append(page.Rows, row)
	}
	return h.page(c, status, "users", page)
}

func (h *Handlers) roleField(person *access.Person, user access.User) views.Field {
	field := views.Field{
		ID: "role-" + strconv.FormatInt(user.UserID, 10), Name: "role", Label: h.text("desk.team.role_of", "name", cmp.Or(user.Name, user.Email)),
		Type: "select", Value: user.Role.Name, Width: "half", Required: true,
	}
	field.Options = []views.Option{{Label: h.text("desk.users.no_role"), Selected: user.Role.Name == ""}}
	for _, role := range access.PlatformRoles() {
		if person.Permissions.Covers(role.Permissions) {
			field.Options = append(field.Options, views.Option{Value: role.Name, Label: role.Title, Selected: role.Name == user.Role.Name})
		}
	}
	return field
}

// Audit lists what people did on the platform itself, newest first.
func (h *Handlers) Audit(c *fiber.Ctx) error {
	page, err := desk.Audit(tenant.AsPlatform(c.UserContext()), c, h.Platform, h.shell(c, "desk.audit.title"), 0, views.SiteFrom(c).Admin("audit"))
	if err != nil {
		return err
	}
	return h.page(c, fiber.StatusOK, "audit", page)
}
