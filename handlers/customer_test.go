package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"orion/model/letter"
)

// customer is somebody with an account, signed in.
func (p *platform) customer(s *shop, email string) *visitor {
	p.t.Helper()
	p.newCustomer(s, email)
	v := p.at(s)
	v.follow(v.signIn("", email, password))
	return v
}

// order buys a mug and tells the number of the order.
func (v *visitor) order(s *shop, changed map[string]string) int {
	v.t.Helper()
	v.add("mug", 1)
	filled := s.buyer()
	for name, value := range changed {
		filled[name] = value
	}
	v.page(v.open(v.submit(v.checkout(), "#checkout-form", filled).Header.Get("Location")), http.StatusOK)
	return v.number(`SELECT max(number) FROM orders WHERE vendor_id = ?`, s.id)
}

const addressForm = "#address-form form"

func TestAddressBook(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for _, s := range []*shop{p.kaffa, p.bloom} {
		p.newCustomer(s, "ada@example.com")
		for way, v := range p.everyWay(s) {
			t.Run(s.slug+" by "+way, func(t *testing.T) {
				v := v.within(t)
				v.follow(v.signIn("", "ada@example.com", password))
				keepAddresses(v, s)
			})
		}
	}
}

func keepAddresses(v *visitor, s *shop) {
	book := v.page(v.get("/account/addresses"), http.StatusOK)
	if book.Find(".empty").Length() != 1 {
		v.t.Fatal("the empty book says nothing")
	}
	page := v.page(v.open(book.Find(".empty a").AttrOr("href", "")), http.StatusOK)
	filled := s.buyer()
	delete(filled, "email")
	wrong := v.page(v.submit(page, addressForm, map[string]string{"line1": "", "postcode": "<x>"}), http.StatusUnprocessableEntity)
	for _, field := range []string{"line1", "city", "postcode"} {
		if wrong.Find("#account-"+field+"[aria-invalid]").Length() != 1 || text(wrong.Find("#account-"+field+"-error")) == "" {
			v.t.Errorf("%s is not refused beside the field", field)
		}
	}
	fragment := v.page(v.swapping("address-form").submit(page, addressForm, nil), http.StatusUnprocessableEntity)
	if fragment.Find("#address-form").Length() != 1 || fragment.Find("header").Length() != 0 {
		v.t.Error("htmx does not get the form alone")
	}
	book = v.follow(v.submit(wrong, addressForm, filled))
	if got := text(book.Find(".customer-card")); !strings.Contains(got, filled["line1"]) || !strings.Contains(got, "Delivery Billing") || text(book.Find("#toasts .toast-text")) != "Saved." {
		v.t.Errorf("the book holds %q", got)
	}
	second := v.page(v.open(book.Find(`a[href$="/addresses/new"]`).AttrOr("href", "")), http.StatusOK)
	filled["line1"], filled["label"] = "Another street 2", "Office"
	book = v.follow(v.submit(second, addressForm, filled))
	deliver := book.Find(`.customer-card:contains("Office") form:contains("Deliver here")`)
	action := deliver.AttrOr("action", "")
	book = v.follow(v.do(http.MethodPost, action, form("default", "shipping")))
	if got := text(book.Find(".customer-card").First()); !strings.HasPrefix(got, "Office Delivery") || !strings.Contains(got, "Another street 2") {
		v.t.Errorf("the default is %q", got)
	}
	edit := v.page(v.open(action), http.StatusOK)
	book = v.follow(v.submit(edit, addressForm, map[string]string{"label": "Work"}))
	if got := text(book.Find(".customer-card").First()); !strings.HasPrefix(got, "Work Delivery") {
		v.t.Errorf("after editing: %q", got)
	}
	checkout := func() string {
		v.add("mug", 1)
		return v.checkout().Find("#checkout-line1").AttrOr("value", "")
	}
	if got := checkout(); got != "Another street 2" {
		v.t.Errorf("the checkout fills in %q", got)
	}
	other := v.checkout().Find(`.checkout-saved a`).Last().AttrOr("href", "")
	if got := v.page(v.open(other), http.StatusOK).Find("#checkout-line1").AttrOr("value", ""); got != s.buyer()["line1"] {
		v.t.Errorf("the picked address fills in %q", got)
	}
	for range 2 {
		book = v.page(v.get("/account/addresses"), http.StatusOK)
		book = v.follow(v.do(http.MethodPost, book.Find(`form[action$="/removal"]`).First().AttrOr("action", ""), form()))
	}
	if book.Find(".customer-card").Length() != 0 {
		v.t.Error("an address is left")
	}
}

func TestTheCheckoutKnowsWhoIsSignedIn(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	guest := p.at(p.kaffa)
	guest.add("mug", 1)
	checkout := guest.checkout()
	if got := checkout.Find(".checkout-account a").AttrOr("href", ""); got != "/account/sign-in?next=%2Fcheckout" {
		t.Errorf("a guest is led to %q", got)
	}
	if checkout.Find("#save-address").Length() != 0 {
		t.Error("a guest has an address book")
	}
	placed := guest.follow(guest.submit(checkout, "#checkout-form", p.kaffa.buyer()))
	if got := placed.Find(`section a[href*="/account/registration"]`).AttrOr("href", ""); got != "/account/registration?email=ada%40example.com" {
		t.Errorf("after the order a guest is led to %q", got)
	}

	v := p.customer(p.kaffa, "bea@example.com")
	v.add("mug", 1)
	checkout = v.checkout()
	for field, want := range map[string]string{"email": "bea@example.com", "name": "bea", "line1": ""} {
		if got := checkout.Find("#checkout-"+field).AttrOr("value", ""); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	filled := p.kaffa.buyer()
	filled["email"], filled["city"], filled["save_address"] = "elsewhere@example.com", "", "1"
	wrong := v.page(v.submit(checkout, "#checkout-form", filled), http.StatusUnprocessableEntity)
	if wrong.Find("#save-address[checked]").Length() != 1 {
		t.Error("the wish to keep the address is forgotten")
	}
	placed = v.follow(v.submit(wrong, "#checkout-form", map[string]string{"city": "Berlin"}))
	if placed.Find(`section a[href*="/account/registration"]`).Length() != 0 {
		t.Error("a customer is asked to open an account")
	}
	if got := p.number(`SELECT count(*) FROM orders o JOIN customers c ON c.vendor_id = o.vendor_id AND c.id = o.customer_id
		JOIN customer_addresses a ON a.vendor_id = c.vendor_id AND a.customer_id = c.id AND a.address = o.shipping_address
		WHERE o.signed_in AND c.email = 'bea@example.com' AND o.email = 'elsewhere@example.com'`); got != 1 {
		t.Error("the order is not the account's, or its address was not kept")
	}
}

func TestOrdersOfAnAccount(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	v := p.customer(p.kaffa, "ada@example.com")
	if empty := v.page(v.get("/account"), http.StatusOK); empty.Find(".empty").Length() != 1 {
		t.Error("there is nothing to say about no orders")
	}
	number := v.order(p.kaffa, nil)
	list := v.page(v.get("/account"), http.StatusOK)
	row := list.Find(".customer-order")
	if got := text(row); row.Length() != 1 || !strings.Contains(got, fmt.Sprintf("Order K-%d Received", number)) || !strings.Contains(got, "1 item") {
		t.Errorf("%q", got)
	}
	shown := v.page(v.open(row.Find("a").AttrOr("href", "")), http.StatusOK)
	if shown.Find(".timeline .is-current").Length() != 1 || shown.Find(".summary-line").Length() != 1 {
		t.Errorf("%s", text(shown.Find("main")))
	}
	eve := p.customer(p.kaffa, "eve@example.com")
	bea := p.customer(p.bloom, "ada@example.com")
	for _, other := range []*visitor{eve, bea} {
		other.page(other.get(fmt.Sprintf("/account/orders/%d", number)), http.StatusNotFound)
		other.page(other.post(fmt.Sprintf("/account/orders/%d/reorder", number), form()), http.StatusNotFound)
	}
	for _, odd := range []string{"0", "-1", "x", "99999999999999999999"} {
		v.page(v.get("/account/orders/"+odd), http.StatusNotFound)
	}
	few := v.get("/account").queries()
	for range 3 {
		v.order(p.kaffa, nil)
	}
	if many := v.get("/account").queries(); many != few {
		t.Errorf("four orders take %d queries, one %d", many, few)
	}
}

func TestBuyingAgain(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	v := p.customer(p.kaffa, "ada@example.com")
	v.add("kettle", 2)
	number := v.order(p.kaffa, nil)
	path := fmt.Sprintf("/account/orders/%d", number)
	page := v.page(v.get(path), http.StatusOK)
	cart := v.follow(v.submit(page, `main form[action$="/reorder"]`, nil))
	if got := cart.Find(".cart-line").Length(); got != 2 {
		t.Errorf("%d lines are in the cart", got)
	}
	p.exec(`UPDATE products SET status = 'archived' WHERE slug = 'kettle'`)
	told := v.follow(v.submit(page, `main form[action$="/reorder"]`, nil))
	if got := text(told.Find("main [role=status]")); !strings.HasPrefix(got, "We put 1 item into your cart.Kettle is no longer sold.") {
		t.Errorf("%q", got)
	}
	drawer := v.swapping("div#cart-drawer").submit(page, `main form[action$="/reorder"]`, nil)
	if fragment := v.page(drawer, http.StatusOK); !strings.Contains(drawer.body, "Kettle is no longer sold.") || fragment.Find("#cart-drawer").Length() != 1 {
		t.Errorf("htmx gets %.600s", drawer.body)
	}
	for _, odd := range []string{"x", "-1", "1,", "1,9g,xx,1x99999999", "1,0x" + strings.Repeat("9", 50)} {
		v.page(v.get(path+"?again="+url.QueryEscape(odd)), http.StatusOK)
	}
}

func TestTheCartFollowsTheCustomer(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	desk, phone := p.at(p.kaffa), p.at(p.kaffa)
	desk.follow(desk.signIn("", "ada@example.com", password))
	desk.add("mug", 1)
	phone.add("kettle", 1)
	phone.add("mug", 2)
	phone.follow(phone.signIn("", "ada@example.com", password))
	for name, v := range map[string]*visitor{"desk": desk, "phone": phone} {
		if got := text(v.page(v.get("/cart"), http.StatusOK).Find("#cart-badge")); !strings.HasPrefix(got, "4") {
			t.Errorf("the %s shows %q", name, got)
		}
	}
	third := p.at(p.kaffa)
	third.follow(third.signIn("", "ada@example.com", password))
	page := third.page(third.get("/cart"), http.StatusOK)
	if got := text(page.Find("#cart-badge")); !strings.HasPrefix(got, "4") {
		t.Errorf("a third device shows %q", got)
	}
	third.follow(third.post("/account/sign-out", form()))
	if left := third.page(third.get("/cart"), http.StatusOK); left.Find(".cart-line").Length() != 0 {
		t.Error("the cart stays after signing out")
	}
}

func TestProfile(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	v := p.customer(p.kaffa, "ada@example.com")
	page := v.page(v.get("/account/profile"), http.StatusOK)
	wrong := v.page(v.submit(page, "#profile-form form", map[string]string{"name": "", "phone": "call me"}), http.StatusUnprocessableEntity)
	if wrong.Find("#profile-form [aria-invalid]").Length() != 2 {
		t.Error("the fields are not refused")
	}
	saved := v.follow(v.submit(wrong, "#profile-form form", map[string]string{"name": " Ada  King ", "phone": "+44 20 7946 0000"}))
	if saved.Find("#account-name").AttrOr("value", "") != "Ada King" || saved.Find("#account-phone").AttrOr("value", "") != "+44 20 7946 0000" {
		t.Error("the profile was not saved")
	}
	a := v.swapping("profile-form").submit(saved, "#profile-form form", map[string]string{"name": "Ada"})
	if a.Header.Get("HX-Redirect") != "/account/profile?done=saved" {
		t.Errorf("htmx is led to %q", a.Header.Get("HX-Redirect"))
	}
}

func TestMyData(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	v := p.customer(p.kaffa, "ada@example.com")
	v.order(p.kaffa, nil)
	page := v.page(v.get("/account/data"), http.StatusOK)
	a := v.open(page.Find("a[download]").AttrOr("href", ""))
	var data struct {
		Profile map[string]any
		Orders  []map[string]any
	}
	if err := json.Unmarshal([]byte(a.body), &data); err != nil || data.Profile["email"] != "ada@example.com" || len(data.Orders) != 1 {
		t.Errorf("%v: %.300s", err, a.body)
	}
	if a.Header.Get("Content-Disposition") != `attachment; filename="kaffa-my-data.json"` || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/json") ||
		!strings.Contains(a.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("%v", a.Header)
	}
}

func TestDeletingAnAccount(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	v := p.customer(p.kaffa, "ada@example.com")
	v.order(p.kaffa, map[string]string{"save_address": "1"})
	page := v.page(v.get("/account/deletion"), http.StatusOK)
	if got := text(page.Find("#deletion-form .notice")); !strings.HasPrefix(got, "1 order has not arrived yet.") {
		t.Errorf("the order under way is not told of: %q", got)
	}
	for _, wrong := range []string{"", "not my password"} {
		refused := v.page(v.submit(page, "#deletion-form", map[string]string{"password": wrong}), http.StatusUnprocessableEntity)
		if refused.Find("#account-password[aria-invalid]").Length() != 1 {
			t.Error("a wrong password is not refused beside its field")
		}
	}
	gone := v.follow(v.submit(page, "#deletion-form", map[string]string{"password": password}))
	if !strings.Contains(text(gone.Find("main")), "deleted") {
		t.Errorf("nothing says that it is done: %s", text(gone.Find("main")))
	}
	if status := v.get("/account").StatusCode; status != http.StatusSeeOther {
		t.Errorf("still signed in: %d", status)
	}
	v.page(v.signIn("", "ada@example.com", password), http.StatusUnprocessableEntity)
	if got := p.number(`SELECT count(*) FROM orders WHERE email LIKE '%.invalid' AND shipping_address->>'name' = '' AND total = 1940`); got != 1 {
		t.Errorf("%d orders are anonymised", got)
	}
	farewell := p.letters.all()
	if len(farewell) == 0 || farewell[len(farewell)-1].Kind != letter.AccountClosed || farewell[len(farewell)-1].To != "ada@example.com" {
		t.Errorf("%+v", farewell)
	}
}
