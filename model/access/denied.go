package access

import (
	"context"

	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/tenant"
)

// AuditDenied records that somebody was refused something that is there: actor as audit.Entry names them, permission
// what they would have needed ("" where no permission would help), subject what it was about. vendorID is the shop
// that it was in, 0 for the platform.
func AuditDenied(
	ctx context.Context, db bun.IDB, actor string, kind audit.ActorKind, vendorID int64, permission Permission,
	subject, requestID string,
) error {
	return audit.Record(tenant.AsPlatform(ctx), db, audit.Entry{
		ActorKind: kind, Actor: actor, VendorID: vendorID, Action: "access.denied", Subject: subject,
		After: map[string]any{"permission": permission}, RequestID: requestID,
	})
}
