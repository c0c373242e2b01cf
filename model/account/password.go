package account

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go/frequency"
	"golang.org/x/text/unicode/norm"

	"orion/model/fault"
)

const (
	// shortestPassword is in letters. Length is what makes a password hard to guess, so nothing else is asked of it (NIST SP
	// 800-63B-4, section 3.1.1.2).
	shortestPassword = 10
	// longestPassword is in bytes, and only there so that nobody has us hash a book.
	longestPassword = 1024
)

// CheckPassword tells whether a password may be chosen for the account of an e-mail address: long enough, not one of
// those that everybody tries first, and not the address itself. *fault.Invalid on field.
func CheckPassword(field, password, email string) error {
	switch {
	case len(password) > longestPassword:
		return fault.Field(field, "Choose a password of at most 1000 characters.")
	case lettersOf(password) < shortestPassword:
		return fault.Field(field, "Choose a password of at least 10 characters. A few words in a row are easy to remember.")
	case isCommon(password), isAddress(password, email):
		return fault.Field(field, "This password is among the first that anybody would try. Choose another one.")
	}
	return nil
}

// lettersOf counts the letters of a password: those that were typed, unless the form that is hashed has fewer. There are
// single letters that become eighteen.
func lettersOf(password string) int {
	return min(utf8.RuneCountInString(password), utf8.RuneCountInString(norm.NFKC.String(password)))
}

// isAddress tells whether a password is the account's own e-mail address, or the part before its @.
func isAddress(password, email string) bool {
	name, _, _ := strings.Cut(email, "@")
	password = strings.TrimSpace(norm.NFKC.String(password))
	return email != "" && (strings.EqualFold(password, email) || strings.EqualFold(password, name))
}

// commonPasswords are those that leaked lists hold most often. The library reads them when the program starts, which
// takes some 20 ms; the set is made at first use.
var commonPasswords = sync.OnceValue(func() map[string]bool {
	list := frequency.Lists["Passwords"].List
	set := make(map[string]bool, len(list))
	for _, password := range list {
		set[password] = true
	}
	return set
})

// isCommon also knows a common password with letters in capitals, with digits or signs around it, and what is written
// again and again.
func isCommon(password string) bool {
	lower := strings.ToLower(norm.NFKC.String(password))
	bare := strings.Trim(lower, "0123456789!?.,-_*#$ ")
	known := commonPasswords()
	if known[lower] || known[bare] || bare == "" {
		return true
	}
	piece := pieceOf(lower)
	return piece != lower && (known[piece] || utf8.RuneCountInString(piece) <= shortestPiece)
}

// shortestPiece is in letters: as few as these, again and again, are no more than the few.
const shortestPiece = 4

// pieceOf is the shortest text of which password is a repetition; password itself where it is none.
func pieceOf(password string) string {
	for n := 1; n <= len(password)/2; n++ {
		if len(password)%n == 0 && strings.Repeat(password[:n], len(password)/n) == password {
			return password[:n]
		}
	}
	return password
}

// condense makes a password of any length and content into what bcrypt takes whole: it stops at 72 bytes and at a NUL.
// The label makes the digest one that no other service's leaked hashes hold.
func condense(password string) []byte {
	mac := hmac.New(sha256.New, []byte("orion password"))
	mac.Write([]byte(norm.NFKC.String(password)))
	return []byte(base64.RawStdEncoding.EncodeToString(mac.Sum(nil)))
}
