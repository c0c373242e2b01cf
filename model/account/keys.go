package account

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// keys are derived from the secrets for one purpose each (HKDF, RFC 5869), so that what one purpose makes is worth
// nothing for another. The first makes; all of them check.
type keys struct {
	signing []signingKey
	sealing []cipher.AEAD
}

// signingKey signs tokens. Its id says which one signed, and nothing about the key.
type signingKey struct {
	id  string
	key []byte
}

func deriveKeys(secret string, old []string) (*keys, error) {
	made := &keys{}
	for _, each := range append([]string{secret}, old...) {
		if each == "" {
			return nil, errors.New("a secret is empty: set it or leave it out")
		}
		signing, err := hkdf.Key(sha256.New, []byte(each), nil, "orion access token", sha256.Size)
		if err != nil {
			return nil, fmt.Errorf("derive the key of tokens: %w", err)
		}
		id := sha256.Sum256(append([]byte("orion key id"), signing...))
		made.signing = append(made.signing, signingKey{hex.EncodeToString(id[:6]), signing})
		sealing, err := hkdf.Key(sha256.New, []byte(each), nil, "orion second factor", 32)
		if err != nil {
			return nil, fmt.Errorf("derive the key of second factors: %w", err)
		}
		block, err := aes.NewCipher(sealing)
		if err != nil {
			return nil, fmt.Errorf("make the cipher of second factors: %w", err)
		}
		sealer, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return nil, fmt.Errorf("make the cipher of second factors: %w", err)
		}
		made.sealing = append(made.sealing, sealer)
	}
	return made, nil
}

// byID finds a signing key.
func (k *keys) byID(id string) (signingKey, bool) {
	for _, key := range k.signing {
		if key.id == id {
			return key, true
		}
	}
	return signingKey{}, false
}

// seal encrypts text for an account: it opens for no other.
func (k *keys) seal(text, account string) []byte {
	return k.sealing[0].Seal(nil, nil, []byte(text), []byte(account))
}

// open decrypts what seal made, under any of the secrets.
func (k *keys) open(sealed []byte, account string) (string, error) {
	for _, sealer := range k.sealing {
		if text, err := sealer.Open(nil, nil, sealed, []byte(account)); err == nil {
			return string(text), nil
		}
	}
	return "", errors.New("what was encrypted cannot be read: none of the secrets made it")
}

// randomBytes is n bytes that nobody can guess.
func randomBytes(n int) []byte {
	random := make([]byte, n)
	_, _ = rand.Read(random) // never fails: the process ends rather
	return random
}
