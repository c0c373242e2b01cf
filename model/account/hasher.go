package account

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/bcrypt"

	"orion/model/fault"
)

// patience is how long somebody waits for their turn to have a password hashed.
const patience = 5 * time.Second

// hasher hashes and compares passwords, a few at once: bcrypt is made to be slow, and what else the process does must
// not wait for it.
type hasher struct {
	cost    int
	turns   chan struct{}
	nobodys []byte // a hash that is compared with where there is no account, so that it takes as long
}

func newHasher(cost, workers int) (*hasher, error) {
	if workers < 1 {
		return nil, errors.New("somebody has to hash passwords: at least one worker")
	}
	if cost < bcrypt.MinCost || cost > bcrypt.MaxCost {
		return nil, fmt.Errorf("hash passwords: %w", bcrypt.InvalidCostError(cost))
	}
	return &hasher{cost: cost, turns: make(chan struct{}, workers), nobodys: nobodys(cost)}, nil
}

// nobodys is a hash in form, made of nothing: comparing with it takes as long as with any other of this cost, and making
// it takes no time.
func nobodys(cost int) []byte {
	const saltAndHash = 22 + 31
	return fmt.Appendf(nil, "$2a$%02d$%s", cost, strings.Repeat(".", saltAndHash))
}

// turn waits for one of the workers, then runs work. fault.Unavailable: none was free in time.
func (h *hasher) turn(ctx context.Context, work func()) error {
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case h.turns <- struct{}{}:
	case <-waiting.Done():
		return fault.Unavailable.Because(fmt.Errorf("wait for a turn to hash a password: %w", waiting.Err()))
	}
	defer func() { <-h.turns }()
	work()
	return nil
}

// HashPassword makes the hash that is stored of a password, which CheckPassword has let through. fault.Unavailable where too
// many are waiting.
func (a *Authority) HashPassword(ctx context.Context, password string) (string, error) {
	return a.hasher.hash(ctx, password)
}

func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	var made []byte
	var failed error
	if err := h.turn(ctx, func() { made, failed = bcrypt.GenerateFromPassword(condense(password), h.cost) }); err != nil {
		return "", err
	}
	if failed != nil {
		return "", fmt.Errorf("hash a password: %w", failed)
	}
	return string(made), nil
}

// matches tells whether a password is the one of a stored hash. Where there is none, it takes as long and is false; so it
// does where the hash is of a time when less was asked of them.
func (h *hasher) matches(ctx context.Context, stored, password string) (bool, error) {
	against, known := []byte(stored), stored != ""
	if !known {
		against = h.nobodys
	}
	if len(password) > longestPassword {
		password = password[:longestPassword]
		known = false
	}
	var failed error
	compare := func() {
		if failed = bcrypt.CompareHashAndPassword(against, condense(password)); failed != nil {
			h.makeUp(against)
		}
	}
	if err := h.turn(ctx, compare); err != nil {
		return false, err
	}
	if failed != nil && !errors.Is(failed, bcrypt.ErrMismatchedHashAndPassword) {
		return false, fmt.Errorf("compare a password: %w", failed)
	}
	return failed == nil && known, nil
}

// makeUp takes the time by which a comparison with today's hashes is longer than with this one: each step of the cost
// takes as long as all the steps before it and one more of the first.
func (h *hasher) makeUp(stored []byte) {
	cost, err := bcrypt.Cost(stored)
	for ; err == nil && cost < h.cost; cost++ {
		_, err = bcrypt.GenerateFromPassword(condense(""), cost)
	}
}

// outdated tells whether a hash was made when less was asked of them.
func (h *hasher) outdated(stored string) bool {
	cost, err := bcrypt.Cost([]byte(stored))
	return err == nil && cost < h.cost
}
