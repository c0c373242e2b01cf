package views

import (
	"reflect"
	"strings"
	"unicode"

	"orion/model/vendor"
)

// Fixture is a model to try a template with: it stands for every shop that the template will meet.
type Fixture struct {
	Template string // views/shop/home, partials/shop/product_card
	Name     string // filled, empty, bare or awkward
	Model    any
}

// Part is the fixture as an answer of its template, for Renderer.Fragments.
func (f Fixture) Part() Part {
	if name, ok := strings.CutPrefix(f.Template, "views/"); ok {
		part := Part{Name: name, Model: f.Model, page: true}
		if strings.HasPrefix(name, sharedPages) {
			part.layout = string(AudienceShop)
		}
		return part
	}
	return Part{Name: strings.TrimPrefix(f.Template, "partials/"), Model: f.Model}
}

// Fixtures is every template's, each in four ways made from a filled one: as it is; empty, with no lists, counts or words;
// bare, without what is optional, such as pictures; and awkward, with long words, markup and another
// direction of writing in every text.
func Fixtures() []Fixture {
	var all []Fixture
	for _, from := range []map[string]any{
		shopFixtures(), platformFixtures(), uiFixtures(), accountFixtures(), customerFixtures(), deskFixtures(), mailFixtures(),
	} {
		for _, template := range sorted(from) {
			for _, way := range ways {
				made := way.apply(reflect.ValueOf(from[template])).Interface()
				all = append(all, Fixture{Template: template, Name: way.name, Model: made})
			}
		}
	}
	return all
}

// way is how a fixture is made from a filled one.
type way struct {
	name  string
	zero  bool   // no lists, no counts
	bare  bool   // no pointers
	words bool   // words are replaced by word
	word  string // for each text that a person wrote
}

// awkwardWord has all that breaks a layout or an escape.
const awkwardWord = `Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ` +
	`<script>alert("1")</script> '"&{{.}} شاي أخضر 緑茶`

var ways = []way{
	{name: "filled"},
	{name: "empty", zero: true, bare: true, words: true},
	{name: "bare", bare: true},
	{name: "awkward", words: true, word: awkwardWord},
}

// always are the fields that every model fills: names of things, and what a page says about itself.
var always = map[string]bool{
	"ShopName": true, "Name": true, "Title": true, "Label": true, "Heading": true, "Plain": true, "AtCart": true,
	"Action": true,
}

// apply is a copy of a value, changed in this way.
func (w way) apply(v reflect.Value) reflect.Value {
	if !v.IsValid() {
		return v
	}
	switch v.Interface().(type) {
	case Links, *Site, HTML:
		return v
	case Price:
		if w.zero {
			return reflect.ValueOf(Price{Currency: v.Interface().(Price).Currency})
		}
		return v
	}
	made := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Struct:
		made.Set(v)
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && (w.word != "" || !always[field.Name]) {
				made.Field(i).Set(w.apply(v.Field(i)))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() && !w.bare {
			made.Set(reflect.New(v.Type().Elem()))
			made.Elem().Set(w.apply(v.Elem()))
		}
	case reflect.Interface:
		if !v.IsNil() {
			made.Set(w.apply(v.Elem()))
		}
	case reflect.Slice:
		if !w.zero {
			made.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			w.each(made, v)
		}
	case reflect.Array:
		w.each(made, v)
	case reflect.Map:
		made.Set(reflect.MakeMap(v.Type()))
		for _, key := range v.MapKeys() {
			made.SetMapIndex(key, v.MapIndex(key))
			if w.word != "" || !always[key.String()] {
				made.SetMapIndex(key, w.apply(v.MapIndex(key)))
			}
		}
	case reflect.String:
		made.Set(v)
		if w.words && written(v.String()) {
			made.SetString(w.word)
		}
	default: // numbers and booleans
		if !w.zero {
			made.Set(v)
		}
	}
	return made
}

func (w way) each(made, from reflect.Value) {
	for i := range from.Len() {
		made.Index(i).Set(w.apply(from.Index(i)))
	}
}

// written tells a text that a person wrote from a key, an address or the name of a state: it has a capital or a space.
func written(s string) bool {
	return strings.ContainsFunc(s, unicode.IsSpace) || strings.IndexFunc(s, unicode.IsUpper) == 0
}

// fixtureShell surrounds the pages of a shop called Kaffa.
func fixtureShell() Shell {
	site := &Site{
		Audience: AudienceShop, Mode: ModePath, Scheme: "https", Host: "orion.test", Base: "/vendor/kaffa/shop", CookiePath: "/vendor/kaffa",
		PlatformHost: "orion.test",
		Shop: &vendor.Shop{
			Vendor:   vendor.Vendor{ID: 1, Slug: "kaffa", Name: "Kaffa", Status: vendor.Active},
			Settings: vendor.Settings{Currency: "EUR", Locale: "en", Country: "DE", TimeZone: "UTC"}, Theme: vendor.Theme{Name: "base"},
		},
	}
	return Shell{
		Site: site, Links: site.Links(), Lang: "en", ShopName: "Kaffa", Tagline: "Coffee, roasted slowly", Theme: "base",
		ThemeCSS: "/vendor/kaffa/shop/theme/0.css", Title: "A page", Description: "What it is about", Canonical: "https://kaffa.test/",
		Social: &Social{
			Type: "product", Image: "https://kaffa.test/a.jpg", Price: "12.50", Currency: "EUR", Availability: "instock",
			SiteName: "Kaffa", URL: "https://kaffa.test/",
		},
		Structured: map[string]any{"@type": "Product", "name": "House blend", "offers": []any{map[string]any{"price": "12.50"}}},
		Nav: []NavItem{
			{Name: "Coffee", URL: "/coffee", Current: true, Children: []NavItem{{Name: "Filter", URL: "/filter"}}}, {Name: "Tea", URL: "/tea"},
		},
		Footer: Footer{Email: "hello@kaffa.test", Phone: "+49 30 123", Address: "Street 1\nBerlin", About: "We roast."},
		Toast:  fixtureToast(),
	}
}

func fixtureToast() *Toast {
	return &Toast{Kind: "success", Text: "Removed", Undo: &FormAction{
		URL: "/cart/items", Label: "Undo", Fields: []HiddenField{{Name: "variant", Value: "1"}, {Name: "quantity", Value: "2"}},
	}}
}

func fixturePicture() *Picture {
	return &Picture{URL: "/assets/demo/kaffa/a.svg", Alt: "A bag of coffee", Width: 1000, Height: 1250}
}

func euros(minor int64) Price { return Price{Minor: minor, Currency: "EUR"} }

func eurosOrNone(minor int64) *Price {
	price := euros(minor)
	return &price
}
