package tenant_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

// fixtures give each vendor one row or more in every vendor-owned table that pgtest.Vendor leaves empty, in the order
// in which they depend on each other. :v is the vendor. Ids repeat from vendor to vendor on purpose: a join on the id
// alone finds the other shop's row.
var fixtures = []struct{ table, insert string }{
	{"vendor_domains", `(vendor_id, host) VALUES (:v, 'shop:v.test')`},
	{"vendor_theme_files", `(vendor_id, path, body) VALUES (:v, 'views/shop/home.html', 'secret of :v')`},
	{"vendor_counters", `(vendor_id, name, value) VALUES (:v, 'order', 1)`},
	{"audit_log", `(vendor_id, actor_kind, action, subject) VALUES (:v, 'system', 'product.created', 'product:1')`},
	{"product_categories", `(vendor_id, id, slug, name) VALUES (:v, 1, 'beans', 'Beans')`},
	{"products", `(vendor_id, id, slug, title) VALUES (:v, 1, 'one', 'Secret of :v')`},
	{"slug_redirects", `(vendor_id, kind, slug, target_id) VALUES (:v, 'product', 'old', 1)`},
	{"product_category_products", `(vendor_id, category_id, product_id) VALUES (:v, 1, 1)`},
	{"product_options", `(vendor_id, id, product_id, name) VALUES (:v, 1, 1, 'Size')`},
	{"product_option_values", `(vendor_id, id, product_id, option_id, value) VALUES (:v, 1, 1, 1, 'S')`},
	{"product_images", `(vendor_id, id, product_id, url) VALUES (:v, 1, 1, '/p.svg')`},
	{"product_variants", `(vendor_id, id, product_id, price, image_id) VALUES (:v, 1, 1, 100, 1)`},
	{"inventory", `(vendor_id, variant_id, on_hand) VALUES (:v, 1, 5)`},
	{"stock_movements", `(vendor_id, variant_id, delta, reason) VALUES (:v, 1, 5, 'initial')`},
	{"customers", `(vendor_id, id, email) VALUES (:v, 1, 'ana@example.test')`},
	{"customer_addresses", `(vendor_id, id, customer_id, address) VALUES (:v, 1, 1, '{}')`},
	{"sessions", `(vendor_id, id, kind, account_id, expires_at) VALUES (:v, 1, 'customer', 1, now())`},
	{"refresh_tokens", `(vendor_id, hash, session_id) VALUES (:v, sha256('a'), 1)`},
	{"mailed_tokens", `(vendor_id, hash, purpose, account_id, email, expires_at) VALUES (:v, sha256('a'), 'verify_email', 1, 'ana@example.test', now())`},
	{"second_factors", `(vendor_id, account_id, secret) VALUES (:v, 1, 'secret of :v')`},
	{"recovery_codes", `(vendor_id, account_id, hash) VALUES (:v, 1, sha256('a'))`},
	{"sign_in_throttles", `(vendor_id, subject, failures) VALUES (:v, 'account:a', 1)`},
	{"vendor_roles", `(vendor_id, id, name) VALUES (:v, 1, 'Packer of :v')`},
	{"vendor_members", `(vendor_id, user_id, role) VALUES (:v, 1, 'owner')`},
	{"vendor_invitations", `(vendor_id, id, email, role, expires_at) VALUES (:v, 1, 'bea@example.test', 'staff', now())`},
	{"carts", `(vendor_id, id, token, customer_id) VALUES (:v, 1, '6f1e4d7c-6a0e-4b7e-9d53-0c1f6a1b2c3d', 1)`},
	{"cart_items", `(vendor_id, cart_id, variant_id, quantity) VALUES (:v, 1, 1, 1)`},
	{"orders", `(vendor_id, id, number, cart_id, customer_id, email, currency, subtotal, total, prices_include_tax, shipping_address)
		VALUES (:v, 1, 1, 1, 1, 'ana@example.test', 'EUR', 100, 100, true, '{}')`},
	{"order_items", `(vendor_id, id, order_id, variant_id, product_title, quantity, unit_price, total) VALUES (:v, 1, 1, 1, 'One', 1, 100, 100)`},
	{"order_status_history", `(vendor_id, order_id, status) VALUES (:v, 1, 'pending')`},
}

// shops is a database with two vendors' rows in every vendor-owned table.
type shops struct {
	db         *postgres.DB
	url        string
	tables     []ownedTable
	mine, them int64 // the vendor whose scope is tried, and the one whose rows are to stay out of reach
}

func newShops(t *testing.T) *shops {
	t.Helper()
	url := pgtest.URL(t)
	db := pgtest.Open(t, url, postgres.Options{})
	s := &shops{db: db, url: url, tables: ownedTables(t, db),
		mine: pgtest.Vendor(t, db, "mine"), them: pgtest.Vendor(t, db, "them")}
	if _, err := db.Platform.ExecContext(tenant.AsPlatform(t.Context()), "INSERT INTO users (id, email) VALUES (1, 'ana@example.test')"); err != nil {
		t.Fatal(err)
	}
	for _, vendorID := range []int64{s.mine, s.them} {
		ctx := tenant.With(t.Context(), vendorID)
		for _, fixture := range fixtures {
			values := strings.ReplaceAll(fixture.insert, ":v", strconv.FormatInt(vendorID, 10))
			if _, err := db.Shop.ExecContext(ctx, "INSERT INTO "+fixture.table+values); err != nil {
				t.Fatalf("fixture of %s: %v", fixture.table, err)
			}
		}
	}
	for _, table := range s.tables {
		for _, vendorID := range []int64{s.mine, s.them} {
			if len(s.rows(t, table, vendorID)) == 0 {
				t.Fatalf("no row in %s: add a fixture for it", table.Name)
			}
		}
	}
	return s
}

// rows are a vendor's rows of a table as JSON, seen by the platform.
func (s *shops) rows(t *testing.T, table ownedTable, vendorID int64) []string {
	t.Helper()
	var rows []string
	ask(t, s.db, &rows, "SELECT to_jsonb(r)::text FROM ? AS r WHERE r.? = ? ORDER BY 1",
		bun.Ident(table.Name), bun.Ident(table.Column), vendorID)
	return rows
}
