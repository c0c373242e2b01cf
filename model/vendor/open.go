package vendor

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
)

// Listing is an open shop as the platform's home page lists it.
type Listing struct {
	ID                  int64
	Slug, Name, Tagline string
	// Image is the picture that opens the shop's home page (hero_image in the settings' metadata); "" for none.
	Image string
}

// Open lists active shops by id, those after the id `after` (0 for the first page), at most limit of them. The
// last one's id leads to the next page. db is the platform's, ctx from tenant.AsPlatform.
func Open(ctx context.Context, db bun.IDB, after int64, limit int) ([]Listing, error) {
	var shops []Listing
	err := db.NewRaw(`SELECT v.id, v.slug, v.name, coalesce(s.tagline, '') AS tagline,
			coalesce(s.metadata ->> 'hero_image', '') AS image
		FROM vendors v LEFT JOIN vendor_settings s ON s.vendor_id = v.id
		WHERE v.id > ? AND v.status = 'active' AND v.deleted_at IS NULL
		ORDER BY v.id LIMIT ?`, after, limit).Scan(ctx, &shops)
	if err != nil {
		return nil, fmt.Errorf("list open shops: %w", err)
	}
	return shops, nil
}
