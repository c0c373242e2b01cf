package views

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/feature/plural"
	text "golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"orion/model/money"
)

// fallbackLanguage is the one whose messages are complete.
const fallbackLanguage = "en"

// catalogue is the messages by language, then by key.
type catalogue map[string]map[string]string

// readMessages merges the files views/messages/<language>/*.json.
func readMessages(files map[string]string) (catalogue, error) {
	all := catalogue{}
	for _, file := range sorted(files) {
		rest, ok := strings.CutPrefix(file, "views/messages/")
		if !ok || path.Ext(file) != ".json" {
			continue
		}
		tag, _, _ := strings.Cut(rest, "/")
		if all[tag] == nil {
			all[tag] = map[string]string{}
		}
		var content map[string]any
		if err := json.Unmarshal([]byte(files[file]), &content); err != nil {
			return nil, fmt.Errorf("read the messages %s: %w", file, err)
		}
		if err := flatten(all[tag], "", content); err != nil {
			return nil, fmt.Errorf("read the messages %s: %w", file, err)
		}
	}
	return all, nil
}

func flatten(into map[string]string, prefix string, from map[string]any) error {
	for key, value := range from {
		switch v := value.(type) {
		case string:
			if had, twice := into[prefix+key]; twice && had != v {
				return fmt.Errorf("the key %q is in two places with two texts", prefix+key)
			}
			into[prefix+key] = v
		case map[string]any:
			if err := flatten(into, prefix+key+".", v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("the key %q is neither a text nor an object", prefix+key)
		}
	}
	return nil
}

// language writes texts, numbers and money in the way of one locale.
type language struct {
	tag      text.Tag
	texts    map[string]string
	fallback map[string]string
	money    money.Formatter
	printer  *message.Printer
	missing  func(key string)
}

// in is the language of a locale: its own messages, else those of its main language, else English.
func (c catalogue) in(locale string) language {
	tag := text.Make(locale)
	l := language{tag: tag, fallback: c[fallbackLanguage], money: money.In(locale), printer: message.NewPrinter(tag)}
	for t := tag; !t.IsRoot() && l.texts == nil; t = t.Parent() {
		l.texts = c[t.String()]
	}
	return l
}

// translate is the text of a key with its placeholders filled from pairs of name and value. With a whole number
// named n, the key's plural form (CLDR: .one, .few, .other…) comes first. A missing key is shown itself.
func (l language) translate(key string, pairs ...any) (string, error) {
	if len(pairs)%2 != 0 {
		return "", fmt.Errorf("t %q: values come in pairs of name and value", key)
	}
	replace := make([]string, 0, len(pairs))
	count, counted := 0, false
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return "", fmt.Errorf("t %q: the name of a value has to be a text, not %v", key, pairs[i])
		}
		if name == "n" {
			count, counted = whole(pairs[i+1])
		}
		replace = append(replace, "{"+name+"}", l.format(pairs[i+1]))
	}
	found, ok := l.lookup(key, count, counted)
	if !ok {
		if l.missing != nil {
			l.missing(key)
		}
		return key, nil
	}
	if len(replace) == 0 {
		return found, nil
	}
	return strings.NewReplacer(replace...).Replace(found), nil
}

func (l language) lookup(key string, n int, counted bool) (string, bool) {
	for _, from := range []struct {
		texts map[string]string
		tag   text.Tag
	}{{l.texts, l.tag}, {l.fallback, text.English}} {
		if counted {
			if found, ok := from.texts[key+"."+pluralForm(from.tag, n)]; ok {
				return found, true
			}
			if found, ok := from.texts[key+".other"]; ok {
				return found, true
			}
		}
		if found, ok := from.texts[key]; ok {
			return found, true
		}
	}
	return "", false
}

func pluralForm(tag text.Tag, n int) string {
	if n < 0 {
		n = -n
	}
	switch plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0) {
	case plural.Zero:
		return "zero"
	case plural.One:
		return "one"
	case plural.Two:
		return "two"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	default:
		return "other"
	}
}

// format writes a value in the way of the locale.
func (l language) format(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case money.Amount:
		return l.money.Format(v)
	case *money.Amount:
		if v == nil {
			return ""
		}
		return l.money.Format(*v)
	}
	if n, ok := whole(value); ok {
		return l.printer.Sprint(number.Decimal(n))
	}
	return fmt.Sprint(value)
}

func whole(value any) (int, bool) {
	switch v := value.(type) {
	case int:
		return v, true
	case int32:
		return int(v), true
	case int64:
		return int(v), true
	default:
		return 0, false
	}
}

var errNotMoney = errors.New("money: takes a Price or a pointer to one")

// amount is {{money .Price}}; nothing for nil.
func (l language) amount(value any) (string, error) {
	switch value.(type) {
	case money.Amount, *money.Amount:
		return l.format(value), nil
	case nil:
		return "", nil
	default:
		return "", errNotMoney
	}
}
