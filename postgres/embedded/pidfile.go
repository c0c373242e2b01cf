package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// socketName is the file PostgreSQL makes in the folder of its socket.
const socketName = ".s.PGSQL." + socketPort

// pidFile is what a server writes about itself into its data folder.
// The lines: https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/utils/pidfile.h
type pidFile struct {
	pid     int
	sockets string // The folder of the socket; empty while the server is just starting.
}

// readPidFile reads postmaster.pid; nil without an error when there is none.
func readPidFile(folder string) (*pidFile, error) {
	text, err := os.ReadFile(filepath.Join(folder, "postmaster.pid"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the data folder (made by another user?): %w", err)
	}
	lines := strings.Split(string(text), "\n")
	file := &pidFile{}
	// An empty or torn file names nobody: PostgreSQL itself treats it as left over.
	file.pid, _ = strconv.Atoi(strings.TrimSpace(lines[0]))
	if len(lines) > 4 {
		file.sockets = strings.TrimSpace(lines[4])
	}
	return file, nil
}

// clear says whether a server can be started although file is there. After a crash the number in it may belong to a
// stranger; PostgreSQL would then refuse to start, so the file is taken away. Orion must hold the lock.
func (s *Server) clear(file *pidFile) bool {
	if file == nil || file.pid <= 0 || !alive(file.pid) {
		return true
	}
	if serves(file.pid, s.options.DataDir) {
		return false
	}
	s.log.Info("Removed a postmaster.pid left by a crash; its process is not PostgreSQL", "folder", s.options.DataDir, "pid", file.pid)
	os.Remove(filepath.Join(s.options.DataDir, "postmaster.pid"))
	if file.sockets != "" {
		os.Remove(filepath.Join(file.sockets, socketName+".lock"))
	}
	return true
}
