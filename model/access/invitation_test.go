package access_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"orion/model/access"
	"orion/model/fault"
	"orion/model/letter"
)

func (w *world) accept(ctx context.Context, vendorID int64, token string, userID int64) error {
	return access.Accept(ctx, w.db.Platform, vendorID, token, userID, requestID)
}

func TestInviteAndAccept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.kaffa
	packer := w.custom(t, k.id, "Packer", "orders.read", "orders.fulfil")
	token, id := w.invite(t, k.manager, "Eve@Example.test", access.Custom, packer)

	if len(w.letters) != 1 {
		t.Fatalf("letters %+v", w.letters)
	}
	l := w.letters[0]
	if l.Kind != letter.Invitation || l.VendorID != k.id || l.InvitationID != id || l.To != "" || l.Link != "https://x.test/invitations" ||
		l.Data[letter.DataRole] != "Packer" || l.Data[letter.DataInviter] != "Name of manager@kaffa.test" {
		t.Errorf("letter %+v", l)
	}
	found, err := access.FindInvitation(t.Context(), w.db.Platform, k.id, token)
	if err != nil {
		t.Fatal(err)
	}
	if found.Email != "Eve@Example.test" || found.HasAccount || found.VendorName != "Shop kaffa" || found.Role.Title != "Packer" ||
		found.Inviter != "Name of manager@kaffa.test" || time.Until(found.ExpiresAt).Round(time.Hour) != 7*24*time.Hour {
		t.Errorf("%+v", found)
	}
	eve := access.Person{UserID: w.user(t, "eve@example.test"), VendorID: k.id}
	if err := w.accept(t.Context(), k.id, token, eve.UserID); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Role     string
		RoleID   int64
		Verified bool
	}
	w.ask(t, &got, `SELECT m.role, m.role_id, u.email_verified_at IS NOT NULL AS verified
		FROM vendor_members m JOIN users u ON u.id = m.user_id WHERE m.vendor_id = ? AND m.user_id = ?`, k.id, eve.UserID)
	if got.Role != access.Custom || got.RoleID != packer || !got.Verified {
		t.Errorf("%+v", got)
	}
	w.wantAudited(t, k.id, "vendor", k.manager, "invitation.sent", invitationSubject(found.ID))
	w.wantAudited(t, k.id, "vendor", eve, "invitation.accepted", invitationSubject(found.ID))
	if acts := w.audited(t, w.bloom.id); len(acts) != 0 || w.roleOf(t, w.bloom.id, eve.UserID) != "" {
		t.Errorf("another shop has %q", acts)
	}
}

func TestInvitationTokensAreRandomAndStoredAsHashes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, id := w.invite(t, w.kaffa.owner, "eve@example.test", access.Staff, 0)
	random, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(random) != 32 {
		t.Errorf("token %q: %d bytes, %v", token, len(random), err)
	}
	var row string
	w.ask(t, &row, `SELECT to_jsonb(i)::text FROM vendor_invitations i WHERE id = ?`, id)
	if strings.Contains(row, token) {
		t.Error("the token is stored")
	}
	var stored []byte
	w.ask(t, &stored, `SELECT hash FROM vendor_invitations WHERE id = ?`, id)
	if want := sha256.Sum256([]byte(token)); !bytes.Equal(stored, want[:]) {
		t.Errorf("stored %x, want %x", stored, want)
	}
	again, _, _, err := access.IssueInvitation(t.Context(), w.db.Platform, w.kaffa.id, id)
	if err != nil || again == token {
		t.Fatalf("issued again: %v", err)
	}
	if _, err := access.FindInvitation(t.Context(), w.db.Platform, w.kaffa.id, token); !errors.Is(err, fault.NotFound) {
		t.Errorf("the earlier token still works: %v", err)
	}
}

func TestInvitationsThatDoNotWork(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(t *testing.T, w *world, id int64){
		"expired": func(t *testing.T, w *world, id int64) {
			w.execute(t, `UPDATE vendor_invitations SET expires_at = now() WHERE id = ?`, id)
		},
		"revoked": func(t *testing.T, w *world, id int64) {
			if err := access.Revoke(t.Context(), w.db.Platform, w.kaffa.owner, id, requestID); err != nil {
				t.Fatal(err)
			}
		},
		"of a role that was deleted": func(t *testing.T, w *world, _ int64) {
			var roleID int64
			w.ask(t, &roleID, `SELECT id FROM vendor_roles WHERE vendor_id = ?`, w.kaffa.id)
			if err := access.DeleteRole(t.Context(), w.db.Platform, w.kaffa.owner, roleID, requestID); err != nil {
				t.Fatal(err)
			}
		},
		"by somebody who was removed": func(t *testing.T, w *world, _ int64) {
			if err := access.Remove(t.Context(), w.db.Platform, w.kaffa.owner, w.kaffa.manager.UserID, requestID); err != nil {
				t.Fatal(err)
			}
		},
		"by somebody who was demoted": func(t *testing.T, w *world, _ int64) {
			if err := access.ChangeRole(t.Context(), w.db.Platform, w.kaffa.owner, w.kaffa.manager.UserID, access.Staff, 0, requestID); err != nil {
				t.Fatal(err)
			}
		},
		"of a shop that is gone": func(t *testing.T, w *world, _ int64) {
			w.execute(t, `UPDATE vendors SET deleted_at = now() WHERE id = ?`, w.kaffa.id)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			token, id := w.invite(t, w.kaffa.manager, "eve@example.test", access.Custom, w.custom(t, w.kaffa.id, "Packer", "orders.read"))
			spoil(t, w, id)
			w.wantDead(t, token)
			if _, _, _, err := access.IssueInvitation(t.Context(), w.db.Platform, w.kaffa.id, id); name != "of a shop that is gone" && !errors.Is(err, fault.NotFound) {
				t.Errorf("issued: %v", err)
			}
		})
	}
}

// wantDead fails unless a token of kaffa's is worth nothing.
func (w *world) wantDead(t *testing.T, token string) {
	t.Helper()
	if _, err := access.FindInvitation(t.Context(), w.db.Platform, w.kaffa.id, token); !errors.Is(err, fault.NotFound) {
		t.Errorf("found: %v", err)
	}
	eve := w.user(t, "eve@example.test")
	if err := w.accept(t.Context(), w.kaffa.id, token, eve); !errors.Is(err, fault.NotFound) || w.roleOf(t, w.kaffa.id, eve) != "" {
		t.Errorf("accepted: %v", err)
	}
	w.execute(t, `DELETE FROM users WHERE id = ?`, eve)
	if _, err := access.AcceptNew(t.Context(), w.db.Platform, w.kaffa.id, token, "Eve", "hash", requestID); !errors.Is(err, fault.NotFound) {
		t.Errorf("accepted with a new account: %v", err)
	}
	var users int
	if w.ask(t, &users, `SELECT count(*) FROM users WHERE email = 'eve@example.test'`); users != 0 {
		t.Error("an account was made")
	}
}

func TestInvitationsOfOneShopOpenNothingInAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, id := w.invite(t, w.kaffa.owner, "eve@example.test", access.Staff, 0)
	eve := w.user(t, "eve@example.test")
	if _, err := access.FindInvitation(t.Context(), w.db.Platform, w.bloom.id, token); !errors.Is(err, fault.NotFound) {
		t.Errorf("found in another shop: %v", err)
	}
	if err := w.accept(t.Context(), w.bloom.id, token, eve); !errors.Is(err, fault.NotFound) || w.roleOf(t, w.bloom.id, eve) != "" {
		t.Errorf("accepted in another shop: %v", err)
	}
	if err := access.Revoke(t.Context(), w.db.Platform, w.bloom.owner, id, requestID); !errors.Is(err, fault.NotFound) {
		t.Errorf("revoked by another shop's owner: %v", err)
	}
	if err := access.Resend(t.Context(), w.db.Platform, w.bloom.owner, id, "https://evil.test", w.enqueue, requestID); !errors.Is(err, fault.NotFound) {
		t.Errorf("sent again by another shop's owner: %v", err)
	}
	if _, _, _, err := access.IssueInvitation(t.Context(), w.db.Platform, w.bloom.id, id); !errors.Is(err, fault.NotFound) {
		t.Errorf("issued for another shop: %v", err)
	}
	if open, err := access.Invitations(t.Context(), w.db.Platform, w.bloom.id); err != nil || len(open) != 0 {
		t.Errorf("another shop lists %+v, %v", open, err)
	}
	if err := w.accept(t.Context(), w.kaffa.id, token, eve); err != nil {
		t.Errorf("the invitation was spoilt: %v", err)
	}
}

func TestInvitationsAreForOneAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, id := w.invite(t, w.kaffa.owner, "eve@example.test", access.Manager, 0)
	mallory := access.Person{UserID: w.user(t, "mallory@example.test"), VendorID: w.kaffa.id}
	if err := w.accept(t.Context(), w.kaffa.id, token, mallory.UserID); !errors.Is(err, fault.Forbidden) || w.roleOf(t, w.kaffa.id, mallory.UserID) != "" {
		t.Errorf("accepted by somebody else: %v", err)
	}
	w.wantAudited(t, w.kaffa.id, "vendor", mallory, "access.denied", invitationSubject(id))
	eve := w.user(t, "eve@example.test")
	w.execute(t, `UPDATE users SET locked_at = now() WHERE id = ?`, eve)
	if err := w.accept(t.Context(), w.kaffa.id, token, eve); !errors.Is(err, fault.Forbidden) {
		t.Errorf("accepted by a locked account: %v", err)
	}
	if _, err := access.AcceptNew(t.Context(), w.db.Platform, w.kaffa.id, token, "Eve", "hash", requestID); !errors.Is(err, fault.Conflict) {
		t.Errorf("another password for an account: %v", err)
	}
	var hash string
	if w.ask(t, &hash, `SELECT password_hash FROM users WHERE id = ?`, eve); hash != "x" {
		t.Error("the password was replaced")
	}
}

func TestInvitationsWorkOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, _ := w.invite(t, w.kaffa.owner, "eve@example.test", access.Staff, 0)
	eve := access.Person{UserID: w.user(t, "eve@example.test"), VendorID: w.kaffa.id}
	acts := make([]func(context.Context) error, 6)
	for i := range acts {
		acts[i] = func(ctx context.Context) error { return w.accept(ctx, w.kaffa.id, token, eve.UserID) }
	}
	accepted := 0
	for _, err := range atOnce(t.Context(), acts) {
		switch {
		case err == nil:
			accepted++
		case !errors.Is(err, fault.NotFound):
			t.Error(err)
		}
	}
	if accepted != 1 {
		t.Errorf("accepted %d times", accepted)
	}
	if err := access.Leave(t.Context(), w.db.Platform, eve, requestID); err != nil {
		t.Fatal(err)
	}
	if err := w.accept(t.Context(), w.kaffa.id, token, eve.UserID); !errors.Is(err, fault.NotFound) {
		t.Errorf("back by the same link: %v", err)
	}
}

func TestAcceptNew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, _ := w.invite(t, w.kaffa.owner, "eve@example.test", access.Staff, 0)
	for _, name := range []string{"", "  ", strings.Repeat("a", 101), "E\x00ve", "\u202eEve"} {
		if _, err := access.AcceptNew(t.Context(), w.db.Platform, w.kaffa.id, token, name, "hash", requestID); !isInvalid(err) {
			t.Errorf("name %q: %v", name, err)
		}
	}
	if _, err := access.AcceptNew(t.Context(), w.db.Platform, w.kaffa.id, token, "Eve", "", requestID); !isInvalid(err) {
		t.Errorf("without a password: %v", err)
	}
	id, err := access.AcceptNew(t.Context(), w.db.Platform, w.kaffa.id, token, " Eve ", "hash", requestID)
	if err != nil {
		t.Fatal(err)
	}
	var user struct {
		Email, Name, PasswordHash, PlatformRole string
		Verified                                bool
	}
	w.ask(t, &user, `SELECT email, name, password_hash, platform_role, email_verified_at IS NOT NULL AS verified FROM users WHERE id = ?`, id)
	if user.Email != "eve@example.test" || user.Name != "Eve" || user.PasswordHash != "hash" || user.PlatformRole != "" || !user.Verified {
		t.Errorf("%+v", user)
	}
	if w.roleOf(t, w.kaffa.id, id) != access.Staff || w.roleOf(t, w.bloom.id, id) != "" {
		t.Error("not on the team")
	}
	if _, err := access.AcceptNew(t.Context(), w.db.Platform, w.kaffa.id, token, "Eve", "hash", requestID); !errors.Is(err, fault.NotFound) {
		t.Errorf("twice: %v", err)
	}
	second, _ := w.invite(t, w.bloom.owner, "eve@example.test", access.Viewer, 0)
	if found, err := access.FindInvitation(t.Context(), w.db.Platform, w.bloom.id, second); err != nil || !found.HasAccount {
		t.Errorf("%+v, %v", found, err)
	}
	if err := w.accept(t.Context(), w.bloom.id, second, id); err != nil {
		t.Errorf("onto a second team: %v", err)
	}
}
