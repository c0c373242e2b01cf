package access_test

import (
	"slices"
	"testing"

	"orion/model/access"
)

func TestFindUsers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.staffed(t, "support@orion.test", access.Support)
	w.user(t, "Kai_ser@example.test")
	w.user(t, "kaiXser@example.test")
	gone := w.user(t, "kaiser@example.test")
	w.execute(t, `UPDATE users SET deleted_at = now() WHERE id = ?`, gone)
	for start, want := range map[string][]string{
		"":         {"support@orion.test"},
		"owner@":   {"owner@bloom.test", "owner@kaffa.test"},
		"OWNER@K":  {"owner@kaffa.test"},
		"kai_":     {"Kai_ser@example.test"},
		"kai%":     nil,
		"wner@":    nil,
		"x' OR 1=": nil,
	} {
		users, err := access.FindUsers(t.Context(), w.db.Platform, start, 10)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, user := range users {
			got = append(got, user.Email)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", start, got, want)
		}
	}
	if users, err := access.FindUsers(t.Context(), w.db.Platform, "", 10); err != nil || users[0].Role.Name != access.Support {
		t.Errorf("%+v, %v", users, err)
	}
	if users, err := access.FindUsers(t.Context(), w.db.Platform, "owner@", 1); err != nil || len(users) != 1 {
		t.Errorf("%+v, %v", users, err)
	}
}
