package handlers_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// attack is a platform with a cart of a mug in kaffa and one order in each shop, and somebody who tries things.
type attack struct {
	*visitor
	victim     *visitor // of the cart; its cookie is known to the attacker where a test says so
	mug, alien int64    // the mug in kaffa, and the one in bloom
	alienOrder string   // the signed address of bloom's order
	before     string
}

func newAttack(t *testing.T) *attack {
	t.Helper()
	p := newPlatform(t)
	a := &attack{visitor: p.at(p.kaffa), victim: p.at(p.kaffa), mug: p.kaffa.variant("mug"), alien: p.bloom.variant("mug")}
	for _, s := range []*shop{p.kaffa, p.bloom} {
		buyer := p.at(s)
		buyer.add("kettle", 1)
		placed := buyer.submit(buyer.checkout(), "#checkout-form", s.buyer())
		buyer.follow(placed)
		a.alienOrder = placed.Header.Get("Location")
	}
	a.victim.add("mug", 2)
	a.before = p.snapshot()
	return a
}

// refused sends a request as a page and as htmx and wants a 4xx with a word, and a database in which nothing happened.
func (a *attack) refused(what string, want int, request func() *http.Request) {
	a.t.Helper()
	for _, htmx := range []bool{false, true} {
		r := request()
		if htmx {
			r.Header.Set("HX-Request", "true")
			r.Header.Set("HX-Request-Type", "partial")
		}
		v := a.clone()
		got := v.send(r)
		if got.StatusCode != want {
			a.t.Errorf("%s (htmx: %v): %d, want %d: %.300s", what, htmx, got.StatusCode, want, got.body)
			continue
		}
		page := v.page(got, want)
		if said := text(page.Find("main h1, main p, .toast-text, .field-error, [role=alert]")); len(said) < 10 {
			a.t.Errorf("%s (htmx: %v) says nothing: %.300s", what, htmx, got.body)
		}
		if len(got.Cookies()) > 0 {
			a.t.Errorf("%s (htmx: %v) sets the cookies %v", what, htmx, got.Cookies())
		}
	}
	a.unchanged(what)
}

func (a *attack) unchanged(what string) {
	a.t.Helper()
	if after := a.snapshot(); after != a.before {
		a.t.Fatalf("%s changed the database:\n%s\n%s", what, a.before, after)
	}
}

// posts makes requests with a form.
func (a *attack) posts(path string, form url.Values) func() *http.Request {
	return func() *http.Request { return a.request(http.MethodPost, path, form) }
}

// sends makes requests with any body.
func (a *attack) sends(path, kind string, body []byte) func() *http.Request {
	return func() *http.Request {
		r := httptest.NewRequest(http.MethodPost, "http://"+a.host+path, bytes.NewReader(body))
		r.Header.Set("Content-Type", kind)
		return r
	}
}

// posting are the addresses that take a form.
func (a *attack) posting() []string {
	line := fmt.Sprintf("/cart/items/%d", a.mug)
	return []string{"/cart/items", line, line + "/removal", "/checkout", "/checkout/fields", "/checkout/summary", "/orders"}
}

func TestQuantitiesThatCannotBe(t *testing.T) {
	t.Parallel()
	a := newAttack(t)
	line := fmt.Sprintf("/cart/items/%d", a.mug)
	a.cookies = a.victim.cookies
	for _, quantity := range []string{"-1", "1000000000", "10000", "1e99", "1e2", "abc", "0x10", "1.5", "NaN", "9223372036854775808", "1,000", "１"} {
		a.refused("adding "+quantity, http.StatusUnprocessableEntity, a.posts("/cart/items", form("variant", a.mug, "quantity", quantity)))
		a.refused("changing to "+quantity, http.StatusUnprocessableEntity, a.posts(line, form("quantity", quantity)))
	}
	for _, variant := range []string{"", "0", "-1", "abc", "1e99", "9223372036854775808", "1.0"} {
		a.refused("adding the variant "+variant, http.StatusUnprocessableEntity, a.posts("/cart/items", form("variant", variant)))
	}
	a.refused("adding nothing", http.StatusUnprocessableEntity, a.posts("/cart/items", form("quantity", 1)))
	for _, variant := range []string{"0", "-1", "abc", "1e99", "9223372036854775807", "9223372036854775808", "%00", "1%2f2"} {
		status := http.StatusNotFound
		if variant == "%00" {
			status = http.StatusBadRequest
		}
		a.refused("changing the variant "+variant, status, a.posts("/cart/items/"+variant, form("quantity", 1)))
		a.refused("removing the variant "+variant, status, a.posts("/cart/items/"+variant+"/removal", form()))
	}
	// What is missing is one: a form without a quantity adds one.
	added := a.clone()
	added.follow(added.post("/cart/items", form("variant", a.mug, "quantity", "")))
	if n := a.number(`SELECT quantity FROM cart_items WHERE variant_id = ?`, a.mug); n != 3 {
		t.Errorf("the line holds %d, want 3", n)
	}
}

// TestAnotherShopsThings sends everything that is bloom's to kaffa.
func TestAnotherShopsThings(t *testing.T) {
	t.Parallel()
	a := newAttack(t)
	a.exec(`UPDATE products SET slug = 'only-bloom' WHERE vendor_id = ? AND slug = 'mug'`, a.bloom.id)
	a.exec(`UPDATE product_categories SET slug = 'only-bloom' WHERE vendor_id = ? AND slug = 'gear'`, a.bloom.id)
	a.before = a.snapshot()
	gets := func(path string) func() *http.Request {
		return func() *http.Request { return a.request(http.MethodGet, path, nil) }
	}
	a.cookies = a.victim.cookies
	a.refused("its variant in a cart", http.StatusNotFound, a.posts("/cart/items", form("variant", a.alien, "quantity", 1)))
	a.refused("its variant's quantity", http.StatusNotFound, a.posts(fmt.Sprintf("/cart/items/%d", a.alien), form("quantity", 1)))
	a.refused("its variant's removal", http.StatusNotFound, a.posts(fmt.Sprintf("/cart/items/%d/removal", a.alien), form()))
	a.refused("its product", http.StatusNotFound, gets("/products/only-bloom"))
	a.refused("its category", http.StatusNotFound, gets("/categories/only-bloom"))
	// Both shops have an order 1; its signature is the other's.
	a.refused("its order", http.StatusNotFound, gets(a.alienOrder))
	refused := a.page(a.post("/orders", form("number", "B-1", "email", "ada@example.com")), http.StatusUnprocessableEntity)
	if refused.Find("[role=alert]").Length() != 1 {
		t.Error("the other shop's order number says nothing")
	}
	own := a.page(a.get(fmt.Sprintf("/products/espresso?variant=%d", a.bloom.variant("espresso"))), http.StatusOK)
	if price := text(own.Find(".product-price")); !strings.Contains(price, "€11.90") {
		t.Errorf("the other shop's variant in a product's address: %s", price)
	}

	// Its cart: the cookie says nothing here, nor does the key in a form, and neither is touched.
	alien := a.at(a.bloom)
	alien.add("kettle", 1)
	a.before = a.snapshot()
	a.cookies = alien.cookies
	if cart := a.page(a.get("/cart"), http.StatusOK); cart.Find(".cart-line").Length() != 0 {
		t.Error("the other shop's cart is shown")
	}
	a.refused("its cart's checkout", http.StatusConflict, a.posts("/checkout", values(a.kaffa.buyer())))
	key := alien.fields(alien.checkout(), "#checkout-form")
	a.before = a.snapshot()
	a.cookies = nil
	a.refused("its cart's key", http.StatusConflict, a.posts("/checkout", key))
	a.cookies = alien.cookies
	v := a.clone()
	v.follow(v.post("/cart/items", form("variant", a.mug)))
	if n := a.number(`SELECT count(*) FROM cart_items ci JOIN carts c ON c.id = ci.cart_id WHERE c.vendor_id <> ci.vendor_id`); n != 0 {
		t.Errorf("%d lines are in the other shop's carts", n)
	}
}

func TestCookiesThatAreNotOurs(t *testing.T) {
	t.Parallel()
	a := newAttack(t)
	good := a.victim.cookies["orion-cart"].Value
	for name, value := range map[string]string{
		"empty": "", "short": "x", "cut": good[1:], "long": good + "A", "tampered": other(good[:1]) + good[1:], "another case": strings.ToUpper(good),
		"a token alone": uuid.NewString(), "NUL": "\x00" + good, "no UTF-8": "\xff\xfe", "SQL": `' OR 1=1 --`,
		"a line": "a\tb", "JSON": `{"cart":1}`, "percent": "%00%ff", "oversized": strings.Repeat("A", 8000),
	} {
		for path, want := range map[string]int{"/": 200, "/products/mug": 200, "/cart": 200, "/checkout": 303} {
			request := a.request(http.MethodGet, path, nil)
			request.Header.Set("Cookie", "orion-cart="+value)
			got := a.send(request)
			if got.StatusCode != want {
				t.Errorf("a cookie that is %s, %s: %d, want %d", name, path, got.StatusCode, want)
			}
			if count := text(a.page(got, want).Find("#cart-badge")); count != "" {
				t.Errorf("a cookie that is %s, %s: the badge says %q", name, path, count)
			}
		}
	}
	a.unchanged("a broken cookie")
	// A new cart takes the place of what is broken.
	request := a.request(http.MethodPost, "/cart/items", form("variant", a.mug))
	request.Header.Set("Cookie", "orion-cart=x")
	if got := a.send(request); got.StatusCode != http.StatusSeeOther || len(got.Cookies()) != 1 {
		t.Errorf("adding with a broken cookie: %d, %v", got.StatusCode, got.Cookies())
	}
}

// other is a letter that is not this one.
func other(letter string) string {
	if letter == "A" {
		return "B"
	}
	return "A"
}

// TestParametersTwice: of two values one counts, and it is checked like any other.
func TestParametersTwice(t *testing.T) {
	t.Parallel()
	a := newAttack(t)
	a.cookies = a.victim.cookies
	for name, twice := range map[string]url.Values{
		"two bad quantities":   form("variant", a.mug, "quantity", "abc", "quantity", "-1"),
		"two variants of none": form("variant", a.alien, "variant", a.bloom.variant("kettle")),
		"brackets":             form("variant[0]", a.mug, "variant[", a.mug, "quantity[x]", 1),
	} {
		v := a.clone()
		if got := v.post("/cart/items", twice); got.StatusCode < 400 || got.StatusCode > 499 {
			t.Errorf("%s: %d", name, got.StatusCode)
		}
	}
	a.unchanged("a parameter twice")
	request := a.request(http.MethodGet, "/cart", nil)
	request.Header.Set("Cookie", "orion-cart=x; other=y")
	if got := a.send(request); got.StatusCode != http.StatusOK { // send adds the good one
		t.Errorf("two cookies of one name: %d", got.StatusCode)
	}
	for _, pair := range [][2]any{{a.mug, a.alien}, {a.alien, a.mug}} {
		v := a.clone()
		if got := v.post("/cart/items", form("variant", pair[0], "variant", pair[1])); got.StatusCode != http.StatusSeeOther && got.StatusCode != http.StatusNotFound {
			t.Errorf("an own variant and another shop's: %d", got.StatusCode)
		}
	}
	if n := a.number(`SELECT count(*) FROM cart_items WHERE variant_id = ?`, a.alien); n != 0 {
		t.Error("another shop's variant came into the cart")
	}
}

func TestBodiesThatAreNoForms(t *testing.T) {
	t.Parallel()
	a := newAttack(t)
	a.cookies = a.victim.cookies
	good := []byte(form("variant", a.mug, "quantity", 1).Encode())
	var small bytes.Buffer
	zip := gzip.NewWriter(&small)
	if _, err := io.Copy(zip, strings.NewReader("variant=1&x="+strings.Repeat("A", 8<<20))); err != nil || zip.Close() != nil {
		t.Fatal(err)
	}
	var files bytes.Buffer
	form := multipart.NewWriter(&files)
	for i := range 3 {
		file, err := form.CreateFormFile(fmt.Sprint("variant", i), "\xff.exe")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = file.Write(bytes.Repeat([]byte("x"), 5000))
	}
	_ = form.Close()
	for _, path := range a.posting() {
		for _, tt := range []struct {
			what, kind string
			body       []byte
			want       int
		}{
			{"JSON", "application/json", []byte(`{"variant":1,"quantity":1}`), http.StatusUnsupportedMediaType},
			{"JSON as a form", "application/x-www-form-urlencoded", []byte("quantity=%00{\"variant\":1}"), http.StatusBadRequest},
			{"text", "text/plain", good, http.StatusUnsupportedMediaType},
			{"XML", "application/xml", []byte("<variant>1</variant>"), http.StatusUnsupportedMediaType},
			{"no content type", "", good, http.StatusUnsupportedMediaType},
			{"a broken content type", "application/x-www-form-urlencoded; ;=", good, http.StatusUnsupportedMediaType},
			{"a multipart form without boundary", "multipart/form-data", good, http.StatusBadRequest},
			{"files whose names are no UTF-8", form.FormDataContentType(), files.Bytes(), http.StatusBadRequest},
			{"a huge form", "application/x-www-form-urlencoded", append([]byte("x="), bytes.Repeat([]byte("A"), 100<<10)...), http.StatusRequestEntityTooLarge},
			{"NUL in a value", "application/x-www-form-urlencoded", []byte("email=a%00b&quantity=1&variant=1"), http.StatusBadRequest},
			{"NUL in a name", "application/x-www-form-urlencoded", []byte("a%00b=1"), http.StatusBadRequest},
			{"raw NUL", "application/x-www-form-urlencoded", []byte("email=a\x00b"), http.StatusBadRequest},
			{"no UTF-8", "application/x-www-form-urlencoded", []byte("email=%ff%fe"), http.StatusBadRequest},
			{"an overlong NUL", "application/x-www-form-urlencoded", []byte("email=%c0%80"), http.StatusBadRequest},
			{"half of a surrogate pair", "application/x-www-form-urlencoded", []byte("email=%ed%a0%80"), http.StatusBadRequest},
		} {
			a.refused(tt.what+" to "+path, tt.want, a.sends(path, tt.kind, tt.body))
		}
		compressed := a.sends(path, "application/x-www-form-urlencoded", small.Bytes())
		a.refused("a compressed form to "+path, http.StatusUnsupportedMediaType, func() *http.Request {
			r := compressed()
			r.Header.Set("Content-Encoding", "gzip")
			return r
		})
		a.refused("another site's form to "+path, http.StatusForbidden, func() *http.Request {
			r := a.sends(path, "application/x-www-form-urlencoded", good)()
			r.Header.Set("Origin", "http://bloom.localhost:8080")
			return r
		})
	}
}

// TestMultipartFormsAreForms: browsers may send either.
func TestMultipartFormsAreForms(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	v := p.at(p.kaffa)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("variant", fmt.Sprint(p.kaffa.variant("mug")))
	_ = form.WriteField("quantity", "2")
	_ = form.Close()
	request := httptest.NewRequest(http.MethodPost, "http://"+v.host+"/cart/items", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	wantText(v, v.follow(v.send(request)), "#cart-badge", "22 items")
}

func TestAddressesThatCannotBe(t *testing.T) {
	t.Parallel()
	a := newAttack(t)
	for path, want := range map[string]int{
		"/products/%00": 400, "/products/%ff": 400, "/products/a%00b": 400, "/products/%0a": 400, "/products/%zz": 400,
		"/categories/%c0%af": 400, "/products/%2e%2e%2fadmin": 404, "/products/..%2f..%2f": 404, "/products/%252e": 404,
		"/products//mug": 404, "/products/" + strings.Repeat("a", 3000): 400, "/products/" + strings.Repeat("a", 500): 404,
		"/products/Mug": 404, "/products/' OR 1=1": 404, "/orders/1": 404, "/orders/abc?key=x": 404, "/orders/-1?key=": 404,
		"/orders/99999999999999999999?key=AAAA": 404, "/orders/1?key=%00": 400, "/search?q=%00": 400, "/search?q=%ff": 400, "/search?%ff=1": 400,
		"/products?option.Size=%00": 400, "/products?page=%ff": 400, "/cart?removed=%00": 400, "/search/suggestions?q=a%00": 400, "/?x=%c0%80": 400,
	} {
		raw := strings.ReplaceAll(path, " ", "%20")
		a.refused("GET "+path[:min(60, len(path))], want, func() *http.Request { return rawRequest(http.MethodGet, a.host, raw) })
	}
}

// rawRequest has an address that package url would not take.
func rawRequest(method, host, target string) *http.Request {
	request := httptest.NewRequest(method, "http://"+host+"/", nil)
	request.RequestURI = target
	return request
}

// TestQueriesThatMakeNoSense: a list's address may be typed or made up, and a list is the better answer.
func TestQueriesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	a := newAttack(t)
	for _, path := range []string{
		"/products?page=0", "/products?page=-5", "/products?page=1e99", "/products?page=99999999999999999999", "/products?page=1000",
		"/products?sort=price_asc&sort=title", "/products?sort='", "/products?price_min=abc&price_max=-1", "/products?price_min=1e99",
		"/products?price_min=99999999999999999999", "/products?price_min=5&price_max=1", "/products?option.=x", "/products?option.Size=",
		"/products?" + strings.Repeat("option.Size=x&", 300), "/products?option.%F0%9F%A6%84=%F0%9F%A6%84", "/products?in_stock=maybe",
		"/categories/gear?q=mug&page=2", "/search?q=" + url.QueryEscape(strings.Repeat("ß", 1000)), "/search?q=%27%3B+DROP+TABLE+orders", "/search?q=%25_%5C",
		"/search?q=%26+%7C+%21+%3A%2A+%28", "/search?q=+", "/search?q=a&q=b", "/search?q=%F0%9F%A6%84", "/products/espresso?variant=abc", "/products/espresso?variant=-1",
		"/products/espresso?variant=99999999999999999999", "/products/espresso?option.Size=x&option.Nothing=y", "/products/espresso?option.Size=1+kg&variant=1",
		"/cart?limited=stock&got=99999999999", "/cart?removed=99999999999999999999", "/orders?number=1&email=x", "/?a=b&a=c;d=%20", "/products?a[b]=c&a[=d",
	} {
		for _, v := range []*visitor{a.visitor, a.swapping("listing"), a.swapping("results-more"), a.swapping("suggestions")} {
			got := v.get(path)
			a.page(got, http.StatusOK)
		}
	}
	a.unchanged("a query")
}

// TestFormsThatMakeNoSense posts what no page of ours has to the checkout.
func TestFormsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	a := newAttack(t)
	a.cookies = a.victim.cookies
	good := a.fields(a.victim.checkout(), "#checkout-form")
	for name, value := range a.kaffa.buyer() {
		good.Set(name, value)
	}
	a.before = a.snapshot()
	for name, change := range map[string]url.Values{
		"nothing":                 {"email": {""}, "name": {""}, "line1": {""}, "city": {""}, "postcode": {""}, "payment_method": {""}},
		"an unknown country":      {"country": {"XX"}},
		"a country twice":         {"country": {"XX", "DE"}},
		"a country of code":       {"country": {"<script>"}},
		"an unknown way to pay":   {"payment_method": {"gold"}},
		"an unknown way to send":  {"shipping_method": {"rocket"}},
		"a way to send too long":  {"shipping_method": {strings.Repeat("a", 5000)}},
		"a name too long":         {"name": {strings.Repeat("ä", 10_000)}},
		"a note too long":         {"note": {strings.Repeat("n", 20_000)}},
		"control characters":      {"name": {"A\x01\x1b[31mda"}},
		"a header":                {"email": {"ada@example.com\r\nBcc: eve@example.com"}},
		"a postcode of elsewhere": {"postcode": {"SW1A 1AA"}},
		"a bill to nowhere":       {"billing_differs": {"1"}},
	} {
		fields := url.Values{}
		for field, values := range good {
			fields[field] = values
		}
		for field, values := range change {
			fields[field] = values
		}
		a.refused(name, http.StatusUnprocessableEntity, a.posts("/checkout", fields))
	}
	// Another country may have other costs, so that it is a conflict besides; what is wrong is said all the same.
	for _, country := range []string{"", "XX", "<script>", "DE\x01", strings.Repeat("D", 1000)} {
		fields := url.Values{}
		for field, values := range good {
			fields[field] = values
		}
		fields["country"], fields["email"] = []string{country, "DE"}, []string{"ada"}
		got := a.clone().post("/checkout", fields)
		if got.StatusCode != http.StatusConflict && got.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("country=%.20q: %d", country, got.StatusCode)
		}
		page := a.page(got, got.StatusCode)
		if page.Find("#checkout-country-error span, #checkout-email-error span").Length() != 2 || page.Find(".error-summary li").Length() < 2 {
			t.Errorf("country=%.20q: %s", country, text(page.Find("#checkout-form [role=alert]")))
		}
	}
	a.unchanged("a country")
	for _, seen := range []string{"1", "0,", "-1,1x1:1", "99999999999999999999", "3390,abc", strings.Repeat("1x1:1,", 5000)} {
		fields := url.Values{}
		for field, values := range good {
			fields[field] = values
		}
		fields.Set("seen", seen)
		got := a.clone().post("/checkout", fields)
		if got.StatusCode != http.StatusConflict && got.StatusCode != http.StatusSeeOther {
			t.Errorf("seen=%.30s: %d", seen, got.StatusCode)
		}
	}
	if n := a.number(`SELECT count(*) FROM orders WHERE vendor_id = ?`, a.kaffa.id); n > 2 {
		t.Errorf("%d orders", n)
	}
}

// TestTheLookUpTakesAnything: whatever is typed, the answer is that there is no such order.
func TestTheLookUpTakesAnything(t *testing.T) {
	t.Parallel()
	a := newAttack(t)
	for _, typed := range [][2]string{
		{"", ""}, {"abc", "ada@example.com"}, {"1", ""}, {"99999999999999999999", "ada@example.com"}, {"-1", "ada@example.com"},
		{"1 OR 1=1", "' OR ''='"}, {"1", "ada@example.com\x01"}, {"1", strings.Repeat("a", 20_000)}, {"B-1", "ada@example.com"}, {"2", "ada@example.com"},
	} {
		v := a.clone()
		page := v.page(v.post("/orders", form("number", typed[0], "email", typed[1])), http.StatusUnprocessableEntity)
		wantText(v, page, "[role=alert]", "No order matches this number and e-mail address. Check both and try again.")
	}
	a.unchanged("a look-up")
}
