package order

import (
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"

	"orion/model/vendor"
)

// validate reads the validate tags and names fields as the form does.
var validate = newValidator()

var phonePattern = regexp.MustCompile(`^\+?[ ()./-]*(\d[ ()./-]*){5,20}$`)

func newValidator() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(field reflect.StructField) string { return field.Tag.Get("form") })
	for tag, allowed := range map[string]func(string) bool{
		"printable": func(s string) bool { return readable(s, "") },
		"text":      func(s string) bool { return readable(s, "\n\t") },
		"phone":     phonePattern.MatchString,
	} {
		// The only errors are an empty name or function.
		if err := v.RegisterValidation(tag, func(f validator.FieldLevel) bool { return allowed(f.Field().String()) }); err != nil {
			panic(err)
		}
	}
	return v
}

// readable tells whether s is text without control characters other than those allowed. The database takes no NUL
// and no broken UTF-8, and nobody can read the rest. What turns the direction of all that follows (Unicode Standard
// Annex 9, explicit formatting) would make an address read as another one; marks for a single place may stay.
func readable(s, allowed string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		turns := r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
		return turns || unicode.IsControl(r) && !strings.ContainsRune(allowed, r)
	})
}

// Rules are what a shop asks of a checkout. Ship is false where nothing in the cart has to be sent.
type Rules struct {
	Settings vendor.Settings
	Ship     bool
	Payments PaymentProviders // a payment method without a provider cannot be chosen
}

// Check looks at the whole form and returns a message for each field that is wrong; none if it can be taken.
func (r Rules) Check(form Checkout) Problems {
	problems := Problems{}
	checkTags(problems, "", form)
	r.checkShippingAddress(problems, form.Shipping)
	if form.BillingDiffers {
		checkAddress(problems, billingPrefix, form.Billing)
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
	checkAddress(problems, "", address)
	if r.Ship && !slices.Contains(CountryCodes(r.Settings), address.Country) {
		problems.add("country", "checkout.country.not_served",
			"country", CountryName(address.Country, r.Settings.Locale))
	}
}

func checkAddress(problems Problems, prefix string, address Address) {
	checkTags(problems, prefix, address)
	if regionNeeded[address.Country] && address.Region == "" {
		problems.add(prefix+"region", "checkout.region.required")
	}
	code := postcodeOf(address.Country)
	switch {
	case address.Postcode == "" && !code.optional:
		problems.add(prefix+"postcode", "checkout.postcode.required")
	case address.Postcode != "" && !code.pattern.MatchString(address.Postcode) && code.example != "":
		problems.add(prefix+"postcode", "checkout.postcode.not_of_country", "example", code.example)
	case address.Postcode != "" && !code.pattern.MatchString(address.Postcode):
		problems.add(prefix+"postcode", "checkout.postcode.invalid")
	}
}

func (r Rules) checkMethods(problems Problems, form Checkout) {
	shipping := methodsTo(r.Settings, form.Shipping.Country)
	switch {
	case !r.Ship:
	case form.ShippingMethod == "":
		problems.add("shipping_method", "checkout.shipping_method.required")
	case !slices.ContainsFunc(shipping, func(m vendor.ShippingMethod) bool { return m.Code == form.ShippingMethod }):
		problems.add("shipping_method", "checkout.shipping_method.not_available")
	}
	if form.PaymentMethod == "" {
		problems.add("payment_method", "checkout.payment_method.required")
	} else if _, found := r.Payments.method(r.Settings, form.PaymentMethod); !found {
		problems.add("payment_method", "checkout.payment_method.not_available")
	}
}

// checkTags adds what the validate tags of a struct find. A field's own message is "checkout.FIELD.required" or
// ".invalid"; what may be wrong with any field is "checkout.too_long" or "checkout.unreadable".
func checkTags(problems Problems, prefix string, form any) {
	var found validator.ValidationErrors
	if !errors.As(validate.Struct(form), &found) {
		return
	}
	for _, wrong := range found {
		field := prefix + wrong.Field()
		switch wrong.Tag() {
		case "required":
			problems.add(field, "checkout."+wrong.Field()+".required")
		case "max":
			problems.add(field, "checkout.too_long", "max", wrong.Param())
		case "printable", "text":
			problems.add(field, "checkout.unreadable")
		default:
			problems.add(field, "checkout."+wrong.Field()+".invalid")
		}
	}
}
