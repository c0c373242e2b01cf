package customer

import (
	"strings"

	"orion/model/form"
)

// Address is where an order or its bill goes. It is stored as JSON, with an order and in the address book alike.
type Address struct {
	Name     string `json:"name" form:"name" validate:"required,max=100,printable"`
	Line1    string `json:"line1" form:"line1" validate:"required,max=100,printable"`
	Line2    string `json:"line2,omitempty" form:"line2" validate:"max=100,printable"`
	Postcode string `json:"postcode,omitempty" form:"postcode" validate:"max=12,printable"`
	City     string `json:"city" form:"city" validate:"required,max=80,printable"`
	Region   string `json:"region,omitempty" form:"region" validate:"max=80,printable"` // state, province or county
	Country  string `json:"country" form:"country" validate:"required,iso3166_1_alpha2"`
}

// ReadAddress reads a form by the names of its fields, each after prefix: name, line1, line2, postcode, city, region,
// country. What was typed is tidied.
func ReadAddress(prefix string, value func(name string) string) Address {
	line := func(name string) string { return form.Line(value(prefix + name)) }
	country := strings.ToUpper(line("country"))
	return Address{
		Name: line("name"), Line1: line("line1"), Line2: line("line2"),
		Postcode: tidyPostcode(country, line("postcode")),
		City:     line("city"), Region: line("region"), Country: country,
	}
}

// Check adds what is wrong with an address, each message by its field's name after prefix.
func (a Address) Check(problems form.Problems, prefix string) {
	problems.Check(prefix, a)
	if regionNeeded[a.Country] && a.Region == "" {
		problems.Add(prefix+"region", "checkout.region.required")
	}
	code := postcodeOf(a.Country)
	switch {
	case a.Postcode == "" && !code.optional:
		problems.Add(prefix+"postcode", "checkout.postcode.required")
	case a.Postcode != "" && !code.pattern.MatchString(a.Postcode) && code.example != "":
		problems.Add(prefix+"postcode", "checkout.postcode.not_of_country", "example", code.example)
	case a.Postcode != "" && !code.pattern.MatchString(a.Postcode):
		problems.Add(prefix+"postcode", "checkout.postcode.invalid")
	}
}
