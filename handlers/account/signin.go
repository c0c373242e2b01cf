package account

import (
	"cmp"
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"orion/middleware"
	"orion/model/account"
	"orion/views"
)

// SignInPage shows the form, or leads on who is signed in already.
func (h *Handlers) SignInPage(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	if identity, ok := middleware.IdentityOf(c); ok {
		_, err := h.Accounts.Live(c.UserContext(), identity)
		switch {
		case err == nil:
			return lead(c, cmp.Or(v.next(), v.to()))
		case !errors.Is(err, account.ErrEnded):
			return err
		}
		middleware.DropTokens(c, v.realm.Kind)
	}
	return h.signInForm(v, fiber.StatusOK, c.Query("email"), refused{})
}

// SignIn begins a session, or asks for the second factor. Whether the address or the password is wrong, the answer is
// the same.
func (h *Handlers) SignIn(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	email := c.FormValue("email")
	found, err := h.Accounts.SignIn(c.UserContext(), v.realm, email, c.FormValue("password"), middleware.DeviceOf(c), v.site.RequestID)
	if err != nil {
		return h.answer(v, err, func(r refused) error { return h.signInForm(v, r.status, email, r) })
	}
	if found.Pending != "" {
		middleware.KeepPending(c, v.realm.Kind, found.Pending)
		return lead(c, withNext(v.to("second-factor"), v.next()))
	}
	return h.enter(v, found, v.next())
}

// enter gives the browser its session and leads on.
func (h *Handlers) enter(v visit, found account.SignedIn, next string) error {
	middleware.KeepTokens(v.c, v.realm.Kind, found.Tokens)
	if v.realm.Kind == account.Customer {
		if err := h.Adopt(v.c, found.Identity); err != nil {
			return err
		}
	}
	return lead(v.c, cmp.Or(next, v.to()))
}

// SignOut ends the session here. Who is not signed in has nothing to lose.
func (h *Handlers) SignOut(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	if identity, ok := middleware.IdentityOf(c); ok {
		if err := h.Accounts.SignOut(c.UserContext(), identity, v.site.RequestID); err != nil && !errors.Is(err, account.ErrEnded) {
			return err
		}
	}
	middleware.DropTokens(c, v.realm.Kind)
	if v.realm.Kind == account.Customer {
		h.Forget(c)
		return lead(c, v.site.Home())
	}
	return lead(c, v.to("sign-in")+"?signed_out=1")
}

func (h *Handlers) signInForm(v visit, status int, email string, r refused) error {
	shell, err := h.shell(v, "account.sign_in.title."+string(v.realm.Kind))
	if err != nil {
		return err
	}
	form := views.SignIn{
		Shell: shell, Heading: h.text(v, "account.sign_in.title."+string(v.realm.Kind)), Action: v.to("sign-in"), ResetURL: v.to("reset"),
		Next: v.next(), Email: h.email(v, email, r), Password: h.field(v, "password", "password", "current-password", "", r),
		Message: h.said(v, r), Demo: h.demo(v),
	}
	if v.realm.Kind == account.Customer {
		form.RegisterURL = withNext(v.to("registration"), form.Next)
	}
	for _, notice := range []string{"signed_out", "reset", "deleted", "expired"} {
		if v.c.Query(notice) == "1" {
			form.Notice = h.text(v, "account.sign_in.notice."+notice)
		}
	}
	return h.page(v, status, "sign_in", form)
}

func (h *Handlers) demo(v visit) []views.DemoAccount {
	if h.Demo == nil {
		return nil
	}
	return h.Demo(v.site)
}

// SecondFactorPage asks for the code after the password was right.
func (h *Handlers) SecondFactorPage(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	if middleware.Pending(c, v.realm.Kind) == "" {
		return h.again(v)
	}
	return h.factorForm(v, fiber.StatusOK, refused{})
}

// SecondFactor begins the session by a code of the authenticator app, or a recovery code.
func (h *Handlers) SecondFactor(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	pending := middleware.Pending(c, v.realm.Kind)
	found, err := h.Accounts.SignInStrong(c.UserContext(), v.realm, pending, c.FormValue("code"), middleware.DeviceOf(c), v.site.RequestID)
	if errors.Is(err, account.ErrToken) {
		return h.again(v)
	}
	if err != nil {
		return h.answer(v, err, func(r refused) error { return h.factorForm(v, r.status, r) })
	}
	return h.enter(v, found, v.next())
}

// again asks for the password anew, after the time for the second factor was over.
func (h *Handlers) again(v visit) error {
	address := v.to("sign-in") + "?expired=1"
	if next := v.next(); next != "" {
		address += "&next=" + url.QueryEscape(next)
	}
	return lead(v.c, address)
}

func (h *Handlers) factorForm(v visit, status int, r refused) error {
	shell, err := h.shell(v, "account.second_factor.title")
	if err != nil {
		return err
	}
	return h.page(v, status, "second_factor", views.SecondFactor{
		Shell: shell, Action: v.to("second-factor"), Next: v.next(), Message: h.said(v, r), SignInURL: withNext(v.to("sign-in"), v.next()),
		Code: h.field(v, "code", "text", "one-time-code", "", r),
	})
}
