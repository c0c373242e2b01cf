package shop

import (
	"slices"
	"strconv"
	"strings"

	"orion/model/customer"
	"orion/model/order"
	"orion/views"
)

// checkoutView is the page of a checkout.
func (h *Handlers) checkoutView(co *checkout) views.Checkout {
	settings := co.site.Shop.Settings
	shell := h.shell(co.request, nil, h.text(co.request, "checkout.title"), "")
	shell.Plain = true
	view := views.Checkout{
		Shell: shell, Action: co.links.Checkout(), FieldsURL: co.links.CheckoutFields(),
		CartKey: h.sign.CartCookie(co.site.Shop.ID, co.token),
		Contact: h.contactFields(co), Address: h.addressFields(co, "", co.form.Shipping), Billing: h.addressFields(co, "billing_", co.form.Billing),
		BillingSame: !co.form.BillingDiffers, Changes: co.changes, Account: h.checkoutAccount(co),
		ShippingError: h.problem(co, "shipping_method"), PaymentError: h.problem(co, "payment_method"),
		Summary: h.summary(co),
	}
	view.Note = h.field(co, views.Field{Name: "note", Type: "textarea", Value: co.form.Note, MaxLength: 1000, Width: "full"})
	for i, method := range co.quote.Methods {
		price := co.price(method.Cost)
		view.Shipping = append(view.Shipping, views.Choice{
			ID: "shipping-" + strconv.Itoa(i), Value: method.Code, Label: method.Name, Description: method.Description,
			Price: &price, Free: method.Cost == 0, Selected: method.Chosen,
		})
	}
	for i, method := range h.payments.Offered(settings) {
		view.Payment = append(view.Payment, views.Choice{
			ID: "payment-" + strconv.Itoa(i), Value: method.Code, Label: method.Name, Selected: method.Code == co.form.PaymentMethod,
		})
	}
	view.Errors = h.errorList(co, view)
	return view
}

func (h *Handlers) contactFields(co *checkout) []views.Field {
	return []views.Field{
		h.field(co, views.Field{Name: "email", Type: "email", Value: co.form.Email, Required: true, MaxLength: 254, Autocomplete: "email", Width: "half"}),
		h.field(co, views.Field{Name: "phone", Type: "tel", Value: co.form.Phone, MaxLength: 30, Autocomplete: "tel", Width: "half"}),
	}
}

// addressFields are the fields of an address. The country comes first: it decides what is asked of the others.
func (h *Handlers) addressFields(co *checkout, prefix string, a order.Address) []views.Field {
	countries := h.allCountries(co.site.Shop.Settings.Locale)
	if prefix == "" {
		return h.anyAddressFields(co, prefix, a, order.Served(countries, co.site.Shop.Settings))
	}
	a.Country = or(a.Country, co.form.Shipping.Country)
	return h.anyAddressFields(co, prefix, a, countries)
}

func (h *Handlers) anyAddressFields(co *checkout, prefix string, a order.Address, countries []order.Country) []views.Field {
	section := "shipping "
	if prefix != "" {
		section = "billing "
	}
	country := views.Field{Name: prefix + "country", Type: "select", Value: a.Country, Required: true, Autocomplete: section + "country", Width: "full"}
	for _, known := range countries {
		country.Options = append(country.Options, views.Option{Value: known.Code, Label: known.Name, Selected: known.Code == country.Value})
	}
	fields := []views.Field{
		country,
		{Name: prefix + "name", Value: a.Name, Required: true, MaxLength: 100, Autocomplete: section + "name", Width: "full"},
		{Name: prefix + "line1", Value: a.Line1, Required: true, MaxLength: 100, Autocomplete: section + "address-line1", Width: "full"},
		{Name: prefix + "line2", Value: a.Line2, MaxLength: 100, Autocomplete: section + "address-line2", Width: "full"},
		{Name: prefix + "postcode", Value: a.Postcode, Required: customer.PostcodeNeeded(country.Value), MaxLength: 12, Autocomplete: section + "postal-code", Width: "third"},
		{Name: prefix + "city", Value: a.City, Required: true, MaxLength: 80, Autocomplete: section + "address-level2", Width: "third"},
		{Name: prefix + "region", Value: a.Region, Required: customer.RegionNeeded(country.Value), MaxLength: 80, Autocomplete: section + "address-level1", Width: "third"},
	}
	for i := range fields {
		if prefix != "" {
			fields[i].Required = false // only asked for where the bill goes elsewhere; the server decides
		}
		fields[i] = h.field(co, fields[i])
	}
	return fields
}

// allCountries are the countries by their names in a language.
func (h *Handlers) allCountries(locale string) []order.Country {
	if known, ok := h.countries.GetIfPresent(locale); ok {
		return known
	}
	named := order.AllCountries(locale)
	h.countries.Set(locale, named)
	return named
}

// field completes a field with its texts and what is wrong with it.
func (h *Handlers) field(co *checkout, f views.Field) views.Field {
	if f.Type == "" {
		f.Type = "text"
	}
	f.ID = "checkout-" + f.Name
	f.Label = h.text(co.request, "checkout.field."+strings.TrimPrefix(f.Name, "billing_"))
	f.Error = h.problem(co, f.Name)
	f.CheckURL = co.links.CheckoutFields()
	if f.Name == "email" || f.Name == "phone" {
		f.Hint = h.text(co.request, "checkout.hint."+f.Name)
	}
	return f
}

// problem is the text of what is wrong with a field; "" where nothing is or nobody looked yet.
func (h *Handlers) problem(co *checkout, name string) string {
	message, wrong := co.problems[name]
	if !wrong {
		return ""
	}
	return h.message(co.request, message)
}

// message is a message of the model as text.
func (h *Handlers) message(r request, m order.Message) string {
	return h.text(r, m.Key, m.Args...)
}

// errorList names what is wrong in the order of the form, for the top of it.
func (h *Handlers) errorList(co *checkout, view views.Checkout) []views.FieldError {
	var errs []views.FieldError
	for _, field := range slices.Concat(view.Contact, view.Address) {
		if field.Error != "" {
			errs = append(errs, views.FieldError{ID: field.ID, Message: field.Error})
		}
	}
	if view.ShippingError != "" {
		errs = append(errs, views.FieldError{ID: "shipping_method", Message: view.ShippingError})
	}
	if view.PaymentError != "" {
		errs = append(errs, views.FieldError{ID: "payment_method", Message: view.PaymentError})
	}
	for _, field := range append(slices.Clone(view.Billing), view.Note) {
		if field.Error != "" {
			errs = append(errs, views.FieldError{ID: field.ID, Message: field.Error})
		}
	}
	return errs
}

func findField(view views.Checkout, name string) *views.Field {
	for _, field := range append(slices.Concat(view.Contact, view.Address, view.Billing), view.Note) {
		if field.Name == name {
			return &field
		}
	}
	return nil
}

func (h *Handlers) summary(co *checkout) views.Summary {
	q := co.quote
	s := views.Summary{
		Lines: h.cartLines(co.request, co.cart.Lines), Subtotal: co.price(q.Subtotal), TaxIncluded: q.TaxIncluded,
		Total: co.price(q.Total), SummaryURL: co.links.CheckoutSummary(), Seen: order.See(co.cart, q).String(),
		TaxLines: h.taxLines(co.request, q.TaxLines),
	}
	if q.Method != nil {
		cost := co.price(q.Shipping)
		s.Shipping, s.ShippingName = &cost, q.Method.Name
	}
	return s
}

func (h *Handlers) taxLines(r request, lines []order.TaxLine) []views.TaxLine {
	out := make([]views.TaxLine, 0, len(lines))
	for _, line := range lines {
		out = append(out, views.TaxLine{Rate: percent(line.RateBP), Amount: r.price(line.Amount)})
	}
	return out
}

// percent writes basis points: 1900 is "19%", 550 is "5.5%".
func percent(bp int) string {
	return strconv.FormatFloat(float64(bp)/100, 'f', -1, 64) + "%"
}

// differences says in sentences what changed between the buyer's look and their order.
func (h *Handlers) differences(r request, changed *order.Changed) []string {
	sentences := make([]string, 0, len(changed.Differences))
	for _, difference := range changed.Differences {
		sentences = append(sentences, h.message(r, difference))
	}
	return sentences
}
