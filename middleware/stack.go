// Package middleware is what happens to every request before its handler: stack.go says in which order, and each
// step is a file.
package middleware

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/model/account"
	"orion/model/vendor"
	"orion/views"
)

// Options is what the middleware needs to know.
type Options struct {
	Logger    *slog.Logger
	Directory *vendor.Directory
	// PlatformHost is the platform's own host: lower case, without a port.
	PlatformHost string
	// TrustedProxies may say, by X-Forwarded-For, -Host, -Proto and X-Request-ID, who asked for what. They must
	// set these headers, not pass on what the client sent. Nobody else is believed.
	TrustedProxies []netip.Prefix
	// Production adds Strict-Transport-Security where the connection is encrypted.
	Production bool
	// Deadline bounds a request's queries. 0 is 10 seconds.
	Deadline time.Duration
	// Limits are how often one client address may ask, by audience. An audience without one has no limit.
	Limits map[views.Audience]Limit
	// Bodies are how many bytes a request's body may have, by audience. An audience without one has 64 KiB. The
	// app's own BodyLimit must be at least the largest.
	Bodies map[views.Audience]int
	// Theme makes a shop's look ready; nil for nothing to do. An error is answered instead of the page.
	Theme func(c *fiber.Ctx, shop *vendor.Shop) error
	// Accounts reads the tokens that requests bring; nil knows nobody.
	Accounts *account.Authority
}

const (
	defaultDeadline = 10 * time.Second
	defaultBody     = 64 << 10
	limitedClients  = 50_000 // remembered per audience: some 10 MB
)

// stack is Options made ready.
type stack struct {
	Options
	limiters    map[views.Audience]*Limiter
	crossOrigin *http.CrossOriginProtection
}

// Use puts the whole stack in front of every route. It must come before anything else that the app uses, and the
// app's ErrorHandler must be the one that Errors makes.
func Use(app *fiber.App, options Options) error {
	s := &stack{Options: options, limiters: map[views.Audience]*Limiter{}, crossOrigin: http.NewCrossOriginProtection()}
	if s.Deadline == 0 {
		s.Deadline = defaultDeadline
	}
	for audience, limit := range options.Limits {
		if limit == (Limit{}) {
			continue
		}
		limiter, err := NewLimiter(limit, limitedClients)
		if err != nil {
			return fmt.Errorf("audience %s: %w", audience, err)
		}
		s.limiters[audience] = limiter
	}
	app.Use(
		s.log,       // request id, client, the line in the log, the answer to errors
		recovery,    // panics become errors
		s.headers,   // security headers, on errors too
		s.deadline,  // bounds every query from here on
		s.vendor,    // host and path → shop and target
		rewrite,     // the internal path
		audience,    // the scope of queries
		s.theme,     // the shop's look
		s.rateLimit, // 429
		s.origin,    // 403 for changes from elsewhere
		s.input,     // 400, 413, 415 for what no handler should see
		s.session,   // who it says it is; Gate, before the handler, asks what they may do
	)
	return nil
}
