package order_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"orion/model/cart"
	"orion/model/order"
	"orion/model/vendor"
)

// settings are those of a shop that sends by two methods and charges tax in three countries.
func settings(included bool) vendor.Settings {
	return vendor.Settings{
		Currency: "EUR", Locale: "en", Country: "DE", OrderPrefix: "K-", PricesIncludeTax: included,
		TaxRates: []vendor.TaxRate{{Country: "DE", RateBP: 1900}, {Country: "FR", RateBP: 2000}, {Country: "HU", RateBP: 2700}},
		ShippingMethods: []vendor.ShippingMethod{
			{Code: "standard", Name: "Standard", Price: 490, FreeFrom: 5000, Countries: []string{"DE", "FR"}},
			{Code: "world", Name: "World", Price: 1990},
		},
		PaymentMethods: []vendor.PaymentMethod{
			{Code: order.BankTransferCode, Name: "Bank transfer", Instructions: "Transfer {total} with the words {reference}."},
			{Code: order.CashOnDeliveryCode, Name: "Cash on delivery", Instructions: "Have {total} ready."},
		},
	}
}

func lineOf(price int64, quantity int) cart.Line {
	return cart.Line{
		UnitPrice: price, Quantity: quantity, MaxQuantity: 9999, Total: price * int64(quantity),
		Taxable: true, RequiresShipping: true,
	}
}

func TestPrice(t *testing.T) {
	t.Parallel()
	untaxed, digital, soldOut := lineOf(1000, 1), lineOf(1000, 1), lineOf(1000, 1)
	untaxed.Taxable, digital.RequiresShipping, soldOut.MaxQuantity = false, false, 0
	for _, c := range []struct {
		name, country, method          string
		included                       bool
		lines                          []cart.Line
		subtotal, shipping, tax, total int64
		remaining                      int64
	}{
		{"tax in the prices", "DE", "standard", true, []cart.Line{lineOf(1190, 2)}, 2380, 490, 458, 2870, 2620},
		{"tax on top", "DE", "standard", false, []cart.Line{lineOf(1000, 2)}, 2000, 490, 473, 2963, 3000},
		{"another country's rate", "HU", "world", true, []cart.Line{lineOf(1270, 1)}, 1270, 1990, 693, 3260, 0},
		{"no tax there", "US", "world", false, []cart.Line{lineOf(1000, 1)}, 1000, 1990, 0, 2990, 0},
		{"free from an amount", "DE", "standard", true, []cart.Line{lineOf(5000, 1)}, 5000, 0, 798, 5000, 0},
		{"one cent short of it", "DE", "standard", true, []cart.Line{lineOf(4999, 1)}, 4999, 490, 876, 5489, 1},
		{"a method that does not go there", "US", "standard", true, []cart.Line{lineOf(1000, 1)}, 1000, 1990, 0, 2990, 0},
		{"no method chosen: the first", "FR", "", true, []cart.Line{lineOf(1000, 1)}, 1000, 490, 248, 1490, 4000},
		{"nothing taxable", "DE", "standard", false, []cart.Line{untaxed}, 1000, 490, 0, 1490, 4000},
		{"taxable and not", "DE", "standard", false, []cart.Line{untaxed, lineOf(1000, 1)}, 2000, 490, 283, 2773, 3000},
		{"nothing to send", "DE", "standard", true, []cart.Line{digital}, 1000, 0, 160, 1000, 0},
		{"sold out counts for nothing", "DE", "standard", true, []cart.Line{soldOut, lineOf(1190, 1)}, 1190, 490, 268, 1680, 3810},
		{"no country yet", "", "standard", false, []cart.Line{lineOf(1000, 1)}, 1000, 0, 0, 1000, 0},
		{"nothing", "DE", "standard", true, nil, 0, 0, 0, 0, 0},
	} {
		q := order.Price(settings(c.included), c.lines, c.country, c.method)
		if q.Subtotal != c.subtotal || q.Shipping != c.shipping || q.Tax != c.tax || q.Total != c.total || q.Remaining != c.remaining {
			t.Errorf("%s: %d + %d, tax %d, total %d, remaining %d, want %d + %d, %d, %d, %d", c.name,
				q.Subtotal, q.Shipping, q.Tax, q.Total, q.Remaining, c.subtotal, c.shipping, c.tax, c.total, c.remaining)
		}
		checkSums(t, c.name, q)
	}
}

func TestPriceOffersTheMethodsOfTheCountry(t *testing.T) {
	t.Parallel()
	q := order.Price(settings(true), []cart.Line{lineOf(6000, 1)}, "DE", "world")
	if len(q.Methods) != 2 || q.Methods[0].Cost != 0 || q.Methods[1].Cost != 1990 || !q.Methods[1].Chosen || q.Method.Code != "world" {
		t.Errorf("%+v", q.Methods)
	}
	if q := order.Price(settings(true), []cart.Line{lineOf(6000, 1)}, "US", ""); len(q.Methods) != 1 || q.Methods[0].Code != "world" {
		t.Errorf("%+v", q.Methods)
	}
	if q.TaxLines[0] != (order.TaxLine{RateBP: 1900, Amount: q.Tax}) {
		t.Errorf("%+v", q.TaxLines)
	}
}

// Whatever is bought: sums add up exactly, no part is off its exact tax by a cent or more, nothing is negative.
func TestPriceAlwaysAddsUp(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(42, 42))
	for range 20_000 {
		s := settings(random.IntN(2) == 0)
		s.TaxRates[0].RateBP = random.IntN(10_001)
		s.ShippingMethods[0].Price = random.Int64N(2000)
		var lines []cart.Line
		for range 1 + random.IntN(12) {
			line := lineOf(random.Int64N(1<<random.IntN(41)), 1+random.IntN(9999))
			line.Taxable = random.IntN(5) > 0
			lines = append(lines, line)
		}
		q := order.Price(s, lines, "DE", "standard")
		checkSums(t, fmt.Sprintf("%+v", lines), q)
		divisor := float64(10_000)
		if s.PricesIncludeTax {
			divisor += float64(s.TaxRates[0].RateBP)
		}
		for i, line := range q.Lines {
			exact := float64(lines[i].Total) * float64(line.RateBP) / divisor
			// A float64 counts single cents exactly up to 2^53.
			if off := float64(line.Tax) - exact; lines[i].Total < 1<<50 && (off <= -1 || off >= 1) {
				t.Fatalf("line %+v: tax %d, exactly %f", lines[i], line.Tax, exact)
			}
		}
		if t.Failed() {
			return
		}
	}
}

func checkSums(t *testing.T, name string, q order.Quote) {
	t.Helper()
	tax, byRate := q.ShippingTax, int64(0)
	for _, line := range q.Lines {
		if line.Tax < 0 {
			t.Errorf("%s: negative tax %+v", name, line)
		}
		tax += line.Tax
	}
	for _, line := range q.TaxLines {
		byRate += line.Amount
	}
	want := q.Subtotal + q.Shipping
	if !q.TaxIncluded {
		want += q.Tax
	}
	if tax != q.Tax || byRate != q.Tax || q.Total != want || q.ShippingTax < 0 {
		t.Errorf("%s: lines and shipping add up to %d, rates to %d, tax is %d; total %d, want %d", name, tax, byRate, q.Tax, q.Total, want)
	}
}

func TestPaymentInstructions(t *testing.T) {
	t.Parallel()
	s, providers := settings(true), order.ManualPayments()
	payment := order.Payment{Reference: "K-7", Amount: order.Price(s, []cart.Line{lineOf(1250, 1)}, "", "").Amount(), Locale: "de"}
	for i, want := range []order.Instructions{
		{Status: order.PaymentUnpaid, Text: "Transfer 12,50\u00a0€ with the words K-7.", Reference: "K-7"},
		{Status: order.PaymentUnpaid, Text: "Have 12,50\u00a0€ ready."},
	} {
		payment.Method = s.PaymentMethods[i]
		if got := providers[payment.Method.Code].Begin(payment); got != want {
			t.Errorf("%s: %+v, want %+v", payment.Method.Code, got, want)
		}
	}
}
