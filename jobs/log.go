package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// fromWarn leaves out what the library says about its ordinary life.
type fromWarn struct{ slog.Handler }

// Enabled is for warnings and errors.
func (h fromWarn) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.Handler.Enabled(ctx, level)
}

// WithAttrs keeps leaving out.
func (h fromWarn) WithAttrs(attrs []slog.Attr) slog.Handler {
	return fromWarn{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps leaving out.
func (h fromWarn) WithGroup(name string) slog.Handler { return fromWarn{h.Handler.WithGroup(name)} }

// failures logs jobs that failed: a warning while they come again, an error when they do not.
type failures struct{ log *slog.Logger }

// HandleError logs a failed attempt. What was given up at once, its worker has logged.
func (f failures) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	if errors.As(err, new(*rivertype.JobCancelError)) {
		return nil
	}
	f.say(ctx, job, err)
	return nil
}

// HandlePanic logs a panic with where it came from.
func (f failures) HandlePanic(ctx context.Context, job *rivertype.JobRow, value any, trace string) *river.ErrorHandlerResult {
	f.say(ctx, job, fmt.Errorf("panic: %v\n%s", value, trace))
	return nil
}

func (f failures) say(ctx context.Context, job *rivertype.JobRow, err error) {
	level, message := slog.LevelWarn, "A job failed and will be tried again"
	if job.Attempt >= job.MaxAttempts {
		level, message = slog.LevelError, "A job failed and is given up"
	}
	f.log.Log(ctx, level, message, "job", job.ID, "kind", job.Kind, "attempt", job.Attempt, "error", err)
}
