package order

import (
	"cmp"
	"math/bits"
	"slices"

	"orion/model/cart"
	"orion/model/vendor"
)

// addTax fills in the tax of the lines, the shipping and the whole.
func (q *Quote) addTax(settings vendor.Settings, lines []cart.Line, country string) {
	q.Lines = make([]LineTax, len(lines))
	rate := settings.TaxRateFor(country)
	if rate <= 0 {
		return
	}
	var parts []taxed
	for i, line := range lines {
		if line.Taxable && line.MaxQuantity > 0 {
			q.Lines[i].RateBP = rate
			parts = append(parts, taxed{amount: line.Total, tax: &q.Lines[i].Tax})
		}
	}
	if len(parts) == 0 {
		return
	}
	parts = append(parts, taxed{amount: q.Shipping, tax: &q.ShippingTax})
	q.Tax = shareTax(parts, rate, q.TaxIncluded)
	q.TaxLines = []TaxLine{{RateBP: rate, Amount: q.Tax}}
}

// taxed is an amount and where its tax goes.
type taxed struct {
	amount int64
	tax    *int64
}

// shareTax rounds the tax on the sum of the parts, shares it out by the largest remainder, and returns it. Each part
// gets its exact tax rounded down, and those with the most cut off get one more until the sum is reached.
func shareTax(parts []taxed, rateBP int, included bool) int64 {
	const whole = 10_000
	divisor := uint64(whole)
	if included {
		divisor += uint64(rateBP)
	}
	var sum, shared int64
	for _, part := range parts {
		sum += part.amount
	}
	total, rest := mulDiv(sum, uint64(rateBP), divisor)
	if rest*2 >= divisor {
		total++
	}
	cut := make([]uint64, len(parts))
	for i, part := range parts {
		*part.tax, cut[i] = mulDiv(part.amount, uint64(rateBP), divisor)
		shared += *part.tax
	}
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(cut[b], cut[a]) })
	for i := range total - shared {
		*parts[order[i]].tax++
	}
	return total
}

// mulDiv is amount × factor / divisor with its remainder, without overflow on the way. amount must not be negative
// and factor at most divisor.
func mulDiv(amount int64, factor, divisor uint64) (quotient int64, remainder uint64) {
	high, low := bits.Mul64(uint64(amount), factor)
	q, r := bits.Div64(high, low, divisor)
	return int64(q), r
}
