package order

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/form"
)

// ByNumber is an order with its items and history, for who may see it: fault.NotFound where there is none. Three
// queries.
func ByNumber(ctx context.Context, db bun.IDB, number int64) (*Order, error) {
	return find(ctx, db, "ord.number = ?", number)
}

// Find is the order of a number that was placed with an e-mail address. Where there is no such order and where the
// address is another one, the answer is the same, by the same query: fault.NotFound.
func Find(ctx context.Context, db bun.IDB, number int64, email string) (*Order, error) {
	if !form.Readable(email, "") {
		return nil, notFound()
	}
	return find(ctx, db, "ord.number = ? AND ord.email = ?", number, strings.TrimSpace(email))
}

// ParseNumber reads an order's number as buyers type it: with the shop's prefix or without, with # or spaces.
func ParseNumber(text, prefix string) (int64, bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	text = strings.TrimSpace(strings.TrimPrefix(text, "#"))
	text = strings.TrimPrefix(text, strings.ToUpper(prefix))
	number, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	return number, err == nil && number > 0
}

func find(ctx context.Context, db bun.IDB, where string, args ...any) (*Order, error) {
	found := new(Order)
	err := db.NewSelect().Model(found).Where(where, args...).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, notFound()
	}
	if err != nil {
		return nil, fmt.Errorf("find an order: %w", err)
	}
	if err := db.NewSelect().Model(&found.Items).Where("oi.order_id = ?", found.ID).Order("oi.id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("find an order's items: %w", err)
	}
	if err := db.NewSelect().Model(&found.History).Where("oh.order_id = ?", found.ID).Order("oh.id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("find an order's history: %w", err)
	}
	return found, nil
}

func notFound() error {
	return fault.NotFound.With("We found no order with this number and e-mail address. Check both, or write to the shop.")
}
