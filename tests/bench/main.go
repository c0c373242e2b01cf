// Command bench measures Orion on a synthetic platform: requests per second, p50 and p99 of each kind of page, and the
// database's share, beside two limits measured in the same run: Fiber sending the same bytes, and pgbench running the
// same SQL. The load, Orion and PostgreSQL share this machine, so compare ratios.
//
//	make bench                                  # 1,000 shops with 1,000 products each; the first load takes a while
//	make bench FLAGS='-vendors 50 -products 200'
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"
)

type options struct {
	vendors, products int
	seconds           float64
	connections       int
	dir               string
	static            string // serve this file's bytes instead of measuring: the limit's own process
	port              int
}

func main() {
	var o options
	flag.IntVar(&o.vendors, "vendors", 1000, "how many shops")
	flag.IntVar(&o.products, "products", 1000, "how many products in each")
	flag.Float64Var(&o.seconds, "seconds", 5, "how long each measurement takes")
	flag.IntVar(&o.connections, "connections", 16, "how many connections send requests")
	flag.StringVar(&o.dir, "dir", "var/bench", "where the databases are kept between runs")
	flag.StringVar(&o.static, "static", "", "serve this file on -port (used by the benchmark itself)")
	flag.IntVar(&o.port, "port", 0, "the port of -static")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	if o.static != "" {
		return serveStatic(o) // and end by the signal itself
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	b := &bench{options: o, load: load{connections: o.connections, length: time.Duration(o.seconds * float64(time.Second))}}
	return b.measure(ctx)
}

// bench is one run.
type bench struct {
	options
	load   load
	report report
}

// measure runs everything, from one shop alone to the whole platform.
func (b *bench) measure(ctx context.Context) error {
	alone, err := b.aloneListing(ctx)
	if err != nil {
		return fmt.Errorf("measure one shop alone: %w", err)
	}
	db, err := startDatabase(ctx, filepath.Join(b.dir, "platform"), b.vendors, b.products)
	if err != nil {
		return err
	}
	defer func() { _ = db.stop() }()
	if err := b.uncached(ctx, db, alone); err != nil {
		return fmt.Errorf("measure without the page cache: %w", err)
	}
	if err := b.cached(ctx, db); err != nil {
		return fmt.Errorf("measure with the page cache: %w", err)
	}
	b.report.print(os.Stdout)
	return nil
}

// aloneListing is how long a listing takes that is made anew, on a platform of one shop.
func (b *bench) aloneListing(ctx context.Context) (_ result, err error) {
	db, err := startDatabase(ctx, filepath.Join(b.dir, "alone"), 1, b.products)
	if err != nil {
		return result{}, err
	}
	defer func() { err = errors.Join(err, db.stop()) }()
	orion, err := startOrion(ctx, db.url, 0)
	if err != nil {
		return result{}, err
	}
	defer orion.stop()
	p := platform{port: orion.port, vendors: 1, products: b.products}
	return b.on(orion).run(p.get(p.listing), status(fiber.StatusOK))
}

// uncached measures pages that are made anew for each request.
func (b *bench) uncached(ctx context.Context, db *database, alone result) error {
	orion, err := startOrion(ctx, db.url, 0)
	if err != nil {
		return err
	}
	defer orion.stop()
	p := platform{port: orion.port, vendors: b.vendors, products: b.products}
	for _, s := range []struct {
		name string
		path func(int) string
	}{{"listing, not cached", p.listing}, {"product, not cached", p.product}, {"search, not cached", p.search}} {
		r, err := b.on(orion).run(p.get(s.path), status(fiber.StatusOK))
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		b.report.add(s.name, r, "")
		if s.name == "listing, not cached" {
			b.report.note("a listing that is made anew takes %.2f times as long among %d shops as alone (p50 %s against %s)",
				float64(r.p50)/float64(alone.p50), b.vendors, round(r.p50), round(alone.p50))
		}
	}
	return nil
}

// hotShops is how many shops the warm pages spread over, so that each page is asked for more than once.
const hotShops = 20

// cached measures warm pages, the cart and the checkout.
func (b *bench) cached(ctx context.Context, db *database) error {
	orion, err := startOrion(ctx, db.url, 256)
	if err != nil {
		return err
	}
	defer orion.stop()
	hot := platform{port: orion.port, vendors: min(hotShops, b.vendors), products: min(50, b.products)}
	for _, s := range []struct {
		name string
		path func(int) string
	}{{"home", func(int) string { return "/" }}, {"listing", hot.listing}, {"product", hot.product}, {"search", hot.search}} {
		if err := b.warm(ctx, orion, hot, s.name, s.path); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	if err := b.signIns(ctx, orion, hot); err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	return b.sell(ctx, db, orion)
}

// warm measures a page and Fiber sending the same bytes.
func (b *bench) warm(ctx context.Context, orion *process, p platform, name string, path func(int) string) error {
	first := b.on(orion)
	first.length /= 2
	if _, err := first.run(p.get(path), status(fiber.StatusOK)); err != nil { // fills the cache
		return err
	}
	r, err := b.on(orion).run(p.get(path), status(fiber.StatusOK))
	if err != nil {
		return err
	}
	limit, err := b.static(ctx, r.bytes)
	if err != nil {
		return err
	}
	b.report.add(name, r, fmt.Sprintf("%3.0f%% of Fiber sending %d bytes (%.0f/s)", 100*r.perSecond()/limit.perSecond(), r.bytes, limit.perSecond()))
	return nil
}

// static measures Fiber sending so many bytes, in a process of its own like Orion.
func (b *bench) static(ctx context.Context, size int) (result, error) {
	file := filepath.Join(b.dir, "static")
	if err := os.WriteFile(file, bytes.Repeat([]byte("x"), size), 0o600); err != nil {
		return result{}, fmt.Errorf("write the limit's bytes: %w", err)
	}
	fiberOnly, err := startStatic(ctx, file)
	if err != nil {
		return result{}, err
	}
	defer fiberOnly.stop()
	p := platform{port: fiberOnly.port, vendors: 1, products: 1}
	return b.on(fiberOnly).run(p.get(func(int) string { return "/" }), status(fiber.StatusOK))
}

// sell measures filling carts and checking them out, and pgbench doing the checkout's SQL.
func (b *bench) sell(ctx context.Context, db *database, orion *process) error {
	p := platform{port: orion.port, vendors: b.vendors, products: b.products}
	shops := min(200, b.vendors)
	s := &shopper{platform: p}
	variants, err := s.variants(orion.addr(), shops)
	if err != nil {
		return err
	}
	next, check := s.add(variants, shops)
	added, err := b.on(orion).run(next, check)
	if err != nil {
		return fmt.Errorf("add to cart: %w", err)
	}
	b.report.add("add to cart", added, "")
	next, check = s.checkout()
	placed, err := b.on(orion).run(next, check)
	if err != nil {
		return fmt.Errorf("checkout: %w", err)
	}
	against := "pgbench is not installed: no limit measured"
	if limit, found, err := b.pgbench(ctx, db, shops); err != nil {
		return err
	} else if found {
		against = fmt.Sprintf("%3.0f%% of pgbench running the same SQL (%.0f/s)", 100*placed.perSecond()/limit, limit)
	}
	b.report.add("checkout", placed, against)
	return nil
}

func (b *bench) on(p *process) load {
	l := b.load
	l.addr = p.addr()
	return l
}

// serveStatic answers every request with a file's bytes.
func serveStatic(o options) error {
	body, err := os.ReadFile(o.static)
	if err != nil {
		return fmt.Errorf("read the bytes: %w", err)
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/*", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		return c.Send(body)
	})
	return app.Listen(fmt.Sprintf("127.0.0.1:%d", o.port))
}
