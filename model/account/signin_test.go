package account_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"orion/model/account"
	"orion/model/fault"
	"orion/model/tenant"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, r := range []account.Realm{admins, vendors, w.kaffa, w.bloom} {
		in, err := w.try(r, " ADA@example.com ", password)
		if err != nil {
			t.Fatalf("%+v: %v", r, err)
		}
		if in.Pending != "" || in.Identity.Realm != r || in.Identity.Strong || in.Tokens.AccessExpires.Sub(w.clock()) != account.AccessLife {
			t.Errorf("%+v: %+v", r, in.Identity)
		}
		owner, err := w.a.Live(t.Context(), in.Identity)
		if err != nil || owner.ID != in.Identity.AccountID || owner.VendorID != r.VendorID || owner.Email != "ada@example.com" {
			t.Errorf("%+v: %+v, %v", r, owner, err)
		}
	}
	if got := w.audited(admins, "session.started"); got != 2 {
		t.Errorf("%d sign-ins of users are in the audit log", got)
	}
	if got := w.count(`SELECT count(*) FROM audit_log WHERE vendor_id = ? AND action = 'session.started' AND actor = 'customer:' || ?::text
		AND actor_kind = 'customer' AND request_id = ?`, w.kaffa.VendorID, w.adaKaffa, requestID); got != 1 {
		t.Errorf("%d sign-ins of Ada at Kaffa are in the audit log", got)
	}
}

func TestWhoCannotSignInAllHearTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`INSERT INTO customers (vendor_id, email) VALUES (?, 'guest@example.com')`, w.kaffa.VendorID)
	w.exec(`INSERT INTO users (email) VALUES ('invited@example.com')`)
	hash, err := w.a.HashPassword(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	w.exec(`INSERT INTO users (email, password_hash) VALUES ('vendor@example.com', ?)`, hash)
	w.exec(`INSERT INTO customers (vendor_id, email, password_hash, deleted_at) VALUES (?, 'gone@example.com', ?, now())`, w.kaffa.VendorID, hash)
	want := ""
	for _, tt := range []struct {
		name            string
		realm           account.Realm
		email, password string
	}{
		{"wrong password", w.kaffa, "ada@example.com", another},
		{"unknown", w.kaffa, "nobody@example.com", password},
		{"guest", w.kaffa, "guest@example.com", password},
		{"guest, nothing", w.kaffa, "guest@example.com", ""},
		{"closed", w.kaffa, "gone@example.com", password},
		{"invited", vendors, "invited@example.com", password},
		{"no admin", admins, "vendor@example.com", password},
		{"nonsense", vendors, "x' OR true; --", password},
		{"no text", vendors, "ada@example.com\x00\xff", password},
		{"too long", vendors, strings.Repeat("a", 10_000) + "@example.com", password},
		{"long password", w.kaffa, "ada@example.com", strings.Repeat("a", 100_000)},
	} {
		in, err := w.try(tt.realm, tt.email, tt.password)
		if !refused(err, "") || in.Tokens.Access != "" || in.Pending != "" {
			t.Errorf("%s: %+v, %v", tt.name, in, err)
			continue
		}
		if got := err.Error(); want != "" && got != want {
			t.Errorf("%s: %q, where others hear %q", tt.name, got, want)
		}
		want = err.Error()
	}
	if got := w.count(`SELECT count(*) FROM audit_log WHERE vendor_id = ? AND action = 'session.failed' AND subject = 'customer:' || ?::text`,
		w.kaffa.VendorID, w.adaKaffa); got != 2 {
		t.Errorf("%d failures of Ada's are in the audit log", got)
	}
	if got := w.count(`SELECT count(*) FROM audit_log WHERE action = 'session.failed' AND subject = 'account:unknown'`); got < 5 {
		t.Errorf("%d failures of nobody's are in the audit log", got)
	}
	if got := w.count(`SELECT count(*) FROM sessions`); got != 0 {
		t.Errorf("%d sessions began", got)
	}
}

func TestALockedAccountHearsSoAfterTheRightPasswordOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(vendors)
	w.exec(`UPDATE users SET locked_at = now()`)
	if _, err := w.try(vendors, "ada@example.com", another); !refused(err, "") || strings.Contains(err.Error(), "locked") {
		t.Error(err)
	}
	if _, err := w.try(vendors, "ada@example.com", password); !refused(err, "") || !strings.Contains(err.Error(), "locked") {
		t.Error(err)
	}
	if w.lives(in.Identity) {
		t.Error("a session goes on")
	}
	if _, err := w.a.Refresh(t.Context(), vendors, in.Tokens.Refresh, device("192.0.2.1")); !errors.Is(err, account.ErrToken) {
		t.Errorf("a session is lengthened: %v", err)
	}
	if _, err := w.a.Start(t.Context(), vendors, w.adaUser, false, device("192.0.2.1")); !errors.Is(err, account.ErrEnded) {
		t.Errorf("a session begins: %v", err)
	}
}

func TestACustomerIsOfOneShopOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`DELETE FROM customers WHERE vendor_id = ?`, w.bloom.VendorID)
	if _, err := w.try(w.bloom, "ada@example.com", password); !refused(err, "") {
		t.Errorf("Kaffa's customer signs in at Bloom: %v", err)
	}
	in := w.signIn(w.kaffa)
	stranger := in.Identity
	stranger.Realm = w.bloom
	if w.lives(stranger) {
		t.Error("Kaffa's session lives at Bloom")
	}
	if _, err := w.a.Refresh(t.Context(), w.bloom, in.Tokens.Refresh, device("192.0.2.1")); !errors.Is(err, account.ErrToken) {
		t.Error(err)
	}
	if err := w.a.SignOut(t.Context(), stranger, requestID); err != nil || !w.lives(in.Identity) {
		t.Errorf("Bloom ends Kaffa's session: %v", err)
	}
	if list, err := w.a.Sessions(t.Context(), w.bloom, w.adaKaffa); err != nil || len(list) != 0 {
		t.Errorf("Bloom sees Kaffa's sessions: %v, %v", list, err)
	}
	if _, err := w.a.Start(t.Context(), w.bloom, w.adaKaffa, false, device("192.0.2.1")); !errors.Is(err, account.ErrEnded) {
		t.Errorf("Bloom begins a session of Kaffa's customer: %v", err)
	}
	if _, _, _, err := w.a.IssueMailed(t.Context(), w.bloom, account.PurposeReset, w.adaKaffa); !errors.Is(err, fault.NotFound) {
		t.Errorf("Bloom mails Kaffa's customer: %v", err)
	}
	if err := w.a.AskReset(t.Context(), w.bloom, "ada@example.com", link, requestID); err != nil || w.mailed("reset_password") != 0 {
		t.Errorf("Bloom resets Kaffa's customer's password: %v", err)
	}
	if got := w.audited(w.bloom, "session.started"); got != 0 {
		t.Errorf("%d sign-ins are in Bloom's audit log", got)
	}
}

func TestHarderHashes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.a = w.authority(account.Options{Cost: 5})
	cost := func() int {
		var stored string
		w.ask(&stored, `SELECT password_hash FROM customers WHERE vendor_id = ?`, w.kaffa.VendorID)
		cost, err := bcrypt.Cost([]byte(stored))
		if err != nil {
			t.Fatal(err)
		}
		return cost
	}
	if _, err := w.try(w.kaffa, "ada@example.com", another); err == nil || cost() != 4 {
		t.Errorf("a wrong password is hashed: %v", err)
	}
	in := w.signIn(w.kaffa)
	if cost() != 5 || !w.lives(in.Identity) {
		t.Errorf("the cost is %d", cost())
	}
	w.signIn(w.kaffa)
	w.a = w.authority(account.Options{Cost: 4})
	w.signIn(w.kaffa)
	if cost() != 5 {
		t.Error("a lower cost makes hashes weaker")
	}
	var elsewhere string
	if err := w.db.Shop.NewRaw(`SELECT password_hash FROM customers WHERE vendor_id = ?`, w.bloom.VendorID).
		Scan(tenant.With(t.Context(), w.bloom.VendorID), &elsewhere); err != nil || !strings.HasPrefix(elsewhere, "$2a$04$") {
		t.Errorf("Bloom's hash: %q, %v", elsewhere, err)
	}
}

// TestUnknownAccountsTakeAsLong compares medians, at a cost that outweighs everything else.
func TestUnknownAccountsTakeAsLong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.a = w.authority(account.Options{Cost: 9}) // Ada's own hash is of cost 4: comparing it alone would take a 32nd
	known, unknown := time.Hour, time.Hour
	for range 4 {
		w.exec(`DELETE FROM sign_in_throttles`)
		began := time.Now()
		_, _ = w.try(w.kaffa, "ada@example.com", another)
		known = min(known, time.Since(began))
		began = time.Now()
		_, _ = w.try(w.kaffa, "nobody@example.com", another)
		unknown = min(unknown, time.Since(began))
	}
	if ratio := float64(known) / float64(unknown); ratio < 0.5 || ratio > 2 {
		t.Errorf("a known account takes %v, an unknown one %v", known, unknown)
	}
}
