package tenant_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

type product struct {
	bun.BaseModel `bun:"table:products,alias:p"`
	tenant.Owned
	ID        int64     `bun:"id,pk,autoincrement"`
	Slug      string    `bun:"slug"`
	Title     string    `bun:"title"`
	DeletedAt time.Time `bun:"deleted_at,soft_delete,nullzero"`
	Images    []*image  `bun:"rel:has-many,join:vendor_id=vendor_id,join:id=product_id"`
}

type image struct {
	bun.BaseModel `bun:"table:product_images,alias:i"`
	tenant.Owned
	ID        int64    `bun:"id,pk,autoincrement"`
	ProductID int64    `bun:"product_id"`
	URL       string   `bun:"url"`
	Product   *product `bun:"rel:belongs-to,join:product_id=id"` // on the id alone, as a mistake would have it
}

// two is a database with two vendors and, for each, product 501 with picture 501.
type two struct {
	db         *postgres.DB
	mine, them int64
	ctx        context.Context // mine
	theirs     context.Context
}

func newTwo(t *testing.T) two {
	t.Helper()
	s := two{db: pgtest.New(t)}
	s.mine, s.them = pgtest.Vendor(t, s.db, "mine"), pgtest.Vendor(t, s.db, "them")
	s.ctx, s.theirs = tenant.With(t.Context(), s.mine), tenant.With(t.Context(), s.them)
	for ctx, title := range map[context.Context]string{s.ctx: "Mine", s.theirs: "Theirs"} {
		insert(t, ctx, s.db.Shop, &product{ID: 501, Slug: "one", Title: title})
		insert(t, ctx, s.db.Shop, &image{ID: 501, ProductID: 501, URL: "/" + title})
	}
	return s
}

func insert(t *testing.T, ctx context.Context, db bun.IDB, model any) {
	t.Helper()
	if _, err := db.NewInsert().Model(model).Exec(ctx); err != nil {
		t.Fatal(err)
	}
}

func (s two) titles(t *testing.T) (mine, them []string) {
	t.Helper()
	for ctx, titles := range map[context.Context]*[]string{s.ctx: &mine, s.theirs: &them} {
		err := s.db.Shop.NewSelect().Model((*product)(nil)).Column("title").OrderExpr("id").Scan(ctx, titles)
		if err != nil {
			t.Fatal(err)
		}
	}
	return mine, them
}

func TestInsertStampsTheVendor(t *testing.T) {
	t.Parallel()
	s := newTwo(t)
	one := product{Slug: "a", Title: "A"}
	insert(t, s.ctx, s.db.Shop, &one)
	many := []*product{{Slug: "b", Title: "B"}, {Slug: "c", Title: "C", Owned: tenant.Owned{VendorID: s.mine}}}
	insert(t, s.ctx, s.db.Shop, &many)
	for _, p := range append(many, &one) {
		if p.VendorID != s.mine || p.ID == 0 {
			t.Errorf("%s: vendor %d, id %d; want vendor %d and an id", p.Slug, p.VendorID, p.ID, s.mine)
		}
	}
	if _, them := s.titles(t); len(them) != 1 {
		t.Errorf("the other vendor has %v", them)
	}
}

func TestWritingAForeignRowIsRefused(t *testing.T) {
	t.Parallel()
	s := newTwo(t)
	foreign := &product{Owned: tenant.Owned{VendorID: s.them}, ID: 501, Slug: "x", Title: "X"}
	mixed := []*product{{Slug: "y", Title: "Y"}, foreign}
	for name, query := range map[string]interface {
		Exec(context.Context, ...any) (sql.Result, error)
	}{
		"insert":      s.db.Shop.NewInsert().Model(foreign),
		"bulk insert": s.db.Shop.NewInsert().Model(&mixed),
		"upsert":      s.db.Shop.NewInsert().Model(foreign).On("CONFLICT (vendor_id, id) DO UPDATE").Set("title = EXCLUDED.title"),
		"update":      s.db.Shop.NewUpdate().Model(foreign).WherePK(),
		"bulk update": s.db.Shop.NewUpdate().Model(&mixed).Column("title").Bulk(),
		"soft delete": s.db.Shop.NewDelete().Model(foreign).WherePK(),
		"hard delete": s.db.Shop.NewDelete().Model(foreign).WherePK().ForceDelete(),
	} {
		if _, err := query.Exec(s.ctx); !errors.Is(err, tenant.ErrForeignVendor) {
			t.Errorf("%s: %v, want ErrForeignVendor", name, err)
		}
	}
	if mine, them := s.titles(t); len(mine) != 1 || len(them) != 1 || them[0] != "Theirs" {
		t.Errorf("titles %v and %v", mine, them)
	}
}

// TestWherePKNeedsNoVendor: the same id is another row in each shop.
func TestWherePKNeedsNoVendor(t *testing.T) {
	t.Parallel()
	s := newTwo(t)
	found := product{ID: 501}
	if err := s.db.Shop.NewSelect().Model(&found).WherePK().Scan(s.ctx); err != nil || found.Title != "Mine" {
		t.Errorf("select: %q, %v; want Mine", found.Title, err)
	}
	if _, err := s.db.Shop.NewUpdate().Model(&product{ID: 501, Title: "Changed"}).Column("title").WherePK().Exec(s.ctx); err != nil {
		t.Fatal(err)
	}
	bulk := []*product{{ID: 501, Slug: "bulk"}}
	if _, err := s.db.Shop.NewUpdate().Model(&bulk).Column("slug").Bulk().Exec(s.ctx); err != nil {
		t.Fatal(err)
	}
	var slugs []string
	platform := tenant.AsPlatform(t.Context())
	if err := s.db.Platform.NewSelect().Model((*product)(nil)).Column("slug").OrderExpr("vendor_id").Scan(platform, &slugs); err != nil {
		t.Fatal(err)
	}
	if mine, them := s.titles(t); mine[0] != "Changed" || them[0] != "Theirs" || slugs[0] != "bulk" || slugs[1] != "one" {
		t.Errorf("titles %v and %v, slugs %v", mine, them, slugs)
	}
}

func TestQueriesWithoutARowAreScoped(t *testing.T) {
	t.Parallel()
	s := newTwo(t)
	if _, err := s.db.Shop.NewUpdate().Model((*product)(nil)).Set("title = 'All'").Where("TRUE").Exec(s.ctx); err != nil {
		t.Fatal(err)
	}
	if mine, them := s.titles(t); mine[0] != "All" || them[0] != "Theirs" {
		t.Errorf("after an update of all: %v and %v", mine, them)
	}
	if _, err := s.db.Shop.NewDelete().Model((*product)(nil)).Where("TRUE").Exec(s.ctx); err != nil {
		t.Fatal(err)
	}
	if mine, them := s.titles(t); len(mine) != 0 || len(them) != 1 {
		t.Errorf("after a soft delete of all: %v and %v", mine, them)
	}
	restore := s.db.Shop.NewUpdate().Model((*product)(nil)).Set("deleted_at = NULL").Where("TRUE").WhereAllWithDeleted()
	if _, err := restore.Exec(s.theirs); err != nil {
		t.Fatal(err)
	}
	if mine, _ := s.titles(t); len(mine) != 0 {
		t.Errorf("another vendor restored %v", mine)
	}
	if _, err := s.db.Shop.NewDelete().Model((*product)(nil)).Where("TRUE").ForceDelete().Exec(s.ctx); err != nil {
		t.Fatal(err)
	}
	if _, them := s.titles(t); len(them) != 1 {
		t.Errorf("a delete of all took the other vendor's %v", them)
	}
}

func TestUpsertStaysInTheShop(t *testing.T) {
	t.Parallel()
	s := newTwo(t)
	rows := []product{{ID: 501, Slug: "one", Title: "Upserted"}, {ID: 502, Slug: "two", Title: "New"}}
	_, err := s.db.Shop.NewInsert().Model(&rows).
		On("CONFLICT (vendor_id, id) DO UPDATE").Set("title = EXCLUDED.title").Exec(s.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if mine, them := s.titles(t); len(mine) != 2 || mine[0] != "Upserted" || len(them) != 1 || them[0] != "Theirs" {
		t.Errorf("titles %v and %v", mine, them)
	}
}

// TestUpsertCannotTakeAHost: verified hosts are unique across the platform, so here the conflict is with a row that
// the vendor cannot see.
func TestUpsertCannotTakeAHost(t *testing.T) {
	t.Parallel()
	s := newTwo(t)
	const claim = "INSERT INTO vendor_domains (vendor_id, host, verified_at) VALUES (?, 'shop.test', now()) "
	if _, err := s.db.Shop.ExecContext(s.theirs, claim, s.them); err != nil {
		t.Fatal(err)
	}
	for _, conflict := range []string{"", "ON CONFLICT (host) WHERE verified_at IS NOT NULL DO UPDATE SET vendor_id = EXCLUDED.vendor_id"} {
		if _, err := s.db.Shop.ExecContext(s.ctx, claim+conflict, s.mine); err == nil {
			t.Errorf("%q took another vendor's host", conflict)
		}
	}
	var owner int64
	ask(t, s.db, &owner, "SELECT vendor_id FROM vendor_domains WHERE host = 'shop.test'")
	if owner != s.them {
		t.Errorf("the host is now vendor %d's", owner)
	}
}

func TestRelationsStayInTheShop(t *testing.T) {
	t.Parallel()
	s := newTwo(t)
	var products []product
	if err := s.db.Shop.NewSelect().Model(&products).Relation("Images").Scan(s.ctx); err != nil {
		t.Fatal(err)
	}
	if len(products) != 1 || len(products[0].Images) != 1 || products[0].Images[0].URL != "/Mine" {
		t.Errorf("has-many: %+v", products)
	}
	var images []image
	if err := s.db.Shop.NewSelect().Model(&images).Relation("Product").Scan(s.ctx); err != nil {
		t.Fatal(err)
	}
	if len(images) != 1 || images[0].Product == nil || images[0].Product.Title != "Mine" {
		t.Errorf("belongs-to on the id alone: %+v", images)
	}
}

// TestARowCannotPointIntoAnotherShop is the third wall, which stands in the platform's scope too.
func TestARowCannotPointIntoAnotherShop(t *testing.T) {
	t.Parallel()
	s := newTwo(t)
	insert(t, s.theirs, s.db.Shop, &product{ID: 99, Slug: "theirs-alone", Title: "Theirs alone"})
	if _, err := s.db.Shop.NewInsert().Model(&image{ProductID: 99, URL: "/x"}).Exec(s.ctx); err == nil {
		t.Error("a vendor's picture points to another vendor's product")
	}
	pointing := &image{Owned: tenant.Owned{VendorID: s.mine}, ProductID: 99, URL: "/x"}
	if _, err := s.db.Platform.NewInsert().Model(pointing).Exec(tenant.AsPlatform(t.Context())); err == nil {
		t.Error("the platform made a vendor's picture point to another vendor's product")
	}
}

func TestPlatformScope(t *testing.T) {
	t.Parallel()
	s := newTwo(t)
	platform := tenant.AsPlatform(t.Context())
	var all []product
	if err := s.db.Platform.NewSelect().Model(&all).Scan(platform); err != nil || len(all) != 2 {
		t.Errorf("read: %d rows, %v; want both vendors'", len(all), err)
	}
	nameless := []product{{Owned: tenant.Owned{VendorID: s.them}, Slug: "a", Title: "A"}, {Slug: "b", Title: "B"}}
	if _, err := s.db.Platform.NewInsert().Model(&nameless).Exec(platform); !errors.Is(err, tenant.ErrUnnamedVendor) {
		t.Errorf("insert without a vendor: %v, want ErrUnnamedVendor", err)
	}
	insert(t, platform, s.db.Platform, &product{Owned: tenant.Owned{VendorID: s.them}, Slug: "b", Title: "B"})
	if mine, them := s.titles(t); len(mine) != 1 || len(them) != 2 {
		t.Errorf("titles %v and %v", mine, them)
	}
	// Inside the platform's transaction a query may be narrowed to one vendor.
	err := s.db.Platform.RunInTx(platform, nil, func(_ context.Context, tx bun.Tx) error {
		var narrowed []product
		err := tx.NewSelect().Model(&narrowed).Scan(s.ctx)
		if len(narrowed) != 1 || narrowed[0].VendorID != s.mine {
			t.Errorf("narrowed: %+v", narrowed)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestHooksFailWithoutAScope(t *testing.T) {
	t.Parallel()
	s := newTwo(t)
	p := &product{ID: 501, Slug: "x", Title: "X"}
	// The platform's transaction would let them through: only the hooks stand here.
	err := s.db.Platform.RunInTx(tenant.AsPlatform(t.Context()), nil, func(_ context.Context, tx bun.Tx) error {
		for name, query := range map[string]interface {
			Exec(context.Context, ...any) (sql.Result, error)
		}{
			"insert": tx.NewInsert().Model(p),
			"update": tx.NewUpdate().Model(p).WherePK(),
			"delete": tx.NewDelete().Model((*product)(nil)).Where("TRUE"),
		} {
			if _, err := query.Exec(t.Context()); !errors.Is(err, tenant.ErrNoScope) {
				t.Errorf("%s: %v, want ErrNoScope", name, err)
			}
		}
		err := tx.NewSelect().Model(&[]product{}).Scan(t.Context())
		if !errors.Is(err, tenant.ErrNoScope) {
			t.Errorf("scan: %v, want ErrNoScope", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestTheLastScopeCounts(t *testing.T) {
	t.Parallel()
	ctx := tenant.With(t.Context(), 7)
	if id, err := tenant.Vendor(ctx); id != 7 || err != nil || tenant.IsPlatform(ctx) {
		t.Errorf("With: %d, %v", id, err)
	}
	if id, err := tenant.Vendor(tenant.With(ctx, 8)); id != 8 || err != nil {
		t.Errorf("With after With: %d, %v", id, err)
	}
	platform := tenant.AsPlatform(ctx)
	if _, err := tenant.Vendor(platform); !errors.Is(err, tenant.ErrNoScope) || !tenant.IsPlatform(platform) {
		t.Errorf("AsPlatform after With: %v", err)
	}
	if narrowed := tenant.With(platform, 8); tenant.IsPlatform(narrowed) {
		t.Error("With after AsPlatform is still the platform's")
	}
	if _, err := tenant.Vendor(t.Context()); !errors.Is(err, tenant.ErrNoScope) {
		t.Errorf("no scope: %v, want ErrNoScope", err)
	}
}

// TestHooksScopeByThemselves runs in the platform's transaction, where row security lets everything through.
func TestHooksScopeByThemselves(t *testing.T) {
	t.Parallel()
	s := newTwo(t)
	err := s.db.Platform.RunInTx(tenant.AsPlatform(t.Context()), nil, func(_ context.Context, tx bun.Tx) error {
		var products []product
		if err := tx.NewSelect().Model(&products).Relation("Images").Scan(s.ctx); err != nil {
			return err
		}
		if len(products) != 1 || products[0].VendorID != s.mine || len(products[0].Images) != 1 {
			t.Errorf("select: %+v", products)
		}
		for name, query := range map[string]interface {
			Exec(context.Context, ...any) (sql.Result, error)
		}{
			"update":      tx.NewUpdate().Model((*image)(nil)).Set("url = '/changed'").Where("TRUE"),
			"soft delete": tx.NewDelete().Model((*product)(nil)).Where("TRUE"),
			"hard delete": tx.NewDelete().Model((*image)(nil)).Where("TRUE"),
		} {
			result, err := query.Exec(s.ctx)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			// A delete that comes before the update leaves it none.
			if n, _ := result.RowsAffected(); n > 1 {
				t.Errorf("%s: %d rows, want only the vendor's own", name, n)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	var left []string
	ask(t, s.db, &left, "SELECT url FROM product_images")
	if len(left) != 1 || left[0] != "/Theirs" {
		t.Errorf("pictures left: %v; want the other vendor's, unchanged", left)
	}
}
