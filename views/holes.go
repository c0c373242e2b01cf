package views

import (
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
