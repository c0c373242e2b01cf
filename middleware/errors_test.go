package middleware_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"orion/middleware"
)

func TestErrorsBecomeAnswers(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, func(o *middleware.Options) { o.Deadline = 200 * time.Millisecond })
	for how, want := range map[string]string{
		"nothing":  "404 page | not-found | There is no such failure.",
		"conflict": "409 page | conflict | Somebody else changed it.",
		"invalid":  "422 page | invalid | Look again.",
		"nul":      "400 page | malformed | ",
		"unknown":  "500 page | error | ",
		"panic":    "500 page | error | ",
		"deadline": "503 page | unavailable | ",
	} {
		answer := p.get(t, "http://kaffa.test/fails/"+how)
		if got := answer.Status[:3] + " " + answer.body; got != want {
			t.Errorf("%s: got %q, want %q", how, got, want)
		}
		if answer.Header.Get("Etag") != "" || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: the error may be cached: %v", how, answer.Header)
		}
		if !strings.Contains(answer.Header.Get("Vary"), "HX-Request") {
			t.Errorf("%s: Vary is %q", how, answer.Header.Get("Vary"))
		}
	}
}

func TestFaultsOfOursAreLoggedOnce(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, func(o *middleware.Options) { o.Deadline = 200 * time.Millisecond })
	for how, logged := range map[string]int{"panic": 1, "unknown": 1, "deadline": 1, "nothing": 0, "conflict": 0, "invalid": 0} {
		p.log.Reset()
		answer := p.get(t, "http://kaffa.test/fails/"+how)
		lines := p.lines(t, "request failed")
		if len(lines) != logged {
			t.Errorf("%s: logged %d times", how, len(lines))
			continue
		}
		if logged == 0 {
			continue
		}
		if lines[0]["request_id"] != answer.Header.Get("X-Request-Id") || lines[0]["level"] != "ERROR" || lines[0]["vendor"] != "kaffa" {
			t.Errorf("%s: logged %v", how, lines[0])
		}
		stack, _ := lines[0]["stack"].(string)
		if (how == "panic") != strings.Contains(stack, "app_test.go") {
			t.Errorf("%s: stack is %q", how, stack)
		}
	}
}

func TestClosedShopIsNoFaultOfOurs(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	p.get(t, "http://resting.localhost/")
	if lines := p.lines(t, "request failed"); len(lines) != 0 {
		t.Errorf("logged %v", lines)
	}
}

func TestErrorsForHTMXBecomeToasts(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	answer := p.get(t, "http://kaffa.test/fails/conflict", "HX-Request", "true", "HX-Request-Type", "partial")
	if got := answer.Status[:3] + " " + answer.body; got != "409 toast | conflict | Somebody else changed it." {
		t.Errorf("got %q", got)
	}
	for name, want := range map[string]string{"Hx-Retarget": "#toasts", "Hx-Reswap": "innerHTML", "Hx-Push-Url": "false"} {
		if got := answer.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	whole := p.get(t, "http://kaffa.test/fails/conflict", "HX-Request", "true", "HX-Request-Type", "full")
	if !strings.HasPrefix(whole.body, "page") || whole.Header.Get("Hx-Retarget") != "" {
		t.Errorf("a boosted link got %q, %v", whole.body, whole.Header)
	}
}

func TestErrorsUnderAPIAreProblems(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	answer := p.get(t, "http://localhost/api/v1/fails/invalid")
	if got := answer.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("Content-Type is %q", got)
	}
	var got struct {
		Type, Title, Detail, Kind string
		Status                    int
		RequestID                 string `json:"request_id"`
		Errors                    map[string]string
	}
	if err := json.Unmarshal([]byte(answer.body), &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "about:blank" || got.Status != 422 || answer.StatusCode != 422 || got.Title != "Unprocessable Entity" ||
		got.Detail != "Look again." || got.Kind != "invalid" || got.Errors["email"] != "Enter an e-mail address." ||
		got.RequestID != answer.Header.Get("X-Request-Id") {
		t.Errorf("got %s", answer.body)
	}
	for path, status := range map[string]string{"/api/v1/nowhere": "404", "/api/v1/fails/panic": "500"} {
		answer := p.get(t, "http://localhost"+path)
		if answer.Status[:3] != status || !strings.HasPrefix(answer.body, `{"type":"about:blank"`) || strings.Contains(answer.body, "secret") {
			t.Errorf("%s: got %s %s", path, answer.Status, answer.body)
		}
	}
}

func TestBrokenErrorPageIsAnsweredPlainly(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, nil)
	answer := p.get(t, "http://kaffa.test/nowhere", "X-Renderer-Fails", "not-found")
	if answer.StatusCode != 404 || !strings.Contains(answer.body, answer.Header.Get("X-Request-Id")) ||
		!strings.HasPrefix(answer.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("got %s %q", answer.Status, answer.body)
	}
	if len(p.lines(t, "request failed")) != 1 {
		t.Error("the broken page is not in the log")
	}
}
