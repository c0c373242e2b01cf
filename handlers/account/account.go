// Package account answers the pages with which people sign in and look after their account: customers in a shop,
// users in the dashboard and the admin. The request's audience says whose; the pages are the same.
package account

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/middleware"
	"orion/model/account"
	"orion/model/fault"
	"orion/views"
)

// Handlers are the account pages. Fill in the fields; there are no defaults.
type Handlers struct {
	Accounts *account.Authority
	Views    *views.Renderer
	// Shell surrounds a page in the look of the request's audience.
	Shell func(c *fiber.Ctx, title string) (views.Shell, error)
	// Adopt makes a guest's cart the customer's, after a customer signed in.
	Adopt func(c *fiber.Ctx, identity account.Identity) error
	// Forget takes the customer's cart out of the browser, after a customer signed out.
	Forget func(c *fiber.Ctx)
	// Demo are the accounts that came with the demo data, by audience; nil outside development.
	Demo func(site *views.Site) []views.DemoAccount
	// Production leaves ports out of the links in letters.
	Production bool
}

// visit is what every page needs to know of its request.
type visit struct {
	c     *fiber.Ctx
	site  *views.Site
	realm account.Realm
}

func visitOf(c *fiber.Ctx) (visit, error) {
	site := views.SiteFrom(c)
	realm, ok := middleware.RealmOf(site)
	if !ok {
		return visit{}, fault.NotFound
	}
	return visit{c: c, site: site, realm: realm}, nil
}

// identity is who is signed in. Only pages behind the gate ask.
func (v visit) identity() account.Identity {
	identity, _ := middleware.IdentityOf(v.c)
	return identity
}

// to is one of the audience's own account pages.
func (v visit) to(segments ...string) string { return v.site.Account(segments...) }

func (v visit) locale() string {
	if v.site.Shop != nil && v.site.Audience == views.AudienceShop {
		return v.site.Shop.Settings.Locale
	}
	return "en"
}

// issuer names the place in an authenticator app.
func (v visit) issuer() string {
	if v.site.Shop != nil {
		return v.site.Shop.Name
	}
	return "Orion"
}

// next is where to lead on to: the form's or the query's own wish if it is a path of ours, else the account's first page.
func (v visit) next() string {
	wish := v.c.FormValue("next")
	if wish == "" {
		wish = v.c.Query("next")
	}
	return middleware.SafeNext(v.site, strings.Clone(wish))
}

func (h *Handlers) text(v visit, key string, args ...any) string {
	return h.Views.Text(v.locale(), key, args...)
}

// page answers with a page, or to htmx with the part of it that is swapped.
func (h *Handlers) page(v visit, status int, name string, model any) error {
	v.c.Set(fiber.HeaderCacheControl, "private, no-store")
	if views.WantsFragment(v.c) && v.c.Method() != fiber.MethodGet {
		return h.Views.Fragment(v.c, status, model, "account/"+name)
	}
	return h.Views.Page(v.c, status, "account/"+name, model)
}

func (h *Handlers) shell(v visit, title string) (views.Shell, error) {
	shell, err := h.Shell(v.c, h.text(v, title))
	shell.NoIndex = true
	return shell, err
}

// lead sends the browser on, and lets no cache keep that it did.
func lead(c *fiber.Ctx, address string) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return views.Lead(c, address)
}

// refused is what a form has to say about an error that a person can do something about: the status, a message for
// the whole form, and one for each field. ok is false for any other error.
type refused struct {
	status  int
	message string
	fields  map[string]string
}

func refusal(c *fiber.Ctx, err error) (refused, bool) {
	if invalid, is := errors.AsType[*fault.Invalid](err); is {
		return refused{fiber.StatusUnprocessableEntity, invalid.Message, invalid.Fields}, true
	}
	if many, is := errors.AsType[*fault.TooMany](err); is {
		wait := max(many.RetryAfter.Round(time.Second), time.Second)
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(wait.Seconds())))
		return refused{fiber.StatusTooManyRequests, "", nil}, true
	}
	return refused{}, false
}

// wait is the sentence about a refusal that asks for patience.
func (h *Handlers) wait(v visit) string {
	seconds, _ := strconv.Atoi(string(v.c.Response().Header.Peek(fiber.HeaderRetryAfter)))
	if seconds > 90 {
		return h.text(v, "account.wait_minutes", "n", (seconds+59)/60)
	}
	return h.text(v, "account.wait_seconds", "n", seconds)
}

// said is the message of a refusal.
func (h *Handlers) said(v visit, r refused) string {
	if r.status == fiber.StatusTooManyRequests {
		return h.wait(v)
	}
	return r.message
}

// The fields of the account pages. name is also the end of the message key of the label.
func (h *Handlers) field(v visit, name, kind, autocomplete, value string, r refused) views.Field {
	field := views.Field{
		ID: "account-" + name, Name: name, Label: h.text(v, "account.field."+name), Type: kind, Value: value, Error: r.fields[name],
		Autocomplete: autocomplete, Required: true, Width: "full", MaxLength: 254,
	}
	switch {
	case kind == "password":
		field.MaxLength = 1024
		if autocomplete == "new-password" {
			field.Hint = h.text(v, "account.hint.password")
		}
	case name == "code":
		field.InputMode, field.MaxLength = "numeric", 24
	}
	return field
}

func (h *Handlers) email(v visit, value string, r refused) views.Field {
	return h.field(v, "email", "email", "username", value, r)
}

// answer is an error as a form that says what to do, or the error itself.
func (h *Handlers) answer(v visit, err error, form func(refused) error) error {
	r, ok := refusal(v.c, err)
	if !ok {
		return err
	}
	return form(r)
}
