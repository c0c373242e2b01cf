package handlers_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// parts are the places that an answer to htmx fills: "" is the one that was asked for.
func parts(page *goquery.Document) []string {
	var places []string
	page.Find("body > *").Each(func(_ int, part *goquery.Selection) {
		place := "#" + part.AttrOr("id", "")
		if goquery.NodeName(part) == "hx-partial" {
			place = part.AttrOr("hx-target", "") + " " + part.AttrOr("hx-swap", "")
		}
		places = append(places, place)
	})
	return places
}

func wantParts(v *visitor, page *goquery.Document, want ...string) {
	v.t.Helper()
	if got := parts(page); !slices.Equal(got, want) {
		html, _ := page.Html()
		v.t.Errorf("the answer has the parts %q, want %q: %.1500s", got, want, html)
	}
}

const (
	badgePart   = "#cart-badge outerMorph"
	toastPart   = "#toasts innerHTML"
	summaryPart = "#checkout-summary outerMorph"
)

// TestTheCartByFragments makes every change of a cart as htmx does, and looks at what comes with it.
func TestTheCartByFragments(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for _, s := range []*shop{p.kaffa, p.bloom} {
		for way, v := range p.everyWay(s) {
			t.Run(s.slug+" by "+way, func(t *testing.T) { changeCart(v.within(t), s) })
		}
	}
}

func changeCart(v *visitor, s *shop) {
	kettle, mug := s.variant("kettle"), s.variant("mug")
	mugLine := fmt.Sprintf("/cart/items/%d", mug)
	drawer, lines := v.swapping("cart-drawer"), v.swapping("cart-lines")
	for _, step := range []struct {
		what  string
		do    func() answer
		parts []string
		badge string
		toast string
	}{
		{"add", func() answer { return drawer.post("/cart/items", form("variant", mug, "quantity", 2)) },
			[]string{"#cart-drawer", badgePart}, "22 items", ""},
		{"add another", func() answer { return drawer.post("/cart/items", form("variant", kettle)) },
			[]string{"#cart-drawer", badgePart}, "33 items", ""},
		{"add too many", func() answer { return drawer.post("/cart/items", form("variant", mug, "quantity", 9)) },
			[]string{"#cart-drawer", badgePart, toastPart}, "66 items", "Only 5 in stock, so we put 5 into your cart."},
		{"add what is sold out", func() answer { return drawer.post("/cart/items", form("variant", s.variant("grinder"))) },
			[]string{"#cart-drawer", badgePart, toastPart}, "66 items", "This has just sold out. Your cart is unchanged."},
		{"change", func() answer { return lines.post(mugLine, form("quantity", 3)) },
			[]string{"#cart-lines", badgePart}, "44 items", ""},
		{"change to too many", func() answer { return lines.post(mugLine, form("quantity", 50)) },
			[]string{"#cart-lines", badgePart, toastPart}, "66 items", "Only 5 in stock, so we put 5 into your cart."},
		{"remove", func() answer { return lines.post(mugLine+"/removal", form()) },
			[]string{"#cart-lines", badgePart, toastPart}, "11 item", "Mug was removed from your cart."},
		{"undo", func() answer { return lines.post("/cart/items", form("variant", mug, "quantity", 5)) },
			[]string{"#cart-lines", badgePart}, "66 items", ""},
		{"change to none", func() answer { return lines.post(mugLine, form("quantity", 0)) },
			[]string{"#cart-lines", badgePart, toastPart}, "11 item", "Mug was removed from your cart."},
		{"remove the last", func() answer { return lines.post(fmt.Sprintf("/cart/items/%d/removal", kettle), form()) },
			[]string{"#cart-lines", badgePart, toastPart}, "", "Kettle was removed from your cart."},
	} {
		page := v.page(step.do(), http.StatusOK)
		wantParts(v, page, step.parts...)
		if got := text(page.Find("#cart-badge")); got != step.badge {
			v.t.Errorf("%s: the badge says %q, want %q", step.what, got, step.badge)
		}
		if got := text(page.Find(".toast-text")); got != step.toast {
			v.t.Errorf("%s: the toast says %q, want %q", step.what, got, step.toast)
		}
		checkLinks(v, step.what, page)
	}
	removed := v.page(lines.post(mugLine+"/removal", form()), http.StatusNotFound)
	wantParts(v, removed, "#toast")
}

// TestUndoIsWhatTheToastOffers presses the button in the toast rather than guessing its form.
func TestUndoIsWhatTheToastOffers(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	v := p.at(p.kaffa)
	v.add("mug", 3)
	lines := v.swapping("cart-lines")
	removed := v.page(lines.post(fmt.Sprintf("/cart/items/%d/removal", p.kaffa.variant("mug")), form()), http.StatusOK)
	undone := v.page(lines.submit(removed, "#toast form", nil), http.StatusOK)
	wantText(v, undone, "#cart-badge", "33 items")
}

// TestALimitIsSaidWithoutJavaScript adds more than there is by plain forms.
func TestALimitIsSaidWithoutJavaScript(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for way, v := range p.everyWay(p.kaffa) {
		cart := v.add("mug", 7)
		wantText(v, cart, "#toasts .toast-text", "Only 5 in stock, so we put 5 into your cart.")
		grinder := v.follow(v.post("/cart/items", form("variant", p.kaffa.variant("grinder"))))
		wantText(v, grinder, "#toasts .toast-text", "This has just sold out. Your cart is unchanged.")
		for _, query := range []string{"?limited=nonsense", "?limited=", "?removed=0", "?removed=-1", "?removed=x&quantity=9", "?quantity=3"} {
			if page := v.page(v.get("/cart"+query), http.StatusOK); page.Find(".toast-text").FilterFunction(
				func(_ int, s *goquery.Selection) bool { return s.ParentsFiltered("#toasts").Length() > 0 }).Length() != 0 {
				t.Errorf("%s by %s says something", query, way)
			}
		}
	}
}

// TestTheCheckoutByFragments checks fields and places an order as htmx does.
func TestTheCheckoutByFragments(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for _, s := range []*shop{p.kaffa, p.bloom} {
		for way, v := range p.everyWay(s) {
			t.Run(s.slug+" by "+way, func(t *testing.T) { fillIn(v.within(t), s) })
		}
	}
}

func fillIn(v *visitor, s *shop) {
	v.add("mug", 1)
	fields := v.fields(v.checkout(), "#checkout-form")
	check := func(name, value string) *goquery.Document {
		fields.Set(name, value)
		fields.Set("field", name)
		return v.page(v.swapping("field-"+name).post("/checkout/fields", fields), http.StatusOK)
	}
	wrong := check("email", "ada@")
	wantParts(v, wrong, "#field-email")
	if wrong.Find(".is-invalid").Length() != 1 || text(wrong.Find("#checkout-email-error")) == "" || wrong.Find("input").AttrOr("value", "") != "ada@" {
		v.t.Errorf("a wrong address: %s", text(wrong.Selection))
	}
	right := check("email", " ada@example.com ")
	if right.Find(".is-invalid").Length() != 0 || right.Find("input").AttrOr("value", "") != "ada@example.com" {
		v.t.Errorf("a right address: %s", text(right.Selection))
	}
	abroad := check("country", "US")
	wantParts(v, abroad, "#field-country", "#checkout-shipping outerMorph", summaryPart)
	if strings.Contains(text(abroad.Find("#checkout-summary")), "tax") {
		v.t.Errorf("tax abroad: %s", text(abroad.Find("#checkout-summary")))
	}
	if message := text(abroad.Find("#checkout-shipping .field-error")); message != "" {
		v.t.Errorf("another country complains about %q", message)
	}
	summary := v.page(v.swapping("checkout-summary").post("/checkout/summary", fields), http.StatusOK)
	wantParts(v, summary, "#checkout-summary")

	for _, unknown := range []string{"", "cart", "nothing"} {
		fields.Set("field", unknown)
		v.page(v.swapping("field").post("/checkout/fields", fields), http.StatusUnprocessableEntity)
	}
	form := v.swapping("checkout-form")
	returned := v.page(form.post("/checkout", fields), http.StatusUnprocessableEntity)
	wantParts(v, returned, "#checkout-form", summaryPart)
	if returned.Find(".error-summary li").Length() == 0 {
		v.t.Errorf("no list of errors: %s", text(returned.Selection))
	}
	for name, value := range s.buyer() {
		fields.Set(name, value)
	}
	fields.Set("seen", v.fields(v.checkout(), "#checkout-form").Get("seen"))
	placed := form.post("/checkout", fields)
	if placed.StatusCode != http.StatusOK || placed.body != "OK" && placed.body != "" {
		v.t.Fatalf("placing answered %d: %.500s", placed.StatusCode, placed.body)
	}
	v.page(v.open(placed.Header.Get("HX-Redirect")), http.StatusOK)
}

// TestFieldsAndSummaryWithoutHtmx: nobody asks so, but a link may.
func TestFieldsAndSummaryWithoutHtmx(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	v := p.at(p.kaffa)
	v.add("mug", 1)
	for _, path := range []string{"/checkout/fields", "/checkout/summary"} {
		if page := v.follow(v.post(path, form("field", "email"))); page.Find("#checkout-form").Length() != 1 {
			t.Errorf("%s does not lead to the checkout", path)
		}
	}
}

// TestWhatChangedMeanwhileComesBack places an order after something changed behind the buyer's back.
func TestWhatChangedMeanwhileComesBack(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]struct {
		query, says string
	}{
		"a price":       {`UPDATE product_variants SET price = 1999 WHERE vendor_id = ?0 AND id = ?1`, "Mug now costs €19.99; it was €14.50."},
		"stock":         {`UPDATE inventory SET on_hand = 1 WHERE vendor_id = ?0 AND variant_id = ?1`, "Mug: only 1 left."},
		"sold out":      {`UPDATE inventory SET on_hand = 0 WHERE vendor_id = ?0 AND variant_id = ?1`, "Mug has just sold out. Remove it from the cart to go on."},
		"archived":      {`UPDATE products SET status = 'archived' WHERE vendor_id = ?0 AND id = (SELECT product_id FROM product_variants WHERE vendor_id = ?0 AND id = ?1)`, "Mug is no longer sold. Remove it from the cart to go on."},
		"the cart":      {`UPDATE cart_items SET quantity = 3 WHERE vendor_id = ?0 AND variant_id = ?1`, "Mug: the quantity is now 3; it was 2."},
		"the shipping":  {`UPDATE vendor_settings SET shipping_methods = '[{"code":"standard","name":"Standard","countries":[],"price":690}]' WHERE vendor_id = ?0 AND 0 < ?1`, "The total is now €35.90; it was €33.90."},
		"another added": {`INSERT INTO cart_items (vendor_id, cart_id, variant_id, quantity) SELECT ?0, cart_id, (SELECT max(id) FROM product_variants v WHERE v.vendor_id = ?0 AND v.sku = 'Kettle'), 1 FROM cart_items WHERE variant_id = ?1`, "Kettle was added to the cart."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlatform(t)
			s := p.kaffa
			plain := p.at(s)
			plain.add("mug", 2)
			seen := plain.fields(plain.checkout(), "#checkout-form")
			for field, value := range s.buyer() {
				seen.Set(field, value)
			}
			p.exec(change.query, s.id, s.variant("mug"))
			before := p.snapshot()
			htmx := plain.swapping("checkout-form")
			answered := htmx.page(htmx.post("/checkout", seen), http.StatusConflict)
			wantParts(htmx, answered, "#checkout-form", summaryPart)
			page := plain.page(plain.post("/checkout", seen), http.StatusConflict)
			for form, shown := range map[string]*goquery.Document{"fragment": answered, "page": page} {
				if got := text(shown.Find(`#checkout-form [role=alert]`)); !strings.Contains(got, change.says) {
					t.Errorf("the %s says %q, want %q", form, got, change.says)
				}
				if got := shown.Find("#checkout-name").AttrOr("value", ""); got != "Ada Lovelace" {
					t.Errorf("the %s lost what was typed: %q", form, got)
				}
			}
			if after := p.snapshot(); after != before {
				t.Errorf("something was done:\n%s\n%s", before, after)
			}
			if answered.Find(".cart-line-message").Length() > 0 {
				return // it has to be put right in the cart first
			}
			// What came back is up to date: sent again, it is placed.
			plain.follow(plain.submit(page, "#checkout-form", nil))
		})
	}
}

// snapshot is everything that placing an order or changing a cart would change.
func (p *platform) snapshot() string {
	p.t.Helper()
	var state string
	p.scan(`SELECT json_build_object(
		'orders', (SELECT count(*) FROM orders), 'items', (SELECT count(*) FROM order_items), 'history', (SELECT count(*) FROM order_status_history),
		'numbers', (SELECT coalesce(sum(value), 0) FROM vendor_counters), 'customers', (SELECT count(*) FROM customers),
		'stock', (SELECT json_agg(row(vendor_id, variant_id, on_hand, reserved) ORDER BY vendor_id, variant_id) FROM inventory),
		'ledger', (SELECT count(*) FROM stock_movements), 'audit', (SELECT count(*) FROM audit_log),
		'carts', (SELECT json_agg(row(vendor_id, id, status) ORDER BY vendor_id, id) FROM carts),
		'lines', (SELECT json_agg(row(vendor_id, cart_id, variant_id, quantity) ORDER BY vendor_id, cart_id, variant_id) FROM cart_items))::text`, nil, &state)
	return state
}
