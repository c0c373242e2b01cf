package account

import (
	"encoding/base64"
	"html/template"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"orion/middleware"
	"orion/model/account"
	"orion/model/fault"
	"orion/views"
)

// Security shows the password form, the second factor and the sessions.
func (h *Handlers) Security(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	return h.securityPage(v, fiber.StatusOK, refused{}, "")
}

// ChangePassword changes it and ends every other session.
func (h *Handlers) ChangePassword(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	err = h.Accounts.ChangePassword(c.UserContext(), v.identity(), c.FormValue("current"), c.FormValue("next"), v.site.RequestID)
	if err != nil {
		return h.answer(v, err, func(r refused) error { return h.securityPage(v, r.status, r, "") })
	}
	return lead(c, v.to("security")+"?changed=1")
}

// EndSession ends one session of the account; one's own is a sign-out.
func (h *Handlers) EndSession(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return fault.NotFound
	}
	if id == v.identity().SessionID {
		return h.SignOut(c)
	}
	if err := h.Accounts.EndSession(c.UserContext(), v.identity(), id, v.site.RequestID); err != nil {
		return err
	}
	return lead(c, v.to("security")+"?ended=1")
}

// EndOthers ends every session of the account but this one; with "here" this one too.
func (h *Handlers) EndOthers(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	if _, err := h.Accounts.EndOthers(c.UserContext(), v.identity(), v.site.RequestID); err != nil {
		return err
	}
	if c.FormValue("here") != "" {
		return h.SignOut(c)
	}
	return lead(c, v.to("security")+"?ended=1")
}

// Enrolment shows what an authenticator app needs, and asks for its first code.
func (h *Handlers) Enrolment(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	return h.enrolmentForm(v, fiber.StatusOK, refused{})
}

// ConfirmFactor switches the second factor on and shows the recovery codes, once.
func (h *Handlers) ConfirmFactor(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	codes, err := h.Accounts.ConfirmSecondFactor(c.UserContext(), v.identity(), c.FormValue("code"), v.site.RequestID)
	if err != nil {
		return h.answer(v, err, func(r refused) error { return h.enrolmentForm(v, r.status, r) })
	}
	return h.recoveryPage(v, codes)
}

// RemoveFactor switches the second factor off. It takes the password.
func (h *Handlers) RemoveFactor(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	if person := middleware.PersonOf(c); person != nil && person.FactorDemanded {
		return fault.Conflict.With("Your role asks for a second factor, so it cannot be switched off.")
	}
	if err := h.Accounts.RemoveSecondFactor(c.UserContext(), v.identity(), c.FormValue("password"), v.site.RequestID); err != nil {
		return h.answer(v, err, func(r refused) error { return h.securityPage(v, r.status, r, "remove") })
	}
	return lead(c, v.to("security")+"?removed=1")
}

// NewRecoveryCodes makes the old ones worthless and shows new ones, once. It takes the password.
func (h *Handlers) NewRecoveryCodes(c *fiber.Ctx) error {
	v, err := visitOf(c)
	if err != nil {
		return err
	}
	codes, err := h.Accounts.NewRecoveryCodes(c.UserContext(), v.identity(), c.FormValue("password"), v.site.RequestID)
	if err != nil {
		return h.answer(v, err, func(r refused) error { return h.securityPage(v, r.status, r, "codes") })
	}
	return h.recoveryPage(v, codes)
}

func (h *Handlers) recoveryPage(v visit, codes []string) error {
	shell, err := h.shell(v, "account.recovery.title")
	if err != nil {
		return err
	}
	return h.page(v, fiber.StatusOK, "recovery_codes", views.RecoveryCodes{Shell: shell, Codes: codes, ContinueURL: v.to("security")})
}

func (h *Handlers) enrolmentForm(v visit, status int, r refused) error {
	shell, err := h.shell(v, "account.enrolment.title")
	if err != nil {
		return err
	}
	begun, err := h.Accounts.BeginSecondFactor(v.c.UserContext(), v.identity(), v.issuer())
	if err != nil {
		return err
	}
	code := h.field(v, "code", "text", "one-time-code", "", r)
	if message := h.said(v, r); message != "" && code.Error == "" {
		code.Error = message
	}
	person := middleware.PersonOf(v.c)
	return h.page(v, status, "enrolment", views.Enrolment{
		Shell: shell, Action: v.to("security", "second-factor"), Secret: begun.Secret, Code: code,
		// The picture is our own, made of bytes.
		QR:       template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(begun.QR)),
		Required: person != nil && person.NeedsSecondFactor,
	})
}

// notices are what the page says after a change, by the query that the change led to.
var notices = []string{"changed", "ended", "removed", "sent"}

func (h *Handlers) securityPage(v visit, status int, r refused, form string) error {
	shell, err := h.shell(v, "account.security.title")
	if err != nil {
		return err
	}
	for _, notice := range notices {
		if v.c.Query(notice) == "1" && shell.Toast == nil {
			shell.Toast = &views.Toast{Kind: "success", Text: h.text(v, "account.security.notice."+notice)}
		}
	}
	owner, err := h.Accounts.Live(v.c.UserContext(), v.identity())
	if err != nil {
		return err
	}
	page := views.Security{
		Shell: shell, EndOthersURL: v.to("security", "sessions", "end"), SecondFactorURL: v.to("security", "second-factor"),
		RemoveURL: v.to("security", "second-factor", "removal"), RecoveryURL: v.to("security", "recovery-codes"),
		Email: owner.Email, EmailVerified: !owner.EmailVerifiedAt.IsZero(), VerifyURL: v.to("verification"),
		HasSecondFactor: owner.HasSecondFactor,
	}
	if person := middleware.PersonOf(v.c); person != nil {
		page.Required = person.FactorDemanded
	}
	if page.HasSecondFactor {
		if page.RecoveryLeft, err = h.Accounts.RecoveryLeft(v.c.UserContext(), v.identity()); err != nil {
			return err
		}
	}
	if page.Sessions, err = h.sessionRows(v); err != nil {
		return err
	}
	h.securityForms(v, &page, r, form)
	return h.page(v, status, "security", page)
}

// securityForms fills in the three forms of the page; form is the one that was refused, "" for the password's.
func (h *Handlers) securityForms(v visit, page *views.Security, r refused, form string) {
	of := func(name string) refused {
		if form != name {
			return refused{}
		}
		if message := h.said(v, r); message != "" && len(r.fields) == 0 {
			r.fields = map[string]string{"current": message, "password": message}
		}
		return r
	}
	page.Password.Action = v.to("security", "password")
	page.Password.Current = h.field(v, "current", "password", "current-password", "", of(""))
	page.Password.Next = h.field(v, "next", "password", "new-password", "", of(""))
	page.RemovePassword = h.field(v, "password", "password", "current-password", "", of("remove"))
	page.RemovePassword.ID = "account-remove-password"
	page.RecoveryPassword = h.field(v, "password", "password", "current-password", "", of("codes"))
	page.RecoveryPassword.ID = "account-codes-password"
}

func (h *Handlers) sessionRows(v visit) ([]views.SessionRow, error) {
	sessions, err := h.Accounts.Sessions(v.c.UserContext(), v.realm, v.identity().AccountID)
	if err != nil {
		return nil, err
	}
	rows := make([]views.SessionRow, 0, len(sessions))
	for _, session := range sessions {
		rows = append(rows, views.SessionRow{
			ID: session.ID, Device: h.device(v, session), Address: session.Address, Since: v.site.Moment(session.CreatedAt), Seen: v.site.Moment(session.SeenAt),
			Current: session.ID == v.identity().SessionID, Strong: session.Strong,
			EndURL: v.to("security", "sessions", strconv.FormatInt(session.ID, 10), "end"),
		})
	}
	return rows, nil
}

func (h *Handlers) device(v visit, session account.Session) string {
	switch {
	case session.Browser == "" && session.Platform == "":
		return h.text(v, "account.security.unknown_device")
	case session.Browser == "" || session.Platform == "":
		return session.Browser + session.Platform
	}
	return h.text(v, "account.security.device", "browser", session.Browser, "platform", session.Platform)
}
