package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"orion/model/tenant"
)

// purgeJob clears away what has expired.
type purgeJob struct{}

// Kind names the job.
func (purgeJob) Kind() string { return "purge" }

// InsertOpts has it tried once: the next one is an hour away at most. One that waits is enough.
func (purgeJob) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: purgeEvery / 2}}
}

// purger does it.
type purger struct {
	river.WorkerDefaults[purgeJob]
	purge func(context.Context) error
}

// Work purges in the platform's scope. Without a purge of its own, this process has taken another's job: nothing is lost,
// the next one comes in an hour.
func (p *purger) Work(ctx context.Context, _ *river.Job[purgeJob]) error {
	if p.purge == nil {
		return nil
	}
	return p.purge(tenant.AsPlatform(ctx))
}
