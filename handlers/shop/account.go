package shop

import (
	"errors"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"orion/middleware"
	"orion/model/account"
	"orion/model/cart"
	"orion/model/customer"
	"orion/model/fault"
	"orion/model/form"
	"orion/views"
)

// buyer is the customer who is signed in, asked of the database; nil for a guest. One query, where somebody is.
func (h *Handlers) buyer(c *fiber.Ctx) (*account.Account, error) {
	if found := middleware.CustomerOf(c); found != nil {
		return found, nil
	}
	identity, ok := middleware.IdentityOf(c)
	if !ok || h.Accounts == nil || identity.Kind != account.Customer {
		return nil, nil
	}
	found, err := h.Accounts.Live(c.UserContext(), identity)
	if errors.Is(err, account.ErrEnded) {
		return nil, nil
	}
	return found, err
}

// begin gives the browser a cart that was just made, and returns its token. A customer's becomes one with what they
// have put into a cart elsewhere.
func (h *Handlers) begin(c *fiber.Ctx, token uuid.UUID) (uuid.UUID, error) {
	who, err := h.buyer(c)
	if err != nil {
		return token, err
	}
	if who != nil {
		if token, err = cart.Claim(c.UserContext(), h.shopDB(), token, who.ID); err != nil {
			return token, err
		}
	}
	h.keepCart(c, token)
	return token, nil
}

// room is a page of the account behind the gate: its request and whose it is.
type room struct {
	request
	c        *fiber.Ctx
	customer *account.Account
}

func roomOf(c *fiber.Ctx) (room, error) {
	found := middleware.CustomerOf(c)
	if found == nil {
		return room{}, fault.Unauthenticated
	}
	return room{request: requestOf(c), c: c, customer: found}, nil
}

// verified tells whether the customer has proven that the e-mail address is theirs.
func (r room) verified() bool { return !r.customer.EmailVerifiedAt.IsZero() }

// verifyURL mails the link that proves it; "" where it is proven.
func (r room) verifyURL() string {
	if r.verified() {
		return ""
	}
	return r.links.Account("verification")
}

// accountFrame surrounds a page of the account and says what was done just before. One query.
func (h *Handlers) accountFrame(r room, title, section string) (views.AccountFrame, error) {
	shell, err := h.browsing(r.c.UserContext(), r.request, title, "")
	if err != nil {
		return views.AccountFrame{}, err
	}
	switch r.c.Query("done") {
	case "saved":
		shell.Toast = &views.Toast{Kind: "success", Text: h.text(r.request, "customer.saved")}
	case "removed":
		shell.Toast = &views.Toast{Kind: "success", Text: h.text(r.request, "customer.addresses.removed")}
	}
	unkept(r.c)
	return views.AccountFrame{Shell: shell, Section: section, Email: r.customer.Email}, nil
}

// accountField is a field of an account's form with its message.
func (h *Handlers) accountField(r room, f views.Field, problems form.Problems) views.Field {
	f.ID = "account-" + f.Name
	if f.Type == "" {
		f.Type = "text"
	}
	if f.Label == "" {
		f.Label = h.text(r.request, "checkout.field."+f.Name)
	}
	if problem, wrong := problems[f.Name]; wrong {
		f.Error = h.message(r.request, problem)
	}
	return f
}

// done leads on after a change, to an address that says so.
func (h *Handlers) done(c *fiber.Ctx, address, what string) error {
	return views.Lead(c, withQuery(address, url.Values{"done": {what}}.Encode()))
}

// Profile shows the customer's name and phone number.
func (h *Handlers) Profile(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	known, err := customer.Get(c.UserContext(), h.shopDB(), r.customer.ID)
	if err != nil {
		return err
	}
	return h.profilePage(r, fiber.StatusOK, customer.Profile{Name: known.Name, Phone: known.Phone}, nil)
}

// ChangeProfile changes the customer's name and phone number.
func (h *Handlers) ChangeProfile(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	typed := customer.ReadProfile(formValue(c))
	err = customer.ChangeProfile(c.UserContext(), h.shopDB(), r.customer.ID, typed)
	if problems, wrong := errors.AsType[form.Problems](err); wrong {
		return h.profilePage(r, fiber.StatusUnprocessableEntity, typed, problems)
	}
	if err != nil {
		return err
	}
	return h.done(c, r.links.Account("profile"), "saved")
}

func (h *Handlers) profilePage(r room, status int, p customer.Profile, problems form.Problems) error {
	filled := views.ProfileForm{
		Action: r.links.Account("profile"), Email: r.customer.Email, VerifyURL: r.verifyURL(),
		Name:  h.accountField(r, views.Field{Name: "name", Value: p.Name, Required: true, MaxLength: 100, Autocomplete: "name"}, problems),
		Phone: h.accountField(r, views.Field{Name: "phone", Type: "tel", Value: p.Phone, MaxLength: 30, Autocomplete: "tel", Hint: h.text(r.request, "customer.hint.phone")}, problems),
	}
	if changing(r.c) {
		return h.part(r.c, status, "shop/account_profile_form", filled)
	}
	frame, err := h.accountFrame(r, h.text(r.request, "customer.profile.title"), "profile")
	if err != nil {
		return err
	}
	return h.views.Page(r.c, status, "shop/account_profile", views.AccountProfile{AccountFrame: frame, Form: filled})
}

// changing tells whether htmx sent a form, whose answer is the form alone.
func changing(c *fiber.Ctx) bool { return views.WantsFragment(c) && c.Method() != fiber.MethodGet }

// part answers htmx with a form that nobody else is to see.
func (h *Handlers) part(c *fiber.Ctx, status int, name string, model any) error {
	unkept(c)
	return h.views.Fragment(c, status, model, name)
}

// firstName is what one is greeted by.
func firstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}
