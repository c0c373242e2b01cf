package account

import (
	"context"
	"fmt"
	"time"

	"orion/model/tenant"
)

// keptAfter is how long sessions and mailed tokens are kept after their end, so that one who asks what happened finds them.
const keptAfter = 30 * 24 * time.Hour

// Purge deletes what has had its day, of all shops and of the platform: sessions with their tokens, tokens that were
// exchanged long ago, mailed tokens, second factors that nobody confirmed, counts of failed tries. For a job that runs now and then.
func (a *Authority) Purge(ctx context.Context) error {
	ctx = tenant.AsPlatform(ctx)
	before := a.now().Add(-keptAfter)
	for _, statement := range []struct {
		sql  string
		args []any
	}{
		{`DELETE FROM sessions WHERE expires_at < ?0 OR ended_at < ?0`, []any{before}},
		{`DELETE FROM refresh_tokens WHERE used_at < ?`, []any{before}},
		{`DELETE FROM second_factors WHERE confirmed_at IS NULL AND created_at < ?`, []any{before}},
		{`DELETE FROM mailed_tokens WHERE expires_at < ?`, []any{before}},
		{`DELETE FROM sign_in_throttles WHERE last_failed_at < ? AND blocked_until < ?`, []any{a.now().Add(-forgottenAfter), a.now()}},
	} {
		if _, err := a.platform.NewRaw(statement.sql, statement.args...).Exec(ctx); err != nil {
			return fmt.Errorf("purge: %w", err)
		}
	}
	return nil
}
