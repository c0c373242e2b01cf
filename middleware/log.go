package middleware

import (
	"log/slog"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/postgres"
	"orion/views"
)

// log writes one line for each request and tells the browser what it cost. It is the outermost step, so it also
// has errors answered: what it logs is what was sent.
func (s *stack) log(c *fiber.Ctx) error {
	start := time.Now()
	a := s.arrive(c)
	ctx, queries := postgres.CountQueries(c.UserContext())
	c.SetUserContext(ctx)

	if err := c.Next(); err != nil {
		if failed := c.App().ErrorHandler(c, err); failed != nil {
			return failed
		}
	}

	took := time.Since(start)
	c.Set(fiber.HeaderXRequestID, a.RequestID)
	c.Set("X-Process-Time", milliseconds(took)+"ms")
	c.Set("Server-Timing", "app;dur="+milliseconds(took)+", db;dur="+milliseconds(queries.Total())+
		`;desc="`+strconv.Itoa(queries.Count())+` queries"`)
	s.write(c, a, took, queries)
	return nil
}

func (s *stack) write(c *fiber.Ctx, a *arrival, took time.Duration, queries *postgres.Counter) {
	level := slog.LevelInfo
	if a.Audience == views.AudiencePublic {
		level = slog.LevelDebug
	}
	ctx := c.UserContext()
	if !s.Logger.Enabled(ctx, level) {
		return
	}
	vendor := ""
	if a.Shop != nil {
		vendor = a.Shop.Slug
	}
	s.Logger.LogAttrs(ctx, level, "request",
		slog.String("request_id", a.RequestID),
		slog.String("vendor", vendor),
		slog.String("audience", string(a.Audience)),
		slog.String("mode", string(a.Mode)),
		slog.String("method", c.Method()),
		slog.String("path", c.Path()),
		slog.String("route", c.Route().Path),
		slog.Int("status", c.Response().StatusCode()),
		slog.Duration("took", took),
		slog.Int("bytes", bodySize(c)),
		slog.Int("queries", queries.Count()),
		slog.String("client", a.Client.String()),
	)
}

// bodySize is the size of the body as it will be sent; 0 for one that is still being written.
func bodySize(c *fiber.Ctx) int {
	if c.Response().IsBodyStream() {
		return max(c.Response().Header.ContentLength(), 0)
	}
	return len(c.Response().Body())
}

// milliseconds is a duration in the unit of Server-Timing (W3C Server Timing, section 3).
func milliseconds(d time.Duration) string {
	return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', 2, 64)
}
