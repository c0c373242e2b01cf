package embedded

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
)

// messages turns the server's lines on stderr into log entries and keeps the last few for an error message.
type messages struct {
	log    *slog.Logger
	quiets atomic.Bool
	mu     sync.Mutex
	rest   []byte // A line that has not ended yet.
	last   []string
}

// quiet lowers every message to debug: while it starts and stops, the server calls each connection it refuses or ends a
// fatal error.
func (m *messages) quiet(on bool) { m.quiets.Store(on) }

// Write takes a piece of the server's output. It never fails.
func (m *messages) Write(piece []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rest = append(m.rest, piece...)
	for {
		line, rest, found := bytes.Cut(m.rest, []byte("\n"))
		if !found {
			return len(piece), nil
		}
		m.tell(string(line))
		m.rest = rest
	}
}

func (m *messages) tell(line string) {
	m.last = append(m.last, line)
	if len(m.last) > 12 {
		m.last = m.last[1:]
	}
	severity, text, _ := strings.Cut(line, ":")
	level := slog.LevelDebug // LOG, and ERROR: who sent the statement gets and tells it.
	if !m.quiets.Load() {
		switch severity {
		case "WARNING":
			level = slog.LevelWarn
		case "FATAL", "PANIC":
			level = slog.LevelError
		}
	}
	m.log.Log(context.Background(), level, "PostgreSQL: "+strings.TrimSpace(text), "severity", severity)
}

// tail is the server's last words.
func (m *messages) tail() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return strings.Join(m.last, "\n")
}
