package access_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"orion/model/access"
	"orion/model/fault"
)

// role is what a form would send.
func role(title string, permissions ...access.Permission) access.RoleInput {
	return access.RoleInput{Title: title, Permissions: permissions}
}

func TestRolesAreMadeChangedAndDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.kaffa
	made, err := access.CreateRole(t.Context(), w.db.Platform, k.manager, role(" Packer ", access.OrdersRead, access.OrdersFulfil), requestID)
	if err != nil || made.ID == 0 || made.Title != "Packer" || made.Name != access.Custom {
		t.Fatalf("%+v, %v", made, err)
	}
	name := strings.Replace(invitationSubject(made.ID), "invitation", "role", 1)
	w.wantAudited(t, k.id, "vendor", k.manager, "role.created", name)
	packer := w.member(t, k.id, "packer@kaffa.test", access.Custom, made.ID)

	in := role("Packer", access.OrdersRead)
	in.Version = made.Version
	changed, err := access.UpdateRole(t.Context(), w.db.Platform, k.manager, made.ID, in, requestID)
	if err != nil || changed.Permissions.Has(access.OrdersFulfil) {
		t.Fatalf("%+v, %v", changed, err)
	}
	w.wantAudited(t, k.id, "vendor", k.manager, "role.updated", name)
	if _, err := access.UpdateRole(t.Context(), w.db.Platform, k.manager, made.ID, in, requestID); !errors.Is(err, fault.Conflict) {
		t.Errorf("over somebody's change: %v", err)
	}
	listed, err := access.Roles(t.Context(), w.db.Platform, k.id)
	if err != nil || len(listed) != 1 || listed[0].Members != 1 || !slices.Equal(listed[0].Permissions.List(), []access.Permission{access.OrdersRead}) {
		t.Errorf("%+v, %v", listed, err)
	}
	if others, err := access.Roles(t.Context(), w.db.Platform, w.bloom.id); err != nil || len(others) != 0 {
		t.Errorf("another shop lists %+v, %v", others, err)
	}
	if err := access.DeleteRole(t.Context(), w.db.Platform, k.manager, made.ID, requestID); !errors.Is(err, fault.Conflict) {
		t.Errorf("deleted in use: %v", err)
	}
	if err := access.Remove(t.Context(), w.db.Platform, k.manager, packer.UserID, requestID); err != nil {
		t.Fatal(err)
	}
	if err := access.DeleteRole(t.Context(), w.db.Platform, k.manager, made.ID, requestID); err != nil {
		t.Error(err)
	}
	w.wantAudited(t, k.id, "vendor", k.manager, "role.deleted", name)
}

func TestRolesHoldNoMoreThanTheirMaker(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.kaffa
	bossy := w.custom(t, k.id, "Bossy", "team.manage", "orders.read", "products.write")
	boss := w.member(t, k.id, "boss@kaffa.test", access.Custom, bossy)
	refunder := w.custom(t, k.id, "Refunder", "orders.refund")
	foreign := w.custom(t, w.bloom.id, "Foreign", "orders.read")

	for name, tt := range map[string]struct {
		by          access.Person
		permissions []access.Permission
		want        error
	}{
		"what they hold":               {boss, []access.Permission{access.OrdersRead, access.TeamManage}, nil},
		"what theirs holds in turn":    {boss, []access.Permission{access.ProductsRead, access.TeamRead}, nil},
		"one more":                     {boss, []access.Permission{access.OrdersRead, access.OrdersRefund}, fault.Forbidden},
		"write where they read":        {boss, []access.Permission{access.OrdersWrite}, fault.Forbidden},
		"everything":                   {boss, []access.Permission{"*"}, new(fault.Invalid)},
		"all of a group":               {boss, []access.Permission{"orders.*"}, new(fault.Invalid)},
		"an owner, everything":         {k.owner, []access.Permission{"*"}, new(fault.Invalid)},
		"an owner, a platform's":       {k.owner, []access.Permission{access.UsersManage}, new(fault.Invalid)},
		"an owner, something made up":  {k.owner, []access.Permission{"orders.steal"}, new(fault.Invalid)},
		"nothing":                      {k.owner, nil, new(fault.Invalid)},
		"a viewer, what they hold":     {k.viewer, []access.Permission{access.OrdersRead}, fault.Forbidden},
		"another shop's owner in here": {access.Person{UserID: w.bloom.owner.UserID, VendorID: k.id}, []access.Permission{access.OrdersRead}, fault.Forbidden},
	} {
		if _, err := access.CreateRole(t.Context(), w.db.Platform, tt.by, role(name, tt.permissions...), requestID); !is(err, tt.want) {
			t.Errorf("make %s: %v, want %v", name, err, tt.want)
		}
		// Everybody in this table would gain by their own role.
		if _, err := access.UpdateRole(t.Context(), w.db.Platform, tt.by, bossy, role("Bossy", tt.permissions...), requestID); tt.want != nil && !is(err, tt.want) {
			t.Errorf("change to %s: %v, want %v", name, err, tt.want)
		}
		w.execute(t, `UPDATE vendor_roles SET permissions = '{team.manage,orders.read,products.write}' WHERE id = ?`, bossy)
	}
	for name, id := range map[string]int64{"holds more": refunder} {
		if _, err := access.UpdateRole(t.Context(), w.db.Platform, boss, id, role("Tame", access.OrdersRead), requestID); !errors.Is(err, fault.Forbidden) {
			t.Errorf("change a role that %s: %v", name, err)
		}
		if err := access.DeleteRole(t.Context(), w.db.Platform, boss, id, requestID); !errors.Is(err, fault.Forbidden) {
			t.Errorf("delete a role that %s: %v", name, err)
		}
	}
	if _, err := access.UpdateRole(t.Context(), w.db.Platform, k.owner, foreign, role("Mine", access.OrdersRead), requestID); !errors.Is(err, fault.NotFound) {
		t.Errorf("change another shop's role: %v", err)
	}
	if err := access.DeleteRole(t.Context(), w.db.Platform, k.owner, foreign, requestID); !errors.Is(err, fault.NotFound) {
		t.Errorf("delete another shop's role: %v", err)
	}
}

func TestRolesHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	create := func(by access.Person, title string) error {
		_, err := access.CreateRole(t.Context(), w.db.Platform, by, role(title, access.OrdersRead), requestID)
		return err
	}
	if err := create(w.kaffa.owner, "Packer"); err != nil {
		t.Fatal(err)
	}
	if err := create(w.bloom.owner, "Packer"); err != nil {
		t.Errorf("the same name in another shop: %v", err)
	}
	for _, title := range []string{"", " ", "PACKER", "owner", "Manager", strings.Repeat("a", 61), "Pack\x00er", "\u202ereganaM"} {
		invalid, ok := errors.AsType[*fault.Invalid](create(w.kaffa.owner, title))
		if !ok || invalid.Fields["title"] == "" {
			t.Errorf("%q: %v", title, invalid)
		}
	}
	w.execute(t, `INSERT INTO vendor_roles (vendor_id, name) SELECT ?, 'r' || n FROM generate_series(1, 49) n`, w.kaffa.id)
	if err := create(w.kaffa.owner, "One too many"); !isInvalid(err) {
		t.Errorf("the fifty-first: %v", err)
	}
}
