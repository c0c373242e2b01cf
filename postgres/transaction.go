package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// errNested is returned by what would begin, commit or roll back: whoever began the transaction does that.
var errNested = errors.New("the transaction is only lent: whoever began it ends it")

// PgxTx lends the transaction to what speaks pgx, on the transaction's own connection and without asking the server
// anything. It cannot be committed or rolled back, must not be used once tx has ended, nor while a statement of tx runs.
func PgxTx(ctx context.Context, tx *sql.Tx) (pgx.Tx, error) {
	var found connFinder
	// pgx shows the connection to an argument that may rewrite the statement; this one looks and sends nothing.
	_, err := tx.ExecContext(ctx, "", &found)
	if found.conn == nil {
		return nil, fmt.Errorf("find the transaction's connection: %w", err)
	}
	return lentTx(found), nil
}

// connFinder remembers the connection that it is shown.
type connFinder struct{ conn *pgx.Conn }

var errFound = errors.New("found the connection")

// RewriteQuery stops the statement before it is sent.
func (f *connFinder) RewriteQuery(_ context.Context, conn *pgx.Conn, _ string, _ []any) (string, []any, error) {
	f.conn = conn
	return "", nil, errFound
}

// lentTx is a connection on which somebody else has begun a transaction.
type lentTx struct{ conn *pgx.Conn }

// Begin refuses.
func (t lentTx) Begin(context.Context) (pgx.Tx, error) { return nil, errNested }

// Commit refuses.
func (t lentTx) Commit(context.Context) error { return errNested }

// Rollback refuses.
func (t lentTx) Rollback(context.Context) error { return errNested }

// Conn is the transaction's connection.
func (t lentTx) Conn() *pgx.Conn { return t.conn }

// Exec runs a statement without rows.
func (t lentTx) Exec(ctx context.Context, query string, args ...any) (pgconn.CommandTag, error) {
	return t.conn.Exec(ctx, query, args...)
}

// Query runs a statement with rows.
func (t lentTx) Query(ctx context.Context, query string, args ...any) (pgx.Rows, error) {
	return t.conn.Query(ctx, query, args...)
}

// QueryRow runs a statement with one row.
func (t lentTx) QueryRow(ctx context.Context, query string, args ...any) pgx.Row {
	return t.conn.QueryRow(ctx, query, args...)
}

// CopyFrom writes many rows.
func (t lentTx) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	return t.conn.CopyFrom(ctx, table, columns, rows)
}

// SendBatch runs several statements in one round trip.
func (t lentTx) SendBatch(ctx context.Context, batch *pgx.Batch) pgx.BatchResults {
	return t.conn.SendBatch(ctx, batch)
}

// LargeObjects are not lent.
func (t lentTx) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

// Prepare prepares a statement on the connection.
func (t lentTx) Prepare(ctx context.Context, name, query string) (*pgconn.StatementDescription, error) {
	return t.conn.Prepare(ctx, name, query)
}
