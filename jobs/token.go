package jobs

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"
	"github.com/uptrace/bun"

	"orion/model/access"
	"orion/model/account"
	"orion/model/letter"
)

// Token is a single-use token that was made for a letter. Its hash is stored where it is redeemed.
type Token struct {
	Value   string
	Email   string // where the letter goes: the address that the token is for
	Expires time.Time
}

// Issue makes a letter's token: of an invitation, or of an account. It answers fault.NotFound when there is nobody to
// send it to any more. platform is the platform's own database connections.
func Issue(ctx context.Context, accounts *account.Authority, platform *bun.DB, l letter.Letter) (Token, error) {
	var made Token
	var err error
	if l.Kind == letter.Invitation {
		made.Value, made.Email, made.Expires, err = access.IssueInvitation(ctx, platform, l.VendorID, l.InvitationID)
		return made, err
	}
	realm := account.Realm{Kind: account.Kind(l.Realm)}
	if realm.Kind == account.Customer {
		realm.VendorID = l.VendorID
	}
	made.Value, made.Email, made.Expires, err = accounts.IssueMailed(ctx, realm, string(l.Kind), l.AccountID)
	return made, err
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
