package account_test

import (
	"strings"
	"testing"

	"orion/model/account"
)

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		password string
		want     bool
	}{
		{password, true},
		{"orion-demo", true},
		{"ñandú volador", true},
		{"密码密码密码密码密码", false}, // one word, again and again, but letters are what is counted
		{"密码很长很长的一句话啊", true},
		{strings.Repeat("long ", 200), true},
		{"too short", false},
		{"", false},
		{"password123", false},
		{"Password1234!", false},
		{"qwertyuiop", false},
		{"1234567890", false},
		{"aaaaaaaaaaaaaa", false},
		{"dragondragon", false},
		{"ada.lovelace@example.com", false},
		{"Ada.Lovelace", false},
		{strings.Repeat("a long one ", 100), false},
	} {
		err := account.CheckPassword("next", tt.password, "ada.lovelace@example.com")
		if (err == nil) != tt.want || err != nil && !refused(err, "next") {
			t.Errorf("%q: %v", tt.password, err)
		}
	}
}

func TestPasswordsCountWhole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long := strings.Repeat("0123456789", 9) + "and the end"
	for name, tt := range map[string]struct{ chosen, typed string }{
		"after byte 72": {long, long[:len(long)-1] + "!"},
		"after a NUL":   {"before\x00after it", "before\x00another"},
		"cut":           {long, long[:72]},
		"capitals":      {"A Sentence With Capitals", "a sentence with capitals"},
	} {
		hash, err := w.a.HashPassword(t.Context(), tt.chosen)
		if err != nil {
			t.Fatal(err)
		}
		w.exec(`UPDATE users SET password_hash = ?`, hash)
		if _, err := w.try(vendors, "ada@example.com", tt.typed); !refused(err, "") {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := w.try(vendors, "ada@example.com", tt.chosen); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPasswordsAreTheSameFromEveryKeyboard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hash, err := w.a.HashPassword(t.Context(), "cafe\u0301 au lait") // e and an accent
	if err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE users SET password_hash = ?`, hash)
	if _, err := w.try(vendors, "ada@example.com", "caf\u00e9 au lait"); err != nil { // é
		t.Error(err)
	}
}
