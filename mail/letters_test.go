package mail_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"orion/mail"
	"orion/model/letter"
	"orion/model/vendor"
)

var now = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// texts reads the English messages as views does, and fails the test for a key that is missing.
func texts(t *testing.T) func(locale, key string, pairs ...any) string {
	t.Helper()
	body, err := os.ReadFile("../views/messages/en/mail.json")
	if err != nil {
		t.Fatal(err)
	}
	var messages map[string]string
	if err := json.Unmarshal(body, &messages); err != nil {
		t.Fatal(err)
	}
	return func(locale, key string, pairs ...any) string {
		found, ok := messages[key]
		if !ok {
			if found, ok = messages[key+".other"]; !ok {
				t.Errorf("there is no text for %q", key)
			}
		}
		for i := 0; i < len(pairs); i += 2 {
			found = strings.ReplaceAll(found, "{"+pairs[i].(string)+"}", fmt.Sprint(pairs[i+1]))
		}
		return found
	}
}

func letters(t *testing.T, tokens map[string]string) *mail.Letters {
	t.Helper()
	l, err := mail.NewLetters(mail.Options{
		From: mail.Address{Name: "Orion", Address: "no-reply@orion.test"}, Text: texts(t), Now: func() time.Time { return now },
		Tokens: func(*vendor.Shop) map[string]string { return tokens },
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func kaffa() *vendor.Shop {
	return &vendor.Shop{
		Vendor:   vendor.Vendor{ID: 7, Slug: "kaffa", Name: "Kaffa & Söhne"},
		Settings: vendor.Settings{Locale: "de-AT", Email: "hello@kaffa.test", Phone: "+43 1 234", Address: "Gasse 1\r\n1010 Wien"},
	}
}

func about(kind letter.Kind) letter.Letter {
	return letter.Letter{
		Kind: kind, VendorID: 7, To: "ada@x.test", Name: "Ada", Link: "https://kaffa.test/account/reset?a=1&b=2",
		Data: map[string]string{letter.DataInviter: "Bob", letter.DataRole: "Manager", letter.DataOwner: "Eve", letter.DataChange: letter.ChangeOn},
	}
}

var placeholder = regexp.MustCompile(`\{\w*\}|<no value>|ZgotmplZ|%!`)

// TestEveryLetter writes each kind for a shop and the platform: both forms say the same, and nothing is left open.
func TestEveryLetter(t *testing.T) {
	t.Parallel()
	l := letters(t, nil)
	for _, kind := range letter.Kinds() {
		for name, shop := range map[string]*vendor.Shop{"shop": kaffa(), "platform": nil} {
			m, err := l.Write(about(kind), shop, now.Add(time.Hour), "letter.5")
			if err != nil {
				t.Fatal(err)
			}
			plain := visible(t, m.HTML)
			for _, form := range []string{m.Subject, m.Text, m.HTML} {
				if found := placeholder.FindString(form); found != "" || strings.TrimSpace(form) == "" {
					t.Errorf("%s of the %s: %q is in\n%s", kind, name, found, form)
				}
			}
			for _, want := range []string{"Hello Ada,", "ada@x.test"} {
				if !strings.Contains(m.Text, want) || !strings.Contains(plain, want) {
					t.Errorf("%s of the %s does not say %q:\n%s\n%s", kind, name, want, m.Text, plain)
				}
			}
			if !strings.Contains(m.Text, about(kind).Link) || !strings.Contains(m.HTML, `href="https://kaffa.test/account/reset?a=1&amp;b=2"`) {
				t.Errorf("%s of the %s lacks its link:\n%s\n%s", kind, name, m.Text, m.HTML)
			}
			if strings.Contains(m.Text, "works once") != kind.WantsToken() || strings.Contains(plain, "works once") != kind.WantsToken() {
				t.Errorf("%s of the %s is wrong about how long its link works:\n%s", kind, name, m.Text)
			}
		}
	}
}

// visible is the text of an HTML document without its head.
func visible(t *testing.T, document string) string {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for node := range tree.Descendants() {
		if node.Type == html.TextNode && node.Parent.Data != "title" {
			said.WriteString(node.Data)
		}
		if node.Type == html.ElementNode && (node.Data == "script" || node.Data == "link" || node.Data == "img") {
			t.Errorf("the letter has an element %s", node.Data)
		}
	}
	return said.String()
}

func TestAShopsLetter(t *testing.T) {
	t.Parallel()
	l := letters(t, map[string]string{
		"color-surface": "#fffaf2", "color-sunken": "#eee", "color-text": "#2b1a11", "color-muted": "#6d5342", "color-line": "#ddd",
		"color-accent": "#9c3d14", "color-on-accent": "#ffffff", "font-body": `"Segoe UI", Arial, sans-serif`, "radius-card": "12px",
	})
	m, err := l.Write(about(letter.ResetPassword), kaffa(), now.Add(time.Hour), "letter.5.1")
	if err != nil {
		t.Fatal(err)
	}
	if m.From != "no-reply@orion.test" || m.FromName != "Kaffa & Söhne" || m.ReplyTo != "hello@kaffa.test" || m.To != "ada@x.test" ||
		m.MessageID != "letter.5.1@orion.test" {
		t.Errorf("the head is %+v", m)
	}
	for _, want := range []string{
		`lang="de-AT"`, "background-color:#9c3d14", "color:#2b1a11", "&#34;Segoe UI&#34;, Arial", "border-radius:12px",
		"Kaffa &amp; Söhne<br>Gasse 1<br>1010 Wien<br>hello@kaffa.test<br>", "1 234", "within the next 1 hours",
	} {
		if !strings.Contains(m.HTML, want) {
			t.Errorf("the HTML lacks %q:\n%s", want, m.HTML)
		}
	}
	if !strings.Contains(m.Text, "Gasse 1\n1010 Wien\nhello@kaffa.test\n+43 1 234") {
		t.Errorf("the text lacks the imprint:\n%s", m.Text)
	}
	if m, err = l.Write(about(letter.Invitation), nil, now.Add(7*24*time.Hour), "x"); err != nil || !strings.Contains(m.Text, "next 7 days") ||
		m.FromName != "Orion" || m.ReplyTo != "" {
		t.Errorf("the platform's: %+v, %v", m, err)
	}
}

// TestColoursComeTogether: where mail readers know one of two colours only, they get neither.
func TestColoursComeTogether(t *testing.T) {
	t.Parallel()
	l := letters(t, map[string]string{
		"color-accent": "oklch(0.5 0.1 200)", "color-on-accent": "#1d3558", "font-body": "x;} body{display:none", "radius-card": "1rem",
	})
	m, err := l.Write(about(letter.VerifyEmail), kaffa(), time.Time{}, "x")
	if err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"oklch", "#1d3558", "display:none", "1rem", "ZgotmplZ"} {
		if strings.Contains(m.HTML, never) {
			t.Errorf("%q is in the letter", never)
		}
	}
	if strings.Contains(m.Text, "works once") {
		t.Error("a link without an end says when it ends")
	}
}

// TestNamesAreNoAdvertisements: whoever registers somebody else's address chooses the name in a letter to them.
func TestNamesAreNoAdvertisements(t *testing.T) {
	t.Parallel()
	l := letters(t, nil)
	for name, greeted := range map[string]bool{
		"Ada": true, "Dr. Ada Löwe-O’Neil": true, "阿达": true, "Ada\r\nBcc: eve@x.test": false, "win at https://evil.test": false,
		"evil.test": false, "www.evil": false, "call +49/30/123": false, strings.Repeat("a", 81): false, "": false,
	} {
		one := about(letter.Invitation)
		one.Name, one.Data[letter.DataInviter] = name, name
		m, err := l.Write(one, kaffa(), now.Add(time.Hour), "x")
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(m.Text, "Hello "+name+",") != greeted || strings.Contains(m.Text, name+" invites you") != greeted ||
			strings.Contains(m.HTML+m.Text, "evil") {
			t.Errorf("for %q: %s", name, m.Text)
		}
		if strings.ContainsAny(m.Subject+m.ToName+m.FromName, "\r\n") {
			t.Errorf("for %q the head has two lines: %q", name, m)
		}
	}
	one := about(letter.Invitation)
	one.Name, one.Data[letter.DataRole] = "<b>Ada</b>", "<script>alert(1)</script>"
	m, err := l.Write(one, kaffa(), now.Add(time.Hour), "x")
	if err != nil || strings.Contains(m.HTML, "<script>") || strings.Contains(m.HTML, "<b>") {
		t.Errorf("markup in a name: %v\n%s", err, m.HTML)
	}
}
