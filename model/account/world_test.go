package account_test

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"orion/model/account"
	"orion/model/fault"
	"orion/model/letter"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

const (
	secret    = "a secret of the tests, long enough for anybody"
	password  = "correct horse battery"
	another   = "staple mountain river"
	requestID = "r-1"
	link      = "https://kaffa.test/account/reset"
)

var (
	admins  = account.Realm{Kind: account.Admin}
	vendors = account.Realm{Kind: account.Vendor}
)

// world is a database with two shops, and Ada, who is a customer of both with the same password, a user and an admin.
type world struct {
	t            *testing.T
	db           *postgres.DB
	a            *account.Authority
	kaffa, bloom account.Realm
	adaKaffa     int64
	adaBloom     int64
	adaUser      int64

	mutex   sync.Mutex
	now     time.Time
	letters []letter.Letter
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, db: pgtest.New(t), now: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)}
	w.kaffa = account.Realm{Kind: account.Customer, VendorID: pgtest.Vendor(t, w.db, "kaffa")}
	w.bloom = account.Realm{Kind: account.Customer, VendorID: pgtest.Vendor(t, w.db, "bloom")}
	w.a = w.authority(account.Options{})
	hash, err := w.a.HashPassword(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	const customer = `INSERT INTO customers (vendor_id, email, name, password_hash) VALUES (?, 'ada@example.com', 'Ada', ?) RETURNING id`
	w.ask(&w.adaKaffa, customer, w.kaffa.VendorID, hash)
	w.ask(&w.adaBloom, customer, w.bloom.VendorID, hash)
	w.ask(&w.adaUser, `INSERT INTO users (email, name, password_hash, platform_role) VALUES ('ada@example.com', 'Ada', ?, 'admin') RETURNING id`, hash)
	return w
}

// authority is one like the world's own, but for what o says.
func (w *world) authority(o account.Options) *account.Authority {
	w.t.Helper()
	o.Shop, o.Platform, o.Now = w.db.Shop, w.db.Platform, w.clock
	o.Workers = 4
	if o.Cost == 0 {
		o.Cost = 4
	}
	if o.Secret == "" {
		o.Secret = secret
	}
	if o.Enqueue == nil {
		o.Enqueue = w.keepLetter
	}
	made, err := account.New(o)
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

func (w *world) keepLetter(_ context.Context, _ bun.Tx, l letter.Letter) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.letters = append(w.letters, l)
	return nil
}

func (w *world) clock() time.Time {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.now
}

// pass lets time go by.
func (w *world) pass(d time.Duration) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.now = w.now.Add(d)
}

// mailed counts the letters of a kind to somebody.
func (w *world) mailed(kind letter.Kind) (count int) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, l := range w.letters {
		if l.Kind == kind && l.AccountID != 0 {
			count++
		}
	}
	return count
}

// ask reads as the platform.
func (w *world) ask(dest any, query string, args ...any) {
	w.t.Helper()
	if err := w.db.Platform.NewRaw(query, args...).Scan(tenant.AsPlatform(w.t.Context()), dest); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	if _, err := w.db.Platform.NewRaw(query, args...).Exec(tenant.AsPlatform(w.t.Context())); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
}

func (w *world) count(query string, args ...any) (count int) {
	w.t.Helper()
	w.ask(&count, query, args...)
	return count
}

// audited counts the audit log's rows of an action in a realm's part of it.
func (w *world) audited(r account.Realm, action string) int {
	w.t.Helper()
	return w.count(`SELECT count(*) FROM audit_log WHERE vendor_id = ? AND action = ?`, r.VendorID, action)
}

// device is a browser at an address.
func device(address string) account.Device {
	return account.Device{
		UserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Address: netip.MustParseAddr(address),
	}
}

// try signs Ada in, or whoever's e-mail address it is.
func (w *world) try(r account.Realm, email, password string) (account.SignedIn, error) {
	return w.a.SignIn(w.t.Context(), r, email, password, device("192.0.2.1"), requestID)
}

// signIn signs Ada in.
func (w *world) signIn(r account.Realm) account.SignedIn {
	w.t.Helper()
	in, err := w.try(r, "ada@example.com", password)
	if err != nil {
		w.t.Fatal(err)
	}
	return in
}

// lives tells whether a session goes on.
func (w *world) lives(i account.Identity) bool {
	w.t.Helper()
	_, err := w.a.Live(w.t.Context(), i)
	if err != nil && !errors.Is(err, account.ErrEnded) {
		w.t.Fatal(err)
	}
	return err == nil
}

// refused tells whether an error is about a field of what was entered, or about all of it where field is "".
func refused(err error, field string) bool {
	invalid, ok := errors.AsType[*fault.Invalid](err)
	return ok && (field == "" && invalid.Message != "" || invalid.Fields[field] != "")
}
