package account_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"orion/model/account"
	"orion/model/letter"
	"orion/model/tenant"
)

// meanwhile holds Ada's account at Kaffa, has act run until it waits for that, then changes the account under it and tells
// what act answers.
func (w *world) meanwhile(change string, act func() error) error {
	w.t.Helper()
	answer := make(chan error, 1)
	ctx := tenant.AsPlatform(w.t.Context())
	err := w.db.Platform.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(`SELECT FROM customers WHERE vendor_id = ? AND id = ? FOR UPDATE`, w.kaffa.VendorID, w.adaKaffa).Exec(ctx); err != nil {
			return err
		}
		go func() { answer <- act() }()
		for waiting := 0; waiting == 0; {
			select {
			case err := <-answer:
				answer <- err
				return errors.New("it does not wait for the account")
			default:
			}
			waiting = w.count(`SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()`)
		}
		_, err := tx.NewRaw(change, w.adaKaffa).Exec(ctx)
		return err
	})
	if err != nil {
		w.t.Fatalf("%v, %v", err, <-answer)
	}
	return <-answer
}

func TestWhatWasCheckedIsCheckedAgain(t *testing.T) {
	t.Parallel()
	const changed, factored = `UPDATE customers SET password_hash = '$2a$04$' || repeat('a', 53) WHERE id = ?`, `INSERT INTO second_factors (vendor_id, account_id, secret, confirmed_at)
		SELECT vendor_id, id, 'x', now() FROM customers WHERE id = ?`
	for name, tt := range map[string]struct {
		change string
		act    func(w *world, i account.Identity) error
		want   func(error) bool
	}{
		"sign in": {changed, func(w *world, _ account.Identity) error {
			_, err := w.try(w.kaffa, "ada@example.com", password)
			return err
		}, func(err error) bool { return err != nil && refused(err, "") }},
		"start": {changed, func(w *world, _ account.Identity) error {
			_, err := w.a.Start(w.t.Context(), w.kaffa, w.adaKaffa, false, account.Device{})
			return err
		}, ended},
		"start, with a second factor by now": {factored, func(w *world, _ account.Identity) error {
			_, err := w.a.Start(w.t.Context(), w.kaffa, w.adaKaffa, false, account.Device{})
			return err
		}, ended},
		"change the password": {changed, func(w *world, i account.Identity) error {
			return w.a.ChangePassword(w.t.Context(), i, password, another, requestID)
		}, ended},
		"remove the second factor": {changed, func(w *world, i account.Identity) error {
			return w.a.RemoveSecondFactor(w.t.Context(), i, password, requestID)
		}, ended},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			in := w.signIn(w.kaffa)
			before := w.count(`SELECT count(*) FROM sessions`)
			if err := w.meanwhile(tt.change, func() error { return tt.act(w, in.Identity) }); !tt.want(err) {
				t.Errorf("%v", err)
			}
			if got := w.count(`SELECT count(*) FROM sessions`); got != before {
				t.Error("a session began")
			}
			if got := w.count(`SELECT count(*) FROM customers WHERE id = ? AND password_hash NOT LIKE '%aaaaaaaa'`, w.adaKaffa); tt.change == changed && got != 0 {
				t.Error("the last word on the password is not the reset's")
			}
		})
	}
}

func ended(err error) bool { return errors.Is(err, account.ErrEnded) }

func TestASignInMeetsASecondFactorThatIsNew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var in account.SignedIn
	err := w.meanwhile(`INSERT INTO second_factors (vendor_id, account_id, secret, confirmed_at) SELECT vendor_id, id, 'x', now() FROM customers WHERE id = ?`,
		func() (err error) {
			in, err = w.try(w.kaffa, "ada@example.com", password)
			return err
		})
	if err != nil || in.Pending == "" || in.Tokens.Access != "" {
		t.Errorf("%+v, %v", in, err)
	}
}

func TestARegistrationAndItsLetterAreOneChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	full := errors.New("the queue is full")
	outside, inside := -1, -1
	w.a = w.authority(account.Options{Enqueue: func(ctx context.Context, tx bun.Tx, l letter.Letter) error {
		const query = `SELECT count(*) FROM customers WHERE email = 'grace@example.com'`
		if err := tx.NewRaw(query).Scan(ctx, &inside); err != nil {
			return err
		}
		outside = w.count(query)
		return full
	}})
	if _, err := w.register(w.kaffa, "grace@example.com", "Grace", another); !errors.Is(err, full) {
		t.Fatal(err)
	}
	if inside != 1 || outside != 0 {
		t.Errorf("the letter sees %d accounts, others %d", inside, outside)
	}
	if got := w.count(`SELECT (SELECT count(*) FROM customers WHERE email = 'grace@example.com') + (SELECT count(*) FROM sessions)
		+ (SELECT count(*) FROM audit_log WHERE action = 'account.opened')`); got != 0 {
		t.Errorf("%d rows are left behind", got)
	}
	in := w.signIn(w.kaffa)
	if err := w.a.ChangePassword(t.Context(), in.Identity, password, another, requestID); !errors.Is(err, full) {
		t.Error(err)
	}
	w.signIn(w.kaffa) // by the password as it was
}

// TestWhoTookAnAddressCannotKeepItsOwnerOut has Mallory register Grace's address, with a second factor.
func TestWhoTookAnAddressCannotKeepItsOwnerOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mallory, err := w.register(w.kaffa, "grace@example.com", "Mallory", password)
	if err != nil {
		t.Fatal(err)
	}
	w.enrol(mallory.Identity)
	take := func(next string) account.SignedIn {
		t.Helper()
		token, _, _, err := w.a.IssueMailed(t.Context(), w.kaffa, account.PurposeReset, mallory.Identity.AccountID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.a.ResetPassword(t.Context(), w.kaffa, token, next, requestID); err != nil {
			t.Fatal(err)
		}
		in, err := w.try(w.kaffa, "grace@example.com", next)
		if err != nil {
			t.Fatal(err)
		}
		return in
	}
	grace := take(another)
	if grace.Pending != "" || w.lives(mallory.Identity) {
		t.Fatal("Grace is asked for Mallory's second factor, or Mallory is signed in")
	}
	w.enrol(grace.Identity)
	if take(password).Pending == "" {
		t.Error("a reset takes the second factor of a proven address away")
	}
}

func TestAnAdminIsSignedOutAfterHalfADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(admins)
	for range 3 {
		w.pass(11 * time.Hour)
		next, err := w.refresh(admins, in.Tokens.Refresh)
		if err != nil {
			t.Fatal(err)
		}
		in = next
	}
	w.pass(12*time.Hour + time.Second)
	if _, err := w.refresh(admins, in.Tokens.Refresh); !errors.Is(err, account.ErrToken) || w.lives(in.Identity) {
		t.Error(err)
	}
	in = w.signIn(admins)
	w.exec(`UPDATE users SET platform_role = ''`)
	if _, err := w.refresh(admins, in.Tokens.Refresh); !errors.Is(err, account.ErrToken) || w.lives(in.Identity) {
		t.Errorf("whose role was taken away: %v", err)
	}
}

func TestASpareTokenDoesNotOutliveItsLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(w.kaffa)
	spare, err := w.refresh(w.kaffa, in.Tokens.Refresh)
	if err != nil {
		t.Fatal(err)
	}
	if in, err = w.refresh(w.kaffa, in.Tokens.Refresh); err != nil { // another tab
		t.Fatal(err)
	}
	for range 2 {
		w.pass(35 * 24 * time.Hour)
		if in, err = w.refresh(w.kaffa, in.Tokens.Refresh); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.refresh(w.kaffa, spare.Tokens.Refresh); !errors.Is(err, account.ErrToken) || !w.lives(in.Identity) {
		t.Errorf("a token that nobody used for 70 days: %v", err)
	}
}
