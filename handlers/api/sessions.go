// Package api answers programs, in JSON.
package api

import (
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/middleware"
	"orion/model/account"
	"orion/model/fault"
	"orion/views"
)

// Handlers are the API's. Fill in the fields; there are no defaults.
type Handlers struct{ Accounts *account.Authority }

// session is what a program gets: the access token goes into the header Authorization: Bearer, the refresh token into
// the renewal.
type session struct {
	AccessToken  string    `json:"access_token"`
	TokenType    string    `json:"token_type"` // Bearer
	ExpiresIn    int       `json:"expires_in"` // seconds
	RefreshToken string    `json:"refresh_token"`
	Kind         string    `json:"kind"`
	Until        time.Time `json:"refresh_expires_at"`
}

// pending is the answer where the account has a second factor: the same request again, with pending and code.
type pending struct {
	Pending string `json:"pending"`
	Message string `json:"message"`
}

type beginning struct {
	Kind     string `json:"kind"` // admin, vendor or customer (on the shop's own host)
	Email    string `json:"email"`
	Password string `json:"password"`
	Pending  string `json:"pending"`
	Code     string `json:"code"`
}

// Begin signs a program in: 201 with tokens, 202 where a second factor is wanted first.
func (h *Handlers) Begin(c *fiber.Ctx) error {
	var in beginning
	if err := read(c, &in); err != nil {
		return err
	}
	realm, err := realmOf(c, in.Kind)
	if err != nil {
		return err
	}
	site := views.SiteFrom(c)
	var found account.SignedIn
	if in.Pending != "" {
		found, err = h.Accounts.SignInStrong(c.UserContext(), realm, in.Pending, in.Code, middleware.DeviceOf(c), site.RequestID)
	} else {
		found, err = h.Accounts.SignIn(c.UserContext(), realm, in.Email, in.Password, middleware.DeviceOf(c), site.RequestID)
	}
	if err != nil {
		return unauthenticated(err)
	}
	if found.Pending != "" {
		return send(c, fiber.StatusAccepted, pending{Pending: found.Pending, Message: "Send this again with pending and the code of the second factor."})
	}
	return send(c, fiber.StatusCreated, sessionOf(found))
}

type renewal struct {
	Kind         string `json:"kind"`
	RefreshToken string `json:"refresh_token"`
}

// Renew exchanges a refresh token for a new pair. Each refresh token is good once.
func (h *Handlers) Renew(c *fiber.Ctx) error {
	var in renewal
	if err := read(c, &in); err != nil {
		return err
	}
	realm, err := realmOf(c, in.Kind)
	if err != nil {
		return err
	}
	found, err := h.Accounts.Refresh(c.UserContext(), realm, in.RefreshToken, middleware.DeviceOf(c))
	if err != nil {
		return unauthenticated(err)
	}
	return send(c, fiber.StatusCreated, sessionOf(found))
}

// End ends the session of the token: 204.
func (h *Handlers) End(c *fiber.Ctx) error {
	identity, _ := middleware.IdentityOf(c)
	if err := h.Accounts.SignOut(c.UserContext(), identity, views.SiteFrom(c).RequestID); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

type me struct {
	Kind        string   `json:"kind"`
	ID          int64    `json:"id"`
	Email       string   `json:"email"`
	Name        string   `json:"name"`
	Role        string   `json:"role,omitempty"`
	Permissions []string `json:"permissions,omitempty"` // on this shop, or on the platform
}

// Me says whose token it is, and what they may do here.
func (h *Handlers) Me(c *fiber.Ctx) error {
	identity, _ := middleware.IdentityOf(c)
	out := me{Kind: string(identity.Kind), ID: identity.AccountID}
	if customer := middleware.CustomerOf(c); customer != nil {
		out.Email, out.Name = customer.Email, customer.Name
	}
	if person := middleware.PersonOf(c); person != nil {
		out.Email, out.Name, out.Role = person.Email, person.Name, person.Role.Name
		if identity.Kind == account.Admin {
			out.Role = person.PlatformRole.Name
		}
		for _, permission := range person.Permissions.List() {
			out.Permissions = append(out.Permissions, string(permission))
		}
	}
	return send(c, fiber.StatusOK, out)
}

func sessionOf(found account.SignedIn) session {
	return session{
		AccessToken: found.Tokens.Access, TokenType: "Bearer", RefreshToken: found.Tokens.Refresh, Kind: string(found.Identity.Kind),
		ExpiresIn: int(time.Until(found.Tokens.AccessExpires).Seconds()), Until: found.Tokens.RefreshExpires,
	}
}

// realmOf is where a kind signs in on the request's host. A customer signs in to the shop whose host it is.
func realmOf(c *fiber.Ctx, kind string) (account.Realm, error) {
	shop := views.SiteFrom(c).Shop
	switch account.Kind(kind) {
	case account.Admin, account.Vendor:
		return account.Realm{Kind: account.Kind(kind)}, nil
	case account.Customer:
		if shop != nil {
			return account.Realm{Kind: account.Customer, VendorID: shop.ID}, nil
		}
		return account.Realm{}, fault.Field("kind", "A customer signs in on the shop's own host.")
	}
	return account.Realm{}, fault.Field("kind", "Say admin, vendor or customer.")
}

func read(c *fiber.Ctx, into any) error {
	if !strings.HasPrefix(c.Get(fiber.HeaderContentType), fiber.MIMEApplicationJSON) {
		return fiber.ErrUnsupportedMediaType
	}
	if err := c.BodyParser(into); err != nil {
		return fault.Malformed.With("The body is not the JSON that this takes.")
	}
	return nil
}

func send(c *fiber.Ctx, status int, body any) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(status).JSON(body)
}

// unauthenticated makes 401 of a token that is worth nothing.
func unauthenticated(err error) error {
	if errors.Is(err, account.ErrToken) {
		return fault.Unauthenticated.With("This token is worth nothing any more. Sign in again.")
	}
	return err
}
