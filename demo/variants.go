package demo

import (
	"html"
	"slices"
	"strings"
)

// Variant is one combination of a product's option values.
type Variant struct {
	SKU       string
	Options   []string // one value for each option, in their order
	Price     int64    // minor units
	CompareAt int64    // what it cost before; 0 where it is not reduced
	Grams     int
	OnHand    int
}

// Variants are all variants of a product in the order in which a shopper expects them.
func (s Shop) Variants(p Product) []Variant {
	variants := []Variant{{SKU: p.SKU, Options: []string{}, Price: p.Prices[0], Grams: p.Grams}}
	for i, option := range s.ProductOptions(p) {
		variants = p.times(variants, option, i == 0)
	}
	variants = slices.DeleteFunc(variants, p.unmade)
	for i := range variants {
		variants[i].OnHand = p.Stock[i%len(p.Stock)]
		if p.Reduced > 0 {
			variants[i].CompareAt = variants[i].Price + p.Reduced
		}
	}
	return variants
}

// times splits each variant into one for each value of an option. The values of the first option may have prices
// of their own.
func (p Product) times(variants []Variant, option Option, first bool) []Variant {
	var split []Variant
	for _, v := range variants {
		for i, value := range option.Values {
			one := v
			one.SKU += "-" + value.Code
			one.Options = append(slices.Clone(v.Options), value.Value)
			if first && len(p.Prices) > 1 {
				one.Price = p.Prices[i]
			}
			one.Price += value.Extra
			one.Grams += value.Grams
			split = append(split, one)
		}
	}
	return split
}

// unmade tells whether the product leaves this combination out.
func (p Product) unmade(v Variant) bool {
	return slices.ContainsFunc(p.Without, func(values []string) bool {
		return !slices.ContainsFunc(values, func(value string) bool { return !slices.Contains(v.Options, value) })
	})
}

// Description is the product's text as simple HTML: paragraphs and a list of facts.
func (p Product) Description() string {
	var out strings.Builder
	for _, paragraph := range p.Text {
		out.WriteString("<p>" + html.EscapeString(paragraph) + "</p>\n")
	}
	out.WriteString("<ul>\n")
	for _, fact := range p.Facts {
		out.WriteString("<li>" + html.EscapeString(fact) + "</li>\n")
	}
	out.WriteString("</ul>")
	return out.String()
}
