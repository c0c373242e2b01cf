package account_test

import (
	"errors"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/model/account"
	"orion/model/fault"
)

func (w *world) refresh(r account.Realm, token string) (account.SignedIn, error) {
	return w.a.Refresh(w.t.Context(), r, token, device("192.0.2.2"))
}

func TestRefreshRotates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.signIn(w.kaffa)
	for range 5 {
		w.pass(30 * 24 * time.Hour) // each use lengthens the session
		next, err := w.refresh(w.kaffa, first.Tokens.Refresh)
		if err != nil {
			t.Fatal(err)
		}
		if next.Tokens.Refresh == first.Tokens.Refresh || next.Identity.SessionID != first.Identity.SessionID || next.Identity.AccountID != w.adaKaffa {
			t.Errorf("%+v", next.Identity)
		}
		if got, err := w.a.Verify(next.Tokens.Access, w.kaffa); err != nil || !equal(got, next.Identity) || !w.lives(got) {
			t.Errorf("%+v, %v", got, err)
		}
		first = next
	}
	if got := w.count(`SELECT count(*) FROM refresh_tokens WHERE encode(hash, 'escape') LIKE '%' || ? || '%'`, first.Tokens.Refresh); got != 0 {
		t.Error("a token is stored as it is")
	}
	w.pass(60*24*time.Hour + time.Second)
	if _, err := w.refresh(w.kaffa, first.Tokens.Refresh); !errors.Is(err, account.ErrToken) || w.lives(first.Identity) {
		t.Errorf("a session outlives its idle time: %v", err)
	}
}

func TestIdleTimes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for r, life := range map[account.Realm]time.Duration{admins: 12 * time.Hour, vendors: 14 * 24 * time.Hour, w.kaffa: 60 * 24 * time.Hour} {
		in := w.signIn(r)
		if got := in.Tokens.RefreshExpires.Sub(w.clock()); got != life {
			t.Errorf("%s: %v", r.Kind, got)
		}
	}
}

func TestAReplayedTokenEndsTheFamily(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first, bystander := w.signIn(vendors), w.signIn(vendors)
	second, err := w.refresh(vendors, first.Tokens.Refresh)
	if err != nil {
		t.Fatal(err)
	}
	w.pass(20 * time.Second)
	sibling, err := w.refresh(vendors, first.Tokens.Refresh) // still within the grace
	if err != nil {
		t.Fatal(err)
	}
	w.pass(time.Second)
	if _, err := w.refresh(vendors, first.Tokens.Refresh); !errors.Is(err, account.ErrToken) {
		t.Fatalf("a replayed token: %v", err)
	}
	for name, in := range map[string]account.SignedIn{"second": second, "sibling": sibling} {
		if _, err := w.refresh(vendors, in.Tokens.Refresh); !errors.Is(err, account.ErrToken) {
			t.Errorf("the %s token still works: %v", name, err)
		}
	}
	if w.lives(second.Identity) || !w.lives(bystander.Identity) {
		t.Error("not that session ended, or another one")
	}
	if w.audited(vendors, "session.reused") != 1 || w.audited(vendors, "session.ended") != 1 {
		t.Error("the audit log does not say so")
	}
}

func TestParallelRefreshesAllSucceed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.signIn(w.kaffa)
	tabs := make([]account.SignedIn, 20)
	errs := make([]error, len(tabs))
	var all sync.WaitGroup
	for n := range tabs {
		all.Go(func() { tabs[n], errs[n] = w.refresh(w.kaffa, first.Tokens.Refresh) })
	}
	all.Wait()
	w.pass(time.Hour)
	seen := map[string]bool{}
	for n, tab := range tabs {
		if errs[n] != nil || seen[tab.Tokens.Refresh] {
			t.Fatalf("tab %d: %v", n, errs[n])
		}
		seen[tab.Tokens.Refresh] = true
		if !w.lives(tab.Identity) {
			t.Fatalf("tab %d is signed out", n)
		}
		if _, err := w.refresh(w.kaffa, tab.Tokens.Refresh); err != nil {
			t.Errorf("tab %d cannot go on: %v", n, err)
		}
	}
}

func TestTokensThatAreNone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.signIn(vendors)
	for _, token := range []string{"", "x", in.Tokens.Access, in.Tokens.Refresh + "x", strings.ToLower(in.Tokens.Refresh), strings.Repeat("A", 43), strings.Repeat("\x00", 43)} {
		if _, err := w.refresh(vendors, token); !errors.Is(err, account.ErrToken) {
			t.Errorf("%q: %v", token, err)
		}
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.signIn(vendors)
	w.pass(time.Minute)
	phone := account.Device{
		UserAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
		Address:   netip.MustParseAddr("2001:db8::1"),
	}
	if _, err := w.a.Start(t.Context(), vendors, w.adaUser, true, phone); err != nil {
		t.Fatal(err)
	}
	w.signIn(admins)
	w.signIn(w.kaffa)
	list, err := w.a.Sessions(t.Context(), vendors, w.adaUser)
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	if s := list[0]; s.Browser != "Safari" || s.Platform != "iOS" || s.Address != "2001:db8::1" || !s.Strong {
		t.Errorf("%+v", s)
	}
	if s := list[1]; s.ID != first.Identity.SessionID || s.Browser != "Firefox" || s.Platform != "Linux" || s.Strong || !s.SeenAt.Equal(s.CreatedAt) {
		t.Errorf("%+v", s)
	}
	w.pass(2 * time.Minute)
	w.lives(first.Identity)
	list, err = w.a.Sessions(t.Context(), vendors, w.adaUser)
	if err != nil || list[0].ID != first.Identity.SessionID || !list[0].SeenAt.Equal(w.clock()) {
		t.Errorf("its use is not noted: %+v, %v", list, err)
	}
	seen := list[0].SeenAt
	w.pass(30 * time.Second)
	w.lives(first.Identity)
	if list, err = w.a.Sessions(t.Context(), vendors, w.adaUser); err != nil || !list[0].SeenAt.Equal(seen) {
		t.Errorf("each use is written: %+v, %v", list, err)
	}
}

func TestStrangeDevices(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, agent := range []string{"", strings.Repeat("Mozilla/5.0 ", 10_000), "a\x00b\xff\u202e\x1b[31m", strings.Repeat("é", 500), "<script>", "((((;;;;", "/", "Mozilla/"} {
		in, err := w.a.Start(t.Context(), vendors, w.adaUser, false, account.Device{UserAgent: agent})
		if err != nil {
			t.Fatalf("%.20q: %v", agent, err)
		}
		list, err := w.a.Sessions(t.Context(), vendors, w.adaUser)
		if err != nil || len(list[0].UserAgent) > 400 || strings.ContainsAny(list[0].UserAgent, "\x00\x1b\u202e") || list[0].ID != in.Identity.SessionID {
			t.Errorf("%.20q: %+v, %v", agent, list[0], err)
		}
	}
}

func TestEndingSessions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	here, there, phone, admin := w.signIn(vendors), w.signIn(vendors), w.signIn(vendors), w.signIn(admins)
	bloom := w.signIn(w.bloom)
	if err := w.a.EndSession(t.Context(), here.Identity, there.Identity.SessionID, requestID); err != nil || w.lives(there.Identity) {
		t.Error(err)
	}
	if err := w.a.EndSession(t.Context(), here.Identity, there.Identity.SessionID, requestID); !errors.Is(err, fault.NotFound) {
		t.Errorf("ended twice: %v", err)
	}
	if _, err := w.refresh(vendors, there.Tokens.Refresh); !errors.Is(err, account.ErrToken) {
		t.Errorf("an ended session is lengthened: %v", err)
	}
	if err := w.a.EndSession(t.Context(), w.signIn(w.kaffa).Identity, phone.Identity.SessionID, requestID); !errors.Is(err, fault.NotFound) || !w.lives(phone.Identity) {
		t.Errorf("somebody else's session: %v", err)
	}
	if ended, err := w.a.EndOthers(t.Context(), here.Identity, requestID); err != nil || ended != 2 || w.lives(phone.Identity) || w.lives(admin.Identity) || !w.lives(here.Identity) {
		t.Errorf("%d, %v", ended, err)
	}
	if err := w.a.SignOut(t.Context(), here.Identity, requestID); err != nil || w.lives(here.Identity) {
		t.Error(err)
	}
	if err := w.a.SignOut(t.Context(), here.Identity, requestID); err != nil {
		t.Errorf("signed out twice: %v", err)
	}
	again := w.signIn(vendors)
	if err := w.a.EndAll(t.Context(), vendors, w.adaUser, "removed", requestID); err != nil || w.lives(again.Identity) {
		t.Error(err)
	}
	if !w.lives(bloom.Identity) {
		t.Error("a customer's session ended with a user's")
	}
	if got := w.audited(vendors, "session.ended"); got != 4 {
		t.Errorf("%d ends are in the audit log", got)
	}
}

func TestPurge(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	left := func() [4]int {
		return [4]int{
			w.count(`SELECT count(*) FROM sessions`), w.count(`SELECT count(*) FROM refresh_tokens`),
			w.count(`SELECT count(*) FROM mailed_tokens`), w.count(`SELECT count(*) FROM sign_in_throttles WHERE failures > 0`),
		}
	}
	purge := func() {
		if err := w.a.Purge(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w.signIn(w.bloom)
	ended := w.signIn(vendors)
	if err := w.a.SignOut(t.Context(), ended.Identity, requestID); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := w.a.IssueMailed(t.Context(), w.kaffa, account.PurposeReset, w.adaKaffa); err != nil {
		t.Fatal(err)
	}
	_ = w.from("ada@example.com", "198.51.100.1")
	before := left()
	purge()
	if got := left(); got != before || got != [4]int{2, 2, 1, 2} {
		t.Errorf("something went too early: %v, %v", got, before)
	}
	w.pass(31 * 24 * time.Hour)
	purge()
	if got := left(); got != [4]int{1, 1, 0, 0} {
		t.Errorf("after a month: %v", got)
	}
	w.pass(60 * 24 * time.Hour)
	purge()
	if got := left(); got != [4]int{} {
		t.Errorf("in the end: %v", got)
	}
}
