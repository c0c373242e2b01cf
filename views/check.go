package views

import (
	"fmt"
	"regexp"
)

// The same as the CHECK of vendor_theme_files.path and body.
var templatePath = regexp.MustCompile(`^(views|partials)/[a-z0-9_/]+\.html$`)

const maxTemplate = 200_000

// CheckTemplate tells whether a vendor of a theme could use body as its own template at path
// ("partials/shop/product_card.html"): it parses, and each page and fragment that includes it renders with every fixture. The error says what is
// wrong and where.
func (r *Renderer) CheckTemplate(theme, path, body string) error {
	if !templatePath.MatchString(path) {
		return fmt.Errorf("%q is not the path of a template: it is like partials/shop/product_card.html", path)
	}
	if len(body) > maxTemplate {
		return fmt.Errorf("%s is %d bytes long: at most %d are allowed", path, len(body), maxTemplate)
	}
	source, err := r.now()
	if err != nil {
		return err
	}
	funcs := r.functions(r.language(source, fallbackLanguage))
	own, wrong := parseLayer("vendor", map[string]string{path: body}, funcs)
	if len(wrong) > 0 {
		return first(wrong)
	}
	name := path[:len(path)-len(".html")]
	tried := newSet(funcs, "", source.base, source.theme(theme).layer, own)
	var out bounded
	for _, fixture := range Fixtures() {
		part := fixture.Part()
		root, content := part.entry()
		if reach := tried.reach(root, content); !reach[name] && name != content {
			continue
		}
		out.Reset()
		if err := tried.execute(&out, part); err != nil {
			return fmt.Errorf("%s (%s): %w", fixture.Template, fixture.Name, err)
		}
	}
	return nil
}
