package views

import (
	"errors"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"orion/cache"
)

// maxSeq bounds {{seq}}.
const maxSeq = 1000

// functions are what templates may call besides those of html/template. docs/theming.md lists them.
func (r *Renderer) functions(l language) template.FuncMap {
	return template.FuncMap{
		"t":     l.translate,
		"money": l.amount,
		"asset": r.asset,
		"icon":  r.icon,
		"hole":  hole,
		"dict":  dict,
		"seq":   seq,
	}
}

func (r *Renderer) asset(name string) string {
	address, ok := r.Assets.URL(name)
	if !ok {
		r.once(slogAsset, name, "a template names an asset that the build does not have", "asset", name)
	}
	return address
}

// names of icons and classes go into markup unescaped, so they may hold nothing but this.
var plainWords = regexp.MustCompile(`^[a-zA-Z0-9 _:./-]+$`)

// icon is an icon of the sprite, hidden from screen readers: the text beside it or the button's label speaks.
func (r *Renderer) icon(name string, classes ...string) (template.HTML, error) {
	class := strings.Join(append([]string{"icon"}, classes...), " ")
	if !plainWords.MatchString(name) || !plainWords.MatchString(class) {
		return "", fmt.Errorf("icon %q %q: names hold letters, digits and hyphens only", name, class)
	}
	address, ok := r.Assets.Icon(name)
	if !ok {
		r.once(slogAsset, "icon "+name, "a template names an icon that is not in the sprite; add it to assets/icons.txt", "icon", name)
	}
	return template.HTML(`<svg class="` + class + `" width="24" height="24" aria-hidden="true" focusable="false">` +
		`<use href="` + address + `"></use></svg>`), nil
}

var holeName = regexp.MustCompile(`^[a-z0-9_]+(/[a-z0-9_]+)*$`)

// hole marks where a piece that belongs to the visitor goes: partials/<name>.html with a Visitor.
func hole(name string) (template.HTML, error) {
	if !holeName.MatchString(name) {
		return "", fmt.Errorf("hole %q: it takes the name of a partial, such as shop/cart_badge", name)
	}
	return template.HTML(cache.Hole(name)), nil
}

// dict makes a map of pairs of name and value, to hand several values to a partial.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, errors.New("dict: values come in pairs of name and value")
	}
	made := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: a name has to be a text, not %v", pairs[i])
		}
		made[name] = pairs[i+1]
	}
	return made, nil
}

// seq counts: seq 3 is 1 2 3, seq 2 4 is 2 3 4.
func seq(bounds ...int) ([]int, error) {
	from, to := 1, 0
	switch len(bounds) {
	case 1:
		to = bounds[0]
	case 2:
		from, to = bounds[0], bounds[1]
	default:
		return nil, errors.New("seq: takes the last number, or the first and the last")
	}
	if to-from >= maxSeq {
		return nil, fmt.Errorf("seq: at most %d numbers", maxSeq)
	}
	var numbers []int
	for n := from; n <= to; n++ {
		numbers = append(numbers, n)
	}
	return numbers, nil
}
