package order

import (
	"slices"

	"orion/model/customer"
	"orion/model/form"
	"orion/model/vendor"
)

// Message is what is said about a field.
type Message = form.Message

// Problems are the messages about a checkout by their fields.
type Problems = form.Problems

// Address is where an order goes.
type Address = customer.Address

// Rules are what a shop asks of a checkout. Ship is false where nothing in the cart has to be sent.
type Rules struct {
	Settings vendor.Settings
	Ship     bool
	Payments PaymentProviders // a payment method without a provider cannot be chosen
}

// Check looks at the whole form and returns a message for each field that is wrong; none if it can be taken.
func (r Rules) Check(form Checkout) Problems {
	problems := Problems{}
	problems.Check("", form)
	r.checkShippingAddress(problems, form.Shipping)
	if form.BillingDiffers {
		form.Billing.Check(problems, billingPrefix)
	}
	r.checkMethods(problems, form)
	return problems
}

// CheckField looks at one field in the light of the others, such as a postcode for its country. It returns nil where
// the field is right, or there is no such field.
func (r Rules) CheckField(form Checkout, name string) *Message {
	if problem, wrong := r.Check(form)[name]; wrong {
		return &problem
	}
	return nil
}

func (r Rules) checkShippingAddress(problems Problems, address Address) {
	address.Check(problems, "")
	if r.Ship && !slices.Contains(CountryCodes(r.Settings), address.Country) {
		problems.Add("country", "checkout.country.not_served",
			"country", CountryName(address.Country, r.Settings.Locale))
	}
}

func (r Rules) checkMethods(problems Problems, form Checkout) {
	shipping := methodsTo(r.Settings, form.Shipping.Country)
	switch {
	case !r.Ship:
	case form.ShippingMethod == "":
		problems.Add("shipping_method", "checkout.shipping_method.required")
	case !slices.ContainsFunc(shipping, func(m vendor.ShippingMethod) bool { return m.Code == form.ShippingMethod }):
		problems.Add("shipping_method", "checkout.shipping_method.not_available")
	}
	if form.PaymentMethod == "" {
		problems.Add("payment_method", "checkout.payment_method.required")
	} else if _, found := r.Payments.method(r.Settings, form.PaymentMethod); !found {
		problems.Add("payment_method", "checkout.payment_method.not_available")
	}
}
