package access_test

import (
	"context"
	"errors"
	"testing"

	"orion/model/access"
	"orion/model/fault"
)

// staffed adds a user with a platform role.
func (w *world) staffed(t *testing.T, email, role string) access.Person {
	t.Helper()
	id := w.user(t, email)
	w.execute(t, `UPDATE users SET platform_role = ? WHERE id = ?`, role, id)
	return access.Person{UserID: id}
}

func (w *world) platformRole(t *testing.T, userID int64) (role string) {
	t.Helper()
	w.ask(t, &role, `SELECT platform_role FROM users WHERE id = ?`, userID)
	return role
}

func TestSetPlatformRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	super, admin := w.staffed(t, "super@orion.test", access.SuperAdmin), w.staffed(t, "admin@orion.test", access.Admin)
	support, other := w.staffed(t, "support@orion.test", access.Support), w.staffed(t, "other@orion.test", "")
	locked := w.staffed(t, "locked@orion.test", access.SuperAdmin)
	w.execute(t, `UPDATE users SET locked_at = now() WHERE id = ?`, locked.UserID)
	for _, tt := range []struct {
		name     string
		by, whom access.Person
		role     string
		want     error
	}{
		{"an admin appoints support", admin, other, access.Support, nil},
		{"an admin appoints an admin", admin, other, access.Admin, nil},
		{"an admin takes a role", admin, other, "", nil},
		{"an admin appoints a super admin", admin, other, access.SuperAdmin, fault.Forbidden},
		{"an admin promotes themselves", admin, admin, access.SuperAdmin, fault.Forbidden},
		{"an admin demotes a super admin", admin, super, "", fault.Forbidden},
		{"support promotes themselves", support, support, access.Admin, fault.Forbidden},
		{"a shop's owner", w.kaffa.owner, w.kaffa.owner, access.Support, fault.Forbidden},
		{"a locked super admin", locked, other, access.SuperAdmin, fault.Forbidden},
		{"nobody", access.Person{}, other, access.Support, fault.Forbidden},
		{"a team's role", super, other, access.Owner, new(fault.Invalid)},
		{"no such user", super, access.Person{UserID: 999}, access.Support, fault.NotFound},
		{"the last super admin steps down", super, super, access.Admin, fault.Conflict},
		{"a super admin appoints another", super, other, access.SuperAdmin, nil},
		{"and steps down", super, super, access.Support, nil},
	} {
		err := access.SetPlatformRole(t.Context(), w.db.Platform, tt.by, tt.whom.UserID, tt.role, requestID)
		if !is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		if err == nil {
			w.wantAudited(t, 0, "admin", tt.by, "user.platform_role_changed", access.Actor(tt.whom.UserID))
			if got := w.platformRole(t, tt.whom.UserID); got != tt.role {
				t.Errorf("%s: the role is %q", tt.name, got)
			}
		}
		if errors.Is(err, fault.Forbidden) {
			w.wantAudited(t, 0, "admin", tt.by, "access.denied", access.Actor(tt.whom.UserID))
		}
	}
}

func TestSuperAdminsWhoStepDownAtOnceDoNotAllGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	supers := []access.Person{
		w.staffed(t, "a@orion.test", access.SuperAdmin), w.staffed(t, "b@orion.test", access.SuperAdmin), w.staffed(t, "c@orion.test", access.SuperAdmin),
	}
	var acts []func(context.Context) error
	for i, super := range supers {
		for _, whom := range []access.Person{super, supers[(i+1)%len(supers)]} {
			acts = append(acts, func(ctx context.Context) error {
				return access.SetPlatformRole(ctx, w.db.Platform, super, whom.UserID, "", requestID)
			})
		}
	}
	for _, err := range atOnce(t.Context(), acts) {
		if err != nil && !errors.Is(err, fault.Conflict) && !errors.Is(err, fault.Forbidden) {
			t.Error(err)
		}
	}
	var left int
	if w.ask(t, &left, `SELECT count(*) FROM users WHERE platform_role = 'super_admin'`); left == 0 {
		t.Error("no super admin is left")
	}
}

func TestSecuritySettings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	admin, support := w.staffed(t, "admin@orion.test", access.Admin), w.staffed(t, "support@orion.test", access.Support)
	if security, err := access.SecurityOf(t.Context(), w.db.Platform); err != nil || security != (access.Security{}) {
		t.Errorf("unset: %+v, %v", security, err)
	}
	want := access.Security{OwnersNeedSecondFactor: true}
	for name, by := range map[string]access.Person{"support": support, "a shop's owner": w.kaffa.owner} {
		if err := access.SetSecurity(t.Context(), w.db.Platform, by, want, requestID); !errors.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := access.SetSecurity(t.Context(), w.db.Platform, admin, want, requestID); err != nil {
		t.Fatal(err)
	}
	if security, err := access.SecurityOf(t.Context(), w.db.Platform); err != nil || security != want {
		t.Errorf("%+v, %v", security, err)
	}
	w.wantAudited(t, 0, "admin", admin, "security.changed", "settings:security")
	w.wantAudited(t, 0, "admin", support, "access.denied", "settings:security")
}
