package account_test

import (
	"errors"
	"testing"
	"time"

	"orion/model/account"
)

func TestSecretsCanBeChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(w.kaffa)
	app := w.enrol(in.Identity)
	const next = "the next secret of the tests, as long"
	for name, tt := range map[string]struct {
		now  string
		old  []string
		good bool
	}{
		"with the old one":  {next, []string{"an even older one", secret}, true},
		"without":           {next, nil, false},
		"with another":      {next, []string{"something else"}, false},
		"back to the first": {secret, []string{next}, true},
	} {
		changed := w.authority(account.Options{Secret: tt.now, OldSecrets: tt.old})
		if _, err := changed.Verify(in.Tokens.Access, w.kaffa); (err == nil) != tt.good {
			t.Errorf("%s: the access token: %v", name, err)
		}
		begun, err := changed.SignIn(t.Context(), w.kaffa, "ada@example.com", password, account.Device{}, requestID)
		if err != nil || begun.Pending == "" {
			t.Fatalf("%s: %+v, %v", name, begun, err)
		}
		w.pass(time.Minute)
		strong, err := changed.SignInStrong(t.Context(), w.kaffa, begun.Pending, w.code(app, 0), account.Device{}, requestID)
		if (err == nil) != tt.good {
			t.Errorf("%s: the second factor: %v", name, err)
		}
		if !tt.good { // whoever has recovery codes can still go in
			_, err := changed.SignInStrong(t.Context(), w.kaffa, begun.Pending, app.next(), account.Device{}, requestID)
			if err != nil {
				t.Errorf("%s: a recovery code: %v", name, err)
			}
			continue
		}
		if tt.now == next {
			if _, err := w.a.Verify(strong.Tokens.Access, w.kaffa); !errors.Is(err, account.ErrToken) {
				t.Errorf("%s: a new token, where the new secret is not known: %v", name, err)
			}
			// Using the factor sealed it anew; the other cases want it as it was.
			w.exec(`DELETE FROM second_factors`)
			app = w.enrol(in.Identity)
		}
		w.pass(time.Minute)
		in = w.signInStrong(w.kaffa, app)
	}
}

func TestASecretIsNeeded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	o := account.Options{Shop: w.db.Shop, Platform: w.db.Platform, Enqueue: w.keepLetter, Cost: 4, Workers: 1}
	if _, err := account.New(o); err == nil {
		t.Error("an authority without a secret")
	}
	o.Secret, o.OldSecrets = secret, []string{""}
	if _, err := account.New(o); err == nil {
		t.Error("an old secret that is empty")
	}
	o.OldSecrets, o.Enqueue = nil, nil
	if _, err := account.New(o); err == nil {
		t.Error("nobody takes letters")
	}
}
