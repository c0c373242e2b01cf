package account_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"orion/model/account"
	"orion/model/fault"
	"orion/model/letter"
)

func (w *world) register(r account.Realm, email, name, password string) (account.SignedIn, error) {
	in := account.Registration{Email: email, Name: name, Password: password}
	return w.a.Register(w.t.Context(), r, in, device("192.0.2.1"), link, requestID)
}

func TestRegister(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in, err := w.register(w.kaffa, " Grace@example.com ", "Grace  Hopper", another)
	if err != nil {
		t.Fatal(err)
	}
	owner, err := w.a.Live(t.Context(), in.Identity)
	if err != nil || owner.Email != "Grace@example.com" || owner.Name != "Grace Hopper" || !owner.EmailVerifiedAt.IsZero() || owner.VendorID != w.kaffa.VendorID {
		t.Errorf("%+v, %v", owner, err)
	}
	if _, err := w.try(w.kaffa, "grace@example.com", another); err != nil {
		t.Error(err)
	}
	if _, err := w.try(w.bloom, "grace@example.com", another); !refused(err, "") {
		t.Errorf("another shop: %v", err)
	}
	if w.mailed(letter.VerifyEmail) != 1 || w.audited(w.kaffa, "account.opened") != 1 || w.audited(w.kaffa, "session.started") != 2 {
		t.Error("nobody hears of it")
	}
	if _, err := w.register(w.kaffa, "GRACE@example.com", "Mallory", password); !refused(err, "email") {
		t.Errorf("a second account: %v", err)
	}
	if _, err := w.register(w.bloom, "grace@example.com", "Grace", another); err != nil {
		t.Errorf("an account at another shop: %v", err)
	}
	for _, r := range []account.Realm{vendors, admins} {
		if _, err := w.register(r, "grace@example.com", "Grace", another); !errors.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", r.Kind, err)
		}
	}
}

func TestRegistrationsAreChecked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.register(w.kaffa, "grace", "", "short")
	if !refused(err, "email") || !refused(err, "name") || !refused(err, "password") {
		t.Error(err)
	}
	for _, name := range []string{" ", strings.Repeat("a", 101), "a\x00b", "\xff", "Grace\u202ereppoH"} {
		if _, err := w.register(w.kaffa, "grace@example.com", name, another); !refused(err, "name") {
			t.Errorf("%q: %v", name, err)
		}
	}
	if w.count(`SELECT count(*) FROM customers WHERE vendor_id = ?`, w.kaffa.VendorID) != 1 || len(w.letters) != 0 {
		t.Error("something was written")
	}
}

func TestAGuestBecomesACustomer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var id int64
	w.ask(&id, `INSERT INTO customers (vendor_id, email, name, phone) VALUES (?, 'grace@example.com', 'G. Hopper', '+1 555') RETURNING id`, w.kaffa.VendorID)
	in, err := w.register(w.kaffa, "grace@example.com", "Somebody", another)
	if err != nil || in.Identity.AccountID != id {
		t.Fatalf("%+v, %v", in.Identity, err)
	}
	if w.count(`SELECT count(*) FROM customers WHERE vendor_id = ? AND id = ? AND name = 'Somebody' AND phone = '' AND email_verified_at IS NULL`, w.kaffa.VendorID, id) != 1 {
		t.Error("what the guest typed is shown to whoever registers the address")
	}
}

func TestOneAccountOfManyRegistrationsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	errs := make([]error, 10)
	var all sync.WaitGroup
	for n := range errs {
		all.Go(func() { _, errs[n] = w.register(w.kaffa, "grace@example.com", "Grace", another) })
	}
	all.Wait()
	opened := 0
	for _, err := range errs {
		if err == nil {
			opened++
		} else if !refused(err, "email") {
			t.Error(err)
		}
	}
	if opened != 1 {
		t.Errorf("%d accounts were opened", opened)
	}
}
