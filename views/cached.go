package views

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/cache"
	"orion/model/vendor"
)

// Screen is a storefront page that may be cached, and the fragment of it that htmx asks for at the same address.
type Screen struct {
	Page     string // as in Renderer.Page
	Fragment string // as in Renderer.Fragment; "": htmx gets the page too
	Key      string // the query in its one canonical form, and whatever else of the request decides what is shown
}

// pageKey is everything on which a cached page depends. The shop is there by its address in memory: the directory makes a
// new one whenever something about the shop changes, so that a page made from what was known before is never found after.
type pageKey struct {
	shop   *vendor.Shop
	epoch  cache.Epoch
	source *source
	files  string
	assets string
	origin string // scheme, host and base
	path   string
	query  string
	form   string // name of the page or the fragment
	locale string
}

// Cached answers a read of the storefront with a page from the cache, or loads and renders it and keeps it for others. What
// belongs to the visitor is in holes, which are filled for each request; load must not depend on the visitor in any other
// way, nor on anything else of the request that is neither its address nor in screen.Key. load gives the page's model
// and the fragment's; the one that is not asked for may be nil. Its errors are returned and nothing is kept.
func (r *Renderer) Cached(c *fiber.Ctx, screen Screen, load func(ctx context.Context) (page, fragment any, err error)) error {
	part := Part{Name: screen.Page, page: true}
	if screen.Fragment != "" && WantsFragment(c) {
		part = Part{Name: screen.Fragment}
	}
	site := SiteFrom(c)
	if r.pages == nil || !r.Epochs.Trusted() || r.Personal != nil && r.Personal(c) {
		if err := loadPart(c.UserContext(), &part, load); err != nil {
			return err
		}
		return r.answer(c, fiber.StatusOK, part)
	}
	// The epoch is read before anything else, so that a change meanwhile makes this page old rather than lost.
	epoch := r.Epochs.Catalog(vendorID(site.Shop))
	look, err := r.look(c.UserContext(), site)
	if err != nil {
		return err
	}
	key := pageKey{
		shop: site.Shop, epoch: epoch, source: look.source, files: look.key.files, assets: r.Assets.Revision(),
		origin: site.Scheme + "://" + site.Host + site.Base, path: c.Path(), query: screen.Key,
		form: part.form(), locale: look.key.locale,
	}
	page, ok := r.pages.Find(key)
	if !ok {
		key.path, key.query = strings.Clone(key.path), strings.Clone(key.query) // Fiber may reuse its memory
		page, err = r.pages.Make(key, func() (*cache.Page, error) {
			part := part
			if err := loadPart(c.UserContext(), &part, load); err != nil {
				return nil, err
			}
			return r.makePage(look, part, Visitor{Links: site.Links()})
		})
		if err != nil {
			return err
		}
	}
	var fills [][]byte
	if len(page.Holes()) > 0 && r.known(c) {
		if fills, err = r.fill(look, page.Holes(), r.visitor(c)); err != nil {
			return err
		}
	}
	vary(c)
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return send(c, page, fills)
}

func loadPart(ctx context.Context, part *Part, load func(context.Context) (any, any, error)) error {
	page, fragment, err := load(ctx)
	if err != nil {
		return err
	}
	part.Model = fragment
	if part.page {
		part.Model = page
	}
	return nil
}

// makePage renders a page, with what nobody in particular sees in its holes.
func (r *Renderer) makePage(look look, part Part, nobody Visitor) (*cache.Page, error) {
	body, err := r.render(look, part)
	if err != nil {
		return nil, err
	}
	page := cache.Split(body)
	fills, err := r.fill(look, page.Holes(), nobody)
	if err != nil {
		return nil, err
	}
	page.Default(fills)
	return page, nil
}

// form tells a page from a fragment of the same name.
func (p Part) form() string {
	if p.page {
		return "page " + p.Name
	}
	return p.Name
}

// Send answers with a page that is kept elsewhere, such as a picture that was drawn: in the smallest form that the
// browser takes, or with 304 if it has it already. The caller sets Content-Type, Cache-Control and Vary.
func Send(c *fiber.Ctx, page *cache.Page) error { return send(c, page, nil) }

// send answers with a page in the smallest form that the browser takes, or with 304 if it has it already.
func send(c *fiber.Ctx, page *cache.Page, fills [][]byte) error {
	gzip, brotli := cache.Accepted(c.Get(fiber.HeaderAcceptEncoding))
	form := page.Form(gzip, brotli, fills)
	c.Set(fiber.HeaderETag, form.ETag)
	if cache.Matches(c.Get(fiber.HeaderIfNoneMatch), form.ETag) {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	if form.Encoding != cache.Plain {
		c.Set(fiber.HeaderContentEncoding, string(form.Encoding))
	}
	c.Response().SetBodyRaw(form.Body)
	return nil
}
