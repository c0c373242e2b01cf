package mail

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/mail"
	"regexp"
	"strings"
	text "text/template"
	"time"
	"unicode"
	"unicode/utf8"

	"orion/model/letter"
	"orion/model/vendor"
)

//go:embed templates
var templates embed.FS

// platformLocale is the language of letters that come from no shop.
const platformLocale = "en"

// Options is what NewLetters needs.
type Options struct {
	// From is who letters come from. A shop's letters have the shop's name with this address, and replies go to the shop.
	From Address
	// Text is a message in a locale's language, by key; pairs are names and values for its placeholders.
	Text func(locale, key string, pairs ...any) string
	// Tokens are the values of the theme's tokens, by name, for a shop or, nil, the platform. Without it, or for a token
	// that is missing, mails look plain.
	Tokens func(shop *vendor.Shop) map[string]string
	// Platform is the platform's name; "" is Orion.
	Platform string
	// Now is the time; nil is time.Now.
	Now func() time.Time
}

// Letters writes letters as messages. It may be used by many goroutines at once.
type Letters struct {
	Options
	html map[string]*template.Template // by layout
	text map[string]*text.Template
}

// The two layouts: a letter that asks to do something, and one that tells that something happened.
const (
	action = "action"
	notice = "notice"
)

// NewLetters reads the templates.
func NewLetters(o Options) (*Letters, error) {
	if o.From.Address == "" || o.Text == nil {
		return nil, errors.New("prepare the letters: they need a sender and texts")
	}
	if o.Platform == "" {
		o.Platform = "Orion"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	l := &Letters{Options: o, html: map[string]*template.Template{}, text: map[string]*text.Template{}}
	for _, layout := range []string{action, notice} {
		var err error
		if l.html[layout], err = template.ParseFS(templates, "templates/base.html"); err == nil {
			_, err = l.html[layout].New("content").Parse(content(layout + ".html"))
		}
		if err != nil {
			return nil, fmt.Errorf("read the template %s.html: %w", layout, err)
		}
		if l.text[layout], err = text.ParseFS(templates, "templates/base.txt"); err == nil {
			_, err = l.text[layout].New("content").Parse(content(layout + ".txt"))
		}
		if err != nil {
			return nil, fmt.Errorf("read the template %s.txt: %w", layout, err)
		}
	}
	return l, nil
}

// content is an embedded template's text.
func content(file string) string {
	body, _ := templates.ReadFile("templates/" + file) // embedded: it is there, or the tests do not run
	return strings.TrimSpace(string(body))
}

// page is what the templates show.
type page struct {
	Lang, Subject, Sender, Heading, Greeting string
	Text, Note, Why                          string
	Link, Action, LinkHint, Expires          string
	Imprint                                  []string
	Look                                     look
}

// Write makes the message of a letter whose To and Link are final. shop is the one whose look it has, nil for the
// platform's; expires is when the link stops working, zero for never; id tells the message from all others of this
// platform.
func (l *Letters) Write(about letter.Letter, shop *vendor.Shop, expires time.Time, id string) (Message, error) {
	p := l.page(about, shop, expires)
	m := Message{
		To: about.To, ToName: safeName(about.Name), From: l.From.Address, FromName: oneLine(p.Sender), Subject: oneLine(p.Subject),
		MessageID: id + "@" + l.From.domain(),
	}
	if shop == nil && l.From.Name != "" {
		m.FromName = l.From.Name
	}
	if shop != nil {
		m.ReplyTo = replyTo(shop.Settings.Email)
	}
	layout := notice
	if about.Kind.WantsToken() {
		layout = action
	}
	var html, plain bytes.Buffer
	if err := l.html[layout].Execute(&html, p); err != nil {
		return Message{}, fmt.Errorf("write the letter %s: %w", about.Kind, err)
	}
	if err := l.text[layout].Execute(&plain, p); err != nil {
		return Message{}, fmt.Errorf("write the letter %s: %w", about.Kind, err)
	}
	m.HTML, m.Text = html.String(), strings.TrimSpace(plain.String())+"\n"
	return m, nil
}

// page collects the letter's texts, in the shop's language.
func (l *Letters) page(about letter.Letter, shop *vendor.Shop, expires time.Time) page {
	p := page{Lang: platformLocale, Sender: l.Platform, Link: about.Link}
	var tokens map[string]string
	if l.Tokens != nil {
		tokens = l.Tokens(shop)
	}
	p.Look = lookOf(tokens)
	if shop != nil {
		p.Lang, p.Sender, p.Imprint = shop.Settings.Locale, shop.Name, imprint(shop)
	}
	values := l.values(about, p.Sender)
	say := func(key string) string { return l.Text(p.Lang, "mail."+key, values...) }
	of := func(part string) string { return say(string(about.Kind) + "." + part) }
	p.Subject, p.Heading, p.Action, p.Note = of("subject"), of("heading"), of("action"), of("note")
	p.Text = of(textPart(about))
	p.LinkHint, p.Why = say("link_hint"), say("why")
	p.Greeting = say("greeting_nameless")
	if name := safeName(about.Name); name != "" {
		p.Greeting = l.Text(p.Lang, "mail.greeting", "name", name)
	}
	if !expires.IsZero() {
		p.Expires = l.expiry(p.Lang, expires.Sub(l.Now()))
	}
	return p
}

// textPart is which of the kind's texts says what happened.
func textPart(about letter.Letter) string {
	switch change := about.Data[letter.DataChange]; {
	case about.Kind == letter.SecondFactorChanged && (change == letter.ChangeOn || change == letter.ChangeOff || change == letter.ChangeCodes):
		return "text_" + change
	case about.Kind == letter.Invitation && safeName(about.Data[letter.DataInviter]) == "":
		return "text_nameless"
	default:
		return "text"
	}
}

// values are names and values for placeholders.
func (l *Letters) values(about letter.Letter, sender string) []any {
	return []any{
		"shop", sender, "platform", l.Platform, "email", about.To,
		letter.DataInviter, safeName(about.Data[letter.DataInviter]), letter.DataRole, oneLine(about.Data[letter.DataRole]),
		letter.DataOwner, oneLine(about.Data[letter.DataOwner]),
	}
}

// expiry says how long the link works, in whole hours or, from two days on, days.
func (l *Letters) expiry(locale string, left time.Duration) string {
	const day = 24 * time.Hour
	if left >= 2*day {
		return l.Text(locale, "mail.expires_days", "n", int(left.Round(time.Hour)/day))
	}
	return l.Text(locale, "mail.expires_hours", "n", max(1, int(left.Round(time.Hour)/time.Hour)))
}

// imprint is who sends the letter and how to reach them.
func imprint(shop *vendor.Shop) []string {
	lines := []string{shop.Name}
	for line := range strings.Lines(shop.Settings.Address) {
		lines = append(lines, oneLine(line))
	}
	for _, line := range []string{shop.Settings.Email, shop.Settings.Phone} {
		if line != "" {
			lines = append(lines, oneLine(line))
		}
	}
	return lines
}

// replyTo is the shop's address if replies can go there.
func replyTo(address string) string {
	if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address {
		return ""
	}
	return address
}

// oneLine is a text without line breaks and other control characters.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }), " ")
}

// longestName is how many characters of a name are still a name.
const longestName = 80

// advertising finds what mail readers turn into a link.
var advertising = regexp.MustCompile(`[/@:\\]|\w\.\w`)

// safeName is a name as it may stand in a letter, "" for one that is none. Whoever registers somebody else's address
// chooses the name, and must not be able to send an advertisement by it.
func safeName(name string) string {
	name = oneLine(name)
	if utf8.RuneCountInString(name) > longestName || advertising.MatchString(name) {
		return ""
	}
	return name
}
