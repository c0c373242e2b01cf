package cache

import "sync/atomic"

// slots is how many counters vendors share. Two vendors on one counter only forget a little too often, so the table
// stays small however many vendors there are. A power of two.
const slots = 1 << 14

// Epochs says when what is kept of a vendor became old. Nothing is thrown away: an epoch is part of the key, so what was made
// in an earlier one is not found any more. Read the epoch before reading the data.
//
// Until Trust(true) nobody is known to listen for changes, and nothing that is kept may be used.
type Epochs struct {
	trusted atomic.Bool
	flushes atomic.Uint64
	catalog [slots]atomic.Uint64
	theme   [slots]atomic.Uint64
}

// Epoch is a moment in a vendor's life. Two are equal when nothing changed in between.
type Epoch struct{ flushes, changes uint64 }

// NewEpochs starts without trust.
func NewEpochs() *Epochs { return &Epochs{} }

// Catalog is the epoch of what a vendor's pages say.
func (e *Epochs) Catalog(vendorID int64) Epoch {
	return Epoch{e.flushes.Load(), e.catalog[uint64(vendorID)%slots].Load()}
}

// Theme is the epoch of a vendor's own templates.
func (e *Epochs) Theme(vendorID int64) Epoch {
	return Epoch{e.flushes.Load(), e.theme[uint64(vendorID)%slots].Load()}
}

// BumpCatalog makes the vendor's pages old: its products, stock words or settings changed.
func (e *Epochs) BumpCatalog(vendorID int64) { e.catalog[uint64(vendorID)%slots].Add(1) }

// BumpTheme makes the vendor's templates old.
func (e *Epochs) BumpTheme(vendorID int64) { e.theme[uint64(vendorID)%slots].Add(1) }

// Flush makes everything old.
func (e *Epochs) Flush() { e.flushes.Add(1) }

// Trust says whether changes are heard. When they are heard again, everything is old, since some may have been missed.
func (e *Epochs) Trust(heard bool) {
	if heard {
		e.Flush()
	}
	e.trusted.Store(heard)
}

// Trusted tells whether what is kept may be used.
func (e *Epochs) Trusted() bool { return e.trusted.Load() }
