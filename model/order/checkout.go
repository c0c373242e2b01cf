package order

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Address is where an order or its bill goes. It is stored as JSON with the order.
type Address struct {
	Name     string `json:"name" form:"name" validate:"required,max=100,printable"`
	Line1    string `json:"line1" form:"line1" validate:"required,max=100,printable"`
	Line2    string `json:"line2,omitempty" form:"line2" validate:"max=100,printable"`
	Postcode string `json:"postcode,omitempty" form:"postcode" validate:"max=12,printable"`
	City     string `json:"city" form:"city" validate:"required,max=80,printable"`
	Region   string `json:"region,omitempty" form:"region" validate:"max=80,printable"` // state, province or county
	Country  string `json:"country" form:"country" validate:"required,iso3166_1_alpha2"`
}

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
	line := func(name string) string { return tidyLine(value(name)) }
	address := func(prefix string) Address {
		country := strings.ToUpper(line(prefix + "country"))
		return Address{
			Name: line(prefix + "name"), Line1: line(prefix + "line1"), Line2: line(prefix + "line2"),
			Postcode: tidyPostcode(country, line(prefix+"postcode")),
			City:     line(prefix + "city"), Region: line(prefix + "region"), Country: country,
		}
	}
	form := Checkout{
		Email: line("email"), Phone: line("phone"), Shipping: address(""),
		BillingDiffers: value("billing_differs") != "",
		ShippingMethod: line("shipping_method"), PaymentMethod: line("payment_method"), Note: tidyText(value("note")),
	}
	if form.BillingDiffers {
		form.Billing = address(billingPrefix)
	}
	return form
}

func tidyLine(s string) string {
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

func tidyText(s string) string {
	s = strings.ReplaceAll(norm.NFC.String(s), "\r\n", "\n")
	return strings.Clone(strings.TrimSpace(s))
}
