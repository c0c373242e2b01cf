package mail

import (
	"html/template"
	"regexp"
)

// look is the theme's values as mail readers understand them: they know no custom properties, no oklch() and no dark
// scheme of ours.
type look struct {
	Surface, Sunken, Text, Muted, Line template.CSS
	Accent, OnAccent                   template.CSS
	Body, Display                      template.CSS // families
	Radius, Pill                       template.CSS
}

// plainLook is what a shop's mails have where the theme's values say nothing to mail readers.
var plainLook = look{
	Surface: "#ffffff", Sunken: "#f3f3f1", Text: "#17181a", Muted: "#5d6066", Line: "#dfe0e0",
	Accent: "#1d3557", OnAccent: "#ffffff", Body: "Arial, sans-serif", Display: "Arial, sans-serif", Radius: "8px", Pill: "6px",
}

// What every mail reader understands.
var (
	plainColor  = regexp.MustCompile(`^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)
	plainLength = regexp.MustCompile(`^[0-9]{1,4}px$`)
	plainFamily = regexp.MustCompile(`^[A-Za-z0-9 ",-]{1,300}$`)
)

// lookOf takes from the tokens what mail readers understand. Colours that are seen on each other come together or not
// at all, so that a text never has the colour of what is behind it.
func lookOf(tokens map[string]string) look {
	l := plainLook
	take(tokens, plainColor, map[string]*template.CSS{
		"color-surface": &l.Surface, "color-sunken": &l.Sunken, "color-text": &l.Text, "color-muted": &l.Muted, "color-line": &l.Line,
	})
	take(tokens, plainColor, map[string]*template.CSS{"color-accent": &l.Accent, "color-on-accent": &l.OnAccent})
	take(tokens, plainFamily, map[string]*template.CSS{"font-body": &l.Body})
	take(tokens, plainFamily, map[string]*template.CSS{"font-display": &l.Display})
	take(tokens, plainLength, map[string]*template.CSS{"radius-card": &l.Radius})
	take(tokens, plainLength, map[string]*template.CSS{"radius-pill": &l.Pill})
	return l
}

// take sets all of the values or, where one has another form, none.
func take(tokens map[string]string, form *regexp.Regexp, into map[string]*template.CSS) {
	for name := range into {
		if !form.MatchString(tokens[name]) {
			return
		}
	}
	for name, value := range into {
		*value = template.CSS(tokens[name])
	}
}
