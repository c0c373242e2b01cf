// Package mailtest is a mail server for tests: it speaks SMTP on a port of its own and keeps what it takes.
package mailtest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"net/mail"
	"net/url"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Security is how a server offers TLS.
type Security int

// The ways of TLS: none at all, by STARTTLS, and from the first byte.
const (
	None Security = iota
	StartTLS
	Implicit
)

// Options are how a server behaves.
type Options struct {
	Security Security
	// User and Password have to be given before a message is taken; "": nobody has to sign in.
	User, Password string
	// Receive answers a message to somebody; nil takes everything. An *smtp.SMTPError is the server's answer.
	Receive func(to string) error
}

// Received is a message that a server took.
type Received struct {
	From, To string // the envelope's
	Head     mail.Header
	Body     []byte
	Secure   bool // it came over TLS
}

// Server is a running mail server.
type Server struct {
	// URL is where it listens, as ORION_SMTP_URL names it, with user and password.
	URL string
	// Roots are the authorities that trust its certificate.
	Roots *x509.CertPool
	// Messages are those that it took, one by one.
	Messages chan Received

	options Options
}

// Refuse is a server's answer that it will not take the message, for good (5xx) or for now (4xx).
func Refuse(code int, message string) error { return &smtp.SMTPError{Code: code, Message: message} }

// Start runs a server until the test ends.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	s := &Server{Messages: make(chan Received, 100), options: o}
	certificate, roots := newCertificate(t)
	s.Roots = roots
	server := smtp.NewServer(s)
	server.Domain, server.ReadTimeout, server.WriteTimeout = "localhost", time.Minute, time.Minute
	server.ErrorLog = silent{}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("mailtest: %v", err)
	}
	address := url.URL{Scheme: "smtp", Host: listener.Addr().String(), RawQuery: "tls=none"}
	encrypted := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	switch o.Security {
	case StartTLS:
		server.TLSConfig, address.RawQuery = encrypted, ""
	case Implicit:
		listener = tls.NewListener(listener, encrypted)
		address.Scheme, address.RawQuery = "smtps", ""
	}
	if o.User != "" {
		address.User = url.UserPassword(o.User, o.Password)
	}
	s.URL = address.String()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	t.Cleanup(func() {
		_ = server.Close()
		_ = listener.Close() // the server does not know it yet where a test ends at once
		if err := <-ended; err != nil && !errors.Is(err, net.ErrClosed) && !errors.Is(err, smtp.ErrServerClosed) {
			t.Errorf("mailtest: %v", err)
		}
	})
	return s
}

// NewSession begins a conversation.
func (s *Server) NewSession(conn *smtp.Conn) (smtp.Session, error) {
	return &session{server: s, conn: conn, known: s.options.User == ""}, nil
}

// session is one conversation.
type session struct {
	server   *Server
	conn     *smtp.Conn
	known    bool
	from, to string
}

// AuthMechanisms are how a client may sign in.
func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth takes the user and password of the options.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.server.options.User || password != s.server.options.Password {
			return errors.New("wrong user or password")
		}
		s.known = true
		return nil
	}), nil
}

// Mail names the sender.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if !s.known {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return nil
}

// Rcpt names the receiver.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if s.server.options.Receive == nil {
		return nil
	}
	return s.server.options.Receive(to)
}

// Data takes the message.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	body, err := io.ReadAll(message.Body)
	if err != nil {
		return err
	}
	_, secure := s.conn.TLSConnectionState()
	s.server.Messages <- Received{s.from, s.to, message.Header, body, secure}
	return nil
}

// Reset forgets the message.
func (s *session) Reset() { s.from, s.to = "", "" }

// Logout ends the conversation.
func (s *session) Logout() error { return nil }

// newCertificate makes a certificate for 127.0.0.1, and the pool that trusts it.
func newCertificate(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatalf("mailtest: %v", err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mailtest"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatalf("mailtest: %v", err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatalf("mailtest: %v", err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}

// silent drops what the server says about clients that break off: tests make them do so.
type silent struct{}

// Printf drops the line.
func (silent) Printf(string, ...any) {}

// Println drops the line.
func (silent) Println(...any) {}
