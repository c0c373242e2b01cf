package pgtest_test

import (
	"testing"

	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

func TestNewGivesEachTestItsOwnDatabase(t *testing.T) {
	t.Parallel()
	for range 2 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			db := pgtest.New(t)
			id := pgtest.Vendor(t, db, "kaffa") // a second one of this name in one database would fail
			var currency string
			err := db.Shop.NewRaw("SELECT currency FROM vendor_settings WHERE vendor_id = ?", id).
				Scan(tenant.With(t.Context(), id), &currency)
			if err != nil || currency != "EUR" {
				t.Errorf("currency = %q, %v; want EUR", currency, err)
			}
		})
	}
}

func TestTestsConnectBehindRowSecurity(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	bypasses, err := pgtest.Open(t, url, postgres.Options{}).RoleBypassesRLS(t.Context())
	if err != nil || bypasses {
		t.Errorf("RoleBypassesRLS = %v, %v; want false", bypasses, err)
	}
}
