package account_test

import (
	"fmt"
	"testing"
	"time"
)

// TestAnOfficeIsNotBlockedByFewFailuresAmongMany has somebody of many people at one address mistype each half minute, for
// an hour.
func TestAnOfficeIsNotBlockedByFewFailuresAmongMany(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n := range 120 {
		w.pass(30 * time.Second)
		if err := w.from(fmt.Sprintf("nobody%d@example.com", n), "192.0.2.1"); !refused(err, "") {
			t.Fatalf("try %d: %v", n, err)
		}
		w.signIn(w.kaffa)
	}
}

func TestAnAddressHasItsFreeTriesAnewAfterAQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 2 {
		for n := range 50 {
			if err := w.from(fmt.Sprintf("nobody%d@example.com", n), "192.0.2.1"); !refused(err, "") {
				t.Fatalf("try %d: %v", n, err)
			}
		}
		if err := w.from("nobody@example.com", "192.0.2.1"); wait(err) != time.Second {
			t.Errorf("a 51st try: %v", err)
		}
		w.exec(`DELETE FROM sign_in_throttles WHERE subject LIKE 'account:%'`)
		w.pass(15 * time.Minute)
	}
}
