package cache

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"
)

// pageLife bounds how long a page is kept. Epochs are what keeps pages right; this is the net below them.
const pageLife = 5 * time.Minute

// Pages keeps pages by a key that holds all on which they depend, up to a number of bytes.
type Pages[K comparable] struct {
	kept *otter.Cache[K, *Page]
}

// NewPages keeps at most maxBytes bytes of pages.
func NewPages[K comparable](maxBytes int64) *Pages[K] {
	return &Pages[K]{otter.Must(&otter.Options[K, *Page]{
		MaximumWeight:    uint64(maxBytes),
		Weigher:          func(_ K, page *Page) uint32 { return uint32(page.weight()) },
		ExpiryCalculator: otter.ExpiryWriting[K, *Page](pageLife),
	})}
}

// Find is the page that is kept for a key.
func (p *Pages[K]) Find(key K) (*Page, bool) { return p.kept.GetIfPresent(key) }

// Make makes and keeps the page of a key. Who comes meanwhile for the same key waits for it and gets the same page or error;
// an error is not kept.
func (p *Pages[K]) Make(key K, make func() (*Page, error)) (*Page, error) {
	return p.kept.Get(context.Background(), key, otter.LoaderFunc[K, *Page](
		func(context.Context, K) (*Page, error) { return make() },
	))
}

// Settle does the evictions that are waiting, which otherwise happen beside the next writes.
func (p *Pages[K]) Settle() { p.kept.CleanUp() }
