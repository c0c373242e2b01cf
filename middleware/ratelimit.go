package middleware

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"

	"orion/model/fault"
	"orion/views"
)

// Limit is how often one client may ask. The zero Limit allows everything.
type Limit struct {
	PerSecond float64 // in the long run
	Burst     int     // at once
}

// Limiter holds clients to a limit by a token bucket each. It remembers a bounded number of clients: beyond that
// the least used ones start anew. It knows of this process only.
type Limiter struct {
	limit   Limit
	buckets *otter.Cache[netip.Prefix, *rate.Limiter]
}

// NewLimiter makes a limiter that remembers so many clients. limit must not be zero.
func NewLimiter(limit Limit, clients int) (*Limiter, error) {
	if limit.PerSecond <= 0 || limit.Burst <= 0 {
		return nil, fmt.Errorf("rate limit %+v: both numbers must be positive", limit)
	}
	refill := time.Duration(float64(limit.Burst) / limit.PerSecond * float64(time.Second))
	buckets, err := otter.New(&otter.Options[netip.Prefix, *rate.Limiter]{
		MaximumSize: clients,
		// A bucket nobody used for as long as it takes to fill is as good as a new one.
		ExpiryCalculator: otter.ExpiryAccessing[netip.Prefix, *rate.Limiter](refill + time.Second),
	})
	if err != nil {
		return nil, fmt.Errorf("make the buckets of a rate limit: %w", err)
	}
	return &Limiter{limit: limit, buckets: buckets}, nil
}

// Allow takes one request of a client from its bucket, or returns *fault.TooMany with how long to wait.
func (l *Limiter) Allow(client netip.Addr, now time.Time) error {
	key := clientKey(client)
	bucket, ok := l.buckets.GetIfPresent(key)
	if !ok {
		bucket, _ = l.buckets.SetIfAbsent(key, rate.NewLimiter(rate.Limit(l.limit.PerSecond), l.limit.Burst))
	}
	if bucket.AllowN(now, 1) {
		return nil
	}
	missing := 1 - bucket.TokensAt(now)
	return &fault.TooMany{RetryAfter: time.Duration(missing / l.limit.PerSecond * float64(time.Second))}
}

// Handle is Allow as a step before handlers that deserve a limit of their own, such as looking up an order.
func (l *Limiter) Handle(c *fiber.Ctx) error {
	if err := l.Allow(views.SiteFrom(c).Client, time.Now()); err != nil {
		return err
	}
	return c.Next()
}

// clientKey is one IPv4 address, or the /64 that one IPv6 customer is given (RFC 6177).
func clientKey(client netip.Addr) netip.Prefix {
	bits := client.BitLen()
	if client.Is6() {
		bits = 64
	}
	prefix, _ := client.Prefix(bits)
	return prefix
}

// rateLimit holds each client to its audience's limit. Assets and health checks do not count.
func (s *stack) rateLimit(c *fiber.Ctx) error {
	if limiter := s.limiters[arrivalOf(c).Audience]; limiter != nil {
		return limiter.Handle(c)
	}
	return c.Next()
}
