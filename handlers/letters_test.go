package handlers_test

import (
	"context"
	"sync"

	"github.com/uptrace/bun"

	"orion/model/letter"
)

// letters keeps what would have been mailed.
type letters struct {
	mu    sync.Mutex
	taken []letter.Letter
}

func (l *letters) take(_ context.Context, _ bun.Tx, one letter.Letter) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.taken = append(l.taken, one)
	return nil
}

// all is every letter, oldest first.
func (l *letters) all() []letter.Letter {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]letter.Letter(nil), l.taken...)
}
