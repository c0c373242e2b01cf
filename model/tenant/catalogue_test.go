package tenant_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

// platformTables belong to no vendor. A new table is either listed here, or has a vendor_id and a wall.
var platformTables = []string{
	"schema_migrations", "users", "platform_settings",
	"river_job", "river_leader", "river_migration", "river_notification", "river_queue", // River's
}

// globalIndexes may lead with something else than vendor_id: they hold what is unique across the platform, or what a
// user has across it.
var globalIndexes = []string{"vendors_pkey", "vendors_slug", "vendor_domains_host", "vendor_members_user"}

// ownedTable is a vendor-owned table as the catalogue knows it.
type ownedTable struct {
	Name   string
	Column string // that holds the vendor's id
}

// ownedTables finds every table with a vendor_id, and vendors itself.
func ownedTables(t *testing.T, db *postgres.DB) []ownedTable {
	t.Helper()
	tables := []ownedTable{{"vendors", "id"}}
	var names []string
	ask(t, db, &names, `SELECT c.table_name FROM information_schema.columns c
		JOIN information_schema.tables t USING (table_schema, table_name)
		WHERE c.column_name = 'vendor_id' AND t.table_type = 'BASE TABLE' AND c.table_schema = 'public'
		ORDER BY 1`)
	if len(names) < 20 {
		t.Fatalf("the catalogue names only %d vendor-owned tables: %v", len(names), names)
	}
	for _, name := range names {
		tables = append(tables, ownedTable{name, "vendor_id"})
	}
	return tables
}

// ask reads from the catalogue, or from any table, as the platform.
func ask(t *testing.T, db *postgres.DB, dest any, query string, args ...any) {
	t.Helper()
	if err := db.Platform.NewRaw(query, args...).Scan(tenant.AsPlatform(t.Context()), dest); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func TestEveryTableIsWalledInOrThePlatforms(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	var names []string
	ask(t, db, &names, `SELECT relname FROM pg_class WHERE relkind IN ('r','p') AND relnamespace = 'public'::regnamespace`)
	owned := ownedTables(t, db)
	for _, name := range names {
		isOwned := slices.ContainsFunc(owned, func(o ownedTable) bool { return o.Name == name })
		if !isOwned && !slices.Contains(platformTables, name) {
			t.Errorf("table %s has no vendor_id: give it one and wall_in, or list it in platformTables", name)
		}
	}
}

func TestEveryVendorOwnedTableForcesRowSecurity(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	for _, table := range ownedTables(t, db) {
		var wall struct{ Enabled, Forced, Truncate bool }
		ask(t, db, &wall, `SELECT relrowsecurity AS enabled, relforcerowsecurity AS forced,
			EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND tgname = 'own_vendor_truncate') AS truncate
			FROM pg_class c WHERE oid = ?::regclass`, table.Name)
		if !wall.Enabled || !wall.Forced || !wall.Truncate {
			t.Errorf("%s: %+v; call wall_in('%s') in its migration", table.Name, wall, table.Name)
		}
		// Policies are alternatives, so a second one could only let more through.
		var policies []string
		ask(t, db, &policies, `SELECT concat_ws(' ', polcmd, pg_get_expr(polqual, polrelid), 'CHECK',
			pg_get_expr(polwithcheck, polrelid)) FROM pg_policy WHERE polrelid = ?::regclass`, table.Name)
		rule := fmt.Sprintf("((%s = (current_setting('app.vendor_id'::text))::bigint) OR sees_all_vendors())", table.Column)
		want := "* " + rule + " CHECK " + rule
		if len(policies) != 1 || policies[0] != want {
			t.Errorf("%s: policies %q, want only %q", table.Name, policies, want)
		}
	}
}

func TestKeysAndIndexesLeadWithTheVendor(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	for _, table := range ownedTables(t, db) {
		var indexes []struct {
			Name    string
			Primary bool
			First   string
		}
		ask(t, db, &indexes, `SELECT i.indexrelid::regclass::text AS name, i.indisprimary AS primary,
			coalesce((SELECT attname FROM pg_attribute WHERE attrelid = i.indrelid AND attnum = i.indkey[0]), '') AS first
			FROM pg_index i WHERE i.indrelid = ?::regclass`, table.Name)
		hasPrimary := false
		for _, index := range indexes {
			hasPrimary = hasPrimary || index.Primary
			if index.First != table.Column && !slices.Contains(globalIndexes, index.Name) {
				t.Errorf("%s: index %s leads with %q, want %s", table.Name, index.Name, index.First, table.Column)
			}
		}
		if !hasPrimary {
			t.Errorf("%s has no primary key", table.Name)
		}
	}
}

func TestForeignKeysCannotPointIntoAnotherShop(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	owned := ownedTables(t, db)
	column := func(name string) string {
		if i := slices.IndexFunc(owned, func(o ownedTable) bool { return o.Name == name }); i >= 0 {
			return owned[i].Column
		}
		return ""
	}
	var keys []struct{ Source, Target, Pairs string }
	ask(t, db, &keys, `SELECT conrelid::regclass::text AS source, confrelid::regclass::text AS target,
		(SELECT string_agg(a.attname || '=' || f.attname, ' ' ORDER BY n)
		 FROM unnest(conkey, confkey) WITH ORDINALITY u(k, fk, n)
		 JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k
		 JOIN pg_attribute f ON f.attrelid = confrelid AND f.attnum = fk) AS pairs
		FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`)
	if len(keys) < 20 {
		t.Fatalf("the catalogue names only %d foreign keys", len(keys))
	}
	for _, key := range keys {
		target := column(key.Target)
		if target == "" {
			continue // points to a table of the platform
		}
		want := column(key.Source) + "=" + target
		if !slices.Contains(strings.Fields(key.Pairs), want) {
			t.Errorf("foreign key of %s to %s pairs %s, want %s among them", key.Source, key.Target, key.Pairs, want)
		}
	}
}

// TestNothingLooksOverTheWall finds what row security does not hold for: views that run as their owner, materialised
// views, and functions that run as theirs.
func TestNothingLooksOverTheWall(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	var found []string
	ask(t, db, &found, `SELECT 'view ' || relname FROM pg_class
		WHERE relnamespace = 'public'::regnamespace AND (relkind = 'm' OR relkind = 'v'
			AND NOT coalesce('security_invoker=true' = ANY (reloptions), false))
		UNION ALL SELECT 'function ' || proname FROM pg_proc
		WHERE pronamespace = 'public'::regnamespace AND prosecdef`)
	if len(found) > 0 {
		t.Errorf("%v: make views security_invoker, functions not security definer, or argue for a wall of their own", found)
	}
}
