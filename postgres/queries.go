package postgres

import (
	"context"
	"log/slog"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun"
)

// Counter adds up the queries made with a context. It is safe for concurrent use.
type Counter struct {
	count atomic.Int64
	total atomic.Int64 // nanoseconds
}

// Count is the number of queries, BEGIN and COMMIT among them.
func (c *Counter) Count() int { return int(c.count.Load()) }

// Total is the time spent in them, with the wait for a connection and the reading of rows. Queries that ran side by
// side each count in full.
func (c *Counter) Total() time.Duration { return time.Duration(c.total.Load()) }

type counterKey struct{}

// CountQueries returns a context whose Bun queries are counted.
func CountQueries(ctx context.Context) (context.Context, *Counter) {
	counter := new(Counter)
	return context.WithValue(ctx, counterKey{}, counter), counter
}

// queryHook counts queries and logs slow ones.
type queryHook struct {
	slow   time.Duration
	logger *slog.Logger
}

func (*queryHook) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

func (h *queryHook) AfterQuery(ctx context.Context, event *bun.QueryEvent) {
	took := time.Since(event.StartTime)
	if counter, ok := ctx.Value(counterKey{}).(*Counter); ok {
		counter.count.Add(1)
		counter.total.Add(int64(took))
	}
	if took >= h.slow {
		h.logger.LogAttrs(ctx, slog.LevelWarn, "slow query",
			slog.Duration("took", took), slog.String("query", withoutValues(event.Query)))
	}
}

// stringLiteral is a quoted SQL string, with quotes doubled inside.
var stringLiteral = regexp.MustCompile(`'(?:[^']|'')*'`)

// withoutValues takes strings out of a query, since they may be addresses or tokens, and cuts it to a readable length.
func withoutValues(query string) string {
	const longest = 2000
	query = stringLiteral.ReplaceAllString(query, "'…'")
	if len(query) > longest {
		query = query[:longest] + "…"
	}
	return query
}
