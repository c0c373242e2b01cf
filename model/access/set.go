package access

import (
	"slices"
	"strings"
)

// Set is an immutable set of permissions. The zero value holds none. It says nothing about whose they are: a shop's
// owner and a super admin both hold everything, each on their own side.
type Set struct {
	permissions []Permission // sorted, each once
}

// NewSet is the set of these permissions. "" is left out.
func NewSet(permissions ...Permission) Set {
	sorted := slices.Sorted(slices.Values(permissions))
	sorted = slices.DeleteFunc(slices.Compact(sorted), func(p Permission) bool { return p == "" })
	return Set{permissions: sorted}
}

func setOf(names []string) Set {
	permissions := make([]Permission, len(names))
	for i, name := range names {
		permissions[i] = Permission(name)
	}
	return NewSet(permissions...)
}

// Has tells whether the set holds a permission, itself or by one above it: "orders.*" holds all of orders, "x.write"
// and "x.manage" hold "x.read", "*" holds all. "orders.*" is held only by itself and "*", however many of its
// permissions are in the set, since there may be more of them one day.
func (s Set) Has(permission Permission) bool {
	if permission == "" {
		return false
	}
	return slices.ContainsFunc(s.permissions, func(held Permission) bool { return holds(held, permission) })
}

func holds(held, wanted Permission) bool {
	if held == everything || held == wanted {
		return true
	}
	thing, act, ok := strings.Cut(string(held), ".")
	if !ok {
		return false
	}
	wantedThing, wantedAct, ok := strings.Cut(string(wanted), ".")
	if !ok || thing != wantedThing {
		return false
	}
	return act == "*" || wantedAct == "read" && (act == "write" || act == "manage")
}

// Covers tells whether the set holds all that another does, so that whoever has it may grant the other.
func (s Set) Covers(other Set) bool {
	return !slices.ContainsFunc(other.permissions, func(p Permission) bool { return !s.Has(p) })
}

// List is what the set was made of, in alphabetical order, without what those hold in turn.
func (s Set) List() []Permission { return slices.Clone(s.permissions) }

// Empty tells whether the set holds nothing.
func (s Set) Empty() bool { return len(s.permissions) == 0 }

func (s Set) names() []string {
	names := make([]string, len(s.permissions))
	for i, permission := range s.permissions {
		names[i] = string(permission)
	}
	return names
}
