package postgres

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"orion/model/tenant"
)

// ErrNotPlatform is returned by DB.Platform for a context that was not made by tenant.AsPlatform.
var ErrNotPlatform = errors.New("the platform's connections need tenant.AsPlatform")

// vendorKey finds, in a connection's own data, the vendor that its session is set to.
const vendorKey = "orion.vendor"

// prepareVendor sets the connection to the vendor of the context that takes it, unless it is already. Without a scope
// there is no connection. A connection whose SET did not surely succeed is destroyed: its session may still be the
// previous vendor's.
func prepareVendor(ctx context.Context, conn *pgx.Conn) (keep bool, err error) {
	id, err := tenant.Vendor(ctx)
	if err != nil {
		return true, fmt.Errorf("take a connection: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return true, err
	}
	data := conn.PgConn().CustomData()
	if data[vendorKey] == id {
		return true, nil
	}
	delete(data, vendorKey)
	if _, err := conn.Exec(ctx, "SET app.vendor_id = '"+strconv.FormatInt(id, 10)+"'"); err != nil {
		if conn.IsClosed() && ctx.Err() == nil {
			return false, nil // the server went away while the connection was idle: the pool tries a new one
		}
		return false, fmt.Errorf("set the connection's vendor: %w", err)
	}
	data[vendorKey] = id
	return true, nil
}

// preparePlatform lets only the platform's scope have a connection. What it may see was set when it connected.
func preparePlatform(ctx context.Context, _ *pgx.Conn) (keep bool, err error) {
	if !tenant.IsPlatform(ctx) {
		return true, fmt.Errorf("take a connection: %w", ErrNotPlatform)
	}
	return true, nil
}
