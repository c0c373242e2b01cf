package demo_test

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"orion/demo"
)

func shops(t *testing.T) []demo.Shop {
	t.Helper()
	all, err := demo.Shops()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestShopsAreThree(t *testing.T) {
	t.Parallel()
	var slugs []string
	for _, s := range shops(t) {
		slugs = append(slugs, s.Slug)
		if s.Theme != s.Slug {
			t.Errorf("%s has the theme %s", s.Slug, s.Theme)
		}
		if n := len(s.Products); n < 38 || n > 44 {
			t.Errorf("%s has %d products", s.Slug, n)
		}
		if n := len(s.Categories); n < 6 || n > 10 {
			t.Errorf("%s has %d categories", s.Slug, n)
		}
		if len(s.Settings.About) != 3 || s.Settings.Tagline == "" || len(s.Settings.TaxRates) == 0 {
			t.Errorf("%s lacks words about itself or taxes", s.Slug)
		}
	}
	if !slices.Equal(slugs, []string{"atelier", "bloom", "kaffa"}) {
		t.Errorf("shops are %v", slugs)
	}
}

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func TestSlugsAndSKUsAreUnique(t *testing.T) {
	t.Parallel()
	for _, s := range shops(t) {
		seen := map[string]bool{}
		unique := func(kind, name string) {
			if seen[kind+name] {
				t.Errorf("%s has the %s %s twice", s.Slug, kind, name)
			}
			seen[kind+name] = true
		}
		for _, c := range s.Categories {
			unique("category", c.Slug)
		}
		for _, p := range s.Products {
			unique("product", p.Slug)
			if !slugForm.MatchString(p.Slug) {
				t.Errorf("%s: %q is no slug", s.Slug, p.Slug)
			}
			for _, v := range s.Variants(p) {
				unique("SKU", v.SKU)
				unique("variant of "+p.Slug, strings.Join(v.Options, "/"))
			}
		}
		for _, p := range s.Pictures() {
			unique("picture", p.Name)
			if !slugForm.MatchString(p.Name) {
				t.Errorf("%s: %q is no file name", s.Slug, p.Name)
			}
		}
	}
}

func TestProductsAreWhole(t *testing.T) {
	t.Parallel()
	for _, s := range shops(t) {
		categories := map[string]bool{}
		for _, c := range s.Categories {
			if c.Parent != "" && !categories[c.Parent] {
				t.Errorf("%s: %s is below %s, which does not stand before it", s.Slug, c.Slug, c.Parent)
			}
			if c.Description == "" || c.Picture.Alt == "" {
				t.Errorf("%s: the category %s lacks words", s.Slug, c.Slug)
			}
			categories[c.Slug] = true
		}
		for _, p := range s.Products {
			checkProduct(t, s, p, categories)
		}
	}
}

func checkProduct(t *testing.T, s demo.Shop, p demo.Product, categories map[string]bool) {
	t.Helper()
	if len(p.Text) != 2 || len(p.Facts) < 3 || p.Subtitle == "" || p.Brand == "" || p.Kind == "" || len(p.Tags) == 0 {
		t.Errorf("%s/%s lacks words", s.Slug, p.Slug)
	}
	if len(p.SEO) < 60 || len(p.SEO) > 165 {
		t.Errorf("%s/%s: its SEO description has %d bytes", s.Slug, p.Slug, len(p.SEO))
	}
	if len(p.Categories) == 0 || len(p.Pictures) == 0 {
		t.Errorf("%s/%s has no category or no picture", s.Slug, p.Slug)
	}
	for _, c := range p.Categories {
		if !categories[c] {
			t.Errorf("%s/%s is in %s, which is no category", s.Slug, p.Slug, c)
		}
	}
	for _, name := range p.Options {
		if len(s.OptionSets[name].Values) == 0 {
			t.Errorf("%s/%s has the option %s, which the shop does not", s.Slug, p.Slug, name)
		}
	}
	for _, picture := range s.ProductPictures(p) {
		if picture.Alt == "" || strings.Contains(picture.Alt, "{") {
			t.Errorf("%s/%s: the picture %s has the alt text %q", s.Slug, p.Slug, picture.Name, picture.Alt)
		}
	}
	if options := s.ProductOptions(p); len(p.Prices) > 1 && (len(options) == 0 || len(options[0].Values) != len(p.Prices)) {
		t.Errorf("%s/%s has %d prices for its first option", s.Slug, p.Slug, len(p.Prices))
	}
}

func TestVariantsAreSane(t *testing.T) {
	t.Parallel()
	for _, s := range shops(t) {
		states := map[string]int{}
		for _, p := range s.Products {
			variants := s.Variants(p)
			if len(variants) == 0 || len(variants) > 24 {
				t.Errorf("%s/%s has %d variants", s.Slug, p.Slug, len(variants))
			}
			for _, v := range variants {
				if len(v.Options) != len(p.Options) || slices.Contains(v.Options, "") {
					t.Errorf("%s/%s: %s has the options %q", s.Slug, p.Slug, v.SKU, v.Options)
				}
				if v.Price < 200 || v.Price > 200_000 || v.Grams <= 0 || v.OnHand < 0 {
					t.Errorf("%s: %s costs %d, weighs %d g, %d in stock", s.Slug, v.SKU, v.Price, v.Grams, v.OnHand)
				}
				if v.CompareAt != 0 && (v.CompareAt <= v.Price || v.CompareAt > 2*v.Price) {
					t.Errorf("%s: %s is reduced from %d to %d", s.Slug, v.SKU, v.CompareAt, v.Price)
				}
				states[stockState(p, v)]++
			}
		}
		for _, want := range []string{"in stock", "low", "sold out", "backorder", "reduced"} {
			if states[want] == 0 {
				t.Errorf("%s has no variant that is %s", s.Slug, want)
			}
		}
	}
}

func stockState(p demo.Product, v demo.Variant) string {
	switch {
	case v.CompareAt > 0:
		return "reduced"
	case v.OnHand > 5:
		return "in stock"
	case v.OnHand > 0:
		return "low"
	case p.Backorder:
		return "backorder"
	}
	return "sold out"
}

func TestDescriptionsAreTheirOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, s := range shops(t) {
		for _, p := range s.Products {
			for _, sentence := range p.Text {
				if other, ok := seen[sentence]; ok {
					t.Errorf("%s says what %s says", p.Slug, other)
				}
				seen[sentence] = p.Slug
			}
			if d := p.Description(); !strings.Contains(d, "<p>"+html.EscapeString(p.Text[0])+"</p>") || !strings.HasSuffix(d, "</ul>") {
				t.Errorf("%s: its description is %s", p.Slug, d)
			}
		}
	}
}
