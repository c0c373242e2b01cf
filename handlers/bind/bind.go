// Package bind reads what a request says into typed structs and checks it, so that a handler never sees a value
// that its struct does not allow.
package bind

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/go-playground/validator/v10"
	"github.com/gofiber/fiber/v2"

	"orion/model/fault"
)

// Binder reads forms. It is safe for concurrent use.
type Binder struct{ validate *validator.Validate }

// New makes a Binder.
func New() *Binder {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(field reflect.StructField) string {
		name, _, _ := strings.Cut(field.Tag.Get("form"), ",")
		return name
	})
	return &Binder{validate: v}
}

// Form reads the body's form fields into a T by its `form` tags and checks its `validate` tags. It returns
// fault.Invalid, naming each field that is wrong, and fault.Malformed for a body that is no form.
func Form[T any](b *Binder, c *fiber.Ctx) (T, error) {
	var into T
	if len(c.Body()) > 0 && !isForm(c) {
		return into, fault.Malformed.With("Send this form as application/x-www-form-urlencoded or multipart/form-data.")
	}
	if err := c.BodyParser(&into); err != nil && len(c.Body()) > 0 {
		return into, fault.Refuse("The form could not be read: one of its numbers is not a number. Go back and try again.")
	}
	if err := b.validate.Struct(into); err != nil {
		return into, invalid(err)
	}
	return into, nil
}

func isForm(c *fiber.Ctx) bool {
	kind, _, _ := strings.Cut(strings.ToLower(c.Get(fiber.HeaderContentType)), ";")
	return kind == fiber.MIMEApplicationForm || kind == fiber.MIMEMultipartForm
}

func invalid(err error) error {
	var wrong validator.ValidationErrors
	if !errors.As(err, &wrong) {
		return fmt.Errorf("check a form: %w", err)
	}
	messages := make(map[string]string, len(wrong))
	for _, w := range wrong {
		messages[w.Field()] = sentence(w)
	}
	return fault.Fields(messages)
}

func sentence(w validator.FieldError) string {
	switch w.Tag() {
	case "required":
		return "This is missing."
	case "min", "gte", "gt":
		return fmt.Sprintf("This must be at least %s.", w.Param())
	case "max", "lte", "lt":
		return fmt.Sprintf("This must be at most %s.", w.Param())
	case "email":
		return "Enter an e-mail address, such as name@example.com."
	}
	return "This is not a value that we can take."
}
