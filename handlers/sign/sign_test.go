package sign_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"orion/handlers/sign"
)

func signer(t *testing.T, secret string, old ...string) *sign.Signer {
	t.Helper()
	s, err := sign.New(secret, old...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCartCookie(t *testing.T) {
	t.Parallel()
	s, token := signer(t, "a secret"), uuid.New()
	cookie := s.CartCookie(7, token)
	if got, ok := s.ParseCart(7, cookie); !ok || got != token {
		t.Fatalf("own cookie: %v, %v", got, ok)
	}
	if strings.Trim(cookie, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		t.Errorf("the cookie has to be escaped: %q", cookie)
	}
	if _, ok := s.ParseCart(8, cookie); ok {
		t.Error("another vendor takes the cookie")
	}
	if _, ok := signer(t, "another secret").ParseCart(7, cookie); ok {
		t.Error("another secret takes the cookie")
	}
	for i := range cookie {
		changed := []byte(cookie)
		changed[i] = map[bool]byte{true: 'B', false: 'A'}[cookie[i] == 'A']
		if _, ok := s.ParseCart(7, string(changed)); ok {
			t.Errorf("taken although character %d was changed", i)
		}
	}
	for _, broken := range []string{"", "x", cookie + "A", cookie[1:], cookie + "\n", "\x00" + cookie[1:], "\xff" + cookie[1:], strings.Repeat("A", 1<<16), token.String()} {
		if _, ok := s.ParseCart(7, broken); ok {
			t.Errorf("taken: %.60q", broken)
		}
	}
}

func TestOrderKey(t *testing.T) {
	t.Parallel()
	s := signer(t, "a secret")
	key := s.OrderKey(7, 1042)
	if !s.CheckOrderKey(7, 1042, key) {
		t.Fatal("own key is refused")
	}
	if s.CheckOrderKey(8, 1042, key) || s.CheckOrderKey(7, 1043, key) || signer(t, "b").CheckOrderKey(7, 1042, key) {
		t.Error("the key opens something else")
	}
	for _, broken := range []string{"", "A", key + "A", key[1:], "\x00", strings.ToLower(key) + "é"} {
		if s.CheckOrderKey(7, 1042, broken) {
			t.Errorf("taken: %q", broken)
		}
	}
}

func TestSecretsRotate(t *testing.T) {
	t.Parallel()
	before, token := signer(t, "old"), uuid.New()
	after := signer(t, "new", "old")
	if got, ok := after.ParseCart(1, before.CartCookie(1, token)); !ok || got != token {
		t.Error("a cookie by the old secret is refused")
	}
	if !after.CheckOrderKey(1, 2, before.OrderKey(1, 2)) {
		t.Error("a link by the old secret is refused")
	}
	if _, ok := before.ParseCart(1, after.CartCookie(1, token)); ok {
		t.Error("new cookies are still signed by the old secret")
	}
	for _, secrets := range [][]string{{""}, {"new", ""}} {
		if _, err := sign.New(secrets[0], secrets[1:]...); err == nil {
			t.Errorf("an empty secret is taken: %q", secrets)
		}
	}
}

func FuzzParseCart(f *testing.F) {
	s, err := sign.New("a secret")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(s.CartCookie(1, uuid.New()))
	f.Add("")
	f.Fuzz(func(t *testing.T, cookie string) {
		if token, ok := s.ParseCart(1, cookie); ok && s.CartCookie(1, token) != cookie {
			t.Errorf("%q has two spellings", cookie)
		}
	})
}
