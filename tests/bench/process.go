package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"orion/demo/synthetic"
	"orion/postgres"
	"orion/postgres/embedded"
)

// startTime is how long a process may take until it answers.
const startTime = 60 * time.Second

// process is a server under test.
type process struct {
	cmd  *exec.Cmd
	port int
}

func (p *process) addr() string { return "127.0.0.1:" + strconv.Itoa(p.port) }

func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

// startOrion runs ./orion as in production, without a rate limit, with a page cache of so many megabytes.
func startOrion(ctx context.Context, url string, cacheMB int) (*process, error) {
	binary, err := filepath.Abs("orion")
	if err != nil {
		return nil, fmt.Errorf("find the program: %w", err)
	}
	return start(ctx, "/readyz", func(port int) *exec.Cmd {
		cmd := exec.CommandContext(ctx, binary, "serve")
		cmd.Env = append(os.Environ(), "PORT="+strconv.Itoa(port), "DATABASE_URL="+url, "ORION_ENV=production",
			"ORION_SECRET=only-for-measuring-7Qm2Zt9XwLr4Kp8Vn1Bc6", "ORION_RATE_LIMIT=0", "ORION_CACHE_MB="+strconv.Itoa(cacheMB),
			"ORION_LOG_LEVEL=ERROR", "ORION_TRUSTED_PROXIES=127.0.0.1/32")
		return cmd
	})
}

// startStatic runs this program as a server of a file's bytes.
func startStatic(ctx context.Context, file string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	return start(ctx, "/", func(port int) *exec.Cmd {
		return exec.CommandContext(ctx, self, "-static", file, "-port", strconv.Itoa(port))
	})
}

func start(ctx context.Context, probe string, command func(port int) *exec.Cmd) (*process, error) {
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	p := &process{cmd: command(port), port: port}
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start a server: %w", err)
	}
	for began := time.Now(); time.Since(began) < startTime; time.Sleep(50 * time.Millisecond) {
		response, err := http.Get("http://" + p.addr() + probe) //nolint:noctx // a local probe in a loop with an end
		if err != nil {
			continue
		}
		_ = response.Body.Close()
		if response.StatusCode == http.StatusOK {
			return p, nil
		}
	}
	p.stop()
	return nil, errors.New("the server does not answer")
}

func freePort(ctx context.Context) (int, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

// database is an embedded PostgreSQL with a synthetic platform.
type database struct {
	server *embedded.Server
	url    string
}

// startDatabase starts the server of a folder and makes the shops that it lacks.
func startDatabase(ctx context.Context, dir string, vendors, products int) (*database, error) {
	server, err := embedded.Start(ctx, embedded.Options{DataDir: dir, Settings: map[string]string{"shared_buffers": "1GB"}})
	if err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	db := &database{server: server, url: server.URL()}
	if err := db.fill(ctx, synthetic.Size{Vendors: vendors, Products: products}); err != nil {
		return nil, errors.Join(err, db.stop())
	}
	return db, nil
}

// analyse gathers statistics on our own tables; those of the system are not ours to touch.
const analyse = `DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user LOOP EXECUTE format('ANALYZE %I', t); END LOOP;
END $$`

func (d *database) fill(ctx context.Context, size synthetic.Size) error {
	if _, err := postgres.Migrate(ctx, d.url); err != nil {
		return err
	}
	pools, err := postgres.Open(ctx, d.url, postgres.Options{StatementTimeout: time.Hour, SlowQuery: time.Hour})
	if err != nil {
		return err
	}
	began := time.Now()
	err = synthetic.Load(ctx, pools, size, func(done int) {
		if done%10 == 0 || done == size.Vendors {
			fmt.Fprintf(os.Stderr, "\rloading shops: %d of %d, %s   ", done, size.Vendors, time.Since(began).Round(time.Second))
		}
	})
	fmt.Fprintln(os.Stderr)
	if err == nil {
		_, err = pools.PlatformPool.Exec(platformContext(ctx), analyse)
	}
	return errors.Join(err, pools.Close())
}

func (d *database) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return d.server.Stop(ctx)
}
