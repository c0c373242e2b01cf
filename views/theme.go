package views

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Theme is a theme pack as its theme.json describes it.
type Theme struct {
	Name   string  `json:"name"`
	Label  string  `json:"label"`
	Tokens []Token `json:"tokens"`

	css   string // assets/theme.css
	layer layer
}

// Token is one value that a theme leaves to the vendor. It becomes the custom property --<name>.
type Token struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Type    string   `json:"type"` // color, length, number, font or choice
	Default string   `json:"default"`
	Dark    string   `json:"dark"` // for prefers-color-scheme: dark; "" the same
	Choices []string `json:"choices"`
}

// dark is added to a token's name where a vendor sets its dark value.
const dark = "-dark"

// What each type allows. These are all that stands between a vendor's text and a stylesheet: nothing here may let
// through what ends a declaration (; { } @ \ < and comments) or reaches another host (url).
var (
	tokenName   = regexp.MustCompile(`^[a-z][a-z0-9-]{0,60}$`)
	numberForm  = regexp.MustCompile(`^-?[0-9]{1,6}(\.[0-9]{1,6})?$`)
	lengthForm  = regexp.MustCompile(`^(` + length + `|(clamp|min|max|calc)\([a-z0-9 .,%+*()-]{1,120}\))$`)
	colorForm   = regexp.MustCompile(`^(#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|(rgba?|hsla?|oklch|oklab)\([0-9a-z .,%/+-]{1,60}\))$`)
	fontForm    = regexp.MustCompile(`^` + family + `(, ?` + family + `){0,9}$`)
	choiceForm  = regexp.MustCompile(`^[^;{}@\\<>"']{1,200}$`)
	foreignForm = regexp.MustCompile(`(?i)url\(|expression|/\*|\*/|//`)
)

const (
	length = `-?[0-9]{1,6}(\.[0-9]{1,6})?(px|rem|em|%|ch|vw|vh|ms|s)?`
	family = `("[A-Za-z0-9 -]{1,60}"|-?[A-Za-z][A-Za-z0-9 -]{0,60})`
)

// check tells whether a value is what the token's type allows.
func (t Token) check(value string) error {
	ok := false
	switch t.Type {
	case "color":
		ok = colorForm.MatchString(value)
	case "length":
		ok = lengthForm.MatchString(value) && balanced(value)
	case "number":
		ok = numberForm.MatchString(value)
	case "font":
		ok = fontForm.MatchString(value)
	case "choice":
		ok = slices.Contains(t.Choices, value)
	}
	if !ok || foreignForm.MatchString(value) {
		return fmt.Errorf("the token %s cannot be %.60q: it has to be a %s", t.Name, value, t.Type)
	}
	return nil
}

func balanced(value string) bool {
	depth := 0
	for _, r := range value {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0
}

// validate checks a token as the theme describes it.
func (t Token) validate() error {
	if !tokenName.MatchString(t.Name) {
		return fmt.Errorf("the token's name %q has to be lower-case letters, digits and hyphens", t.Name)
	}
	if !slices.Contains([]string{"color", "length", "number", "font", "choice"}, t.Type) {
		return fmt.Errorf("the token %s has the type %q: it has to be color, length, number, font or choice", t.Name, t.Type)
	}
	for _, choice := range t.Choices {
		if !choiceForm.MatchString(choice) || !balanced(choice) {
			return fmt.Errorf("the token %s offers %q: quotes, semicolons, braces, backslashes and @ are not allowed", t.Name, choice)
		}
	}
	if err := t.check(t.Default); err != nil {
		return err
	}
	if t.Dark != "" {
		return t.check(t.Dark)
	}
	return nil
}

// CheckTokens tells which of a vendor's values the theme does not take, by name.
func (t *Theme) CheckTokens(values map[string]string) map[string]error {
	wrong := map[string]error{}
	for name, value := range values {
		token, ok := t.token(name)
		if !ok {
			wrong[name] = fmt.Errorf("the theme %s has no token %q", t.Name, name)
		} else if err := token.check(value); err != nil {
			wrong[name] = err
		}
	}
	return wrong
}

func (t *Theme) token(name string) (Token, bool) {
	for _, token := range t.Tokens {
		if token.Name == name || token.Name+dark == name {
			return token, true
		}
	}
	return Token{}, false
}

// readTheme reads a pack, and its templates as body by path.
func readTheme(packs fs.FS, folder string) (*Theme, map[string]string, error) {
	files := map[string]string{}
	if err := collect(files, packs, folder, "."); err != nil {
		return nil, nil, err
	}
	theme := &Theme{css: files["assets/theme.css"]}
	if err := json.Unmarshal([]byte(files["theme.json"]), theme); err != nil {
		return nil, nil, fmt.Errorf("theme.json: %w", err)
	}
	if theme.Name != folder {
		return nil, nil, fmt.Errorf("theme.json: the name is %q, the folder's is %q", theme.Name, folder)
	}
	seen := map[string]bool{}
	for _, token := range theme.Tokens {
		if err := token.validate(); err != nil {
			return nil, nil, fmt.Errorf("theme.json: %w", err)
		}
		if seen[token.Name] || seen[strings.TrimSuffix(token.Name, dark)] || seen[token.Name+dark] {
			return nil, nil, fmt.Errorf("theme.json: the token %s is there twice", token.Name)
		}
		seen[token.Name] = true
	}
	if err := checkStylesheet(theme.css); err != nil {
		return nil, nil, fmt.Errorf("assets/theme.css: %w", err)
	}
	return theme, files, nil
}
