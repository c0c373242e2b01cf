package order_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"orion/model/cart"
	"orion/model/customer"
	"orion/model/fault"
	"orion/model/order"
	"orion/model/tenant"
	"orion/postgres/pgtest"
)

// account makes a customer who has one.
func (s *shop) account(email string) int64 {
	s.t.Helper()
	var id int64
	s.scan(&id, `INSERT INTO customers (vendor_id, email, name, password_hash) VALUES (current_vendor(), ?, 'Ada', 'hash') RETURNING id`, email)
	return id
}

// buys places an order of one piece, signed in as a customer or (0) as a guest with ada@example.com.
func (s *shop) buys(customerID, variantID int64) *order.Order {
	s.t.Helper()
	in := s.input(s.cartOf(1, variantID))
	in.CustomerID = customerID
	return s.place(in)
}

func numbers(orders []*order.Order) (found []int64) {
	for _, o := range orders {
		found = append(found, o.Number)
	}
	return found
}

func (s *shop) ordersOf(id int64, verified bool) []int64 {
	s.t.Helper()
	page, err := order.ForCustomer(s.ctx, s.db, id, verified, "")
	if err != nil {
		s.t.Fatal(err)
	}
	return numbers(page.Orders)
}

func TestAnOrderThatIsPlacedSignedInIsTheAccounts(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	yirga := s.sells("Yirga", 1200, 10)
	ada := s.account("somebody@example.com") // the checkout's e-mail is another one
	placed := s.buys(ada, yirga)
	if placed.CustomerID == nil || *placed.CustomerID != ada || !placed.SignedIn {
		t.Fatalf("%+v", placed)
	}
	found, err := order.ByNumber(s.ctx, s.db, placed.Number)
	if err != nil || !found.SignedIn || *found.CustomerID != ada || found.Email != "ada@example.com" {
		t.Errorf("%+v, %v", found, err)
	}
	var kind string
	s.scan(&kind, `SELECT actor_kind FROM audit_log WHERE action = 'order.placed'`)
	if kind != "customer" {
		t.Errorf("the audit log says %s", kind)
	}
	if got := s.ordersOf(ada, false); !slices.Equal(got, []int64{1}) {
		t.Errorf("%v", got)
	}
}

func TestGuestOrdersWaitForTheVerifiedAddress(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	yirga := s.sells("Yirga", 1200, 10)
	guest := s.buys(0, yirga)
	ada := *guest.CustomerID // registering makes the guest the account
	signedIn := s.buys(ada, yirga)
	mallory := s.account("mallory@example.com")
	for _, test := range []struct {
		id       int64
		verified bool
		want     []int64
	}{{ada, false, []int64{2}}, {ada, true, []int64{2, 1}}, {mallory, true, nil}} {
		if got := s.ordersOf(test.id, test.verified); !slices.Equal(got, test.want) {
			t.Errorf("%+v: %v", test, got)
		}
		for _, o := range []*order.Order{guest, signedIn} {
			found, err := order.OfCustomer(s.ctx, s.db, test.id, test.verified, o.Number)
			if listed := slices.Contains(test.want, o.Number); listed != (err == nil) || !listed && !errors.Is(err, fault.NotFound) {
				t.Errorf("%+v: order %d: %v", test, o.Number, err)
			} else if listed && (len(found.Items) != 1 || len(found.History) != 1) {
				t.Errorf("%+v", found)
			}
		}
	}
	if n, err := order.Underway(s.ctx, s.db, ada, true); n != 2 || err != nil {
		t.Errorf("%d under way, %v", n, err)
	}
	bloom := tenant.With(t.Context(), pgtest.Vendor(t, s.all, "bloom"))
	if page, err := order.ForCustomer(bloom, s.db, ada, true, ""); err != nil || len(page.Orders) != 0 {
		t.Errorf("another shop: %v, %v", page, err)
	}
}

func TestOrdersComeInPages(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	yirga, ada := s.sells("Yirga", 1200, 100), s.account("ada@example.com")
	const many = order.PageSize*2 + 3
	for range many {
		s.buys(ada, yirga)
	}
	s.exec(`UPDATE orders SET placed_at = date_trunc('hour', now())`) // only the id tells them apart
	var got []int64
	pages, from := 0, ""
	for {
		page, err := order.ForCustomer(s.ctx, s.db, ada, true, from)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range page.Orders {
			if len(o.Items) != 1 {
				t.Errorf("order %d has %d items", o.Number, len(o.Items))
			}
		}
		got, from = append(got, numbers(page.Orders)...), page.Next
		if pages++; from == "" {
			break
		}
	}
	if pages != 3 || len(got) != many || !slices.IsSortedFunc(got, func(a, b int64) int { return int(b - a) }) {
		t.Errorf("%d pages: %v", pages, got)
	}
	for _, odd := range []string{"x", "-", "zzzzzzzzzzzzz-1", "1-", "-5-5", "'; --"} {
		if page, err := order.ForCustomer(s.ctx, s.db, ada, true, odd); err != nil || len(page.Orders) > order.PageSize {
			t.Errorf("%q: %v", odd, err)
		}
	}
}

func TestACustomersOrdersComeByTheIndex(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.exec(`INSERT INTO customers (vendor_id, email) SELECT current_vendor(), 'c' || n || '@example.com' FROM generate_series(1, 500) n`)
	s.exec(`INSERT INTO orders (vendor_id, number, customer_id, email, currency, subtotal, total, prices_include_tax, shipping_address, placed_at)
		SELECT current_vendor(), row_number() OVER (), c.id, c.email, 'EUR', 1, 1, true, '{}', now() - n * interval '1 hour'
		FROM customers c, generate_series(1, 40) n`)
	if _, err := s.all.Platform.ExecContext(tenant.AsPlatform(t.Context()), `ANALYZE orders`); err != nil {
		t.Fatal(err)
	}
	var plan []string
	s.scan(&plan, `EXPLAIN SELECT * FROM orders ord WHERE ord.vendor_id = current_vendor()
		AND ord.customer_id = (SELECT min(id) FROM customers) AND (ord.placed_at, ord.id) < (now(), 5) ORDER BY ord.placed_at DESC, ord.id DESC LIMIT 21`)
	if text := strings.Join(plan, "\n"); !strings.Contains(text, "orders_customer") || strings.Contains(text, "Seq Scan on orders") {
		t.Error(text)
	}
}

func TestTheAddressIsKeptWithTheOrder(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	yirga, ada := s.sells("Yirga", 1200, 100), s.account("ada@example.com")
	for range 2 {
		in := s.input(s.cartOf(1, yirga))
		in.CustomerID, in.SaveAddress = ada, true
		s.place(in)
	}
	book, err := customer.Addresses(s.ctx, s.db, ada)
	if err != nil || len(book) != 1 || book[0].Address.Line1 != "Hauptstraße 1" || !book[0].IsDefault {
		t.Errorf("%+v, %v", book, err)
	}
	for n := range customer.MaxAddresses - 1 {
		in := customer.AddressInput{Address: book[0].Address}
		in.Address.Line1 = "Street " + string(rune('A'+n))
		if _, err := customer.AddAddress(s.ctx, s.db, ada, in); err != nil {
			t.Fatal(err)
		}
	}
	in := s.input(s.cartOf(1, yirga))
	in.CustomerID, in.SaveAddress, in.Checkout.Shipping.Line1 = ada, true, "One too many"
	s.place(in)
	s.wantOrders(3)
}

func TestAClosedAccountPlacesNothing(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	yirga, ada := s.sells("Yirga", 1200, 100), s.account("ada@example.com")
	in := s.input(s.cartOf(1, yirga))
	if err := customer.Erase(s.ctx, s.db, customer.Erasure{CustomerID: ada}); err != nil {
		t.Fatal(err)
	}
	for _, save := range []bool{false, true} {
		in.CustomerID, in.SaveAddress = ada, save
		if _, err := order.Place(s.ctx, s.db, in); !errors.Is(err, fault.NotFound) {
			t.Error(err)
		}
	}
	s.wantOrders(0)
}

// An order that is placed while the account is being closed is either anonymised or a guest's who is known no more.
func TestPlacingWhileClosing(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	yirga := s.sells("Yirga", 1200, 1000)
	for round := range 5 {
		ada := s.account("ada" + string(rune('0'+round)) + "@example.com")
		var group sync.WaitGroup
		for n := range 6 {
			token := s.cartOf(1, yirga)
			if n%2 == 0 {
				var err error
				if token, err = cart.Claim(s.ctx, s.db, token, ada); err != nil {
					t.Fatal(err)
				}
			}
			in := s.input(token)
			in.CustomerID = ada
			group.Go(func() {
				if _, err := order.Place(s.ctx, s.db, in); err != nil && !errors.Is(err, fault.NotFound) && !errors.Is(err, fault.Conflict) {
					if changed := (*order.Changed)(nil); !errors.As(err, &changed) {
						t.Error(err)
					}
				}
			})
		}
		group.Go(func() {
			if err := customer.Erase(s.ctx, s.db, customer.Erasure{CustomerID: ada}); err != nil {
				t.Error(err)
			}
		})
		group.Wait()
		var named int
		s.scan(&named, `SELECT count(*) FROM orders WHERE customer_id = ? AND shipping_address::text LIKE '%Lovelace%'`, ada)
		if named != 0 {
			t.Errorf("%d orders of a closed account say whose they are", named)
		}
	}
}

func TestBuyAgain(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	fine, few, soldOut, gone, deleted := s.sells("Fine", 100, 100), s.sells("Few", 100, 10), s.sells("Sold", 100, 10), s.sells("Gone", 100, 10), s.sells("Deleted", 100, 10)
	placed := s.place(s.input(s.cartOf(4, fine, few, soldOut, gone, deleted)))
	s.exec(`UPDATE inventory SET on_hand = 3 WHERE variant_id = ?`, few)
	s.exec(`UPDATE inventory SET on_hand = 0 WHERE variant_id = ?`, soldOut)
	s.exec(`UPDATE products SET status = 'archived' WHERE slug = 'gone'`)
	s.exec(`UPDATE order_items SET variant_id = NULL WHERE variant_id = ?`, deleted)
	found, err := order.ByNumber(s.ctx, s.db, placed.Number)
	if err != nil {
		t.Fatal(err)
	}
	again, err := order.BuyAgain(s.ctx, s.db, uuid.Nil, found)
	if err != nil {
		t.Fatal(err)
	}
	want := []order.Missing{
		{Item: 1, Title: "Few, 250 g", Wanted: 4, Got: 3}, {Item: 2, Title: "Sold, 250 g", Wanted: 4},
		{Item: 3, Title: "Gone, 250 g", Wanted: 4, Gone: true}, {Item: 4, Title: "Deleted, 250 g", Wanted: 4, Gone: true},
	}
	if again.Added != 7 || !slices.Equal(again.Missing, want) {
		t.Errorf("%+v", again)
	}
	twice, err := order.BuyAgain(s.ctx, s.db, again.Token, found)
	if err != nil || twice.Token != again.Token || twice.Added != 4 || len(twice.Missing) != 4 || twice.Missing[0].Got != 0 {
		t.Errorf("%+v, %v", twice, err)
	}
	view, err := cart.Show(s.ctx, s.db, again.Token)
	if err != nil || view.Count != 11 {
		t.Errorf("%+v, %v", view, err)
	}
	if nothing, err := order.BuyAgain(s.ctx, s.db, uuid.Nil, &order.Order{Items: found.Items[2:]}); err != nil || nothing.Token != uuid.Nil || nothing.Added != 0 {
		t.Errorf("%+v, %v", nothing, err)
	}
}
