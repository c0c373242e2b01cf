// Package handlers is HTTP in and out: the app, the table of its routes, and a package per audience.
package handlers

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/assets"
	"orion/demo/art"
	"orion/handlers/platform"
	"orion/handlers/shop"
	"orion/handlers/sign"
	"orion/middleware"
	"orion/model/vendor"
	"orion/postgres"
	"orion/views"
)

// The limits of a connection. maxBody is the largest body of a request, in bytes; an audience
// may allow less.
const (
	maxBody     = 1 << 20
	maxHeaders  = 16 << 10         // of a request, in bytes; on localhost, browsers send the cookies of every project
	readTimeout = 15 * time.Second // for the whole request
	idleTimeout = 75 * time.Second
)

// Options is what New needs.
type Options struct {
	DB        *postgres.DB
	Directory *vendor.Directory
	Views     *views.Renderer
	Assets    *assets.Bundle
	Signer    *sign.Signer
	Log       *slog.Logger
	// Ready tells why the process cannot answer requests yet, nil when it can.
	Ready func(context.Context) error

	PlatformHost   string
	TrustedProxies []netip.Prefix
	Production     bool
	// RequestsPerSecond is how often one address may ask a shop in the long run; 0 is without a limit.
	RequestsPerSecond float64
}

// lookups is how often one address may try a number and an e-mail address: a person who mistypes stays below it, and
// somebody who guesses gets nowhere.
var lookups = middleware.Limit{PerSecond: 0.2, Burst: 10}

const lookupClients = 20_000 // remembered

// New makes the app that answers every request. Its error names what could not be made.
func New(o Options) (*fiber.App, error) {
	app := fiber.New(fiber.Config{
		AppName: "Orion", DisableStartupMessage: true,
		// Without it, stored parameters turn into other requests' bytes: Fiber reuses their memory.
		Immutable: true,
		BodyLimit: maxBody, ReadBufferSize: maxHeaders, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
		ErrorHandler: middleware.Errors(o.Log, errorPages{o.Views}.render),
	})
	err := middleware.Use(app, middleware.Options{
		Logger: o.Log, Directory: o.Directory, PlatformHost: o.PlatformHost, TrustedProxies: o.TrustedProxies,
		Production: o.Production, Limits: limits(o.RequestsPerSecond),
	})
	if err != nil {
		return nil, fmt.Errorf("make the middleware: %w", err)
	}
	storefront := shop.New(o.DB, o.Views, o.Signer)
	o.Views.Visitor, o.Views.HasVisitor = storefront.Visitor, storefront.HasVisitor

	app.Get(assets.Prefix+"*", o.Assets.Serve)
	app.Get(assets.Pictures+"*", o.Assets.ServePicture)
	guesses, err := middleware.NewLimiter(lookups, lookupClients)
	if err != nil {
		return nil, fmt.Errorf("limit the looking up of orders: %w", err)
	}
	for _, r := range routes(platform.New(o.DB, o.Views, o.Ready, art.Draw), storefront, guesses) {
		app.Add(r.method, r.path, r.handlers...)
		if r.method == fiber.MethodGet {
			app.Add(fiber.MethodHead, r.path, r.handlers...)
		}
	}
	return app, nil
}

// limits are per client address. A person reads far slower; a burst is a page with its pictures.
func limits(perSecond float64) map[views.Audience]middleware.Limit {
	if perSecond == 0 {
		return nil
	}
	limit := middleware.Limit{PerSecond: perSecond, Burst: int(perSecond * 4)}
	return map[views.Audience]middleware.Limit{
		views.AudienceShop: limit, views.AudiencePlatform: limit, views.AudienceVendor: limit, views.AudienceAdmin: limit,
	}
}
