package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"orion/migrations"
	"orion/postgres"
	"orion/postgres/embedded"
)

// testRole is who the tests connect as, where the given role bypasses row security.
const testRole = "orion_test"

// setUpLock is the key of the advisory lock under which test processes that share a server make role and template:
// "orionpgt" in ASCII.
const setUpLock int64 = 0x6f72696f6e706774

// server is where the databases are made.
type server struct {
	admin    address // the given role, which makes databases
	tests    address // the role of the tests
	role     string
	template string
}

// theServer is the one server of this process: a test binary has no place to pass it through.
var theServer = sync.OnceValues(func() (*server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	given := os.Getenv("ORION_TEST_DATABASE_URL")
	if given == "" {
		own, err := embedded.Start(ctx, embedded.Options{
			Temporary: true,
			Log:       slog.New(slog.DiscardHandler),
		})
		if err != nil {
			return nil, fmt.Errorf("start a server (or name one in ORION_TEST_DATABASE_URL): %w", err)
		}
		given = own.SuperURL()
	}
	return setUp(ctx, given)
})

// setUp makes the tests' role and the migrated template, unless another process has.
func setUp(ctx context.Context, given string) (*server, error) {
	admin, err := parseAddress(given)
	if err != nil {
		return nil, err
	}
	s := &server{admin: admin}
	if s.template, err = templateName(); err != nil {
		return nil, err
	}
	conn, err := pgx.Connect(ctx, given)
	if err != nil {
		return nil, fmt.Errorf("connect as in ORION_TEST_DATABASE_URL: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) // gives the lock back
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", setUpLock); err != nil {
		return nil, fmt.Errorf("wait for the set-up lock: %w", err)
	}
	if err := s.setUpRole(ctx, conn); err != nil {
		return nil, fmt.Errorf("make the role of the tests: %w", err)
	}
	if err := s.setUpTemplate(ctx, conn); err != nil {
		return nil, fmt.Errorf("make the template database: %w", err)
	}
	return s, nil
}

func (s *server) setUpRole(ctx context.Context, conn *pgx.Conn) error {
	var bypasses, exists bool
	err := conn.QueryRow(ctx, `SELECT rolname, rolsuper OR rolbypassrls, EXISTS (SELECT FROM pg_roles WHERE rolname = $1)
		FROM pg_roles WHERE rolname = current_user`, testRole).Scan(&s.role, &bypasses, &exists)
	if err != nil {
		return err
	}
	password := conn.Config().Password
	if bypasses {
		s.role = testRole
	}
	s.tests = s.admin.as(s.role, password)
	if !bypasses || exists {
		return nil
	}
	// The given role's password serves both, so that processes that share the server agree on it.
	create := "CREATE ROLE " + testRole + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
	if password != "" {
		literal, err := conn.PgConn().EscapeString(password)
		if err != nil {
			return err
		}
		create += " PASSWORD '" + literal + "'"
	}
	_, err = conn.Exec(ctx, create)
	return err
}

func (s *server) setUpTemplate(ctx context.Context, conn *pgx.Conn) error {
	var complete bool
	err := conn.QueryRow(ctx, "SELECT datistemplate FROM pg_database WHERE datname = $1", s.template).Scan(&complete)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	if complete {
		return nil
	}
	// What is there without being marked is left over from a process that was killed on the way.
	for _, statement := range []string{
		"DROP DATABASE IF EXISTS " + s.template + " WITH (FORCE)",
		"CREATE DATABASE " + s.template + " OWNER " + pgx.Identifier{s.role}.Sanitize(),
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	if _, err := postgres.Migrate(ctx, s.tests.on(s.template)); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "ALTER DATABASE "+s.template+" IS_TEMPLATE true")
	return err
}

// clone makes a database from a template, again if a session that is just leaving the template is in the way.
func (s *server) clone(ctx context.Context, name, template string) error {
	statement := "CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER " + pgx.Identifier{s.role}.Sanitize()
	for attempt := 1; ; attempt++ {
		err := s.execute(ctx, statement)
		var pgErr *pgconn.PgError
		const objectInUse = "55006"
		if err == nil || !errors.As(err, &pgErr) || pgErr.Code != objectInUse || attempt == 50 {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// execute runs a statement as the given role, on a connection of its own.
func (s *server) execute(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, s.admin.url.String())
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// templateName names the template after what the migrations say, so that a changed one makes a new template.
func templateName() (string, error) {
	digest := sha256.New()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		return "", fmt.Errorf("list the migrations: %w", err)
	}
	for _, name := range names {
		text, err := migrations.Files.ReadFile(name)
		if err != nil {
			return "", fmt.Errorf("read the migrations: %w", err)
		}
		fmt.Fprintf(digest, "%s %d\n%s", name, len(text), text)
	}
	steps, err := postgres.MigrationNames() // those written in Go have no text, but their name says which
	if err != nil {
		return "", err
	}
	fmt.Fprintln(digest, steps)
	return "orion_template_" + hex.EncodeToString(digest.Sum(nil)[:6]), nil
}

// address is a connection URL in which role and database can be changed.
type address struct{ url url.URL }

func parseAddress(given string) (address, error) {
	u, err := url.Parse(given)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		return address{}, errors.New("ORION_TEST_DATABASE_URL must look like postgres://role:password@host/database")
	}
	return address{*u}, nil
}

// on is the URL of another database.
func (a address) on(database string) string {
	u := a.url
	query := u.Query()
	query.Del("dbname")
	query.Del("database")
	u.RawQuery = query.Encode()
	u.Path = "/" + database
	return u.String()
}

// as is the address for another role.
func (a address) as(role, password string) address {
	u := a.url
	query := u.Query()
	query.Del("user")
	query.Del("password")
	u.RawQuery = query.Encode()
	u.User = url.User(role)
	if password != "" {
		u.User = url.UserPassword(role, password)
	}
	return address{u}
}
