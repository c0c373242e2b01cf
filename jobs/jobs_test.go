package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"orion/jobs"
	"orion/mail"
	"orion/mail/mailtest"
	"orion/model/fault"
	"orion/model/letter"
	"orion/model/tenant"
	"orion/model/vendor"
	"orion/postgres"
	"orion/postgres/pgtest"
)

// patience is for a failure, not for the test.
const patience = time.Minute

// office is a database with a shop, and a mail server.
type office struct {
	t      *testing.T
	db     *postgres.DB
	shop   int64
	server *mailtest.Server
	log    *logged
}

func newOffice(t *testing.T, o mailtest.Options) *office {
	t.Helper()
	db := pgtest.New(t)
	return &office{t: t, db: db, shop: pgtest.Vendor(t, db, "kaffa"), server: mailtest.Start(t, o), log: &logged{lines: make(chan string, 100)}}
}

// options are those of a queue with two workers that tries again at once.
func (o *office) options() jobs.Options {
	o.t.Helper()
	sender, err := mail.NewSMTP(o.server.URL, o.server.Roots)
	if err != nil {
		o.t.Fatal(err)
	}
	letters, err := mail.NewLetters(mail.Options{
		From: mail.Address{Name: "Orion", Address: "no-reply@orion.test"},
		Text: func(_, key string, pairs ...any) string { return fmt.Sprint(key, pairs) },
	})
	if err != nil {
		o.t.Fatal(err)
	}
	directory, err := vendor.NewDirectory(o.db.Platform, 10)
	if err != nil {
		o.t.Fatal(err)
	}
	return jobs.Options{
		Workers: 2, Log: slog.New(o.log), RetryAfter: func(int) time.Duration { return 0 },
		Mail: jobs.Mail{
			Sender: sender, Letters: letters, Shop: directory.ByID,
			Issue: func(ctx context.Context, l letter.Letter) (jobs.Token, error) { return issue(ctx, l) },
		},
	}
}

// issue answers a token that names the scope it was made in.
func issue(ctx context.Context, l letter.Letter) (jobs.Token, error) {
	if l.AccountID == 404 {
		return jobs.Token{}, fault.NotFound
	}
	id, err := tenant.Vendor(ctx)
	if l.VendorID == 0 {
		if !tenant.IsPlatform(ctx) {
			return jobs.Token{}, errors.New("not in the platform's scope")
		}
		id, err = 0, nil
	}
	return jobs.Token{Value: fmt.Sprintf("token-of-%d", id), Email: "ada@x.test", Expires: time.Now().Add(time.Hour)}, err
}

// queue makes a queue; start starts it until the test ends.
func (o *office) queue(options jobs.Options) *jobs.Queue {
	o.t.Helper()
	q, err := jobs.New(o.db.JobsPool, options)
	if err != nil {
		o.t.Fatal(err)
	}
	return q
}

func (o *office) start(options jobs.Options) *jobs.Queue {
	o.t.Helper()
	q := o.queue(options)
	if err := q.Start(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() {
		if err := q.Stop(context.Background()); err != nil {
			o.t.Error(err)
		}
	})
	return q
}

// enqueue enqueues in a transaction of the shop that ends with then.
func (o *office) enqueue(q *jobs.Queue, l letter.Letter, then error) {
	o.t.Helper()
	err := o.db.Shop.RunInTx(tenant.With(o.t.Context(), o.shop), nil, func(ctx context.Context, tx bun.Tx) error {
		return errors.Join(q.Enqueue(ctx, tx, l), then)
	})
	if !errors.Is(err, then) {
		o.t.Fatal(err)
	}
}

func (o *office) receive() mailtest.Received {
	o.t.Helper()
	select {
	case got := <-o.server.Messages:
		return got
	case <-time.After(patience):
		o.t.Fatal("no message came")
		return mailtest.Received{}
	}
}

// state waits until the only job has one of the states that it never leaves.
func (o *office) state() (state string, attempts int) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), patience)
	defer cancel()
	for {
		err := o.db.JobsPool.QueryRow(ctx, "SELECT state, attempt FROM river_job WHERE kind = 'letter'").Scan(&state, &attempts)
		if err != nil {
			o.t.Fatal(err)
		}
		if state == "completed" || state == "cancelled" || state == "discarded" {
			return state, attempts
		}
	}
}

// logged is a log that a test can wait for.
type logged struct {
	mu    sync.Mutex
	lines chan string
}

func (*logged) Enabled(context.Context, slog.Level) bool { return true }

func (l *logged) Handle(_ context.Context, r slog.Record) error {
	line := r.Level.String() + " " + r.Message
	r.Attrs(func(a slog.Attr) bool {
		line += " " + a.String()
		return true
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines <- line
	return nil
}

func (l *logged) WithAttrs([]slog.Attr) slog.Handler { return l }
func (l *logged) WithGroup(string) slog.Handler      { return l }

// expect waits for a line.
func (o *office) expect(words ...string) {
	o.t.Helper()
	for timeout := time.After(patience); ; {
		select {
		case line := <-o.log.lines:
			missing := false
			for _, word := range words {
				missing = missing || !strings.Contains(line, word)
			}
			if !missing {
				return
			}
		case <-timeout:
			o.t.Fatalf("the log never said %q", words)
		}
	}
}

func (o *office) letter() letter.Letter {
	return letter.Letter{Kind: letter.PasswordChanged, VendorID: o.shop, To: "ada@x.test", Name: "Ada", Link: "https://kaffa.test/account"}
}

// TestALetterSurvivesARestart: one process enqueues and ends before it was sent, the next one sends it.
func TestALetterSurvivesARestart(t *testing.T) {
	t.Parallel()
	o := newOffice(t, mailtest.Options{})
	o.enqueue(o.queue(o.options()), o.letter(), nil)
	o.start(o.options())
	got := o.receive()
	if got.To != "ada@x.test" || !strings.Contains(got.Head.Get("From"), "Shop kaffa") || got.Head.Get("Reply-To") == "" {
		t.Errorf("to %s with the head %v", got.To, got.Head)
	}
	if state, attempts := o.state(); state != "completed" || attempts != 1 {
		t.Errorf("the job is %s after %d attempts", state, attempts)
	}
}

// TestAProcessWithoutWorkersOnlyEnqueues: its Start and Stop do nothing; another one, which runs already, hears of the job.
func TestAProcessWithoutWorkersOnlyEnqueues(t *testing.T) {
	t.Parallel()
	o := newOffice(t, mailtest.Options{})
	o.start(o.options())
	q := o.start(jobs.Options{})
	o.enqueue(q, o.letter(), nil)
	o.receive()
}

// TestARollbackSendsNothing: the letter of an undone change does not go out, the next one does.
func TestARollbackSendsNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t, mailtest.Options{})
	q := o.start(o.options())
	undone, kept := o.letter(), o.letter()
	undone.To, kept.To = "undone@x.test", "kept@x.test"
	o.enqueue(q, undone, errors.New("undo"))
	o.enqueue(q, kept, nil)
	if got := o.receive(); got.To != "kept@x.test" {
		t.Errorf("a letter went to %s", got.To)
	}
	var waiting int
	if err := o.db.JobsPool.QueryRow(t.Context(), "SELECT count(*) FROM river_job").Scan(&waiting); err != nil || waiting != 1 {
		t.Errorf("%d jobs, %v; want the one that was committed", waiting, err)
	}
}

// TestTokensAreMadeWhenTheLetterGoesOut: in the letter's scope, and never stored in the queue.
func TestTokensAreMadeWhenTheLetterGoesOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t, mailtest.Options{})
	q := o.start(o.options())
	for _, vendorID := range []int64{o.shop, 0} {
		one := o.letter()
		one.Kind, one.To, one.VendorID = letter.ResetPassword, "", vendorID
		o.enqueue(q, one, nil)
		got := o.receive()
		body := strings.ReplaceAll(strings.ReplaceAll(string(got.Body), "=\r\n", ""), "=3D", "=")
		if want := fmt.Sprintf("https://kaffa.test/account/token-of-%d", vendorID); got.To != "ada@x.test" || !strings.Contains(body, want) {
			t.Errorf("to %s, lacks %s:\n%s", got.To, want, body)
		}
	}
	var rows string
	if err := o.db.JobsPool.QueryRow(t.Context(), "SELECT string_agg(j::text, ' ') FROM river_job j").Scan(&rows); err != nil ||
		strings.Contains(rows, "token-of") {
		t.Errorf("the queue knows the token (%v): %s", err, rows)
	}
}

// TestWhatMayPassIsTriedAgain: the server is busy twice.
func TestWhatMayPassIsTriedAgain(t *testing.T) {
	t.Parallel()
	var tried int
	o := newOffice(t, mailtest.Options{Receive: func(string) error {
		if tried++; tried <= 2 {
			return mailtest.Refuse(451, "try again later")
		}
		return nil
	}})
	o.enqueue(o.start(o.options()), o.letter(), nil)
	o.expect("WARN A job failed and will be tried again", "attempt=1", "451")
	o.expect("WARN A job failed and will be tried again", "attempt=2", "451")
	got := o.receive()
	if id := got.Head.Get("Message-ID"); !strings.HasPrefix(id, "<letter.1.") {
		t.Errorf("the third attempt has the id %s, want that of the first", id)
	}
	if state, attempts := o.state(); state != "completed" || attempts != 3 {
		t.Errorf("the job is %s after %d attempts", state, attempts)
	}
}

// TestALettersTokenIsMadeOnce: attempts that follow soon have the same one.
func TestALettersTokenIsMadeOnce(t *testing.T) {
	t.Parallel()
	var tried int
	o := newOffice(t, mailtest.Options{Receive: func(string) error {
		if tried++; tried == 1 {
			return mailtest.Refuse(451, "try again later")
		}
		return nil
	}})
	options := o.options()
	var made atomic.Int32
	options.Mail.Issue = func(ctx context.Context, l letter.Letter) (jobs.Token, error) {
		made.Add(1)
		return issue(ctx, l)
	}
	one := o.letter()
	one.Kind = letter.VerifyEmail
	o.enqueue(o.start(options), one, nil)
	if o.receive(); made.Load() != 1 {
		t.Errorf("%d tokens were made for one letter", made.Load())
	}
}

// TestWhatNeverWorksIsGivenUp: for good answers at once, what may pass after the last attempt.
func TestWhatNeverWorksIsGivenUp(t *testing.T) {
	t.Parallel()
	refuse := func(code int) mailtest.Options {
		return mailtest.Options{Receive: func(string) error { return mailtest.Refuse(code, "no") }}
	}
	for name, test := range map[string]struct {
		options  mailtest.Options
		change   func(*letter.Letter)
		says     []string
		state    string
		attempts int
	}{
		"no such mailbox": {refuse(550), nil, []string{"ERROR A letter is given up", "550"}, "cancelled", 1},
		"no such account": {mailtest.Options{}, func(l *letter.Letter) { l.Kind, l.AccountID = letter.VerifyEmail, 404 }, []string{"INFO A letter is given up"}, "cancelled", 1},
		"no such shop":    {mailtest.Options{}, func(l *letter.Letter) { l.VendorID = 99 }, []string{"INFO A letter is given up"}, "cancelled", 1},
		"no address":      {mailtest.Options{}, func(l *letter.Letter) { l.To = "nobody" }, []string{"ERROR A letter is given up"}, "cancelled", 1},
		"busy for a day":  {refuse(451), nil, []string{"ERROR A job failed and is given up", "attempt=14"}, "discarded", 14},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, test.options)
			one := o.letter()
			if test.change != nil {
				test.change(&one)
			}
			q := o.queue(o.options())
			o.enqueue(q, one, nil)
			// As if the day before the last attempts had passed.
			if _, err := o.db.JobsPool.Exec(t.Context(), "UPDATE river_job SET attempt = $1", test.attempts-1); err != nil {
				t.Fatal(err)
			}
			o.start(o.options())
			o.expect(test.says...)
			if state, attempts := o.state(); state != test.state || attempts != test.attempts {
				t.Errorf("the job is %s after %d attempts, want %s after %d", state, attempts, test.state, test.attempts)
			}
			if len(o.server.Messages) != 0 {
				t.Error("a message was sent")
			}
		})
	}
}

// TestTheFirstPurgeComesAtTheStart: in the platform's scope.
func TestTheFirstPurgeComesAtTheStart(t *testing.T) {
	t.Parallel()
	o := newOffice(t, mailtest.Options{})
	options := o.options()
	purged := make(chan bool, 10)
	options.Purge = func(ctx context.Context) error {
		purged <- tenant.IsPlatform(ctx)
		return nil
	}
	o.start(options)
	select {
	case platform := <-purged:
		if !platform {
			t.Error("the purge is not in the platform's scope")
		}
	case <-time.After(patience):
		t.Fatal("nothing was purged")
	}
}

func TestNewSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	o := newOffice(t, mailtest.Options{})
	if _, err := jobs.New(o.db.JobsPool, jobs.Options{Workers: 1}); err == nil {
		t.Error("a queue that cannot send works")
	}
}
