package customer_test

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"orion/model/customer"
	"orion/model/fault"
	"orion/model/form"
	"orion/model/letter"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

// shops are two shops with the same customer in both: ada@example.com, with an account.
type shops struct {
	t            *testing.T
	all          *postgres.DB
	db           *bun.DB
	kaffa, bloom context.Context
	ada, other   int64 // Ada's id in Kaffa and in Bloom
}

func newShops(t *testing.T) *shops {
	t.Helper()
	db := pgtest.New(t)
	s := &shops{t: t, all: db, db: db.Shop}
	s.kaffa, s.bloom = tenant.With(t.Context(), pgtest.Vendor(t, db, "kaffa")), tenant.With(t.Context(), pgtest.Vendor(t, db, "bloom"))
	s.ada, s.other = s.account(s.kaffa, "ada@example.com"), s.account(s.bloom, "ada@example.com")
	return s
}

func (s *shops) account(ctx context.Context, email string) int64 {
	s.t.Helper()
	id, err := customer.Remember(ctx, s.db, email, "Ada Lovelace", "+49 30 123456")
	if err != nil {
		s.t.Fatal(err)
	}
	s.exec(ctx, `UPDATE customers SET password_hash = 'hash', email_verified_at = now() WHERE id = ?`, id)
	return id
}

func (s *shops) exec(ctx context.Context, query string, args ...any) {
	s.t.Helper()
	if _, err := s.db.NewRaw(query, args...).Exec(ctx); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shops) text(ctx context.Context, query string, args ...any) string {
	s.t.Helper()
	var got string
	if err := s.db.NewRaw(query, args...).Scan(ctx, &got); err != nil {
		s.t.Fatal(err)
	}
	return got
}

func address(line1 string) customer.AddressInput {
	return customer.AddressInput{Address: customer.Address{Name: "Ada Lovelace", Line1: line1, Postcode: "10115", City: "Berlin", Country: "DE"}}
}

func (s *shops) add(in customer.AddressInput) int64 {
	s.t.Helper()
	id, err := customer.AddAddress(s.kaffa, s.db, s.ada, in)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s *shops) book() []customer.SavedAddress {
	s.t.Helper()
	book, err := customer.Addresses(s.kaffa, s.db, s.ada)
	if err != nil {
		s.t.Fatal(err)
	}
	return book
}

func TestAddressBook(t *testing.T) {
	t.Parallel()
	s := newShops(t)
	first := s.add(address("Street 1"))
	if book := s.book(); len(book) != 1 || !book[0].IsDefault || !book[0].IsDefaultBilling {
		t.Fatalf("the first address is not the default: %+v", book)
	}
	second := address("Street 2")
	second.Label, second.DefaultShipping = "Office", true
	id := s.add(second)
	book := s.book()
	if len(book) != 2 || book[0].ID != id || !book[0].IsDefault || book[0].IsDefaultBilling || book[1].IsDefault || !book[1].IsDefaultBilling {
		t.Errorf("%+v", book)
	}
	if again := s.add(address("Street 1")); again != first || len(s.book()) != 2 {
		t.Errorf("the same address is there twice")
	}
	changed := address("Street 3")
	changed.DefaultBilling = true
	if err := customer.ChangeAddress(s.kaffa, s.db, s.ada, id, changed); err != nil {
		t.Fatal(err)
	}
	found, err := customer.AddressOf(s.kaffa, s.db, s.ada, id)
	if err != nil || found.Address.Line1 != "Street 3" || found.Label != "" || found.IsDefault || !found.IsDefaultBilling {
		t.Errorf("%+v, %v", found, err)
	}
	if err := customer.RemoveAddress(s.kaffa, s.db, s.ada, id); err != nil || len(s.book()) != 1 {
		t.Error(err)
	}
	if got := s.text(s.kaffa, `SELECT count(*) FROM customer_addresses`); got != "1" {
		t.Errorf("a removed address is kept: %s rows", got)
	}
}

func TestAddressesAreChecked(t *testing.T) {
	t.Parallel()
	s := newShops(t)
	wrong := address("")
	wrong.Address.Postcode, wrong.Label = "1", strings.Repeat("x", 61)
	_, err := customer.AddAddress(s.kaffa, s.db, s.ada, wrong)
	problems, ok := errors.AsType[form.Problems](err)
	if !ok || len(problems) != 3 || problems["line1"].Key != "checkout.line1.required" || problems["label"].Key != "checkout.too_long" {
		t.Errorf("%v", problems)
	}
	if err := customer.ChangeAddress(s.kaffa, s.db, s.ada, 1, wrong); !errors.As(err, &problems) {
		t.Error(err)
	}
	if len(s.book()) != 0 {
		t.Error("a wrong address was taken")
	}
}

func TestNobodyReachesAnothersAddresses(t *testing.T) {
	t.Parallel()
	s := newShops(t)
	id := s.add(address("Street 1"))
	mallory := s.account(s.kaffa, "mallory@example.com")
	for name, who := range map[string]struct {
		ctx context.Context
		id  int64
	}{"another customer": {s.kaffa, mallory}, "the same person elsewhere": {s.bloom, s.other}, "another shop": {s.bloom, s.ada}} {
		if _, err := customer.AddressOf(who.ctx, s.db, who.id, id); !errors.Is(err, fault.NotFound) {
			t.Errorf("%s reads it: %v", name, err)
		}
		if err := customer.ChangeAddress(who.ctx, s.db, who.id, id, address("Street 2")); !errors.Is(err, fault.NotFound) {
			t.Errorf("%s changes it: %v", name, err)
		}
		if err := customer.RemoveAddress(who.ctx, s.db, who.id, id); !errors.Is(err, fault.NotFound) {
			t.Errorf("%s removes it: %v", name, err)
		}
	}
	if book := s.book(); len(book) != 1 || book[0].Address.Line1 != "Street 1" {
		t.Errorf("%+v", book)
	}
}

func TestAnAddressBookEnds(t *testing.T) {
	t.Parallel()
	s := newShops(t)
	for n := range customer.MaxAddresses - 1 {
		s.add(address("Street " + strconv.Itoa(n)))
	}
	var wait sync.WaitGroup
	errs := make([]error, 4)
	for n := range errs {
		wait.Go(func() { _, errs[n] = customer.AddAddress(s.kaffa, s.db, s.ada, address("Late "+strconv.Itoa(n))) })
	}
	wait.Wait()
	full := 0
	for _, err := range errs {
		if errors.Is(err, fault.Conflict) {
			full++
		} else if err != nil {
			t.Error(err)
		}
	}
	if full != 3 || len(s.book()) != customer.MaxAddresses {
		t.Errorf("%d were refused, %d are there", full, len(s.book()))
	}
}

func TestProfile(t *testing.T) {
	t.Parallel()
	s := newShops(t)
	if err := customer.ChangeProfile(s.kaffa, s.db, s.ada, customer.Profile{Name: "Ada King", Phone: ""}); err != nil {
		t.Fatal(err)
	}
	ada, err := customer.Get(s.kaffa, s.db, s.ada)
	if err != nil || ada.Name != "Ada King" || ada.Phone != "" || ada.Version != 2 {
		t.Errorf("%+v, %v", ada, err)
	}
	if elsewhere, err := customer.Get(s.bloom, s.db, s.other); err != nil || elsewhere.Name != "Ada Lovelace" {
		t.Errorf("another shop: %+v, %v", elsewhere, err)
	}
	err = customer.ChangeProfile(s.kaffa, s.db, s.ada, customer.Profile{Name: "", Phone: "call me"})
	if problems, ok := errors.AsType[form.Problems](err); !ok || len(problems) != 2 {
		t.Error(err)
	}
	if err := customer.ChangeProfile(s.bloom, s.db, s.ada, customer.Profile{Name: "Mallory"}); s.ada != s.other && !errors.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

// buys gives a customer an order in a shop, placed signed in or as a guest.
func (s *shops) buys(ctx context.Context, id int64, number int, signedIn bool) {
	s.t.Helper()
	s.exec(ctx, `
		WITH o AS (
			INSERT INTO orders (vendor_id, number, customer_id, signed_in, email, phone, currency, subtotal, total, prices_include_tax,
				shipping_address, billing_address, note)
			VALUES (current_vendor(), ?1, ?0, ?2, 'ada@example.com', '+49 30 123456', 'EUR', 2400, 2400, true,
				'{"name":"Ada Lovelace","line1":"Street 1","postcode":"10115","city":"Berlin","country":"DE"}',
				'{"name":"Ada Ltd","line1":"Street 2","city":"London","country":"GB"}', 'Ring at Lovelace')
			RETURNING id
		), i AS (
			INSERT INTO order_items (vendor_id, order_id, product_title, quantity, unit_price, total)
			SELECT current_vendor(), id, 'House blend', 2, 1200, 2400 FROM o
		)
		INSERT INTO order_status_history (vendor_id, order_id, status, note) SELECT current_vendor(), id, 'pending', 'Called Lovelace' FROM o`,
		id, number, signedIn)
}

// lives gives a customer everything that an account can have.
func (s *shops) lives(ctx context.Context, id int64) {
	s.t.Helper()
	if _, err := customer.AddAddress(ctx, s.db, id, address("Street 1")); err != nil {
		s.t.Fatal(err)
	}
	s.buys(ctx, id, 1, true)
	s.buys(ctx, id, 2, false)
	for _, statement := range []string{
		`WITH s AS (INSERT INTO sessions (vendor_id, kind, account_id, user_agent, address, expires_at)
		   VALUES (current_vendor(), 'customer', ?0, 'Firefox of Lovelace', '192.0.2.1', now() + interval '1 day') RETURNING id)
		 INSERT INTO refresh_tokens (vendor_id, hash, session_id) SELECT current_vendor(), sha256('a'), id FROM s`,
		`INSERT INTO mailed_tokens (vendor_id, hash, purpose, account_id, email, expires_at)
		 VALUES (current_vendor(), sha256('b'), 'reset_password', ?0, 'ada@example.com', now())`,
		`INSERT INTO second_factors (vendor_id, account_id, secret) VALUES (current_vendor(), ?0, 'secret')`,
		`INSERT INTO recovery_codes (vendor_id, account_id, hash) VALUES (current_vendor(), ?0, sha256('c'))`,
		`INSERT INTO carts (vendor_id, token, customer_id, email, checkout)
		 VALUES (current_vendor(), gen_random_uuid(), ?0, 'ada@example.com', '{"email":"ada@example.com"}')`,
	} {
		s.exec(ctx, statement, id)
	}
}

func (s *shops) export(ctx context.Context, id int64) (data struct {
	Profile struct{ Email, Name, Phone string }
	Orders  []struct {
		Number string
		Items  []struct{ Product string }
	}
	Addresses, Carts []any
	Sessions         []map[string]any
}) {
	s.t.Helper()
	text, err := customer.Export(ctx, s.db, id)
	if err != nil {
		s.t.Fatal(err)
	}
	if strings.Contains(string(text), "hash") || strings.Contains(string(text), "secret") {
		s.t.Errorf("secrets are exported: %s", text)
	}
	if err := json.Unmarshal(text, &data); err != nil {
		s.t.Fatal(err)
	}
	return data
}

func TestExport(t *testing.T) {
	t.Parallel()
	s := newShops(t)
	s.lives(s.kaffa, s.ada)
	data := s.export(s.kaffa, s.ada)
	if data.Profile.Email != "ada@example.com" || len(data.Orders) != 2 || data.Orders[0].Items[0].Product != "House blend" ||
		len(data.Addresses) != 1 || len(data.Carts) != 1 || len(data.Sessions) != 1 {
		t.Errorf("%+v", data)
	}
	if elsewhere := s.export(s.bloom, s.other); len(elsewhere.Orders)+len(elsewhere.Addresses)+len(elsewhere.Carts)+len(elsewhere.Sessions) != 0 {
		t.Errorf("another shop: %+v", elsewhere)
	}
	s.exec(s.kaffa, `UPDATE customers SET email_verified_at = NULL`)
	if data := s.export(s.kaffa, s.ada); len(data.Orders) != 1 || data.Orders[0].Number != "1" {
		t.Errorf("whoever registers an address first reads its owner's orders: %+v", data.Orders)
	}
	if _, err := customer.Export(s.kaffa, s.db, 999); !errors.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

// everything is all rows of a shop that could hold something about a customer, as text.
const everything = `SELECT concat_ws(E'\n',
	(SELECT json_agg(t) FROM customers t), (SELECT json_agg(t) FROM customer_addresses t), (SELECT json_agg(t) FROM orders t),
	(SELECT json_agg(t) FROM order_status_history t), (SELECT json_agg(t) FROM carts t), (SELECT json_agg(t) FROM sessions t),
	(SELECT json_agg(t) FROM refresh_tokens t), (SELECT json_agg(t) FROM mailed_tokens t), (SELECT json_agg(t) FROM second_factors t),
	(SELECT json_agg(t) FROM recovery_codes t), (SELECT json_agg(t) FROM audit_log t))`

func TestErase(t *testing.T) {
	t.Parallel()
	s := newShops(t)
	s.lives(s.kaffa, s.ada)
	s.lives(s.bloom, s.other)
	before := s.text(s.bloom, everything)
	var sent []letter.Letter
	in := customer.Erasure{CustomerID: s.ada, RequestID: "r-1", Enqueue: func(_ context.Context, _ bun.Tx, l letter.Letter) error {
		sent = append(sent, l)
		return nil
	}}
	if err := customer.Erase(s.kaffa, s.db, in); err != nil {
		t.Fatal(err)
	}
	left := s.text(s.kaffa, everything)
	for _, word := range []string{"ada@", "Lovelace", "Street", "Berlin", "London", "Ltd", "123456", "192.0.2", "10115", "secret", `"hash"`} {
		if strings.Contains(left, word) {
			t.Errorf("%q is kept: %s", word, left)
		}
	}
	got := s.text(s.kaffa, `SELECT count(*) || ' ' || sum(total) || ' ' || string_agg(shipping_address->>'country', '') || string_agg(billing_address->>'country', '')
		|| ' ' || (SELECT count(*) FROM order_items) || ' ' || (SELECT count(*) FROM sessions WHERE ended_at IS NULL)
		|| ' ' || (SELECT count(*) FROM audit_log WHERE action = 'customer.erased') FROM orders`)
	if got != "2 4800 DEDEGBGB 2 0 1" {
		t.Errorf("%s", got)
	}
	if len(sent) != 1 || sent[0].Kind != letter.AccountClosed || sent[0].To != "ada@example.com" {
		t.Errorf("%+v", sent)
	}
	if after := s.text(s.bloom, everything); after != before {
		t.Error("another shop's customer was changed")
	}
	if err := customer.Erase(s.kaffa, s.db, in); !errors.Is(err, fault.NotFound) {
		t.Errorf("a second time: %v", err)
	}
	if fresh := s.account(s.kaffa, "ada@example.com"); fresh == s.ada || len(s.export(s.kaffa, fresh).Orders) != 0 {
		t.Error("a new account has the erased one's orders")
	}
}

func TestErasingAnUnverifiedAccountLeavesItsGuestOrdersAlone(t *testing.T) {
	t.Parallel()
	s := newShops(t)
	s.lives(s.kaffa, s.ada)
	s.exec(s.kaffa, `UPDATE customers SET email_verified_at = NULL`)
	if err := customer.Erase(s.kaffa, s.db, customer.Erasure{CustomerID: s.ada}); err != nil {
		t.Fatal(err)
	}
	got := s.text(s.kaffa, `SELECT string_agg((email = 'ada@example.com')::text || (customer_id = ?)::text, ' ' ORDER BY number) FROM orders`, s.ada)
	if got != "falsetrue truefalse" {
		t.Errorf("%s", got)
	}
	if data := s.export(s.kaffa, s.account(s.kaffa, "ada@example.com")); len(data.Orders) != 1 || data.Orders[0].Number != "2" {
		t.Errorf("the owner of the address does not find their order: %+v", data.Orders)
	}
}

func TestAnErasureThatFailsLeavesEverything(t *testing.T) {
	t.Parallel()
	s := newShops(t)
	s.lives(s.kaffa, s.ada)
	before := s.text(s.kaffa, everything)
	failed := errors.New("the queue is full")
	err := customer.Erase(s.kaffa, s.db, customer.Erasure{CustomerID: s.ada, Enqueue: func(context.Context, bun.Tx, letter.Letter) error { return failed }})
	if !errors.Is(err, failed) || s.text(s.kaffa, everything) != before {
		t.Error(err)
	}
}
