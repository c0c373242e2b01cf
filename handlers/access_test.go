package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"orion/model/account"
)

// allowed is written by hand: who may ask for what. "all" is everybody, signed in or not; a name that is not listed is
// sent to sign in, or refused. Where somebody is named, their request gets past the gate, whatever it answers then.
//
//	ada, bea          customers of kaffa and of bloom
//	owner … packer    kaffa's team; packer has a role that kaffa made: orders.fulfil and audit.read
//	stranger          the owner of bloom
//	super … support   the platform's staff
const allowed = `
GET /healthz                                  all
GET /readyz                                   all
GET /assets/demo/*                            all
GET /                                         all
GET /theme/:revision                          all

GET /shop                                     all
GET /shop/categories/:slug                    all
GET /shop/products                            all
GET /shop/products/:slug                      all
GET /shop/search                              all
GET /shop/search/suggestions                  all
GET /shop/cart                                all
POST /shop/cart/items                         all
POST /shop/cart/items/:variant                all
POST /shop/cart/items/:variant/removal        all
GET /shop/checkout                            all
POST /shop/checkout                           all
POST /shop/checkout/fields                    all
POST /shop/checkout/summary                   all
GET /shop/orders                              all
POST /shop/orders                             all
GET /shop/orders/:number                      all
GET /shop/about                               all
GET /shop/shipping                            all
GET /shop/theme/:revision                     all
GET /shop/sitemap.xml                         all
GET /shop/robots.txt                          all

GET /shop/account                             ada
GET /shop/account/registration                all
POST /shop/account/registration               all
GET /shop/account/orders/:number              ada
POST /shop/account/orders/:number/reorder     ada
GET /shop/account/addresses                   ada
POST /shop/account/addresses                  ada
GET /shop/account/addresses/new               ada
GET /shop/account/addresses/:id               ada
POST /shop/account/addresses/:id              ada
POST /shop/account/addresses/:id/removal      ada
GET /shop/account/profile                     ada
POST /shop/account/profile                    ada
GET /shop/account/data                        ada
GET /shop/account/data/download               ada
GET /shop/account/deletion                    ada
POST /shop/account/deletion                   ada

GET /shop/account/sign-in                     all
POST /shop/account/sign-in                    all
POST /shop/account/sign-out                   all
GET /shop/account/second-factor               all
POST /shop/account/second-factor              all
GET /shop/account/reset                       all
POST /shop/account/reset                      all
GET /shop/account/reset/:token                all
POST /shop/account/reset/:token               all
POST /shop/account/verification               ada
GET /shop/account/verification/:token         ada
POST /shop/account/verification/:token        ada
GET /shop/account/security                    ada
POST /shop/account/security/password          ada
POST /shop/account/security/sessions/:id/end  ada
POST /shop/account/security/sessions/end      ada
GET /shop/account/security/second-factor      ada
POST /shop/account/security/second-factor     ada
POST /shop/account/security/second-factor/removal ada
POST /shop/account/security/recovery-codes    ada

GET /vendor                                   owner manager staff viewer packer
GET /vendor/theme/:revision                   all
GET /vendor/teams                             owner manager staff viewer packer stranger
GET /vendor/team                              owner manager
POST /vendor/team/invitations                 owner manager
POST /vendor/team/invitations/:id/revocation  owner manager
POST /vendor/team/invitations/:id/renewal     owner manager
POST /vendor/team/ownership                   owner
POST /vendor/team/leave                       owner manager staff viewer packer
POST /vendor/team/:user                       owner manager
POST /vendor/team/:user/removal               owner manager
GET /vendor/roles                             owner manager
POST /vendor/roles                            owner manager
GET /vendor/roles/new                         owner manager
GET /vendor/roles/:id                         owner manager
POST /vendor/roles/:id                        owner manager
POST /vendor/roles/:id/removal                owner manager
GET /vendor/audit                             owner manager packer
GET /vendor/invitations/:token                all
POST /vendor/invitations/:token               all

GET /vendor/account/sign-in                   all
POST /vendor/account/sign-in                  all
POST /vendor/account/sign-out                 all
GET /vendor/account/second-factor             all
POST /vendor/account/second-factor            all
GET /vendor/account/reset                     all
POST /vendor/account/reset                    all
GET /vendor/account/reset/:token              all
POST /vendor/account/reset/:token             all
POST /vendor/account/verification             owner manager staff viewer packer stranger
GET /vendor/account/verification/:token       owner manager staff viewer packer stranger
POST /vendor/account/verification/:token      owner manager staff viewer packer stranger
GET /vendor/account/security                  owner manager staff viewer packer stranger
POST /vendor/account/security/password        owner manager staff viewer packer stranger
POST /vendor/account/security/sessions/:id/end owner manager staff viewer packer stranger
POST /vendor/account/security/sessions/end    owner manager staff viewer packer stranger
GET /vendor/account/security/second-factor    owner manager staff viewer packer stranger
POST /vendor/account/security/second-factor   owner manager staff viewer packer stranger
POST /vendor/account/security/second-factor/removal owner manager staff viewer packer stranger
POST /vendor/account/security/recovery-codes  owner manager staff viewer packer stranger

GET /admin                                    super admin support
GET /admin/theme/:revision                    all
GET /admin/settings/security                  super admin
POST /admin/settings/security                 super admin
GET /admin/users                              super admin support
POST /admin/users/:user/role                  super admin
GET /admin/audit                              super admin support

GET /admin/account/sign-in                    all
POST /admin/account/sign-in                   all
POST /admin/account/sign-out                  all
GET /admin/account/second-factor              all
POST /admin/account/second-factor             all
GET /admin/account/reset                      all
POST /admin/account/reset                     all
GET /admin/account/reset/:token               all
POST /admin/account/reset/:token              all
POST /admin/account/verification              super admin support
GET /admin/account/verification/:token        super admin support
POST /admin/account/verification/:token       super admin support
GET /admin/account/security                   super admin support
POST /admin/account/security/password         super admin support
POST /admin/account/security/sessions/:id/end super admin support
POST /admin/account/security/sessions/end     super admin support
GET /admin/account/security/second-factor     super admin support
POST /admin/account/security/second-factor    super admin support
POST /admin/account/security/second-factor/removal super admin support
POST /admin/account/security/recovery-codes   super admin support

POST /api/v1/sessions                         all
POST /api/v1/sessions/renewal                 all
DELETE /api/v1/sessions/current               ada owner manager staff viewer packer stranger super admin support
GET /api/v1/me                                ada owner manager staff viewer packer stranger super admin support

GET /dev/mail                                 all
GET /dev/mail/:id                             all
GET /dev/mail/:id/body                        all
`

// TestEveryRouteForEveryRole asks for every registered route as everybody: with their token in the cookies of every
// kind and in the Authorization header, so that a token of one kind or shop is tried at every other's door.
func TestEveryRouteForEveryRole(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	people := p.everybody()
	table := map[string][]string{}
	for line := range strings.Lines(allowed) {
		if words := strings.Fields(line); len(words) > 2 {
			table[words[0]+" "+words[1]] = words[2:]
		}
	}
	walked := map[string]bool{}
	for _, r := range p.app.GetRoutes(true) {
		if r.Method == http.MethodHead || strings.HasPrefix(r.Path, "/assets/dist/") || strings.HasPrefix(r.Path, "/assets/img/") {
			continue // HEAD is GET without the body; built files are for everybody
		}
		name := r.Method + " " + r.Path
		walked[name] = true
		who, known := table[name]
		if !known {
			t.Errorf("%s is not in the table: say who may ask for it", name)
			continue
		}
		for _, person := range people {
			want := slices.Contains(who, "all") || slices.Contains(who, person.name)
			if got := p.letsIn(r.Method, r.Path, person); got != want {
				t.Errorf("%s lets %s in: %v, want %v", name, person.name, got, want)
			}
		}
	}
	for name := range table {
		if !walked[name] {
			t.Errorf("%s is in the table, and is no route", name)
		}
	}
}

// letsIn asks for a route as a person and tells whether they got past the gate.
func (p *platform) letsIn(method, path string, person *person) bool {
	p.t.Helper()
	person.restore()
	token := ""
	if person.name != "nobody" {
		begun, err := p.accounts.Start(p.t.Context(), person.realm, person.id, true, account.Device{})
		p.must(err)
		token = begun.Tokens.Access
	}
	request := httptest.NewRequest(method, "http://"+hostOf(path)+outside(path), strings.NewReader(""))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if strings.HasPrefix(path, "/api") && method == http.MethodPost {
		request.Header.Set("Content-Type", "application/json")
	}
	for _, name := range []string{"orion-admin", "orion-vendor", "orion-customer"} {
		request.AddCookie(&http.Cookie{Name: name, Value: token})
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := p.app.Test(request, -1)
	p.must(err)
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode >= http.StatusInternalServerError {
		p.t.Errorf("%s %s as %s answered %d", method, path, person.name, response.StatusCode)
	}
	location := response.Header.Get("Location")
	away := response.StatusCode == http.StatusSeeOther && (strings.HasSuffix(location, "/account/sign-in") || strings.Contains(location, "/account/sign-in?next="))
	return !away && response.StatusCode != http.StatusUnauthorized && response.StatusCode != http.StatusForbidden
}

func hostOf(path string) string {
	if strings.HasPrefix(path, "/shop") || strings.HasPrefix(path, "/vendor") || strings.HasPrefix(path, "/api") {
		return "kaffa.localhost:8080"
	}
	return "localhost:8080"
}

// outside is the address of an internal path, with something in place of its parameters.
func outside(path string) string {
	path = strings.NewReplacer(":slug", "mug", ":id", "999999", ":user", "999999", ":token", "none", ":number", "1", ":variant", "1",
		":revision", "0.css", "*", "none").Replace(path)
	if rest, ok := strings.CutPrefix(path, "/shop"); ok {
		return "/" + strings.TrimPrefix(rest, "/")
	}
	return path
}

// person is somebody with an account, or nobody.
type person struct {
	name  string
	realm account.Realm
	id    int64
	// restore makes the person what they were, after a request that may have changed it.
	restore func()
}

// everybody is one person of each sort, beside "nobody".
func (p *platform) everybody() []*person {
	p.t.Helper()
	people := []*person{{name: "nobody", restore: func() {}}}
	for name, s := range map[string]*shop{"ada": p.kaffa, "bea": p.bloom} {
		people = append(people, &person{name: name, realm: account.Realm{Kind: account.Customer, VendorID: s.id}, id: p.newCustomer(s, name+"@example.com"), restore: func() {}})
	}
	packer := p.number(`INSERT INTO vendor_roles (vendor_id, name, permissions) VALUES (?, 'Packer', '{orders.fulfil,audit.read}') RETURNING id`, p.kaffa.id)
	for _, role := range []string{"owner", "manager", "staff", "viewer"} {
		people = append(people, p.onTeam(role, p.kaffa, role, 0))
	}
	people = append(people, p.onTeam("packer", p.kaffa, "custom", int64(packer)), p.onTeam("stranger", p.bloom, "owner", 0))
	p.onTeam("second", p.kaffa, "owner", 0) // so that the owner may leave
	for name, role := range map[string]string{"super": "super_admin", "admin": "admin", "support": "support"} {
		id := p.newUser(name + "@orion.test")
		p.exec(`UPDATE users SET platform_role = ? WHERE id = ?`, role, id)
		people = append(people, &person{name: name, realm: account.Realm{Kind: account.Admin}, id: id, restore: func() {}})
	}
	return people
}

func (p *platform) onTeam(name string, s *shop, role string, roleID int64) *person {
	p.t.Helper()
	id := p.newUser(name + "@" + s.slug + ".test")
	restore := func() {
		var custom any
		if roleID > 0 {
			custom = roleID
		}
		p.exec(`INSERT INTO vendor_members (vendor_id, user_id, role, role_id) VALUES (?, ?, ?, ?)
			ON CONFLICT (vendor_id, user_id) DO UPDATE SET role = excluded.role, role_id = excluded.role_id`, s.id, id, role, custom)
	}
	restore()
	return &person{name: name, realm: account.Realm{Kind: account.Vendor}, id: id, restore: restore}
}

// newUser is a user with the password of all fixtures.
func (p *platform) newUser(email string) int64 {
	p.t.Helper()
	return int64(p.number(`INSERT INTO users (email, name, password_hash, email_verified_at) VALUES (?, ?, ?, now()) RETURNING id`,
		email, strings.Split(email, "@")[0], p.passwordHash()))
}

// newCustomer is a customer of a shop with an account and a verified address.
func (p *platform) newCustomer(s *shop, email string) int64 {
	p.t.Helper()
	return int64(p.number(`INSERT INTO customers (vendor_id, email, name, password_hash, email_verified_at) VALUES (?, ?, ?, ?, now()) RETURNING id`,
		s.id, email, strings.Split(email, "@")[0], p.passwordHash()))
}

// password is that of every account in these tests.
const password = "correct horse battery"

func (p *platform) passwordHash() string {
	p.t.Helper()
	if p.hash == "" {
		hash, err := p.accounts.HashPassword(p.t.Context(), password)
		p.must(err)
		p.hash = hash
	}
	return p.hash
}
