package cart_test

import (
	"context"
	"strconv"
	"sync"
	"testing"

	"github.com/google/uuid"

	"orion/model/cart"
	"orion/model/tenant"
	"orion/postgres/pgtest"
)

func (s *shop) customer(ctx context.Context, email string) int64 {
	s.t.Helper()
	var id int64
	err := s.db.NewRaw(`INSERT INTO customers (vendor_id, email) VALUES (current_vendor(), ?) RETURNING id`, email).Scan(ctx, &id)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s *shop) claim(token uuid.UUID, customerID int64) uuid.UUID {
	s.t.Helper()
	kept, err := cart.Claim(s.ctx, s.db, token, customerID)
	if err != nil {
		s.t.Fatal(err)
	}
	return kept
}

// holds compares the cart of a token with quantities by variant.
func (s *shop) holds(token uuid.UUID, want map[int64]int) {
	s.t.Helper()
	lines := s.show(token).Lines
	for _, line := range lines {
		if line.Quantity != want[line.VariantID] {
			s.t.Errorf("%s: %d, want %d", line.ProductTitle, line.Quantity, want[line.VariantID])
		}
	}
	if len(lines) != len(want) {
		s.t.Errorf("%d lines, want %d", len(lines), len(want))
	}
}

func (s *shop) carts(customerID int64) int {
	s.t.Helper()
	var count int
	s.scan(&count, `SELECT count(*) FROM carts WHERE customer_id = ? AND status <> 'ordered'`, customerID)
	return count
}

func TestAGuestsCartBecomesTheCustomers(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ada := s.customer(s.ctx, "ada@example.com")
	if kept := s.claim(uuid.Nil, ada); kept != uuid.Nil {
		t.Errorf("a cart came from nowhere: %v", kept)
	}
	if kept := s.claim(uuid.New(), ada); kept != uuid.Nil {
		t.Errorf("a cart that there is not was claimed: %v", kept)
	}
	yirga := s.sells("Yirga", 1250, 10)
	guest, _ := s.add(uuid.Nil, yirga, 2)
	if kept := s.claim(guest, ada); kept != guest {
		t.Errorf("kept %v, want %v", kept, guest)
	}
	for _, token := range []uuid.UUID{uuid.Nil, guest} {
		if kept := s.claim(token, ada); kept != guest {
			t.Errorf("another device finds %v, want %v", kept, guest)
		}
	}
	s.holds(guest, map[int64]int{yirga: 2})
}

func TestTwoCartsBecomeOne(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ada := s.customer(s.ctx, "ada@example.com")
	both, few, gone := s.sells("Both", 100, 100), s.sells("Few", 100, 5), s.sells("Gone", 100, 5)
	hers, guests := s.sells("Hers", 100, 100), s.sells("Guests", 100, 100)
	own, _ := s.add(uuid.Nil, both, 2)
	s.add(own, few, 4)
	s.add(own, gone, 1)
	s.add(own, hers, 1)
	s.claim(own, ada)
	guest, _ := s.add(uuid.Nil, both, 3)
	s.add(guest, few, 3)
	s.add(guest, gone, 2)
	s.add(guest, guests, 7)
	s.exec(`UPDATE carts SET checkout = '{"email":"ada@example.com"}' WHERE token = ?`, guest)
	s.exec(`UPDATE inventory SET on_hand = 0 WHERE variant_id = ?`, gone)
	if kept := s.claim(guest, ada); kept != own {
		t.Fatalf("kept %v, want the customer's %v", kept, own)
	}
	// What is sold out stays as it was, so that the buyer sees it.
	s.holds(own, map[int64]int{both: 5, few: 5, gone: 2, hers: 1, guests: 7})
	s.holds(guest, nil)
	var left int
	s.scan(&left, `SELECT count(*) FROM carts`)
	found, err := cart.Lookup(s.ctx, s.db, own)
	if err != nil || left != 1 || string(found.Checkout) != `{"email": "ada@example.com"}` {
		t.Errorf("%d carts, draft %s, %v", left, found.Checkout, err)
	}
	if kept := s.claim(guest, ada); kept != own {
		t.Errorf("the same sign-in again: %v", kept)
	}
	s.holds(own, map[int64]int{both: 5, few: 5, gone: 2, hers: 1, guests: 7})
}

func TestNobodyClaimsWhatIsNotTheirs(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ada, mallory := s.customer(s.ctx, "ada@example.com"), s.customer(s.ctx, "mallory@example.com")
	yirga := s.sells("Yirga", 1250, 10)
	hers, _ := s.add(uuid.Nil, yirga, 2)
	s.claim(hers, ada)
	if kept := s.claim(hers, mallory); kept != uuid.Nil {
		t.Errorf("another customer's cart was claimed: %v", kept)
	}
	ordered, _ := s.add(uuid.Nil, yirga, 1)
	s.exec(`UPDATE carts SET status = 'ordered' WHERE token = ?`, ordered)
	if kept := s.claim(ordered, mallory); kept != uuid.Nil {
		t.Errorf("an ordered cart was claimed: %v", kept)
	}
	bloom := tenant.With(t.Context(), pgtest.Vendor(t, s.all, "bloom"))
	guest, _ := s.add(uuid.Nil, yirga, 1)
	if kept, err := cart.Claim(bloom, s.db, guest, s.customer(bloom, "ada@example.com")); kept != uuid.Nil || err != nil {
		t.Errorf("another shop's cart was claimed: %v, %v", kept, err)
	}
	s.holds(hers, map[int64]int{yirga: 2})
	s.holds(guest, map[int64]int{yirga: 1})
}

func TestWhatDoesNotFitIsNotLost(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ada := s.customer(s.ctx, "ada@example.com")
	var own, guest uuid.UUID
	for n := range cart.MaxLines + 1 {
		id := s.sells("P"+strconv.Itoa(n), 100, 10)
		if n < cart.MaxLines-1 {
			own, _ = s.add(own, id, 1)
		} else {
			guest, _ = s.add(guest, id, 1)
		}
	}
	s.claim(own, ada)
	if kept := s.claim(guest, ada); kept != own {
		t.Fatalf("kept %v", kept)
	}
	if got := len(s.show(own).Lines); got != cart.MaxLines {
		t.Errorf("%d lines", got)
	}
	if got := len(s.show(guest).Lines); got != 1 {
		t.Errorf("%d lines are left of the guest's, want 1", got)
	}
}

func TestParallelSignInsMakeOneCart(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ada := s.customer(s.ctx, "ada@example.com")
	yirga, kenya := s.sells("Yirga", 100, 1000), s.sells("Kenya", 100, 1000)
	var guests []uuid.UUID
	for range 8 {
		token, _ := s.add(uuid.Nil, yirga, 1)
		s.add(token, kenya, 2)
		guests = append(guests, token)
	}
	var group sync.WaitGroup
	for _, token := range append(guests, guests...) {
		group.Go(func() {
			if _, err := cart.Claim(s.ctx, s.db, token, ada); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	kept := s.claim(uuid.Nil, ada)
	s.holds(kept, map[int64]int{yirga: 8, kenya: 16})
	if got := s.carts(ada); got != 1 {
		t.Errorf("%d carts", got)
	}
}
