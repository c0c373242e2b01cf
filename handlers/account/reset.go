package account

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/middleware"
	"orion/model/account"
	"orion/views"
)

// AskResetPage shows the form that asks for a link to choose a new password.
func (h *Handlers) AskResetPage(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	return h.askResetForm(v, fiber.StatusOK, c.Query("email"), false, refused{})
}

// AskReset mails the link where there is such an account, and says the same where there is none.
func (h *Handlers) AskReset(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	email := strings.TrimSpace(c.FormValue("email"))
	err = h.Accounts.AskReset(c.UserContext(), v.realm, email, v.site.Lasting(v.to("reset"), h.Production), v.site.RequestID)
	if err != nil {
		return h.answer(v, err, func(r refused) error { return h.askResetForm(v, r.status, email, false, r) })
	}
	return h.askResetForm(v, fiber.StatusOK, email, true, refused{})
}

func (h *Handlers) askResetForm(v visit, status int, email string, sent bool, r refused) error {
	shell, err := h.shell(v, "account.reset.title")
	if err != nil {
		return err
	}
	field := h.email(v, email, r)
	if message := h.said(v, r); message != "" && field.Error == "" {
		field.Error = message
	}
	return h.page(v, status, "ask_reset", views.AskReset{
		Shell: shell, Action: v.to("reset"), SignInURL: v.to("sign-in"), Email: field, Sent: sent,
	})
}

// ResetPage shows the form for a new password to who has a mailed link.
func (h *Handlers) ResetPage(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	return h.resetForm(v, fiber.StatusOK, refused{})
}

// Reset sets the new password by a mailed link. Every session of the account ends; who had the link signs in anew.
func (h *Handlers) Reset(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	_, err = h.Accounts.ResetPassword(c.UserContext(), v.realm, c.Params("token"), c.FormValue("password"), v.site.RequestID)
	if errors.Is(err, account.ErrToken) {
		return h.resetForm(v, fiber.StatusUnprocessableEntity, refused{})
	}
	if err != nil {
		return h.answer(v, err, func(r refused) error { return h.resetForm(v, r.status, r) })
	}
	middleware.DropTokens(c, v.realm.Kind)
	return lead(c, v.to("sign-in")+"?reset=1")
}

func (h *Handlers) resetForm(v visit, status int, r refused) error {
	shell, err := h.shell(v, "account.reset.title")
	if err != nil {
		return err
	}
	token := v.c.Params("token")
	page := views.ResetPassword{Shell: shell, Action: v.to("reset", token), AskURL: v.to("reset")}
	page.Email, err = h.Accounts.ResetOwner(v.c.UserContext(), v.realm, token)
	switch {
	case errors.Is(err, account.ErrToken):
		page.Expired, status = true, fiber.StatusGone
	case err != nil:
		return err
	}
	page.Password = h.field(v, "password", "password", "new-password", "", r)
	if message := h.said(v, r); message != "" && page.Password.Error == "" {
		page.Password.Error = message
	}
	return h.page(v, status, "reset_password", page)
}

// AskVerification mails the link that verifies the account's address once more.
func (h *Handlers) AskVerification(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	if err := h.Accounts.AskVerification(c.UserContext(), v.identity(), v.site.Lasting(v.to("verification"), h.Production)); err != nil {
		return err
	}
	return lead(c, v.to("security")+"?sent=1")
}

// VerificationPage asks for the press that verifies the address: mail scanners follow links, but press no buttons.
func (h *Handlers) VerificationPage(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	return h.verificationForm(v, fiber.StatusOK, views.Verification{})
}

// Verify takes the address as verified. It takes both the link and the account's own session: who opened an account
// with somebody else's address must not have it verified by their click.
func (h *Handlers) Verify(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	err = h.Accounts.VerifyEmail(c.UserContext(), v.identity(), c.Params("token"), v.site.RequestID)
	if errors.Is(err, account.ErrToken) {
		return h.verificationForm(v, fiber.StatusGone, views.Verification{Expired: true})
	}
	if err != nil {
		return err
	}
	return h.verificationForm(v, fiber.StatusOK, views.Verification{Done: true})
}

func (h *Handlers) verificationForm(v visit, status int, page views.Verification) error {
	shell, err := h.shell(v, "account.verification.title")
	if err != nil {
		return err
	}
	page.Shell, page.Action, page.ContinueURL = shell, v.to("verification", v.c.Params("token")), v.to()
	if page.Expired {
		page.Action = v.to("verification") // sends another one
	}
	if page.Email, err = h.address(v); err != nil {
		return err
	}
	return h.page(v, status, "verification", page)
}

// address is the e-mail address of who is signed in.
func (h *Handlers) address(v visit) (string, error) {
	if person := middleware.PersonOf(v.c); person != nil {
		return person.Email, nil
	}
	if customer := middleware.CustomerOf(v.c); customer != nil {
		return customer.Email, nil
	}
	found, err := h.Accounts.Live(v.c.UserContext(), v.identity())
	if err != nil {
		return "", err
	}
	return found.Email, nil
}
