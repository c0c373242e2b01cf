// Package views is what pages show: view models, and the renderer that makes HTML of them with the shop's theme.
// docs/theming.md says how templates are layered, docs/decisions/0003-page-cache.md how pages are cached.
package views

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"strings"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"
	"github.com/maypok86/otter/v2"

	"orion/assets"
	"orion/cache"
	"orion/model/vendor"
)

// Options is what New needs.
type Options struct {
	Log    *slog.Logger   // nil: slog.Default()
	Assets *assets.Bundle // addresses of built files
	Epochs *cache.Epochs  // when pages and themes become old; nil: never trusted, nothing is cached

	// Development logs missing messages, icons and assets.
	Development bool
	// SourceDir is the project's folder: views, partials and themes are read from there, anew when a file changed.
	// "": the embedded ones.
	SourceDir string
	// ThemesDir is a folder of theme packs that come before the embedded ones of the same name. A change shows within
	// a tenth of a second, in development at once. "": none.
	ThemesDir string

	// ThemeFiles reads a vendor's own templates (vendor_theme_files), body by path. nil: no vendor has any.
	ThemeFiles func(ctx context.Context, vendorID int64) (map[string]string, error)
	// Visitor reads what belongs to the person, such as the cart's count. It is called for pages with holes, and only
	// when HasVisitor says that the request brings something to read. nil: everybody is nobody.
	Visitor    func(c *fiber.Ctx) (Visitor, error)
	HasVisitor func(c *fiber.Ctx) bool
	// Personal tells that a page must not be shared with others, such as when a toast of this visitor waits. nil: never.
	Personal func(c *fiber.Ctx) bool

	// CacheBytes bounds the page cache. 0: pages are not cached.
	CacheBytes int64
}

// maxSets bounds how many compiled sets are kept: one for each theme and language, and one for each vendor with
// templates of its own. A set with all its pages in use takes about 2 MB.
const maxSets = 100

// Renderer makes pages and fragments. It may be used by many goroutines at once.
type Renderer struct {
	Options
	tree   *tree
	source atomic.Pointer[source]
	sets   *otter.Cache[setKey, *set]
	files  *otter.Cache[int64, vendorFiles]
	styles *otter.Cache[*vendor.Shop, styled]
	pages  *cache.Pages[pageKey]
	said   said
}

// New makes a renderer and reads the templates. Its error names the first base template or theme that is wrong.
func New(o Options) (*Renderer, error) {
	if o.Assets == nil {
		return nil, errors.New("make the renderer: it needs the built assets")
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Epochs == nil {
		o.Epochs = cache.NewEpochs()
	}
	r := &Renderer{Options: o, tree: newTree(o)}
	r.sets = otter.Must(&otter.Options[setKey, *set]{MaximumSize: maxSets})
	r.files = otter.Must(&otter.Options[int64, vendorFiles]{MaximumSize: 10_000})
	r.styles = otter.Must(&otter.Options[*vendor.Shop, styled]{MaximumSize: 10_000})
	if o.CacheBytes > 0 {
		r.pages = cache.NewPages[pageKey](o.CacheBytes)
	}
	if _, err := r.now(); err != nil {
		return nil, fmt.Errorf("make the renderer: %w", err)
	}
	return r, nil
}

// Page answers with a full page: views/<name>.html within the layout of its audience, the first part of its name. Pages
// named account/… are shared: each audience shows them within its own layout.
func (r *Renderer) Page(c *fiber.Ctx, status int, name string, model any) error {
	return r.answer(c, status, Part{Name: name, Model: model, page: true, layout: layoutOf(SiteFrom(c), name)})
}

// sharedPages begin the names of pages that several audiences have, each within its own layout.
const sharedPages = "account/"

// layoutOf is the layout of a page that several audiences share; "" leaves it to the page's name.
func layoutOf(site *Site, name string) string {
	if strings.HasPrefix(name, sharedPages) {
		return string(site.Audience)
	}
	return ""
}

// Fragment answers with one fragment: partials/<name>.html.
func (r *Renderer) Fragment(c *fiber.Ctx, status int, model any, name string) error {
	return r.answer(c, status, Part{Name: name, Model: model})
}

// Part is one fragment of an answer.
type Part struct {
	Name  string // as in Fragment
	Model any
	// Into is where htmx puts a part that nobody asked for: a CSS selector such as #cart-badge; "" is the part asked for.
	Into string
	// Swap is how, "" is outerMorph.
	Swap string

	page   bool
	layout string // views/layouts/<layout>; "" is the first part of Name
}

// Fragments answers with several fragments after each other: the one that was asked for, then those that name where they
// go instead.
func (r *Renderer) Fragments(c *fiber.Ctx, status int, parts ...Part) error {
	return r.answer(c, status, parts...)
}

// Answer answers with the fragment when htmx asked for one, else with the page.
func (r *Renderer) Answer(c *fiber.Ctx, status int, screen Screen, page, fragment any) error {
	if screen.Fragment != "" && WantsFragment(c) {
		return r.Fragment(c, status, fragment, screen.Fragment)
	}
	return r.Page(c, status, screen.Page, page)
}

// answer renders the parts for this one request, with its visitor in the holes.
func (r *Renderer) answer(c *fiber.Ctx, status int, parts ...Part) error {
	look, err := r.look(c.UserContext(), SiteFrom(c))
	if err != nil {
		return err
	}
	var body []byte
	for _, part := range parts {
		out, err := r.render(look, part)
		if err != nil {
			return err
		}
		body = part.appendTo(body, out)
	}
	page := cache.Split(body)
	fills, err := r.fills(c, look, page)
	if err != nil {
		return err
	}
	vary(c)
	if len(c.Response().Header.Peek(fiber.HeaderCacheControl)) == 0 {
		c.Set(fiber.HeaderCacheControl, "private, no-cache")
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Status(status)
	body = page.Join(fills)
	if gzip, _ := cache.Accepted(c.Get(fiber.HeaderAcceptEncoding)); gzip {
		if small := cache.Compress(body); small != nil {
			body = small
			c.Set(fiber.HeaderContentEncoding, string(cache.Gzip))
		}
	}
	c.Response().SetBodyRaw(body)
	return nil
}

// appendTo appends the rendered part, in htmx's wrapping for parts that go elsewhere.
func (p Part) appendTo(body, out []byte) []byte {
	if p.Into == "" {
		return append(body, out...)
	}
	swap := p.Swap
	if swap == "" {
		swap = "outerMorph"
	}
	body = fmt.Appendf(body, `<hx-partial hx-target="%s" hx-swap="%s">`, template.HTMLEscapeString(p.Into), template.HTMLEscapeString(swap))
	body = append(body, out...)
	return append(body, "</hx-partial>"...)
}

// vary names the request headers on which the form of an answer depends. The only place that does.
func vary(c *fiber.Ctx) {
	c.Vary("HX-Request", "HX-Request-Type", fiber.HeaderAcceptEncoding)
}
