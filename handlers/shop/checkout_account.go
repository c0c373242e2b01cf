package shop

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"orion/model/account"
	"orion/model/customer"
	"orion/model/order"
	"orion/views"
)

// patron is what a checkout knows of somebody who is signed in. Zero: a guest.
type patron struct {
	account *account.Account
	book    []customer.SavedAddress
	picked  int64 // the address of the book that the buyer asked for; 0 none
	keep    bool  // the address is to be kept in the book
}

func idOf(a *account.Account) int64 {
	if a == nil {
		return 0
	}
	return a.ID
}

// patron finds out who is checking out. Two queries, where somebody is signed in.
func (h *Handlers) patron(c *fiber.Ctx) (patron, error) {
	found, err := h.buyer(c)
	if err != nil || found == nil {
		return patron{}, err
	}
	book, err := customer.Addresses(c.UserContext(), h.shopDB(), found.ID)
	if err != nil {
		return patron{}, err
	}
	p := patron{account: found, book: book, keep: c.FormValue("save_address") != ""}
	wish, err := strconv.ParseInt(c.Query("address"), 10, 64)
	if err == nil && slices.ContainsFunc(book, func(a customer.SavedAddress) bool { return a.ID == wish }) {
		p.picked = wish
	}
	return p, nil
}

// filled is a form with what the shop knows of who is signed in, where they have typed nothing yet, and with the address
// that they picked. An address in a country that the shop does not send to is left out.
func (h *Handlers) filled(c *fiber.Ctx, p patron, typed order.Checkout) (order.Checkout, error) {
	if p.account == nil {
		return typed, nil
	}
	served := order.CountryCodes(requestOf(c).site.Shop.Settings)
	use := func(is func(customer.SavedAddress) bool) {
		if at := slices.IndexFunc(p.book, is); at >= 0 && slices.Contains(served, p.book[at].Address.Country) {
			typed.Shipping = p.book[at].Address
		}
	}
	if p.picked != 0 {
		use(func(a customer.SavedAddress) bool { return a.ID == p.picked })
	}
	if typed.Email != "" {
		return typed, nil
	}
	known, err := customer.Get(c.UserContext(), h.shopDB(), p.account.ID)
	if err != nil {
		return typed, err
	}
	typed.Email, typed.Phone = known.Email, or(typed.Phone, known.Phone)
	if typed.Shipping.Line1 == "" {
		use(func(a customer.SavedAddress) bool { return a.IsDefault })
	}
	typed.Shipping.Name = or(typed.Shipping.Name, known.Name)
	bill := slices.IndexFunc(p.book, func(a customer.SavedAddress) bool { return a.IsDefaultBilling })
	if bill >= 0 && !typed.BillingDiffers && typed.Shipping.Line1 != "" && p.book[bill].Address != typed.Shipping {
		typed.BillingDiffers, typed.Billing = true, p.book[bill].Address
	}
	return typed, nil
}

// checkoutAccount is the part of the checkout that knows the buyer.
func (h *Handlers) checkoutAccount(co *checkout) views.CheckoutAccount {
	p := co.patron
	if p.account == nil {
		return views.CheckoutAccount{SignInURL: withQuery(co.links.Account("sign-in"), url.Values{"next": {co.links.Checkout()}}.Encode())}
	}
	shown := views.CheckoutAccount{Email: p.account.Email, CanSave: len(p.book) < customer.MaxAddresses, Save: p.keep}
	for _, saved := range p.book {
		shown.Saved = append(shown.Saved, views.SavedChoice{
			Label: or(saved.Label, saved.Address.Name), Description: saved.Address.Line1 + ", " + saved.Address.City,
			URL:     withQuery(co.links.Checkout(), url.Values{"address": {strconv.FormatInt(saved.ID, 10)}}.Encode()),
			Current: saved.Address == co.form.Shipping,
		})
	}
	return shown
}
