package order_test

import (
	"slices"
	"strings"
	"testing"

	"orion/model/order"
	"orion/model/vendor"
)

func read(fields map[string]string) order.Checkout {
	return order.ReadCheckout(func(name string) string { return fields[name] })
}

func filledIn() map[string]string {
	return map[string]string{
		"email": "ada@example.com", "phone": "+49 30 1234567", "name": "Ada Lovelace", "line1": "Hauptstraße 1",
		"postcode": "10115", "city": "Berlin", "country": "de", "shipping_method": "standard",
		"payment_method": order.BankTransferCode, "note": "Ring twice.\r\nThank you.",
	}
}

func TestAFormThatIsRight(t *testing.T) {
	t.Parallel()
	rules := order.Rules{Settings: settings(true), Ship: true, Payments: order.ManualPayments()}
	form := read(filledIn())
	if problems := rules.Check(form); len(problems) != 0 {
		t.Fatalf("%v", problems)
	}
	if form.Shipping.Country != "DE" || form.Note != "Ring twice.\nThank you." {
		t.Errorf("%+v", form)
	}
	fields := filledIn()
	fields["name"], fields["city"] = "  Ada \t Lovelace ", "Ko\u0308ln"
	if form := read(fields); form.Shipping.Name != "Ada Lovelace" || form.Shipping.City != "K\u00f6ln" {
		t.Errorf("not tidied: %+q", form.Shipping)
	}
}

func TestEachFieldIsChecked(t *testing.T) {
	t.Parallel()
	rules := order.Rules{Settings: settings(true), Ship: true, Payments: order.ManualPayments()}
	long := strings.Repeat("ä", 2000)
	for _, c := range []struct{ field, value, key string }{
		{"email", "", "checkout.email.required"}, {"email", "ada", "checkout.email.invalid"},
		{"email", "ada@", "checkout.email.invalid"}, {"email", "a b@example.com", "checkout.email.invalid"},
		{"email", "Ada <ada@example.com>", "checkout.email.invalid"}, {"email", long + "@example.com", "checkout.too_long"},
		{"email", "ada@example.com\x00", "checkout.unreadable"}, {"email", "ada@exämple.com", ""},
		{"phone", "", ""}, {"phone", "call me", "checkout.phone.invalid"}, {"phone", "12", "checkout.phone.invalid"},
		{"phone", "(030) 123-45.67", ""},
		{"name", "", "checkout.name.required"}, {"name", " \u00a0 ", "checkout.name.required"}, {"name", long, "checkout.too_long"},
		{"name", "A\xff", "checkout.unreadable"}, {"name", "Ada\u202emoc", "checkout.unreadable"}, {"name", "ليلى\u200f", ""}, {"name", "李小龍", ""}, {"name", "O’Neill-Müller <3", ""},
		{"line1", "", "checkout.line1.required"}, {"line2", long, "checkout.too_long"}, {"line2", "", ""},
		{"city", "", "checkout.city.required"}, {"city", "Ber\x1blin", "checkout.unreadable"},
		{"postcode", "", "checkout.postcode.required"}, {"postcode", "1011", "checkout.postcode.not_of_country"},
		{"postcode", "SW1A 1AA", "checkout.postcode.not_of_country"}, {"postcode", long, "checkout.too_long"},
		{"country", "", "checkout.country.required"}, {"country", "XX", "checkout.country.invalid"}, {"country", "Germany", "checkout.country.invalid"},
		{"shipping_method", "", "checkout.shipping_method.required"}, {"shipping_method", "rocket", "checkout.shipping_method.not_available"},
		{"payment_method", "", "checkout.payment_method.required"}, {"payment_method", "gold", "checkout.payment_method.not_available"},
		{"payment_method", long, "checkout.too_long"},
		{"note", long, "checkout.too_long"}, {"note", "a\tb\nc", ""}, {"note", "a\x00", "checkout.unreadable"},
	} {
		fields := filledIn()
		fields[c.field] = c.value
		problem := rules.CheckField(read(fields), c.field)
		switch {
		case problem == nil && c.key != "":
			t.Errorf("%s = %.30q is taken, want %s", c.field, c.value, c.key)
		case problem != nil && problem.Key != c.key:
			t.Errorf("%s = %.30q: %s, want %q", c.field, c.value, problem.Key, c.key)
		}
	}
	if problem := rules.CheckField(read(nil), "no such field"); problem != nil {
		t.Errorf("%+v", problem)
	}
}

func TestPostcodes(t *testing.T) {
	t.Parallel()
	rules := order.Rules{Settings: settings(true), Ship: true, Payments: order.ManualPayments()}
	for _, c := range []struct {
		country, text string
		fine          bool
	}{
		{"GB", "sw1a1aa", true}, {"GB", "M1 1AE", true}, {"GB", "12345", false}, {"NL", "1234 ab", true}, {"NL", "0234 AB", false},
		{"CA", "h3z2y7", true}, {"CA", "H3Z 2Y", false}, {"US", "95014-1234", true}, {"US", "9501", false}, {"PL", "00-950", true},
		{"PL", "00950", false}, {"AT", "1010", true}, {"AT", "01010", false}, {"IE", "", true}, {"IE", "D02 AF30", true}, {"IE", "D02", false},
		{"HK", "", true}, {"PE", "LIMA 15001", true}, {"PE", "<script>", false}, {"SE", "114 55", true}, {"JP", "154-0023", true},
	} {
		fields := filledIn()
		fields["country"], fields["postcode"] = c.country, c.text
		if problem := rules.CheckField(read(fields), "postcode"); (problem == nil) != c.fine {
			t.Errorf("%s in %s: %+v", c.text, c.country, problem)
		}
	}
	fields := filledIn()
	fields["country"], fields["postcode"] = "gb", "sw1a1aa"
	if got := read(fields).Shipping.Postcode; got != "SW1A 1AA" {
		t.Errorf("%q", got)
	}
	fields["country"], fields["region"] = "US", ""
	if problem := rules.CheckField(read(fields), "region"); problem == nil || problem.Key != "checkout.region.required" {
		t.Errorf("%+v", problem)
	}
}

func TestTheBillGoesElsewhere(t *testing.T) {
	t.Parallel()
	rules := order.Rules{Settings: settings(true), Ship: true, Payments: order.ManualPayments()}
	fields := filledIn()
	fields["billing_name"] = ""
	if problems := rules.Check(read(fields)); len(problems) != 0 {
		t.Errorf("a billing address that is not used is checked: %v", problems)
	}
	fields["billing_differs"] = "1"
	if problems := rules.Check(read(fields)); problems["billing_name"].Key != "checkout.name.required" || problems["billing_country"].Key != "checkout.country.required" {
		t.Errorf("%v", problems)
	}
	fields["billing_name"], fields["billing_line1"], fields["billing_city"] = "Ada Ltd", "1 Road", "London"
	fields["billing_country"], fields["billing_postcode"] = "GB", "123"
	problems := rules.Check(read(fields))
	if len(problems) != 1 || !slices.Equal(problems["billing_postcode"].Args, []any{"example", "SW1A 1AA"}) {
		t.Errorf("%v", problems)
	}
}

func TestOnlyCountriesThatAreServed(t *testing.T) {
	t.Parallel()
	s := settings(true)
	// ISO 3166-1 has 249, and the post knows Kosovo (XK) besides.
	if all := countries(s); len(all) != 250 || !slices.Contains(all, order.Country{Code: "DE", Name: "Germany"}) {
		t.Errorf("a method without countries serves %d", len(all))
	}
	s.ShippingMethods = s.ShippingMethods[:1]
	s.Locale = "de"
	if some := countries(s); !slices.Equal(some, []order.Country{{Code: "DE", Name: "Deutschland"}, {Code: "FR", Name: "Frankreich"}}) {
		t.Errorf("%v", some)
	}
	fields := filledIn()
	fields["country"], fields["postcode"] = "AT", "1010"
	problems := order.Rules{Settings: s, Ship: true, Payments: order.ManualPayments()}.Check(read(fields))
	if got := problems["country"]; got.Key != "checkout.country.not_served" || !slices.Equal(got.Args, []any{"country", "Österreich"}) {
		t.Errorf("%+v", got)
	}
	fields["shipping_method"] = ""
	if problems := (order.Rules{Settings: s, Payments: order.ManualPayments()}).Check(read(fields)); len(problems) != 0 {
		t.Errorf("nothing to send, and yet: %v", problems)
	}
	if got := countries(vendor.Settings{Locale: "xx"}); len(got) != 250 {
		t.Errorf("%d", len(got))
	}
}

func countries(s vendor.Settings) []order.Country {
	return order.Served(order.AllCountries(s.Locale), s)
}

func BenchmarkCheck(b *testing.B) {
	rules, form := order.Rules{Settings: settings(true), Ship: true, Payments: order.ManualPayments()}, read(filledIn())
	for b.Loop() {
		_ = rules.Check(form)
	}
}

func BenchmarkCountries(b *testing.B) {
	for b.Loop() {
		order.AllCountries("en")
	}
}
