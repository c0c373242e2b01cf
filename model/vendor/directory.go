package vendor

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/tenant"
)

const (
	// shopLife bounds how long a shop is kept without a signal; the signals are what keeps it right.
	shopLife = 10 * time.Minute
	// missLife is how long an address is remembered as unknown.
	missLife = 5 * time.Second
	// readTimeout bounds a read, which must not end with the one request that started it: others wait for it.
	readTimeout = 5 * time.Second
)

// Directory finds shops by their address and keeps them in memory, bounded. What it keeps is right as long as
// it hears of every change: connect Invalidate to the channels orion_vendor and orion_theme, and Trust to
// whether somebody listens there. Until Trust(true) each look-up reads the database.
type Directory struct {
	db        *bun.DB
	addresses *otter.Cache[address, claim]
	shops     *otter.Cache[int64, entry]
	trusted   atomic.Bool
	// changes counts signals, so that an address known as unknown is asked again after any of them.
	changes atomic.Uint64
	// flushes counts flushes; what was read before the last one is read again.
	flushes atomic.Uint64

	// The loaders of the two caches, made once.
	claimLoader otter.Loader[address, claim]
	shopLoader  otter.Loader[int64, entry]
}

// address is a name of a shop: a slug, or a custom domain.
type address struct {
	name   string
	domain bool
}

// claim is which vendor an address led to, 0 for none, and the count of changes before it was read.
type claim struct {
	vendorID int64
	changes  uint64
}

// entry is a shop, nil if it is gone, and the count of flushes before it was read.
type entry struct {
	shop    *Shop
	flushes uint64
}

// NewDirectory reads from platform, the platform's own database connections, and keeps at most size shops and
// a few times as many addresses.
func NewDirectory(platform *bun.DB, size int) (*Directory, error) {
	shops, err := otter.New(&otter.Options[int64, entry]{
		MaximumSize:      size,
		ExpiryCalculator: otter.ExpiryWriting[int64, entry](shopLife),
	})
	if err != nil {
		return nil, fmt.Errorf("make the cache of shops: %w", err)
	}
	addresses, err := otter.New(&otter.Options[address, claim]{
		MaximumSize: 4 * size,
		ExpiryCalculator: otter.ExpiryWritingFunc(func(e otter.Entry[address, claim]) time.Duration {
			if e.Value.vendorID == 0 {
				return missLife
			}
			return shopLife
		}),
	})
	if err != nil {
		return nil, fmt.Errorf("make the cache of addresses: %w", err)
	}
	d := &Directory{db: platform, addresses: addresses, shops: shops}
	d.claimLoader = otter.LoaderFunc[address, claim](d.loadClaim)
	d.shopLoader = otter.LoaderFunc[int64, entry](d.loadShop)
	return d, nil
}

// BySlug is the shop with this slug, whatever its status, or fault.NotFound.
func (d *Directory) BySlug(ctx context.Context, slug string) (*Shop, error) {
	return d.find(ctx, address{name: slug})
}

// ByDomain is the shop with this verified custom domain (lower case, punycode, no port), whatever its status,
// or fault.NotFound.
func (d *Directory) ByDomain(ctx context.Context, host string) (*Shop, error) {
	return d.find(ctx, address{name: host, domain: true})
}

// Invalidate forgets a vendor's shop and every address known as unknown, one of which may now be the vendor's.
func (d *Directory) Invalidate(vendorID int64) {
	d.changes.Add(1)
	d.shops.Invalidate(vendorID)
}

// Flush forgets everything.
func (d *Directory) Flush() {
	d.changes.Add(1)
	d.flushes.Add(1)
}

// Trust says whether changes are heard. Without that, look-ups read the database; when it comes back, what was
// kept is forgotten, since a change may have been missed.
func (d *Directory) Trust(heard bool) {
	if heard {
		d.Flush()
	}
	d.trusted.Store(heard)
}

func (d *Directory) find(ctx context.Context, at address) (*Shop, error) {
	if !d.trusted.Load() {
		return d.ask(ctx, at)
	}
	known, err := d.addresses.Get(ctx, at, d.claimLoader)
	if err != nil {
		return nil, fault.Unavailable.Because(err)
	}
	if known.vendorID == 0 {
		if known.changes == d.changes.Load() {
			return nil, fault.NotFound
		}
		return d.afresh(ctx, at)
	}
	kept, err := d.shops.Get(ctx, known.vendorID, d.shopLoader)
	if err != nil {
		return nil, fault.Unavailable.Because(err)
	}
	if kept.flushes != d.flushes.Load() || kept.shop == nil || !kept.shop.answers(at) {
		d.shops.Invalidate(known.vendorID)
		return d.afresh(ctx, at)
	}
	return kept.shop, nil
}

// afresh forgets where an address led to, so that the next look-up learns it, and asks the database for this one.
func (d *Directory) afresh(ctx context.Context, at address) (*Shop, error) {
	d.addresses.Invalidate(at)
	return d.ask(ctx, at)
}

// ask reads the shop at an address from the database, past the caches.
func (d *Directory) ask(ctx context.Context, at address) (*Shop, error) {
	known, err := d.loadClaim(ctx, at)
	if err != nil {
		return nil, fault.Unavailable.Because(err)
	}
	if known.vendorID == 0 {
		return nil, fault.NotFound
	}
	found, err := d.loadShop(ctx, known.vendorID)
	if err != nil {
		return nil, fault.Unavailable.Because(err)
	}
	if found.shop == nil {
		return nil, fault.NotFound
	}
	return found.shop, nil
}

func (d *Directory) loadClaim(ctx context.Context, at address) (claim, error) {
	ctx, cancel := detached(ctx)
	defer cancel()
	before := d.changes.Load()
	query := `SELECT coalesce((SELECT id FROM vendors WHERE slug = ? AND deleted_at IS NULL), 0)`
	if at.domain {
		query = `SELECT coalesce((SELECT d.vendor_id FROM vendor_domains d JOIN vendors v ON v.id = d.vendor_id
			WHERE d.host = ? AND d.verified_at IS NOT NULL AND v.deleted_at IS NULL), 0)`
	}
	var id int64
	if err := d.db.NewRaw(query, at.name).Scan(ctx, &id); err != nil {
		return claim{}, fmt.Errorf("look up the shop at %q: %w", at.name, err)
	}
	return claim{vendorID: id, changes: before}, nil
}

func (d *Directory) loadShop(ctx context.Context, id int64) (entry, error) {
	ctx, cancel := detached(ctx)
	defer cancel()
	before := d.flushes.Load()
	shop, err := read(ctx, d.db, id)
	return entry{shop: shop, flushes: before}, err
}

// detached is the platform's scope with a deadline of its own.
func detached(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(tenant.AsPlatform(context.WithoutCancel(ctx)), readTimeout)
}
