package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// reading are the pages and fragments that many ask for, with how many queries they may take at most: cold, and when
// the page cache holds them.
var reading = []struct {
	path, target string
	cold, warm   int
}{
	{"/", "", 6, 0},
	{"/products", "", 4, 0},
	{"/categories/gear", "", 4, 0},
	{"/categories/gear?page=2", "results-more", 4, 0},
	{"/products?in_stock=1&sort=price_asc", "listing", 4, 0},
	{"/products/kettle", "", 8, 0},
	{"/products/espresso?option.Size=1+kg", "product-picker", 6, 0},
	{"/search", "", 3, 0},
	{"/search?q=espresso", "", 7, 0},
	{"/search?q=esspreso", "", 12, 0},
	{"/search/suggestions?q=esp", "suggestions", 6, 0},
	{"/cart", "", 1, 1},
	{"/cart", "cart-drawer", 0, 0},
	{"/about", "", 1, 1},
	{"/shipping", "", 1, 1},
	{"/orders", "", 1, 1},
	{"/sitemap.xml", "", 0, 0}, // it is sent while it is read: the count comes before the query
}

// TestReadsTakeFewQueries, as many for a large shop as for a small one.
func TestReadsTakeFewQueries(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.addProducts(p.kaffa, 60)
	p.caches.Trust(true)
	large, small := p.at(p.kaffa), p.at(p.bloom)
	for _, v := range []*visitor{large, small} {
		v.get("/about") // the shop and its templates are looked up once
	}
	for _, read := range reading {
		var cold [2]int
		for i, v := range []*visitor{large, small} {
			if read.target != "" {
				v = v.swapping(read.target)
			}
			first := v.get(read.path)
			v.page(first, http.StatusOK)
			cold[i] = first.queries()
			if cold[i] > read.cold || cold[i] < 0 {
				t.Errorf("%s%s takes %d queries cold, at most %d", v.host, read.path, cold[i], read.cold)
			}
			if warm := v.get(read.path).queries(); warm != read.warm {
				t.Errorf("%s%s takes %d queries warm, not %d", v.host, read.path, warm, read.warm)
			}
		}
		if cold[0] > cold[1] && read.target != "results-more" {
			t.Errorf("%s takes %d queries in a large shop and %d in a small one", read.path, cold[0], cold[1])
		}
	}
}

// TestAVisitorWithACartCostsOneQuery on a page that the cache holds.
func TestAVisitorWithACartCostsOneQuery(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.caches.Trust(true)
	v := p.at(p.kaffa)
	v.add("mug", 1)
	for _, path := range []string{"/", "/products", "/products/espresso"} {
		v.get(path)
		if got := v.get(path).queries(); got != 1 {
			t.Errorf("%s: %d queries", path, got)
		}
	}
	if got := v.swapping("product-picker").get("/products/espresso"); v.swapping("product-picker").get("/products/espresso").queries() != 0 {
		t.Errorf("a fragment without the badge asks %d times", got.queries())
	}
}

// TestChangesTakeFewQueries, however much is in the cart.
func TestChangesTakeFewQueries(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.addProducts(p.kaffa, 40)
	p.caches.Trust(true)
	v := p.at(p.kaffa)
	htmx := v.swapping("cart-drawer")
	mug := p.kaffa.variant("mug")
	v.get("/about")
	line := fmt.Sprintf("/cart/items/%d", mug)
	change := func() map[string]int {
		got := map[string]int{}
		got["add"] = v.post("/cart/items", form("variant", mug)).queries()
		got["add by htmx"] = htmx.post("/cart/items", form("variant", mug)).queries()
		got["change by htmx"] = htmx.post(line, form("quantity", 2)).queries()
		got["remove by htmx"] = htmx.post(line+"/removal", form()).queries()
		v.post("/cart/items", form("variant", mug))
		got["drawer"] = htmx.get("/cart").queries()
		checkout := v.get("/checkout")
		got["checkout"] = checkout.queries()
		fields := v.fields(v.page(checkout, http.StatusOK), "#checkout-form")
		fields.Set("field", "country")
		got["check a field"] = htmx.post("/checkout/fields", fields).queries()
		got["summary"] = htmx.post("/checkout/summary", fields).queries()
		got["a wrong form"] = v.post("/checkout", fields).queries()
		for name, value := range p.kaffa.buyer() {
			fields.Set(name, value)
		}
		placed := v.post("/checkout", fields)
		got["place"] = placed.queries()
		order := v.open(placed.Header.Get("Location"))
		v.page(order, http.StatusOK)
		got["order"] = order.queries()
		return got
	}
	few := change()
	for what, most := range map[string]int{
		"add": 1, "add by htmx": 2, "change by htmx": 2, "remove by htmx": 2, "drawer": 1, "checkout": 2, "check a field": 2, "summary": 2,
		"a wrong form": 6, "place": 9, "order": 4,
	} {
		if few[what] > most || few[what] < 1 {
			t.Errorf("%s takes %d queries, at most %d", what, few[what], most)
		}
	}
	for i := range 30 {
		v.post("/cart/items", form("variant", p.number(`SELECT max(id) FROM product_variants WHERE vendor_id = ?`, p.kaffa.id)-i))
	}
	for what, queries := range change() {
		if queries > few[what] {
			t.Errorf("%s takes %d queries with 31 lines and %d with one", what, queries, few[what])
		}
	}
}

// TestAccountPagesTakeFewQueries, who is there and what they may do among them, as many for many orders and members as for
// few.
func TestAccountPagesTakeFewQueries(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.caches.Trust(true)
	ada := p.newCustomer(p.kaffa, "ada@example.com")
	p.onTeam("owner", p.kaffa, "owner", 0)
	v, owner := p.at(p.kaffa), p.at(p.kaffa)
	v.follow(v.signIn("", "ada@example.com", password))
	owner.signIn("/vendor", "owner@kaffa.test", password)
	v.add("mug", 1)
	v.submit(v.checkout(), "#checkout-form", p.kaffa.buyer())
	bounds := map[string]int{
		"/account": 4, "/account/orders/1": 5, "/account/addresses": 3, "/account/profile": 3, "/account/security": 4, "/account/data": 3,
		"/vendor": 1, "/vendor/team": 4, "/vendor/roles": 2, "/vendor/audit": 2, "/vendor/teams": 2, "/vendor/account/security": 4,
	}
	few := map[string]int{}
	ask := func(path string) int {
		visitor := v
		if strings.HasPrefix(path, "/vendor") {
			visitor = owner
		}
		visitor.get(path)
		a := visitor.get(path)
		visitor.page(a, http.StatusOK)
		return a.queries()
	}
	for path, most := range bounds {
		few[path] = ask(path)
		if few[path] > most || few[path] < 1 {
			t.Errorf("%s takes %d queries, at most %d", path, few[path], most)
		}
	}
	p.exec(`INSERT INTO orders (vendor_id, number, customer_id, email, currency, subtotal, total, prices_include_tax, shipping_address, signed_in)
		SELECT vendor_id, number + n, customer_id, email, currency, total, total, prices_include_tax, shipping_address, true
		FROM orders, generate_series(1, 15) n WHERE customer_id = ?`, ada)
	for n := range 10 {
		p.onTeam(fmt.Sprint("member", n), p.kaffa, "staff", 0)
	}
	for path, before := range few {
		if now := ask(path); now > before {
			t.Errorf("%s takes %d queries with many rows and %d with few", path, now, before)
		}
	}
}
