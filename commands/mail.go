package commands

import (
	"context"
	"fmt"
	"log/slog"

	"orion/config"
	"orion/jobs"
	"orion/mail"
	"orion/model/access"
	"orion/model/account"
	"orion/model/fault"
	"orion/model/letter"
	"orion/model/vendor"
	"orion/views"
)

// post is what sends letters, and where they can be looked at.
type post struct {
	sender mail.Sender
	box    *mail.Box // nil in production
}

// newPost sends by SMTP where the configuration names a server. In development everything sent can be looked at, and
// without a server that is all that happens to it.
func newPost(cfg *config.Config, log *slog.Logger) (post, error) {
	var made post
	if !cfg.Production() {
		made.box = mail.NewBox()
		made.sender = made.box
	}
	if cfg.SMTPURL == "" {
		if cfg.Production() {
			log.Warn("No mail is sent: set ORION_SMTP_URL")
			made.sender = unsent{log}
		}
		return made, nil
	}
	smtp, err := mail.NewSMTP(string(cfg.SMTPURL), nil)
	if err != nil {
		return post{}, fmt.Errorf("prepare the sending of mail: %w", err)
	}
	made.sender = smtp
	if made.box != nil {
		made.sender = made.box.Also(smtp)
	}
	return made, nil
}

// unsent says of each letter that it was not sent. It does not say to whom.
type unsent struct{ log *slog.Logger }

// Send logs the subject and nothing else.
func (u unsent) Send(ctx context.Context, m mail.Message) error {
	u.log.WarnContext(ctx, "A letter is not sent: ORION_SMTP_URL is not set", "subject", m.Subject)
	return nil
}

// newQueue makes the queue of letters and other jobs. accounts is asked for tokens right before a letter is sent.
func newQueue(
	cfg *config.Config, log *slog.Logger, db *database, directory *vendor.Directory, renderer *views.Renderer, sender mail.Sender,
	accounts func() *account.Authority,
) (*jobs.Queue, error) {
	from, err := mail.ParseAddress(cfg.MailFrom)
	if err != nil {
		return nil, fmt.Errorf("read ORION_MAIL_FROM: %w", err)
	}
	letters, err := mail.NewLetters(mail.Options{From: from, Text: renderer.Text, Tokens: renderer.TokensOf})
	if err != nil {
		return nil, err
	}
	return jobs.New(db.JobsPool, jobs.Options{
		Workers: cfg.JobWorkers, Log: log, Purge: func(ctx context.Context) error { return accounts().Purge(ctx) },
		Mail: jobs.Mail{
			Sender: sender, Letters: letters,
			Shop:  directory.ByID,
			Issue: func(ctx context.Context, l letter.Letter) (jobs.Token, error) { return issue(ctx, db, accounts(), l) },
		},
	})
}

// issue makes the token of a letter.
func issue(ctx context.Context, db *database, accounts *account.Authority, l letter.Letter) (jobs.Token, error) {
	var token jobs.Token
	var err error
	switch l.Kind {
	case letter.Invitation:
		token.Value, token.Email, token.Expires, err = access.IssueInvitation(ctx, db.Platform, l.VendorID, l.InvitationID)
	case letter.ResetPassword, letter.VerifyEmail:
		realm := account.Realm{Kind: account.Kind(l.Realm)}
		if realm.Kind == account.Customer {
			realm.VendorID = l.VendorID
		}
		token.Value, token.Email, token.Expires, err = accounts.IssueMailed(ctx, realm, string(l.Kind), l.AccountID)
	default:
		err = fault.NotFound
	}
	return token, err
}
