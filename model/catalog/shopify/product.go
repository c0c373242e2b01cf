package shopify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"orion/model/catalog"
)

// pending is shown until a picture was fetched from its address.
const pending = "/assets/img/picture-pending.svg"

// parsed is a product as the file has it.
type parsed struct {
	catalog.NewProduct
	line      int
	partial   bool     // rows without a title: they add to a product that is there
	lines     []int    // of each variant
	category  []string // the way down to its category
	positions []float64
}

// parser turns the rows of one product into a product and reports the rows that it cannot take.
type parser struct {
	currency string
	report   func(line int, format string, args ...any)
	product  parsed
	options  []int // which of the three options the product has
}

// parse reads a group. A product without any variant that can be sold is false.
func parse(g group, currency string, report func(Problem)) (parsed, bool) {
	first := g.rows[0]
	p := parser{currency: currency, report: func(line int, format string, args ...any) {
		report(Problem{Line: line, Handle: short(g.handle), Reason: fmt.Sprintf(format, args...)})
	}}
	p.product.line = first.line
	p.readProduct(g)
	p.readOptions(g)
	for _, r := range g.rows {
		p.readImage(r.line, r.get(image), r.get(imageAlt), r.get(imagePosition))
	}
	p.sortImages()
	for n, r := range g.rows {
		if n == 0 && !p.product.partial || r.sells() {
			p.readVariant(r)
		}
	}
	if len(p.product.Variants) == 0 && !p.product.partial {
		p.report(first.line, "None of the product's rows can be sold, so it was left out.")
		return p.product, false
	}
	return p.product, true
}

func (p *parser) readProduct(g group) {
	first := g.rows[0]
	for _, r := range g.rows {
		if r.get(title) != "" {
			first = r
			break
		}
	}
	n := &p.product.NewProduct
	n.Title = first.get(title)
	n.Slug = cmp.Or(catalog.Slugify(g.handle), catalog.Slugify(n.Title))
	p.product.partial = n.Title == ""
	n.Description, n.Brand, n.Kind = first.get(description), first.get(brand), first.get(kind)
	n.SEOTitle, n.SEODescription = cut(first.get(seoTitle), 255), first.get(seoDescription)
	if first.get(tags) != "" {
		n.Tags = strings.Split(first.get(tags), ",")
	}
	n.Status = p.status(first)
	for name := range strings.SplitSeq(cmp.Or(first.get(category), first.get(kind)), ">") {
		if name = strings.TrimSpace(name); name != "" && len(p.product.category) < maxDepth {
			p.product.category = append(p.product.category, cut(name, 255))
		}
	}
}

// status of a product: what the file says, and a draft where it is not published.
func (p *parser) status(r row) string {
	if p.product.partial {
		return ""
	}
	switch word := strings.ToLower(r.get(status)); word {
	case "", "active":
		if yes(r.get(published), true) {
			return catalog.StatusActive
		}
		return catalog.StatusDraft
	case "draft", "unlisted":
		return catalog.StatusDraft
	case "archived":
		return catalog.StatusArchived
	default:
		p.report(r.line, "The status %q is not known; the product was taken as a draft.", short(word))
		return catalog.StatusDraft
	}
}

// readOptions takes the options' names from wherever in the group they stand. The option Title with the one value
// Default Title is Shopify's way to say that there are none.
func (p *parser) readOptions(g group) {
	names, values := []column{option1Name, option2Name, option3Name}, []column{option1Value, option2Value, option3Value}
	for n := range names {
		name, used := "", false
		for _, r := range g.rows {
			name = cmp.Or(name, r.get(names[n]))
			used = used || (r.get(values[n]) != "" && !strings.EqualFold(r.get(values[n]), "Default Title"))
		}
		if !used {
			continue
		}
		p.options = append(p.options, n)
		p.product.Options = append(p.product.Options, catalog.NewOption{Name: cut(cmp.Or(name, fmt.Sprintf("Option %d", n+1)), 80)})
	}
}

// readImage adds a picture, unless it is there, and answers its number from 1; 0 none.
func (p *parser) readImage(line int, field, alt, position string) int {
	if field == "" {
		return 0
	}
	address, err := webAddress(field)
	if err != nil {
		p.report(line, "The picture was left out: %v.", err)
		return 0
	}
	n := &p.product
	if place := slices.IndexFunc(n.Images, func(have catalog.NewImage) bool { return have.SourceURL == address }); place >= 0 {
		return place + 1
	}
	place, err := whole(position)
	if err != nil || place <= 0 {
		place = 1_000_000 + len(n.Images) // without a position: after those that have one
	}
	n.Images = append(n.Images, catalog.NewImage{URL: pending, SourceURL: address, Alt: alt})
	n.positions = append(n.positions, float64(place))
	return len(n.Images)
}

func (p *parser) sortImages() {
	order := make([]int, len(p.product.Images))
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.product.positions[a], p.product.positions[b]) })
	sorted := make([]catalog.NewImage, len(order))
	for n, from := range order {
		sorted[n] = p.product.Images[from]
	}
	p.product.Images = sorted
}

// readVariant adds the row's variant, or reports why it cannot.
func (p *parser) readVariant(r row) {
	v := catalog.NewVariant{SKU: r.get(sku), Barcode: strings.Trim(r.get(barcode), "'"), Digital: !yes(r.get(shipped), true), TaxFree: !yes(r.get(taxable), true)}
	if err := p.readNumbers(&v, r); err != nil {
		p.report(r.line, "The variant was left out: %v.", err)
		return
	}
	values := []column{option1Value, option2Value, option3Value}
	for place, n := range p.options {
		value := cut(r.get(values[n]), 80)
		if value == "" {
			p.report(r.line, "The variant was left out: it has no value for %q.", short(p.product.Options[place].Name))
			return
		}
		v.Options = append(v.Options, value)
	}
	for n, have := range p.product.Variants {
		if slices.Equal(have.Options, v.Options) {
			p.report(r.line, "The variant was left out: line %d has the same options.", p.product.lines[n])
			return
		}
		if v.SKU != "" && have.SKU == v.SKU {
			p.report(r.line, "The variant was left out: line %d has the same SKU.", p.product.lines[n])
			return
		}
	}
	for place, value := range v.Options {
		option := &p.product.Options[place]
		if !slices.Contains(option.Values, catalog.NewValue{Value: value}) {
			option.Values = append(option.Values, catalog.NewValue{Value: value})
		}
	}
	v.Image = p.readImage(r.line, r.get(variantImage), "", "")
	p.product.Variants, p.product.lines = append(p.product.Variants, v), append(p.product.lines, r.line)
}

// readNumbers reads a variant's prices, weight and stock.
func (p *parser) readNumbers(v *catalog.NewVariant, r row) (err error) {
	if r.get(price) == "" {
		return fmt.Errorf("it has no price")
	}
	for _, field := range []struct {
		column column
		to     *int64
	}{{price, &v.Price}, {compareAt, &v.CompareAt}, {cost, &v.Cost}} {
		if r.get(field.column) == "" {
			continue
		}
		if *field.to, err = amount(r.get(field.column), p.currency); err != nil {
			return err
		}
	}
	if v.WeightGrams, err = whole(r.get(grams)); err != nil || v.WeightGrams < 0 {
		return fmt.Errorf("the weight %q is not a number from 0 up", short(r.get(grams)))
	}
	v.Stock = catalog.NewStock{Untracked: r.get(tracker) == "", Backorder: yes(r.get(policy), false), Reason: "import"}
	if v.Stock.OnHand, err = whole(r.get(quantity)); err != nil {
		return fmt.Errorf("the quantity %w", err)
	}
	if v.Stock.OnHand < 0 && !v.Stock.Backorder {
		p.report(r.line, "The quantity %d was taken as 0.", v.Stock.OnHand)
		v.Stock.OnHand = 0
	}
	return nil
}

// cut shortens text to a number of characters.
func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return strings.TrimSpace(string(runes[:most]))
	}
	return text
}
