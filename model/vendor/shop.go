package vendor

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/uptrace/bun"
)

// Shop is a vendor with all that is needed to serve its shop, as the Directory knows it. Requests share it:
// nobody may change it.
type Shop struct {
	Vendor
	Settings Settings
	Theme    Theme
	// PrimaryDomain is the custom domain that canonical links name; "" where there is none.
	PrimaryDomain string
	// Domains are all verified custom domains, in alphabetical order.
	Domains []string
}

// record is a shop as it is read: the vendor with its relations.
type record struct {
	Vendor   `bun:",extend"`
	Settings *Settings `bun:"rel:has-one,join:id=vendor_id"`
	Theme    *Theme    `bun:"rel:has-one,join:id=vendor_id"`
	Domains  []Domain  `bun:"rel:has-many,join:id=vendor_id"`
}

// read is the living vendor with this id as a shop, or nil if there is none. ctx is the platform's.
func read(ctx context.Context, db bun.IDB, id int64) (*Shop, error) {
	var found record
	err := db.NewSelect().Model(&found).Relation("Settings").Relation("Theme").
		Relation("Domains", func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("vd.verified_at IS NOT NULL").Order("vd.host")
		}).
		Where("v.id = ?", id).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read shop %d: %w", id, err)
	}
	return found.shop(), nil
}

func (r *record) shop() *Shop {
	shop := &Shop{Vendor: r.Vendor, Settings: defaultSettings(), Theme: Theme{Name: "base", Version: 1}}
	if r.Settings != nil {
		shop.Settings = *r.Settings
	}
	if r.Theme != nil {
		shop.Theme = *r.Theme
	}
	for _, domain := range r.Domains {
		shop.Domains = append(shop.Domains, domain.Host)
		if domain.Primary {
			shop.PrimaryDomain = domain.Host
		}
	}
	return shop
}

// answers reports whether the shop is reached by this address.
func (s *Shop) answers(at address) bool {
	if at.domain {
		return slices.Contains(s.Domains, at.name)
	}
	return s.Slug == at.name
}
