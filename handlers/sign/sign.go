// Package sign makes and checks the signatures that Orion hands to browsers: the cart's cookie and the links to
// orders. A signature is HMAC-SHA256 under a key that HKDF (RFC 5869) derives from the secret for one purpose, so
// that a signature made for one purpose or vendor is worth nothing for another.
package sign

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/google/uuid"
)

// Half of HMAC-SHA256, which RFC 2104 section 5 allows: 128 bits nobody guesses, and links stay short.
const signatureBytes = 16

// Signer makes and checks signatures. It may be used by many goroutines at once.
type Signer struct {
	cart, order keys
}

// keys are the derived keys of one purpose: the first one signs, all of them check.
type keys [][]byte

// New derives the keys from the secret. Signatures by the old secrets are still accepted, so that a secret can be
// changed without emptying carts; take the old ones away when their cookies have run out. An empty secret is an error.
func New(secret string, old ...string) (*Signer, error) {
	signer := &Signer{}
	for _, each := range append([]string{secret}, old...) {
		if each == "" {
			return nil, errors.New("a secret to sign with is empty: set it or leave it out")
		}
		for purpose, list := range map[string]*keys{"orion cart": &signer.cart, "orion order": &signer.order} {
			key, err := hkdf.Key(sha256.New, []byte(each), nil, purpose, sha256.Size)
			if err != nil {
				return nil, fmt.Errorf("derive the key for %s: %w", purpose, err)
			}
			*list = append(*list, key)
		}
	}
	return signer, nil
}

// CartCookie is the value of the cookie that names a vendor's cart: 43 characters, safe in a cookie and an address.
func (s *Signer) CartCookie(vendorID int64, token uuid.UUID) string {
	signature := sum(s.cart[0], vendorID, token[:])
	return base64.RawURLEncoding.EncodeToString(append(token[:], signature...))
}

// ParseCart reads a cookie made by CartCookie for the same vendor. Anything else is false.
func (s *Signer) ParseCart(vendorID int64, cookie string) (uuid.UUID, bool) {
	raw, ok := decode(cookie, 16+signatureBytes)
	if !ok || !s.cart.made(raw[16:], vendorID, raw[:16]) {
		return uuid.Nil, false
	}
	return uuid.UUID(raw[:16]), true
}

// OrderKey is the key in the address of an order's page: who has it may see the order.
func (s *Signer) OrderKey(vendorID, number int64) string {
	return base64.RawURLEncoding.EncodeToString(sum(s.order[0], vendorID, orderMessage(number)))
}

// CheckOrderKey tells whether key was made by OrderKey for this vendor and order.
func (s *Signer) CheckOrderKey(vendorID, number int64, key string) bool {
	raw, ok := decode(key, signatureBytes)
	return ok && s.order.made(raw, vendorID, orderMessage(number))
}

func orderMessage(number int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(number))
}

// made tells in constant time whether one of the keys made the signature.
func (k keys) made(signature []byte, vendorID int64, message []byte) bool {
	found := false
	for _, key := range k {
		// All keys are tried, so that the time does not tell which one it was.
		found = hmac.Equal(signature, sum(key, vendorID, message)) || found
	}
	return found
}

func sum(key []byte, vendorID int64, message []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(vendorID)))
	mac.Write(message)
	return mac.Sum(nil)[:signatureBytes]
}

// decode is strict: one value has one spelling.
func decode(text string, length int) ([]byte, bool) {
	if len(text) != base64.RawURLEncoding.EncodedLen(length) {
		return nil, false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	return raw, err == nil && len(raw) == length
}
