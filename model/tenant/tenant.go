// Package tenant says whose rows a piece of work may touch: one vendor's, or, said out loud, every vendor's.
//
// The scope travels in the context. [Owned] carries it into Bun's queries (the first wall) and package postgres
// into the connection, where row-level security holds whatever the query says (the second).
package tenant

import (
	"context"
	"errors"
)

// ErrNoScope is returned where a query needs a vendor and the context names none. It is a mistake of the
// programmer, never of a visitor: the caller forgot [With] or [AsPlatform].
var ErrNoScope = errors.New("no vendor in the context: scope it with tenant.With")

// ErrForeignVendor is returned for a row that is to be written for one vendor in the scope of another.
var ErrForeignVendor = errors.New("the row belongs to another vendor")

// ErrUnnamedVendor is returned for a row inserted in the platform's scope without saying whose it is.
var ErrUnnamedVendor = errors.New("in the platform's scope an inserted row must name its vendor")

type scopeKey struct{}

type scope struct {
	vendorID int64
	platform bool
}

// With returns a context whose queries see and write only the rows of this vendor. It replaces the scope that ctx
// had. An id that is not positive gives a context without a scope, whose queries fail.
func With(ctx context.Context, vendorID int64) context.Context {
	return context.WithValue(ctx, scopeKey{}, scope{vendorID: vendorID})
}

// AsPlatform returns a context whose queries see every vendor, on the platform's own connections only. It replaces
// the scope that ctx had. Use it where the work is the platform's: finding a vendor by its host, the admin, reports.
func AsPlatform(ctx context.Context) context.Context {
	return context.WithValue(ctx, scopeKey{}, scope{platform: true})
}

// Vendor returns the vendor that ctx is scoped to, or ErrNoScope, also in the platform's scope.
func Vendor(ctx context.Context) (int64, error) {
	s := scopeOf(ctx)
	if s.vendorID <= 0 {
		return 0, ErrNoScope
	}
	return s.vendorID, nil
}

// IsPlatform tells whether ctx is in the platform's scope.
func IsPlatform(ctx context.Context) bool {
	return scopeOf(ctx).platform
}

func scopeOf(ctx context.Context) scope {
	s, _ := ctx.Value(scopeKey{}).(scope)
	return s
}
