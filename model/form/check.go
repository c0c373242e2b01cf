package form

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"
)

// validate reads the validate tags and names fields as the form does.
var validate = newValidator()

var phonePattern = regexp.MustCompile(`^\+?[ ()./-]*(\d[ ()./-]*){5,20}$`)

func newValidator() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(field reflect.StructField) string { return field.Tag.Get("form") })
	for tag, allowed := range map[string]func(string) bool{
		"printable": func(s string) bool { return Readable(s, "") },
		"text":      func(s string) bool { return Readable(s, "\n\t") },
		"phone":     phonePattern.MatchString,
	} {
		// The only errors are an empty name or function.
		if err := v.RegisterValidation(tag, func(f validator.FieldLevel) bool { return allowed(f.Field().String()) }); err != nil {
			panic(err)
		}
	}
	return v
}

// Readable tells whether s is text without control characters other than those allowed. The database takes no NUL
// and no broken UTF-8, and nobody can read the rest. What turns the direction of all that follows (Unicode Standard
// Annex 9, explicit formatting) would make an address read as another one; marks for a single place may stay.
func Readable(s, allowed string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		turns := r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
		return turns || unicode.IsControl(r) && !strings.ContainsRune(allowed, r)
	})
}

// IsCountry tells whether code is one of ISO 3166-1 (alpha-2) or Kosovo's (XK), as package validator lists them.
func IsCountry(code string) bool { return validate.Var(code, "iso3166_1_alpha2") == nil }

// Check adds what the validate tags of a struct find; its fields are named by their form tags, after prefix. Besides
// the validator's own tags there are printable, text and phone. A field's own message is "checkout.FIELD.required" or
// ".invalid"; what may be wrong with any field is "checkout.too_long" or "checkout.unreadable".
func (p Problems) Check(prefix string, form any) {
	var found validator.ValidationErrors
	if !errors.As(validate.Struct(form), &found) {
		return
	}
	for _, wrong := range found {
		field := prefix + wrong.Field()
		switch wrong.Tag() {
		case "required":
			p.Add(field, "checkout."+wrong.Field()+".required")
		case "max":
			p.Add(field, "checkout.too_long", "max", wrong.Param())
		case "printable", "text":
			p.Add(field, "checkout.unreadable")
		default:
			p.Add(field, "checkout."+wrong.Field()+".invalid")
		}
	}
}
