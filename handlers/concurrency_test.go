package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// atOnce runs n functions at the same moment and returns what they answered.
func atOnce(n int, do func(i int) answer) []answer {
	answers := make([]answer, n)
	begin := make(chan struct{})
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			<-begin
			answers[i] = do(i)
		})
	}
	close(begin)
	group.Wait()
	return answers
}

// filledIn is the checkout form of a visitor, filled in.
func (v *visitor) filledIn(s *shop) url.Values {
	v.t.Helper()
	form := v.fields(v.checkout(), "#checkout-form")
	for name, value := range s.buyer() {
		form.Set(name, value)
	}
	return form
}

// TestTheSameFormTwentyTimesAtOnce is one order, and each sender is led to it.
func TestTheSameFormTwentyTimesAtOnce(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.caches.Trust(true)
	v := p.at(p.kaffa)
	v.add("mug", 2)
	form := v.filledIn(p.kaffa)
	answers := atOnce(20, func(i int) answer {
		sender := v.clone()
		sender.htmx = i%2 == 1
		return sender.post("/checkout", form)
	})
	leads := map[string]int{}
	for _, got := range answers {
		leads[got.Header.Get("Location")+got.Header.Get("HX-Redirect")]++
	}
	if len(leads) != 1 {
		t.Errorf("the senders are led to %v", leads)
	}
	for address := range leads {
		v.page(v.open(address), http.StatusOK)
	}
	// The back button, later: the same form again.
	again := v.clone().post("/checkout", form)
	if leads[again.Header.Get("Location")] != 20 {
		t.Errorf("sent again it leads to %q (%d)", again.Header.Get("Location"), again.StatusCode)
	}
	if orders, left := p.number(`SELECT count(*) FROM orders`), p.onHand(p.kaffa, "mug"); orders != 1 || left != 3 {
		t.Errorf("%d orders, %d mugs left", orders, left)
	}
}

// onHand is how many of a product are there; it also holds the ledger against it.
func (p *platform) onHand(s *shop, slug string) int {
	p.t.Helper()
	id := s.variant(slug)
	left := p.number(`SELECT on_hand FROM inventory WHERE vendor_id = ? AND variant_id = ?`, s.id, id)
	ledger := p.number(`SELECT coalesce(sum(delta), 0) FROM stock_movements WHERE vendor_id = ? AND variant_id = ?`, s.id, id)
	if left != ledger {
		p.t.Errorf("%s: on hand %d, by the ledger %d", slug, left, ledger)
	}
	return left
}

// TestTwentyFourBuyersForTenKettles has each of them want two: five get them, nobody fails but with "sold out".
func TestTwentyFourBuyersForTenKettles(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.caches.Trust(true)
	buyers, forms := make([]*visitor, 24), make([]url.Values, 24)
	for i := range buyers {
		buyers[i] = p.everyWay(p.kaffa)[[]string{"domain", "subdomain", "path"}[i%3]]
		buyers[i].add("kettle", 2)
		forms[i] = buyers[i].filledIn(p.kaffa)
		forms[i].Set("email", fmt.Sprintf("buyer%d@example.com", i))
	}
	start := time.Now()
	answers := atOnce(24, func(i int) answer { return buyers[i].post("/checkout", forms[i]) })
	t.Logf("24 buyers took %v", time.Since(start))
	sold := 0
	for i, got := range answers {
		switch got.StatusCode {
		case http.StatusSeeOther:
			sold++
		case http.StatusConflict:
			page := buyers[i].page(got, http.StatusConflict)
			if said := text(page.Find("#checkout-form [role=alert]")); !strings.Contains(said, "Kettle has just sold out") {
				t.Errorf("buyer %d is told %q", i, said)
			}
			if name := page.Find("#checkout-name").AttrOr("value", ""); name == "" {
				t.Errorf("buyer %d lost what they typed", i)
			}
		default:
			t.Errorf("buyer %d got %d: %.300s", i, got.StatusCode, got.body)
		}
	}
	if orders, left := p.number(`SELECT count(*) FROM orders`), p.onHand(p.kaffa, "kettle"); sold != 5 || orders != 5 || left != 0 {
		t.Errorf("%d were sold, %d orders, %d left", sold, orders, left)
	}
	if gaps := p.number(`SELECT max(number) - count(*) FROM orders`); gaps != 0 {
		t.Errorf("%d order numbers were left out", gaps)
	}
}

// TestTwoTabsAdd adds from many tabs of one browser at once: nothing is lost and the stock is the limit.
func TestTwoTabsAdd(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.caches.Trust(true)
	v := p.at(p.kaffa)
	v.add("mug", 1)
	espresso, kettle := p.kaffa.variant("espresso"), p.kaffa.variant("kettle")
	atOnce(24, func(i int) answer {
		variant := espresso
		if i%2 == 1 {
			variant = kettle
		}
		return v.clone().swapping("cart-drawer").post("/cart/items", form("variant", variant))
	})
	cart := v.page(v.get("/cart"), http.StatusOK)
	for variant, want := range map[int64]string{espresso: "12", kettle: "10"} {
		if got := cart.Find(fmt.Sprintf("#cart-quantity-%d", variant)).AttrOr("value", ""); got != want {
			t.Errorf("variant %d: %s in the cart, want %s", variant, got, want)
		}
	}
	if n := p.number(`SELECT count(*) FROM carts`); n != 1 {
		t.Errorf("%d carts", n)
	}
	// One tab removes while others change: it is gone, or as one of them wanted.
	line := fmt.Sprintf("/cart/items/%d", espresso)
	for _, got := range atOnce(12, func(i int) answer {
		if i == 0 {
			return v.clone().post(line+"/removal", form())
		}
		return v.clone().post(line, form("quantity", i))
	}) {
		if got.StatusCode != http.StatusSeeOther && got.StatusCode != http.StatusNotFound {
			t.Errorf("%d: %.200s", got.StatusCode, got.body)
		}
	}
	// Ordering in one tab while another adds: what is added afterwards is a new cart.
	checkout := v.filledIn(p.kaffa)
	answers := atOnce(8, func(i int) answer {
		if i == 0 {
			return v.clone().post("/checkout", checkout)
		}
		return v.clone().post("/cart/items", form("variant", p.kaffa.variant("course")))
	})
	for _, got := range answers {
		if got.StatusCode != http.StatusSeeOther && got.StatusCode != http.StatusConflict {
			t.Errorf("%d: %.200s", got.StatusCode, got.body)
		}
	}
	lines := p.number(`SELECT count(*) FROM cart_items ci JOIN carts c ON c.vendor_id = ci.vendor_id AND c.id = ci.cart_id
		JOIN orders o ON o.vendor_id = c.vendor_id AND o.cart_id = c.id
		WHERE NOT EXISTS (SELECT 1 FROM order_items oi WHERE oi.vendor_id = o.vendor_id AND oi.order_id = o.id AND oi.variant_id = ci.variant_id)`)
	if lines != 0 {
		t.Errorf("%d lines were added to a cart that was ordered", lines)
	}
}
