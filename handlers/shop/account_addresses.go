package shop

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"orion/model/customer"
	"orion/model/fault"
	"orion/model/form"
	"orion/views"
)

// Addresses shows the customer's address book.
func (h *Handlers) Addresses(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	book, err := customer.Addresses(c.UserContext(), h.shopDB(), r.customer.ID)
	if err != nil {
		return err
	}
	frame, err := h.accountFrame(r, h.text(r.request, "customer.addresses.title"), "addresses")
	if err != nil {
		return err
	}
	page := views.AccountAddresses{AccountFrame: frame}
	if len(book) < customer.MaxAddresses {
		page.NewURL = r.links.Account("addresses", "new")
	}
	for _, saved := range book {
		id := strconv.FormatInt(saved.ID, 10)
		page.Addresses = append(page.Addresses, views.AddressRow{
			Label: saved.Label, Lines: r.addressLines(saved.Address), ForShipping: saved.IsDefault, ForBilling: saved.IsDefaultBilling,
			EditURL: r.links.Account("addresses", id), RemoveURL: r.links.Account("addresses", id, "removal"),
		})
	}
	return h.views.Page(c, fiber.StatusOK, "shop/account_addresses", page)
}

// NewAddress shows the form of a new address.
func (h *Handlers) NewAddress(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	begun := customer.AddressInput{Address: customer.Address{Name: r.customer.Name, Country: r.site.Shop.Settings.Country}}
	return h.addressPage(r, fiber.StatusOK, 0, begun, nil)
}

// AddAddress puts an address into the book.
func (h *Handlers) AddAddress(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	typed := customer.ReadAddressInput(formValue(c))
	_, err = customer.AddAddress(c.UserContext(), h.shopDB(), r.customer.ID, typed)
	return h.kept(r, 0, typed, err)
}

// Address shows the form of an address in the book.
func (h *Handlers) Address(c *fiber.Ctx) error {
	r, saved, err := h.savedAddress(c)
	if err != nil {
		return err
	}
	return h.addressPage(r, fiber.StatusOK, saved.ID, inputOf(saved), nil)
}

// ChangeAddress changes an address in the book, or makes it the default for shipping or billing.
func (h *Handlers) ChangeAddress(c *fiber.Ctx) error {
	r, saved, err := h.savedAddress(c)
	if err != nil {
		return err
	}
	typed := customer.ReadAddressInput(formValue(c))
	if kind := c.FormValue("default"); kind != "" {
		typed = inputOf(saved)
		typed.DefaultShipping = typed.DefaultShipping || kind == "shipping"
		typed.DefaultBilling = typed.DefaultBilling || kind == "billing"
	}
	return h.kept(r, saved.ID, typed, customer.ChangeAddress(c.UserContext(), h.shopDB(), r.customer.ID, saved.ID, typed))
}

// RemoveAddress takes an address out of the book.
func (h *Handlers) RemoveAddress(c *fiber.Ctx) error {
	r, saved, err := h.savedAddress(c)
	if err != nil {
		return err
	}
	if err := customer.RemoveAddress(c.UserContext(), h.shopDB(), r.customer.ID, saved.ID); err != nil {
		return err
	}
	return h.done(c, r.links.Account("addresses"), "removed")
}

// savedAddress is the address that the request's own address names.
func (h *Handlers) savedAddress(c *fiber.Ctx) (room, *customer.SavedAddress, error) {
	r, err := roomOf(c)
	if err != nil {
		return r, nil, err
	}
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return r, nil, fault.NotFound
	}
	saved, err := customer.AddressOf(c.UserContext(), h.shopDB(), r.customer.ID, id)
	return r, saved, err
}

func inputOf(saved *customer.SavedAddress) customer.AddressInput {
	return customer.AddressInput{
		Address: saved.Address, Label: saved.Label, DefaultShipping: saved.IsDefault, DefaultBilling: saved.IsDefaultBilling,
	}
}

// kept answers a change of the book: by leading to it, or with the form and what is wrong.
func (h *Handlers) kept(r room, id int64, typed customer.AddressInput, err error) error {
	if problems, wrong := errors.AsType[form.Problems](err); wrong {
		return h.addressPage(r, fiber.StatusUnprocessableEntity, id, typed, problems)
	}
	if err != nil {
		return err
	}
	return h.done(r.c, r.links.Account("addresses"), "saved")
}

// addressPage is the form of an address; id 0 is a new one.
func (h *Handlers) addressPage(r room, status int, id int64, typed customer.AddressInput, problems form.Problems) error {
	filled := views.AddressForm{
		Heading: h.text(r.request, "customer.addresses.new"), Action: r.links.Account("addresses"), BackURL: r.links.Account("addresses"),
		Fields: h.bookFields(r, typed.Address, problems), ForShipping: typed.DefaultShipping, ForBilling: typed.DefaultBilling,
		Label: h.accountField(r, views.Field{
			Name: "label", Value: typed.Label, MaxLength: 60, Autocomplete: "off", Label: h.text(r.request, "customer.field.label"),
			Hint: h.text(r.request, "customer.hint.label"),
		}, problems),
	}
	if id != 0 {
		filled.Heading = h.text(r.request, "customer.addresses.change")
		filled.Action = r.links.Account("addresses", strconv.FormatInt(id, 10))
	}
	if changing(r.c) {
		return h.part(r.c, status, "shop/account_address_form", filled)
	}
	frame, err := h.accountFrame(r, filled.Heading, "addresses")
	if err != nil {
		return err
	}
	return h.views.Page(r.c, status, "shop/account_address", views.AccountAddress{AccountFrame: frame, Form: filled})
}

// bookFields are the checkout's fields of an address, for every country: bills may go anywhere.
func (h *Handlers) bookFields(r room, a customer.Address, problems form.Problems) []views.Field {
	co := &checkout{request: r.request}
	var fields []views.Field
	for _, f := range h.anyAddressFields(co, "", a, h.allCountries(r.site.Shop.Settings.Locale)) {
		f.CheckURL = ""
		fields = append(fields, h.accountField(r, f, problems))
	}
	return fields
}
