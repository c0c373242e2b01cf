package vendor

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/middleware"
	"orion/model/access"
	"orion/model/fault"
	"orion/views"
)

// Team lists the people of the shop and those who are invited.
func (h *Handlers) Team(c *fiber.Ctx) error { return h.team(c, fiber.StatusOK, "", "", nil) }

// Invite mails an invitation to join the team in a role, which is never more than the inviter's own.
func (h *Handlers) Invite(c *fiber.Ctx) error {
	site := views.SiteFrom(c)
	email, choice := c.FormValue("email"), c.FormValue("role")
	role, roleID := chosen(choice)
	_, err := access.Invite(c.UserContext(), h.Platform, *middleware.PersonOf(c), access.NewInvitation{
		Email: email, Role: role, RoleID: roleID, Link: site.Lasting(site.Desk("invitations"), h.Production),
	}, h.Enqueue, site.RequestID)
	if wrong, ok := invalid(err); ok {
		return h.team(c, fiber.StatusUnprocessableEntity, email, choice, wrong)
	}
	if err != nil {
		return err
	}
	return done(c, site.Desk("team"), "invited")
}

// Revoke takes an invitation back: its link is worth nothing from now on.
func (h *Handlers) Revoke(c *fiber.Ctx) error {
	return h.change(c, "id", "revoked", func(id int64) error {
		return access.Revoke(c.UserContext(), h.Platform, *middleware.PersonOf(c), id, views.SiteFrom(c).RequestID)
	})
}

// Renew mails an invitation again, with a new link.
func (h *Handlers) Renew(c *fiber.Ctx) error {
	site := views.SiteFrom(c)
	return h.change(c, "id", "invited", func(id int64) error {
		return access.Resend(c.UserContext(), h.Platform, *middleware.PersonOf(c), id, site.Lasting(site.Desk("invitations"), h.Production), h.Enqueue, site.RequestID)
	})
}

// ChangeRole gives a member of the team another role.
func (h *Handlers) ChangeRole(c *fiber.Ctx) error {
	role, roleID := chosen(c.FormValue("role"))
	return h.change(c, "user", "role_changed", func(user int64) error {
		return access.ChangeRole(c.UserContext(), h.Platform, *middleware.PersonOf(c), user, role, roleID, views.SiteFrom(c).RequestID)
	})
}

// Remove takes a member off the team.
func (h *Handlers) Remove(c *fiber.Ctx) error {
	return h.change(c, "user", "removed", func(user int64) error {
		return access.Remove(c.UserContext(), h.Platform, *middleware.PersonOf(c), user, views.SiteFrom(c).RequestID)
	})
}

// Leave takes oneself off the team. The last owner cannot.
func (h *Handlers) Leave(c *fiber.Ctx) error {
	site := views.SiteFrom(c)
	if err := access.Leave(c.UserContext(), h.Platform, *middleware.PersonOf(c), site.RequestID); err != nil {
		return err
	}
	return done(c, site.Desk("teams"), "left")
}

// HandOver makes another member the owner; who was it becomes a manager.
func (h *Handlers) HandOver(c *fiber.Ctx) error {
	site := views.SiteFrom(c)
	if middleware.PersonOf(c).Role.Name != access.Owner {
		return fault.Forbidden.With("Only an owner can hand the shop over.")
	}
	to, err := strconv.ParseInt(c.FormValue("user"), 10, 64)
	if err != nil {
		return fault.Field("user", "Choose who is to own the shop.")
	}
	if err := access.HandOver(c.UserContext(), h.Platform, *middleware.PersonOf(c), to, h.Enqueue, site.RequestID); err != nil {
		return err
	}
	return done(c, site.Desk("team"), "handed_over")
}

// change does something to what the address names and leads back to the team.
func (h *Handlers) change(c *fiber.Ctx, parameter, said string, do func(id int64) error) error {
	id, err := number(c, parameter)
	if err != nil {
		return err
	}
	if err := do(id); err != nil {
		return err
	}
	return done(c, views.SiteFrom(c).Desk("team"), said)
}

func (h *Handlers) team(c *fiber.Ctx, status int, email, choice string, wrong *fault.Invalid) error {
	person, site := middleware.PersonOf(c), views.SiteFrom(c)
	members, err := access.Members(c.UserContext(), h.Platform, site.Shop.ID)
	if err != nil {
		return err
	}
	invitations, err := access.Invitations(c.UserContext(), h.Platform, site.Shop.ID)
	if err != nil {
		return err
	}
	roles, err := access.Roles(c.UserContext(), h.Platform, site.Shop.ID)
	if err != nil {
		return err
	}
	grantable := person.Grantable(roles)
	page := views.Team{
		Shell: h.shell(c, "desk.team.title"), InviteAction: site.Desk("team", "invitations"), CanManage: person.Can(access.TeamManage),
		CanHandOver: person.Role.Name == access.Owner, CanLeave: true, LeaveURL: site.Desk("team", "leave"), RolesURL: site.Desk("roles"),
		HandOverURL: site.Desk("team", "ownership"),
		Email:       views.Field{ID: "invite-email", Name: "email", Label: h.text("desk.team.email"), Type: "email", Value: email, Required: true, MaxLength: 254, Autocomplete: "off", Width: "half"},
		Role:        h.roleField("invite-role", choice, grantable),
	}
	if wrong != nil {
		page.Email.Error, page.Role.Error, page.Message = wrong.Fields["email"], wrong.Fields["role"], wrong.Message
	}
	for _, member := range members {
		page.Members = append(page.Members, h.memberRow(person, site, member, grantable))
	}
	for _, invited := range invitations {
		id := strconv.FormatInt(invited.ID, 10)
		page.Invitations = append(page.Invitations, views.InvitationRow{
			ID: invited.ID, Email: invited.Email, Role: invited.Role.Title, By: invited.Inviter, Sent: site.Moment(invited.CreatedAt), Expires: site.Moment(invited.ExpiresAt),
			Expired: invited.Expired, RevokeURL: site.Desk("team", "invitations", id, "revocation"), RenewURL: site.Desk("team", "invitations", id, "renewal"),
		})
	}
	page.HandOverTo = h.heirs(person, members)
	return h.page(c, status, "team", page)
}

func (h *Handlers) memberRow(person *access.Person, site *views.Site, member access.Member, grantable []access.Role) views.MemberRow {
	id := strconv.FormatInt(member.UserID, 10)
	row := views.MemberRow{
		UserID: member.UserID, Name: member.Name, Email: member.Email, Role: member.Role.Title, RoleValue: value(member.Role),
		Joined: site.Moment(member.JoinedAt), Seen: site.Moment(member.LastSeenAt), You: member.UserID == person.UserID,
		SecondFactor: member.HasSecondFactor,
		RoleURL:      site.Desk("team", id), RemoveURL: site.Desk("team", id, "removal"),
	}
	row.CanChange = !row.You && person.Can(access.TeamManage) && person.Permissions.Covers(member.Role.Permissions)
	row.RoleField = h.roleField("role-"+id, row.RoleValue, grantable)
	row.RoleField.Label = h.text("desk.team.role_of", "name", cmp.Or(member.Name, member.Email))
	return row
}

// roleField is the choice of a role among those that may be granted.
func (h *Handlers) roleField(id, choice string, grantable []access.Role) views.Field {
	field := views.Field{ID: id, Name: "role", Label: h.text("desk.team.role"), Type: "select", Value: choice, Required: true, Width: "half"}
	if choice == "" {
		choice = access.Staff
	}
	for _, role := range grantable {
		field.Options = append(field.Options, views.Option{Value: value(role), Label: role.Title, Selected: value(role) == choice})
	}
	return field
}

// heirs is the choice of who may become the owner.
func (h *Handlers) heirs(person *access.Person, members []access.Member) views.Field {
	field := views.Field{ID: "heir", Name: "user", Label: h.text("desk.team.heir"), Type: "select", Required: true, Width: "half"}
	for _, member := range members {
		if member.UserID != person.UserID {
			field.Options = append(field.Options, views.Option{Value: strconv.FormatInt(member.UserID, 10), Label: cmp.Or(member.Name, member.Email)})
		}
	}
	return field
}

// value is a role in a form: its name, or custom-7 for one that the vendor made.
func value(role access.Role) string {
	if role.Name == access.Custom {
		return access.Custom + "-" + strconv.FormatInt(role.ID, 10)
	}
	return role.Name
}

// chosen reads what value wrote.
func chosen(text string) (role string, id int64) {
	rest, found := strings.CutPrefix(text, access.Custom+"-")
	if !found {
		return text, 0
	}
	id, err := strconv.ParseInt(rest, 10, 64)
	if err != nil {
		return text, 0
	}
	return access.Custom, id
}
