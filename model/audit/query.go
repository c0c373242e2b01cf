package audit

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Row is an entry as it was recorded.
type Row struct {
	ID        int64
	VendorID  int64 // 0: the platform's own
	At        time.Time
	ActorKind ActorKind
	Actor     string
	Action    string
	Subject   string
	After     string // JSON, "" for none
	RequestID string
}

// Latest lists a vendor's entries (0: the platform's own), newest first: those before the id `before` (0: from the
// newest on), at most limit of them, and only those of an action that begins with action ("" for all). The last one's
// id leads to the next page. One query along the primary key.
func Latest(ctx context.Context, db bun.IDB, vendorID, before int64, limit int, action string) ([]Row, error) {
	query := db.NewSelect().TableExpr("audit_log AS a").
		ColumnExpr("a.id, a.vendor_id, a.at, a.actor_kind, a.actor, a.action, a.subject, coalesce(a.after::text, '') AS after, a.request_id").
		Where("a.vendor_id = ?", vendorID).OrderExpr("a.id DESC").Limit(int64(limit))
	if before > 0 {
		query = query.Where("a.id < ?", before)
	}
	if action != "" {
		query = query.Where("starts_with(a.action, ?)", action)
	}
	var rows []Row
	if err := query.Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("read the audit log: %w", err)
	}
	return rows, nil
}
