package catalog_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"orion/model/catalog"
	"orion/model/fault"
	"orion/postgres"
)

func TestBySlugReadsTheWholeProduct(t *testing.T) {
	t.Parallel()
	w := stocked(t)
	ctx, queries := postgres.CountQueries(w.kaffa)
	d, err := catalog.BySlug(ctx, w.db.Shop, "linen-shirt")
	if err != nil {
		t.Fatal(err)
	}
	if queries.Count() != 6 {
		t.Errorf("%d queries, want 6", queries.Count())
	}
	if len(d.Options) != 2 || d.Options[0].Name != "Size" || len(d.Options[0].Values) != 3 || d.Options[1].Values[1].Swatch != "#ff0000" {
		t.Errorf("options: %+v", d.Options)
	}
	if len(d.Variants) != 5 || len(d.Images) != 2 || d.PriceMin != 4000 || d.PriceMax != 6000 {
		t.Errorf("%d variants, %d images, %d to %d", len(d.Variants), len(d.Images), d.PriceMin, d.PriceMax)
	}
	if got := fmt.Sprint(d.Breadcrumbs); got != "[{things Things} {clothing Clothing}]" {
		t.Errorf("breadcrumbs: %s", got)
	}
	var words []string
	for _, v := range d.Variants {
		words = append(words, fmt.Sprintf("%s %d", v.Availability(), v.Stock.MostToBuy()))
	}
	if got := strings.Join(words, ", "); got != "in 10, out 0, low 3, backorder 9999, in 9999" {
		t.Errorf("stock: %s", got)
	}
}

func TestBySlugHidesWhatIsNotForSale(t *testing.T) {
	t.Parallel()
	w := stocked(t)
	for _, slug := range []string{"draft-mug", "foreign-mug", "nothing", "", "a\x00b", "\xff\xfe", strings.Repeat("y", 5000)} {
		if _, err := catalog.BySlug(w.kaffa, w.db.Shop, slug); !errors.Is(err, fault.NotFound) {
			t.Errorf("%.20q: %v", slug, err)
		}
	}
}

func TestPick(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.make(t, w.kaffa, shirt())
	d, err := catalog.BySlug(w.kaffa, w.db.Shop, made.Slug)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]int64{}
	for _, v := range d.Variants {
		byName[v.Title] = v.ID
	}
	show := func(p catalog.Pick) string {
		var b strings.Builder
		fmt.Fprintf(&b, "%s", p.Offer.Title)
		if !p.Exact {
			b.WriteString("?")
		}
		for _, choice := range p.Choices {
			for _, v := range choice.Values {
				fmt.Fprintf(&b, " %s", v.Value)
				if v.Selected {
					b.WriteString("*")
				}
				if !v.Exists {
					b.WriteString("-")
				} else if !v.Available {
					b.WriteString("0")
				}
			}
		}
		return b.String()
	}
	for _, tt := range []struct {
		name string
		pick catalog.Pick
		want string
	}{
		{"the first that can be bought", d.Pick(0), "S / Blue S* M L Blue* Red0"},
		{"by id", d.Pick(byName["M / Red"]), "M / Red S0 M* L- Blue Red*"},
		{"a stranger's id", d.Pick(987654), "S / Blue? S* M L Blue* Red0"},
		{"by options", d.PickOptions(map[string]string{"Size": "L", "Colour": "Blue"}), "L / Blue S M L* Blue* Red-"},
		{"by one option", d.PickOptions(map[string]string{"Colour": "Red"}), "M / Red S0 M* L- Blue Red*"},
		{"a combination that does not exist", d.PickOptions(map[string]string{"Size": "L", "Colour": "Red"}), "M / Red? S0 M* L- Blue Red*"},
		{"nothing", d.PickOptions(nil), "S / Blue S* M L Blue* Red0"},
		{"nonsense", d.PickOptions(map[string]string{"Size": "XXL", "Taste": "Mild"}), "S / Blue? S* M L Blue* Red0"},
	} {
		if got := show(tt.pick); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
	large := d.Pick(byName["M / Red"]).Choices[0].Values[2]
	if large.VariantID != byName["L / Blue"] {
		t.Errorf("a size that does not come in red leads to %d, want the blue one", large.VariantID)
	}
	if pick := new(catalog.Detail).Pick(1); pick.Offer != nil || pick.Exact {
		t.Errorf("a product without variants: %+v", pick)
	}
}
