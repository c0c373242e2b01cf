package dev_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"orion/assets"
	"orion/handlers/dev"
	"orion/mail"
	"orion/model/fault"
	"orion/views"
)

// newApp answers the three routes over the box.
func newApp(t *testing.T, box *mail.Box) func(path string) (*http.Response, string) {
	t.Helper()
	bundle, err := assets.New(os.DirFS("../../assets/dist"), false)
	if err != nil {
		t.Fatal(err)
	}
	renderer, err := views.New(views.Options{Assets: bundle, Development: true})
	if err != nil {
		t.Fatal(err)
	}
	h := dev.New(box, renderer)
	app := fiber.New(fiber.Config{ErrorHandler: func(c *fiber.Ctx, err error) error {
		if errors.Is(err, fault.NotFound) {
			return c.SendStatus(fiber.StatusNotFound)
		}
		t.Error(err)
		return c.SendStatus(fiber.StatusInternalServerError)
	}})
	app.Get("/dev/mail", h.Mail)
	app.Get("/dev/mail/:id", h.Letter)
	app.Get("/dev/mail/:id/body", h.Body)
	return func(path string) (*http.Response, string) {
		t.Helper()
		response, err := app.Test(httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil), -1)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response, string(body)
	}
}

func parse(t *testing.T, body string) *goquery.Document {
	t.Helper()
	page, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestSentMail(t *testing.T) {
	t.Parallel()
	box := mail.NewBox()
	get := newApp(t, box)
	if _, body := get("/dev/mail"); !strings.Contains(body, "No mail yet") {
		t.Errorf("an empty box shows %s", body)
	}
	for _, subject := range []string{"First", "Second <b>"} {
		err := box.Send(context.Background(), mail.Message{
			To: "ada@x.test", ToName: "Ada", From: "no-reply@orion.test", FromName: "Kaffa", ReplyTo: "hello@kaffa.test", Subject: subject,
			Text: "Open:\nhttps://kaffa.test/a?b=1&c=2\njavascript:alert(1)\n",
			HTML: `<!doctype html><html><head><title>x</title></head><body style="color:red"><a href="https://kaffa.test/">Open</a></body></html>`,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	_, body := get("/dev/mail")
	if titles := parse(t, body).Find(".summary-line-title").Text(); titles != "Second <b>First" {
		t.Errorf("the list is %q, want the newest first", titles)
	}
	_, body = get("/dev/mail/2")
	page := parse(t, body)
	if page.Find("h1").Text() != "Second <b>" || !strings.Contains(page.Find("dl").Text(), "Ada <ada@x.test>") {
		t.Errorf("the letter shows %s", body)
	}
	links := page.Find("#letter-text + p a")
	if href, _ := links.Attr("href"); links.Length() != 1 || href != "https://kaffa.test/a?b=1&c=2" {
		t.Errorf("the text has %d links, the first to %s", links.Length(), href)
	}
	frame := page.Find("iframe")
	if source, _ := frame.Attr("src"); source != "/dev/mail/2/body" {
		t.Errorf("the frame shows %s", source)
	}
	if sandbox, ok := frame.Attr("sandbox"); !ok || strings.Contains(sandbox, "allow-scripts") || strings.Contains(sandbox, "allow-same-origin") {
		t.Errorf("the frame's sandbox is %q", sandbox)
	}
}

// TestAMailsBodyRunsNothing: its own policy allows inline styles and no script.
func TestAMailsBodyRunsNothing(t *testing.T) {
	t.Parallel()
	box := mail.NewBox()
	get := newApp(t, box)
	if err := box.Send(context.Background(), mail.Message{HTML: `<html><head></head><body><script>alert(1)</script></body></html>`}); err != nil {
		t.Fatal(err)
	}
	response, body := get("/dev/mail/1/body")
	policy := response.Header.Get(fiber.HeaderContentSecurityPolicy)
	if !strings.HasPrefix(policy, "default-src 'none'; style-src 'unsafe-inline'; img-src data:;") || strings.Contains(policy, "script-src") ||
		!strings.Contains(policy, "sandbox") || strings.Contains(policy, "allow-scripts") {
		t.Errorf("the policy is %q", policy)
	}
	if !strings.Contains(body, `<base target="_blank">`) {
		t.Errorf("links stay in the frame: %s", body)
	}
	for _, path := range []string{"/dev/mail/2", "/dev/mail/0/body", "/dev/mail/x"} {
		if response, _ := get(path); response.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, response.StatusCode)
		}
	}
}
