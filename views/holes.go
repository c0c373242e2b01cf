package views

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"orion/cache"
)

// fills renders the holes of a page for the request's visitor, in their order. nil: the page has none.
func (r *Renderer) fills(c *fiber.Ctx, look look, page *cache.Page) ([][]byte, error) {
	names := page.Holes()
	if len(names) == 0 {
		return nil, nil
	}
	return r.fill(look, names, r.visitor(c))
}

func (r *Renderer) fill(look look, names []string, visitor Visitor) ([][]byte, error) {
	fills := make([][]byte, len(names))
	for i, name := range names {
		out, err := r.render(look, Part{Name: name, Model: visitor})
		if err != nil {
			return nil, err
		}
		fills[i] = out
	}
	return fills, nil
}

// visitor is who the request is from. A count that cannot be read must not take the page down: it is logged and
// the visitor is nobody.
func (r *Renderer) visitor(c *fiber.Ctx) Visitor {
	nobody := Visitor{Links: SiteFrom(c).Links()}
	if !r.known(c) {
		return nobody
	}
	visitor, err := r.Visitor(c)
	if err != nil {
		r.Log.ErrorContext(c.UserContext(), "read the visitor", "error", err)
		return nobody
	}
	return visitor
}

// known tells whether the request brings a visitor to read.
func (r *Renderer) known(c *fiber.Ctx) bool {
	return r.Visitor != nil && (r.HasVisitor == nil || r.HasVisitor(c))
}

// vendorOf is the id of the site's vendor; 0 on the platform's own pages.
func vendorOf(site *Site) int64 {
	if site.Shop == nil {
		return 0
	}
	return site.Shop.ID
}

// look is how one vendor's pages look now: the set of templates they are made of.
type look struct {
	source *source
	key    setKey
	files  layer // the vendor's own
}

// look finds the templates for a site: of the vendor, its theme and its language.
func (r *Renderer) look(ctx context.Context, site *Site) (look, error) {
	source, err := r.now()
	if err != nil {
		return look{}, err
	}
	found := look{source: source, key: setKey{source: source.revision, theme: "base", locale: "en"}}
	if site.Shop == nil {
		return found, nil
	}
	found.key.locale = site.Shop.Settings.Locale
	found.key.theme = source.theme(site.Shop.Theme.Name).Name
	if r.ThemeFiles == nil {
		return found, nil
	}
	own, err := r.vendorFiles(ctx, site.Shop.ID)
	if err != nil {
		return look{}, err
	}
	found.files, found.key.files = own.layer, own.revision
	return found, nil
}
