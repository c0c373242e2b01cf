package audit_test

import (
	"context"
	"errors"
	"testing"

	"orion/model/audit"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

type record struct {
	VendorID                                     int64
	ActorKind, Actor, Action, Subject, RequestID string
	Before, After                                *string
	Recent                                       bool
}

func records(t *testing.T, db *postgres.DB) []record {
	t.Helper()
	var found []record
	err := db.Platform.NewRaw(`SELECT vendor_id, actor_kind, actor, action, subject, request_id,
		before::text, after::text, at > now() - interval '1 minute' AS recent FROM audit_log ORDER BY id`).
		Scan(tenant.AsPlatform(t.Context()), &found)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRecord(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	kaffa := pgtest.Vendor(t, db, "kaffa")

	err := audit.Record(tenant.With(t.Context(), kaffa), db.Shop, audit.Entry{
		ActorKind: audit.Vendor, Actor: "ana@kaffa.test", Action: "product.updated", Subject: "product:7",
		Before: map[string]any{"title": "Don't"}, After: map[string]any{"title": "Do ?"}, RequestID: "r-1",
	})
	if err != nil {
		t.Fatal(err)
	}
	found := records(t, db)
	if len(found) != 1 {
		t.Fatalf("%d records, want 1", len(found))
	}
	got := found[0]
	if *got.Before != `{"title": "Don't"}` || *got.After != `{"title": "Do ?"}` {
		t.Errorf("before %s, after %s", *got.Before, *got.After)
	}
	got.Before, got.After = nil, nil
	want := record{kaffa, "vendor", "ana@kaffa.test", "product.updated", "product:7", "r-1", nil, nil, true}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestRecordScopes(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	kaffa, bloom := pgtest.Vendor(t, db, "kaffa"), pgtest.Vendor(t, db, "bloom")
	platform := tenant.AsPlatform(t.Context())
	entry := audit.Entry{ActorKind: audit.System, Action: "vendor.activated", Subject: "vendor:1"}

	foreign := entry
	foreign.VendorID = bloom
	if err := audit.Record(tenant.With(t.Context(), kaffa), db.Shop, foreign); !errors.Is(err, tenant.ErrForeignVendor) {
		t.Errorf("another vendor's record: %v, want ErrForeignVendor", err)
	}
	if err := audit.Record(t.Context(), db.Shop, entry); !errors.Is(err, tenant.ErrNoScope) {
		t.Errorf("without a scope: %v, want ErrNoScope", err)
	}
	if err := audit.Record(platform, db.Platform, foreign); err != nil {
		t.Errorf("a vendor's record by the platform: %v", err)
	}
	if err := audit.Record(platform, db.Platform, entry); err != nil {
		t.Errorf("the platform's own record: %v", err)
	}
	found := records(t, db)
	if len(found) != 2 || found[0].VendorID != bloom || found[1].VendorID != 0 || found[1].Before != nil {
		t.Errorf("records %+v; want one of vendor %d and one of the platform, without before", found, bloom)
	}
}

func TestRecordStandsAndFallsWithTheChange(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	ctx := tenant.With(t.Context(), pgtest.Vendor(t, db, "kaffa"))
	tx, err := db.Shop.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := audit.Record(ctx, tx, audit.Entry{ActorKind: audit.Guest, Action: "order.placed", Subject: "order:1"}); err != nil {
		t.Fatal(err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if found := records(t, db); len(found) != 0 {
		t.Errorf("a change that was rolled back left %+v", found)
	}
}

func TestRecordsStay(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	platform := tenant.AsPlatform(context.Background())
	if err := audit.Record(platform, db.Platform, audit.Entry{ActorKind: audit.System, Action: "a", Subject: "b"}); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log"} {
		if _, err := db.Platform.ExecContext(platform, statement); err == nil {
			t.Errorf("%s: no error", statement)
		}
	}
	if found := records(t, db); len(found) != 1 || found[0].Actor != "" {
		t.Errorf("records %+v; want the one, unchanged", found)
	}
}
