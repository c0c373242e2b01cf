package config

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// Secret is text that is never shown: formatted or logged it is "[secret]". Convert it to use it.
type Secret string

// String hides the secret.
func (s Secret) String() string { return "[secret]" }

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return "[secret]" }

// LogValue hides the secret from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the secret from JSON and its like.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

const (
	// shortestSecret is the length in bytes of the output of the hash that the secret keys (SHA-256); RFC 2104, section 3
	// discourages keys that are shorter.
	shortestSecret = 32
	// leastVariety is how many different bytes, and different steps from one byte to the next, a secret must have. Even 32
	// random hexadecimal digits practically always have more; typed patterns have fewer.
	leastVariety = 10
)

// weakness says why the secret must not protect anything; empty when it may.
func (s Secret) weakness() string {
	if s == "" {
		return "is missing"
	}
	if len(s) < shortestSecret {
		return fmt.Sprintf("is shorter than %d bytes", shortestSecret)
	}
	letters, steps := map[byte]bool{}, map[int]bool{}
	for i := range len(s) {
		letters[s[i]] = true
		if i > 0 {
			steps[int(s[i])-int(s[i-1])] = true
		}
	}
	if len(letters) < leastVariety || len(steps) < leastVariety {
		return "is too easy to guess"
	}
	return ""
}

// keptSecret reads the secret that an earlier start made in the data folder, or makes it.
func keptSecret(folder string) (Secret, error) {
	path := filepath.Join(folder, "secret")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = makeSecret(folder, path); err == nil {
			text, err = os.ReadFile(path)
		}
	}
	if err != nil {
		return "", fmt.Errorf("keep a secret in ORION_DATA_DIR (or set ORION_SECRET): %w", err)
	}
	secret := Secret(strings.TrimSpace(string(text)))
	if weakness := secret.weakness(); weakness != "" {
		return "", fmt.Errorf("the secret in %s %s: delete the file to have a new one made", path, weakness)
	}
	return secret, nil
}

// makeSecret writes a new secret for the owner's eyes only. Of several processes that do so at once, one wins and all
// read what it wrote.
func makeSecret(folder, path string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	unfinished, err := os.CreateTemp(folder, "secret-") // Mode 0600.
	if err != nil {
		return err
	}
	defer os.Remove(unfinished.Name())
	key := make([]byte, 32)
	rand.Read(key) // Never fails.
	_, err = fmt.Fprintln(unfinished, hex.EncodeToString(key))
	if err = errors.Join(err, unfinished.Close()); err != nil {
		return err
	}
	// Unlike a rename, a link never replaces a file.
	if err := os.Link(unfinished.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
