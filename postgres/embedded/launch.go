package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// patience is how long Start waits for a server that somebody else is starting or stopping.
	patience = time.Minute
	// glance is the pause between two looks at a server that is starting or stopping.
	glance = 20 * time.Millisecond
	// watch is the pause between two looks at a server that another process runs.
	watch = 200 * time.Millisecond
)

// instance is one run of the server.
type instance struct {
	child *child          // Nil when another process started it.
	gone  <-chan struct{} // Closed when the run has ended.
}

// launch starts a server on the data folder, or joins the one that runs there. The lock decides which: the server's
// processes inherit it, so it is free exactly when no server that an Orion started is alive, whatever became of that
// Orion.
func (s *Server) launch(ctx context.Context) (*instance, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	begun, told := time.Now(), false
	for {
		if s.lock == nil {
			lock, err := tryLock(s.options.DataDir + ".lock")
			if err != nil {
				return nil, err
			}
			s.lock = lock
		}
		file, err := readPidFile(s.options.DataDir)
		if err != nil {
			return nil, err
		}
		if file != nil && s.answers(ctx, file.sockets) {
			return s.adopt(ctx, file)
		}
		if s.lock != nil && s.clear(file) {
			return s.start(ctx)
		}
		if !told && time.Since(begun) > time.Second {
			s.log.Info("Waiting for the PostgreSQL that is starting or stopping on the data folder", "folder", s.options.DataDir)
			told = true
		}
		if time.Since(begun) > patience {
			return nil, fmt.Errorf("another process uses the data folder %s but does not answer: stop it, or choose another ORION_DATA_DIR",
				s.options.DataDir)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("wait for the server on %s: %w", s.options.DataDir, ctx.Err())
		case <-time.After(glance):
		}
	}
}

// answers says whether the running server can be joined. Where another Orion holds the lock, it may still be setting
// the server up: only when Orion's own database answers is it done.
func (s *Server) answers(ctx context.Context, sockets string) bool {
	target := connectionURL(Role, Database, sockets)
	if s.lock != nil {
		target = connectionURL(Superuser, "postgres", sockets)
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, target)
	if err != nil {
		return false
	}
	defer conn.Close(ctx)
	var folder string
	if s.lock == nil {
		return true // The lock is proof that its holder serves this very folder.
	}
	err = conn.QueryRow(ctx, "SHOW data_directory").Scan(&folder)
	return err == nil && folder == s.options.DataDir
}

// adopt joins a server that another process runs, and watches for its end.
func (s *Server) adopt(ctx context.Context, file *pidFile) (*instance, error) {
	if s.sockets != "" && s.sockets != file.sockets {
		return nil, fmt.Errorf("the server on %s has moved its socket from %s to %s: restart Orion", s.options.DataDir, s.sockets, file.sockets)
	}
	s.sockets = file.sockets
	if s.lock != nil { // Started by hand, so nobody has set it up.
		if err := s.ensureDatabase(ctx); err != nil {
			return nil, err
		}
	}
	s.log.Info("Joined the PostgreSQL that already runs on the data folder", "folder", s.options.DataDir, "pid", file.pid)
	gone := make(chan struct{})
	go s.watch(file.pid, s.lock == nil, gone)
	return &instance{gone: gone}, nil
}

// watch closes gone when the adopted server has ended: when its lock is free or, for one without, its process gone.
func (s *Server) watch(pid int, locked bool, gone chan<- struct{}) {
	for {
		select {
		case <-s.stopping:
			return
		case <-time.After(watch):
		}
		if locked {
			lock, err := tryLock(s.options.DataDir + ".lock")
			if lock == nil {
				if err != nil {
					s.log.Error("Could not look at the lock of the data folder", "error", err)
				}
				continue
			}
			lock.Close()
		} else if alive(pid) {
			continue
		}
		close(gone)
		return
	}
}

// tryLock takes the lock on path; nil without an error when another process has it.
func tryLock(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock of the data folder (made by another user?): %w", err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return file, nil
	}
	file.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, nil
	}
	return nil, fmt.Errorf("lock the data folder by %s: %w", path, err)
}

// start runs the server as a child and returns when it takes connections.
func (s *Server) start(ctx context.Context) (*instance, error) {
	folder := s.options.DataDir
	version, err := clusterVersion(folder)
	if err != nil {
		return nil, err
	}
	found, err := findBinaries(ctx, s.options.BinDir, version)
	if err != nil {
		return nil, err
	}
	who, found, err := s.settle(found, version != "")
	if err != nil {
		return nil, err
	}
	if version == "" {
		if err := s.initialise(ctx, found, who); err != nil {
			return nil, err
		}
	}
	if err := s.socketFolder(who); err != nil {
		return nil, err
	}
	s.messages.quiet(true)
	cmd := found.command("postgres", s.arguments()...)
	cmd.Stderr = s.messages
	cmd.ExtraFiles = []*os.File{s.lock}
	server, err := spawn(cmd, who)
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", cmd.Path, err)
	}
	err = s.ready(ctx, server)
	if err == nil {
		err = s.ensureDatabase(ctx)
	}
	if err != nil {
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		return nil, errors.Join(err, server.stop(stop, false))
	}
	s.messages.quiet(false)
	s.log.Debug("The embedded PostgreSQL runs", "version", found.version, "folder", folder, "binaries", found.folder, "pid", server.pid())
	return &instance{child: server, gone: server.done}, nil
}

// ready waits until the server takes connections; after a crash it first recovers, however long that takes.
func (s *Server) ready(ctx context.Context, server *child) error {
	for {
		select {
		case <-server.done:
			return fmt.Errorf("PostgreSQL ended while starting on %s (%w):\n%s", s.options.DataDir, server.failure(), s.messages.tail())
		case <-ctx.Done():
			return fmt.Errorf("wait for PostgreSQL on %s: %w", s.options.DataDir, ctx.Err())
		case <-time.After(glance / 4):
		}
		if _, err := os.Stat(filepath.Join(s.sockets, socketName)); err != nil {
			continue
		}
		conn, err := pgx.Connect(ctx, s.SuperURL())
		if err == nil {
			return conn.Close(ctx)
		}
	}
}
