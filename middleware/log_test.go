package middleware_test

import (
	"bufio"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"testing"
)

// lines are what was logged with this message.
func (p *platform) lines(t *testing.T, message string) []map[string]any {
	t.Helper()
	var found []map[string]any
	for scanner := bufio.NewScanner(p.log); scanner.Scan(); {
		var line map[string]any
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		if line["msg"] == message {
			found = append(found, line)
		}
	}
	return found
}

func TestRequestsAreLogged(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	answer := p.get(t, "http://localhost/vendor/kaffa/shop/fails/queries?key=secret")
	lines := p.lines(t, "request")
	if len(lines) != 1 {
		t.Fatalf("got %d lines", len(lines))
	}
	line := lines[0]
	want := map[string]any{"request_id": answer.Header.Get("X-Request-Id"), "vendor": "kaffa", "audience": "shop",
		"mode": "path", "method": "GET", "path": "/shop/fails/queries", "route": "/shop/fails/:how",
		"status": 200.0, "bytes": 2.0, "client": "0.0.0.0", "level": "INFO"}
	for name, value := range want {
		if line[name] != value {
			t.Errorf("%s is %v, want %v", name, line[name], value)
		}
	}
	if line["took"].(float64) <= 0 || line["queries"].(float64) < 2 {
		t.Errorf("took %v, queries %v", line["took"], line["queries"])
	}
	if names := slices.Collect(maps.Values(line)); slices.Contains(names, any("secret")) {
		t.Error("the query is in the log")
	}
}

func TestTimingHeaders(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	header := p.get(t, "http://kaffa.test/fails/queries").Header
	timing := regexp.MustCompile(`^app;dur=\d+\.\d\d, db;dur=(\d+\.\d\d);desc="([2-9]|\d\d) queries"$`)
	if got := header.Get("Server-Timing"); !timing.MatchString(got) {
		t.Errorf("Server-Timing is %q", got)
	}
	if got := header.Get("X-Process-Time"); !regexp.MustCompile(`^\d+\.\d\dms$`).MatchString(got) {
		t.Errorf("X-Process-Time is %q", got)
	}
}
