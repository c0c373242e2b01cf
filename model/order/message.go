package order

import (
	"maps"
	"slices"
	"strings"
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
	return "the checkout is not filled in rightly: " + strings.Join(slices.Sorted(maps.Keys(p)), ", ")
}

// add keeps the first message of a field.
func (p Problems) add(field, key string, args ...any) {
	if _, has := p[field]; !has {
		p[field] = Message{Key: key, Args: args}
	}
}
