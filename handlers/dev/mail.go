// Package dev answers what only developers see: the mail that was sent. Production has none of its routes.
package dev

import (
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/handlers/platform"
	"orion/mail"
	"orion/model/fault"
	"orion/views"
)

// locale is the language of these pages.
const locale = "en"

// bodyPolicy is for a mail's HTML part, which has its styles inline: no script, nothing from elsewhere, and only our own
// page around it.
const bodyPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

// Handlers are the developers'. Make them with New.
type Handlers struct {
	box   *mail.Box
	views *views.Renderer
}

// New makes handlers that show what is in the box.
func New(box *mail.Box, renderer *views.Renderer) *Handlers { return &Handlers{box, renderer} }

// Mail lists what was sent, newest first.
func (h *Handlers) Mail(c *fiber.Ctx) error {
	page := views.DevMail{Shell: h.shell(c, h.text("title"))}
	for _, kept := range h.box.List() {
		page.Letters = append(page.Letters, views.DevMailRow{
			To: shown(kept.ToName, kept.To), From: shown(kept.FromName, kept.From), Subject: kept.Subject,
			At: kept.Sent.Format(time.DateTime), URL: address(kept.ID),
		})
	}
	return h.views.Page(c, fiber.StatusOK, "platform/dev_mail", page)
}

// Letter shows one mail.
func (h *Handlers) Letter(c *fiber.Ctx) error {
	kept, err := h.find(c)
	if err != nil {
		return err
	}
	page := views.DevLetter{
		Shell: h.shell(c, kept.Subject), Subject: kept.Subject, Text: spans(kept.Text),
		FrameURL: address(kept.ID) + "/body", BackURL: "/dev/mail",
		Headers: []views.DevMailHeader{
			{Name: h.text("to"), Value: shown(kept.ToName, kept.To)},
			{Name: h.text("from"), Value: shown(kept.FromName, kept.From)},
		},
	}
	if kept.ReplyTo != "" {
		page.Headers = append(page.Headers, views.DevMailHeader{Name: h.text("reply_to"), Value: kept.ReplyTo})
	}
	page.Headers = append(page.Headers, views.DevMailHeader{Name: h.text("sent"), Value: kept.Sent.Format(time.DateTime)})
	return h.views.Page(c, fiber.StatusOK, "platform/dev_letter", page)
}

// Body answers with a mail's HTML part as a document of its own, for the frame in its page.
func (h *Handlers) Body(c *fiber.Ctx) error {
	kept, err := h.find(c)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentSecurityPolicy, bodyPolicy)
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	// Our pages refuse to be framed, so links open beside this one.
	return c.SendString(strings.Replace(kept.HTML, "<head>", `<head><base target="_blank">`, 1))
}

func (h *Handlers) find(c *fiber.Ctx) (mail.Kept, error) {
	id, err := strconv.Atoi(c.Params("id"))
	if err != nil {
		return mail.Kept{}, fault.NotFound
	}
	kept, ok := h.box.Find(id)
	if !ok {
		return mail.Kept{}, fault.NotFound
	}
	return kept, nil
}

func (h *Handlers) shell(c *fiber.Ctx, title string) views.Shell {
	shell := platform.Shell(h.views, views.SiteFrom(c), title)
	shell.NoIndex = true
	return shell
}

func (h *Handlers) text(key string) string { return h.views.Text(locale, "mail.dev."+key) }

func address(id int) string { return "/dev/mail/" + strconv.Itoa(id) }

// shown is an address as mail programs show it.
func shown(name, at string) string {
	if name == "" {
		return at
	}
	return name + " <" + at + ">"
}

// links finds the addresses in a text.
var links = regexp.MustCompile(`https?://[^\s<>"]+`)

// spans takes a text apart into links and what is between them.
func spans(text string) []views.DevMailSpan {
	var found []views.DevMailSpan
	at := 0
	for _, link := range links.FindAllStringIndex(text, -1) {
		if link[0] > at {
			found = append(found, views.DevMailSpan{Text: text[at:link[0]]})
		}
		url := text[link[0]:link[1]]
		found = append(found, views.DevMailSpan{Text: url, URL: template.URL(url)})
		at = link[1]
	}
	if at < len(text) {
		found = append(found, views.DevMailSpan{Text: text[at:]})
	}
	return found
}
