package access_test

import (
	"testing"

	"orion/model/access"
	"orion/model/account"
	"orion/model/audit"
)

func TestTeams(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	eve := w.member(t, w.kaffa.id, "eve@example.test", access.Custom, w.custom(t, w.kaffa.id, "Packer", "orders.read"))
	w.join(t, w.bloom.id, eve.UserID, access.Owner, 0)
	teams, err := access.Teams(t.Context(), w.db.Platform, eve.UserID)
	if err != nil || len(teams) != 2 || teams[0].Slug != "bloom" || teams[0].Role.Name != access.Owner ||
		teams[1].Name != "Shop kaffa" || teams[1].Role.Title != "Packer" || teams[1].VendorID != w.kaffa.id {
		t.Errorf("%+v, %v", teams, err)
	}
	w.execute(t, `UPDATE vendors SET deleted_at = now() WHERE id = ?`, w.bloom.id)
	if teams, err := access.Teams(t.Context(), w.db.Platform, eve.UserID); err != nil || len(teams) != 1 {
		t.Errorf("with a shop that is gone: %+v, %v", teams, err)
	}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.kaffa
	packer := w.member(t, k.id, "packer@kaffa.test", access.Custom, w.custom(t, k.id, "Packer", "orders.read"))
	gone := w.member(t, k.id, "gone@kaffa.test", access.Staff, 0)
	w.execute(t, `UPDATE users SET deleted_at = now() WHERE id = ?`, gone.UserID)
	w.execute(t, `INSERT INTO second_factors (account_id, secret, confirmed_at) VALUES (?, 'x', now())`, k.owner.UserID)
	w.session(t, account.Vendor, k.staff.UserID)
	members, err := access.Members(t.Context(), w.db.Platform, k.id)
	if err != nil {
		t.Fatal(err)
	}
	want := []access.Person{k.owner, k.manager, packer, k.staff, k.viewer}
	if len(members) != len(want) {
		t.Fatalf("%+v", members)
	}
	for i, m := range members {
		if m.UserID != want[i].UserID || m.Email != want[i].Email || m.JoinedAt.IsZero() || m.Version != 1 ||
			m.HasSecondFactor != (i == 0) || m.LastSeenAt.IsZero() != (m.UserID != k.staff.UserID) {
			t.Errorf("%d: %+v", i, m)
		}
	}
	if members[2].Role.Title != "Packer" {
		t.Errorf("%+v", members[2])
	}
}

func TestAuditDenied(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	viewer := w.kaffa.viewer
	err := access.AuditDenied(t.Context(), w.db.Platform, access.Actor(viewer.UserID), audit.Vendor, w.kaffa.id,
		access.OrdersRefund, "order:7", requestID)
	if err != nil {
		t.Fatal(err)
	}
	w.wantAudited(t, w.kaffa.id, "vendor", viewer, "access.denied", "order:7")
	var after string
	if w.ask(t, &after, `SELECT after->>'permission' FROM audit_log WHERE vendor_id = ?`, w.kaffa.id); after != "orders.refund" {
		t.Errorf("after: %s", after)
	}
	if acts := w.audited(t, w.bloom.id); len(acts) != 0 {
		t.Errorf("in another shop's log: %q", acts)
	}
}
