package account_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"orion/model/account"
	"orion/model/fault"
	"orion/model/letter"
)

// issue makes a mailed token of Ada's at Kaffa.
func (w *world) issue(purpose string) string {
	w.t.Helper()
	token, email, expires, err := w.a.IssueMailed(w.t.Context(), w.kaffa, purpose, w.adaKaffa)
	if err != nil || email != "ada@example.com" || !expires.After(w.clock()) {
		w.t.Fatalf("%q, %v, %v", email, expires, err)
	}
	return token
}

func (w *world) reset(token, next string) error {
	_, err := w.a.ResetPassword(w.t.Context(), w.kaffa, token, next, requestID)
	return err
}

func TestAskReset(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.a.AskReset(t.Context(), w.kaffa, " Ada@example.com", link, requestID); err != nil {
		t.Fatal(err)
	}
	want := letter.Letter{Kind: letter.ResetPassword, VendorID: w.kaffa.VendorID, Name: "Ada", Realm: "customer", AccountID: w.adaKaffa, Link: link}
	if len(w.letters) != 1 || w.letters[0].Kind != want.Kind || w.letters[0].VendorID != want.VendorID || w.letters[0].AccountID != want.AccountID ||
		w.letters[0].Realm != want.Realm || w.letters[0].Link != want.Link {
		t.Errorf("%+v, want %+v", w.letters, want)
	}
	for _, r := range []account.Realm{w.kaffa, w.bloom, vendors, admins} {
		if err := w.a.AskReset(t.Context(), r, "nobody@example.com", link, requestID); err != nil {
			t.Errorf("nobody is told apart: %v", err)
		}
	}
	if w.mailed(letter.ResetPassword) != 1 {
		t.Errorf("%+v", w.letters)
	}
	for _, l := range w.letters[1:] { // takes as long, and goes nowhere
		if _, _, _, err := w.a.IssueMailed(t.Context(), account.Realm{Kind: account.Kind(l.Realm), VendorID: l.VendorID}, string(l.Kind), l.AccountID); !errors.Is(err, fault.NotFound) || l.To != "" {
			t.Errorf("%+v: %v", l, err)
		}
	}
	for _, email := range []string{"", "ada", "ada@", "ada@example", "Ada <ada@example.com>", "a\nb@example.com", "\xff@example.com"} {
		if err := w.a.AskReset(t.Context(), w.kaffa, email, link, requestID); !refused(err, "email") {
			t.Errorf("%q: %v", email, err)
		}
	}
	if w.audited(w.kaffa, "password.reset_asked") != 2 {
		t.Error("the audit log does not say so")
	}
}

func TestResetPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in, elsewhere := w.signIn(w.kaffa), w.signIn(w.bloom)
	token, spare := w.issue(account.PurposeReset), w.issue(account.PurposeReset)
	if got := w.count(`SELECT count(*) FROM mailed_tokens WHERE hash = sha256(convert_to(?, 'UTF8'))`, token); got != 1 {
		t.Errorf("%d tokens are stored by their hash", got)
	}
	if owner, err := w.a.ResetOwner(t.Context(), w.kaffa, token); err != nil || owner != "ada@example.com" {
		t.Errorf("%q, %v", owner, err)
	}
	for range 8 {
		_ = w.from("ada@example.com", "198.51.100.1")
	}
	if err := w.reset(token, "password123"); !refused(err, "password") {
		t.Errorf("a common password: %v", err)
	}
	if _, err := w.a.ResetPassword(t.Context(), w.bloom, token, another, requestID); !errors.Is(err, account.ErrToken) {
		t.Errorf("at another shop: %v", err)
	}
	if err := w.a.VerifyEmail(t.Context(), in.Identity, token, requestID); !errors.Is(err, account.ErrToken) {
		t.Errorf("for another purpose: %v", err)
	}
	if err := w.reset(token, another); err != nil {
		t.Fatal(err)
	}
	if w.lives(in.Identity) || !w.lives(elsewhere.Identity) {
		t.Error("a session goes on, or another shop's ended")
	}
	if _, err := w.try(w.kaffa, "ada@example.com", another); err != nil {
		t.Errorf("the new password: %v", err)
	}
	if _, err := w.try(w.kaffa, "ada@example.com", password); !refused(err, "") {
		t.Errorf("the old password: %v", err)
	}
	w.signIn(w.bloom)
	for name, used := range map[string]string{"used": token, "the account's others": spare, "none": "", "noise": "\x00\xff"} {
		if err := w.reset(used, password); !errors.Is(err, account.ErrToken) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := w.a.ResetOwner(t.Context(), w.kaffa, used); !errors.Is(err, account.ErrToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if w.count(`SELECT count(*) FROM customers WHERE vendor_id = ? AND email_verified_at IS NOT NULL`, w.kaffa.VendorID) != 1 {
		t.Error("the address is not verified")
	}
	if w.mailed(letter.PasswordChanged) != 1 || w.audited(w.kaffa, "password.reset") != 1 || w.audited(w.bloom, "password.reset") != 0 {
		t.Error("nobody hears of it")
	}
}

func TestMailedTokensDoNotLast(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.issue(account.PurposeReset)
	w.pass(time.Hour)
	if err := w.reset(token, another); !errors.Is(err, account.ErrToken) {
		t.Errorf("an expired token: %v", err)
	}
	token = w.issue(account.PurposeReset)
	w.exec(`UPDATE customers SET email = 'ada@example.org' WHERE id = ? AND vendor_id = ?`, w.adaKaffa, w.kaffa.VendorID)
	if err := w.reset(token, another); !errors.Is(err, account.ErrToken) {
		t.Errorf("the address changed: %v", err)
	}
	w.exec(`UPDATE customers SET email = 'ADA@example.com', deleted_at = now() WHERE id = ? AND vendor_id = ?`, w.adaKaffa, w.kaffa.VendorID)
	if err := w.reset(token, another); !errors.Is(err, account.ErrToken) {
		t.Errorf("the account is closed: %v", err)
	}
}

func TestMailedTokensWorkOnceAlsoAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := []string{w.issue(account.PurposeReset), w.issue(account.PurposeReset), w.issue(account.PurposeReset)}
	errs := make([]error, 12)
	var all sync.WaitGroup
	for n := range errs {
		all.Go(func() { errs[n] = w.reset(tokens[n%len(tokens)], another) })
	}
	all.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		} else if !errors.Is(err, account.ErrToken) {
			t.Error(err)
		}
	}
	if done != 1 || w.mailed(letter.PasswordChanged) != 1 {
		t.Errorf("%d resets", done)
	}
}

func TestAnAccountIsNotFloodedWithMails(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 5 {
		w.issue(account.PurposeVerify)
	}
	if _, _, _, err := w.a.IssueMailed(t.Context(), w.kaffa, account.PurposeVerify, w.adaKaffa); !errors.Is(err, fault.NotFound) {
		t.Errorf("a sixth: %v", err)
	}
	w.issue(account.PurposeReset)
	w.pass(3 * 24 * time.Hour)
	w.issue(account.PurposeVerify)
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	here, there, admin := w.signIn(vendors), w.signIn(vendors), w.signIn(admins)
	token, _, _, err := w.a.IssueMailed(t.Context(), vendors, account.PurposeReset, w.adaUser)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.a.ChangePassword(t.Context(), here.Identity, another, another, requestID); !refused(err, "current") {
		t.Errorf("without knowing it: %v", err)
	}
	if err := w.a.ChangePassword(t.Context(), here.Identity, password, "ada@example.com", requestID); !refused(err, "next") {
		t.Errorf("to the address: %v", err)
	}
	if err := w.a.ChangePassword(t.Context(), here.Identity, password, another, requestID); err != nil {
		t.Fatal(err)
	}
	if !w.lives(here.Identity) || w.lives(there.Identity) || w.lives(admin.Identity) {
		t.Error("this session ended, or another goes on")
	}
	if _, err := w.try(vendors, "ada@example.com", another); err != nil {
		t.Error(err)
	}
	w.signIn(w.kaffa) // a customer's password is another one
	if _, err := w.a.ResetPassword(t.Context(), vendors, token, password, requestID); !errors.Is(err, account.ErrToken) {
		t.Errorf("a link of before: %v", err)
	}
	if w.mailed(letter.PasswordChanged) != 1 || w.audited(vendors, "password.changed") != 1 || w.audited(vendors, "password.failed") != 1 {
		t.Error("nobody hears of it")
	}
	if err := w.a.ChangePassword(t.Context(), there.Identity, another, password, requestID); !errors.Is(err, account.ErrEnded) {
		t.Errorf("by a session that is over: %v", err)
	}
}

func TestGuessingTheCurrentPasswordIsSlow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(w.kaffa)
	for range 8 {
		_ = w.from("ada@example.com", "198.51.100.1") // strangers do not keep Ada from it
	}
	for range 5 {
		if err := w.a.CheckCurrent(t.Context(), in.Identity, "password", another); !refused(err, "password") {
			t.Fatal(err)
		}
	}
	if err := w.a.CheckCurrent(t.Context(), in.Identity, "password", password); wait(err) != time.Second {
		t.Error(err)
	}
	w.pass(time.Second)
	if err := w.a.CheckCurrent(t.Context(), in.Identity, "password", password); err != nil {
		t.Error(err)
	}
	if got := w.audited(w.kaffa, "password.failed"); got != 5 {
		t.Errorf("%d failures are in the audit log", got)
	}
}

func TestVerifyEmail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(w.kaffa)
	if err := w.a.AskVerification(t.Context(), in.Identity, link); err != nil || w.mailed(letter.VerifyEmail) != 1 {
		t.Fatal(err)
	}
	token, old := w.issue(account.PurposeVerify), w.issue(account.PurposeVerify)
	mallory, err := w.a.Register(t.Context(), w.kaffa, account.Registration{Email: "mallory@example.com", Name: "Mallory", Password: another}, device("192.0.2.9"), link, requestID)
	if err != nil {
		t.Fatal(err)
	}
	for name, i := range map[string]account.Identity{"somebody else": mallory.Identity, "at another shop": w.signIn(w.bloom).Identity, "a user": w.signIn(vendors).Identity} {
		if err := w.a.VerifyEmail(t.Context(), i, token, requestID); !errors.Is(err, account.ErrToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.a.ResetOwner(t.Context(), w.kaffa, token); !errors.Is(err, account.ErrToken) {
		t.Errorf("it resets passwords: %v", err)
	}
	if err := w.a.VerifyEmail(t.Context(), in.Identity, token, requestID); err != nil {
		t.Fatal(err)
	}
	if owner, err := w.a.Live(t.Context(), in.Identity); err != nil || !owner.EmailVerifiedAt.Equal(w.clock()) {
		t.Errorf("%+v, %v", owner, err)
	}
	for _, used := range []string{token, old} {
		if err := w.a.VerifyEmail(t.Context(), in.Identity, used, requestID); !errors.Is(err, account.ErrToken) {
			t.Errorf("twice: %v", err)
		}
	}
	if err := w.a.AskVerification(t.Context(), in.Identity, link); err != nil || w.mailed(letter.VerifyEmail) != 2 { // Ada's and Mallory's
		t.Errorf("asked for again: %v", err)
	}
	if w.audited(w.kaffa, "email.verified") != 1 {
		t.Error("the audit log does not say so")
	}
	if err := w.a.SignOut(t.Context(), mallory.Identity, requestID); err != nil {
		t.Fatal(err)
	}
	if err := w.a.AskVerification(t.Context(), mallory.Identity, link); !errors.Is(err, account.ErrEnded) {
		t.Errorf("signed out: %v", err)
	}
}

func TestAVerificationExpires(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(w.kaffa)
	late, moved := w.issue(account.PurposeVerify), ""
	w.pass(3 * 24 * time.Hour)
	if err := w.a.VerifyEmail(t.Context(), in.Identity, late, requestID); !errors.Is(err, account.ErrToken) {
		t.Error(err)
	}
	moved = w.issue(account.PurposeVerify)
	w.exec(`UPDATE customers SET email = 'ada@example.org' WHERE vendor_id = ?`, w.kaffa.VendorID)
	if err := w.a.VerifyEmail(t.Context(), in.Identity, moved, requestID); !errors.Is(err, account.ErrToken) {
		t.Errorf("the address changed: %v", err)
	}
}
