package account

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"orion/middleware"
	"orion/model/account"
	"orion/views"
)

// Registration shows the form with which a customer opens an account.
func (h *Handlers) Registration(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	return h.registrationForm(v, fiber.StatusOK, account.Registration{Email: c.Query("email")}, refused{})
}

// Register opens the account and signs the customer in; the cart goes along. The e-mail address is verified by a mail.
func (h *Handlers) Register(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	typed := account.Registration{Email: c.FormValue("email"), Name: c.FormValue("name"), Password: c.FormValue("password")}
	found, err := h.Accounts.Register(c.UserContext(), v.realm, typed, middleware.DeviceOf(c), v.site.Lasting(v.to("verification"), h.Production), v.site.RequestID)
	if err != nil {
		return h.answer(v, err, func(r refused) error { return h.registrationForm(v, r.status, typed, r) })
	}
	return h.enter(v, found, v.next())
}

func (h *Handlers) registrationForm(v visit, status int, typed account.Registration, r refused) error {
	shell, err := h.shell(v, "account.registration.title")
	if err != nil {
		return err
	}
	return h.page(v, status, "registration", views.Registration{
		Shell: shell, Action: v.to("registration"), SignInURL: withNext(v.to("sign-in"), v.next()), Next: v.next(), Message: h.said(v, r),
		Name:     h.field(v, "name", "text", "name", typed.Name, r),
		Email:    h.email(v, typed.Email, r),
		Password: h.field(v, "password", "password", "new-password", "", r),
	})
}

// withNext is an address that leads on to another one afterwards.
func withNext(address, next string) string {
	if next == "" {
		return address
	}
	return address + "?next=" + url.QueryEscape(next)
}
