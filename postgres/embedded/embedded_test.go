package embedded_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"orion/postgres/embedded"
)

// TestMain lets the test binary stand in for a second Orion: it serves the folder it is given until it is killed.
func TestMain(m *testing.M) {
	if folder := os.Getenv("SERVE_FOLDER"); folder != "" {
		server, err := embedded.Start(context.Background(), embedded.Options{DataDir: folder, Settings: quick})
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("url", server.URL())
		select {}
	}
	os.Exit(m.Run())
}

// quick are settings for data that may be lost with the machine.
var quick = map[string]string{"fsync": "off", "shared_buffers": "16MB"}

// installations are the folders of binaries to try: the npm package's and, where there is one, Debian's PostgreSQL 15.
// The empty name means the one Start finds by itself.
func installations() map[string]string {
	found := map[string]string{"found": ""}
	if _, err := os.Stat("/usr/lib/postgresql/15/bin/initdb"); err == nil {
		found["debian 15"] = "/usr/lib/postgresql/15/bin"
	}
	return found
}

// folder is a data folder that an unprivileged user can reach, as t.TempDir is not when the tests run as root.
func folder(t *testing.T) string {
	t.Helper()
	parent, err := os.MkdirTemp("", "embedded-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(parent) })
	if err := os.Chmod(parent, 0o755); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(parent, "postgres")
}

func start(t *testing.T, options embedded.Options) *embedded.Server {
	t.Helper()
	if options.Settings == nil {
		options.Settings = quick
	}
	server, err := embedded.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, server) })
	return server
}

func stop(t *testing.T, server *embedded.Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := server.Stop(ctx); err != nil {
		t.Error("stop:", err)
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// run executes a statement on a connection of its own.
func run(t *testing.T, url, statement string) {
	t.Helper()
	if _, err := connect(t, url).Exec(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// read returns the one value a query gives, as text.
func read(t *testing.T, url, query string) string {
	t.Helper()
	var value string
	if err := connect(t, url).QueryRow(t.Context(), query).Scan(&value); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return value
}

// eventually waits until the server behind url answers a query again.
func eventually(t *testing.T, url, query string) string {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		var value string
		conn, err := pgx.Connect(t.Context(), url)
		if err == nil {
			err = conn.QueryRow(t.Context(), query).Scan(&value)
			conn.Close(t.Context())
		}
		if err == nil {
			return value
		}
		if time.Now().After(deadline) {
			t.Fatal("the server did not come back:", err)
		}
		<-time.After(10 * time.Millisecond)
	}
}

func TestServerIsReadyForOrion(t *testing.T) {
	t.Parallel()
	for name, binaries := range installations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := start(t, embedded.Options{Temporary: true, BinDir: binaries})
			for _, extension := range []string{"pg_trgm", "unaccent", "citext"} {
				run(t, server.URL(), "CREATE EXTENSION "+extension)
			}
			for query, want := range map[string]string{
				"SELECT current_user || ' ' || rolsuper || ' ' || rolbypassrls FROM pg_roles WHERE rolname = current_user": "orion false false",
				"SELECT pg_get_userbyid(datdba) || ' ' || datname FROM pg_database WHERE datname = current_database()":     "orion orion",
				"SHOW listen_addresses": "",
				"SHOW server_encoding":  "UTF8",
				"SELECT string_agg(w, ' ' ORDER BY w) FROM unnest(ARRAY['Zebra', 'Äpfel', 'Birnen']) w": "Äpfel Birnen Zebra",
				"SELECT lower('ÄÖ') || ' ' || unaccent('Café')":                                         "äö Cafe",
				"SELECT to_tsvector('simple', 'Café')::text":                                            "'café':1",
			} {
				if got := read(t, server.URL(), query); got != want {
					t.Errorf("%s = %q, want %q", query, got, want)
				}
			}
			if got := read(t, server.SuperURL(), "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"); got != "true" {
				t.Error("SuperURL is no superuser's")
			}
		})
	}
}

func TestTemporaryLeavesNothing(t *testing.T) {
	t.Parallel()
	server := start(t, embedded.Options{Temporary: true})
	data := read(t, server.SuperURL(), "SHOW data_directory")
	stop(t, server)
	stop(t, server)
	if _, err := os.Stat(filepath.Dir(data)); !os.IsNotExist(err) {
		t.Error("the temporary folder is still there:", err)
	}
	if _, err := pgx.Connect(t.Context(), server.URL()); err == nil {
		t.Error("the server still answers")
	}
}

func TestDataSurvivesRestart(t *testing.T) {
	t.Parallel()
	for name, binaries := range installations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			options := embedded.Options{DataDir: folder(t), BinDir: binaries}
			first := start(t, options)
			run(t, first.URL(), "CREATE TABLE kept AS SELECT 'yes' AS value")
			// A transaction that is still open must not hold the shutdown up.
			conn := connect(t, first.URL())
			if _, err := conn.Exec(t.Context(), "BEGIN; CREATE TABLE undone (id int)"); err != nil {
				t.Fatal(err)
			}
			stop(t, first)
			second := start(t, options)
			if got := read(t, second.URL(), "SELECT value || count(to_regclass('undone')) FROM kept GROUP BY value"); got != "yes0" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestTakenPort(t *testing.T) {
	t.Parallel()
	// Where somebody else listens already, the port is taken as well.
	if listener, err := net.Listen("tcp", "127.0.0.1:5432"); err == nil {
		defer listener.Close()
	}
	server := start(t, embedded.Options{Temporary: true})
	read(t, server.URL(), "SELECT 'answers'")
}

func TestLongPath(t *testing.T) {
	t.Parallel()
	data := filepath.Join(filepath.Dir(folder(t)), strings.Repeat("long", 30), "postgres")
	server := start(t, embedded.Options{DataDir: data})
	sockets := read(t, server.SuperURL(), "SHOW unix_socket_directories")
	stop(t, server)
	if _, err := os.Stat(sockets); !os.IsNotExist(err) {
		t.Errorf("the socket's folder %s is still there: %v", sockets, err)
	}
}

func TestKilledServerComesBack(t *testing.T) {
	t.Parallel()
	data := folder(t)
	server := start(t, embedded.Options{DataDir: data})
	run(t, server.URL(), "CREATE TABLE kept AS SELECT 'yes' AS value")
	kill(t, postmaster(t, data))
	if got := eventually(t, server.URL(), "SELECT value FROM kept"); got != "yes" {
		t.Errorf("got %q", got)
	}
}

func postmaster(t *testing.T, data string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Sscan(string(text), &pid); err != nil {
		t.Fatal(err)
	}
	return pid
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// otherOrion runs a second process that serves the folder.
func otherOrion(t *testing.T, data string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "SERVE_FOLDER="+data)
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // It may have been killed before.
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(output).ReadString('\n')
	url, found := strings.CutPrefix(strings.TrimSpace(line), "url ")
	if !found {
		t.Fatal("the other process did not serve:", line, err)
	}
	return cmd, url
}

func TestServerDiesWithItsParent(t *testing.T) {
	t.Parallel()
	data := folder(t)
	other, url := otherOrion(t, data)
	run(t, url, "CREATE TABLE kept AS SELECT 'yes' AS value")
	orphan := postmaster(t, data)
	kill(t, other.Process.Pid)
	// At once: the old server may still be stopping, or be joined before it does.
	server := start(t, embedded.Options{DataDir: data})
	if runtime.GOOS == "linux" { // Elsewhere it lives on and is joined.
		waitForEnd(t, orphan)
	}
	if got := eventually(t, server.URL(), "SELECT value FROM kept"); got != "yes" {
		t.Errorf("got %q", got)
	}
}

func waitForEnd(t *testing.T, pid int) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for syscall.Kill(pid, 0) == nil {
		if time.Now().After(deadline) {
			t.Fatal("the server outlived its parent")
		}
		<-time.After(10 * time.Millisecond)
	}
}

func TestTwoOrionsOnOneFolder(t *testing.T) {
	t.Parallel()
	data := folder(t)
	first := start(t, embedded.Options{DataDir: data})
	second := start(t, embedded.Options{DataDir: data})
	if first.Adopted() || !second.Adopted() || first.URL() != second.URL() {
		t.Fatalf("adopted: %v, %v; %s, %s", first.Adopted(), second.Adopted(), first.URL(), second.URL())
	}
	run(t, second.URL(), "CREATE TABLE kept AS SELECT 'yes' AS value")
	third := start(t, embedded.Options{DataDir: data})
	stop(t, third)
	read(t, first.URL(), "SELECT value FROM kept")
	// When the one that runs the server ends, the other takes over.
	stop(t, first)
	if got := eventually(t, second.URL(), "SELECT value FROM kept"); got != "yes" {
		t.Errorf("got %q", got)
	}
	stop(t, second)
	if _, err := pgx.Connect(t.Context(), second.URL()); err == nil {
		t.Error("the server still answers after the last Orion ended")
	}
}

func TestTwoFirstStartsAtOnce(t *testing.T) {
	t.Parallel()
	data := folder(t)
	servers := make(chan *embedded.Server)
	for range 2 {
		go func() {
			server, err := embedded.Start(t.Context(), embedded.Options{DataDir: data, Settings: quick})
			if err != nil {
				t.Error(err)
			}
			servers <- server
		}()
	}
	for range 2 {
		if server := <-servers; server != nil {
			defer stop(t, server)
			read(t, server.URL(), "SELECT 'answers'")
		}
	}
}
