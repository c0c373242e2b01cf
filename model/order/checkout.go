package order

import (
	"orion/model/customer"
	"orion/model/form"
)

// Checkout is what the buyer types to place an order. As JSON it is kept with the cart.
type Checkout struct {
	Email string `json:"email,omitempty" form:"email" validate:"required,max=254,printable,email"`
	Phone string `json:"phone,omitempty" form:"phone" validate:"omitempty,max=30,printable,phone"`

	Shipping Address `json:"shipping,omitzero" validate:"-"` // fields name, line1, line2, postcode, city, region, country
	// BillingDiffers tells that the bill goes elsewhere: to Billing, whose fields are billing_name, billing_line1…
	BillingDiffers bool    `json:"billing_differs,omitempty"`
	Billing        Address `json:"billing,omitzero" validate:"-"`

	ShippingMethod string `json:"shipping_method,omitempty" form:"shipping_method" validate:"max=60,printable"` // its code
	PaymentMethod  string `json:"payment_method,omitempty" form:"payment_method" validate:"max=60,printable"`   // its code
	Note           string `json:"note,omitempty" form:"note" validate:"max=1000,text"`
}

// billingPrefix begins the names of the billing address's fields.
const billingPrefix = "billing_"

// ReadCheckout reads a form by the names of its fields: email, phone, name, line1, line2, postcode, city, region,
// country, billing_differs (anything but ""), billing_name…, shipping_method, payment_method, note. Space around and
// inside is tidied and letters are composed (Unicode NFC), so that what is stored is what is shown. The result holds
// no memory of the request.
func ReadCheckout(value func(name string) string) Checkout {
	line := func(name string) string { return form.Line(value(name)) }
	read := Checkout{
		Email: line("email"), Phone: line("phone"), Shipping: customer.ReadAddress("", value),
		BillingDiffers: value("billing_differs") != "",
		ShippingMethod: line("shipping_method"), PaymentMethod: line("payment_method"), Note: form.Text(value("note")),
	}
	if read.BillingDiffers {
		read.Billing = customer.ReadAddress(billingPrefix, value)
	}
	return read
}
