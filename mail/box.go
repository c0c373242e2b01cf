package mail

import (
	"context"
	"sync"
	"time"
)

// boxSize is how many messages a Box keeps.
const boxSize = 200

// Kept is a message in a Box.
type Kept struct {
	Message
	ID   int
	Sent time.Time
}

// Box keeps the last 200 messages in memory, for a look at what was sent in development. Make it with NewBox.
type Box struct {
	mu   sync.RWMutex
	last int
	kept []Kept // oldest first
}

// NewBox makes an empty box.
func NewBox() *Box { return &Box{} }

// Send keeps the message.
func (b *Box) Send(_ context.Context, m Message) error {
	if err := m.check(); err != nil {
		return &Refused{err}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	b.kept = append(b.kept, Kept{Message: m, ID: b.last, Sent: time.Now()})
	if len(b.kept) > boxSize {
		b.kept = append(b.kept[:0], b.kept[len(b.kept)-boxSize:]...)
	}
	return nil
}

// List is what was sent, newest first.
func (b *Box) List() []Kept {
	b.mu.RLock()
	defer b.mu.RUnlock()
	list := make([]Kept, len(b.kept))
	for i, kept := range b.kept {
		list[len(list)-1-i] = kept
	}
	return list
}

// Find is the message with an ID, if it is still kept.
func (b *Box) Find(id int) (Kept, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, kept := range b.kept {
		if kept.ID == id {
			return kept, true
		}
	}
	return Kept{}, false
}

// Also is a Sender that sends by another one and keeps what went through, for development with a mail server.
func (b *Box) Also(sender Sender) Sender { return alsoKept{b, sender} }

type alsoKept struct {
	box    *Box
	sender Sender
}

// Send sends, then keeps.
func (a alsoKept) Send(ctx context.Context, m Message) error {
	if err := a.sender.Send(ctx, m); err != nil {
		return err
	}
	return a.box.Send(ctx, m)
}
