package commands

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/assets"
	"orion/cache"
	"orion/config"
	"orion/handlers"
	"orion/handlers/sign"
	"orion/model/tenant"
	"orion/model/vendor"
	"orion/postgres"
	"orion/views"
)

// shopsKept is how many shops the directory keeps in memory.
const shopsKept = 10_000

// site is everything that answers requests, put together.
type site struct {
	app    *fiber.App
	caches handlers.Caches
	log    *slog.Logger
}

// newSite puts the parts together; each gets what it needs and no more.
func newSite(cfg *config.Config, log *slog.Logger, db *database) (*site, error) {
	built, err := builtAssets(cfg)
	if err != nil {
		return nil, err
	}
	directory, err := vendor.NewDirectory(db.Platform, shopsKept)
	if err != nil {
		return nil, err
	}
	epochs := cache.NewEpochs()
	renderer, err := views.New(views.Options{
		Log: log, Assets: built, Epochs: epochs, Development: !cfg.Production(),
		SourceDir: cfg.SourceDir, ThemesDir: cfg.ThemesDir, CacheBytes: int64(cfg.CacheMegabytes) << 20,
		ThemeFiles: func(ctx context.Context, vendorID int64) (map[string]string, error) {
			return vendor.ThemeFiles(tenant.With(ctx, vendorID), db.Shop)
		},
	})
	if err != nil {
		return nil, err
	}
	signer, err := sign.New(string(cfg.Secret))
	if err != nil {
		return nil, fmt.Errorf("make the signing keys: %w", err)
	}
	app, err := handlers.New(handlers.Options{
		DB: db.DB, Directory: directory, Views: renderer, Assets: built, Signer: signer, Log: log,
		Ready:        func(ctx context.Context) error { return ready(ctx, db.DB) },
		PlatformHost: cfg.PlatformHost, TrustedProxies: cfg.TrustedProxies,
		Production: cfg.Production(), RequestsPerSecond: cfg.RateLimit,
	})
	if err != nil {
		return nil, err
	}
	return &site{app: app, caches: handlers.Caches{Directory: directory, Views: renderer, Log: log}, log: log}, nil
}

// builtAssets are those in the program or, in development, those in the project's folder.
func builtAssets(cfg *config.Config) (*assets.Bundle, error) {
	dist := assets.Dist()
	if cfg.SourceDir != "" {
		dist = os.DirFS(filepath.Join(cfg.SourceDir, "assets", "dist"))
	}
	return assets.New(dist, cfg.SourceDir != "")
}

// ready says why requests cannot be answered: the database is out of reach, or not as this program needs it.
func ready(ctx context.Context, db *postgres.DB) error {
	if err := db.Ping(ctx); err != nil {
		return err
	}
	pending, err := db.Pending(ctx)
	if err != nil {
		return err
	}
	if len(pending) > 0 {
		return fmt.Errorf("the database lacks migrations: %s", strings.Join(pending, ", "))
	}
	return nil
}

// hear keeps the caches true by the database's signals, until the returned function is called.
func (s *site) hear(ctx context.Context, url string) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := postgres.Listen(ctx, url, s.caches.Channels(), s.caches.Signal,
			func() { s.caches.Trust(true) }, func() { s.caches.Trust(false) })
		if ctx.Err() == nil {
			s.log.Error("Not listening to the database; nothing is cached", "error", err)
		}
	}()
	return func() {
		cancel()
		<-done
	}
}
