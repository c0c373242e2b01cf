package account_test

import (
	"bytes"
	"errors"
	"image/png"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"orion/model/account"
	"orion/model/fault"
	"orion/model/letter"
)

// app is an authenticator app with one account, and the recovery codes on a piece of paper.
type app struct {
	secret string
	paper  []string
}

// next crosses a recovery code out.
func (a *app) next() string {
	code := a.paper[0]
	a.paper = a.paper[1:]
	return code
}

// code is what the app shows some steps of 30 s from now.
func (w *world) code(a *app, away int) string {
	w.t.Helper()
	code, err := totp.GenerateCode(a.secret, w.clock().Add(time.Duration(away)*30*time.Second))
	if err != nil {
		w.t.Fatal(err)
	}
	return code
}

// enrol sets up a second factor.
func (w *world) enrol(i account.Identity) *app {
	w.t.Helper()
	begun, err := w.a.BeginSecondFactor(w.t.Context(), i, "Kaffa")
	if err != nil {
		w.t.Fatal(err)
	}
	made := &app{secret: begun.Secret}
	if made.paper, err = w.a.ConfirmSecondFactor(w.t.Context(), i, w.code(made, 0), requestID); err != nil {
		w.t.Fatal(err)
	}
	w.pass(time.Minute)
	return made
}

// strong gives a code for what a right password gave.
func (w *world) strong(r account.Realm, pending, code string) (account.SignedIn, error) {
	return w.a.SignInStrong(w.t.Context(), r, pending, code, device("192.0.2.1"), requestID)
}

// signInStrong signs Ada in with both, and lets the code's time go by.
func (w *world) signInStrong(r account.Realm, a *app) account.SignedIn {
	w.t.Helper()
	in, err := w.strong(r, w.signIn(r).Pending, w.code(a, 0))
	if err != nil {
		w.t.Fatal(err)
	}
	w.pass(time.Minute)
	return in
}

func TestASecondFactorIsSetUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other, at := w.signIn(w.kaffa), w.signIn(w.bloom)
	in := w.signIn(w.kaffa)
	begun, err := w.a.BeginSecondFactor(t.Context(), in.Identity, "Kaffa: coffee")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(begun.QR)); err != nil || !strings.HasPrefix(begun.URL, "otpauth://totp/") || !strings.Contains(begun.URL, begun.Secret) {
		t.Errorf("%s, %v", begun.URL, err)
	}
	again, err := w.a.BeginSecondFactor(t.Context(), in.Identity, "Kaffa: coffee")
	if err != nil || again.Secret != begun.Secret {
		t.Errorf("another secret, or %v", err)
	}
	if w.signIn(w.kaffa).Pending != "" {
		t.Error("it counts before it is confirmed")
	}
	w.pass(2 * time.Hour)
	if again, err = w.a.BeginSecondFactor(t.Context(), in.Identity, "Kaffa"); err != nil || again.Secret == begun.Secret {
		t.Errorf("a secret that was seen long ago comes again, or %v", err)
	}
	if _, err := w.a.ConfirmSecondFactor(t.Context(), in.Identity, w.code(&app{secret: begun.Secret}, 0), requestID); !refused(err, "code") {
		t.Errorf("a code of the old secret: %v", err)
	}
	codes, err := w.a.ConfirmSecondFactor(t.Context(), in.Identity, w.code(&app{secret: again.Secret}, 0), requestID)
	if err != nil || len(codes) != 10 {
		t.Fatalf("%v, %v", codes, err)
	}
	if !w.lives(in.Identity) || w.lives(other.Identity) || !w.lives(at.Identity) {
		t.Error("only the other sessions of the account end")
	}
	if next, err := w.a.Refresh(t.Context(), w.kaffa, in.Tokens.Refresh, account.Device{}); err != nil || !next.Identity.Strong {
		t.Errorf("the session is not strong: %v", err)
	}
	if _, err := w.a.BeginSecondFactor(t.Context(), in.Identity, "Kaffa"); !errors.Is(err, fault.Conflict) {
		t.Errorf("a second one: %v", err)
	}
	if _, err := w.a.ConfirmSecondFactor(t.Context(), in.Identity, w.code(&app{secret: again.Secret}, 1), requestID); !errors.Is(err, fault.Conflict) {
		t.Errorf("confirmed again: %v", err)
	}
	if w.signIn(w.bloom).Pending != "" {
		t.Error("Bloom's Ada has a second factor")
	}
	if got := w.mailed(letter.SecondFactorChanged); got != 1 || w.audited(w.kaffa, "second_factor.on") != 1 {
		t.Errorf("%d letters", got)
	}
	if got := w.count(`SELECT count(*) FROM second_factors WHERE position(convert_to(?, 'UTF8') IN secret) > 0`, again.Secret); got != 0 {
		t.Error("the secret is stored as it is")
	}
}

func TestACodeIsTakenOnceAndWithinAStep(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, r := range []account.Realm{vendors, admins, w.kaffa} {
		var mine *app
		if r == admins { // the same user's
			w.exec(`DELETE FROM second_factors`)
		}
		mine = w.enrol(w.signIn(r).Identity)
		pending := w.signIn(r).Pending
		for _, away := range []int{-3, -2, 2, 3} {
			if _, err := w.strong(r, pending, w.code(mine, away)); !refused(err, "code") {
				t.Errorf("%s: a code %d steps away: %v", r.Kind, away, err)
			}
		}
		in, err := w.strong(r, pending, " "+w.code(mine, 0)[:3]+" "+w.code(mine, 0)[3:])
		if err != nil || !in.Identity.Strong || !w.lives(in.Identity) {
			t.Fatalf("%s: %v", r.Kind, err)
		}
		pending = w.signIn(r).Pending
		for _, away := range []int{0, -1} {
			if _, err := w.strong(r, pending, w.code(mine, away)); !refused(err, "code") {
				t.Errorf("%s: a code that was used, or one before it: %v", r.Kind, err)
			}
		}
		if _, err := w.strong(r, pending, w.code(mine, 1)); err != nil {
			t.Errorf("%s: the next code, early: %v", r.Kind, err)
		}
		if got := w.audited(r, "second_factor.failed"); got < 6 {
			t.Errorf("%s: %d failures are in the audit log", r.Kind, got)
		}
	}
}

func TestManyWithOneCodeBeginOneSession(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mine := w.enrol(w.signIn(w.kaffa).Identity)
	for _, code := range []string{w.code(mine, 0), mine.next()} {
		pending := w.signIn(w.kaffa).Pending
		var began atomic.Int64
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if _, err := w.strong(w.kaffa, pending, code); err == nil {
					began.Add(1)
				} else if !refused(err, "code") && wait(err) == 0 {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if began.Load() != 1 {
			t.Errorf("%d sessions began by one code", began.Load())
		}
		w.pass(time.Hour * 2)
	}
}

func TestCodesAreThrottled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mine := w.enrol(w.signIn(w.kaffa).Identity)
	pending := w.signIn(w.kaffa).Pending
	for n := range 5 {
		if _, err := w.strong(w.kaffa, pending, "abcdef"); !refused(err, "code") {
			t.Fatalf("try %d: %v", n+1, err)
		}
	}
	pending = w.signIn(w.kaffa).Pending // the password again is no way around it
	if _, err := w.strong(w.kaffa, pending, w.code(mine, 0)); wait(err) != time.Second {
		t.Fatal(err)
	}
	w.pass(time.Second)
	if _, err := w.strong(w.kaffa, pending, w.code(mine, 0)); err != nil {
		t.Error(err)
	}
	// Typing what tries of codes are counted by, in place of an address, blocks nobody's codes.
	for range 6 {
		_, _ = w.try(w.kaffa, "factor:customer:1", another)
	}
	if got := w.count(`SELECT count(*) FROM sign_in_throttles WHERE subject LIKE 'factor:%' AND failures > 0`); got != 0 {
		t.Errorf("%d second factors have failures", got)
	}
	if got := w.count(`SELECT failures FROM sign_in_throttles WHERE subject LIKE 'address:%'`); got != 12 {
		t.Errorf("%d failures of the address; the 12 tries that failed should stay and the right ones not", got)
	}
}

func TestRecoveryCodes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(w.kaffa)
	mine := w.enrol(in.Identity)
	theirs := w.enrol(w.signIn(w.bloom).Identity)
	if _, err := w.strong(w.kaffa, w.signIn(w.kaffa).Pending, theirs.next()); !refused(err, "code") {
		t.Errorf("Bloom's code at Kaffa: %v", err)
	}
	first := mine.paper[0]
	for _, typed := range []string{
		mine.next(), strings.ToUpper(mine.next()), strings.ReplaceAll(mine.next(), "-", ""), strings.ReplaceAll(mine.next(), "-", " – "),
		"\t" + mine.next() + "\n",
	} {
		if _, err := w.strong(w.kaffa, w.signIn(w.kaffa).Pending, typed); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
		if _, err := w.strong(w.kaffa, w.signIn(w.kaffa).Pending, typed); !refused(err, "code") {
			t.Errorf("%q again: %v", typed, err)
		}
	}
	if left, err := w.a.RecoveryLeft(t.Context(), in.Identity); err != nil || left != 5 {
		t.Errorf("%d left, %v", left, err)
	}
	if _, err := w.a.NewRecoveryCodes(t.Context(), in.Identity, another, requestID); !refused(err, "password") {
		t.Error(err)
	}
	codes, err := w.a.NewRecoveryCodes(t.Context(), in.Identity, password, requestID)
	if err != nil || len(codes) != 10 {
		t.Fatalf("%v, %v", codes, err)
	}
	for _, old := range append(mine.paper, first, "", "-") {
		if _, err := w.strong(w.kaffa, w.signIn(w.kaffa).Pending, old); err == nil {
			t.Errorf("%q is good still", old)
		}
	}
	w.pass(2 * time.Hour)
	if _, err := w.strong(w.kaffa, w.signIn(w.kaffa).Pending, codes[9]); err != nil {
		t.Error(err)
	}
}

func TestPendingTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(vendors)
	mine := w.enrol(in.Identity)
	begun := w.signIn(vendors)
	if begun.Tokens.Access != "" || begun.Tokens.Refresh != "" || begun.Identity.SessionID != 0 {
		t.Errorf("a session before the second factor: %+v", begun)
	}
	for _, r := range []account.Realm{vendors, admins, w.kaffa} {
		if _, err := w.a.Verify(begun.Pending, r); !errors.Is(err, account.ErrToken) {
			t.Errorf("as an access token of %s: %v", r.Kind, err)
		}
		if r == vendors {
			continue
		}
		if _, err := w.strong(r, begun.Pending, w.code(mine, 0)); !errors.Is(err, account.ErrToken) {
			t.Errorf("of another realm, %s: %v", r.Kind, err)
		}
	}
	if _, err := w.a.VerifyAny(begun.Pending); !errors.Is(err, account.ErrToken) {
		t.Errorf("as an access token of any realm: %v", err)
	}
	w.pass(11 * time.Minute)
	if _, err := w.strong(vendors, begun.Pending, w.code(mine, 0)); !errors.Is(err, account.ErrToken) {
		t.Errorf("after its time: %v", err)
	}
	begun = w.signIn(vendors)
	if err := w.a.ChangePassword(t.Context(), in.Identity, password, another, requestID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.strong(vendors, begun.Pending, w.code(mine, 0)); !errors.Is(err, account.ErrToken) {
		t.Errorf("it proves a password that was changed: %v", err)
	}
	begun, err := w.try(vendors, "ada@example.com", another)
	if err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE users SET locked_at = now()`)
	if _, err := w.strong(vendors, begun.Pending, w.code(mine, 0)); !errors.Is(err, account.ErrToken) {
		t.Errorf("the account is locked: %v", err)
	}
}

func TestASecondFactorIsRemoved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(w.kaffa)
	if err := w.a.RemoveSecondFactor(t.Context(), in.Identity, password, requestID); err != nil || w.mailed(letter.SecondFactorChanged) != 0 {
		t.Errorf("there is none: %v", err)
	}
	if _, err := w.a.NewRecoveryCodes(t.Context(), in.Identity, password, requestID); !errors.Is(err, fault.Conflict) {
		t.Error(err)
	}
	w.enrol(in.Identity)
	w.enrol(w.signIn(w.bloom).Identity)
	if err := w.a.RemoveSecondFactor(t.Context(), in.Identity, another, requestID); !refused(err, "password") || w.signIn(w.kaffa).Pending == "" {
		t.Error(err)
	}
	if err := w.a.RemoveSecondFactor(t.Context(), in.Identity, password, requestID); err != nil || w.signIn(w.kaffa).Pending != "" {
		t.Error(err)
	}
	if left, err := w.a.RecoveryLeft(t.Context(), in.Identity); err != nil || left != 0 {
		t.Errorf("%d recovery codes are left, %v", left, err)
	}
	if w.signIn(w.bloom).Pending == "" {
		t.Error("Bloom's went too")
	}
	if w.mailed(letter.SecondFactorChanged) != 3 || w.audited(w.kaffa, "second_factor.off") != 1 {
		t.Error("nobody hears of it")
	}
}
