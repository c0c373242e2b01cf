package jobs

import (
	"time"

	"github.com/maypok86/otter/v2"
)

// Token is a single-use token that was made for a letter. Its hash is stored where it is redeemed.
type Token struct {
	Value   string
	Email   string // where the letter goes: the address that the token is for
	Expires time.Time
}

// tokensKept is how many letters that could not be sent yet have their token kept.
const tokensKept = 10_000

// newTokens keeps tokens in memory, by job, while a letter is tried again: a new one for each attempt would be more than
// an account may have at once. After half its life a token is too old to be sent.
func newTokens() *otter.Cache[int64, Token] {
	return otter.Must(&otter.Options[int64, Token]{
		MaximumSize: tokensKept,
		ExpiryCalculator: otter.ExpiryWritingFunc(func(e otter.Entry[int64, Token]) time.Duration {
			return max(time.Until(e.Value.Expires)/2, 0)
		}),
	})
}
