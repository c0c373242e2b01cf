package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/letter"
)

// ErrToken is returned for a token that is worth nothing: forged, expired, used up, or somebody else's.
var ErrToken = errors.New("the token is worth nothing")

// ErrEnded is returned for a session that is over, or whose account is gone.
var ErrEnded = errors.New("the session is over")

// Options is what New needs.
type Options struct {
	// Shop and Platform are the database as a shop and as the platform sees it. The Authority scopes the context itself.
	Shop, Platform *bun.DB
	// Secret is what keys are derived from. What the keys of OldSecrets made is still accepted, so that a secret can be
	// changed without signing everybody out.
	Secret     string
	OldSecrets []string
	// Cost is bcrypt's; each step doubles the time. Workers is how many passwords are hashed at once.
	Cost, Workers int
	// Enqueue takes a letter into the transaction of the change that it tells of.
	Enqueue func(ctx context.Context, tx bun.Tx, l letter.Letter) error
	// Now is the time; nil is time.Now.
	Now func() time.Time
}

// Authority signs people in and says who they are. It may be used by many goroutines at once.
type Authority struct {
	shop, platform *bun.DB
	keys           *keys
	hasher         *hasher
	enqueue        func(ctx context.Context, tx bun.Tx, l letter.Letter) error
	now            func() time.Time
}

// New makes an Authority.
func New(o Options) (*Authority, error) {
	if o.Shop == nil || o.Platform == nil || o.Enqueue == nil {
		return nil, errors.New("make the accounts: they need a database and somebody to take letters")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	derived, err := deriveKeys(o.Secret, o.OldSecrets)
	if err != nil {
		return nil, fmt.Errorf("make the accounts: %w", err)
	}
	hashing, err := newHasher(o.Cost, o.Workers)
	if err != nil {
		return nil, fmt.Errorf("make the accounts: %w", err)
	}
	return &Authority{shop: o.Shop, platform: o.Platform, keys: derived, hasher: hashing, enqueue: o.Enqueue, now: o.Now}, nil
}

// letter is one to an account, in the look of the realm.
func (r Realm) letter(kind letter.Kind, to *Account, link string) letter.Letter {
	l := letter.Letter{Kind: kind, VendorID: r.VendorID, Name: to.Name, Realm: string(r.Kind), AccountID: to.ID, Link: link}
	if !kind.WantsToken() {
		l.To = to.Email
	}
	return l
}
