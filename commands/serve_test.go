package commands_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/assets"
	"orion/commands"
	"orion/demo"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

// buffer is a bytes.Buffer that one goroutine reads while another writes, and that tells of what was written.
type buffer struct {
	mu      sync.Mutex
	bytes   bytes.Buffer
	written chan struct{}
}

func newBuffer() *buffer { return &buffer{written: make(chan struct{}, 1)} }

func (b *buffer) Write(piece []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case b.written <- struct{}{}:
	default:
	}
	return b.bytes.Write(piece)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes.String()
}

// serving is a server that runs in the test's own process.
type serving struct {
	platform string // its address
	stdout   *buffer
	stderr   *buffer
	stop     context.CancelFunc
	status   chan int
}

var platformLine = regexp.MustCompile(`Platform +(http://localhost:\d+)/`)

// serve starts `orion serve` on a free port and returns when it has printed its addresses.
func serve(t *testing.T, environment ...string) *serving {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	s := &serving{stdout: newBuffer(), stderr: newBuffer(), stop: stop, status: make(chan int, 1)}
	go func() {
		s.status <- commands.Run(ctx, commands.Process{
			Arguments: []string{"orion", "serve"}, Environment: append([]string{"PORT=0", "ORION_BIND=127.0.0.1"}, environment...),
			Stdout: s.stdout, Stderr: s.stderr,
		})
	}()
	t.Cleanup(stop)
	for {
		select {
		case <-s.stdout.written:
		case status := <-s.status:
			t.Fatalf("ended with status %d: %s", status, s.stderr)
		case <-time.After(time.Minute):
			t.Fatalf("prints no address: %s%s", s.stdout, s.stderr)
		}
		if match := platformLine.FindStringSubmatch(s.stdout.String()); match != nil {
			s.platform = match[1]
			return s
		}
	}
}

// built tells whether this program holds the built assets, as after make. `go test` alone has none: then a program that
// refuses to serve and says how to build them is what is checked instead.
func built(t *testing.T, environment ...string) bool {
	t.Helper()
	if _, err := assets.New(assets.Dist(), false); !errors.Is(err, assets.ErrNotBuilt) {
		return true
	}
	stderr := newBuffer()
	status := commands.Run(t.Context(), commands.Process{
		Arguments: []string{"orion", "serve"}, Environment: append([]string{"PORT=0", "ORION_BIND=127.0.0.1"}, environment...),
		Stdout: io.Discard, Stderr: stderr,
	})
	if status == 0 || !strings.Contains(stderr.String(), "node assets/build.mjs") {
		t.Errorf("serves without assets, or does not say how to build them: status %d: %s", status, stderr)
	}
	return false
}

// end stops the server and checks that it ends well.
func (s *serving) end(t *testing.T) {
	t.Helper()
	s.stop()
	select {
	case status := <-s.status:
		if status != 0 {
			t.Errorf("status %d: %s", status, s.stderr)
		}
	case <-time.After(time.Minute):
		t.Fatal("does not stop")
	}
}

func (s *serving) get(t *testing.T, path string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.platform+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// TestServeFromNothing starts without any database, twice on one folder: the second finds the first one's server and data.
func TestServeFromNothing(t *testing.T) {
	t.Parallel()
	// Not t.TempDir, which the PostgreSQL of a root's test could not pass.
	folder, err := os.MkdirTemp("", "orion-serve-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	data := "ORION_DATA_DIR=" + filepath.Join(folder, "var")
	if !built(t, data) {
		return
	}
	first := serve(t, data)
	shops, err := demo.Shops()
	if err != nil {
		t.Fatal(err)
	}
	for _, shop := range shops {
		if !strings.Contains(first.stdout.String(), first.platform+"/vendor/"+shop.Slug+"/shop") {
			t.Errorf("does not print the address of %s:\n%s", shop.Slug, first.stdout)
		}
	}
	for _, path := range []string{"/", "/healthz", "/readyz", "/vendor/kaffa/shop"} {
		if status, body := first.get(t, path); status != http.StatusOK {
			t.Errorf("%s answers %d: %s", path, status, body)
		}
	}
	second := serve(t, data)
	if status, _ := second.get(t, "/vendor/kaffa/shop"); status != http.StatusOK {
		t.Errorf("the second Orion answers %d", status)
	}
	second.end(t)
	if status, _ := first.get(t, "/readyz"); status != http.StatusOK {
		t.Errorf("after the second has stopped, the first answers %d", status)
	}
	first.end(t)
	if strings.Contains(first.stderr.String()+second.stderr.String(), "level=ERROR") {
		t.Errorf("logs errors:\n%s\n%s", first.stderr, second.stderr)
	}
}

// TestServeInProduction serves a database that was migrated before, and loads nothing into it.
func TestServeInProduction(t *testing.T) {
	t.Parallel()
	environment := []string{production, secret, "DATABASE_URL=" + pgtest.URL(t), "ORION_DATA_DIR=" + t.TempDir()}
	if !built(t, environment...) {
		return
	}
	s := serve(t, environment...)
	if strings.Contains(s.stdout.String(), "/vendor/") {
		t.Errorf("has shops:\n%s", s.stdout)
	}
	if status, _ := s.get(t, "/readyz"); status != http.StatusOK {
		t.Errorf("/readyz answers %d", status)
	}
	s.end(t)
	for line := range strings.Lines(s.stderr.String()) {
		if !strings.HasPrefix(line, `{"time":`) {
			t.Errorf("the log is not JSON: %s", line)
		}
	}
}

// TestDemoAccountsAreNeverInProduction, although the demo shops may be.
func TestDemoAccountsAreNeverInProduction(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	environment := []string{production, secret, "DATABASE_URL=" + url, "ORION_SEED=true", "ORION_DATA_DIR=" + t.TempDir()}
	if !built(t, environment...) {
		return
	}
	s := serve(t, environment...)
	if strings.Contains(s.stdout.String(), demo.Password) || strings.Contains(s.stdout.String(), "/dev/mail") {
		t.Error("the start prints demo accounts or the page of sent mail")
	}
	for path, want := range map[string]int{"/vendor/kaffa/shop": http.StatusOK, "/dev/mail": http.StatusNotFound} {
		response, err := http.Get(s.platform + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s answered %d, want %d", path, response.StatusCode, want)
		}
	}
	s.end(t)
	db := pgtest.Open(t, url, postgres.Options{})
	var people int
	err := db.Platform.NewRaw(`SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM customers)`).Scan(tenant.AsPlatform(t.Context()), &people)
	if err != nil || people != 0 {
		t.Errorf("%d accounts in production: %v", people, err)
	}
}
