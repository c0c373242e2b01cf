package access_test

import (
	"errors"
	"slices"
	"testing"

	"orion/model/access"
	"orion/model/fault"
)

func TestInviteGrantsNoMoreThanOneHolds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.kaffa
	bossy := w.custom(t, k.id, "Bossy", "team.manage", "orders.read")
	refunder := w.custom(t, k.id, "Refunder", "orders.refund")
	foreign := w.custom(t, w.bloom.id, "Foreign", "orders.read")
	boss := w.member(t, k.id, "boss@kaffa.test", access.Custom, bossy)
	for name, tt := range map[string]struct {
		by     access.Person
		role   string
		roleID int64
		want   error
	}{
		"an owner invites an owner":          {k.owner, access.Owner, 0, nil},
		"a manager invites a manager":        {k.manager, access.Manager, 0, nil},
		"a manager invites an owner":         {k.manager, access.Owner, 0, fault.Forbidden},
		"who holds less invites a manager":   {boss, access.Manager, 0, fault.Forbidden},
		"who holds less invites a refunder":  {boss, access.Custom, refunder, fault.Forbidden},
		"who holds less invites their like":  {boss, access.Custom, bossy, nil},
		"staff invite a viewer":              {k.staff, access.Viewer, 0, fault.Forbidden},
		"somebody of another team":           {access.Person{UserID: w.bloom.owner.UserID, VendorID: k.id}, access.Viewer, 0, fault.Forbidden},
		"a role of another shop":             {k.owner, access.Custom, foreign, new(fault.Invalid)},
		"a custom role without saying which": {k.owner, access.Custom, 0, new(fault.Invalid)},
		"a platform role":                    {k.owner, access.Admin, 0, new(fault.Invalid)},
	} {
		w.letters = nil
		in := access.NewInvitation{Email: "eve@example.test", Role: tt.role, RoleID: tt.roleID}
		made, err := access.Invite(t.Context(), w.db.Platform, tt.by, in, w.enqueue, requestID)
		if !is(err, tt.want) || (err == nil) != (len(w.letters) == 1) {
			t.Errorf("%s: %v, %d letters; want %v", name, err, len(w.letters), tt.want)
		}
		if errors.Is(err, fault.Forbidden) {
			w.wantAudited(t, k.id, "vendor", tt.by, "access.denied", "invitation:new")
		}
		if err == nil {
			if err := access.Revoke(t.Context(), w.db.Platform, tt.by, made.ID, requestID); err != nil {
				t.Errorf("%s: revoke: %v", name, err)
			}
		}
	}
}

func TestInviteRefusesWhatMakesNoSense(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	invite := func(email string) error {
		_, err := access.Invite(t.Context(), w.db.Platform, w.kaffa.owner,
			access.NewInvitation{Email: email, Role: access.Viewer}, w.enqueue, requestID)
		return err
	}
	for _, email := range []string{
		"", "eve", "eve@", "eve@localhost", "Eve <eve@example.test>", "eve@example.test\r\nBcc: all@example.test",
		"eve@example.test, mallory@example.test", "STAFF@kaffa.test",
	} {
		invalid, ok := errors.AsType[*fault.Invalid](invite(email))
		if !ok || invalid.Fields["email"] == "" {
			t.Errorf("%q: %v", email, invalid)
		}
	}
	if err := invite(" eve@example.test "); err != nil {
		t.Fatal(err)
	}
	if err := invite("EVE@example.test"); !isInvalid(err) {
		t.Errorf("invited twice: %v", err)
	}
	w.execute(t, `UPDATE vendor_invitations SET expires_at = now()`)
	if open, err := access.Invitations(t.Context(), w.db.Platform, w.kaffa.id); err != nil || len(open) != 1 || !open[0].Expired {
		t.Errorf("an expired invitation is listed as %+v, %v", open, err)
	}
	if err := invite("eve@example.test"); err != nil {
		t.Errorf("invited again once it expired: %v", err)
	}
	w.execute(t, `INSERT INTO vendor_invitations (vendor_id, email, role, expires_at)
		SELECT ?, 'e' || n || '@example.test', 'viewer', now() + interval '1 day' FROM generate_series(1, 99) n`, w.kaffa.id)
	if err := invite("one-too-many@example.test"); !isInvalid(err) {
		t.Errorf("the hundred and first: %v", err)
	}
	if len(w.letters) != 2 {
		t.Errorf("%d letters", len(w.letters))
	}
}

func TestInvitationsBeyondOnesOwnRoleAreOutOfReach(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, id := w.invite(t, w.kaffa.owner, "eve@example.test", access.Owner, 0)
	if err := access.Revoke(t.Context(), w.db.Platform, w.kaffa.manager, id, requestID); !errors.Is(err, fault.Forbidden) {
		t.Errorf("revoke: %v", err)
	}
	if err := access.Resend(t.Context(), w.db.Platform, w.kaffa.manager, id, "https://x.test", w.enqueue, requestID); !errors.Is(err, fault.Forbidden) {
		t.Errorf("send again: %v", err)
	}
}

func TestResendRenews(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, id := w.invite(t, w.kaffa.owner, "eve@example.test", access.Staff, 0)
	w.execute(t, `UPDATE vendor_invitations SET expires_at = now() - interval '1 day'`)
	if err := access.Resend(t.Context(), w.db.Platform, w.kaffa.manager, id, "https://x.test/i", w.enqueue, requestID); err != nil {
		t.Fatal(err)
	}
	if len(w.letters) != 2 || w.letters[1].InvitationID != id || w.letters[1].Link != "https://x.test/i" {
		t.Errorf("letters %+v", w.letters)
	}
	w.wantAudited(t, w.kaffa.id, "vendor", w.kaffa.manager, "invitation.sent_again", invitationSubject(id))
	if _, _, _, err := access.IssueInvitation(t.Context(), w.db.Platform, w.kaffa.id, id); err != nil {
		t.Errorf("issue: %v", err)
	}
}

func TestNoLetterNoInvitation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	full := errors.New("the queue is full")
	_, err := access.Invite(t.Context(), w.db.Platform, w.kaffa.owner,
		access.NewInvitation{Email: "eve@example.test", Role: access.Staff}, refuse(full), requestID)
	if !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
	if open, err := access.Invitations(t.Context(), w.db.Platform, w.kaffa.id); err != nil || len(open) != 0 || len(w.audited(t, w.kaffa.id)) != 0 {
		t.Errorf("%+v, %v", open, err)
	}
}

func TestInvitationsByARoleThatLosesRightsEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.kaffa
	bossy := w.custom(t, k.id, "Bossy", "team.manage", "orders.read", "orders.refund")
	refunder, reader := w.custom(t, k.id, "Refunder", "orders.refund"), w.custom(t, k.id, "Reader", "orders.read")
	boss := w.member(t, k.id, "boss@kaffa.test", access.Custom, bossy)
	w.invite(t, boss, "refunder@example.test", access.Custom, refunder)
	w.invite(t, boss, "reader@example.test", access.Custom, reader)
	w.invite(t, k.owner, "second@example.test", access.Custom, refunder)
	open := func() (emails []string) {
		w.ask(t, &emails, `SELECT email FROM vendor_invitations WHERE vendor_id = ? AND revoked_at IS NULL ORDER BY email`, k.id)
		return emails
	}
	for _, tt := range []struct {
		left access.RoleInput
		want []string
	}{
		{role("Bossy", access.TeamManage, access.OrdersRead), []string{"reader@example.test", "second@example.test"}},
		{role("Bossy", access.OrdersRead), []string{"second@example.test"}},
	} {
		if _, err := access.UpdateRole(t.Context(), w.db.Platform, k.owner, bossy, tt.left, requestID); err != nil {
			t.Fatal(err)
		}
		if got := open(); !slices.Equal(got, tt.want) {
			t.Errorf("with %v, open are %v, want %v", tt.left.Permissions, got, tt.want)
		}
	}
}
