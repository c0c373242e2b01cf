package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Card is a product as lists show it.
type Card struct {
	ID               int64
	Slug             string
	Title            string
	Subtitle         string
	Brand            string
	PriceMin         int64 // minor units; the same as PriceMax where all variants cost the same
	PriceMax         int64
	CompareAt        int64 // what the cheapest variant cost before; 0 where it is not reduced
	Image            *Picture
	SecondImage      *Picture
	Swatches         []Swatch
	Availability     Availability // the best of its variants
	Left             int          // of Low: how many are left
	DefaultVariantID int64        // the only variant, which may be bought without choosing; 0 where there are more
	PublishedAt      time.Time
}

// Picture is an image with its size in pixels.
type Picture struct {
	ID     int64  `json:"id"`
	URL    string `json:"url"`
	Alt    string `json:"alt"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// Swatch is a colour that a product comes in. Color is #rrggbb.
type Swatch struct {
	Name  string `json:"name"`
	Color string `json:"color"`
}

// Badge is the one word that a card wears in its corner.
type Badge string

// The badges, the weightiest first.
const (
	BadgeSoldOut Badge = "sold_out"
	BadgeSale    Badge = "sale"
	BadgeLow     Badge = "low"
	BadgeNew     Badge = "new"
	NoBadge      Badge = ""
)

// newFor is how long a product is new.
const newFor = 30 * 24 * time.Hour

// Badge is the weightiest badge that fits at the time.
func (c Card) Badge(now time.Time) Badge {
	switch {
	case c.Availability == SoldOut:
		return BadgeSoldOut
	case c.CompareAt > c.PriceMin:
		return BadgeSale
	case c.Availability == Low:
		return BadgeLow
	case !c.PublishedAt.IsZero() && now.Sub(c.PublishedAt) < newFor:
		return BadgeNew
	}
	return NoBadge
}

// cardRow is what the database answers for a card. The lists come as JSON, so that one query does.
type cardRow struct {
	ID                         int64
	Slug, Title, Subtitle      string
	Brand                      string
	PriceMin, PriceMax         int64
	PublishedAt                bun.NullTime
	Variants, Pictures, Shades json.RawMessage
}

type cardVariant struct {
	ID        int64  `json:"id"`
	Price     int64  `json:"price"`
	CompareAt int64  `json:"compare_at"`
	Stocked   bool   `json:"stocked"`
	Tracked   bool   `json:"tracked"`
	Policy    string `json:"policy"`
	OnHand    int    `json:"on_hand"`
	Reserved  int    `json:"reserved"`
	LowAt     int    `json:"low_at"`
}

// cards reads the cards of products in the order of ids. Products that are not for sale are left out. 1 query, none
// without ids.
func cards(ctx context.Context, db bun.IDB, ids []int64) ([]Card, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return nil, err
	}
	var rows []cardRow
	err = db.NewRaw(`
		SELECT p.id, p.slug, p.title, p.subtitle, p.brand, p.price_min, p.price_max, p.published_at,
			(SELECT json_agg(json_build_object('id', v.id, 'price', v.price, 'compare_at', coalesce(v.compare_at_price, 0),
					'stocked', i.variant_id IS NOT NULL, 'tracked', coalesce(i.tracked, true), 'policy', coalesce(i.policy, ''),
					'on_hand', coalesce(i.on_hand, 0), 'reserved', coalesce(i.reserved, 0), 'low_at', coalesce(i.low_at, 0))
					ORDER BY v.position, v.id)
				FROM product_variants v
				LEFT JOIN inventory i ON i.vendor_id = v.vendor_id AND i.variant_id = v.id
				WHERE v.vendor_id = ?0 AND v.product_id = p.id AND v.deleted_at IS NULL) AS variants,
			(SELECT json_agg(img) FROM (
				SELECT id, url, alt, width, height FROM product_images
				WHERE vendor_id = ?0 AND product_id = p.id ORDER BY position, id LIMIT 2) img) AS pictures,
			(SELECT json_agg(json_build_object('name', ov.value, 'color', ov.swatch) ORDER BY ov.position, ov.id)
				FROM product_option_values ov
				WHERE ov.vendor_id = ?0 AND ov.product_id = p.id AND ov.swatch <> '') AS shades
		FROM products p
		WHERE p.vendor_id = ?0 AND p.id IN (?1) AND p.deleted_at IS NULL AND p.status = 'active'`,
		vendor, bun.List(ids)).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("read product cards: %w", err)
	}
	byID := make(map[int64]Card, len(rows))
	for _, row := range rows {
		card, err := row.card()
		if err != nil {
			return nil, fmt.Errorf("read card of product %d: %w", row.ID, err)
		}
		byID[row.ID] = card
	}
	list := make([]Card, 0, len(ids))
	for _, id := range ids {
		if card, found := byID[id]; found {
			list = append(list, card)
		}
	}
	return list, nil
}

func (row cardRow) card() (Card, error) {
	card := Card{ID: row.ID, Slug: row.Slug, Title: row.Title, Subtitle: row.Subtitle, Brand: row.Brand,
		PriceMin: row.PriceMin, PriceMax: row.PriceMax, PublishedAt: row.PublishedAt.Time, Availability: SoldOut}
	var variants []cardVariant
	var pictures []*Picture
	for _, field := range []struct {
		from json.RawMessage
		to   any
	}{{row.Variants, &variants}, {row.Pictures, &pictures}, {row.Shades, &card.Swatches}} {
		if len(field.from) == 0 {
			continue
		}
		if err := json.Unmarshal(field.from, field.to); err != nil {
			return Card{}, err
		}
	}
	card.takeVariants(variants)
	if len(pictures) > 0 {
		card.Image = pictures[0]
	}
	if len(pictures) > 1 {
		card.SecondImage = pictures[1]
	}
	return card, nil
}

func (c *Card) takeVariants(variants []cardVariant) {
	for _, v := range variants {
		stock := Inventory{VariantID: v.ID, Tracked: v.Tracked, Policy: v.Policy, OnHand: v.OnHand, Reserved: v.Reserved, LowAt: v.LowAt}
		if !v.Stocked {
			stock = Inventory{}
		}
		word := stock.Availability()
		if word == Low && c.Availability == Low {
			c.Left += stock.Available()
		}
		if word.rank() > c.Availability.rank() {
			c.Availability, c.Left = word, 0
			if word == Low {
				c.Left = stock.Available()
			}
		}
		if v.Price == c.PriceMin && v.CompareAt > v.Price {
			c.CompareAt = max(c.CompareAt, v.CompareAt)
		}
	}
	if len(variants) == 1 {
		c.DefaultVariantID = variants[0].ID
	}
}
