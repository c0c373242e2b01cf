// Package mail writes letters as e-mail messages in the look of a shop, and sends them by SMTP. It knows neither who is
// written to nor why: package jobs asks it to.
package mail

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"unicode"
)

// Message is one e-mail to one person, in two forms that say the same.
type Message struct {
	To, ToName     string
	From, FromName string
	ReplyTo        string // "": replies go to From
	Subject        string
	Text, HTML     string
	// MessageID names the message, without angle brackets. A message that is sent again keeps it, so that the receiver's
	// mailbox may show it once.
	MessageID string
}

// Sender sends messages. Its error is a *Refused when sending the same message again would not help.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Refused is a message that will never be sent, such as one to an address that does not exist.
type Refused struct{ Err error }

// Error says why.
func (r *Refused) Error() string { return "the message is refused: " + r.Err.Error() }

// Unwrap is the reason.
func (r *Refused) Unwrap() error { return r.Err }

// Address is a mail address with the name it is shown by, as ORION_MAIL_FROM gives it.
type Address struct{ Name, Address string }

// ParseAddress reads "Orion <no-reply@orion.example>" or a bare address.
func ParseAddress(text string) (Address, error) {
	parsed, err := mail.ParseAddress(text)
	if err != nil {
		return Address{}, fmt.Errorf("read the mail address: %w", err)
	}
	return Address{parsed.Name, parsed.Address}, nil
}

// domain is what stands behind the @.
func (a Address) domain() string {
	return a.Address[strings.LastIndexByte(a.Address, '@')+1:]
}

// errControl is for a header value with a line break or another control character: it could begin a header of its own.
var errControl = errors.New("a header holds a control character")

// check refuses what could say more in a header than it seems to.
func (m Message) check() error {
	for _, value := range []string{m.To, m.ToName, m.From, m.FromName, m.ReplyTo, m.Subject, m.MessageID} {
		if strings.ContainsFunc(value, unicode.IsControl) {
			return errControl
		}
	}
	return nil
}
