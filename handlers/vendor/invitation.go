package vendor

import (
	"errors"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/handlers/desk"
	"orion/middleware"
	"orion/model/access"
	"orion/model/account"
	"orion/model/fault"
	"orion/views"
)

// Invitation shows who invites to what. Who has an account signs in and accepts; anybody else makes one here.
func (h *Handlers) Invitation(c *fiber.Ctx) error { return h.invitation(c, fiber.StatusOK, "", nil) }

// Accept joins the team: with the account of the invited address, or with a new one.
func (h *Handlers) Accept(c *fiber.Ctx) error {
	site := views.SiteFrom(c)
	token := c.Params("token")
	invited, err := access.FindInvitation(c.UserContext(), h.Platform, site.Shop.ID, token)
	if errors.Is(err, fault.NotFound) {
		return h.invitation(c, fiber.StatusGone, "", nil)
	}
	if err != nil {
		return err
	}
	if invited.HasAccount {
		return h.acceptAs(c, token)
	}
	return h.acceptNew(c, token, invited)
}

// acceptAs joins with the account that is signed in.
func (h *Handlers) acceptAs(c *fiber.Ctx, token string) error {
	site := views.SiteFrom(c)
	identity, ok := middleware.IdentityOf(c)
	if !ok {
		return done(c, signInTo(site, token), "")
	}
	owner, err := h.Accounts.Live(c.UserContext(), identity)
	if errors.Is(err, account.ErrEnded) {
		middleware.DropTokens(c, identity.Kind)
		return done(c, signInTo(site, token), "")
	}
	if err != nil {
		return err
	}
	if err := access.Accept(c.UserContext(), h.Platform, site.Shop.ID, token, owner.ID, site.RequestID); err != nil {
		return err
	}
	return done(c, site.Desk(), "joined")
}

// acceptNew makes the account, joins and signs in. The address counts as verified: the link was sent there.
func (h *Handlers) acceptNew(c *fiber.Ctx, token string, invited *access.Invitation) error {
	site := views.SiteFrom(c)
	name, password := c.FormValue("name"), c.FormValue("password")
	if err := account.CheckPassword("password", password, invited.Email); err != nil {
		wrong, _ := invalid(err)
		return h.invitation(c, fiber.StatusUnprocessableEntity, name, wrong)
	}
	hash, err := h.Accounts.HashPassword(c.UserContext(), password)
	if err != nil {
		return err
	}
	userID, err := access.AcceptNew(c.UserContext(), h.Platform, site.Shop.ID, token, name, hash, site.RequestID)
	if wrong, ok := invalid(err); ok {
		return h.invitation(c, fiber.StatusUnprocessableEntity, name, wrong)
	}
	if err != nil {
		return err
	}
	begun, err := h.Accounts.Start(c.UserContext(), account.Realm{Kind: account.Vendor}, userID, false, middleware.DeviceOf(c))
	if err != nil {
		return err
	}
	middleware.KeepTokens(c, account.Vendor, begun.Tokens)
	return done(c, site.Desk(), "joined")
}

func signInTo(site *views.Site, token string) string {
	return site.Account("sign-in") + "?next=" + url.QueryEscape(site.Desk("invitations", token))
}

func (h *Handlers) invitation(c *fiber.Ctx, status int, name string, wrong *fault.Invalid) error {
	site := views.SiteFrom(c)
	token := c.Params("token")
	page := views.InvitationPage{
		Shell: desk.Shell(c, h.Views, h.text("desk.invitation.title")), Action: site.Desk("invitations", token), VendorName: site.Shop.Name,
		SignInURL: signInTo(site, token),
		Name:      views.Field{ID: "invitation-name", Name: "name", Label: h.text("desk.invitation.name"), Type: "text", Value: name, Required: true, MaxLength: 100, Autocomplete: "name", Width: "full"},
		Password: views.Field{ID: "invitation-password", Name: "password", Label: h.text("desk.invitation.password"), Type: "password", Required: true, MaxLength: 1024,
			Autocomplete: "new-password", Hint: h.Views.Text(locale, "account.hint.password"), Width: "full"},
	}
	if wrong != nil {
		page.Name.Error, page.Password.Error = wrong.Fields["name"], wrong.Fields["password"]
	}
	found, err := access.FindInvitation(c.UserContext(), h.Platform, site.Shop.ID, token)
	switch {
	case errors.Is(err, fault.NotFound):
		page.Expired, status = true, fiber.StatusGone
	case err != nil:
		return err
	default:
		page.Inviter, page.Role, page.Email, page.HasAccount = found.Inviter, found.Role.Title, found.Email, found.HasAccount
		if err := h.whoIsThere(c, &page); err != nil {
			return err
		}
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return h.Views.Page(c, status, "account/invitation", page)
}

// whoIsThere tells whether somebody is signed in, and whether it is who was invited.
func (h *Handlers) whoIsThere(c *fiber.Ctx, page *views.InvitationPage) error {
	identity, ok := middleware.IdentityOf(c)
	if !ok {
		return nil
	}
	owner, err := h.Accounts.Live(c.UserContext(), identity)
	if errors.Is(err, account.ErrEnded) {
		return nil
	}
	if err != nil {
		return err
	}
	page.SignedIn, page.WrongAccount = true, !strings.EqualFold(owner.Email, page.Email)
	return nil
}
