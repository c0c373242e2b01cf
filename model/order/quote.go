package order

import (
	"slices"

	"orion/model/cart"
	"orion/model/money"
	"orion/model/vendor"
)

// Quote is what an order would cost. Amounts are minor units of the shop's currency.
type Quote struct {
	Currency    string
	Subtotal    int64 // the goods, as the shop shows its prices
	Shipping    int64
	Tax         int64 // within Subtotal and Shipping where TaxIncluded, else on top of them
	TaxIncluded bool
	TaxLines    []TaxLine // by rate; what is not taxed has none
	Total       int64

	Lines       []LineTax // one for each cart line, in their order
	ShippingTax int64

	// Ship tells whether something has to be sent. Where not, there are no Methods.
	Ship    bool
	Methods []Method // those that go to the country, in the shop's order
	Method  *Method  // the one the sums are made with: the chosen one, else the first; nil where there is none

	FreeFrom  int64 // goods of this worth go free; 0 where nothing does
	Remaining int64 // how much is missing to FreeFrom; 0 where it is reached
}

// LineTax is the tax of a line, at RateBP basis points (1900 is 19 %).
type LineTax struct {
	RateBP int
	Tax    int64
}

// TaxLine is the tax of everything at one rate.
type TaxLine struct {
	RateBP int
	Amount int64
}

// Method is a shipping method with what it costs for these goods.
type Method struct {
	vendor.ShippingMethod
	Cost   int64
	Chosen bool
}

// Price makes the quote for lines sent to a country (ISO 3166-1; "" where it is not known yet: then nothing is
// charged for shipping and tax) by a shipping method (its code; "" or one that does not go there: the first that
// does). Lines that cannot be bought count for nothing. It reads no database.
//
// The rules: A country has one tax rate; a line that is not taxable has none. Shipping is taxed like the goods it
// carries (Directive 2006/112/EC, article 78 b: transport belongs to the taxable amount): at the highest rate among
// them, so that never too little is charged. Tax is rounded half up once for the whole and then shared out among the
// lines by the largest remainder, so that the lines add up to the cent.
func Price(settings vendor.Settings, lines []cart.Line, country, shippingCode string) Quote {
	quote := Quote{Currency: settings.Currency, TaxIncluded: settings.PricesIncludeTax}
	for _, line := range lines {
		if line.MaxQuantity > 0 {
			quote.Subtotal += line.Total
			quote.Ship = quote.Ship || line.RequiresShipping
		}
	}
	if quote.Ship {
		quote.chooseMethod(settings, country, shippingCode)
	}
	quote.addTax(settings, lines, country)
	quote.Total = quote.Subtotal + quote.Shipping
	if !quote.TaxIncluded {
		quote.Total += quote.Tax
	}
	return quote
}

func (q *Quote) chooseMethod(settings vendor.Settings, country, code string) {
	for _, method := range methodsTo(settings, country) {
		cost := method.Price
		if method.FreeFrom > 0 && q.Subtotal >= method.FreeFrom {
			cost = 0
		}
		q.Methods = append(q.Methods, Method{ShippingMethod: method, Cost: cost})
	}
	if len(q.Methods) == 0 {
		return
	}
	chosen := max(0, slices.IndexFunc(q.Methods, func(m Method) bool { return m.Code == code }))
	q.Methods[chosen].Chosen = true
	q.Method = &q.Methods[chosen]
	q.Shipping = q.Method.Cost
	q.FreeFrom = q.Method.FreeFrom
	if q.FreeFrom > 0 {
		q.Remaining = max(0, q.FreeFrom-q.Subtotal)
	}
}

// methodsTo are the shop's shipping methods that go to a country.
func methodsTo(settings vendor.Settings, country string) []vendor.ShippingMethod {
	if country == "" {
		return nil
	}
	var methods []vendor.ShippingMethod
	for _, method := range settings.ShippingMethods {
		if len(method.Countries) == 0 || slices.Contains(method.Countries, country) {
			methods = append(methods, method)
		}
	}
	return methods
}

// Amount is the total as money.
func (q Quote) Amount() money.Amount { return money.New(q.Total, q.Currency) }
