package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
	"orion/model/vendor"
	"orion/postgres"
)

// loadLock is the advisory lock that keeps two starts from loading at once.
const loadLock = 20_260_401

// Load puts the demo shops into a database that has no vendors yet, all of them or none; on any other database it
// changes nothing. Several instances may call it at once.
func Load(ctx context.Context, db *postgres.DB) error {
	shops, err := Shops()
	if err != nil {
		return err
	}
	ctx = tenant.AsPlatform(ctx)
	return db.Platform.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock(?)", loadLock).Exec(ctx); err != nil {
			return fmt.Errorf("take the lock for the demo shops: %w", err)
		}
		var taken bool
		if err := tx.NewRaw("SELECT EXISTS (SELECT 1 FROM vendors)").Scan(ctx, &taken); err != nil {
			return fmt.Errorf("look for vendors: %w", err)
		}
		if taken {
			return nil
		}
		for _, s := range shops {
			if err := s.insert(ctx, tx); err != nil {
				return fmt.Errorf("load the demo shop %s: %w", s.Slug, err)
			}
		}
		return nil
	})
}

// insert makes the vendor and then, in its name, everything it has.
func (s Shop) insert(ctx context.Context, tx bun.Tx) error {
	row := vendor.Vendor{Slug: s.Slug, Name: s.Name, Status: vendor.Active}
	if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
		return fmt.Errorf("insert the vendor: %w", err)
	}
	ctx = tenant.With(ctx, row.ID)
	if err := s.insertSettings(ctx, tx); err != nil {
		return err
	}
	categories, err := s.insertCategories(ctx, tx)
	if err != nil {
		return err
	}
	return s.insertProducts(ctx, tx, categories)
}

func (s Shop) insertSettings(ctx context.Context, tx bun.Tx) error {
	settings := s.settingsRow()
	if _, err := tx.NewInsert().Model(&settings).Exec(ctx); err != nil {
		return fmt.Errorf("insert the settings: %w", err)
	}
	theme := vendor.Theme{Name: s.Theme}
	if _, err := tx.NewInsert().Model(&theme).Exec(ctx); err != nil {
		return fmt.Errorf("insert the theme: %w", err)
	}
	if s.Domain == "" {
		return nil
	}
	domain := vendor.Domain{Host: s.Domain, Primary: true, VerifiedAt: time.Now()}
	if _, err := tx.NewInsert().Model(&domain).Exec(ctx); err != nil {
		return fmt.Errorf("insert the domain: %w", err)
	}
	return nil
}

func (s Shop) settingsRow() vendor.Settings {
	t := s.Settings
	return vendor.Settings{
		Currency: t.Currency, Locale: t.Locale, TimeZone: t.TimeZone, Country: t.Country,
		Email: t.Email, Phone: t.Phone, Address: t.Address, Tagline: t.Tagline,
		About: strings.Join(t.About, "\n\n"), OrderPrefix: t.OrderPrefix, PricesIncludeTax: t.PricesIncludeTax,
		TaxRates: t.TaxRates, ShippingMethods: t.ShippingMethods, PaymentMethods: t.PaymentMethods,
		Metadata: map[string]any{
			"hero_heading": t.HeroHeading, "hero_text": t.HeroText,
			"hero_image": s.Hero.URL(s.Slug), "hero_alt": s.Hero.Alt,
		},
	}
}
