package catalog_test

import (
	"context"
	"strings"
	"testing"

	"orion/model/catalog"
)

// library is a world whose kaffa sells what the searches below look for.
func library(t *testing.T) world {
	t.Helper()
	w := newWorld(t)
	for _, p := range []struct{ title, kind, brand, tags, description, sku string }{
		{"Espresso Forte", "Coffee", "Röstwerk", "dark,whole bean", "Dark chocolate and a little smoke.", "ESP-250"},
		{"Café Crème", "Coffee", "Röstwerk", "mild", "A gentle cup for long mornings.", "CRM-250"},
		{"Coffee Grinder", "Equipment", "Hobart", "steel", "Grinds espresso and filter alike.", "GRD-1"},
		{"Berry Tea", "Tea", "Mori", "fruit", "Strawberries and hibiscus.", "TEA-9"},
		{"Oak Chair", "Furniture", "Mori", "wood", "<p class=\"strong\">A chair for life.</p>", "CHR-1"},
		{"Straße Poster", "Print", "Mori", "paper", "Ørsted in winter.", "PST-1"},
	} {
		n := mug(p.title, 1000, 5)
		n.Kind, n.Brand, n.Tags, n.Description, n.Variants[0].SKU = p.kind, p.brand, strings.Split(p.tags, ","), p.description, p.sku
		w.make(t, w.kaffa, n)
	}
	w.make(t, w.kaffa, shirt())
	foreign := mug("Espresso Foreign", 1000, 5)
	foreign.Variants[0].SKU = "ESP-999"
	w.make(t, w.bloom, foreign)
	return w
}

func TestSearch(t *testing.T) {
	t.Parallel()
	w := library(t)
	for _, tt := range []struct{ name, query, want, meant string }{
		{"a title before a description", "espresso", "Espresso Forte, Coffee Grinder", ""},
		{"a title before a kind", "coffee", "Coffee Grinder, Espresso Forte, Café Crème", ""},
		{"without accents", "cafe creme", "Café Crème", ""},
		{"with accents", "ÉSPRESSÓ", "Espresso Forte, Coffee Grinder", ""},
		{"sharp s", "strasse", "Straße Poster", ""},
		{"the beginning of the last word", "oak ch", "Oak Chair", ""},
		{"one letter", "o", "Oak Chair, Straße Poster", ""},
		{"plural for singular", "chairs", "Oak Chair", ""},
		{"plural of y", "berries", "Berry Tea", ""},
		{"words that say nothing", "the coffee grinder", "Coffee Grinder", ""},
		{"a brand", "mori chair", "Oak Chair", ""},
		{"a tag", "whole bean", "Espresso Forte", ""},
		{"an option's value", "red shirt", "Linen Shirt", ""},
		{"only in the description", "hibiscus", "Berry Tea", ""},
		{"across title and description", "chocolate espresso", "Espresso Forte", ""},
		{"not in markup", "strong", "", ""},
		{"an SKU", "esp-250", "Espresso Forte", ""},
		{"the beginning of an SKU", "GRD", "Coffee Grinder", ""},
		{"a letter too much", "esspresso", "Espresso Forte", "espresso"},
		{"letters swapped", "chiar", "Oak Chair", "chair"},
		{"the first letter wrong", "voffee", "Coffee Grinder, Espresso Forte, Café Crème", "coffee"},
		{"one of two words wrong", "cofee grinder", "Coffee Grinder", "coffee grinder"},
		{"nothing like it", "xylophone", "", ""},
		{"nothing with both", "oak espresso", "", ""},
		{"only signs", "?!*%_\\'", "", ""},
		{"a quote", "o'clock", "", ""},
		{"a pattern", "%", "", ""},
	} {
		listing := w.list(t, catalog.Filter{Query: tt.query})
		if got := strings.Join(titles(listing.Cards), ", "); got != tt.want {
			t.Errorf("%s: %q finds %q, want %q", tt.name, tt.query, got, tt.want)
		}
		if listing.DidYouMean != tt.meant {
			t.Errorf("%s: %q was taken for %q, want %q", tt.name, tt.query, listing.DidYouMean, tt.meant)
		}
	}
}

func TestFiltersDoNotChangeHowASearchIsUnderstood(t *testing.T) {
	t.Parallel()
	w := library(t)
	for _, tt := range []struct {
		filter catalog.Filter
		want   string
		meant  string
	}{
		{catalog.Filter{Query: "hibiscus", InStock: true}, "Berry Tea", ""},
		{catalog.Filter{Query: "esspresso", InStock: true}, "Espresso Forte", "espresso"},
		{catalog.Filter{Query: "espresso", PriceMin: 5000}, "", ""},
		{catalog.Filter{Query: "shirt", Options: map[string][]string{"Size": {"L"}}, Sort: catalog.SortPriceAsc}, "Linen Shirt", ""},
	} {
		listing := w.list(t, tt.filter)
		if got := strings.Join(titles(listing.Cards), ", "); got != tt.want || listing.DidYouMean != tt.meant {
			t.Errorf("%+v finds %q, taken for %q", tt.filter, got, listing.DidYouMean)
		}
	}
}

func TestSearchFollowsChanges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.make(t, w.kaffa, mug("Green Mug", 1000, 5))
	finds := func(query string) string {
		return strings.Join(titles(w.list(t, catalog.Filter{Query: query}).Cards), ", ")
	}
	edit := made.Edit()
	edit.Title, edit.Tags = "Azure Mug", []string{"glazed"}
	if _, err := catalog.Update(w.kaffa, w.db.Shop, made.ID, made.Version, edit, owner); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{"green": "", "azure": "Azure Mug", "glazed": "Azure Mug", "mug": "Azure Mug"} {
		if got := finds(query); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	if err := catalog.Delete(w.kaffa, w.db.Shop, made.ID, owner); err != nil {
		t.Fatal(err)
	}
	if got := finds("azure"); got != "" {
		t.Errorf("a deleted product is found: %q", got)
	}
	if err := catalog.Restore(w.kaffa, w.db.Shop, made.ID, owner); err != nil {
		t.Fatal(err)
	}
	if got := finds("azure"); got != "Azure Mug" {
		t.Errorf("a restored product is not found: %q", got)
	}
}

func TestTermsLeaveWithTheirProduct(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.make(t, w.kaffa, shirt())
	terms := func() int {
		count, err := w.db.Shop.NewSelect().TableExpr("product_terms").Where("vendor_id = current_vendor()").Count(w.kaffa)
		if err != nil {
			t.Fatal(err)
		}
		return int(count)
	}
	run := func(ctx context.Context, sql string, args ...any) {
		if _, err := w.db.Shop.NewRaw(sql, args...).Exec(ctx); err != nil {
			t.Fatal(err)
		}
	}
	all := terms()
	run(w.kaffa, "UPDATE product_option_values SET value = 'Light blue' WHERE value = 'Blue'")
	run(w.kaffa, "DELETE FROM product_option_values WHERE value = 'Red'")
	if got := terms(); got != all { // light came, red went
		t.Errorf("%d terms after changing values, want %d", got, all)
	}
	run(w.kaffa, "DELETE FROM product_option_values")
	run(w.kaffa, "UPDATE products SET title = 'x', brand = '', kind = '', tags = '{}' WHERE id = ?", made.ID)
	if got := terms(); got != 1 {
		t.Errorf("%d terms of a product that has one word", got)
	}
}

func TestSearchSpeaksTheShopsLanguage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.db.Shop.NewRaw("UPDATE vendor_settings SET locale = 'de-AT' WHERE vendor_id = current_vendor()").Exec(w.kaffa); err != nil {
		t.Fatal(err)
	}
	w.make(t, w.kaffa, mug("Rote Häuser", 1000, 5))
	for _, query := range []string{"haus", "Häusern", "roter"} {
		if got := titles(w.list(t, catalog.Filter{Query: query}).Cards); len(got) != 1 {
			t.Errorf("%q finds %v", query, got)
		}
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	w := library(t)
	w.category(t, w.kaffa, "Coffee & Tea", 0)
	s, err := catalog.Suggest(w.kaffa, w.db.Shop, "  cof ", 2)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(titles(s.Cards), ", "); got != "Coffee Grinder, Espresso Forte" || len(s.Categories) != 1 {
		t.Errorf("suggests %s and %v", got, s.Categories)
	}
	typo, err := catalog.Suggest(w.kaffa, w.db.Shop, "esppr", 2)
	if err != nil || typo.DidYouMean != "espresso" || len(typo.Cards) != 1 {
		t.Errorf("a typo while typing: %+v %v", typo, err)
	}
	for _, query := range []string{"", " ", "\x00", "\xff"} {
		if s, err := catalog.Suggest(w.kaffa, w.db.Shop, query, 5); err != nil || len(s.Cards) > 0 {
			t.Errorf("%q: %+v %v", query, s, err)
		}
	}
}
