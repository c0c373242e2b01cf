package handlers_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"orion/model/audit"
	"orion/model/order"
)

// buyer is a checkout that is filled in rightly for a shop.
func (s *shop) buyer() map[string]string {
	if s.slug == "bloom" {
		return map[string]string{"email": "ada@example.com", "name": "Ada Lovelace", "line1": "1 Kew Road", "postcode": "TW9 3AB", "city": "London", "country": "GB"}
	}
	return map[string]string{"email": "ada@example.com", "name": "Ada Lovelace", "line1": "Hauptstraße 1", "postcode": "10115", "city": "Berlin", "country": "DE"}
}

// add puts a quantity of a product into the visitor's cart, from its page, and shows the cart.
func (v *visitor) add(slug string, quantity int) *goquery.Document {
	v.t.Helper()
	page := v.page(v.get("/products/"+slug), http.StatusOK)
	return v.follow(v.submit(page, ".product-add", map[string]string{"quantity": fmt.Sprint(quantity)}))
}

// checkout opens the checkout.
func (v *visitor) checkout() *goquery.Document {
	v.t.Helper()
	return v.page(v.get("/checkout"), http.StatusOK)
}

// money is how a shop writes an amount.
func (s *shop) money(kaffa, bloom string) string {
	if s.slug == "bloom" {
		return "£" + bloom
	}
	return "€" + kaffa
}

// TestBuyingWithoutJavaScript goes the whole way in each mode, by links and forms only.
func TestBuyingWithoutJavaScript(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for _, s := range []*shop{p.kaffa, p.bloom} {
		for way, v := range p.everyWay(s) {
			t.Run(s.slug+" by "+way, func(t *testing.T) { buy(v.within(t), s) })
		}
	}
}

func buy(v *visitor, s *shop) {
	home := v.page(v.get(""), http.StatusOK)
	shelf := v.page(v.open(home.Find(`a[href$="/categories/beans"]`).First().AttrOr("href", "")), http.StatusOK)
	product := v.page(v.open(shelf.Find(".card-link").AttrOr("href", "")), http.StatusOK)
	cart := v.follow(v.submit(product, ".product-add", map[string]string{"quantity": "2"}))
	if got := text(cart.Find("#cart-badge")); got != "22 items" {
		v.t.Errorf("the badge says %q", got)
	}
	id := s.variant("espresso")
	line := fmt.Sprintf("#cart-line-%d ", id)
	wantText(v, cart, line+".cart-line-total", "Total "+s.money("23.80", "45.80"))
	cart = v.follow(v.submit(cart, line+".cart-line-quantity", map[string]string{"quantity": "3"}))
	wantText(v, cart, line+".cart-line-total", "Total "+s.money("35.70", "68.70"))

	cart = v.follow(v.submit(cart, line+`form[action$="/removal"]`, nil))
	if cart.Find(".cart-line").Length() != 0 || cart.Find(".empty").Length() != 1 {
		v.t.Errorf("the line is still there: %s", text(cart.Find("main")))
	}
	cart = v.follow(v.submit(cart, "#toast form", nil)) // undo
	wantText(v, cart, line+".cart-line-total", "Total "+s.money("35.70", "68.70"))

	checkout := v.page(v.open(cart.Find(`.cart-total a[href$="/checkout"]`).AttrOr("href", "")), http.StatusOK)
	checkout = v.page(v.submit(checkout, "#checkout-form", map[string]string{"email": "ada", "name": "Ada <b>", "postcode": "x"}), http.StatusUnprocessableEntity)
	checkErrors(v, checkout)
	before := v.number(`SELECT count(*) FROM orders`)
	if before != v.number(`SELECT count(DISTINCT cart_id) FROM orders`) {
		v.t.Error("an order was placed although the form was wrong")
	}

	placed := v.submit(checkout, "#checkout-form", s.buyer())
	confirmation := v.follow(placed)
	if confirmation.Find(".order-thanks").Length() != 1 {
		v.t.Errorf("no thanks: %s", text(confirmation.Find("main")))
	}
	wantText(v, confirmation, ".totals-total dd", s.money("40.60", "68.70"))
	if got := text(confirmation.Find("#cart-badge")); got != "" || len(v.cookies) != 0 {
		v.t.Errorf("after the order the badge says %q, the cookies are %v", got, v.cookies)
	}
	track(v, confirmation)
}

// checkErrors looks at a checkout that came back with three fields wrong.
func checkErrors(v *visitor, page *goquery.Document) {
	v.t.Helper()
	for _, field := range []string{"email", "postcode", "line1", "city"} {
		input := page.Find("#checkout-" + field)
		if input.AttrOr("aria-invalid", "") != "true" {
			v.t.Errorf("%s is not marked", field)
		}
		for id := range strings.FieldsSeq(input.AttrOr("aria-describedby", "")) {
			if page.Find("#"+id).Length() != 1 {
				v.t.Errorf("%s is described by %s, which is not there", field, id)
			}
		}
		if text(page.Find("#checkout-"+field+"-error")) == "" {
			v.t.Errorf("%s has no message beside it", field)
		}
		if page.Find(`.error-summary a[href="#checkout-`+field+`"]`).Length() != 1 {
			v.t.Errorf("%s is not in the list of errors", field)
		}
	}
	if page.Find(`.error-summary[autofocus]`).Length() != 1 || page.Find("[aria-invalid]").Length() != 4 {
		v.t.Errorf("%d fields are marked", page.Find("[aria-invalid]").Length())
	}
	if got := page.Find("#checkout-name").AttrOr("value", ""); got != "Ada <b>" {
		v.t.Errorf("the name that was typed is %q", got)
	}
}

// track finds the order of a confirmation again: by its link, by number and address, and not by anything else.
func track(v *visitor, confirmation *goquery.Document) {
	v.t.Helper()
	link := confirmation.Find(`.order-links a`).AttrOr("href", "")
	page := v.page(v.open(link), http.StatusOK)
	if page.Find(".order-thanks").Length() != 0 || text(page.Find(".status")) != "Received" {
		v.t.Errorf("the order's page: %s", text(page.Find(".order-head")))
	}
	_, number, _ := strings.Cut(text(page.Find("h1")), " ")
	form := v.page(v.get("/orders"), http.StatusOK)
	found := v.follow(v.submit(form, ".track-form", map[string]string{"number": " #" + strings.ToLower(number) + " ", "email": "ADA@example.com"}))
	wantText(v, found, "h1", "Order "+number)
	refused := v.page(v.submit(form, ".track-form", map[string]string{"number": number, "email": "eve@example.com"}), http.StatusUnprocessableEntity)
	if refused.Find("#track-number").AttrOr("value", "") != number || refused.Find("[role=alert]").Length() != 1 {
		v.t.Errorf("refused: %s", text(refused.Find("main")))
	}
	for _, broken := range []string{strings.Replace(link, "/orders/", "/orders/1", 1), link[:len(link)-1], link + "A", strings.Split(link, "?")[0]} {
		v.page(v.open(broken), http.StatusNotFound)
	}
}

func wantText(v *visitor, page *goquery.Document, selector, want string) {
	v.t.Helper()
	if got := text(page.Find(selector)); got != want {
		v.t.Errorf("%s says %q, want %q", selector, got, want)
	}
}

// TestTheTimelineFollowsTheOrder advances an order and looks at its page.
func TestTheTimelineFollowsTheOrder(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	s, v := p.kaffa, p.at(p.kaffa)
	v.add("mug", 1)
	link := v.submit(v.checkout(), "#checkout-form", s.buyer()).Header.Get("Location")
	by := audit.By{Kind: audit.Vendor, Actor: "user:1"}
	for _, step := range []struct{ to, label, way string }{
		{order.Confirmed, "Confirmed", "done current todo todo todo"}, {order.Processing, "Being packed", "done done current todo todo"},
		{order.Shipped, "On its way", "done done done current todo"}, {order.Delivered, "Delivered", "done done done done done"},
		{order.Returned, "Returned", "done done done done done stopped"},
	} {
		_, err := order.Advance(s.ctx, p.db.Shop, 1, step.to, by, "Note for "+step.to)
		p.must(err)
		page := v.page(v.open(link), http.StatusOK)
		wantText(v, page, ".status", step.label)
		way := page.Find(".timeline-step").Map(func(_ int, s *goquery.Selection) string {
			return strings.TrimPrefix(strings.Fields(s.AttrOr("class", ""))[1], "is-")
		})
		if got := strings.Join(way, " "); got != step.way {
			t.Errorf("%s: the way is %s, want %s", step.to, got, step.way)
		}
		if got := text(page.Find("main")); !strings.Contains(got, "Note for "+step.to) {
			t.Errorf("%s: the history lacks the note", step.to)
		}
	}
}

func TestPaymentMethodsWithoutAProviderAreNotOffered(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	s, v := p.kaffa, p.at(p.kaffa)
	p.exec(`UPDATE vendor_settings SET payment_methods = ? WHERE vendor_id = ?`,
		`[{"code":"card","name":"Card"},{"code":"cash_on_delivery","name":"Cash on delivery"}]`, s.id)
	v.add("mug", 1)
	checkout := v.checkout()
	if got := checkout.Find("input[name=payment_method]").Map(func(_ int, i *goquery.Selection) string { return i.AttrOr("value", "") }); !slices.Equal(got, []string{"cash_on_delivery"}) {
		t.Errorf("offered: %v", got)
	}
	fields := s.buyer()
	fields["payment_method"] = "card"
	back := v.page(v.submit(checkout, "#checkout-form", fields), http.StatusUnprocessableEntity)
	if text(back.Find("#payment-error")) == "" {
		t.Errorf("nothing is said beside the payment: %s", text(back.Find("#checkout-form")))
	}
	delete(fields, "payment_method")
	v.follow(v.submit(checkout, "#checkout-form", fields))
	if page := v.page(v.get("/shipping"), http.StatusOK); strings.Contains(text(page.Find("main")), "Card") {
		t.Error("the page about payment promises the card")
	}
}

// TestWhatIsTypedIsKept leaves the checkout half filled in and comes back.
func TestWhatIsTypedIsKept(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	s, v := p.kaffa, p.at(p.kaffa)
	v.add("mug", 1)
	fields := v.fields(v.checkout(), "#checkout-form")
	fields.Set("email", "not yet")
	fields.Set("field", "email")
	v.page(v.swapping("field-email").post("/checkout/fields", fields), http.StatusOK)
	fields.Set("name", "Ada")
	fields.Set("payment_method", "cash_on_delivery")
	v.page(v.swapping("checkout-summary").post("/checkout/summary", fields), http.StatusOK)
	again := v.checkout()
	if again.Find("[aria-invalid]").Length() != 0 {
		t.Error("a checkout that is opened complains already")
	}
	got := v.fields(again, "#checkout-form")
	for name, want := range map[string]string{"email": "not yet", "name": "Ada", "payment_method": "cash_on_delivery", "country": "DE"} {
		if got.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.Get(name), want)
		}
	}
	// A form that comes back is kept too.
	wrong := s.buyer()
	wrong["postcode"], wrong["billing_differs"], wrong["billing_city"] = "1", "1", "Wien"
	v.page(v.submit(again, "#checkout-form", wrong), http.StatusUnprocessableEntity)
	if got := v.fields(v.checkout(), "#checkout-form"); got.Get("postcode") != "1" || got.Get("billing_differs") != "1" || got.Get("billing_city") != "Wien" {
		t.Errorf("after a wrong form: %v", got)
	}
	// Nobody else sees it, neither with a form that names the cart nor in the other shop.
	eve := p.at(s)
	eve.add("mug", 1)
	if body := eve.get("/checkout").body; strings.Contains(body, "Hauptstraße") {
		t.Error("somebody else sees the address")
	}
	stolen := maps.Clone(fields)
	stolen.Set("name", "Eve")
	eve.page(eve.swapping("field-name").post("/checkout/fields", stolen), http.StatusOK)
	if got := v.fields(v.checkout(), "#checkout-form").Get("name"); got != "Ada Lovelace" {
		t.Errorf("somebody else wrote %q into the form", got)
	}
	if cache := v.get("/checkout").Header.Get("Cache-Control"); cache != "private, no-store" {
		t.Errorf("the checkout may be kept by the browser: %s", cache)
	}
	right := s.buyer()
	right["billing_differs"] = ""
	v.follow(v.submit(v.checkout(), "#checkout-form", right))
	if n := p.number(`SELECT count(*) FROM carts WHERE checkout::text LIKE '%Hauptstra%'`); n != 0 {
		t.Errorf("%d carts keep the address after the order", n)
	}
}

func TestAPurchaseWithoutDelivery(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	s, v := p.kaffa, p.at(p.kaffa)
	v.add("course", 1)
	checkout := v.checkout()
	if checkout.Find("input[name=shipping_method]").Length() != 0 {
		t.Error("a course is to be sent")
	}
	confirmation := v.follow(v.submit(checkout, "#checkout-form", s.buyer()))
	wantText(v, confirmation, ".totals-total dd", "€25.00")
}

func TestTheCheckoutNeedsACart(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for way, v := range p.everyWay(p.kaffa) {
		cart := v.follow(v.get("/checkout"))
		if cart.Find(".empty").Length() != 1 {
			t.Errorf("%s: %s", way, text(cart.Find("main")))
		}
		v.page(v.post("/checkout", values(p.kaffa.buyer())), http.StatusConflict)
		v.add("mug", 1)
		p.exec(`UPDATE inventory SET on_hand = 0 WHERE variant_id = ?`, p.kaffa.variant("mug"))
		blocked := v.follow(v.get("/checkout"))
		if blocked.Find(".cart-line-message").Length() != 1 || blocked.Find(`a[href$="/checkout"]`).Length() != 0 {
			t.Errorf("%s: a cart with something sold out: %s", way, text(blocked.Find("main")))
		}
		p.exec(`UPDATE inventory SET on_hand = 5 WHERE variant_id = ?`, p.kaffa.variant("mug"))
	}
}

func values(fields map[string]string) url.Values {
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, value)
	}
	return form
}
