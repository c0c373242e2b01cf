package access_test

import (
	"errors"
	"testing"

	"orion/model/access"
	"orion/model/fault"
)

func TestChangeRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.kaffa
	packer := w.custom(t, k.id, "Packer", "orders.read", "orders.fulfil")
	bossy := w.custom(t, k.id, "Bossy", "team.manage", "orders.read")
	foreign := w.custom(t, w.bloom.id, "Foreign", "orders.read")
	boss := w.member(t, k.id, "boss@kaffa.test", access.Custom, bossy)
	elsewhere := k.owner
	elsewhere.VendorID = w.bloom.id

	for _, tt := range []struct {
		name   string
		by     access.Person
		whom   access.Person
		role   string
		roleID int64
		want   error // nil: done
	}{
		{"a manager makes a viewer of staff", k.manager, k.staff, access.Viewer, 0, nil},
		{"a manager gives a custom role", k.manager, k.staff, access.Custom, packer, nil},
		{"a manager appoints another", k.manager, k.staff, access.Manager, 0, nil},
		{"a manager appoints an owner", k.manager, k.staff, access.Owner, 0, fault.Forbidden},
		{"a manager appoints themselves owner", k.manager, k.manager, access.Owner, 0, fault.Forbidden},
		{"a manager demotes the owner", k.manager, k.owner, access.Viewer, 0, fault.Forbidden},
		{"a viewer changes anybody", k.viewer, k.staff, access.Viewer, 0, fault.Forbidden},
		{"a viewer promotes themselves", k.viewer, k.viewer, access.Staff, 0, fault.Forbidden},
		{"who manages the team gives more than they hold", boss, k.viewer, access.Staff, 0, fault.Forbidden},
		{"who manages the team gives themselves more", boss, boss, access.Manager, 0, fault.Forbidden},
		{"who manages the team changes somebody with more", boss, k.manager, access.Custom, bossy, fault.Forbidden},
		{"another shop's owner", w.bloom.owner, k.staff, access.Viewer, 0, fault.NotFound},
		{"an owner who is not on that team", elsewhere, w.bloom.staff, access.Viewer, 0, fault.Forbidden},
		{"a role of another shop", k.owner, k.staff, access.Custom, foreign, new(fault.Invalid)},
		{"no role", k.owner, k.staff, "god", 0, new(fault.Invalid)},
		{"a platform role", k.owner, k.staff, access.SuperAdmin, 0, new(fault.Invalid)},
		{"a built-in role with an id", k.owner, k.staff, access.Viewer, packer, new(fault.Invalid)},
		{"the last owner demotes themselves", k.owner, k.owner, access.Manager, 0, fault.Conflict},
	} {
		before := w.roleOf(t, tt.whom.VendorID, tt.whom.UserID)
		err := access.ChangeRole(t.Context(), w.db.Platform, tt.by, tt.whom.UserID, tt.role, tt.roleID, requestID)
		after := w.roleOf(t, tt.whom.VendorID, tt.whom.UserID)
		if !is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		if err != nil && after != before || err == nil && after != tt.role {
			t.Errorf("%s: %s became %s", tt.name, before, after)
		}
		if errors.Is(err, fault.Forbidden) {
			w.wantAudited(t, tt.by.VendorID, "vendor", tt.by, "access.denied", access.Actor(tt.whom.UserID))
		}
		if err == nil {
			w.wantAudited(t, tt.by.VendorID, "vendor", tt.by, "member.role_changed", access.Actor(tt.whom.UserID))
		}
		if err != nil && fault.Message(err) == "" && !isInvalid(err) {
			t.Errorf("%s: nothing is said", tt.name)
		}
	}
}

// is tells whether err is of the wanted kind; any *fault.Invalid stands for all.
func is(err, want error) bool {
	if isInvalid(want) {
		return isInvalid(err)
	}
	return errors.Is(err, want)
}

func isInvalid(err error) bool {
	_, ok := errors.AsType[*fault.Invalid](err)
	return ok
}

func TestRemoveAndLeave(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.kaffa
	w.join(t, w.bloom.id, k.staff.UserID, access.Viewer, 0)
	remove := func(by access.Person, whom access.Person) error {
		return access.Remove(t.Context(), w.db.Platform, by, whom.UserID, requestID)
	}
	for name, tt := range map[string]struct {
		by, whom access.Person
		want     error
	}{
		"a manager removes the owner":       {k.manager, k.owner, fault.Forbidden},
		"staff removes a viewer":            {k.staff, k.viewer, fault.Forbidden},
		"the last owner removes themselves": {k.owner, k.owner, fault.Conflict},
		"somebody of another team":          {k.owner, w.bloom.viewer, fault.NotFound},
	} {
		if err := remove(tt.by, tt.whom); !errors.Is(err, tt.want) || w.roleOf(t, tt.whom.VendorID, tt.whom.UserID) == "" {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	if err := remove(k.manager, k.staff); err != nil || w.roleOf(t, k.id, k.staff.UserID) != "" {
		t.Errorf("a manager removes staff: %v", err)
	}
	w.wantAudited(t, k.id, "vendor", k.manager, "member.removed", access.Actor(k.staff.UserID))
	if w.roleOf(t, w.bloom.id, k.staff.UserID) != access.Viewer {
		t.Error("removed from another team too")
	}
	if err := access.Leave(t.Context(), w.db.Platform, k.viewer, requestID); err != nil || w.roleOf(t, k.id, k.viewer.UserID) != "" {
		t.Errorf("a viewer leaves: %v", err)
	}
	w.wantAudited(t, k.id, "vendor", k.viewer, "member.left", access.Actor(k.viewer.UserID))
	if err := access.Leave(t.Context(), w.db.Platform, k.viewer, requestID); !errors.Is(err, fault.Forbidden) {
		t.Errorf("who left leaves again: %v", err)
	}
	if err := remove(k.manager, k.manager); err != nil {
		t.Errorf("a manager removes themselves: %v", err)
	}
	if err := remove(k.manager, k.owner); !errors.Is(err, fault.Forbidden) {
		t.Errorf("who was removed acts on: %v", err)
	}
	if acts := w.audited(t, w.bloom.id); len(acts) != 0 {
		t.Errorf("another shop's log has %q", acts)
	}
}

func TestTheLastOwnerStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.kaffa
	if err := access.Leave(t.Context(), w.db.Platform, k.owner, requestID); !errors.Is(err, fault.Conflict) {
		t.Fatalf("the only owner leaves: %v", err)
	}
	second := w.member(t, k.id, "second@kaffa.test", access.Owner, 0)
	w.execute(t, `UPDATE users SET locked_at = now() WHERE id = ?`, second.UserID)
	if err := access.Leave(t.Context(), w.db.Platform, k.owner, requestID); !errors.Is(err, fault.Conflict) {
		t.Errorf("the only owner who can sign in leaves: %v", err)
	}
	w.execute(t, `UPDATE users SET locked_at = NULL WHERE id = ?`, second.UserID)
	if err := access.Leave(t.Context(), w.db.Platform, k.owner, requestID); err != nil {
		t.Errorf("one of two owners leaves: %v", err)
	}
	if err := access.Leave(t.Context(), w.db.Platform, second, requestID); !errors.Is(err, fault.Conflict) {
		t.Errorf("the one who is left leaves: %v", err)
	}
}
