package vendor_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"

	"orion/model/fault"
	"orion/model/tenant"
	"orion/model/vendor"
	"orion/postgres"
	"orion/postgres/pgtest"
)

func newDirectory(t *testing.T, db *postgres.DB) *vendor.Directory {
	t.Helper()
	directory, err := vendor.NewDirectory(db.Platform, 100)
	if err != nil {
		t.Fatal(err)
	}
	return directory
}

func execute(t *testing.T, db *postgres.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.Platform.NewRaw(query, args...).Exec(tenant.AsPlatform(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// found is the name of the shop with this slug, or "" if there is none.
func found(t *testing.T, directory *vendor.Directory, slug string) string {
	t.Helper()
	shop, err := directory.BySlug(t.Context(), slug)
	if errors.Is(err, fault.NotFound) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return shop.Name
}

func TestShopIsReadWhole(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	id := pgtest.Vendor(t, db, "kaffa")
	pgtest.Vendor(t, db, "bloom")
	execute(t, db, `INSERT INTO vendor_domains (vendor_id, host, is_primary, verified_at) VALUES
		(?0, 'kaffa.test', true, now()), (?0, 'coffee.test', false, now()), (?0, 'claimed.test', false, NULL)`, id)
	execute(t, db, `UPDATE vendor_themes SET theme = 'kaffa', tokens = '{"color-accent":"#8a3b12"}', version = 3 WHERE vendor_id = ?`, id)

	shop, err := newDirectory(t, db).ByDomain(t.Context(), "coffee.test")
	if err != nil {
		t.Fatal(err)
	}
	if shop.ID != id || shop.Slug != "kaffa" || shop.Status != vendor.Active || shop.PrimaryDomain != "kaffa.test" {
		t.Errorf("got %+v", shop.Vendor)
	}
	if want := []string{"coffee.test", "kaffa.test"}; !slices.Equal(shop.Domains, want) {
		t.Errorf("domains are %v, want %v", shop.Domains, want)
	}
	if shop.Theme.Name != "kaffa" || shop.Theme.Tokens["color-accent"] != "#8a3b12" || shop.Theme.Version != 3 {
		t.Errorf("theme is %+v", shop.Theme)
	}
	settings := shop.Settings
	if settings.Currency != "EUR" || settings.TaxRateFor("DE") != 1900 || settings.TaxRateFor("FR") != 0 || !settings.PricesIncludeTax {
		t.Errorf("settings are %+v", settings)
	}
	if len(settings.ShippingMethods) != 1 || settings.ShippingMethods[0].Price != 490 || settings.ShippingMethods[0].FreeFrom != 5000 {
		t.Errorf("shipping methods are %+v", settings.ShippingMethods)
	}
	if len(settings.PaymentMethods) != 2 || settings.PaymentMethods[0].Instructions == "" {
		t.Errorf("payment methods are %+v", settings.PaymentMethods)
	}
}

func TestVendorWithoutSettingsHasTheDefaults(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	execute(t, db, `INSERT INTO vendors (slug, name, status) VALUES ('bare', 'Bare', 'active')`)
	shop, err := newDirectory(t, db).BySlug(t.Context(), "bare")
	if err != nil {
		t.Fatal(err)
	}
	if shop.Settings.Currency != "EUR" || shop.Settings.Locale != "en" || shop.Theme.Name != "base" {
		t.Errorf("got %+v, %+v", shop.Settings, shop.Theme)
	}
}

func TestUnverifiedAndForeignAddressesFindNothing(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	id := pgtest.Vendor(t, db, "kaffa")
	execute(t, db, `INSERT INTO vendor_domains (vendor_id, host) VALUES (?, 'claimed.test')`, id)
	execute(t, db, `UPDATE vendors SET deleted_at = now() WHERE id = ?`, pgtest.Vendor(t, db, "deleted"))
	for _, trusted := range []bool{false, true} {
		directory := newDirectory(t, db)
		directory.Trust(trusted)
		for _, host := range []string{"claimed.test", "nobody.test", "kaffa"} {
			if shop, err := directory.ByDomain(t.Context(), host); !errors.Is(err, fault.NotFound) {
				t.Errorf("%s: got %v, %v", host, shop, err)
			}
		}
		for _, slug := range []string{"deleted", "nobody", "claimed.test"} {
			if got := found(t, directory, slug); got != "" {
				t.Errorf("%s: got %s", slug, got)
			}
		}
	}
}

func TestShopsAreKeptUntilASignal(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	kaffa, bloom := pgtest.Vendor(t, db, "kaffa"), pgtest.Vendor(t, db, "bloom")
	directory := newDirectory(t, db)
	directory.Trust(true)
	for _, slug := range []string{"kaffa", "bloom"} {
		found(t, directory, slug)
	}
	execute(t, db, `UPDATE vendors SET name = upper(slug)`)
	if got := found(t, directory, "kaffa"); got != "Shop kaffa" {
		t.Errorf("read again without a signal: %s", got)
	}
	directory.Invalidate(kaffa)
	if got := [2]string{found(t, directory, "kaffa"), found(t, directory, "bloom")}; got != [2]string{"KAFFA", "Shop bloom"} {
		t.Errorf("got %v", got)
	}
	directory.Invalidate(bloom)
	if got := found(t, directory, "bloom"); got != "BLOOM" {
		t.Errorf("got %s", got)
	}
	execute(t, db, `UPDATE vendors SET name = 'new'`)
	directory.Flush()
	if got := [2]string{found(t, directory, "kaffa"), found(t, directory, "bloom")}; got != [2]string{"new", "new"} {
		t.Errorf("after Flush: %v", got)
	}
}

func TestAddressesThatMoveAreFollowed(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	kaffa, bloom := pgtest.Vendor(t, db, "kaffa"), pgtest.Vendor(t, db, "bloom")
	directory := newDirectory(t, db)
	directory.Trust(true)
	for _, slug := range []string{"kaffa", "bloom", "roastery"} {
		found(t, directory, slug)
	}
	execute(t, db, `UPDATE vendors SET slug = 'roastery' WHERE id = ?`, kaffa)
	execute(t, db, `UPDATE vendors SET slug = 'kaffa' WHERE id = ?`, bloom)
	directory.Invalidate(kaffa)
	directory.Invalidate(bloom)
	got := [3]string{found(t, directory, "roastery"), found(t, directory, "kaffa"), found(t, directory, "bloom")}
	if want := [3]string{"Shop kaffa", "Shop bloom", ""}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWithoutTrustEachLookUpReadsTheDatabase(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	pgtest.Vendor(t, db, "kaffa")
	directory := newDirectory(t, db)
	for _, name := range []string{"a", "b"} {
		execute(t, db, `UPDATE vendors SET name = ?`, name)
		if got := found(t, directory, "kaffa"); got != name {
			t.Errorf("never trusted: got %s, want %s", got, name)
		}
	}
	directory.Trust(true)
	found(t, directory, "kaffa")
	directory.Trust(false)
	execute(t, db, `UPDATE vendors SET name = 'c'`)
	if got := found(t, directory, "kaffa"); got != "c" {
		t.Errorf("trust lost: got %s", got)
	}
	directory.Trust(true)
	if got := found(t, directory, "kaffa"); got != "c" {
		t.Errorf("trust regained: got %s", got)
	}
}

func TestManyAtOnceReadOnce(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	pgtest.Vendor(t, db, "kaffa")
	directory := newDirectory(t, db)
	directory.Trust(true)
	ctx, queries := postgres.CountQueries(t.Context())
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			if _, err := directory.BySlug(ctx, "kaffa"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	// The address, the shop, its domains.
	if queries.Count() > 3 {
		t.Errorf("%d queries", queries.Count())
	}
}

func TestDatabaseThatDoesNotAnswerIsUnavailable(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	directory := newDirectory(t, db)
	if err := db.Platform.Close(); err != nil {
		t.Fatal(err)
	}
	for _, trusted := range []bool{false, true} {
		directory.Trust(trusted)
		if _, err := directory.BySlug(t.Context(), "kaffa"); !errors.Is(err, fault.Unavailable) || errors.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
	}
}

func TestChangesAreHeardFromOtherInstances(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	writer, reader := pgtest.Open(t, url, postgres.Options{}), pgtest.Open(t, url, postgres.Options{})
	id := pgtest.Vendor(t, writer, "kaffa")
	directory := newDirectory(t, reader)

	ctx, stop := context.WithCancel(t.Context())
	up, heard, ended := make(chan struct{}, 1), make(chan string, 10), make(chan error, 1)
	go func() {
		ended <- postgres.Listen(ctx, url, []string{"orion_vendor", "orion_theme"},
			func(channel, payload string) {
				id, err := strconv.ParseInt(payload, 10, 64)
				if err != nil {
					t.Error(err)
				}
				directory.Invalidate(id)
				heard <- channel
			},
			func() { directory.Trust(true); up <- struct{}{} },
			func() { directory.Trust(false) })
	}()
	<-up
	for _, tt := range []struct {
		channel, query string
		changed        func(*vendor.Shop) bool
	}{
		{"orion_vendor", `UPDATE vendors SET name = 'New name' WHERE id = ?`,
			func(s *vendor.Shop) bool { return s.Name == "New name" }},
		{"orion_vendor", `UPDATE vendor_settings SET tagline = 'Fresh' WHERE vendor_id = ?`,
			func(s *vendor.Shop) bool { return s.Settings.Tagline == "Fresh" }},
		{"orion_vendor", `INSERT INTO vendor_domains (vendor_id, host, is_primary, verified_at) VALUES (?, 'kaffa.test', true, now())`,
			func(s *vendor.Shop) bool { return s.PrimaryDomain == "kaffa.test" }},
		{"orion_theme", `UPDATE vendor_themes SET version = 2 WHERE vendor_id = ?`,
			func(s *vendor.Shop) bool { return s.Theme.Version == 2 }},
	} {
		if before, err := directory.BySlug(t.Context(), "kaffa"); err != nil || tt.changed(before) {
			t.Fatalf("before %s: %v, %v", tt.query, before, err)
		}
		execute(t, writer, tt.query, id)
		if channel := <-heard; channel != tt.channel {
			t.Errorf("%s: heard on %s", tt.query, channel)
		}
		if after, err := directory.BySlug(t.Context(), "kaffa"); err != nil || !tt.changed(after) {
			t.Errorf("after %s: %+v, %v", tt.query, after, err)
		}
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestOpenListsActiveShopsPageByPage(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	var want []string
	for i := range 5 {
		slug := fmt.Sprintf("shop-%d", i)
		pgtest.Vendor(t, db, slug)
		want = append(want, slug)
	}
	execute(t, db, `UPDATE vendors SET status = 'suspended' WHERE slug = 'shop-1'`)
	execute(t, db, `UPDATE vendors SET deleted_at = now() WHERE slug = 'shop-3'`)
	execute(t, db, `INSERT INTO vendors (slug, name, status) VALUES ('bare', 'Bare', 'active')`)
	want = []string{want[0], want[2], want[4], "bare"}

	var got []string
	for after := int64(0); ; {
		page, err := vendor.Open(tenant.AsPlatform(t.Context()), db.Platform, after, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, shop := range page {
			got = append(got, shop.Slug)
		}
		after = page[len(page)-1].ID
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestValidSlug(t *testing.T) {
	t.Parallel()
	for slug, want := range map[string]bool{"kaffa": true, "a": true, "tea-house-2": true, "a-b": true, "7": true,
		"": false, "Kaffa": false, "-a": false, "a-": false, "a.b": false, "a_b": false, "käffa": false,
		"xn--kffa-moa": false, "www": false, "admin": false, "api": false, "kaffa\n": false} {
		if got := vendor.ValidSlug(slug); got != want {
			t.Errorf("%q: got %v", slug, got)
		}
	}
}

func BenchmarkBySlug(b *testing.B) {
	db := pgtest.New(b)
	pgtest.Vendor(b, db, "kaffa")
	directory, err := vendor.NewDirectory(db.Platform, 100)
	if err != nil {
		b.Fatal(err)
	}
	directory.Trust(true)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := directory.BySlug(b.Context(), "kaffa"); err != nil {
			b.Fatal(err)
		}
	}
}
