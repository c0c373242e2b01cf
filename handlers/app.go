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
	accountpages "orion/handlers/account"
	"orion/handlers/admin"
	"orion/handlers/api"
	"orion/handlers/desk"
	"orion/handlers/dev"
	"orion/handlers/platform"
	"orion/handlers/shop"
	"orion/handlers/sign"
	dashboard "orion/handlers/vendor"
	"orion/mail"
	"orion/middleware"
	"orion/model/access"
	"orion/model/account"
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
	Accounts  *account.Authority
	// Enqueue takes a letter into the transaction of the change that it tells of.
	Enqueue access.Enqueue
	// Mail holds what was sent, for /dev/mail; nil has no such page.
	Mail *mail.Box
	// Demo are the accounts that came with the demo data, for the sign-in page; nil for none.
	Demo func(site *views.Site) []views.DemoAccount
	Log  *slog.Logger
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
		Production: o.Production, Limits: limits(o.RequestsPerSecond), Accounts: o.Accounts,
	})
	if err != nil {
		return nil, fmt.Errorf("make the middleware: %w", err)
	}
	storefront := shop.New(o.DB, o.Views, o.Signer)
	storefront.Accounts, storefront.Enqueue = o.Accounts, o.Enqueue
	o.Views.Visitor, o.Views.HasVisitor = storefront.Visitor, storefront.HasVisitor

	app.Get(assets.Prefix+"*", o.Assets.Serve)
	app.Get(assets.Pictures+"*", o.Assets.ServePicture)
	guesses, err := middleware.NewLimiter(lookups, lookupClients)
	if err != nil {
		return nil, fmt.Errorf("limit the looking up of orders: %w", err)
	}
	gate := &middleware.Gate{Accounts: o.Accounts, Platform: o.DB.Platform}
	for _, r := range o.rooms(storefront, guesses).routes() {
		if err := r.check(); err != nil {
			return nil, err
		}
		app.Add(r.method, r.path, r.guarded(gate)...)
		if r.method == fiber.MethodGet {
			app.Add(fiber.MethodHead, r.path, r.guarded(gate)...)
		}
	}
	return app, nil
}

// rooms makes what answers, by audience.
func (o Options) rooms(storefront *shop.Handlers, guesses *middleware.Limiter) rooms {
	made := rooms{
		platform: platform.New(o.DB, o.Views, o.Ready, art.Draw), shop: storefront, guesses: guesses,
		account: &accountpages.Handlers{
			Accounts: o.Accounts, Views: o.Views, Adopt: storefront.Adopt, Forget: storefront.Forget, Demo: o.Demo, Production: o.Production,
			Shell: func(c *fiber.Ctx, title string) (views.Shell, error) {
				if views.SiteFrom(c).Audience == views.AudienceShop {
					return storefront.Frame(c, title)
				}
				return desk.Shell(c, o.Views, title), nil
			},
		},
		vendor: &dashboard.Handlers{
			Platform: o.DB.Platform, Shop: o.DB.Shop, Accounts: o.Accounts, Views: o.Views, Enqueue: o.Enqueue, Production: o.Production,
		},
		admin: &admin.Handlers{Platform: o.DB.Platform, Views: o.Views},
		api:   &api.Handlers{Accounts: o.Accounts},
	}
	if o.Mail != nil {
		made.mail = dev.New(o.Mail, o.Views)
	}
	return made
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
