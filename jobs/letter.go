package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

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

// Token is a single-use token that was made for a letter. Its hash is stored where it is redeemed.
type Token struct {
	Value   string
	Email   string // where the letter goes: the address that the token is for
	Expires time.Time
}

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
	log *slog.Logger
}

// Work sends one letter. What will never be sent is given up at once, with a line in the log.
func (p *postman) Work(ctx context.Context, job *river.Job[letterJob]) error {
	about := job.Args.Letter
	// A letter that goes out twice is shown once by its id. One with a token differs each time: the last token counts.
	id := "letter." + strconv.FormatInt(job.ID, 10)
	if about.Kind.WantsToken() {
		id += "." + strconv.Itoa(job.Attempt)
	}
	err := p.deliver(scoped(ctx, about.VendorID), about, id)
	var refused *mail.Refused
	if errors.As(err, &refused) || errors.Is(err, fault.NotFound) {
		p.log.ErrorContext(ctx, "A letter is given up", "letter", about.Kind, "vendor", about.VendorID, "job", job.ID, "error", err)
		return river.JobCancel(err)
	}
	return err
}

// scoped is the context of a vendor's work, or of the platform's.
func scoped(ctx context.Context, vendorID int64) context.Context {
	if vendorID == 0 {
		return tenant.AsPlatform(ctx)
	}
	return tenant.With(ctx, vendorID)
}

// deliver completes the letter, writes it and sends it.
func (p *postman) deliver(ctx context.Context, about letter.Letter, id string) error {
	var shop *vendor.Shop
	if about.VendorID != 0 {
		var err error
		if shop, err = p.Shop(ctx, about.VendorID); err != nil {
			return fmt.Errorf("find the letter's shop: %w", err)
		}
	}
	var expires time.Time
	if about.Kind.WantsToken() {
		token, err := p.Issue(ctx, about)
		if err != nil {
			return fmt.Errorf("make the letter's token: %w", err)
		}
		about.To, about.Link, expires = token.Email, about.Link+"/"+token.Value, token.Expires
	}
	message, err := p.Letters.Write(about, shop, expires, id)
	if err != nil {
		return err
	}
	return p.Sender.Send(ctx, message)
}
