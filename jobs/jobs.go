// Package jobs does later what a request should not wait for: it sends letters, and clears away what has had its day.
// Jobs wait in the database (River's tables), written in the transaction of the change that they follow from: both
// happen or neither, and a restart loses none.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"
	"github.com/uptrace/bun"

	"orion/model/letter"
	"orion/postgres"
)

const (
	// jobTimeout bounds one attempt at a job.
	jobTimeout = 2 * time.Minute
	// stopPatience is how long Stop waits for jobs under way before it ends their contexts.
	stopPatience = 10 * time.Second
	// purgeEvery is how often Options.Purge runs, once for all processes.
	purgeEvery = time.Hour
)

// Options is what New needs.
type Options struct {
	// Workers is how many jobs this process does at once; 0: none, it only enqueues them for others.
	Workers int
	Log     *slog.Logger // nil: slog.Default()
	// Mail is what sending letters needs; unused without workers.
	Mail Mail
	// Purge clears away what has expired, once an hour in one of the processes; nil: nothing to do.
	Purge func(context.Context) error
	// RetryAfter is when a job that failed comes again, by how often it was tried; nil: attempt⁴ seconds.
	RetryAfter func(attempt int) time.Duration
}

// Queue holds the jobs and does them.
type Queue struct {
	client  *river.Client[pgx.Tx]
	workers int
}

// New makes a queue on the pool, which is closed after Stop. It does nothing until Start, but takes jobs at once.
func New(pool *pgxpool.Pool, o Options) (*Queue, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	config := &river.Config{
		Logger: slog.New(fromWarn{o.Log.Handler()}), ErrorHandler: failures{o.Log},
		JobTimeout: jobTimeout, SoftStopTimeout: stopPatience, MaxAttempts: attempts,
	}
	if o.RetryAfter != nil {
		config.RetryPolicy = retryAfter(o.RetryAfter)
	}
	if o.Workers > 0 {
		if err := employ(config, o); err != nil {
			return nil, err
		}
	}
	client, err := river.NewClient(riverpgxv5.New(pool), config)
	if err != nil {
		return nil, fmt.Errorf("make the job queue: %w", err)
	}
	return &Queue{client, o.Workers}, nil
}

// employ adds to the configuration those who do the jobs.
func employ(config *river.Config, o Options) error {
	if err := o.Mail.check(); err != nil {
		return err
	}
	config.Workers = river.NewWorkers()
	config.Queues = map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: o.Workers}}
	err := errors.Join(
		river.AddWorkerSafely(config.Workers, &postman{Mail: o.Mail, log: o.Log, tokens: newTokens()}),
		river.AddWorkerSafely(config.Workers, &purger{purge: o.Purge}),
	)
	if err != nil {
		return fmt.Errorf("make the workers of the job queue: %w", err)
	}
	if o.Purge != nil {
		config.PeriodicJobs = []*river.PeriodicJob{river.NewPeriodicJob(
			river.PeriodicInterval(purgeEvery),
			func() (river.JobArgs, *river.InsertOpts) { return purgeJob{}, nil },
			&river.PeriodicJobOpts{ID: purgeJob{}.Kind(), RunOnStart: true},
		)}
	}
	return nil
}

// Enqueue has the letter sent once tx is committed; a rollback takes it back.
func (q *Queue) Enqueue(ctx context.Context, tx bun.Tx, l letter.Letter) error {
	lent, err := postgres.PgxTx(ctx, tx.Tx)
	if err != nil {
		return fmt.Errorf("enqueue a letter: %w", err)
	}
	if _, err := q.client.InsertTx(ctx, lent, letterJob{l}, nil); err != nil {
		return fmt.Errorf("enqueue a letter: %w", err)
	}
	return nil
}

// Start begins to do jobs and returns at once. They go on until Stop, or until ctx ends.
func (q *Queue) Start(ctx context.Context) error {
	if q.workers == 0 {
		return nil
	}
	if err := q.client.Start(ctx); err != nil {
		return fmt.Errorf("start the job queue: %w", err)
	}
	return nil
}

// Stop lets the jobs under way finish for a while, then ends them; those come again. It takes no new ones. ctx bounds the
// wait.
func (q *Queue) Stop(ctx context.Context) error {
	if q.workers == 0 {
		return nil
	}
	if err := q.client.Stop(ctx); err != nil {
		return fmt.Errorf("stop the job queue: %w", err)
	}
	return nil
}

// retryAfter is Options.RetryAfter as River asks for it.
type retryAfter func(attempt int) time.Duration

// NextRetry is when the job comes again.
func (r retryAfter) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(r(job.Attempt))
}
