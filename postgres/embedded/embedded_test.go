package embedded_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"orion/postgres/embedded"
)

func TestQuick(t *testing.T) {
	for _, bin := range []string{"", "/usr/lib/postgresql/15/bin"} {
		begun := time.Now()
		s, err := embedded.Start(t.Context(), embedded.Options{Temporary: true, BinDir: bin})
		if err != nil {
			t.Fatal(err)
		}
		t.Log(time.Since(begun), s.URL())
		conn, err := pgx.Connect(t.Context(), s.URL())
		if err != nil {
			t.Fatal(err)
		}
		var v string
		conn.QueryRow(t.Context(), "select version() || (select string_agg(x, ',' order by x) from (values ('Z'),('ä'),('b')) v(x)) || lower('Ä')").Scan(&v)
		t.Log(v)
		for _, e := range []string{"pg_trgm", "unaccent", "citext"} {
			_, err = conn.Exec(t.Context(), "create extension "+e)
			if err != nil {
				t.Fatal(err)
			}
		}
		conn.Close(t.Context())
		begun = time.Now()
		if err := s.Stop(context.Background()); err != nil {
			t.Fatal(err)
		}
		t.Log(time.Since(begun))
	}
}
