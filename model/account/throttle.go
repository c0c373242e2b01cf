package account

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"orion/model/fault"
)

// How many failed tries are free, and how long a subject is blocked after more: twice as long each time.
const (
	freeTries    = 5
	freeAddress  = 50 // an address may be an office or a phone network
	firstBlock   = time.Second
	longestBlock = 15 * time.Minute
	// forgottenAfter is when an account's failures do not count any more.
	forgottenAfter = time.Hour
	// leakAfter is when one of an address's does not: it has its free tries anew each quarter of an hour, so that the few
	// failures of its many people never add up.
	leakAfter = 15 * time.Minute / freeAddress
)

// throttle slows down who tries passwords or codes. It counts in the database, so for all processes together, and by the
// hash of what was typed, whether or not there is such an account.
type throttle struct {
	subject string
	free    int
	shared  bool // by many people: the right password of one does not excuse the others
}

// throttles are what a try to sign in counts against: the address that it comes from, and the account's name. A blocked
// address comes first, so that it cannot count against accounts.
func (r Realm) throttles(email string, d Device) []throttle {
	sum := sha256.Sum256([]byte(r.audience() + " " + strings.ToLower(email)))
	return append(d.throttles(), throttle{subject: "account:" + hex.EncodeToString(sum[:16]), free: freeTries})
}

// factorThrottles are what a try of a code counts against.
func (r Realm) factorThrottles(accountID int64, d Device) []throttle {
	return append(d.throttles(), throttle{subject: "factor:" + r.subject(accountID), free: freeTries})
}

// confirmThrottles are what a password counts against that somebody signed in gives again: not what strangers' tries block.
func (i Identity) confirmThrottles() []throttle {
	return []throttle{{subject: "confirm:" + i.subject(i.AccountID), free: freeTries}}
}

func (d Device) throttles() []throttle {
	if !d.Address.IsValid() {
		return nil
	}
	return []throttle{{subject: "address:" + prefixOf(d.Address).String(), free: freeAddress, shared: true}}
}

// prefixOf is an IPv4 address, or the /64 that one IPv6 customer is given (RFC 6177).
func prefixOf(address netip.Addr) netip.Prefix {
	bits := address.BitLen()
	if address.Is6() && !address.Is4In6() {
		bits = 64
	}
	prefix, _ := address.Unmap().Prefix(min(bits, address.Unmap().BitLen()))
	return prefix
}

// countTry adds a failure to those that are not forgotten. What leaked away is also taken off the time since when it leaks.
// Where the subject is blocked, no row is written and none comes back. Who is not blocked is so since the epoch: clocks of
// processes differ, and a try may overtake another one.
const countTry = `
	INSERT INTO sign_in_throttles AS t (vendor_id, subject, failures, last_failed_at, blocked_until) VALUES (?0, ?1, 1, ?2, 'epoch')
	ON CONFLICT (vendor_id, subject) DO UPDATE SET (failures, last_failed_at, blocked_until) = (
		SELECT rest + 1,
			CASE WHEN ?4 AND rest > 0 THEN t.last_failed_at + leaked * ?5 * interval '1 second' ELSE ?2 END,
			CASE WHEN rest + 1 < ?6 THEN 'epoch' ELSE ?2::timestamptz + least(?7 * power(2, least(rest + 1 - ?6, 20)), ?8) * interval '1 second' END
		FROM (SELECT greatest(0, floor(extract(epoch FROM ?2::timestamptz - t.last_failed_at) / ?5))::integer AS leaked) l,
			LATERAL (SELECT CASE WHEN t.last_failed_at < ?3 THEN 0 WHEN ?4 THEN greatest(t.failures - leaked, 0) ELSE t.failures END AS rest) r)
	WHERE t.blocked_until <= ?2
	RETURNING failures`

// admit counts a try as failed before the password is looked at, so that many at once get no more tries than one after
// the other, and refuses while a subject is blocked: *fault.TooMany. forgive takes it back where the password was right.
func (a *Authority) admit(ctx context.Context, r Realm, throttles []throttle) error {
	for _, t := range throttles {
		if err := a.admitOne(ctx, r, t); err != nil {
			return err
		}
	}
	return nil
}

func (a *Authority) admitOne(ctx context.Context, r Realm, t throttle) error {
	ctx, db := a.scope(ctx, r)
	now := a.now()
	var failures int
	err := db.NewRaw(countTry, r.VendorID, t.subject, now, now.Add(-forgottenAfter), t.shared, leakAfter.Seconds(),
		t.free, firstBlock.Seconds(), longestBlock.Seconds()).Scan(ctx, &failures)
	if err == nil {
		return nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("count a try to sign in: %w", err)
	}
	var until time.Time
	err = db.NewRaw(`SELECT blocked_until FROM sign_in_throttles WHERE vendor_id = ? AND subject = ?`, r.VendorID, t.subject).Scan(ctx, &until)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read how long to wait: %w", err)
	}
	return &fault.TooMany{RetryAfter: max(until.Sub(now), time.Second)}
}

// forgive forgets the failures of an account whose owner came, and this one try of its address.
func (a *Authority) forgive(ctx context.Context, db bun.IDB, r Realm, throttles []throttle) error {
	for _, t := range throttles {
		_, err := db.NewRaw(`
			UPDATE sign_in_throttles SET failures = CASE WHEN ? THEN greatest(failures - 1, 0) ELSE 0 END, blocked_until = 'epoch'
			WHERE vendor_id = ? AND subject = ?`, t.shared, r.VendorID, t.subject).Exec(ctx)
		if err != nil {
			return fmt.Errorf("forgive failed tries to sign in: %w", err)
		}
	}
	return nil
}
