package catalog

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gosimple/slug"

	"orion/model/fault"
)

// NewProduct is a product as somebody writes it down. The zero value of each field is the usual case.
type NewProduct struct {
	Slug           string // "" is made from the title, and made unique
	Title          string
	Subtitle       string
	Description    string // HTML; sanitised when it is stored
	Brand          string
	Kind           string
	Tags           []string
	Status         string    // "" is StatusDraft
	PublishedAt    time.Time // zero: now, if it is active
	SEOTitle       string
	SEODescription string
	Position       int
	Metadata       map[string]any
	Options        []NewOption
	Variants       []NewVariant // at least one
	Images         []NewImage
	CategoryIDs    []int64
}

// NewOption is an option with its values in their order. Values that no variant has are left out; those that are
// missing follow in the variants' order.
type NewOption struct {
	Name   string
	Values []NewValue
}

// NewValue is one choice. Swatch is #rrggbb or "".
type NewValue struct{ Value, Swatch string }

// NewImage is a picture. Without a size it is 1000 by 1000 pixels.
type NewImage struct {
	URL       string
	SourceURL string // where an import found it; URL is then a placeholder
	Alt       string
	Width     int
	Height    int
}

// NewVariant is what is bought.
type NewVariant struct {
	SKU         string
	Barcode     string
	Options     []string // a value for each of the product's options
	Price       int64    // minor units
	CompareAt   int64    // 0 none
	Cost        int64    // 0 unknown
	WeightGrams int
	Digital     bool // it is not shipped
	TaxFree     bool
	Image       int // which of the product's Images shows it, from 1; 0 none
	Stock       NewStock
}

// NewStock is a variant's first stock.
type NewStock struct {
	OnHand    int
	Untracked bool   // always there
	Backorder bool   // sold on when it runs out
	LowAt     int    // 0 is the usual 5
	Reason    string // of the ledger's first row; "" is initial
}

// Bounds of what people write, in characters.
const (
	maxTitle       = 255
	maxDescription = 100_000
	maxTags        = 100
	maxVariants    = 2000
	maxNewOptions  = 5
	usualLowAt     = 5
	maxPrice       = 100_000_000_000 // minor units
)

// tidy is the product with its texts cleaned and its defaults filled in, or a fault.Invalid that names every field
// that cannot be taken.
func (n NewProduct) tidy() (NewProduct, error) {
	for _, text := range []*string{&n.Title, &n.Subtitle, &n.Brand, &n.Kind, &n.SEOTitle, &n.SEODescription} {
		*text = clean(*text, 1<<20)
	}
	n.Description = Sanitise(n.Description)
	n.Slug = Slugify(n.Slug)
	if n.Status == "" {
		n.Status = StatusDraft
	}
	tags := make([]string, 0, len(n.Tags))
	for _, tag := range n.Tags {
		if tag = clean(tag, maxTitle); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	n.Tags = tags
	n.Options, n.Variants = slices.Clone(n.Options), slices.Clone(n.Variants)
	for i := range n.Options {
		n.Options[i].Name = clean(n.Options[i].Name, maxOptionText)
		n.Options[i].Values = slices.Clone(n.Options[i].Values)
		for j := range n.Options[i].Values {
			n.Options[i].Values[j].Value = clean(n.Options[i].Values[j].Value, maxOptionText)
		}
	}
	for i := range n.Variants {
		n.Variants[i] = n.Variants[i].tidy()
	}
	for i := range n.Options {
		n.Options[i].Values = n.usedValues(i)
	}
	wrong := map[string]string{}
	n.checkTexts(wrong)
	n.checkVariants(wrong)
	if invalid := fault.Fields(wrong); invalid != nil {
		return n, invalid
	}
	return n, nil
}

// usedValues are the values of an option that variants have.
func (n NewProduct) usedValues(option int) []NewValue {
	var used []NewValue
	add := func(value NewValue) {
		has := func(v NewVariant) bool { return option < len(v.Options) && v.Options[option] == value.Value }
		there := func(have NewValue) bool { return have.Value == value.Value }
		if slices.ContainsFunc(n.Variants, has) && !slices.ContainsFunc(used, there) {
			used = append(used, value)
		}
	}
	for _, value := range n.Options[option].Values {
		add(value)
	}
	for _, v := range n.Variants {
		if option < len(v.Options) {
			add(NewValue{Value: v.Options[option]})
		}
	}
	return used
}

func (v NewVariant) tidy() NewVariant {
	v.SKU, v.Barcode = clean(v.SKU, maxTitle), clean(v.Barcode, maxTitle)
	values := make([]string, len(v.Options))
	for i, value := range v.Options {
		values[i] = clean(value, maxOptionText)
	}
	v.Options = values
	return v
}

func (n NewProduct) checkTexts(wrong map[string]string) {
	if n.Title == "" {
		wrong["title"] = "Enter a title."
	}
	for field, text := range map[string]string{"title": n.Title, "subtitle": n.Subtitle, "brand": n.Brand, "kind": n.Kind, "seo_title": n.SEOTitle} {
		if utf8.RuneCountInString(text) > maxTitle {
			wrong[field] = fmt.Sprintf("Use at most %d characters.", maxTitle)
		}
	}
	if utf8.RuneCountInString(n.Description) > maxDescription {
		wrong["description"] = fmt.Sprintf("Use at most %d characters.", maxDescription)
	}
	if len(n.Tags) > maxTags {
		wrong["tags"] = fmt.Sprintf("Use at most %d tags.", maxTags)
	}
	if !slices.Contains([]string{StatusDraft, StatusActive, StatusArchived}, n.Status) {
		wrong["status"] = "Choose draft, active or archived."
	}
}

func (n NewProduct) checkVariants(wrong map[string]string) {
	if len(n.Variants) == 0 {
		wrong["variants"] = "Add at least one variant."
	}
	if len(n.Variants) > maxVariants || len(n.Options) > maxNewOptions {
		wrong["variants"] = fmt.Sprintf("Use at most %d options and %d variants.", maxNewOptions, maxVariants)
	}
	names, combinations, skus := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, option := range n.Options {
		if option.Name == "" || names[option.Name] {
			wrong["options"] = "Give each option a name of its own."
		}
		names[option.Name] = true
	}
	for i, v := range n.Variants {
		field := fmt.Sprintf("variants.%d.", i)
		combination := strings.Join(v.Options, "\x00")
		switch {
		case len(v.Options) != len(n.Options) || slices.Contains(v.Options, ""):
			wrong[field+"options"] = "Choose a value for every option."
		case combinations[combination]:
			wrong[field+"options"] = "There is already a variant with these values: " + strings.Join(v.Options, " / ") + "."
		}
		combinations[combination] = true
		if v.SKU != "" && skus[v.SKU] {
			wrong[field+"sku"] = fmt.Sprintf("The SKU %s is used twice.", v.SKU)
		}
		skus[v.SKU] = true
		for name, amount := range map[string]int64{"price": v.Price, "compare_at": v.CompareAt, "cost": v.Cost} {
			if amount < 0 || amount > maxPrice {
				wrong[field+name] = "Enter an amount from 0 up."
			}
		}
		if v.WeightGrams < 0 || v.WeightGrams > 100_000_000 {
			wrong[field+"weight"] = "Enter a weight from 0 up."
		}
		if v.Image < 0 || v.Image > len(n.Images) {
			wrong[field+"image"] = "Choose one of the product's pictures."
		}
		if v.Stock.OnHand > 1_000_000_000 || (v.Stock.OnHand < 0 && !v.Stock.Backorder && !v.Stock.Untracked) || v.Stock.OnHand < -1_000_000_000 {
			wrong[field+"stock"] = "Enter a quantity from 0 up."
		}
	}
}

// Slugify writes text as the last part of an address: a-z, 0-9 and hyphens.
func Slugify(text string) string {
	made := slug.Make(clean(text, 1<<16))
	if len(made) > maxSlug {
		made = strings.Trim(made[:maxSlug], "-")
	}
	return made
}

// variantTitle names a variant by its values.
func variantTitle(values []string) string { return strings.Join(values, " / ") }
