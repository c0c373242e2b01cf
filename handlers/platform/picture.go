package platform

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/maypok86/otter/v2"

	"orion/cache"
	"orion/model/fault"
	"orion/views"
)

// maxDrawn bounds how many drawn pictures are kept; one takes some 20 KB.
const maxDrawn = 1000

// pictures draws the demo shops' pictures and keeps what was drawn, compressed.
type pictures struct {
	draw  func(name string) ([]byte, bool)
	drawn *otter.Cache[string, *cache.Page]
}

func newPictures(draw func(name string) ([]byte, bool)) *pictures {
	return &pictures{draw: draw, drawn: otter.Must(&otter.Options[string, *cache.Page]{
		MaximumSize: maxDrawn,
	})}
}

// DemoPicture answers with a picture of a demo shop: /assets/demo/<shop>/<picture>.svg.
func (h *Handlers) DemoPicture(c *fiber.Ctx) error {
	name := c.Params("*")
	page, err := h.pictures.drawn.Get(c.UserContext(), name, otter.LoaderFunc[string, *cache.Page](h.pictures.make))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=86400")
	c.Set(fiber.HeaderContentType, "image/svg+xml; charset=utf-8")
	c.Vary(fiber.HeaderAcceptEncoding)
	return views.Send(c, page)
}

func (p *pictures) make(_ context.Context, name string) (*cache.Page, error) {
	svg, ok := p.draw(strings.Clone(name))
	if !ok {
		return nil, fault.NotFound
	}
	page := cache.Split(svg)
	page.Finish()
	return page, nil
}
