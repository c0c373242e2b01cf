package middleware

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"orion/model/fault"
	"orion/views"
)

// input refuses what no handler should have to think of: bodies that are too large or of a kind that nobody
// reads, and text that PostgreSQL cannot hold (NUL bytes, invalid UTF-8). The path is checked by ResolvePath.
func (s *stack) input(c *fiber.Ctx) error {
	if !cleanQuery(c) {
		return errText
	}
	a := arrivalOf(c)
	size := bodyLength(c)
	if size == 0 {
		return c.Next()
	}
	if size > s.bodyLimit(a.Audience) {
		return fiber.ErrRequestEntityTooLarge
	}
	// Nothing that browsers send is compressed, and a small body must not become a large one.
	if c.Get(fiber.HeaderContentEncoding) != "" {
		return fiber.ErrUnsupportedMediaType
	}
	if err := readable(c, a.Audience); err != nil {
		return err
	}
	return c.Next()
}

// bodyLength is the body's size. Where the header says it, the body is left alone: fasthttp would write a multipart
// form, which it has read already, back into bytes.
func bodyLength(c *fiber.Ctx) int {
	if size := c.Context().Request.Header.ContentLength(); size >= 0 {
		return size
	}
	return len(c.Context().Request.Body())
}

func (s *stack) bodyLimit(audience views.Audience) int {
	if limit := s.Bodies[audience]; limit > 0 {
		return limit
	}
	return defaultBody
}

// cleanQuery reports whether every name and value of the query is text. Most queries hold nothing that could be
// anything else.
func cleanQuery(c *fiber.Ctx) bool {
	if isPlainASCII(c.Context().URI().QueryString()) {
		return true
	}
	clean := true
	c.Context().QueryArgs().VisitAll(func(name, value []byte) {
		clean = clean && isText(name) && isText(value)
	})
	return clean
}

// readable checks a body by its content type: forms everywhere, JSON for the API only.
func readable(c *fiber.Ctx, audience views.Audience) error {
	kind, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil {
		return fiber.ErrUnsupportedMediaType
	}
	isJSON := kind == fiber.MIMEApplicationJSON || strings.HasSuffix(kind, "+json")
	switch {
	case kind == fiber.MIMEApplicationForm:
		return readableForm(c)
	case kind == fiber.MIMEMultipartForm:
		return readableMultipart(c)
	case isJSON && audience == views.AudienceAPI:
		// JSON can write NUL as an escape. An escaped backslash before u0000 is refused with it: nobody needs it.
		body := c.Context().Request.Body()
		if !isText(body) || bytes.Contains(body, []byte(`\u0000`)) {
			return errText
		}
		return nil
	}
	return fiber.ErrUnsupportedMediaType
}

func readableForm(c *fiber.Ctx) error {
	clean := true
	c.Context().PostArgs().VisitAll(func(name, value []byte) {
		clean = clean && isText(name) && isText(value)
	})
	if !clean {
		return errText
	}
	return nil
}

func readableMultipart(c *fiber.Ctx) error {
	form, err := c.MultipartForm()
	if err != nil {
		return &fault.Error{Kind: fault.Malformed, Cause: err, Message: "The form could not be read. Send it again."}
	}
	for name, values := range form.Value {
		if !areText(append(values, name)) {
			return errText
		}
	}
	for name, files := range form.File {
		for _, file := range files {
			if !areText([]string{name, file.Filename}) {
				return errText
			}
		}
	}
	return nil
}

// isText reports whether PostgreSQL can store b as text.
func isText(b []byte) bool { return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 }

func areText(values []string) bool {
	for _, value := range values {
		if !isText([]byte(value)) {
			return false
		}
	}
	return true
}

// isPlainASCII reports whether b is printable ASCII without escapes.
func isPlainASCII(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c > '~' || c == '%' {
			return false
		}
	}
	return true
}

// errText is answered to input that is not text.
var errText = fault.Malformed.With("The request holds characters that are not text. Type them again.")
