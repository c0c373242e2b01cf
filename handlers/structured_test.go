package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// structured reads a page's JSON-LD.
func structured(t *testing.T, page *goquery.Document, into any) {
	t.Helper()
	script := page.Find(`script[type="application/ld+json"]`)
	if script.Length() != 1 {
		t.Fatalf("%d JSON-LD scripts", script.Length())
	}
	if err := json.Unmarshal([]byte(script.Text()), into); err != nil {
		t.Fatalf("%v: %s", err, script.Text())
	}
}

type productLD struct {
	Context     string   `json:"@context"`
	Type        string   `json:"@type"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	URL         string   `json:"url"`
	Image       []string `json:"image"`
	Offers      []struct {
		Type          string `json:"@type"`
		SKU           string `json:"sku"`
		URL           string `json:"url"`
		Price         string `json:"price"`
		PriceCurrency string `json:"priceCurrency"`
		Availability  string `json:"availability"`
	} `json:"offers"`
}

func TestProductsAreStructuredForSearchEngines(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.exec(`UPDATE products SET title = ?, seo_description = ? WHERE slug = 'mug'`,
		`Mug </script><script>alert(1)</script> & "more"`, `<!-- ]]> '"\ `)
	for _, s := range []*shop{p.kaffa, p.bloom} {
		prices, currency := [4]string{"11.90", "11.90", "39.90", "39.90"}, "EUR"
		if s == p.bloom {
			prices, currency = [4]string{"22.90", "22.90", "50.90", "50.90"}, "GBP"
		}
		for way, v := range p.everyWay(s) {
			var product productLD
			structured(t, v.page(v.get("/products/espresso"), http.StatusOK), &product)
			root := s.canonical(v.host)
			if product.Context != "https://schema.org" || product.Type != "Product" || product.Name != "Espresso" || product.URL != root+"/products/espresso" {
				t.Errorf("%s by %s: %+v", s.slug, way, product)
			}
			if want := []string{"http://" + v.host + "/assets/demo/kaffa/bag.svg", "https://pictures.test/kilo.jpg"}; !slices.Equal(product.Image, want) {
				t.Errorf("%s by %s: images %v, want %v", s.slug, way, product.Image, want)
			}
			if len(product.Offers) != 4 {
				t.Fatalf("%s by %s: %d offers", s.slug, way, len(product.Offers))
			}
			for i, offer := range product.Offers {
				availability := "https://schema.org/InStock"
				if i == 3 {
					availability = "https://schema.org/OutOfStock"
				}
				url := fmt.Sprintf("%s/products/espresso?variant=%d", root, s.products["espresso"].Variants[i].ID)
				if offer.Type != "Offer" || offer.Price != prices[i] || offer.PriceCurrency != currency || offer.Availability != availability || offer.URL != url {
					t.Errorf("%s by %s: offer %d is %+v", s.slug, way, i, offer)
				}
			}
			var mug productLD
			page := v.page(v.get("/products/mug"), http.StatusOK)
			structured(t, page, &mug)
			if mug.Name != `Mug </script><script>alert(1)</script> & "more"` || mug.Offers[0].Availability != "https://schema.org/LimitedAvailability" {
				t.Errorf("%s by %s: %+v", s.slug, way, mug)
			}
			if scripts := page.Find("script:not([src]):not([type='application/ld+json'])"); scripts.Length() != 0 {
				t.Errorf("%s by %s: a title became a script: %s", s.slug, way, scripts.Text())
			}
		}
	}
}

func TestShopsAreStructuredForSearchEngines(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	v := p.at(p.kaffa)
	var store struct {
		Type  string `json:"@type"`
		Name  string `json:"name"`
		URL   string `json:"url"`
		Email string `json:"email"`
	}
	structured(t, v.page(v.get("/"), http.StatusOK), &store)
	if store.Type != "Store" || store.Name != "Shop kaffa" || store.URL != "http://kaffa.test:8080/" || store.Email != "hello@kaffa.test" {
		t.Errorf("%+v", store)
	}
}

func TestOpenGraph(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for way, v := range p.everyWay(p.kaffa) {
		for _, tt := range []struct {
			path string
			want map[string]string
		}{
			{"/products/espresso?variant=" + fmt.Sprint(p.kaffa.products["espresso"].Variants[2].ID), map[string]string{
				"og:type": "product", "og:title": "Espresso", "og:description": "Dark and sweet", "og:site_name": "Shop kaffa",
				"og:url": p.kaffa.canonical(v.host) + "/products/espresso", "og:image": "https://pictures.test/kilo.jpg",
				"product:price:amount": "39.90", "product:price:currency": "EUR", "product:availability": "instock",
			}},
			{"/products/grinder", map[string]string{
				"og:image": "http://" + v.host + "/assets/demo/kaffa/Grinder.svg", "product:price:amount": "99.00", "product:availability": "oos",
			}},
			{"/products/filters", map[string]string{"product:price:amount": "5.90", "product:availability": "backorder"}},
			{"/products/course", map[string]string{"product:price:amount": "25.00", "product:availability": "instock"}},
		} {
			page := v.page(v.get(tt.path), http.StatusOK)
			for property, want := range tt.want {
				tag := page.Find(`meta[property="` + property + `"]`)
				if got := tag.AttrOr("content", ""); tag.Length() != 1 || got != want {
					t.Errorf("%s by %s: %s is %q, want %q", tt.path, way, property, got, want)
				}
			}
		}
	}
}

// TestThePickerLeadsToVariants takes every value of every option, without JavaScript and with it.
func TestThePickerLeadsToVariants(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for _, tt := range []struct {
		size, grind string
		variant     int
		price       string
		soldOut     bool
	}{
		{"250 g", "Whole", 0, "11.90", false}, {"250 g", "Ground", 1, "11.90", false},
		{"1 kg", "Whole", 2, "39.90", false}, {"1 kg", "Ground", 3, "39.90", true},
	} {
		for way, v := range p.everyWay(p.kaffa) {
			want := fmt.Sprint(p.kaffa.products["espresso"].Variants[tt.variant].ID)
			page := v.page(v.get("/products/espresso"), http.StatusOK)
			page = v.page(v.submit(page, ".product-options", map[string]string{"option.Size": tt.size, "option.Grind": tt.grind}), http.StatusOK)
			fragment := v.page(v.swapping("product-picker").get("/products/espresso?variant="+want), http.StatusOK)
			for form, shown := range map[string]*goquery.Document{"page": page, "fragment": fragment} {
				if got := v.fields(shown, ".product-add").Get("variant"); got != want {
					t.Errorf("%s %s by %s: the %s buys %s, want %s", tt.size, tt.grind, way, form, got, want)
				}
				if got := text(shown.Find(".product-price")); !strings.Contains(got, tt.price) {
					t.Errorf("%s %s by %s: the %s says %s, want %s", tt.size, tt.grind, way, form, got, tt.price)
				}
				_, disabled := shown.Find(".product-add-button").Attr("disabled")
				if disabled != tt.soldOut || shown.Find(".stock-out").Length() == 1 != tt.soldOut {
					t.Errorf("%s %s by %s: the %s can be bought: %v", tt.size, tt.grind, way, form, !disabled)
				}
				if got := shown.Find("input:checked, input[checked]").Map(func(_ int, i *goquery.Selection) string { return i.AttrOr("value", "") }); !slices.Equal(got, []string{tt.size, tt.grind}) {
					t.Errorf("by %s: the %s has %v chosen", way, form, got)
				}
			}
		}
	}
}
