package access_test

import (
	"errors"
	"testing"

	"orion/model/access"
	"orion/model/account"
	"orion/model/tenant"
	"orion/postgres"
)

func (w *world) load(t *testing.T, identity account.Identity, vendorID int64) *access.Person {
	t.Helper()
	person, err := access.Load(t.Context(), w.db.Platform, identity, vendorID)
	if err != nil {
		t.Fatal(err)
	}
	return person
}

func TestLoadIsOneQuery(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.kaffa
	packer := w.custom(t, k.id, "Packer", "orders.read", "orders.fulfil")
	eve := w.member(t, k.id, "eve@example.test", access.Custom, packer)
	w.join(t, w.bloom.id, eve.UserID, access.Owner, 0)
	identity := w.session(t, account.Vendor, eve.UserID)

	ctx, queries := postgres.CountQueries(t.Context())
	p, err := access.Load(ctx, w.db.Platform, identity, k.id)
	if err != nil {
		t.Fatal(err)
	}
	if queries.Count() != 1 {
		t.Errorf("%d queries", queries.Count())
	}
	if p.UserID != eve.UserID || p.SessionID != identity.SessionID || p.Email != "eve@example.test" || p.Name != "Name of eve@example.test" ||
		p.VendorID != k.id || p.Role.Title != "Packer" || p.Role.ID != packer || p.Teams != 2 || p.Strong || p.Verified || p.HasSecondFactor ||
		!p.Can(access.OrdersFulfil) || p.Can(access.OrdersRefund) || p.PlatformRole.Name != "" {
		t.Errorf("%+v", p)
	}
	if in := w.load(t, identity, w.bloom.id); in.Role.Name != access.Owner || !in.Can(access.OrdersRefund) {
		t.Errorf("in another team: %+v", in)
	}
}

func TestLoadTouchesTheSessionAtMostOnceAMinute(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	identity := w.session(t, account.Vendor, w.kaffa.owner.UserID)
	other := w.session(t, account.Vendor, w.bloom.owner.UserID)
	seen := func(id int64) (at string) {
		w.ask(t, &at, `SELECT seen_at::text FROM sessions WHERE id = ?`, id)
		return at
	}
	first, theirs := seen(identity.SessionID), seen(other.SessionID)
	w.load(t, identity, w.kaffa.id)
	second := seen(identity.SessionID)
	w.load(t, identity, w.kaffa.id)
	if second == first || seen(identity.SessionID) != second || seen(other.SessionID) != theirs {
		t.Errorf("seen at %s, then %s, then %s", first, second, seen(identity.SessionID))
	}
}

func TestLoadAfterTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, end := range map[string]string{
		"ended":           `UPDATE sessions SET ended_at = now() WHERE id = ?0`,
		"expired":         `UPDATE sessions SET expires_at = now() WHERE id = ?0`,
		"gone":            `DELETE FROM sessions WHERE id = ?0`,
		"account locked":  `UPDATE users SET locked_at = now() WHERE id = ?1`,
		"account deleted": `UPDATE users SET deleted_at = now() WHERE id = ?1`,
	} {
		someone := w.member(t, w.kaffa.id, name+"@example.test", access.Owner, 0)
		identity := w.session(t, account.Vendor, someone.UserID)
		w.load(t, identity, w.kaffa.id)
		w.execute(t, end, identity.SessionID, someone.UserID)
		if p, err := access.Load(t.Context(), w.db.Platform, identity, w.kaffa.id); !errors.Is(err, account.ErrEnded) || p != nil {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
}

func TestLoadTakesOnlyOnesOwnSessionOfTheKind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mine, theirs := w.session(t, account.Vendor, w.kaffa.viewer.UserID), w.session(t, account.Vendor, w.kaffa.owner.UserID)
	foreign, asAdmin, asCustomer := mine, mine, mine
	foreign.SessionID = theirs.SessionID
	asAdmin.Kind = account.Admin
	asCustomer.Kind, asCustomer.VendorID = account.Customer, w.kaffa.id
	for name, identity := range map[string]account.Identity{"another's": foreign, "as admin": asAdmin, "as customer": asCustomer, "none": {}} {
		if p, err := access.Load(t.Context(), w.db.Platform, identity, w.kaffa.id); !errors.Is(err, account.ErrEnded) {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
}

func TestLoadWithoutARole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	identity := w.session(t, account.Vendor, w.kaffa.manager.UserID)
	if p := w.load(t, identity, w.bloom.id); p.Role.Name != "" || !p.Permissions.Empty() || p.Teams != 1 {
		t.Errorf("in another shop: %+v", p)
	}
	if err := access.Remove(t.Context(), w.db.Platform, w.kaffa.owner, w.kaffa.manager.UserID, requestID); err != nil {
		t.Fatal(err)
	}
	if p := w.load(t, identity, w.kaffa.id); p.Role.Name != "" || !p.Permissions.Empty() || p.Teams != 0 {
		t.Errorf("once removed: %+v", p)
	}
}

func TestLoadKeepsTheSidesApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner := w.kaffa.owner
	w.execute(t, `UPDATE users SET platform_role = 'support' WHERE id = ?`, owner.UserID)
	inDashboard := w.load(t, w.session(t, account.Vendor, owner.UserID), w.bloom.id)
	if !inDashboard.Permissions.Empty() || inDashboard.PlatformRole.Name != access.Support {
		t.Errorf("a platform role opens a shop: %+v", inDashboard)
	}
	inAdmin := w.load(t, w.session(t, account.Admin, owner.UserID), 0)
	if inAdmin.Can(access.UsersManage) || !inAdmin.Can(access.UsersRead) || inAdmin.Can(access.OrdersRead) {
		t.Errorf("a shop's role opens the admin: %+v", inAdmin.Permissions.List())
	}
	nobody := w.load(t, w.session(t, account.Admin, w.kaffa.manager.UserID), 0)
	if !nobody.Permissions.Empty() {
		t.Errorf("without a platform role: %+v", nobody.Permissions.List())
	}
}

func TestLoadKnowsWhoNeedsASecondFactor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	boss := access.Person{UserID: w.user(t, "boss@orion.test")}
	w.execute(t, `UPDATE users SET platform_role = 'super_admin' WHERE id = ?`, boss.UserID)
	needs := func() (admin, owner, manager bool) {
		return w.load(t, w.session(t, account.Admin, boss.UserID), 0).NeedsSecondFactor,
			w.load(t, w.session(t, account.Vendor, w.kaffa.owner.UserID), w.kaffa.id).NeedsSecondFactor,
			w.load(t, w.session(t, account.Vendor, w.kaffa.manager.UserID), w.kaffa.id).NeedsSecondFactor
	}
	for _, security := range []access.Security{
		{}, {AdminsNeedSecondFactor: true}, {OwnersNeedSecondFactor: true}, {AdminsNeedSecondFactor: true, OwnersNeedSecondFactor: true},
	} {
		if err := access.SetSecurity(t.Context(), w.db.Platform, boss, security, requestID); err != nil {
			t.Fatal(err)
		}
		admin, owner, manager := needs()
		if admin != security.AdminsNeedSecondFactor || owner != security.OwnersNeedSecondFactor || manager {
			t.Errorf("%+v: admin %v, owner %v, manager %v", security, admin, owner, manager)
		}
	}
	w.execute(t, `INSERT INTO second_factors (account_id, secret) VALUES (?, 'x'), (?, 'x')`, boss.UserID, w.kaffa.owner.UserID)
	if admin, owner, _ := needs(); !admin || !owner {
		t.Error("one that is being set up counts")
	}
	w.execute(t, `UPDATE second_factors SET confirmed_at = now()`)
	if admin, owner, _ := needs(); admin || owner {
		t.Error("those who have one need one")
	}
	if p := w.load(t, w.session(t, account.Vendor, w.kaffa.owner.UserID), w.kaffa.id); !p.HasSecondFactor {
		t.Errorf("%+v", p)
	}
}

func TestShopsConnectionsSeeNoUsers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := tenant.With(t.Context(), w.kaffa.id)
	var users int
	if err := w.db.Shop.NewRaw(`SELECT count(*) FROM users`).Scan(ctx, &users); err != nil || users != 0 {
		t.Errorf("%d users, %v", users, err)
	}
}
