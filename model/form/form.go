// Package form is what people type into forms: how it is tidied, how it is checked, and what is said about what is
// wrong. It knows no shop.
package form

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Message is a text by its key in the message catalogues (views/messages), with the values for its {placeholders} as
// pairs of name and value. A money.Amount is shown as money.
type Message struct {
	Key  string
	Args []any
}

// Problems are the messages about a form, by the name of the field that each belongs beside. It is the error of a
// form that cannot be taken as it is.
type Problems map[string]Message

// Error names the fields that are wrong, without what was entered.
func (p Problems) Error() string {
	return "the form is not filled in rightly: " + strings.Join(slices.Sorted(maps.Keys(p)), ", ")
}

// Add keeps the first message of a field.
func (p Problems) Add(field, key string, args ...any) {
	if _, has := p[field]; !has {
		p[field] = Message{Key: key, Args: args}
	}
}

// Line is one line of text as it is stored: space around and inside is tidied and letters are composed (Unicode NFC),
// so that what is stored is what is shown. The result holds no memory of the request.
func Line(s string) string {
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

// Text is Line for text of several lines, whose lines and spaces stay.
func Text(s string) string {
	s = strings.ReplaceAll(norm.NFC.String(s), "\r\n", "\n")
	return strings.Clone(strings.TrimSpace(s))
}
