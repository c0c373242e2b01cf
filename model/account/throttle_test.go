package account_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"orion/model/account"
	"orion/model/fault"
)

// wait is how long an error says to wait; 0 where it is another one.
func wait(err error) time.Duration {
	if many, ok := errors.AsType[*fault.TooMany](err); ok {
		return many.RetryAfter
	}
	return 0
}

// from tries a wrong password from an address.
func (w *world) from(email, address string) error {
	_, err := w.a.SignIn(w.t.Context(), w.kaffa, email, another, device(address), requestID)
	return err
}

// fail tries wrong passwords of Ada's, which all have to be looked at.
func (w *world) fail(r account.Realm, times int) {
	w.t.Helper()
	for n := range times {
		if _, err := w.try(r, "ada@example.com", another); !refused(err, "") {
			w.t.Fatalf("try %d: %v", n+1, err)
		}
	}
}

func TestDelaysOfAnAccountGrow(t *testing.T) {
	t.Parallel()
	for _, email := range []string{"ada@example.com", "nobody@example.com"} {
		w := newWorld(t)
		for n := range 5 {
			if _, err := w.try(w.kaffa, email, another); !refused(err, "") {
				t.Fatalf("try %d of %s: %v", n+1, email, err)
			}
		}
		for _, want := range []int{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900} {
			_, err := w.try(w.kaffa, " "+strings.ToUpper(email), password)
			if got := wait(err); got != time.Duration(want)*time.Second {
				t.Fatalf("%s waits for %v (%v), want %d s", email, got, err, want)
			}
			w.pass(time.Duration(want) * time.Second)
			if _, err := w.try(w.kaffa, email, another); !refused(err, "") {
				t.Fatalf("%s after waiting %d s: %v", email, want, err)
			}
		}
		for _, r := range []account.Realm{w.bloom, vendors} {
			w.signIn(r) // whom nobody tried
		}
	}
}

func TestSuccessClearsTheThrottle(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 5 {
		w.fail(w.kaffa, 4)
		w.signIn(w.kaffa)
	}
	w.fail(w.kaffa, 5)
	w.pass(time.Second)
	w.signIn(w.kaffa)
	w.fail(w.kaffa, 5)
}

func TestFailuresAreForgottenAfterAnHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fail(w.kaffa, 5)
	w.pass(time.Hour + time.Second)
	w.fail(w.kaffa, 5)
	if _, err := w.try(w.kaffa, "ada@example.com", password); wait(err) != time.Second {
		t.Error(err)
	}
}

func TestDelaysOfAnAddressGrow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	from := func(address, email string) error {
		_, err := w.a.SignIn(t.Context(), w.kaffa, email, password, device(address), requestID)
		return err
	}
	for n := range 50 {
		if n%10 == 0 { // one's own account does not help to try others
			if err := from("2001:db8::1", "ada@example.com"); err != nil {
				t.Fatal(err)
			}
		}
		if err := from(fmt.Sprintf("2001:db8::%x", n+1), fmt.Sprintf("nobody%d@example.com", n)); !refused(err, "") {
			t.Fatalf("try %d: %v", n+1, err)
		}
	}
	for _, want := range []time.Duration{1, 2, 4} {
		if err := from("2001:db8::ffff:1", "ada@example.com"); wait(err) != want*time.Second {
			t.Errorf("%v, want to wait %d s", err, want)
		}
		w.pass(want * time.Second)
		if err := from("2001:db8::1", "nobody@example.com"); !refused(err, "") {
			t.Error(err)
		}
	}
	if got := w.count(`SELECT count(*) FROM sign_in_throttles WHERE subject LIKE 'account:%' AND failures > 5`); got != 0 {
		t.Errorf("a blocked address counts against %d accounts", got)
	}
	for _, other := range []string{"2001:db8:0:1::1", "192.0.2.7"} {
		if err := from(other, "ada@example.com"); err != nil {
			t.Errorf("%s: %v", other, err)
		}
	}
	if err := from("::ffff:192.0.2.7", "nobody@example.com"); !refused(err, "") {
		t.Error(err)
	}
	if got := w.count(`SELECT failures FROM sign_in_throttles WHERE subject = 'address:192.0.2.7/32'`); got != 1 {
		t.Errorf("%d failures of an IPv4 address however it is written, want 1", got)
	}
}

func TestManyTriesAtOnceGetNoMoreThanOneAfterTheOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var looked, sent atomic.Int64
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			_, err := w.a.SignIn(t.Context(), w.kaffa, "ada@example.com", another, device(fmt.Sprintf("192.0.2.%d", n)), requestID)
			switch {
			case refused(err, ""):
				looked.Add(1)
			case wait(err) > 0:
				sent.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if looked.Load() != 5 || sent.Load() != 15 {
		t.Errorf("%d passwords were looked at and %d refused, want 5 and 15", looked.Load(), sent.Load())
	}
	if got := w.audited(w.kaffa, "session.failed"); got != 5 {
		t.Errorf("%d failures are in the audit log", got)
	}
}

func TestManyRightTriesAtOnceAllSucceed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.a = w.authority(account.Options{Cost: 5}) // so that each finds a hash to replace
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := w.try(w.kaffa, "ada@example.com", password); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
