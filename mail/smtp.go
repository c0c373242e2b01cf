package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// sendTimeout bounds each conversation with the mail server.
const sendTimeout = 30 * time.Second

// The ports of RFC 6409 (submission), RFC 8314 (submission inside TLS) and RFC 5321 (relay, without a sign-in).
const (
	submissionPort = 587
	implicitPort   = 465
	relayPort      = 25
)

// SMTP sends messages through a mail server. It may be used by many goroutines at once; each message is a conversation
// of its own.
type SMTP struct {
	host    string
	options []gomail.Option
}

// NewSMTP reads a server's URL: smtps://user:password@host:port speaks TLS from the first byte; smtp:// begins it by
// STARTTLS, which ?tls= makes mandatory (the default), opportunistic or none. A password is never sent in the clear.
// roots are the authorities that the server's certificate may come from; nil: the system's. Errors do not repeat the
// password.
func NewSMTP(address string, roots *x509.CertPool) (*SMTP, error) {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Hostname() == "" {
		return nil, errors.New("read the mail server's URL: it has to look like smtp://user:password@mail.example:587")
	}
	security, port, err := securityOf(parsed)
	if err != nil {
		return nil, err
	}
	if given := parsed.Port(); given != "" {
		if port, err = strconv.Atoi(given); err != nil {
			return nil, errors.New("read the mail server's URL: the port is not a number")
		}
	}
	host := parsed.Hostname()
	s := &SMTP{host: host, options: []gomail.Option{
		security, gomail.WithPort(port), gomail.WithTimeout(sendTimeout),
		gomail.WithTLSConfig(&tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: roots}),
		gomail.WithoutNoop(), gomail.WithoutRset(), // one message a conversation: there is nothing to reset
	}}
	if parsed.User != nil {
		password, _ := parsed.User.Password()
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(parsed.User.Username()), gomail.WithPassword(password))
	}
	if _, err := gomail.NewClient(host, s.options...); err != nil {
		return nil, fmt.Errorf("prepare the mail server: %w", err)
	}
	return s, nil
}

// securityOf is how a URL wants TLS, and the port that goes with it.
func securityOf(address *url.URL) (gomail.Option, int, error) {
	if address.Scheme == "smtps" {
		return gomail.WithSSL(), implicitPort, nil
	}
	if address.Scheme != "smtp" {
		return nil, 0, errors.New("read the mail server's URL: it begins with smtp:// or smtps://")
	}
	switch address.Query().Get("tls") {
	case "", "mandatory":
		return gomail.WithTLSPolicy(gomail.TLSMandatory), submissionPort, nil
	case "opportunistic":
		return gomail.WithTLSPolicy(gomail.TLSOpportunistic), relayPort, nil
	case "none":
		return gomail.WithTLSPolicy(gomail.NoTLS), relayPort, nil
	default:
		return nil, 0, errors.New("read the mail server's URL: tls is mandatory, opportunistic or none")
	}
}

// Send hands the message to the server. A *Refused is the server's last word about it, or a message that cannot be sent
// at all; other errors may pass, such as a server that is down, busy or does not know our password.
func (s *SMTP) Send(ctx context.Context, m Message) (err error) {
	message, err := compose(m)
	if err != nil {
		return &Refused{err}
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return fmt.Errorf("prepare the mail server: %w", err)
	}
	conversation, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fmt.Errorf("reach the mail server: %w", err)
	}
	// Whether it says goodbye does not matter: the message was accepted before, or was not.
	defer func() { _ = client.CloseWithSMTPClient(conversation) }()
	if err := client.SendWithSMTPClient(conversation, message); err != nil {
		err = fmt.Errorf("send the message: %w", err)
		if final(err) {
			return &Refused{err}
		}
		return err
	}
	return nil
}

// final tells whether the server said 5xx about the receiver or the message. About anything else, such as a missing
// sign-in, a person has to change something, and the message can go out then.
func final(err error) bool {
	var failed *gomail.SendError
	if !errors.As(err, &failed) || failed.ErrorCode() < 500 {
		return false
	}
	switch failed.Reason {
	case gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose:
		return true
	default:
		return false
	}
}

// compose makes a multipart/alternative message.
func compose(m Message) (*gomail.Msg, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	from, err := exactly(m.FromName, m.From)
	if err != nil {
		return nil, err
	}
	to, err := exactly(m.ToName, m.To)
	if err != nil {
		return nil, err
	}
	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	message.FromMailAddress(from)
	message.ToMailAddress(to)
	if m.ReplyTo != "" {
		reply, err := exactly(m.FromName, m.ReplyTo)
		if err != nil {
			return nil, err
		}
		message.ReplyToMailAddress(reply)
	}
	message.Subject(m.Subject)
	message.SetDate()
	if m.MessageID != "" {
		message.SetMessageIDWithValue(m.MessageID)
	}
	message.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday replies, please
	message.SetBodyString(gomail.TypeTextPlain, m.Text)
	message.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return message, nil
}

// exactly is an address that is nothing but an address.
func exactly(name, address string) (*mail.Address, error) {
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address {
		return nil, fmt.Errorf("%q is not a mail address", address)
	}
	return &mail.Address{Name: name, Address: address}, nil
}
