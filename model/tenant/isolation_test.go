package tenant_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// anyRow stands for a row of whichever table ModelTableExpr names.
type anyRow struct {
	bun.BaseModel `bun:"table:any,alias:r"`
	tenant.Owned
}

// reach is one table, tried in the scope of one vendor, with names for the queries.
type reach struct {
	*shops
	ctx     context.Context
	table   bun.Ident
	column  bun.Ident
	owned   ownedTable
	from    string // "table AS r", for ModelTableExpr
	ownRows int    // how many rows the vendor has in the table
}

// reads are the ways to look at a table. Each returns the vendor ids of the rows it got.
var reads = map[string]func(r reach, db bun.IDB) ([]int64, error){
	"raw": func(r reach, db bun.IDB) (ids []int64, err error) {
		return ids, db.NewRaw("SELECT ? FROM ?", r.column, r.table).Scan(r.ctx, &ids)
	},
	"raw, asking for the others": func(r reach, db bun.IDB) (ids []int64, err error) {
		return ids, db.NewRaw("SELECT ? FROM ? WHERE ? = ? OR TRUE", r.column, r.table, r.column, r.them).Scan(r.ctx, &ids)
	},
	"raw, FOR SHARE": func(r reach, db bun.IDB) (ids []int64, err error) {
		return ids, db.NewRaw("SELECT ? FROM ? FOR SHARE", r.column, r.table).Scan(r.ctx, &ids)
	},
	"QueryContext": func(r reach, db bun.IDB) ([]int64, error) {
		return scanIDs(db.QueryContext(r.ctx, "SELECT ? FROM ?", r.column, r.table))
	},
	"TableExpr": func(r reach, db bun.IDB) (ids []int64, err error) {
		return ids, db.NewSelect().TableExpr("?", r.table).ColumnExpr("?", r.column).Scan(r.ctx, &ids)
	},
	"Count": func(r reach, db bun.IDB) ([]int64, error) {
		count, err := db.NewSelect().TableExpr("?", r.table).Count(r.ctx)
		return r.asIDs(count), err
	},
	"join with every vendor": func(r reach, db bun.IDB) (ids []int64, err error) {
		return ids, db.NewSelect().TableExpr("vendors AS v").ColumnExpr("r.?", r.column).
			Join("JOIN ? AS r ON TRUE", r.table).Scan(r.ctx, &ids)
	},
	"left join": func(r reach, db bun.IDB) (ids []int64, err error) {
		return ids, db.NewSelect().TableExpr("generate_series(0, 9) AS g (id)").ColumnExpr("DISTINCT r.?", r.column).
			Join("LEFT JOIN ? AS r ON TRUE", r.table).Where("r.? IS NOT NULL", r.column).Scan(r.ctx, &ids)
	},
	"subquery": func(r reach, db bun.IDB) (ids []int64, err error) {
		inner := db.NewSelect().TableExpr("?", r.table).ColumnExpr("? AS id", r.column)
		return ids, db.NewSelect().TableExpr("(?) AS s", inner).ColumnExpr("s.id").Scan(r.ctx, &ids)
	},
	"union": func(r reach, db bun.IDB) (ids []int64, err error) {
		part := db.NewSelect().TableExpr("?", r.table).ColumnExpr("?", r.column)
		return ids, db.NewSelect().TableExpr("?", r.table).ColumnExpr("?", r.column).Union(part).Scan(r.ctx, &ids)
	},
	"with": func(r reach, db bun.IDB) (ids []int64, err error) {
		part := db.NewSelect().TableExpr("?", r.table).ColumnExpr("? AS id", r.column)
		return ids, db.NewSelect().With("w", part).TableExpr("w").ColumnExpr("id").Scan(r.ctx, &ids)
	},
	"data-modifying with": func(r reach, db bun.IDB) (ids []int64, err error) {
		return ids, db.NewRaw("WITH w AS (DELETE FROM ? WHERE ? = ? RETURNING ? AS id) SELECT id FROM w",
			r.table, r.column, r.them, r.column).Scan(r.ctx, &ids)
	},
}

// modelReads go through a model that embeds Owned, so they do not fit vendors itself, which has no vendor_id.
var modelReads = map[string]func(r reach, db bun.IDB) ([]int64, error){
	"Scan": func(r reach, db bun.IDB) ([]int64, error) {
		var rows []anyRow
		err := db.NewSelect().Model(&rows).ModelTableExpr(r.from).Scan(r.ctx)
		return vendorsOf(rows), err
	},
	"Scan with WhereOr": func(r reach, db bun.IDB) ([]int64, error) {
		var rows []anyRow
		err := db.NewSelect().Model(&rows).ModelTableExpr(r.from).Where("TRUE").WhereOr("FALSE").Scan(r.ctx)
		return vendorsOf(rows), err
	},
	"Count of a model": func(r reach, db bun.IDB) ([]int64, error) {
		count, err := db.NewSelect().Model((*anyRow)(nil)).ModelTableExpr(r.from).Count(r.ctx)
		return r.asIDs(count), err
	},
	"Count with WhereOr": func(r reach, db bun.IDB) ([]int64, error) {
		count, err := db.NewSelect().Model((*anyRow)(nil)).ModelTableExpr(r.from).Where("TRUE").WhereOr("FALSE").Count(r.ctx)
		return r.asIDs(count), err
	},
	"ScanAndCount": func(r reach, db bun.IDB) ([]int64, error) {
		var rows []anyRow
		count, err := db.NewSelect().Model(&rows).ModelTableExpr(r.from).ScanAndCount(r.ctx)
		return append(vendorsOf(rows), r.asIDs(count)...), err
	},
	"Exists": func(r reach, db bun.IDB) ([]int64, error) {
		found, err := db.NewSelect().Model((*anyRow)(nil)).ModelTableExpr(r.from).
			Where("r.vendor_id = ?", r.them).Exists(r.ctx)
		if found {
			return []int64{r.them}, err
		}
		return nil, err
	},
	"WherePK of another's row": func(r reach, db bun.IDB) ([]int64, error) {
		row := anyRow{Owned: tenant.Owned{VendorID: r.them}}
		err := db.NewSelect().Model(&row).ModelTableExpr(r.from).WherePK().Limit(1).Scan(r.ctx)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return nil, nil
		case err != nil:
			return nil, err
		}
		return []int64{row.VendorID}, nil
	},
	"Rows": func(r reach, db bun.IDB) ([]int64, error) {
		return scanIDs(db.NewSelect().Model((*anyRow)(nil)).ModelTableExpr(r.from).Column("vendor_id").Rows(r.ctx))
	},
}

// asIDs makes a count into ids: the vendor's own as far as they go, anything beyond being another's.
func (r reach) asIDs(count int64) []int64 {
	ids := make([]int64, count)
	for i := range ids {
		ids[i] = r.mine
		if i >= r.ownRows {
			ids[i] = r.them
		}
	}
	return ids
}

func vendorsOf(rows []anyRow) (ids []int64) {
	for _, row := range rows {
		ids = append(ids, row.VendorID)
	}
	return ids
}

func scanIDs(rows *sql.Rows, err error) (ids []int64, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// eachTable runs a subtest for every vendor-owned table, then sees that the other vendor's rows are as they were.
func eachTable(t *testing.T, try func(t *testing.T, r reach)) {
	s := newShops(t)
	for _, table := range s.tables {
		t.Run(table.Name, func(t *testing.T) {
			before := s.rows(t, table, s.them)
			try(t, reach{
				shops: s, ctx: tenant.With(t.Context(), s.mine), owned: table,
				table: bun.Ident(table.Name), column: bun.Ident(table.Column),
				from: table.Name + " AS r", ownRows: len(s.rows(t, table, s.mine)),
			})
			if after := s.rows(t, table, s.them); !slices.Equal(before, after) {
				t.Errorf("another vendor's rows changed\nfrom %v\nto   %v", before, after)
			}
		})
	}
}

func (r reach) reads() map[string]func(reach, bun.IDB) ([]int64, error) {
	all := make(map[string]func(reach, bun.IDB) ([]int64, error))
	for name, read := range reads {
		all[name] = read
	}
	if r.owned.Column == "vendor_id" {
		for name, read := range modelReads {
			all[name] = read
		}
	}
	return all
}

func TestReadsFindOnlyTheVendorsRows(t *testing.T) {
	t.Parallel()
	eachTable(t, func(t *testing.T, r reach) {
		try := func(where string, db bun.IDB) {
			for name, read := range r.reads() {
				ids, err := read(r, db)
				if err != nil {
					t.Errorf("%s %s: %v", where, name, err)
				}
				looksForOthers := name == "Exists" || strings.HasPrefix(name, "WherePK") || strings.HasPrefix(name, "data-mod")
				if len(ids) == 0 && !looksForOthers {
					t.Errorf("%s %s: the vendor's own rows are missing", where, name)
				}
				if slices.ContainsFunc(ids, func(id int64) bool { return id != r.mine }) {
					t.Errorf("%s %s: vendor %d got rows of %v", where, name, r.mine, ids)
				}
			}
		}
		try("outside a transaction,", r.db.Shop)
		inTransaction(t, r, func(tx bun.Tx) { try("in a transaction,", tx) })
		inTransaction(t, r, func(tx bun.Tx) {
			savepoint, err := tx.BeginTx(r.ctx, nil)
			if err != nil {
				t.Fatal(err)
			}
			try("in a savepoint,", savepoint)
		})
		conn, err := r.db.Shop.Conn(r.ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		try("on a connection,", conn)
	})
}

func inTransaction(t *testing.T, r reach, do func(bun.Tx)) {
	t.Helper()
	tx, err := r.db.Shop.BeginTx(r.ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	do(tx)
}

// TestPgxFindsOnlyTheVendorsRows goes around Bun and database/sql, to the pool itself.
func TestPgxFindsOnlyTheVendorsRows(t *testing.T) {
	t.Parallel()
	eachTable(t, func(t *testing.T, r reach) {
		query := "SELECT " + r.owned.Column + " FROM " + r.owned.Name
		rows, err := r.db.ShopPool.Query(r.ctx, query)
		if err != nil {
			t.Fatal(err)
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil || len(ids) != r.ownRows || slices.Contains(ids, r.them) {
			t.Errorf("pgx: %v, %v; want %d of %d", ids, err, r.ownRows, r.mine)
		}
		conn, err := r.db.ShopPool.Acquire(r.ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Release()
		var copied bytes.Buffer
		if _, err := conn.Conn().PgConn().CopyTo(r.ctx, &copied, "COPY ("+query+") TO STDOUT"); err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(copied.Bytes(), []byte("\n")); lines != r.ownRows {
			t.Errorf("COPY: %d rows, want %d", lines, r.ownRows)
		}
	})
}

func TestWritesMissAnotherVendorsRows(t *testing.T) {
	t.Parallel()
	statements := map[string]string{
		"update":       "UPDATE ?0 SET ?1 = ?1 WHERE ?1 = ?2",
		"take over":    "UPDATE ?0 SET ?1 = ?3 WHERE ?1 = ?2",
		"delete":       "DELETE FROM ?0 WHERE ?1 = ?2",
		"delete using": "DELETE FROM ?0 AS r USING vendors AS v WHERE r.?1 = ?2",
		"merge":        "MERGE INTO ?0 AS r USING (SELECT 1) AS s ON r.?1 = ?2 WHEN MATCHED THEN DELETE",
	}
	eachTable(t, func(t *testing.T, r reach) {
		for name, statement := range statements {
			missed(r.ctx, t, name, r.db.Shop.NewRaw(statement, r.table, r.column, r.them, r.mine).Exec)
		}
		if r.owned.Column != "vendor_id" {
			return
		}
		// The hook's condition comes last, so here it binds to FALSE alone.
		update := r.db.Shop.NewUpdate().Model((*anyRow)(nil)).ModelTableExpr(r.from).Set("vendor_id = ?", r.mine).
			Where("r.vendor_id = ?", r.them).WhereOr("FALSE")
		missed(r.ctx, t, "Bun update", update.Exec)
		remove := r.db.Shop.NewDelete().Model((*anyRow)(nil)).ModelTableExpr(r.from).
			Where("r.vendor_id = ?", r.them).WhereOr("FALSE")
		missed(r.ctx, t, "Bun delete", remove.Exec)
	})
}

func missed(ctx context.Context, t *testing.T, name string, exec func(context.Context, ...any) (sql.Result, error)) {
	t.Helper()
	result, err := exec(ctx)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if n, _ := result.RowsAffected(); n != 0 {
		t.Errorf("%s: %d rows of another vendor", name, n)
	}
}

func TestWritesCannotMakeAnotherVendorsRows(t *testing.T) {
	t.Parallel()
	eachTable(t, func(t *testing.T, r reach) {
		theirs, own := r.rows(t, r.owned, r.them)[0], r.rows(t, r.owned, r.mine)[0]
		var columns string
		ask(t, r.db, &columns, `SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
			WHERE table_name = ? AND is_generated = 'NEVER'`, r.owned.Name)
		insert := fmt.Sprintf("INSERT INTO %[1]s (%[2]s) OVERRIDING SYSTEM VALUE "+
			"SELECT %[2]s FROM jsonb_populate_recordset(NULL::%[1]s, ?::jsonb)", r.owned.Name, columns)
		for name, write := range map[string]struct {
			statement string
			args      []any
		}{
			"insert":                     {insert, []any{"[" + theirs + "]"}},
			"bulk insert":                {insert, []any{"[" + own + "," + theirs + "]"}},
			"insert, on conflict ignore": {insert + " ON CONFLICT DO NOTHING", []any{"[" + theirs + "]"}},
			"give away":                  {"UPDATE ? SET ? = ?", []any{r.table, r.column, r.them}},
			"truncate":                   {"TRUNCATE ? CASCADE", []any{r.table}},
		} {
			_, err := r.db.Shop.NewRaw(write.statement, write.args...).Exec(r.ctx)
			refused(t, name, err)
		}
		_, err := r.db.ShopPool.CopyFrom(r.ctx, pgx.Identifier{r.owned.Name}, []string{r.owned.Column},
			pgx.CopyFromRows([][]any{{r.them}}))
		refused(t, "COPY FROM", err)
		if r.owned.Column != "vendor_id" {
			return
		}
		for name, rows := range map[string][]anyRow{
			"Bun insert":      {{Owned: tenant.Owned{VendorID: r.them}}},
			"Bun bulk insert": {{}, {Owned: tenant.Owned{VendorID: r.them}}},
		} {
			_, err := r.db.Shop.NewInsert().Model(&rows).ModelTableExpr(r.owned.Name).Exec(r.ctx)
			if !errors.Is(err, tenant.ErrForeignVendor) {
				t.Errorf("%s: %v, want ErrForeignVendor", name, err)
			}
		}
		own0 := anyRow{}
		_, err = r.db.Shop.NewInsert().Model(&own0).ModelTableExpr(r.owned.Name).Value("vendor_id", "?", r.them).Exec(r.ctx)
		refused(t, "Bun insert with Value", err)
	})
}

// refused wants an error of row security, or of another rule that stood in the way first.
func refused(t *testing.T, name string, err error) {
	t.Helper()
	var pgErr *pgconn.PgError
	if !errors.As(err, &pgErr) {
		t.Errorf("%s: %v, want a refusal by the database", name, err)
		return
	}
	switch pgErr.Code {
	case "42501", // insufficient_privilege: row security, and refuse_truncate
		"23001", // restrict_violation: append-only
		"0A000", // feature_not_supported: COPY FROM with row security
		"23505", // unique_violation, by the bulk insert's own row
		"23502": // not_null_violation, by the column that a row of no table lacks
	default:
		t.Errorf("%s: refused with %s (%s)", name, pgErr.Code, pgErr.Message)
	}
}

func TestWithoutAVendorEveryQueryFails(t *testing.T) {
	t.Parallel()
	eachTable(t, func(t *testing.T, r reach) {
		for scope, ctx := range map[string]context.Context{
			"no scope":         t.Context(),
			"vendor 0":         tenant.With(t.Context(), 0),
			"vendor -1":        tenant.With(t.Context(), -1),
			"the platform's":   tenant.AsPlatform(t.Context()),
			"vendor, then not": tenant.With(r.ctx, 0),
		} {
			r.ctx = ctx
			for name, read := range r.reads() {
				if ids, err := read(r, r.db.Shop); !errors.Is(err, tenant.ErrNoScope) || len(ids) > 0 {
					t.Errorf("%s, %s: %v, %v; want ErrNoScope and no row", scope, name, ids, err)
				}
			}
			if _, err := r.db.Shop.BeginTx(ctx, nil); !errors.Is(err, tenant.ErrNoScope) {
				t.Errorf("%s, BeginTx: %v, want ErrNoScope", scope, err)
			}
		}
	})
}

// TestASessionWithoutAVendorFails is the wall by itself: a connection that Orion did not prepare.
func TestASessionWithoutAVendorFails(t *testing.T) {
	t.Parallel()
	s := newShops(t)
	conn, err := pgx.Connect(t.Context(), s.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for _, table := range s.tables {
		for _, query := range []string{"SELECT count(*) FROM ", "SELECT * FROM ", "DELETE FROM "} {
			if _, err := conn.Exec(t.Context(), query+table.Name); err == nil {
				t.Errorf("%s%s: no error", query, table.Name)
			}
		}
	}
}
