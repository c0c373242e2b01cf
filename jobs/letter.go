package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/maypok86/otter/v2"
	"github.com/riverqueue/river"

	"orion/mail"
	"orion/model/fault"
	"orion/model/letter"
	"orion/model/tenant"
	"orion/model/vendor"
)

// attempts is how often a letter is tried. Attempt n is followed by a pause of n⁴ seconds, give or take a tenth, so the
// last comes after about a day.
const attempts = 14

// Mail is what sending letters needs.
type Mail struct {
	Sender  mail.Sender
	Letters *mail.Letters
	// Shop finds the shop whose look a letter has.
	Shop func(ctx context.Context, vendorID int64) (*vendor.Shop, error)
	// Issue makes the token of a letter that has one (letter.Kind.WantsToken), right before the letter is sent. It answers
	// fault.NotFound when there is nobody to send it to any more.
	Issue func(ctx context.Context, l letter.Letter) (Token, error)
}

func (m Mail) check() error {
	if m.Sender == nil || m.Letters == nil || m.Shop == nil || m.Issue == nil {
		return errors.New("make the workers of the job queue: mail needs a sender, letters, shops and tokens")
	}
	return nil
}

// letterJob is a letter in the queue.
type letterJob struct {
	Letter letter.Letter `json:"letter"`
}

// Kind names the job.
func (letterJob) Kind() string { return "letter" }

// postman sends letters.
type postman struct {
	river.WorkerDefaults[letterJob]
	Mail
	log    *slog.Logger
	tokens *otter.Cache[int64, Token]
}

// Work sends one letter. What will never be sent is given up at once, with a line in the log.
func (p *postman) Work(ctx context.Context, job *river.Job[letterJob]) error {
	about := job.Args.Letter
	err := p.deliver(scoped(ctx, about.VendorID), about, job)
	level := slog.LevelError
	if errors.Is(err, fault.NotFound) {
		level = slog.LevelInfo // nobody's fault: the account or the shop was closed meanwhile
	} else if !errors.As(err, new(*mail.Refused)) {
		return err
	}
	p.log.Log(ctx, level, "A letter is given up", "letter", about.Kind, "vendor", about.VendorID, "job", job.ID, "error", err)
	return river.JobCancel(err)
}

// scoped is the context of a vendor's work, or of the platform's.
func scoped(ctx context.Context, vendorID int64) context.Context {
	if vendorID == 0 {
		return tenant.AsPlatform(ctx)
	}
	return tenant.With(ctx, vendorID)
}

// deliver completes the letter, writes it and sends it.
func (p *postman) deliver(ctx context.Context, about letter.Letter, job *river.Job[letterJob]) error {
	var shop *vendor.Shop
	if about.VendorID != 0 {
		var err error
		if shop, err = p.Shop(ctx, about.VendorID); err != nil {
			return fmt.Errorf("find the letter's shop: %w", err)
		}
	}
	var expires time.Time
	if about.Kind.WantsToken() {
		token, err := p.token(ctx, about, job.ID)
		if err != nil {
			return err
		}
		about.To, about.Link, expires = token.Email, about.Link+"/"+token.Value, token.Expires
	}
	// The same for every attempt, and another one in a database that begins to count anew.
	id := fmt.Sprintf("letter.%d.%d", job.ID, job.CreatedAt.Unix())
	message, err := p.Letters.Write(about, shop, expires, id)
	if err != nil {
		return err
	}
	if err := p.Sender.Send(ctx, message); err != nil {
		return err
	}
	p.tokens.Invalidate(job.ID)
	return nil
}

// token is the letter's token, the one of an earlier attempt if it is still fresh.
func (p *postman) token(ctx context.Context, about letter.Letter, job int64) (Token, error) {
	if kept, ok := p.tokens.GetIfPresent(job); ok {
		return kept, nil
	}
	made, err := p.Issue(ctx, about)
	if err != nil {
		return Token{}, fmt.Errorf("make the letter's token: %w", err)
	}
	p.tokens.Set(job, made)
	return made, nil
}
