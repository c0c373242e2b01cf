package access_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"orion/model/access"
	"orion/model/fault"
	"orion/model/letter"
)

func TestHandOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.kaffa
	handOver := func(by, to access.Person) error {
		return access.HandOver(t.Context(), w.db.Platform, by, to.UserID, w.enqueue, requestID)
	}
	for name, tt := range map[string]struct {
		by, to access.Person
		want   error
	}{
		"a manager takes it":          {k.manager, k.manager, fault.Forbidden},
		"a manager gives it away":     {k.manager, k.staff, fault.Forbidden},
		"to themselves":               {k.owner, k.owner, fault.Conflict},
		"to somebody of another team": {k.owner, w.bloom.manager, fault.NotFound},
		"by another shop's owner":     {w.bloom.owner, k.manager, fault.NotFound},
	} {
		if err := handOver(tt.by, tt.to); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	w.execute(t, `UPDATE users SET locked_at = now() WHERE id = ?`, k.viewer.UserID)
	if err := handOver(k.owner, k.viewer); !errors.Is(err, fault.Conflict) {
		t.Errorf("to a locked account: %v", err)
	}
	if len(w.letters) != 0 {
		t.Errorf("letters about what did not happen: %+v", w.letters)
	}
	if err := handOver(k.owner, k.staff); err != nil {
		t.Fatal(err)
	}
	if old, now := w.roleOf(t, k.id, k.owner.UserID), w.roleOf(t, k.id, k.staff.UserID); old != access.Manager || now != access.Owner {
		t.Errorf("the old owner is %s, the new one %s", old, now)
	}
	w.wantAudited(t, k.id, "vendor", k.owner, "ownership.handed_over", access.Actor(k.staff.UserID))
	if len(w.letters) != 2 || w.letters[0].Kind != letter.OwnershipHandedOver || w.letters[0].To != k.staff.Email || w.letters[1].To != k.owner.Email {
		t.Errorf("letters %+v", w.letters)
	}
	if err := handOver(k.owner, k.manager); !errors.Is(err, fault.Forbidden) {
		t.Errorf("the old owner hands over again: %v", err)
	}
}

// owners counts a shop's owners.
func (w *world) owners(t *testing.T, vendorID int64) (count int) {
	t.Helper()
	w.ask(t, &count, `SELECT count(*) FROM vendor_members WHERE vendor_id = ? AND role = 'owner'`, vendorID)
	return count
}

func TestOwnersWhoLeaveAtOnceDoNotAllGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	second := w.member(t, w.kaffa.id, "second@kaffa.test", access.Owner, 0)
	for range 10 {
		errs := atOnce(t.Context(), []func(context.Context) error{
			func(ctx context.Context) error { return access.Leave(ctx, w.db.Platform, w.kaffa.owner, requestID) },
			func(ctx context.Context) error { return access.Leave(ctx, w.db.Platform, second, requestID) },
		})
		if left := w.owners(t, w.kaffa.id); left != 1 {
			t.Fatalf("%d owners are left: %v", left, errs)
		}
		if !errors.Is(errors.Join(errs...), fault.Conflict) {
			t.Errorf("who stayed was told %v", errs)
		}
		w.execute(t, `INSERT INTO vendor_members (vendor_id, user_id, role) SELECT ?, unnest(ARRAY[?, ?]::bigint[]), 'owner'
			ON CONFLICT DO NOTHING`, w.kaffa.id, w.kaffa.owner.UserID, second.UserID)
	}
	if w.owners(t, w.bloom.id) != 1 {
		t.Error("another shop's owner is gone")
	}
}

func TestOwnersWhoDemoteEachOtherAtOnceDoNotAllGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owners := []access.Person{w.kaffa.owner}
	for _, email := range []string{"b@kaffa.test", "c@kaffa.test", "d@kaffa.test"} {
		owners = append(owners, w.member(t, w.kaffa.id, email, access.Owner, 0))
	}
	var acts []func(context.Context) error
	for i, owner := range owners {
		next := owners[(i+1)%len(owners)]
		acts = append(acts,
			func(ctx context.Context) error {
				return access.ChangeRole(ctx, w.db.Platform, owner, next.UserID, access.Viewer, 0, requestID)
			},
			func(ctx context.Context) error {
				return access.HandOver(ctx, w.db.Platform, owner, w.kaffa.staff.UserID, nil, requestID)
			},
			func(ctx context.Context) error { return access.Leave(ctx, w.db.Platform, owner, requestID) })
	}
	for _, err := range atOnce(t.Context(), acts) {
		if err != nil && !errors.Is(err, fault.Conflict) && !errors.Is(err, fault.Forbidden) && !errors.Is(err, fault.NotFound) {
			t.Error(err)
		}
	}
	if w.owners(t, w.kaffa.id) == 0 {
		t.Error("no owner is left")
	}
}

// atOnce does all acts side by side and returns their errors.
func atOnce(ctx context.Context, acts []func(context.Context) error) []error {
	errs := make([]error, len(acts))
	start := make(chan struct{})
	var group sync.WaitGroup
	for i, act := range acts {
		group.Go(func() {
			<-start
			errs[i] = act(ctx)
		})
	}
	close(start)
	group.Wait()
	return errs
}
