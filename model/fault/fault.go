// Package fault holds the few kinds of errors that the model answers with. Each is turned into a page, a
// fragment or problem+json in one place, the error handler of package middleware; whatever is none of them is
// a fault of ours (500).
//
//	return fault.NotFound.With("There is no product %q.", slug)
//	return fault.Field("email", "Enter an e-mail address, such as name@example.com.")
//	if errors.Is(err, fault.NotFound) { … }
package fault

import (
	"errors"
	"fmt"
)

// Kind is what went wrong, as far as the person who asked can do something about it. A Kind is an error
// itself: return it as it is, wrap it with %w, or give it a message with With.
type Kind string

const (
	// Malformed: the request cannot be read, such as text that is not UTF-8. Status 400.
	Malformed Kind = "malformed"
	// Unauthenticated: nobody is signed in, and somebody has to be. Status 401.
	Unauthenticated Kind = "unauthenticated"
	// Forbidden: the person may not do this. Status 403.
	Forbidden Kind = "forbidden"
	// NotFound: there is no such thing, or it is not this person's to see. Status 404.
	NotFound Kind = "not-found"
	// Conflict: somebody changed the thing meanwhile, or its state does not allow this. Status 409.
	Conflict Kind = "conflict"
	// Closed: the shop is suspended. Status 503.
	Closed Kind = "closed"
	// Unavailable: something that we need does not answer in time; the same request may work later. Status 503.
	Unavailable Kind = "unavailable"
)

// Error names the kind.
func (k Kind) Error() string { return string(k) }

// With is an error of this kind with a message for the person who asked: what happened and what to do next.
func (k Kind) With(format string, args ...any) error {
	return &Error{Kind: k, Message: fmt.Sprintf(format, args...)}
}

// Because is an error of this kind with the cause, which is logged and never shown.
func (k Kind) Because(cause error) error {
	return &Error{Kind: k, Cause: cause}
}

// Error is a Kind with a message or a cause. Use errors.Is(err, fault.NotFound) to recognise it.
type Error struct {
	Kind    Kind
	Message string // for people; "" where the kind says it all
	Cause   error  // for the log; nil where there is none
}

// Error is the text for the log.
func (e *Error) Error() string {
	text := string(e.Kind)
	if e.Message != "" {
		text += ": " + e.Message
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap makes errors.Is find both the kind and the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Cause}
}

// Message is what err has to say to the person who asked, or "" if it holds nothing for them.
func Message(err error) string {
	if invalid, ok := errors.AsType[*Invalid](err); ok {
		return invalid.Message
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Message
	}
	return ""
}
