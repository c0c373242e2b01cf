package shop

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"orion/middleware"
	"orion/model/account"
	"orion/model/customer"
	"orion/model/fault"
	"orion/model/order"
	"orion/views"
)

// Data explains what the shop keeps about the customer.
func (h *Handlers) Data(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	frame, err := h.accountFrame(r, h.text(r.request, "customer.data.title"), "data")
	if err != nil {
		return err
	}
	return h.views.Page(c, fiber.StatusOK, "shop/account_data", views.AccountData{
		AccountFrame: frame, DownloadURL: r.links.Account("data", "download"), DeletionURL: r.links.Account("deletion"),
	})
}

// DownloadData answers everything that the shop keeps about the customer, as a file.
func (h *Handlers) DownloadData(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	data, err := customer.Export(c.UserContext(), h.shopDB(), r.customer.ID)
	if err != nil {
		return err
	}
	unkept(c)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+r.site.Shop.Slug+`-my-data.json"`)
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	return c.Send(data)
}

// Deletion explains what closing the account means, and asks for the password.
func (h *Handlers) Deletion(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	return h.deletionPage(r, fiber.StatusOK, "")
}

// DeleteAccount closes the account, if the password is right, and signs the customer out.
func (h *Handlers) DeleteAccount(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	identity, _ := middleware.IdentityOf(c)
	err = h.Accounts.CheckCurrent(c.UserContext(), identity, "password", c.FormValue("password"))
	if invalid, wrong := errors.AsType[*fault.Invalid](err); wrong {
		return h.deletionPage(r, fiber.StatusUnprocessableEntity, or(invalid.Fields["password"], invalid.Message))
	}
	if err != nil {
		return err
	}
	err = customer.Erase(c.UserContext(), h.shopDB(), customer.Erasure{
		CustomerID: r.customer.ID, RequestID: r.site.RequestID, Enqueue: h.Enqueue,
	})
	if err != nil {
		return err
	}
	middleware.DropTokens(c, account.Customer)
	h.forgetCart(c)
	return views.Lead(c, withQuery(r.links.Account("sign-in"), url.Values{"deleted": {"1"}}.Encode()))
}

func (h *Handlers) deletionPage(r room, status int, wrong string) error {
	underway, err := order.Underway(r.c.UserContext(), h.shopDB(), r.customer.ID, r.verified())
	if err != nil {
		return err
	}
	filled := views.DeletionForm{
		Action: r.links.Account("deletion"), CancelURL: r.links.Account("data"), Underway: underway,
		Password: h.accountField(r, views.Field{
			Name: "password", Type: "password", Label: h.text(r.request, "customer.deletion.password"), Required: true, MaxLength: 1024,
			Autocomplete: "current-password", Error: wrong,
		}, nil),
	}
	if changing(r.c) {
		return h.part(r.c, status, "shop/account_deletion_form", filled)
	}
	frame, err := h.accountFrame(r, h.text(r.request, "customer.deletion.title"), "data")
	if err != nil {
		return err
	}
	return h.views.Page(r.c, status, "shop/account_deletion", views.AccountDeletion{AccountFrame: frame, Form: filled})
}
