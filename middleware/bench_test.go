package middleware_test

import (
	"log/slog"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"orion/middleware"
	"orion/model/vendor"
	"orion/postgres/pgtest"
	"orion/views"
)

// BenchmarkStack is what the whole stack adds to a request that costs nothing itself, log line included.
func BenchmarkStack(b *testing.B) {
	db := pgtest.New(b)
	pgtest.Vendor(b, db, "kaffa")
	directory, err := vendor.NewDirectory(db.Platform, 100)
	if err != nil {
		b.Fatal(err)
	}
	directory.Trust(true)
	app := fiber.New(fiber.Config{Immutable: true})
	err = middleware.Use(app, middleware.Options{
		Logger: slog.New(slog.NewJSONHandler(discard{}, nil)), Directory: directory, PlatformHost: "localhost",
		Limits: map[views.Audience]middleware.Limit{views.AudienceShop: {PerSecond: 1e9, Burst: 1e9}},
	})
	if err != nil {
		b.Fatal(err)
	}
	app.Get("/shop/products/:slug", func(c *fiber.Ctx) error { return c.SendString("ok") })
	handler := app.Handler()
	var request fasthttp.RequestCtx // used again, as the server does
	b.ReportAllocs()
	for b.Loop() {
		request.Request.Reset()
		request.Response.Reset()
		request.ResetUserValues()
		request.Request.SetRequestURI("/vendor/kaffa/shop/products/mug?variant=1")
		request.Request.Header.SetHost("localhost:8080")
		handler(&request)
		if request.Response.StatusCode() != fiber.StatusOK {
			b.Fatal(request.Response.String())
		}
	}
}

// discard is io.Discard, which slog would recognise and skip the work for.
type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
