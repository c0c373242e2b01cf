package handlers_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// TestLookingUpOrdersIsLimited: who guesses is told to wait, on a page and as a toast, in one shop as in another.
func TestLookingUpOrdersIsLimited(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	buyer := p.at(p.kaffa)
	buyer.add("kettle", 1)
	buyer.follow(buyer.submit(buyer.checkout(), "#checkout-form", p.kaffa.buyer()))
	guess := form("number", "2", "email", "ada@example.com")
	for i := range 10 {
		v := []*visitor{p.at(p.kaffa), p.at(p.bloom), p.visitor("kaffa.test", "")}[i%3]
		v.page(v.post("/orders", guess), http.StatusUnprocessableEntity)
	}
	for _, s := range []*shop{p.kaffa, p.bloom} {
		for way, v := range p.everyWay(s) {
			for _, htmx := range []bool{false, true} {
				v.htmx = htmx
				got := v.post("/orders", guess)
				page := v.page(got, http.StatusTooManyRequests)
				if wait, err := strconv.Atoi(got.Header.Get("Retry-After")); err != nil || wait < 1 || wait > 60 {
					t.Errorf("%s by %s: Retry-After %q", s.slug, way, got.Header.Get("Retry-After"))
				}
				if said := text(page.Find("main p, .toast-text")); len(said) < 10 {
					t.Errorf("%s by %s says nothing: %.200s", s.slug, way, got.body)
				}
			}
		}
	}
	// The right answer is refused as well, and the form is still there to read.
	v := p.at(p.kaffa)
	v.page(v.post("/orders", form("number", "1", "email", "ada@example.com")), http.StatusTooManyRequests)
	v.page(v.get("/orders"), http.StatusOK)
}

// TestTheLookUpTellsNothing: an order that does not exist and one of somebody else are answered alike, by the same
// query.
func TestTheLookUpTellsNothing(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	buyer := p.at(p.kaffa)
	buyer.add("kettle", 1)
	buyer.follow(buyer.submit(buyer.checkout(), "#checkout-form", p.kaffa.buyer()))
	p.caches.Trust(true)
	v := p.at(p.kaffa)
	v.get("/orders")
	var first string
	var queries int
	for i, typed := range [][2]string{{"1", "eve@example.com"}, {"7", "eve@example.com"}, {"7", "ada@example.com"}, {"x", "eve@example.com"}} {
		got := v.post("/orders", form("number", typed[0], "email", typed[1]))
		v.page(got, http.StatusUnprocessableEntity)
		// The form shows what was typed; everything else has to be the same.
		body := strings.NewReplacer(`type="text" value="`+typed[0]+`"`, "", typed[1], "").Replace(got.body)
		if i == 0 {
			first, queries = body, got.queries()
		}
		if body != first || got.queries() != queries {
			t.Errorf("%v is answered with %d queries, the first one with %d; the same page: %v", typed, got.queries(), queries, body == first)
		}
		for name, values := range got.Header {
			if name == "Set-Cookie" || name == "Location" {
				t.Errorf("%v is answered with %s: %v", typed, name, values)
			}
		}
	}
}
