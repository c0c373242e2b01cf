package embedded

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// initialise makes the data folder with initdb: beside its place, then moved, so that it is whole or not there.
func (s *Server) initialise(ctx context.Context, found binaries, who identity) error {
	unfinished := s.options.DataDir + ".unfinished"
	if err := os.RemoveAll(unfinished); err != nil {
		return fmt.Errorf("remove an unfinished data folder: %w", err)
	}
	var err error
	for _, locale := range []string{"C.UTF-8", "en_US.UTF-8"} { // macOS has the second only.
		if err = s.initdb(ctx, found, who, unfinished, locale); err == nil {
			break
		}
	}
	if err != nil {
		return err
	}
	// The place may be an empty folder already; Remove refuses any other.
	if err := os.Remove(s.options.DataDir); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("make room for the data folder: %w", err)
	}
	if err := os.Rename(unfinished, s.options.DataDir); err != nil {
		return fmt.Errorf("move the new data folder into place: %w", err)
	}
	return nil
}

func (s *Server) initdb(ctx context.Context, found binaries, who identity, folder, locale string) error {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	if err := who.own(folder); err != nil {
		return err
	}
	// ICU sorts names as people expect ("Äpfel" before "Birnen") and the same everywhere; the locale's character
	// classes serve text search. No password: the socket's folder lets in only the server's user and root.
	arguments := []string{
		"--pgdata", folder, "--username", Superuser, "--auth", "trust", "--encoding", "UTF8", "--locale", locale,
		"--lc-messages", "C", "--locale-provider", "icu", "--icu-locale", "und", "--no-instructions",
	}
	if s.options.Temporary || s.options.Settings["fsync"] == "off" {
		arguments = append(arguments, "--no-sync")
	}
	cmd := found.command("initdb", arguments...)
	var output strings.Builder
	cmd.Stdout, cmd.Stderr = &output, &output
	process, err := spawn(cmd, who)
	if err != nil {
		return fmt.Errorf("run %s: %w", cmd.Path, err)
	}
	select {
	case <-process.done:
	case <-ctx.Done():
		_ = process.cmd.Process.Kill()
		<-process.done
	}
	if process.err != nil {
		os.RemoveAll(folder)
		return fmt.Errorf("make the data folder %s (%w): %s", s.options.DataDir, process.err, strings.TrimSpace(output.String()))
	}
	return nil
}

// arguments are the server's settings: no TCP, a private socket, and what Options asks for.
func (s *Server) arguments() []string {
	settings := map[string]string{
		"listen_addresses":        "",
		"port":                    socketPort,
		"unix_socket_directories": s.sockets,
		"unix_socket_permissions": "0700",
		"max_connections":         "200",
		"shared_buffers":          "256MB",
		"logging_collector":       "off",
		"log_destination":         "stderr",
		"log_line_prefix":         "",
		"log_timezone":            "UTC",
		"timezone":                "UTC",
		// A failed statement can hold customers' data; who sent it sees the error anyway.
		"log_min_error_statement": "panic",
		"log_error_verbosity":     "terse",
	}
	if s.options.Temporary {
		settings["fsync"] = "off"
		settings["synchronous_commit"] = "off"
		settings["full_page_writes"] = "off"
		settings["shared_buffers"] = "128MB"
	}
	maps.Copy(settings, s.options.Settings)
	arguments := []string{"-D", s.options.DataDir}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		arguments = append(arguments, "-c", name+"="+settings[name])
	}
	return arguments
}

// ensureDatabase makes Orion's role and database where they are missing.
func (s *Server) ensureDatabase(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.SuperURL())
	if err != nil {
		return fmt.Errorf("connect to the embedded PostgreSQL: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var role, database bool
	err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1), EXISTS (SELECT FROM pg_database WHERE datname = $2)`,
		Role, Database).Scan(&role, &database)
	if err != nil {
		return fmt.Errorf("look for Orion's database: %w", err)
	}
	if !role {
		if _, err := conn.Exec(ctx, "CREATE ROLE "+Role+" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"); err != nil {
			return fmt.Errorf("make Orion's role: %w", err)
		}
	}
	if !database {
		if _, err := conn.Exec(ctx, "CREATE DATABASE "+Database+" OWNER "+Role); err != nil {
			return fmt.Errorf("make Orion's database: %w", err)
		}
	}
	return nil
}

const (
	temporaryPrefix = "orion-pg-"
	// longestSocket is the longest path a socket may have on macOS, less the closing NUL; Linux allows 4 more.
	longestSocket = 103
)

// socketFolder chooses the folder of the socket: the data folder, or a short one under /tmp when that path is too long.
// A restarted server keeps the folder, so that connection strings stay true.
func (s *Server) socketFolder(who identity) error {
	if s.sockets == "" && len(filepath.Join(s.options.DataDir, socketName)) <= longestSocket {
		s.sockets = s.options.DataDir
	}
	if s.sockets == s.options.DataDir {
		return nil
	}
	if s.sockets == "" {
		folder, err := os.MkdirTemp("/tmp", temporaryPrefix+"socket-"+strconv.Itoa(os.Getpid())+"-")
		if err != nil {
			return fmt.Errorf("make a folder for the socket: %w", err)
		}
		s.sockets = folder
	} else if err := os.MkdirAll(s.sockets, 0o700); err != nil {
		return fmt.Errorf("make the folder of the socket: %w", err)
	}
	return who.own(s.sockets)
}

// removeSocketFolder removes the folder socketFolder made. One that a running server uses is not empty and stays.
func (s *Server) removeSocketFolder() {
	if s.sockets != "" && s.sockets != s.options.DataDir {
		os.Remove(s.sockets)
	}
}
