package access_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"orion/model/access"
	"orion/model/account"
	"orion/model/letter"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

const requestID = "r-1"

// shop is a vendor with one person of each built-in role.
type shop struct {
	id                            int64
	owner, manager, staff, viewer access.Person
}

// world is a database with two shops, alike but for their names.
type world struct {
	db           *postgres.DB
	kaffa, bloom shop

	mutex   sync.Mutex
	letters []letter.Letter
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{db: pgtest.New(t)}
	w.kaffa, w.bloom = w.shop(t, "kaffa"), w.shop(t, "bloom")
	return w
}

func (w *world) shop(t *testing.T, slug string) shop {
	t.Helper()
	id := pgtest.Vendor(t, w.db, slug)
	return shop{id: id,
		owner:   w.member(t, id, "owner@"+slug+".test", access.Owner, 0),
		manager: w.member(t, id, "manager@"+slug+".test", access.Manager, 0),
		staff:   w.member(t, id, "staff@"+slug+".test", access.Staff, 0),
		viewer:  w.member(t, id, "viewer@"+slug+".test", access.Viewer, 0),
	}
}

// ask reads one value, or rows, as the platform.
func (w *world) ask(t *testing.T, dest any, query string, args ...any) {
	t.Helper()
	if err := w.db.Platform.NewRaw(query, args...).Scan(tenant.AsPlatform(t.Context()), dest); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func (w *world) execute(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := w.db.Platform.NewRaw(query, args...).Exec(tenant.AsPlatform(t.Context())); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// user makes a user who can sign in, and returns the id.
func (w *world) user(t *testing.T, email string) (id int64) {
	t.Helper()
	w.ask(t, &id, `INSERT INTO users (email, name, password_hash) VALUES (?, ?, 'x') RETURNING id`, email, "Name of "+email)
	return id
}

// member makes a user who is on a team.
func (w *world) member(t *testing.T, vendorID int64, email, role string, roleID int64) access.Person {
	t.Helper()
	id := w.user(t, email)
	w.join(t, vendorID, id, role, roleID)
	return access.Person{UserID: id, VendorID: vendorID, Email: email}
}

func (w *world) join(t *testing.T, vendorID, userID int64, role string, roleID int64) {
	t.Helper()
	w.execute(t, `INSERT INTO vendor_members (vendor_id, user_id, role, role_id) VALUES (?, ?, ?, nullif(?, 0))`,
		vendorID, userID, role, roleID)
}

// custom makes a role of a vendor's own past all checks.
func (w *world) custom(t *testing.T, vendorID int64, title string, permissions ...string) (id int64) {
	t.Helper()
	w.ask(t, &id, `INSERT INTO vendor_roles (vendor_id, name, permissions) VALUES (?, ?, string_to_array(?, ',')) RETURNING id`,
		vendorID, title, strings.Join(permissions, ","))
	return id
}

// roleOf is somebody's role, "" for nobody on the team.
func (w *world) roleOf(t *testing.T, vendorID, userID int64) (role string) {
	t.Helper()
	w.ask(t, &role, `SELECT coalesce((SELECT role FROM vendor_members WHERE vendor_id = ? AND user_id = ?), '')`, vendorID, userID)
	return role
}

// audited are the acts in a vendor's log, 0 being the platform's: "actor action subject request".
func (w *world) audited(t *testing.T, vendorID int64) (acts []string) {
	t.Helper()
	w.ask(t, &acts, `SELECT concat_ws(' ', actor_kind, actor, action, subject, request_id)
		FROM audit_log WHERE vendor_id = ? ORDER BY id`, vendorID)
	return acts
}

// wantAudited fails unless the vendor's log holds the act.
func (w *world) wantAudited(t *testing.T, vendorID int64, kind string, by access.Person, action, subject string) {
	t.Helper()
	want := fmt.Sprintf("%s user:%d %s %s %s", kind, by.UserID, action, subject, requestID)
	if acts := w.audited(t, vendorID); !slices.Contains(acts, want) {
		t.Errorf("the audit log lacks %q: %q", want, acts)
	}
}

// enqueue keeps letters as the queue would.
func (w *world) enqueue(_ context.Context, _ bun.Tx, l letter.Letter) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.letters = append(w.letters, l)
	return nil
}

// session signs a user in.
func (w *world) session(t *testing.T, kind account.Kind, userID int64) account.Identity {
	t.Helper()
	identity := account.Identity{Realm: account.Realm{Kind: kind}, AccountID: userID}
	w.ask(t, &identity.SessionID, `INSERT INTO sessions (kind, account_id, expires_at, seen_at)
		VALUES (?, ?, now() + interval '1 day', now() - interval '1 hour') RETURNING id`, string(kind), userID)
	return identity
}

// invite invites and makes the token as the mail job does.
func (w *world) invite(t *testing.T, by access.Person, email, role string, roleID int64) (token string, id int64) {
	t.Helper()
	made, err := access.Invite(t.Context(), w.db.Platform, by,
		access.NewInvitation{Email: email, Role: role, RoleID: roleID, Link: "https://x.test/invitations"}, w.enqueue, requestID)
	if err != nil {
		t.Fatal(err)
	}
	token, to, _, err := access.IssueInvitation(t.Context(), w.db.Platform, by.VendorID, made.ID)
	if err != nil || to != email {
		t.Fatalf("issued to %q, %v; want %q", to, err, email)
	}
	return token, made.ID
}

// refuse is a queue that takes nothing.
func refuse(because error) access.Enqueue {
	return func(context.Context, bun.Tx, letter.Letter) error { return because }
}

// invitationSubject names an invitation as the audit log does.
func invitationSubject(id int64) string { return fmt.Sprintf("invitation:%d", id) }
