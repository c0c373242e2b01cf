package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
)

// How long Listen waits before it connects again, doubling from the first to the second, and how often it asks a
// silent connection whether it still stands.
const (
	listenRetryFirst = 100 * time.Millisecond
	listenRetryLast  = 10 * time.Second
	listenPing       = 15 * time.Second
)

// Listen hears the notifications of the channels on a connection of its own until ctx ends, and returns ctx's error.
// A connection that breaks is made anew. It returns another error only for a url that cannot be read.
//
// A cache kept true by notifications is to distrust itself until onUp, which comes after every (re)connection: what
// was said before it is lost, so empty the cache there, then trust it. onDown comes when the connection broke. The
// functions are called one at a time; a slow one delays the next notification.
func Listen(
	ctx context.Context, url string, channels []string,
	onNotify func(channel, payload string), onUp, onDown func(),
) error {
	pool, err := parseURL(url)
	if err != nil {
		return err
	}
	config := pool.ConnConfig
	config.RuntimeParams["application_name"] = "orion listen"
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol

	wait := listenRetryFirst
	for ctx.Err() == nil {
		up := false
		err := hear(ctx, config, channels, onNotify, func() { up = true; onUp() })
		if ctx.Err() == nil {
			slog.WarnContext(ctx, "not listening to the database; will try again", "error", err)
		}
		if up {
			onDown()
			wait = listenRetryFirst
		}
		// Jitter, so that many instances do not come back to a restarted server at the same moment.
		pause(ctx, wait/2+rand.N(wait/2))
		wait = min(2*wait, listenRetryLast)
	}
	return ctx.Err()
}

// hear listens on one connection until it breaks or ctx ends.
func hear(
	ctx context.Context, config *pgx.ConnConfig, channels []string,
	onNotify func(channel, payload string), onUp func(),
) error {
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(closing) // it is of no more use, whether or not it says goodbye
	}()
	for _, channel := range channels {
		if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
			return fmt.Errorf("listen to %s: %w", channel, err)
		}
	}
	onUp()
	for {
		notification, err := nextNotification(ctx, conn)
		if err != nil {
			return err
		}
		if notification != nil {
			onNotify(notification.channel, notification.payload)
		}
	}
}

type notification struct{ channel, payload string }

// nextNotification waits for the next one; after a long silence it pings and returns nil.
func nextNotification(ctx context.Context, conn *pgx.Conn) (*notification, error) {
	waiting, cancel := context.WithTimeout(ctx, listenPing)
	defer cancel()
	n, err := conn.WaitForNotification(waiting)
	switch {
	case err == nil:
		return &notification{n.Channel, n.Payload}, nil
	case ctx.Err() == nil && errors.Is(waiting.Err(), context.DeadlineExceeded):
		return nil, ping(ctx, conn)
	default:
		return nil, fmt.Errorf("wait for a notification: %w", err)
	}
}

func ping(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, listenPing)
	defer cancel()
	if err := conn.Ping(ctx); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
