package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"

	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

// mall is a database with some vendors, whose slugs say which is which.
type mall struct {
	url     string
	vendors []int64
	slugs   map[int64]string
}

func newMall(t *testing.T, size int) mall {
	t.Helper()
	m := mall{url: pgtest.URL(t), slugs: make(map[int64]string)}
	db := pgtest.Open(t, m.url, postgres.Options{})
	for i := range size {
		slug := fmt.Sprintf("shop-%d", i)
		id := pgtest.Vendor(t, db, slug)
		m.vendors = append(m.vendors, id)
		m.slugs[id] = slug
	}
	return m
}

// look reads every vendor that the connection shows, and fails the test unless it is exactly the one of the scope.
func (m mall) look(ctx context.Context, db bun.IDB, vendorID int64) error {
	var slugs []string
	if err := db.NewRaw("SELECT slug FROM vendors").Scan(tenant.With(ctx, vendorID), &slugs); err != nil {
		return err
	}
	if len(slugs) != 1 || slugs[0] != m.slugs[vendorID] {
		return wrongRows{fmt.Sprintf("vendor %d (%s) sees %v", vendorID, m.slugs[vendorID], slugs)}
	}
	return nil
}

// wrongRows is the one error that no test forgives.
type wrongRows struct{ message string }

func (w wrongRows) Error() string { return w.message }

func (m mall) mustLook(t *testing.T, db bun.IDB, vendorID int64) {
	t.Helper()
	if err := m.look(t.Context(), db, vendorID); err != nil {
		t.Error(err)
	}
}

func TestEachPoolRefusesTheOthersScope(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	if _, err := db.Shop.ExecContext(tenant.AsPlatform(t.Context()), "SELECT 1"); !errors.Is(err, tenant.ErrNoScope) {
		t.Errorf("the platform's scope on Shop: %v, want ErrNoScope", err)
	}
	for name, ctx := range map[string]context.Context{"no": t.Context(), "a vendor's": tenant.With(t.Context(), 1)} {
		if _, err := db.Platform.ExecContext(ctx, "SELECT 1"); !errors.Is(err, postgres.ErrNotPlatform) {
			t.Errorf("%s scope on Platform: %v, want ErrNotPlatform", name, err)
		}
	}
}

func TestTheSameVendorCostsNoRoundTrip(t *testing.T) {
	t.Parallel()
	m := newMall(t, 2)
	p := newProxy(t, m.url)
	db := pgtest.Open(t, p.url, postgres.Options{ShopConns: 1})
	m.mustLook(t, db.Shop, m.vendors[0])
	p.spoil.Store(true) // any further SET would fail
	for range 3 {
		m.mustLook(t, db.Shop, m.vendors[0])
	}
	if err := m.look(t.Context(), db.Shop, m.vendors[1]); err == nil {
		t.Error("another vendor was served without a SET")
	}
}

func TestASetThatFailsShowsNoRow(t *testing.T) {
	t.Parallel()
	m := newMall(t, 2)
	p := newProxy(t, m.url)
	db := pgtest.Open(t, p.url, postgres.Options{ShopConns: 1})
	for range 3 {
		m.mustLook(t, db.Shop, m.vendors[0])
		p.spoil.Store(true)
		err := m.look(t.Context(), db.Shop, m.vendors[1])
		var pgErr *pgconn.PgError
		if !errors.As(err, &pgErr) || pgErr.Code != "42601" {
			t.Errorf("look with a failing SET: %v, want the server's syntax error", err)
		}
		if tx, err := db.Shop.BeginTx(tenant.With(t.Context(), m.vendors[1]), nil); err == nil {
			t.Error("a transaction began with a failing SET")
			_ = tx.Rollback() // else the pool waits for its connection
		}
		p.spoil.Store(false)
		m.mustLook(t, db.Shop, m.vendors[1])
	}
}

func TestACancelledSetShowsNoRow(t *testing.T) {
	t.Parallel()
	m := newMall(t, 2)
	p := newProxy(t, m.url)
	db := pgtest.Open(t, p.url, postgres.Options{ShopConns: 1})
	m.mustLook(t, db.Shop, m.vendors[0])
	p.stall.Store(true)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-p.stalled
		p.stall.Store(false)
		cancel()
	}()
	if err := m.look(ctx, db.Shop, m.vendors[1]); !errors.Is(err, context.Canceled) {
		t.Errorf("look: %v, want context.Canceled", err)
	}
	close(p.hangUp)
	m.mustLook(t, db.Shop, m.vendors[0])
	m.mustLook(t, db.Shop, m.vendors[1])
}

// whenAsleep waits until a session of the database is inside pg_sleep, then calls then.
func whenAsleep(t *testing.T, db *postgres.DB, then func()) {
	ctx := tenant.AsPlatform(t.Context())
	for ctx.Err() == nil {
		asleep, err := db.Platform.NewSelect().TableExpr("pg_stat_activity").
			Where("datname = current_database()").Where("wait_event = 'PgSleep'").Exists(ctx)
		if err != nil {
			t.Error(err)
			break
		}
		if asleep {
			break
		}
	}
	then()
}

func TestACancelledRequestLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	m := newMall(t, 2)
	db := pgtest.Open(t, m.url, postgres.Options{ShopConns: 1})
	sleep := func(ctx context.Context) error {
		_, err := db.Shop.ExecContext(ctx, "SELECT pg_sleep(60)")
		return err
	}
	for name, work := range map[string]func(context.Context) error{
		"a query": sleep,
		"a transaction": func(ctx context.Context) error {
			return db.Shop.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
				if _, err := tx.ExecContext(ctx, "UPDATE vendors SET name = 'half done'"); err != nil {
					return err
				}
				_, err := tx.ExecContext(ctx, "SELECT pg_sleep(60)")
				return err
			})
		},
	} {
		ctx, cancel := context.WithCancel(tenant.With(t.Context(), m.vendors[0]))
		go whenAsleep(t, db, cancel)
		if err := work(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want context.Canceled", name, err)
		}
		m.mustLook(t, db.Shop, m.vendors[1])
		m.mustLook(t, db.Shop, m.vendors[0])
	}
	halfDone, err := db.Platform.NewSelect().TableExpr("vendors").Where("name = 'half done'").
		Exists(tenant.AsPlatform(t.Context()))
	if err != nil || halfDone {
		t.Errorf("half done: %v, %v", halfDone, err)
	}
}

func TestAScopeThatIsOverGetsNoConnection(t *testing.T) {
	t.Parallel()
	m := newMall(t, 1)
	db := pgtest.Open(t, m.url, postgres.Options{ShopConns: 1})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := m.look(ctx, db.Shop, m.vendors[0]); !errors.Is(err, context.Canceled) {
		t.Errorf("look: %v, want context.Canceled", err)
	}
	m.mustLook(t, db.Shop, m.vendors[0])
}

// TestAConnectionThatExpiredWhileSomebodyWaited: with database/sql's own pool the waiter got no row and no error.
func TestAConnectionThatExpiredWhileSomebodyWaited(t *testing.T) {
	t.Parallel()
	m := newMall(t, 4)
	db := pgtest.Open(t, m.url, postgres.Options{ShopConns: 1, MaxConnLifetime: time.Millisecond})
	for range 5 {
		tx, err := db.Shop.BeginTx(tenant.With(t.Context(), m.vendors[0]), nil)
		if err != nil {
			t.Fatal(err)
		}
		var waiters sync.WaitGroup
		for _, id := range append(m.vendors, m.vendors...) {
			waiters.Go(func() { m.mustLook(t, db.Shop, id) })
		}
		// Long past its lifetime, and with the others in the queue.
		if _, err := tx.Exec("SELECT pg_sleep(0.02)"); err != nil {
			t.Error(err)
		}
		m.mustLook(t, tx, m.vendors[0])
		if err := tx.Commit(); err != nil {
			t.Error(err)
		}
		waiters.Wait()
	}
	if expired := db.ShopPool.Stat().MaxLifetimeDestroyCount(); expired == 0 {
		t.Error("no connection expired")
	}
}

func TestAConnectionThatTheServerEnded(t *testing.T) {
	t.Parallel()
	m := newMall(t, 2)
	db := pgtest.Open(t, m.url, postgres.Options{ShopConns: 2})
	platform := tenant.AsPlatform(t.Context())
	for range 3 {
		m.mustLook(t, db.Shop, m.vendors[0])
		_, err := db.Platform.ExecContext(platform, `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		if err != nil {
			t.Fatal(err)
		}
		m.mustLook(t, db.Shop, m.vendors[1]) // its SET finds the connection dead, and a new one is made
	}
}

// TestAHundredGoroutinesOnFourConnections changes vendors all the time, in every way at once.
func TestAHundredGoroutinesOnFourConnections(t *testing.T) {
	t.Parallel()
	m := newMall(t, 10)
	db := pgtest.Open(t, m.url, postgres.Options{ShopConns: 4, MaxConnLifetime: 50 * time.Millisecond})
	ways := []func(ctx context.Context, vendorID int64) error{
		func(ctx context.Context, id int64) error { return m.look(ctx, db.Shop, id) },
		func(ctx context.Context, id int64) error {
			count, err := db.Shop.NewSelect().TableExpr("vendors").Where("slug = ?", m.slugs[id]).Count(tenant.With(ctx, id))
			if err == nil && count != 1 {
				return wrongRows{fmt.Sprintf("vendor %d counts %d of itself", id, count)}
			}
			return err
		},
		func(ctx context.Context, id int64) error { // left open, for the rollback to clean up
			tx, err := db.Shop.BeginTx(tenant.With(ctx, id), nil)
			if err != nil {
				return err
			}
			defer tx.Rollback()
			return m.look(ctx, tx, id)
		},
		func(ctx context.Context, id int64) error {
			return db.Shop.RunInTx(tenant.With(ctx, id), nil, func(ctx context.Context, tx bun.Tx) error {
				return m.look(ctx, tx, id)
			})
		},
		func(ctx context.Context, id int64) error { // an error of the server's in a transaction
			tx, err := db.Shop.BeginTx(tenant.With(ctx, id), nil)
			if err != nil {
				return err
			}
			defer tx.Rollback()
			if _, err := tx.ExecContext(ctx, "SELECT 1/0"); err == nil {
				return errors.New("1/0 is something")
			}
			return nil
		},
		func(ctx context.Context, id int64) error { // a visitor who leaves, somewhere on the way
			ctx, cancel := context.WithTimeout(ctx, time.Duration(id%5)*200*time.Microsecond)
			defer cancel()
			err := m.look(ctx, db.Shop, id)
			if wrong := (wrongRows{}); errors.As(err, &wrong) {
				return wrong
			}
			return nil
		},
	}
	var all sync.WaitGroup
	for g := range 100 {
		all.Go(func() {
			for i := range 30 {
				way, id := ways[(g+i)%len(ways)], m.vendors[(g*7+i*3)%len(m.vendors)]
				if err := way(t.Context(), id); err != nil {
					t.Errorf("goroutine %d, way %d: %v", g, (g+i)%len(ways), err)
				}
			}
		})
	}
	all.Wait()
	if most := db.ShopPool.Stat().TotalConns(); most > 4 {
		t.Errorf("%d connections, want at most 4", most)
	}
}
