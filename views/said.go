package views

import (
	"context"
	"sync"
)

// maxSaid bounds how many sayings are remembered; past it, all are forgotten and may be said again.
const maxSaid = 2000

// said remembers what was logged, so that a fault in a template does not fill the log with one line a request.
type said struct {
	mu   sync.Mutex
	seen map[[2]string]bool
}

// Kinds of sayings.
const (
	slogTemplate = "template"
	slogMessage  = "message"
	slogAsset    = "asset"
	slogToken    = "token"
)

// once logs a warning the first time that it is said of a subject.
func (r *Renderer) once(kind, subject, message string, attributes ...any) {
	key := [2]string{kind, subject}
	r.said.mu.Lock()
	if r.said.seen == nil || len(r.said.seen) >= maxSaid {
		r.said.seen = map[[2]string]bool{}
	}
	known := r.said.seen[key]
	r.said.seen[key] = true
	r.said.mu.Unlock()
	if !known {
		r.Log.WarnContext(context.Background(), message, attributes...)
	}
}
