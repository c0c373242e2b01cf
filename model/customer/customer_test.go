package customer_test

import (
	"testing"

	"orion/model/customer"
	"orion/model/tenant"
	"orion/postgres/pgtest"
)

func TestRemember(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	ctx := tenant.With(t.Context(), pgtest.Vendor(t, db, "kaffa"))
	remember := func(email, name, phone string) *customer.Customer {
		t.Helper()
		id, err := customer.Remember(ctx, db.Shop, email, name, phone)
		if err != nil {
			t.Fatal(err)
		}
		found := new(customer.Customer)
		if err := db.Shop.NewSelect().Model(found).Where("id = ?", id).Scan(ctx); err != nil {
			t.Fatal(err)
		}
		return found
	}
	ada := remember("ada@example.com", "Ada", "123456")
	if ada.Name != "Ada" || ada.Phone != "123456" || ada.HasAccount() {
		t.Errorf("%+v", ada)
	}
	if again := remember("ADA@Example.com", "Ada Lovelace", ""); again.ID != ada.ID || again.Name != "Ada Lovelace" || again.Phone != "123456" {
		t.Errorf("a guest who came again: %+v", again)
	}
	if _, err := db.Shop.NewRaw(`UPDATE customers SET password_hash = 'x'`).Exec(ctx); err != nil {
		t.Fatal(err)
	}
	if account := remember("ada@example.com", "Mallory", "666"); account.ID != ada.ID || account.Name != "Ada Lovelace" || account.Phone != "123456" || !account.HasAccount() {
		t.Errorf("an account was changed by a guest: %+v", account)
	}
	if _, err := db.Shop.NewDelete().Model(ada).WherePK().Exec(ctx); err != nil {
		t.Fatal(err)
	}
	if fresh := remember("ada@example.com", "Ada", ""); fresh.ID == ada.ID {
		t.Error("a deleted customer came back")
	}
	elsewhere := tenant.With(t.Context(), pgtest.Vendor(t, db, "bloom"))
	id, err := customer.Remember(elsewhere, db.Shop, "ada@example.com", "Ada", "")
	if err != nil || id == ada.ID {
		t.Errorf("another shop: %d, %v", id, err)
	}
}
