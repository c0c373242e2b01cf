package commands

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/assets"
	"orion/cache"
	"orion/config"
	"orion/handlers"
	"orion/handlers/sign"
	"orion/jobs"
	"orion/model/access"
	"orion/model/account"
	"orion/model/tenant"
	"orion/model/vendor"
	"orion/postgres"
	"orion/views"
)

// shopsKept is how many shops the directory keeps in memory.
const shopsKept = 10_000

// site is everything that answers requests, put together.
type site struct {
	app      *fiber.App
	caches   handlers.Caches
	accounts *account.Authority
	queue    *jobs.Queue
	log      *slog.Logger
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
	signer, err := sign.New(string(cfg.Secret), secrets(cfg.OldSecrets)...)
	if err != nil {
		return nil, fmt.Errorf("make the signing keys: %w", err)
	}
	post, err := newPost(cfg, log)
	if err != nil {
		return nil, err
	}
	made := &site{caches: handlers.Caches{Directory: directory, Views: renderer, Log: log}, log: log}
	// The queue asks the accounts for tokens, and the accounts put letters into the queue.
	made.queue, err = newQueue(cfg, log, db, directory, renderer, post.sender, func() *account.Authority { return made.accounts })
	if err != nil {
		return nil, err
	}
	if made.accounts, err = newAccounts(cfg, db, made.queue.Enqueue); err != nil {
		return nil, err
	}
	made.app, err = handlers.New(handlers.Options{
		DB: db.DB, Directory: directory, Views: renderer, Assets: built, Signer: signer, Log: log,
		Accounts: made.accounts, Enqueue: made.queue.Enqueue, Mail: post.box, Demo: demoSignIns(cfg),
		Ready:        func(ctx context.Context) error { return ready(ctx, db.DB) },
		PlatformHost: cfg.PlatformHost, TrustedProxies: cfg.TrustedProxies,
		Production: cfg.Production(), RequestsPerSecond: cfg.RateLimit,
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// newAccounts makes what signs people in. Half of the processors may hash passwords at once, so that the others go on
// answering.
func newAccounts(cfg *config.Config, db *database, enqueue access.Enqueue) (*account.Authority, error) {
	accounts, err := account.New(account.Options{
		Shop: db.Shop, Platform: db.Platform, Secret: string(cfg.Secret), OldSecrets: secrets(cfg.OldSecrets),
		Cost: cfg.BcryptCost, Workers: max(1, runtime.GOMAXPROCS(0)/2), Enqueue: enqueue,
	})
	if err != nil {
		return nil, fmt.Errorf("make the accounts: %w", err)
	}
	return accounts, nil
}

func secrets(list []config.Secret) []string {
	plain := make([]string, len(list))
	for i, secret := range list {
		plain[i] = string(secret)
	}
	return plain
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

// work does jobs until the returned function is called, which lets those under way finish.
func (s *site) work(ctx context.Context) (stop func(), err error) {
	ctx = context.WithoutCancel(ctx)
	if err := s.queue.Start(ctx); err != nil {
		return nil, err
	}
	return func() {
		ctx, cancel := context.WithTimeout(ctx, stopTime)
		defer cancel()
		if err := s.queue.Stop(ctx); err != nil {
			s.log.Warn("Stopped with jobs under way; they come again", "error", err)
		}
	}, nil
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
