package desk

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/views"
)

// auditRows is how many entries a page of the audit log shows.
const auditRows = 50

// Audit is a page of a vendor's audit log, 0 being the platform's own: the latest entries, or those before the one that
// the query names. ctx and db decide what may be read.
func Audit(ctx context.Context, c *fiber.Ctx, db bun.IDB, shell views.Shell, vendorID int64, address string) (views.Audit, error) {
	before, _ := strconv.ParseInt(c.Query("before"), 10, 64)
	action := strings.TrimSpace(c.Query("q"))
	rows, err := audit.Latest(ctx, db, vendorID, before, auditRows+1, action)
	if err != nil {
		return views.Audit{}, err
	}
	page := views.Audit{Shell: shell, Query: action}
	if len(rows) > auditRows {
		rows = rows[:auditRows]
		older := url.Values{"before": {strconv.FormatInt(rows[auditRows-1].ID, 10)}}
		if action != "" {
			older.Set("q", action)
		}
		page.OlderURL = address + "?" + older.Encode()
	}
	for _, row := range rows {
		page.Rows = append(page.Rows, views.AuditRow{
			At: row.At.In(views.SiteFrom(c).Zone()).Format("2 Jan 2006, 15:04:05"), Who: who(row), Action: row.Action, Subject: row.Subject, Detail: row.After,
		})
	}
	return page, nil
}

func who(row audit.Row) string {
	if row.Actor == "" {
		return string(row.ActorKind)
	}
	return row.Actor
}
