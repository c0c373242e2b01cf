package mail_test

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	stdmail "net/mail"
	"strings"
	"testing"

	"orion/mail"
	"orion/mail/mailtest"
)

func message() mail.Message {
	return mail.Message{
		To: "ada@x.test", ToName: "Ada Löwe", From: "no-reply@orion.test", FromName: "Kaffa, “roasters”", ReplyTo: "hello@kaffa.test",
		Subject: "Grüße aus Köln", Text: "Guten Tag\nhttps://kaffa.test/a?b=c\n", HTML: "<p>Guten Tag, Ödön</p>", MessageID: "letter.1@orion.test",
	}
}

func sender(t *testing.T, server *mailtest.Server) *mail.SMTP {
	t.Helper()
	s, err := mail.NewSMTP(server.URL, server.Roots)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// parts are the bodies of a multipart/alternative message by their type, in the order of the message.
func parts(t *testing.T, got mailtest.Received) (types, bodies []string) {
	t.Helper()
	kind, parameters, err := mime.ParseMediaType(got.Head.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("the message is %q, %v; want multipart/alternative", kind, err)
	}
	reader := multipart.NewReader(bytes.NewReader(got.Body), parameters["boundary"])
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return types, bodies
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil || part.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
			t.Fatalf("a part with the head %v: %v", part.Header, err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		types, bodies = append(types, kind), append(bodies, strings.ReplaceAll(string(body), "\r\n", "\n"))
	}
}

// TestSend holds a conversation with each kind of server.
func TestSend(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]mailtest.Options{
		"plain":               {},
		"STARTTLS":            {Security: mailtest.StartTLS},
		"STARTTLS, signed in": {Security: mailtest.StartTLS, User: "orion", Password: "p@ss:word/ü"},
		"TLS":                 {Security: mailtest.Implicit},
		"TLS, signed in":      {Security: mailtest.Implicit, User: "me@x.test", Password: "secret"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := mailtest.Start(t, options)
			if err := sender(t, server).Send(t.Context(), message()); err != nil {
				t.Fatal(err)
			}
			got := <-server.Messages
			if got.From != "no-reply@orion.test" || got.To != "ada@x.test" || got.Secure != (options.Security != mailtest.None) {
				t.Errorf("the envelope: from %s to %s, encrypted %v", got.From, got.To, got.Secure)
			}
			checkHead(t, got)
			types, bodies := parts(t, got)
			if strings.Join(types, " ") != "text/plain text/html" || strings.TrimSpace(bodies[0]) != strings.TrimSpace(message().Text) ||
				strings.TrimSpace(bodies[1]) != message().HTML {
				t.Errorf("the parts are %q %q", types, bodies)
			}
		})
	}
}

func checkHead(t *testing.T, got mailtest.Received) {
	t.Helper()
	for header, want := range map[string]stdmail.Address{
		"From":     {Name: message().FromName, Address: "no-reply@orion.test"},
		"To":       {Name: "Ada Löwe", Address: "ada@x.test"},
		"Reply-To": {Name: message().FromName, Address: "hello@kaffa.test"},
	} {
		list, err := got.Head.AddressList(header)
		if err != nil || len(list) != 1 || *list[0] != want {
			t.Errorf("%s: %v, %v; want %v", header, got.Head.Get(header), err, want)
		}
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Head.Get("Subject"))
	if err != nil || subject != message().Subject {
		t.Errorf("the subject is %q, %v", subject, err)
	}
	if id := got.Head.Get("Message-ID"); id != "<letter.1@orion.test>" {
		t.Errorf("Message-ID: %s", id)
	}
	if _, err := got.Head.Date(); err != nil || got.Head.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("the head is %v", got.Head)
	}
}

// TestNothingIsSentInTheClear: a server without STARTTLS gets neither password nor message, one with somebody else's
// certificate neither.
func TestNothingIsSentInTheClear(t *testing.T) {
	t.Parallel()
	plain := mailtest.Start(t, mailtest.Options{})
	encrypted := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS})
	for name, test := range map[string]struct {
		url    string
		server *mailtest.Server
	}{
		"no STARTTLS":             {strings.Replace(plain.URL, "?tls=none", "", 1), plain},
		"password without TLS":    {strings.Replace(plain.URL, "smtp://", "smtp://me:hunter2@", 1), plain},
		"somebody's certificate":  {encrypted.URL, nil},
		"TLS where there is none": {strings.Replace(strings.Replace(plain.URL, "smtp:", "smtps:", 1), "?tls=none", "", 1), plain},
		"nobody listens":          {"smtp://127.0.0.1:1", plain},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var s *mail.SMTP
			var err error
			if test.server == nil {
				s, err = mail.NewSMTP(test.url, nil) // the system does not know the test's authority
			} else {
				s, err = mail.NewSMTP(test.url, test.server.Roots)
			}
			if err != nil {
				t.Fatal(err)
			}
			err = s.Send(t.Context(), message())
			var refused *mail.Refused
			if err == nil || errors.As(err, &refused) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("sent with %v; want an error that may pass and shows no password", err)
			}
		})
	}
	if len(plain.Messages)+len(encrypted.Messages) != 0 {
		t.Error("a message was sent all the same")
	}
}

// TestRefusals: what the server says for good is a *Refused, what may pass is not.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		options mailtest.Options
		user    string
		final   bool
	}{
		"no such mailbox":  {options: mailtest.Options{Receive: func(string) error { return mailtest.Refuse(550, "no such mailbox") }}, final: true},
		"mailbox is full":  {options: mailtest.Options{Receive: func(string) error { return mailtest.Refuse(452, "mailbox is full") }}},
		"nobody signed in": {options: mailtest.Options{Security: mailtest.StartTLS, User: "me", Password: "secret"}, user: "-"},
		"wrong password":   {options: mailtest.Options{Security: mailtest.StartTLS, User: "me", Password: "secret"}, user: "me:hunter2@"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := mailtest.Start(t, test.options)
			url := server.URL
			if test.user != "" {
				url = strings.Replace(url, "me:secret@", strings.TrimPrefix(test.user, "-"), 1)
			}
			s, err := mail.NewSMTP(url, server.Roots)
			if err != nil {
				t.Fatal(err)
			}
			err = s.Send(t.Context(), message())
			var refused *mail.Refused
			if err == nil || errors.As(err, &refused) != test.final || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("Send: %v; want an error for good: %v", err, test.final)
			}
		})
	}
}

// TestHeadersCannotBeInjected: whatever names, addresses and subjects hold, nothing of it becomes a header or a receiver.
func TestHeadersCannotBeInjected(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mailtest.Options{})
	box := mail.NewBox()
	for name, spoil := range map[string]func(*mail.Message){
		"receiver's name": func(m *mail.Message) { m.ToName = "Ada\r\nBcc: eve@x.test" },
		"sender's name":   func(m *mail.Message) { m.FromName = "Kaffa\nBcc: eve@x.test" },
		"subject":         func(m *mail.Message) { m.Subject = "Hello\r\n\r\nAnother body" },
		"id":              func(m *mail.Message) { m.MessageID = "a@b>\r\nBcc: <eve@x.test" },
		"receiver":        func(m *mail.Message) { m.To = "ada@x.test>\r\nRCPT TO:<eve@x.test" },
	} {
		m := message()
		spoil(&m)
		var refused *mail.Refused
		for _, one := range []mail.Sender{sender(t, server), box} {
			if err := one.Send(t.Context(), m); !errors.As(err, &refused) {
				t.Errorf("%s: %v, want it refused", name, err)
			}
		}
	}
	for name, spoil := range map[string]func(*mail.Message){
		"two receivers":        func(m *mail.Message) { m.To = "ada@x.test, eve@x.test" },
		"a name in an address": func(m *mail.Message) { m.To = "Eve <eve@x.test>" },
		"no receiver":          func(m *mail.Message) { m.To = "" },
		"no address":           func(m *mail.Message) { m.ReplyTo = "nobody" },
	} {
		m := message()
		spoil(&m)
		var refused *mail.Refused
		if err := sender(t, server).Send(t.Context(), m); !errors.As(err, &refused) {
			t.Errorf("%s: %v, want it refused", name, err)
		}
	}
	m := message()
	m.ToName = `Ada" <eve@x.test>, "Bob`
	if err := sender(t, server).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got := <-server.Messages
	if list, err := got.Head.AddressList("To"); err != nil || len(list) != 1 || list[0].Name != m.ToName || got.To != "ada@x.test" {
		t.Errorf("quotes in a name: %v, %v", got.Head["To"], err)
	}
	if len(server.Messages) != 0 {
		t.Error("more than one message came")
	}
}

func TestURLs(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"", "mail.example", "http://mail.example", "smtp://", "smtp://me:hunter2@mail.example?tls=perhaps", "smtp://me:hunter2@mail.example:port",
	} {
		if _, err := mail.NewSMTP(url, nil); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("NewSMTP(%q): %v, want an error without the password", url, err)
		}
	}
	for _, url := range []string{"smtp://mail.example", "smtps://me:secret@mail.example:2465", "smtp://[::1]:25?tls=opportunistic"} {
		if _, err := mail.NewSMTP(url, nil); err != nil {
			t.Errorf("NewSMTP(%q): %v", url, err)
		}
	}
}
