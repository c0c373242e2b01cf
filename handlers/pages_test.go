package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// screens are the storefront's pages, and what htmx gets at the same address.
var screens = []struct {
	path      string
	title     string
	canonical string // without host; "": search engines should not keep the page
	target    string // what htmx swaps
	fragment  string // the root of what it gets; "" the page again
}{
	{path: "/", title: "Shop", canonical: "/"},
	{path: "/categories/coffee", title: "Coffee", canonical: "/categories/coffee", target: "listing", fragment: "#listing"},
	{path: "/categories/beans?sort=newest", title: "Beans", canonical: "/categories/beans", target: "listing", fragment: "#listing"},
	{path: "/products", title: "All products", canonical: "/products", target: "listing", fragment: "#listing"},
	{path: "/products/espresso", title: "Espresso", canonical: "/products/espresso", target: "product-picker", fragment: "#product-picker"},
	{path: "/products/espresso?option.Size=1+kg", title: "Espresso", canonical: "/products/espresso", target: "product-picker", fragment: "#product-picker"},
	{path: "/search", title: "Search", target: "listing", fragment: "#listing"},
	{path: "/search?q=espreso", title: "Results for “espreso”", target: "listing", fragment: "#listing"},
	{path: "/cart", title: "Cart", target: "cart-drawer", fragment: "#cart-drawer"},
	{path: "/cart", title: "Cart", target: "cart-lines", fragment: "#cart-lines"},
	{path: "/orders", title: "Track an order"},
	{path: "/about", title: "About Shop", canonical: "/about"},
	{path: "/shipping", title: "Delivery and payment", canonical: "/shipping"},
}

func TestEveryPageAndFragment(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.caches.Trust(true)
	for _, s := range []*shop{p.kaffa, p.bloom} {
		for way, v := range p.everyWay(s) {
			t.Run(s.slug+" by "+way, func(t *testing.T) {
				t.Parallel()
				v := v.within(t)
				for _, screen := range screens {
					checkPage(v, s, screen.path, screen.title, screen.canonical)
					checkHead(v, screen.path)
					checkFragment(v, screen.path, screen.target, screen.fragment)
				}
			})
		}
	}
}

func checkPage(v *visitor, s *shop, path, title, canonical string) {
	v.t.Helper()
	got := v.get(path)
	page := v.page(got, http.StatusOK)
	checkHeaders(v, got)
	if h1 := page.Find("main h1"); h1.Length() != 1 || text(h1) == "" {
		v.t.Errorf("%s: %d headings, %q", path, h1.Length(), text(h1))
	}
	if got := page.Find("title").Text(); !strings.HasPrefix(got, title) || !strings.HasSuffix(got, "Shop "+s.slug) {
		v.t.Errorf("%s: the title is %q, want %q", path, got, title)
	}
	want := ""
	if canonical != "" {
		want = s.canonical(v.host) + canonical
	}
	if got := page.Find(`link[rel=canonical]`).AttrOr("href", ""); canonical != "" && got != want {
		v.t.Errorf("%s: the canonical address is %q, want %q", path, got, want)
	}
	if noindex := page.Find(`meta[name=robots][content=noindex]`).Length() == 1; noindex != (canonical == "") {
		v.t.Errorf("%s: noindex is %v", path, noindex)
	}
	ids := map[string]bool{}
	page.Find("[id]").Each(func(_ int, element *goquery.Selection) {
		if id := element.AttrOr("id", ""); ids[id] && !strings.HasPrefix(id, "toast") {
			v.t.Errorf("%s: two elements have the id %s", path, id)
		} else {
			ids[id] = true
		}
	})
	checkLinks(v, path, page)
}

// checkLinks follows no link, but holds each to the shop that the page is of.
func checkLinks(v *visitor, path string, page *goquery.Document) {
	v.t.Helper()
	page.Find("[href], [action], [hx-get], [hx-post]").Each(func(_ int, element *goquery.Selection) {
		for _, name := range []string{"href", "action", "hx-get", "hx-post"} {
			address, has := element.Attr(name)
			if has && strings.HasPrefix(address, "/") && !strings.HasPrefix(address, v.base) && !strings.HasPrefix(address, "/assets/") {
				v.t.Errorf("%s: %s=%q leaves the shop", path, name, address)
			}
		}
	})
}

func checkHeaders(v *visitor, got answer) {
	v.t.Helper()
	if kind := got.Header.Get("Content-Type"); kind != "text/html; charset=utf-8" {
		v.t.Errorf("%s: Content-Type %q", got.Request.URL, kind)
	}
	vary := strings.Split(strings.Join(got.Header.Values("Vary"), ", "), ", ")
	for _, name := range []string{"HX-Request", "HX-Request-Type", "Accept-Encoding"} {
		if !slices.Contains(vary, name) {
			v.t.Errorf("%s: Vary %q lacks %s", got.Request.URL, vary, name)
		}
	}
	if !strings.Contains(got.Header.Get("Cache-Control"), "private") {
		v.t.Errorf("%s: Cache-Control %q", got.Request.URL, got.Header.Get("Cache-Control"))
	}
	if policy := got.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'self'") || strings.Contains(policy, "unsafe") {
		v.t.Errorf("%s: Content-Security-Policy %q", got.Request.URL, policy)
	}
}

func checkHead(v *visitor, path string) {
	v.t.Helper()
	got := v.do(http.MethodHead, v.base+path, nil)
	if got.StatusCode != http.StatusOK || got.body != "" {
		v.t.Errorf("HEAD %s: %d with %d bytes", path, got.StatusCode, len(got.body))
	}
	checkHeaders(v, got)
}

func checkFragment(v *visitor, path, target, root string) {
	v.t.Helper()
	got := v.swapping(target).get(path)
	page := v.page(got, http.StatusOK)
	checkHeaders(v, got)
	whole := strings.Contains(got.body, "<html")
	if whole != (root == "") {
		v.t.Errorf("%s for %s: a whole page is %v", path, target, whole)
	}
	if root != "" && (page.Find("body > *").Length() != 1 || page.Find("body > "+root).Length() != 1) {
		v.t.Errorf("%s for %s: the root is not %s: %.200s", path, target, root, got.body)
	}
	// History and boosted links ask for whole pages.
	for _, header := range [][2]string{{"HX-Request-Type", "full"}, {"HX-History-Restore-Request", "true"}} {
		request := v.swapping(target).request(http.MethodGet, v.base+path, nil)
		request.Header.Set(header[0], header[1])
		if got := v.send(request); !strings.Contains(got.body, "<html") {
			v.t.Errorf("%s with %s: %s is no page: %.100s", path, header[0], header[1], got.body)
		}
	}
}

// canonical is the scheme and host that search engines know the shop by, with the port of the request.
func (s *shop) canonical(host string) string {
	port := ""
	if _, given, found := strings.Cut(host, ":"); found {
		port = ":" + given
	}
	if s.slug == "kaffa" {
		return "http://kaffa.test" + port
	}
	return "http://" + s.slug + ".localhost" + port
}

func TestSuggestionsWithoutHtmxAreASearch(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for way, v := range p.everyWay(p.kaffa) {
		if page := v.follow(v.get("/search/suggestions?q=mug")); page.Find(".card-title a[href='"+v.base+"/products/mug']").Length() != 1 {
			t.Errorf("%s: the search does not find the mug", way)
		}
		shown := v.page(v.swapping("suggestions").get("/search/suggestions?q=mug"), http.StatusOK)
		if shown.Find("body > #suggestions a[href='"+v.base+"/products/mug']").Length() != 1 || strings.Contains(text(shown.Selection), "Cart") {
			t.Errorf("%s: suggested %s", way, text(shown.Selection))
		}
		if empty := v.page(v.swapping("suggestions").get("/search/suggestions?q="), http.StatusOK); text(empty.Selection) != "" {
			t.Errorf("%s: for nothing, %s", way, text(empty.Selection))
		}
	}
}

func TestLoadMoreAnswersTheNextCardsOnly(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.addProducts(p.kaffa, 30)
	v := p.at(p.kaffa)
	first := v.page(v.get("/products"), http.StatusOK)
	more := first.Find("#results-more a")
	if got := first.Find("#results .card").Length(); got != 24 || more.AttrOr("href", "") != "/products?page=2" {
		t.Fatalf("%d cards, more at %q", got, more.AttrOr("href", ""))
	}
	next := v.swapping("results-more").open(more.AttrOr("hx-get", ""))
	rest := v.page(next, http.StatusOK)
	if got := rest.Find(".card").Length(); got != 12 || rest.Find("#listing, #results-more, html").Length() != 1 || rest.Find("#results-more").Length() != 0 {
		t.Errorf("the next page has %d cards: %.200s", got, next.body)
	}
	// The address that "load more" leaves behind brings back what was on the screen.
	all := v.page(v.open(more.AttrOr("href", "")), http.StatusOK)
	if got := all.Find("#results .card").Length(); got != 36 {
		t.Errorf("pages 1 to 2 have %d cards", got)
	}
	seen := map[string]bool{}
	all.Find(".card-link").Each(func(_ int, link *goquery.Selection) { seen[link.AttrOr("href", "")] = true })
	if len(seen) != 36 {
		t.Errorf("%d different products of 36", len(seen))
	}
}

// addProducts gives a shop n products more, by SQL.
func (p *platform) addProducts(s *shop, n int) {
	p.t.Helper()
	p.exec(`
		WITH p AS (
			INSERT INTO products (vendor_id, slug, title, status, price_min, price_max, published_at)
			SELECT ?0, 'extra-' || i, 'Extra ' || i, 'active', 100 * i, 100 * i, now() FROM generate_series(1, ?1) i RETURNING id, price_min
		), c AS (
			INSERT INTO product_category_products (vendor_id, product_id, category_id) SELECT ?0, id, ?2 FROM p
		), v AS (
			INSERT INTO product_variants (vendor_id, product_id, price) SELECT ?0, id, price_min FROM p RETURNING id
		)
		INSERT INTO inventory (vendor_id, variant_id, on_hand) SELECT ?0, id, 10 FROM v`, s.id, n, s.categories["gear"].ID)
}

func TestFiltersNarrowAndComeOff(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for name, tt := range map[string]struct {
		query url.Values
		want  []string // the products, in order
		chips int
	}{
		"an option":     {url.Values{"option.Size": {"1 kg"}}, []string{"espresso"}, 1},
		"two options":   {url.Values{"option.Size": {"1 kg"}, "option.Grind": {"Ground"}}, []string{"espresso"}, 2},
		"and stock":     {url.Values{"option.Size": {"1 kg"}, "option.Grind": {"Ground"}, "in_stock": {"1"}}, nil, 3},
		"a price":       {url.Values{"price_min": {"10"}, "price_max": {"14,50"}, "sort": {"price_asc"}}, []string{"espresso", "mug"}, 1},
		"stock":         {url.Values{"in_stock": {"1"}, "sort": {"title"}}, []string{"course", "espresso", "filters", "kettle", "mug"}, 1},
		"nothing known": {url.Values{"colour": {"red"}, "sort": {"title"}}, []string{"course", "espresso", "filters", "grinder", "kettle", "mug"}, 0},
	} {
		for way, v := range p.everyWay(p.kaffa) {
			page := v.page(v.get("/products?"+tt.query.Encode()), http.StatusOK)
			var got []string
			page.Find("#results .card-link").Each(func(_ int, link *goquery.Selection) {
				got = append(got, strings.TrimPrefix(link.AttrOr("href", ""), v.base+"/products/"))
			})
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s by %s: %v, want %v", name, way, got, tt.want)
			}
			chips := page.Find(".chip-on")
			if chips.Length() != tt.chips {
				t.Errorf("%s by %s: %d filters are on, want %d", name, way, chips.Length(), tt.chips)
			}
			chips.Each(func(_ int, chip *goquery.Selection) {
				less := v.page(v.open(chip.AttrOr("href", "")), http.StatusOK)
				if less.Find(".chip-on").Length() != tt.chips-1 {
					t.Errorf("%s by %s: %s stays on", name, way, text(chip))
				}
			})
		}
	}
}
