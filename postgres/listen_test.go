package postgres_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

func TestListen(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	db := pgtest.Open(t, url, postgres.Options{})
	platform := tenant.AsPlatform(t.Context())
	send := func(statement string, args ...any) {
		t.Helper()
		if _, err := db.Platform.ExecContext(platform, statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	heard := make(chan string, 100)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // for a failure, not for the test
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		ended <- postgres.Listen(ctx, url, []string{"orion_vendor", `odd "name"`},
			func(channel, payload string) { heard <- channel + " " + payload },
			func() { heard <- "up" }, func() { heard <- "down" })
	}()
	expect := func(want string) {
		t.Helper()
		select {
		case got := <-heard:
			if got != want {
				t.Fatalf("heard %q, want %q", got, want)
			}
		case <-ctx.Done():
			t.Fatalf("heard nothing, want %q", want)
		}
	}
	expect("up")
	send(`NOTIFY "odd ""name""", 'hello'`)
	expect(`odd "name" hello`)
	send("INSERT INTO vendors (id, slug, name) VALUES (77, 'kaffa', 'Kaffa')")
	expect("orion_vendor 77")

	for range 2 {
		send(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE application_name = 'orion listen' AND datname = current_database()`)
		expect("down")
		expect("up")
		send("SELECT pg_notify('orion_vendor', 'again')")
		expect("orion_vendor again")
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Listen ended with %v, want context.Canceled", err)
	}
}

func TestListenSaysThatItsURLIsWrong(t *testing.T) {
	t.Parallel()
	nothing := func() {}
	err := postgres.Listen(t.Context(), "postgres://localhost:notaport/", nil, func(_, _ string) {}, nothing, nothing)
	if err == nil || t.Context().Err() != nil {
		t.Errorf("Listen: %v, want an error about the URL", err)
	}
}
