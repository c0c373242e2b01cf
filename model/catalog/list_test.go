package catalog_test

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"orion/model/catalog"
	"orion/model/fault"
	"orion/postgres"
)

// stocked is a world whose kaffa sells a shirt and two mugs in categories: things > clothing, things > kitchen.
func stocked(t *testing.T) world {
	t.Helper()
	w := newWorld(t)
	things := w.category(t, w.kaffa, "Things", 0)
	clothing, kitchen := w.category(t, w.kaffa, "Clothing", things), w.category(t, w.kaffa, "Kitchen", things)
	for _, p := range []struct {
		product  catalog.NewProduct
		category int64
	}{{shirt(), clothing}, {mug("Blue Mug", 1200, 50), kitchen}, {mug("Old Mug", 900, 0), kitchen}} {
		p.product.CategoryIDs = []int64{p.category}
		w.make(t, w.kaffa, p.product)
	}
	draft := mug("Draft Mug", 100, 5)
	draft.Status, draft.CategoryIDs = catalog.StatusDraft, []int64{kitchen}
	w.make(t, w.kaffa, draft)
	w.make(t, w.bloom, mug("Foreign Mug", 1000, 9))
	return w
}

func TestTreeCountsActiveProductsBelow(t *testing.T) {
	t.Parallel()
	w := stocked(t)
	ctx, queries := postgres.CountQueries(w.kaffa)
	tree, err := catalog.Tree(ctx, w.db.Shop)
	if err != nil {
		t.Fatal(err)
	}
	if queries.Count() != 2 {
		t.Errorf("%d queries, want 2", queries.Count())
	}
	var lines []string
	for _, root := range tree {
		lines = append(lines, fmt.Sprint(root.Slug, root.Products))
		for _, child := range root.Children {
			lines = append(lines, fmt.Sprint("-", child.Slug, child.Products))
		}
	}
	if got := strings.Join(lines, " "); got != "things3 -clothing1 -kitchen2" {
		t.Errorf("tree is %s", got)
	}
}

func TestListFiltersBySingleVariants(t *testing.T) {
	t.Parallel()
	w := stocked(t)
	option := func(pairs ...string) map[string][]string {
		options := map[string][]string{}
		for n := 0; n < len(pairs); n += 2 {
			options[pairs[n]] = append(options[pairs[n]], pairs[n+1])
		}
		return options
	}
	for _, tt := range []struct {
		name   string
		filter catalog.Filter
		want   string
	}{
		{"all", catalog.Filter{}, "Linen Shirt, Blue Mug, Old Mug"},
		{"a category with those below it", catalog.Filter{CategorySlug: "things"}, "Linen Shirt, Blue Mug, Old Mug"},
		{"a leaf", catalog.Filter{CategorySlug: "kitchen"}, "Blue Mug, Old Mug"},
		{"in stock", catalog.Filter{InStock: true}, "Linen Shirt, Blue Mug"},
		{"an option", catalog.Filter{Options: option("Size", "L")}, "Linen Shirt"},
		{"two values of an option", catalog.Filter{Options: option("Size", "L", "Size", "XL")}, "Linen Shirt"},
		{"options that no variant has together", catalog.Filter{Options: option("Size", "L", "Colour", "Red")}, ""},
		{"in stock means this variant", catalog.Filter{InStock: true, Options: option("Size", "S", "Colour", "Red")}, ""},
		{"backorder is in stock", catalog.Filter{InStock: true, Options: option("Size", "M", "Colour", "Red")}, "Linen Shirt"},
		{"price of this variant", catalog.Filter{PriceMax: 4500, Options: option("Size", "L")}, ""},
		{"price from", catalog.Filter{PriceMin: 1200}, "Linen Shirt, Blue Mug"},
		{"price to", catalog.Filter{PriceMax: 1199}, "Old Mug"},
		{"cheap first", catalog.Filter{Sort: catalog.SortPriceAsc}, "Old Mug, Blue Mug, Linen Shirt"},
		{"dear first", catalog.Filter{Sort: catalog.SortPriceDesc}, "Linen Shirt, Blue Mug, Old Mug"},
		{"by title", catalog.Filter{Sort: catalog.SortTitle}, "Blue Mug, Linen Shirt, Old Mug"},
		{"newest", catalog.Filter{Sort: catalog.SortNewest}, "Linen Shirt, Old Mug, Blue Mug"},
		{"the second page", catalog.Filter{PageSize: 2, Page: 2}, "Old Mug"},
		{"beyond the last page", catalog.Filter{PageSize: 2, Page: 9}, ""},
		{"through the second page", catalog.Filter{PageSize: 1, Page: 2, Through: true}, "Linen Shirt, Blue Mug"},
	} {
		listing := w.list(t, tt.filter)
		if got := strings.Join(titles(listing.Cards), ", "); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestListKnowsWhetherThereIsMore(t *testing.T) {
	t.Parallel()
	w := stocked(t)
	if l := w.list(t, catalog.Filter{PageSize: 2}); !l.HasMore || l.Total != 3 {
		t.Errorf("first page: more %v, total %d", l.HasMore, l.Total)
	}
	if l := w.list(t, catalog.Filter{PageSize: 2, Page: 2, Through: true}); l.HasMore || len(l.Cards) != 3 || l.FirstPage != 1 {
		t.Errorf("through the last page: more %v, %d cards from page %d", l.HasMore, len(l.Cards), l.FirstPage)
	}
}

func TestFacetsLeaveTheirOwnFilterAside(t *testing.T) {
	t.Parallel()
	w := stocked(t)
	plain := shirt()
	plain.Title, plain.Variants, plain.Options[1].Values = "Wool Shirt", plain.Variants[:1], plain.Options[1].Values[:1]
	plain.Variants[0].SKU, plain.Variants[0].Price = "WS", 9000
	w.make(t, w.kaffa, plain)
	facets := func(f catalog.Filter) string {
		listing := w.list(t, f)
		var b strings.Builder
		for _, facet := range listing.Facets {
			fmt.Fprintf(&b, "%s:", facet.Name)
			for _, v := range facet.Values {
				fmt.Fprintf(&b, " %s%d", v.Value, v.Count)
				if v.Selected {
					b.WriteString("*")
				}
			}
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%d in stock, %d to %d, total %d", listing.InStockCount, listing.PriceRange.Min, listing.PriceRange.Max, listing.Total)
		return b.String()
	}
	for _, tt := range []struct {
		name   string
		filter catalog.Filter
		want   string
	}{
		{"no filter", catalog.Filter{}, "Size: S2 M1 L1; Colour: Blue2 Red1; 3 in stock, 900 to 9000, total 4"},
		{"own values stay, others narrow", catalog.Filter{Options: map[string][]string{"Size": {"L"}}},
			"Size: S2 M1 L1*; Colour: Blue1; 1 in stock, 6000 to 6000, total 1"},
		{"price narrows all but its own range", catalog.Filter{PriceMax: 4000},
			"Size: S1 M1; Colour: Blue1 Red1; 2 in stock, 900 to 9000, total 3"},
		{"stock", catalog.Filter{InStock: true}, "Size: S2 M1 L1; Colour: Blue2 Red1; 3 in stock, 1200 to 9000, total 3"},
		{"a value that nothing has stays, to be unticked", catalog.Filter{Options: map[string][]string{"Size": {"XL"}}},
			"Size: S2 M1 L1 XL0*; 0 in stock, 0 to 0, total 0"},
		{"a category", catalog.Filter{CategorySlug: "kitchen"}, "1 in stock, 900 to 1200, total 2"},
	} {
		if got := facets(tt.filter); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
	if swatch := w.list(t, catalog.Filter{}).Facets[1].Values[0].Swatch; swatch != "#0000ff" {
		t.Errorf("blue is %q", swatch)
	}
}

func TestListMakesAFixedNumberOfQueries(t *testing.T) {
	t.Parallel()
	w := stocked(t)
	for n := range 30 {
		w.make(t, w.kaffa, mug(fmt.Sprintf("Mug %d", n), 1000, 1))
	}
	for _, tt := range []struct {
		filter catalog.Filter
		most   int
	}{
		{catalog.Filter{}, 4}, {catalog.Filter{CategorySlug: "things", InStock: true}, 4}, {catalog.Filter{Query: "mug"}, 7},
	} {
		ctx, queries := postgres.CountQueries(w.kaffa)
		if _, err := catalog.List(ctx, w.db.Shop, tt.filter); err != nil {
			t.Fatal(err)
		}
		if queries.Count() > tt.most {
			t.Errorf("%+v: %d queries, want at most %d", tt.filter, queries.Count(), tt.most)
		}
	}
}

func TestListOfAnUnknownCategoryIsNotFound(t *testing.T) {
	t.Parallel()
	w := stocked(t)
	for _, slug := range []string{"nowhere", "x\x00y", "\xff", strings.Repeat("x", 10000)} {
		if _, err := catalog.List(w.kaffa, w.db.Shop, catalog.Filter{CategorySlug: slug}); !errors.Is(err, fault.NotFound) {
			t.Errorf("%.20q: %v", slug, err)
		}
	}
	if _, err := catalog.List(w.bloom, w.db.Shop, catalog.Filter{CategorySlug: "kitchen"}); !errors.Is(err, fault.NotFound) {
		t.Errorf("another shop's category: %v", err)
	}
}

func TestCardsSayWhatAListNeeds(t *testing.T) {
	t.Parallel()
	w := stocked(t)
	cards := w.list(t, catalog.Filter{}).Cards
	shirt, blue, old := cards[0], cards[1], cards[2]
	if shirt.PriceMin != 4000 || shirt.PriceMax != 6000 || shirt.CompareAt != 5000 || shirt.DefaultVariantID != 0 ||
		shirt.Image.URL != "/a.svg" || shirt.SecondImage.URL != "/b.svg" || len(shirt.Swatches) != 2 || shirt.Availability != catalog.InStock {
		t.Errorf("shirt: %+v", shirt)
	}
	if blue.DefaultVariantID == 0 || blue.Image != nil || blue.Availability != catalog.InStock {
		t.Errorf("blue mug: %+v", blue)
	}
	if old.Availability != catalog.SoldOut {
		t.Errorf("old mug: %+v", old)
	}
	for _, tt := range []struct {
		card catalog.Card
		want catalog.Badge
	}{{shirt, catalog.BadgeSale}, {blue, catalog.NoBadge}, {old, catalog.BadgeSoldOut}} {
		if got := tt.card.Badge(shirt.PublishedAt); got != tt.want {
			t.Errorf("%s wears %q, want %q", tt.card.Title, got, tt.want)
		}
	}
}

func TestFilterIsReadFriendlyAndWrittenCanonically(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"":                             "",
		"page=1&sort=position&utm=x":   "",
		"page=-5":                      "",
		"page=99999999999999999999":    "page=1000",
		"page=5000":                    "page=1000",
		"sort=evil":                    "",
		"sort=relevance":               "",
		"q=+blue++mug%00%ff+":          "q=blue+mug",
		"price_min=12,5&price_max=abc": "price_min=12.50",
		"price_min=20&price_max=10":    "price_max=20&price_min=10",
		"price_min=-3":                 "",
		"in_stock=yes":                 "",
		"in_stock=1&sort=newest":       "in_stock=1&sort=newest",
		"option.Size=M&option.Size=L&option.Size=L&option.=x&option.Colour=": "option.Size=L&option.Size=M",
	} {
		values, _ := url.ParseQuery(query)
		filter := catalog.ParseFilter(values, "EUR")
		got := filter.Canonical()
		if got != want {
			t.Errorf("%q is %q, want %q", query, got, want)
		}
		again, err := url.ParseQuery(got)
		if err != nil || catalog.ParseFilter(again, "EUR").Canonical() != got {
			t.Errorf("%q is not stable", got)
		}
	}
	many := url.Values{}
	for n := range 100 {
		many.Add(fmt.Sprintf("option.O%d", n), "x")
		many.Add("option.A", fmt.Sprint(n))
	}
	filter := catalog.ParseFilter(many, "EUR")
	if len(filter.Options) > 8 || len(filter.Options["A"]) > 20 {
		t.Errorf("%d options, %d values", len(filter.Options), len(filter.Options["A"]))
	}
}

func TestShelves(t *testing.T) {
	t.Parallel()
	w := stocked(t)
	newest, err := catalog.Newest(w.kaffa, w.db.Shop, 2)
	if err != nil || !slices.Equal(titles(newest), []string{"Linen Shirt", "Old Mug"}) {
		t.Errorf("newest: %v %v", titles(newest), err)
	}
	featured, err := catalog.Featured(w.kaffa, w.db.Shop, 9)
	if err != nil || !slices.Equal(titles(featured), []string{"Linen Shirt", "Blue Mug", "Old Mug"}) {
		t.Errorf("featured: %v %v", titles(featured), err)
	}
	related, err := catalog.Related(w.kaffa, w.db.Shop, featured[1].ID, 4)
	if err != nil || !slices.Equal(titles(related), []string{"Old Mug"}) {
		t.Errorf("related: %v %v", titles(related), err)
	}
	var addresses []string
	err = catalog.Sitemap(w.kaffa, w.db.Shop, func(a catalog.Address) error {
		addresses = append(addresses, a.Kind+"/"+a.Slug)
		return nil
	})
	slices.Sort(addresses)
	want := "category/clothing category/kitchen category/things product/blue-mug product/linen-shirt product/old-mug"
	if got := strings.Join(addresses, " "); err != nil || got != want {
		t.Errorf("sitemap: %s %v", got, err)
	}
}
