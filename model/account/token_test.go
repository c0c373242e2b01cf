package account_test

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"orion/model/account"
)

// signingKey is the key of the tests' secret, as whoever stole the secret would derive it.
func signingKey(t *testing.T, from string) []byte {
	t.Helper()
	key, err := hkdf.Key(sha256.New, []byte(from), nil, "orion access token", sha256.Size)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// parts are a token's header and claims.
func parts(t *testing.T, token string) (header map[string]any, claims jwt.MapClaims) {
	t.Helper()
	claims = jwt.MapClaims{}
	parsed, _, err := jwt.NewParser().ParseUnverified(token, claims)
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Header, claims
}

// forge signs claims like the given token's, changed.
func forge(t *testing.T, token string, method jwt.SigningMethod, key any, change func(header, claims map[string]any)) string {
	t.Helper()
	header, claims := parts(t, token)
	header, claims = maps.Clone(header), maps.Clone(claims)
	change(header, claims)
	made := jwt.NewWithClaims(method, claims)
	made.Header = header
	if header["alg"] == "HS256" {
		header["alg"] = method.Alg()
	}
	signed, err := made.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestForgedTokensAreWorthNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	own := w.signIn(w.kaffa)
	good, key := own.Tokens.Access, signingKey(t, secret)
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(stranger.Public())
	if err != nil {
		t.Fatal(err)
	}
	publicKey := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	hs := func(change func(header, claims map[string]any)) string {
		return forge(t, good, jwt.SigningMethodHS256, key, change)
	}
	set := func(name string, value any) string {
		return hs(func(_, claims map[string]any) { claims[name] = value })
	}
	without := func(name string) string { return hs(func(_, claims map[string]any) { delete(claims, name) }) }
	same := func(_, _ map[string]any) {}
	segments := strings.Split(good, ".")
	// Control: what is forged with the right key and changes nothing passes, so that the rest fails for its own reason.
	if got, err := w.a.Verify(hs(same), w.kaffa); err != nil || !equal(got, own.Identity) {
		t.Fatalf("%+v, %v; want %+v", got, err, own.Identity)
	}
	now := w.clock()
	for name, token := range map[string]string{
		"nothing":             "",
		"noise":               "a.b.c",
		"too long":            good + strings.Repeat("a", 3000),
		"no signature":        segments[0] + "." + segments[1] + ".",
		"two parts":           segments[0] + "." + segments[1],
		"another signature":   segments[0] + "." + segments[1] + "." + base64.RawURLEncoding.EncodeToString(make([]byte, 32)),
		"other claims":        segments[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"customer:1"}`)) + "." + segments[2],
		"alg none":            forge(t, good, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, same),
		"alg None":            base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"None","typ":"JWT"}`)) + "." + segments[1] + ".",
		"HS512":               forge(t, good, jwt.SigningMethodHS512, key, same),
		"RS256":               forge(t, good, jwt.SigningMethodRS256, stranger, same),
		"PS256":               forge(t, good, jwt.SigningMethodPS256, stranger, same),
		"HS by a public key":  forge(t, good, jwt.SigningMethodHS256, publicKey, same),
		"HS by nothing":       forge(t, good, jwt.SigningMethodHS256, []byte{}, same),
		"RS says it is HS":    forge(t, good, jwt.SigningMethodRS256, stranger, func(header, _ map[string]any) { header["alg"] = "HS256 " }),
		"another secret":      forge(t, good, jwt.SigningMethodHS256, signingKey(t, "another"), same),
		"the secret itself":   forge(t, good, jwt.SigningMethodHS256, []byte(secret), same),
		"unknown key id":      hs(func(header, _ map[string]any) { header["kid"] = "000000000000" }),
		"no key id":           hs(func(header, _ map[string]any) { delete(header, "kid") }),
		"key id of no text":   hs(func(header, _ map[string]any) { header["kid"] = 1 }),
		"key id of a file":    hs(func(header, _ map[string]any) { header["kid"] = "../../dev/null" }),
		"no expiry":           without("exp"),
		"expired":             set("exp", now.Unix()),
		"no not-before":       without("nbf"),
		"not yet":             set("nbf", now.Add(time.Minute).Unix()),
		"issued tomorrow":     set("iat", now.Add(24*time.Hour).Unix()),
		"no issuer":           without("iss"),
		"another issuer":      set("iss", "orion2"),
		"no audience":         without("aud"),
		"another shop's":      set("aud", "orion:shop:999"),
		"the vendors'":        set("aud", "orion:vendor"),
		"the admins'":         set("aud", "orion:admin"),
		"several audiences":   set("aud", []string{good, "orion:admin"}),
		"own audience and":    set("aud", []string{"orion:shop:" + idText(w.kaffa.VendorID), "orion:admin"}),
		"no subject":          without("sub"),
		"a user":              set("sub", "user:"+idText(w.adaKaffa)),
		"nobody":              set("sub", "customer:0"),
		"less than nobody":    set("sub", "customer:-1"),
		"a padded subject":    set("sub", "customer:0"+idText(w.adaKaffa)),
		"no session":          without("sid"),
		"a negative session":  set("sid", -1),
		"a session of text":   set("sid", "1"),
		"a session too large": set("sid", 1e30),
	} {
		if _, err := w.a.Verify(token, w.kaffa); !errors.Is(err, account.ErrToken) {
			t.Errorf("%s: passes with %v", name, err)
		}
	}
}

func TestATokenIsOfItsRealmOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	realms := []account.Realm{admins, vendors, w.kaffa, w.bloom}
	for _, r := range realms {
		in := w.signIn(r)
		for _, other := range realms {
			got, err := w.a.Verify(in.Tokens.Access, other)
			if r == other && (err != nil || !equal(got, in.Identity)) {
				t.Errorf("%+v: %+v, %v", r, got, err)
			}
			if r != other && !errors.Is(err, account.ErrToken) {
				t.Errorf("a token of %+v opens %+v", r, other)
			}
			if _, err := w.a.Refresh(t.Context(), other, in.Tokens.Refresh, device("192.0.2.1")); r != other && !errors.Is(err, account.ErrToken) {
				t.Errorf("a refresh token of %+v works at %+v: %v", r, other, err)
			}
			if moved := in.Identity; r != other {
				moved.Realm = other
				if w.lives(moved) {
					t.Errorf("a session of %+v lives at %+v", r, other)
				}
			}
		}
		if got, err := w.a.VerifyAny(in.Tokens.Access); err != nil || !equal(got, in.Identity) {
			t.Errorf("%+v: %+v, %v", r, got, err)
		}
		if _, err := w.a.VerifyAny(in.Tokens.Refresh); !errors.Is(err, account.ErrToken) {
			t.Errorf("a refresh token is taken for an access token: %v", err)
		}
	}
	good := w.signIn(w.kaffa).Tokens.Access
	for _, audience := range []string{"orion:shop:0", "orion:shop:-1", "orion:shop:01", "orion:shop:", "orion:customer", "pending:orion:admin", ""} {
		token := forge(t, good, jwt.SigningMethodHS256, signingKey(t, secret), func(_, claims map[string]any) { claims["aud"] = audience })
		if got, err := w.a.VerifyAny(token); !errors.Is(err, account.ErrToken) {
			t.Errorf("audience %q: %+v, %v", audience, got, err)
		}
	}
}

func TestAccessTokensExpire(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(vendors)
	w.pass(account.AccessLife - time.Second)
	if _, err := w.a.Verify(in.Tokens.Access, vendors); err != nil {
		t.Error(err)
	}
	w.pass(time.Second)
	if _, err := w.a.Verify(in.Tokens.Access, vendors); !errors.Is(err, account.ErrToken) {
		t.Error(err)
	}
	w.pass(-time.Hour)
	if _, err := w.a.Verify(in.Tokens.Access, vendors); !errors.Is(err, account.ErrToken) {
		t.Errorf("a token of the future: %v", err)
	}
}

func TestSecretsChangeWithoutSigningAnybodyOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.signIn(vendors)
	w.a = w.authority(account.Options{Secret: "the next secret of the tests", OldSecrets: []string{secret}})
	if got, err := w.a.Verify(old.Tokens.Access, vendors); err != nil || !equal(got, old.Identity) {
		t.Errorf("%+v, %v", got, err)
	}
	next, err := w.a.Refresh(t.Context(), vendors, old.Tokens.Refresh, device("192.0.2.1"))
	if err != nil {
		t.Fatal(err)
	}
	before, _ := parts(t, old.Tokens.Access)
	after, _ := parts(t, next.Tokens.Access)
	if before["kid"] == after["kid"] || after["kid"] == "" {
		t.Errorf("keys %v and %v", before["kid"], after["kid"])
	}
	// A key id does not choose another key than its own.
	crossed := forge(t, old.Tokens.Access, jwt.SigningMethodHS256, signingKey(t, secret), func(header, _ map[string]any) { header["kid"] = after["kid"] })
	if _, err := w.a.Verify(crossed, vendors); !errors.Is(err, account.ErrToken) {
		t.Error(err)
	}
	w.a = w.authority(account.Options{Secret: "the next secret of the tests"})
	if _, err := w.a.Verify(old.Tokens.Access, vendors); !errors.Is(err, account.ErrToken) {
		t.Errorf("a secret that is gone still opens: %v", err)
	}
	if _, err := w.a.Verify(next.Tokens.Access, vendors); err != nil {
		t.Error(err)
	}
}

func TestAnAuthorityNeedsWhatItNeeds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	whole := account.Options{Shop: w.db.Shop, Platform: w.db.Platform, Secret: secret, Cost: 4, Workers: 1}
	if _, err := account.New(whole); err == nil {
		t.Error("nobody takes letters")
	}
	if _, err := account.New(account.Options{}); err == nil {
		t.Error("nothing is enough")
	}
}

// equal compares identities, whose times may be of different zones.
func equal(a, b account.Identity) bool {
	expire := a.Expires.Equal(b.Expires)
	a.Expires, b.Expires = time.Time{}, time.Time{}
	return expire && a == b
}

func idText(id int64) string { return strconv.FormatInt(id, 10) }
