package order

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
)

const attempts = 4

// transact runs do in a transaction, and again where PostgreSQL ended it for the sake of another one: a serialization
// failure (40001) or a deadlock (40P01), of which its manual says to retry the whole transaction.
func transact(ctx context.Context, db *bun.DB, do func(context.Context, bun.Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := db.RunInTx(ctx, nil, do)
		ended, ok := errors.AsType[*pgconn.PgError](err)
		if !ok || attempt == attempts || (ended.Code != "40001" && ended.Code != "40P01") {
			return err
		}
	}
}
