package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/pquerna/otp/totp"

	"orion/model/account"
	"orion/model/letter"
)

// signIn signs in on the page of the visitor's audience; desk is before the path: "" in a shop, "/vendor", "/admin".
func (v *visitor) signIn(desk, email, secret string) answer {
	v.t.Helper()
	page := v.page(v.get(desk+"/account/sign-in"), http.StatusOK)
	return v.submit(page, signInForm, map[string]string{"email": email, "password": secret})
}

const signInForm = `main form[action$="/account/sign-in"]`

// mailed is the address that a letter of a kind asked somebody to open, as a path; the token is made as the mail job
// makes it.
func (p *platform) mailed(to string, realm account.Realm, kind letter.Kind, purpose string) string {
	p.t.Helper()
	for _, one := range p.letters.all() {
		if one.Kind != kind {
			continue
		}
		token, address, _, err := p.accounts.IssueMailed(p.t.Context(), realm, purpose, one.AccountID)
		p.must(err)
		if address != to {
			continue
		}
		at, err := url.Parse(one.Link)
		p.must(err)
		return at.Path + "/" + token
	}
	p.t.Fatalf("no letter %s for %s", kind, to)
	return ""
}

func TestACustomerSignsInAndOutInEveryMode(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	for way, v := range p.everyWay(p.kaffa) {
		t.Run(way, func(t *testing.T) {
			v := v.within(t)
			away := v.get("/account/profile")
			if away.StatusCode != http.StatusSeeOther || !strings.Contains(away.Header.Get("Location"), "/account/sign-in?next=") {
				t.Fatalf("the profile answered %d to nobody", away.StatusCode)
			}
			form := v.page(v.open(away.Header.Get("Location")), http.StatusOK)
			wrong := v.page(v.submit(form, signInForm, map[string]string{"email": "ada@example.com", "password": "not this one"}), http.StatusUnprocessableEntity)
			if wrong.Find("[role=alert]").Length() == 0 || wrong.Find("input[type=password]").AttrOr("value", "") != "" {
				t.Error("the refusal says nothing, or gives the password back")
			}
			profile := v.follow(v.submit(wrong, signInForm, map[string]string{"email": "ADA@example.com", "password": password}))
			if !strings.Contains(text(profile.Find("main")), "ada") {
				t.Error("one is not led back to where one was")
			}
			for name, cookie := range v.cookies {
				if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || way == "path" && cookie.Path != "/vendor/kaffa" {
					t.Errorf("the cookie %s: %+v", name, cookie)
				}
			}
			v.follow(v.submit(profile, `form[action$="/account/sign-out"]`, nil))
			if v.get("/account").StatusCode != http.StatusSeeOther {
				t.Error("still signed in")
			}
		})
	}
}

// TestCookiesBehindHTTPS are locked to the host, or to the shop's path where shops share one.
func TestCookiesBehindHTTPS(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	p.onTeam("owner", p.kaffa, "owner", 0)
	for address, want := range map[string]string{
		"kaffa.test/account/sign-in": "__Host-orion-customer", "kaffa.test/vendor/account/sign-in": "__Host-orion-vendor",
		"localhost/vendor/kaffa/shop/account/sign-in": "__Secure-orion-customer", "localhost/vendor/kaffa/account/sign-in": "__Host-orion-vendor",
	} {
		host, path, _ := strings.Cut(address, "/")
		email := "ada@example.com"
		if strings.HasSuffix(want, "vendor") {
			email = "owner@kaffa.test"
		}
		v := p.visitor(host, "")
		request := v.request(http.MethodPost, "/"+path, form("email", email, "password", password))
		request.Header.Set("X-Forwarded-Proto", "https")
		v.send(request)
		for _, name := range []string{want, want + "-refresh"} {
			cookie := v.cookies[name]
			if cookie == nil || !cookie.Secure || !cookie.HttpOnly || cookie.Domain != "" || strings.HasPrefix(name, "__Host-") != (cookie.Path == "/") {
				t.Errorf("%s: the cookie %s is %+v", address, name, cookie)
			}
		}
	}
}

// TestWhoSignsInWronglyLearnsNothing about whether there is such an account, by any part of the answer.
func TestWhoSignsInWronglyLearnsNothing(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	p.newCustomer(p.bloom, "bea@example.com")
	p.newUser("owner@kaffa.test")
	body := func(desk, email string) string {
		v := p.at(p.kaffa)
		a := v.signIn(desk, email, "a wrong password")
		v.page(a, http.StatusUnprocessableEntity)
		return strings.ReplaceAll(a.body, email, "someone")
	}
	for desk, emails := range map[string][]string{
		"": {"ada@example.com", "bea@example.com", "eve@example.com"}, "/vendor": {"owner@kaffa.test", "nobody@kaffa.test"},
	} {
		first := body(desk, emails[0])
		for _, email := range emails[1:] {
			if body(desk, email) != first {
				t.Errorf("%s: the answer to %s differs from that to %s", desk, email, emails[0])
			}
		}
	}
	asked := func(email string) string {
		v := p.at(p.kaffa)
		page := v.page(v.get("/account/reset"), http.StatusOK)
		a := v.submit(page, `main form[action$="/account/reset"]`, map[string]string{"email": email})
		v.page(a, http.StatusOK)
		return strings.ReplaceAll(a.body, email, "someone")
	}
	if asked("ada@example.com") != asked("eve@example.com") {
		t.Error("asking for a new password tells who has an account")
	}
}

func TestTooManyTriesAreRefusedWithPatience(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	for _, email := range []string{"ada@example.com", "nobody@example.com"} {
		v := p.at(p.kaffa)
		status := 0
		for range 8 {
			status = v.signIn("", email, "wrong password").StatusCode
		}
		last := v.signIn("", email, password)
		page := v.page(last, http.StatusTooManyRequests)
		if status != http.StatusTooManyRequests || last.Header.Get("Retry-After") == "" || page.Find("[role=alert]").Length() == 0 {
			t.Errorf("%s: %d, Retry-After %q", email, status, last.Header.Get("Retry-After"))
		}
	}
}

// TestTokensOpenOnlyTheirOwnDoor takes tokens that are worth nothing to every door of the account pages.
func TestTokensOpenOnlyTheirOwnDoor(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	ada := p.newCustomer(p.kaffa, "ada@example.com")
	bea := p.newCustomer(p.bloom, "bea@example.com")
	owner := p.onTeam("owner", p.kaffa, "owner", 0)
	start := func(realm account.Realm, id int64) string {
		begun, err := p.accounts.Start(t.Context(), realm, id, false, account.Device{})
		p.must(err)
		return begun.Tokens.Access
	}
	customer := start(account.Realm{Kind: account.Customer, VendorID: p.kaffa.id}, ada)
	stranger := start(account.Realm{Kind: account.Customer, VendorID: p.bloom.id}, bea)
	user := start(owner.realm, owner.id)
	doors := map[string]string{
		"http://kaffa.localhost:8080/account/security": "orion-customer", "http://kaffa.localhost:8080/vendor/account/security": "orion-vendor",
		"http://localhost:8080/admin/account/security": "orion-admin",
	}
	opens := func(door, token string) bool {
		request := httptest.NewRequest(http.MethodGet, door, nil)
		request.AddCookie(&http.Cookie{Name: doors[door], Value: token})
		response, err := p.app.Test(request, -1)
		p.must(err)
		defer func() { _ = response.Body.Close() }()
		return response.StatusCode == http.StatusOK
	}
	const own = "http://kaffa.localhost:8080/account/security"
	if !opens(own, customer) || !opens("http://kaffa.localhost:8080/vendor/account/security", user) {
		t.Fatal("the right tokens do not open their doors")
	}
	parts := strings.Split(customer, ".")
	claims := jwt.MapClaims{}
	_, _, err := jwt.NewParser().ParseUnverified(customer, claims)
	p.must(err)
	none, err := jwt.NewWithClaims(jwt.SigningMethodNone, claims).SignedString(jwt.UnsafeAllowNoneSignatureType)
	p.must(err)
	ours, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte("a key of somebody else's"))
	p.must(err)
	for what, token := range map[string]string{
		"none": none, "a foreign key": ours, "another shop's customer": stranger, "a user's": user, "cut": customer[:len(customer)-2],
		"another payload": parts[0] + "." + strings.Split(stranger, ".")[1] + "." + parts[2], "nothing": "", "rubbish": "a.b.c",
	} {
		if opens(own, token) {
			t.Errorf("a token with %s opens the shop's account", what)
		}
	}
	for door := range doors {
		if door != own && opens(door, customer) {
			t.Errorf("a customer's token opens %s", door)
		}
	}
	if opens("http://localhost:8080/admin/account/security", user) {
		t.Error("a vendor's token opens the admin")
	}
}

// TestASessionIsRenewedUnnoticed when the access token has run out; two tabs at once both go on.
func TestASessionIsRenewedUnnoticed(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	v := p.at(p.kaffa)
	v.follow(v.signIn("", "ada@example.com", password))
	delete(v.cookies, "orion-customer") // it has run out
	before := v.cookies["orion-customer-refresh"].Value
	tabs := make(chan int, 8)
	for range cap(tabs) {
		tab := v.clone()
		go func() { tabs <- tab.get("/account").StatusCode }()
	}
	for range cap(tabs) {
		if status := <-tabs; status != http.StatusOK {
			t.Errorf("a tab got %d", status)
		}
	}
	v.page(v.get("/account"), http.StatusOK)
	if v.cookies["orion-customer"] == nil || v.cookies["orion-customer-refresh"].Value == before {
		t.Error("the tokens were not renewed")
	}
	if v.page(v.get("/account"), http.StatusOK); p.number(`SELECT count(*) FROM sessions WHERE ended_at IS NULL`) != 1 {
		t.Error("renewing made another session, or ended it")
	}
}

// TestSharedAnswersCarryNoCookie: a stylesheet is kept by caches that many people share.
func TestSharedAnswersCarryNoCookie(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	v := p.at(p.kaffa)
	page := v.follow(v.signIn("", "ada@example.com", password))
	delete(v.cookies, "orion-customer")
	style, _ := page.Find(`link[href*="/theme/"]`).Attr("href")
	for _, path := range []string{style, "/sitemap.xml", "/robots.txt"} {
		if a := v.open(path); a.StatusCode != http.StatusOK || a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s answered %d with the cookie %q", path, a.StatusCode, a.Header.Get("Set-Cookie"))
		}
	}
}

func TestAReplayedRefreshTokenEndsTheSession(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	v := p.at(p.kaffa)
	v.follow(v.signIn("", "ada@example.com", password))
	thief := v.clone()
	delete(thief.cookies, "orion-customer")
	delete(v.cookies, "orion-customer")
	v.page(v.get("/account"), http.StatusOK)
	p.exec(`UPDATE refresh_tokens SET used_at = used_at - interval '1 hour' WHERE used_at IS NOT NULL`)
	if status := thief.get("/account").StatusCode; status != http.StatusSeeOther {
		t.Errorf("the replayed token got %d", status)
	}
	if status := v.get("/account").StatusCode; status != http.StatusSeeOther {
		t.Errorf("the session goes on after a replay: %d", status)
	}
}

func TestHtmxIsLedToTheSignInAndBack(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	v := p.at(p.kaffa).swapping("main")
	request := v.request(http.MethodPost, "/account/addresses", form())
	request.Header.Set("HX-Current-URL", "http://kaffa.localhost:8080/account/addresses/new?x=1")
	a := v.send(request)
	if want := "/account/sign-in?next=" + url.QueryEscape("/account/addresses/new?x=1"); a.Header.Get("HX-Redirect") != want || a.StatusCode != http.StatusUnauthorized {
		t.Errorf("%d, HX-Redirect %q, want %q", a.StatusCode, a.Header.Get("HX-Redirect"), want)
	}
}

func TestNobodyIsLedElsewhere(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	for _, next := range []string{
		"https://evil.test/", "//evil.test/", `/\evil.test`, "/\t/evil.test", "javascript:alert(1)", "evil.test", "/%2f/evil.test", "/..//evil.test",
		"http:evil.test", "/account/sign-out", " /account", "/x\r\nSet-Cookie: a=b", "///evil.test", "/%5cevil.test", "@evil.test", "/account/../../x",
	} {
		v := p.at(p.kaffa)
		a := v.post("/account/sign-in", form("email", "ada@example.com", "password", password, "next", next))
		if location := a.Header.Get("Location"); a.StatusCode != http.StatusSeeOther || location != "/account" {
			t.Errorf("next %q leads to %q (%d)", next, location, a.StatusCode)
		}
	}
	v := p.at(p.kaffa)
	a := v.post("/account/sign-in", form("email", "ada@example.com", "password", password, "next", "/products?sort=title"))
	if a.Header.Get("Location") != "/products?sort=title" {
		t.Errorf("a page of ours leads to %q", a.Header.Get("Location"))
	}
}

// TestFormsOfOtherSitesChangeNothing, another shop's among them.
func TestFormsOfOtherSitesChangeNothing(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	v := p.at(p.kaffa)
	v.follow(v.signIn("", "ada@example.com", password))
	for _, path := range []string{"/account/sign-out", "/account/sign-in", "/account/security/password", "/account/deletion", "/account/profile"} {
		for what, headers := range map[string][2]string{
			"another site": {"Sec-Fetch-Site", "cross-site"}, "another shop": {"Sec-Fetch-Site", "same-site"},
			"another origin": {"Origin", "http://bloom.localhost:8080"}, "no origin": {"Origin", "null"},
		} {
			request := v.request(http.MethodPost, path, form("email", "ada@example.com", "password", password))
			request.Header.Set(headers[0], headers[1])
			if a := v.clone().send(request); a.StatusCode != http.StatusForbidden {
				t.Errorf("%s from %s answered %d", path, what, a.StatusCode)
			}
		}
	}
	v.page(v.get("/account"), http.StatusOK)
}

func TestSigningInMakesANewSession(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	p.newCustomer(p.kaffa, "eve@example.com")
	eve := p.at(p.kaffa)
	eve.follow(eve.signIn("", "eve@example.com", password))
	victim := eve.clone() // eve planted her cookies
	delete(victim.cookies, "orion-customer")
	victim.post("/account/sign-in", form("email", "ada@example.com", "password", password))
	profile := victim.page(victim.get("/account/profile"), http.StatusOK)
	if got := profile.Find("main").Text(); !strings.Contains(got, "ada") && profile.Find(`input[value="ada"]`).Length() == 0 {
		t.Error("who signs in is not who they are")
	}
	if page := eve.page(eve.get("/account/profile"), http.StatusOK); page.Find(`input[value="ada"]`).Length() != 0 {
		t.Error("the planted session became the victim's")
	}
}

func TestAPasswordIsResetByMail(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	id := p.newCustomer(p.kaffa, "ada@example.com")
	realm := account.Realm{Kind: account.Customer, VendorID: p.kaffa.id}
	elsewhere, v := p.at(p.kaffa), p.at(p.kaffa)
	elsewhere.follow(elsewhere.signIn("", "ada@example.com", password))
	v.post("/account/reset", form("email", "ada@example.com"))
	link := p.mailed("ada@example.com", realm, letter.ResetPassword, "reset_password")
	if stored := p.number(`SELECT count(*) FROM mailed_tokens WHERE account_id = ? AND convert_from(hash, 'LATIN1') LIKE ?`, id, "%"+link[strings.LastIndexByte(link, '/')+1:]+"%"); stored != 0 {
		t.Error("the token is stored as it was mailed")
	}
	page := v.page(v.open(link), http.StatusOK)
	weak := v.page(v.submit(page, `main form[action*="/account/reset/"]`, map[string]string{"password": "password123"}), http.StatusUnprocessableEntity)
	if weak.Find("[aria-invalid]").Length() == 0 {
		t.Error("a common password is not refused beside its field")
	}
	done := v.submit(weak, `main form[action*="/account/reset/"]`, map[string]string{"password": "a new horse battery"})
	v.follow(done)
	if status := elsewhere.get("/account").StatusCode; status != http.StatusSeeOther {
		t.Errorf("the other session goes on: %d", status)
	}
	if again := v.submit(page, `main form[action*="/account/reset/"]`, map[string]string{"password": "another horse battery"}); again.StatusCode != http.StatusGone {
		t.Errorf("the link works twice: %d", again.StatusCode)
	}
	v.follow(v.signIn("", "ada@example.com", "a new horse battery"))
	foreign := p.at(p.bloom)
	if status := foreign.open(link).StatusCode; status != http.StatusGone {
		t.Errorf("the link opens at another shop: %d", status)
	}
}

func TestARegistrationIsVerifiedByItsOwner(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	realm := account.Realm{Kind: account.Customer, VendorID: p.kaffa.id}
	guest := p.at(p.kaffa)
	guest.add("mug", 1)
	guest.submit(guest.checkout(), "#checkout-form", p.kaffa.buyer()) // ada@example.com, as a guest

	v := p.at(p.kaffa)
	v.add("kettle", 1)
	page := v.page(v.get("/account/registration"), http.StatusOK)
	const registration = `main form[action$="/account/registration"]`
	v.page(v.submit(page, registration, map[string]string{"email": "ada", "name": "", "password": "short"}), http.StatusUnprocessableEntity)
	orders := v.follow(v.submit(page, registration, map[string]string{"email": "ada@example.com", "name": "Ada", "password": "some horse battery"}))
	if strings.Contains(orders.Find("main").Text(), "K-1") {
		t.Error("a guest's order is shown before the address is verified")
	}
	if got := text(v.page(v.get("/cart"), http.StatusOK).Find(".cart-line")); !strings.Contains(got, "Kettle") {
		t.Error("the cart is gone after registering")
	}
	taken := p.at(p.kaffa)
	again := taken.page(taken.get("/account/registration"), http.StatusOK)
	taken.page(taken.submit(again, registration, map[string]string{"email": "ADA@example.com", "name": "Eve", "password": "some horse battery"}), http.StatusUnprocessableEntity)

	link := p.mailed("ada@example.com", realm, letter.VerifyEmail, "verify_email")
	scanner := p.at(p.kaffa)
	if status := scanner.open(link).StatusCode; status != http.StatusSeeOther {
		t.Errorf("the link says something to who is not signed in: %d", status)
	}
	confirm := v.page(v.open(link), http.StatusOK)
	if p.number(`SELECT count(*) FROM customers WHERE email_verified_at IS NOT NULL`) != 0 {
		t.Error("following the link was enough")
	}
	v.page(v.submit(confirm, `main form[action*="/account/verification/"]`, nil), http.StatusOK)
	if orders := v.page(v.get("/account"), http.StatusOK); !strings.Contains(orders.Find("main").Text(), "K-1") {
		t.Error("the guest's order is not there after the address was verified")
	}
}

func TestASecondFactorIsSetUpAndAskedFor(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.onTeam("owner", p.kaffa, "owner", 0)
	p.exec(`INSERT INTO platform_settings (key, value) VALUES ('security', '{"owners_need_second_factor": true}')`)
	v := p.at(p.kaffa)
	v.signIn("/vendor", "owner@kaffa.test", password)
	led := v.get("/vendor")
	if !strings.HasSuffix(led.Header.Get("Location"), "/account/security/second-factor") {
		t.Fatalf("an owner without a second factor goes on: %d %s", led.StatusCode, led.Header.Get("Location"))
	}
	page := v.page(v.open(led.Header.Get("Location")), http.StatusOK)
	secret := strings.ReplaceAll(text(page.Find(".secret")), " ", "")
	const enrolment = `main form[action$="/security/second-factor"]`
	v.page(v.submit(page, enrolment, map[string]string{"code": "000000"}), http.StatusUnprocessableEntity)
	code, err := totp.GenerateCode(secret, time.Now())
	p.must(err)
	shown := v.page(v.submit(page, enrolment, map[string]string{"code": code}), http.StatusOK)
	recovery := text(shown.Find("main li").First())
	v.page(v.get("/vendor"), http.StatusOK)

	next := p.at(p.kaffa)
	asked := next.follow(next.signIn("/vendor", "owner@kaffa.test", password))
	if status := next.get("/vendor").StatusCode; status != http.StatusSeeOther {
		t.Errorf("the password alone opens the dashboard: %d", status)
	}
	const factor = `main form[action$="/account/second-factor"]`
	if a := next.submit(asked, factor, map[string]string{"code": code}); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a code works twice: %d", a.StatusCode)
	}
	next.follow(next.submit(asked, factor, map[string]string{"code": recovery}))
	next.page(next.get("/vendor"), http.StatusOK)
	other := p.at(p.kaffa)
	asked = other.follow(other.signIn("/vendor", "owner@kaffa.test", password))
	if a := other.submit(asked, factor, map[string]string{"code": recovery}); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a recovery code works twice: %d", a.StatusCode)
	}
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	here, there, third := p.at(p.kaffa), p.at(p.kaffa), p.at(p.kaffa)
	for _, v := range []*visitor{there, third, here} {
		v.follow(v.signIn("", "ada@example.com", password))
	}
	page := here.page(here.get("/account/security"), http.StatusOK)
	ends := page.Find(`form[action*="/security/sessions/"]`)
	if ends.Length() < 3 {
		t.Fatalf("%d sessions can be ended", ends.Length())
	}
	here.follow(here.post("/account/security/sessions/end", form()))
	for _, v := range []*visitor{there, third} {
		if status := v.get("/account").StatusCode; status != http.StatusSeeOther {
			t.Errorf("another session goes on: %d", status)
		}
	}
	here.page(here.get("/account"), http.StatusOK)
	eve := p.at(p.kaffa)
	p.newCustomer(p.kaffa, "eve@example.com")
	eve.follow(eve.signIn("", "eve@example.com", password))
	mine := p.number(`SELECT s.id FROM sessions s JOIN customers c ON c.vendor_id = s.vendor_id AND c.id = s.account_id WHERE c.email = 'ada@example.com' AND s.ended_at IS NULL`)
	eve.post(fmt.Sprintf("/account/security/sessions/%d/end", mine), form())
	here.page(here.get("/account"), http.StatusOK)
}

func TestTheAPITakesBearerTokensAndNoCookies(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.onTeam("owner", p.kaffa, "owner", 0)
	p.newCustomer(p.kaffa, "ada@example.com")
	call := func(host, method, path, bearer, body string) (int, map[string]any) {
		request := httptest.NewRequest(method, "http://"+host+"/api/v1"+path, strings.NewReader(body))
		if body != "" {
			request.Header.Set("Content-Type", "application/json")
		}
		if bearer != "" {
			request.Header.Set("Authorization", "Bearer "+bearer)
			request.AddCookie(&http.Cookie{Name: "orion-vendor", Value: bearer})
		}
		response, err := p.app.Test(request, -1)
		p.must(err)
		defer func() { _ = response.Body.Close() }()
		out := map[string]any{}
		_ = json.NewDecoder(response.Body).Decode(&out) // 204 has none
		return response.StatusCode, out
	}
	const kaffa, bloom = "kaffa.localhost:8080", "bloom.localhost:8080"
	for kind, email := range map[string]string{"vendor": "owner@kaffa.test", "customer": "ada@example.com"} {
		begin := fmt.Sprintf(`{"kind":%q,"email":%q,"password":%q}`, kind, email, password)
		if status, out := call(kaffa, http.MethodPost, "/sessions", "", strings.Replace(begin, password, "wrong", 1)); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: a wrong password answered %d %v", kind, status, out)
		}
		status, begun := call(kaffa, http.MethodPost, "/sessions", "", begin)
		if status != http.StatusCreated || begun["token_type"] != "Bearer" {
			t.Fatalf("%s: %d %v", kind, status, begun)
		}
		access := begun["access_token"].(string)
		if status, who := call(kaffa, http.MethodGet, "/me", access, ""); status != http.StatusOK || who["email"] != email || who["kind"] != kind {
			t.Errorf("%s: me is %d %v", kind, status, who)
		}
		if status, _ := call(bloom, http.MethodGet, "/me", access, ""); kind == "customer" && status != http.StatusUnauthorized {
			t.Errorf("a customer's token is good at another shop: %d", status)
		}
		renewal := fmt.Sprintf(`{"kind":%q,"refresh_token":%q}`, kind, begun["refresh_token"])
		if status, renewed := call(kaffa, http.MethodPost, "/sessions/renewal", "", renewal); status != http.StatusCreated || renewed["access_token"] == "" {
			t.Errorf("%s: renewal answered %d %v", kind, status, renewed)
		}
		if status, _ := call(kaffa, http.MethodDelete, "/sessions/current", access, ""); status != http.StatusNoContent {
			t.Errorf("%s: ending answered %d", kind, status)
		}
		if status, out := call(kaffa, http.MethodGet, "/me", access, ""); status != http.StatusUnauthorized || out["kind"] != "unauthenticated" {
			t.Errorf("%s: an ended session answered %d %v", kind, status, out)
		}
	}
	if status, _ := call(kaffa, http.MethodGet, "/me", "", ""); status != http.StatusUnauthorized {
		t.Errorf("nobody's me is %d", status)
	}
}

// TestADashboardWearsNoTheme: who may edit a shop's templates must not write the page where its team signs in.
func TestADashboardWearsNoTheme(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.exec(`INSERT INTO vendor_theme_files (vendor_id, path, body) VALUES (?, 'views/account/sign_in.html', '<p class="own">Ours</p>')`, p.kaffa.id)
	v := p.at(p.kaffa)
	if v.page(v.get("/account/sign-in"), http.StatusOK).Find(".own").Length() != 1 {
		t.Error("the shop's own sign-in page is not shown in the shop")
	}
	if page := v.page(v.get("/vendor/account/sign-in"), http.StatusOK); page.Find(".own").Length() != 0 || page.Find(signInForm).Length() != 1 {
		t.Error("the shop's own sign-in page is shown in the dashboard")
	}
}

// TestASessionMayEndWhileAHandlerIsAtWork: then one is led to the sign-in, wherever it was.
func TestASessionMayEndWhileAHandlerIsAtWork(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.newCustomer(p.kaffa, "ada@example.com")
	v := p.at(p.kaffa)
	v.follow(v.signIn("", "ada@example.com", password))
	// The gate's own look at the session is the last at which it goes on.
	p.exec(`CREATE FUNCTION end_after_touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.ended_at := now(); RETURN NEW; END $$`)
	p.exec(`CREATE TRIGGER end_after_touch BEFORE UPDATE OF seen_at ON sessions FOR EACH ROW EXECUTE FUNCTION end_after_touch()`)
	for path, fields := range map[string][]any{
		"/account/deletion": {"password", password}, "/account/security/password": {"current", password, "next", "a new horse battery"},
	} {
		p.exec(`UPDATE sessions SET ended_at = NULL, expires_at = now() + interval '1 day'`)
		p.exec(`ALTER TABLE sessions DISABLE TRIGGER end_after_touch`)
		p.exec(`UPDATE sessions SET seen_at = now() - interval '1 hour'`)
		p.exec(`ALTER TABLE sessions ENABLE TRIGGER end_after_touch`)
		a := v.clone().post(path, form(fields...))
		if a.StatusCode != http.StatusSeeOther || !strings.Contains(a.Header.Get("Location"), "/account/sign-in") || strings.Contains(a.Header.Get("Location"), "deleted") {
			t.Errorf("%s answered %d, %s", path, a.StatusCode, a.Header.Get("Location"))
		}
	}
	if p.number(`SELECT count(*) FROM customers WHERE email = 'ada@example.com' AND deleted_at IS NULL`) != 1 {
		t.Error("an account was deleted by a session that was over")
	}
}
