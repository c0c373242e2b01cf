package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/fault"
	"orion/model/tenant"
)

// tableOf is where a kind's slugs are.
func tableOf(kind string) bun.Safe {
	if kind == kindCategory {
		return "product_categories"
	}
	return "products"
}

// freeSlug is the wanted slug, or one made from a name and, where that is taken, numbered: "mug-2".
func freeSlug(ctx context.Context, tx bun.IDB, kind, wanted, name string) (string, error) {
	if wanted != "" {
		return wanted, nil // where it is taken, the database says so
	}
	base := Slugify(name)
	if base == "" {
		base = kind // a name without letters that an address could have
	}
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return "", err
	}
	var free string
	err = tx.NewRaw(`
		SELECT slug FROM (SELECT ?2 AS slug, 1 AS n UNION ALL SELECT ?2 || '-' || n, n FROM generate_series(2, 10000) n) s
		WHERE NOT EXISTS (SELECT 1 FROM ?1 t WHERE t.vendor_id = ?0 AND t.slug = s.slug AND t.deleted_at IS NULL)
		ORDER BY n LIMIT 1`, vendor, tableOf(kind), base).Scan(ctx, &free)
	if err != nil {
		return "", fmt.Errorf("find a free address for %q: %w", name, err)
	}
	return free, nil
}

// Rename gives a product another slug. The old one leads to the product from then on, as do all earlier ones.
// Another version than the current one is fault.Conflict, a slug that is taken fault.Invalid.
func Rename(ctx context.Context, db bun.IDB, productID int64, version int, newSlug string, by audit.By) error {
	return rename(ctx, db, kindProduct, productID, version, newSlug, by)
}

// RenameCategory gives a category another slug, as Rename does a product.
func RenameCategory(ctx context.Context, db bun.IDB, categoryID int64, version int, newSlug string, by audit.By) error {
	return rename(ctx, db, kindCategory, categoryID, version, newSlug, by)
}

func rename(ctx context.Context, db bun.IDB, kind string, id int64, version int, newSlug string, by audit.By) error {
	to := Slugify(newSlug)
	if to == "" {
		return fault.Field("slug", "Use letters and digits.")
	}
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	err = db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		from, err := lockSlug(ctx, tx, kind, id, version)
		if err != nil || from == to {
			return err
		}
		_, err = tx.NewRaw(`UPDATE ?1 SET slug = ?3, version = version + 1, updated_at = now() WHERE vendor_id = ?0 AND id = ?2`,
			vendor, tableOf(kind), id, to).Exec(ctx)
		if err != nil {
			return err
		}
		// Redirects name the thing, not an address, so chains cannot come about. The new address needs none.
		_, err = tx.NewRaw(`
			WITH own AS (DELETE FROM slug_redirects WHERE vendor_id = ?0 AND kind = ?1 AND slug = ?4)
			INSERT INTO slug_redirects (vendor_id, kind, slug, target_id) VALUES (?0, ?1, ?3, ?2)
			ON CONFLICT (vendor_id, kind, slug) DO UPDATE SET target_id = excluded.target_id, created_at = now()`,
			vendor, kind, id, from, to).Exec(ctx)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, by.Entry(kind+".renamed", fmt.Sprintf("%s:%d", kind, id),
			map[string]string{"slug": from}, map[string]string{"slug": to}))
	})
	if err != nil {
		return fmt.Errorf("rename %s %d: %w", kind, id, asFault(err))
	}
	return nil
}

// lockSlug reads the slug of a thing that is about to change and checks that nobody changed it meanwhile.
func lockSlug(ctx context.Context, tx bun.Tx, kind string, id int64, version int) (string, error) {
	vendor, err := tenant.Vendor(ctx)
	if err != nil {
		return "", err
	}
	var row struct {
		Slug    string
		Version int
	}
	err = tx.NewRaw(`SELECT slug, version FROM ?1 WHERE vendor_id = ?0 AND id = ?2 AND deleted_at IS NULL FOR UPDATE`,
		vendor, tableOf(kind), id).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.NotFound.With("There is no such %s.", kind)
	}
	if err == nil && row.Version != version {
		err = changedMeanwhile(kind)
	}
	return row.Slug, err
}

func changedMeanwhile(what string) error {
	return fault.Conflict.With("Somebody else changed this %s meanwhile. Reload it and make your change again.", what)
}
