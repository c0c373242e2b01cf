package order_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"orion/model/order"
	"orion/model/tenant"
	"orion/postgres/pgtest"
)

func (s *shop) draft(token uuid.UUID) order.Checkout {
	s.t.Helper()
	form, err := order.Draft(s.ctx, s.db, token)
	if err != nil {
		s.t.Fatal(err)
	}
	return form
}

func (s *shop) keep(token uuid.UUID, form order.Checkout) {
	s.t.Helper()
	if err := order.KeepDraft(s.ctx, s.db, token, form); err != nil {
		s.t.Fatal(err)
	}
}

func TestADraftComesBackAsItWasTyped(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	variant := s.sells("Coffee", 1190, 10)
	token, other := s.cartOf(1, variant), s.cartOf(1, variant)
	if got := s.draft(token); got != (order.Checkout{}) {
		t.Errorf("a new cart has the draft %+v", got)
	}
	fields := filledIn()
	fields["email"], fields["billing_differs"], fields["billing_name"] = "not an address", "1", `O'Neill "<b>" \ 李`
	typed := read(fields)
	s.keep(token, typed)
	if got := s.draft(token); got != typed {
		t.Errorf("got %+v, want %+v", got, typed)
	}
	if got := s.draft(other); got != (order.Checkout{}) {
		t.Errorf("another cart has the draft %+v", got)
	}
	typed.Shipping.City = "Potsdam"
	s.keep(token, typed)
	if got := s.draft(token); got != typed {
		t.Errorf("changed: got %+v, want %+v", got, typed)
	}
	s.keep(uuid.New(), typed)
	if got := s.draft(uuid.Nil); got != (order.Checkout{}) {
		t.Errorf("no cart has the draft %+v", got)
	}
	bloom := tenant.With(t.Context(), pgtest.Vendor(t, s.all, "bloom"))
	if got, err := order.Draft(bloom, s.db, token); err != nil || got != (order.Checkout{}) {
		t.Errorf("another shop reads %+v, %v", got, err)
	}
}

func TestADraftEndsWithTheOrder(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	token := s.cartOf(1, s.sells("Coffee", 1190, 10))
	in := s.input(token)
	s.keep(token, in.Checkout)
	s.place(in)
	s.keep(token, in.Checkout)
	var kept string
	s.scan(&kept, `SELECT checkout FROM carts WHERE token = ?`, token)
	if kept != "{}" || s.draft(token) != (order.Checkout{}) {
		t.Errorf("the ordered cart keeps %s", kept)
	}
}

func TestWhatNoFieldHoldsIsNotKept(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	token := s.cartOf(1, s.sells("Coffee", 1190, 10))
	longest := order.Checkout{Note: strings.Repeat("<", 1000), Shipping: order.Address{Line1: strings.Repeat("<", 100)}}
	s.keep(token, longest)
	for _, note := range []string{"a\x00b", strings.Repeat("ä", 20_000)} {
		s.keep(token, order.Checkout{Note: note})
		if got := s.draft(token); got != longest {
			t.Errorf("%.10q was kept", note)
		}
	}
}
