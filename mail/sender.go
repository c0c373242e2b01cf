package mail

import (
	"context"
	"errors"
)

// NewSender puts together how mail is sent: by the server at url ("" for none), kept in the box (nil for none), or both.
// With neither, every message fails in a way that may pass: it goes out once there is a server.
func NewSender(url string, box *Box) (Sender, error) {
	if url == "" {
		if box == nil {
			return nowhere{}, nil
		}
		return box, nil
	}
	server, err := NewSMTP(url, nil)
	if err != nil {
		return nil, err
	}
	if box == nil {
		return server, nil
	}
	return box.Also(server), nil
}

// nowhere is no way to send at all.
type nowhere struct{}

var errNowhere = errors.New("there is no mail server: set ORION_SMTP_URL")

// Send fails.
func (nowhere) Send(context.Context, Message) error { return errNowhere }
