package tenant

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// Owned is embedded, by value, in the Bun model of every vendor-owned table. It holds the vendor's id and scopes the
// model's queries to the vendor in the context; without a scope they fail with ErrNoScope.
//
// Bun runs these hooks for Scan, Exec and has-many relations, not for Count, Exists, joins, subqueries, TableExpr or
// raw SQL, and a WhereOr slips past the condition. There row-level security answers alone, so such queries name
// vendor_id themselves: for the index, not for safety.
//
// A model with a BeforeAppendModel of its own hides this one: call Owned.BeforeAppendModel from it.
type Owned struct {
	// VendorID is stamped by the hooks in a vendor's scope; in the platform's scope the caller sets it.
	VendorID int64 `bun:"vendor_id,pk"`
}

var (
	_ bun.BeforeSelectHook         = (*Owned)(nil)
	_ bun.BeforeInsertHook         = (*Owned)(nil)
	_ bun.BeforeUpdateHook         = (*Owned)(nil)
	_ bun.BeforeDeleteHook         = (*Owned)(nil)
	_ schema.BeforeAppendModelHook = (*Owned)(nil)
)

const ownRows = "?TableAlias.vendor_id = ?"

// BeforeSelect restricts a read to the vendor's rows.
func (*Owned) BeforeSelect(ctx context.Context, q *bun.SelectQuery) error {
	return restrict(ctx, func(id int64) { q.Where(ownRows, id) })
}

// BeforeUpdate restricts an update to the vendor's rows.
func (*Owned) BeforeUpdate(ctx context.Context, q *bun.UpdateQuery) error {
	return restrict(ctx, func(id int64) { q.Where(ownRows, id) })
}

// BeforeDelete restricts a delete, hard or soft, to the vendor's rows.
func (*Owned) BeforeDelete(ctx context.Context, q *bun.DeleteQuery) error {
	return restrict(ctx, func(id int64) { q.Where(ownRows, id) })
}

// BeforeInsert refuses an insert without a scope. The rows themselves are looked at by BeforeAppendModel.
func (*Owned) BeforeInsert(ctx context.Context, _ *bun.InsertQuery) error {
	return restrict(ctx, func(int64) {})
}

// BeforeAppendModel stamps the vendor on the row, so that WherePK and inserts need not name it, and refuses to write
// a row of another vendor (ErrForeignVendor). In the platform's scope an inserted row must name its vendor
// (ErrUnnamedVendor).
func (o *Owned) BeforeAppendModel(ctx context.Context, q schema.Query) error {
	operation := q.Operation()
	if IsPlatform(ctx) {
		if operation == "INSERT" && o.VendorID == 0 {
			return fmt.Errorf("insert into %s: %w", q.GetTableName(), ErrUnnamedVendor)
		}
		return nil
	}
	id, err := Vendor(ctx)
	if err != nil {
		return err
	}
	switch o.VendorID {
	case id:
	case 0:
		o.VendorID = id
	default:
		// A stale row as the destination of a read is harmless: the read has its own condition.
		if operation != "SELECT" {
			return fmt.Errorf("%s %s of vendor %d as vendor %d: %w",
				operation, q.GetTableName(), o.VendorID, id, ErrForeignVendor)
		}
	}
	return nil
}

func restrict(ctx context.Context, to func(vendorID int64)) error {
	if IsPlatform(ctx) {
		return nil
	}
	id, err := Vendor(ctx)
	if err != nil {
		return err
	}
	to(id)
	return nil
}
