package fault

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Invalid says that what a person entered cannot be taken as it is. Status 422.
type Invalid struct {
	// Message is about the whole input; "" if the fields say it all.
	Message string
	// Fields holds a message by the name of the form field (or JSON member) that it belongs beside.
	Fields map[string]string
}

// Field is an Invalid with one field's message.
func Field(name, message string) *Invalid {
	return &Invalid{Fields: map[string]string{name: message}}
}

// Fields is an Invalid with a message per field, or nil if there are none, so that a check may end with
//
//	if invalid := fault.Fields(messages); invalid != nil { return invalid }
func Fields(messages map[string]string) *Invalid {
	if len(messages) == 0 {
		return nil
	}
	return &Invalid{Fields: messages}
}

// Refuse is an Invalid about the input as a whole.
func Refuse(message string) *Invalid { return &Invalid{Message: message} }

// Error names the fields, in alphabetical order, without what was entered.
func (e *Invalid) Error() string {
	text := "invalid"
	if len(e.Fields) > 0 {
		text += " " + strings.Join(slices.Sorted(maps.Keys(e.Fields)), ", ")
	}
	if e.Message != "" {
		text += ": " + e.Message
	}
	return text
}

// TooMany says that the same asked too often. Status 429.
type TooMany struct {
	// RetryAfter is how long to wait until the next try can succeed.
	RetryAfter time.Duration
}

// Error says how long to wait.
func (e *TooMany) Error() string { return "too many requests: wait " + e.RetryAfter.String() }
