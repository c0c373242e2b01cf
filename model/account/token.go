package account

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// AccessLife is how long an access token is good. What was taken away from somebody ends their pages sooner: those ask
// the database.
const AccessLife = 10 * time.Minute

const (
	issuer = "orion"
	// pendingLife is how long a second factor may take.
	pendingLife = 10 * time.Minute
	// pendingPrefix begins the audience of tokens that prove a password while the second factor is asked for.
	pendingPrefix = "pending:"
)

// Identity is who an access token says it is.
type Identity struct {
	Realm
	AccountID, SessionID int64
	Strong               bool // a second factor was given
	Expires              time.Time
}

// Tokens are a session's: the access token goes with each request, the refresh token is exchanged for the next pair.
type Tokens struct {
	Access, Refresh               string
	AccessExpires, RefreshExpires time.Time
}

// claims are what a token says (RFC 7519, section 4.1), and the session that it belongs to.
type claims struct {
	jwt.RegisteredClaims
	Session int64 `json:"sid,omitempty"`
	Strong  bool  `json:"strong,omitempty"`
	// Password says which password a pending token proves: it is worth nothing once there is another.
	Password string `json:"pwd,omitempty"`
}

// sign makes a token of the claims that are this one's own; the rest is the same in all.
func (a *Authority) sign(audience, subject string, own claims, life time.Duration) (string, time.Time, error) {
	now := a.now().UTC()
	expires := now.Add(life).Truncate(time.Second) // as the token says it
	key := a.keys.signing[0]
	own.RegisteredClaims = jwt.RegisteredClaims{
		Issuer: issuer, Audience: jwt.ClaimStrings{audience}, Subject: subject,
		IssuedAt: jwt.NewNumericDate(now), NotBefore: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(expires),
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, own)
	token.Header["kid"] = key.id
	signed, err := token.SignedString(key.key)
	if err != nil {
		return "", time.Time{}, fmt.Errorf("sign a token: %w", err)
	}
	return signed, expires, nil
}

// longestToken bounds what is worth looking at, in bytes.
const longestToken = 2000

// check reads a token that must be for this audience; "" takes any. HS256 is the only algorithm, whatever the token's
// header says (RFC 8725, section 3.1).
func (a *Authority) check(token, audience string) (*claims, error) {
	if token == "" || len(token) > longestToken {
		return nil, ErrToken
	}
	options := []jwt.ParserOption{
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithExpirationRequired(), jwt.WithNotBeforeRequired(),
		jwt.WithIssuedAt(), jwt.WithIssuer(issuer), jwt.WithTimeFunc(a.now), jwt.WithStrictDecoding(),
	}
	if audience != "" {
		options = append(options, jwt.WithAudience(audience))
	}
	found := &claims{}
	_, err := jwt.ParseWithClaims(token, found, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		key, ok := a.keys.byID(id)
		if !ok {
			return nil, errors.New("no key has this id")
		}
		return key.key, nil
	}, options...)
	if err != nil || len(found.Audience) != 1 {
		return nil, ErrToken
	}
	return found, nil
}

// Verify reads an access token of a realm, without asking the database. ErrToken for anything wrong.
func (a *Authority) Verify(token string, r Realm) (Identity, error) {
	found, err := a.check(token, r.audience())
	if err != nil {
		return Identity{}, err
	}
	return found.identity(r)
}

// VerifyAny reads an access token of whatever realm its audience names, without asking the database. ErrToken for
// anything wrong.
func (a *Authority) VerifyAny(token string) (Identity, error) {
	found, err := a.check(token, "")
	if err != nil {
		return Identity{}, err
	}
	r, ok := realmOf(found.Audience[0])
	if !ok {
		return Identity{}, ErrToken
	}
	return found.identity(r)
}

// realmOf is the realm whose audience this is.
func realmOf(audience string) (Realm, bool) {
	for _, kind := range []Kind{Admin, Vendor} {
		if r := (Realm{Kind: kind}); r.audience() == audience {
			return r, true
		}
	}
	text, ok := strings.CutPrefix(audience, "orion:shop:")
	id, err := strconv.ParseInt(text, 10, 64)
	r := Realm{Kind: Customer, VendorID: id}
	return r, ok && err == nil && id > 0 && r.audience() == audience
}

func (c *claims) identity(r Realm) (Identity, error) {
	id, err := c.accountID(r)
	if err != nil || c.Session <= 0 {
		return Identity{}, ErrToken
	}
	return Identity{Realm: r, AccountID: id, SessionID: c.Session, Strong: c.Strong, Expires: c.ExpiresAt.UTC()}, nil
}

func (c *claims) accountID(r Realm) (int64, error) {
	_, text, _ := strings.Cut(c.Subject, ":")
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id <= 0 || c.Subject != r.subject(id) {
		return 0, ErrToken
	}
	return id, nil
}
