package shop

import (
	"bufio"
	"context"
	"encoding/xml"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/model/catalog"
)

// sitemapTime bounds the reading of a sitemap, which goes on after the handler has returned.
const sitemapTime = 30 * time.Second

// sitemapURL is an entry of a sitemap (sitemaps.org/protocol.html).
type sitemapURL struct {
	XMLName xml.Name `xml:"url"`
	Loc     string   `xml:"loc"`
	LastMod string   `xml:"lastmod,omitempty"`
}

// Sitemap lists every page of the shop that search engines should know. It is streamed: a shop may have many.
func (h *Handlers) Sitemap(c *fiber.Ctx) error {
	r := requestOf(c)
	ctx := context.WithoutCancel(c.UserContext())
	c.Set(fiber.HeaderContentType, "application/xml; charset=utf-8")
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		ctx, cancel := context.WithTimeout(ctx, sitemapTime)
		defer cancel()
		// The status is sent already; a reader sees from the missing end that the list was cut off.
		_ = h.writeSitemap(ctx, r, w)
	})
	return nil
}

func (h *Handlers) writeSitemap(ctx context.Context, r request, w *bufio.Writer) error {
	if _, err := w.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n"); err != nil {
		return fmt.Errorf("write the sitemap: %w", err)
	}
	encoder := xml.NewEncoder(w)
	add := func(path string, changed time.Time) error {
		entry := sitemapURL{Loc: r.links.Canonical(path)}
		if !changed.IsZero() {
			entry.LastMod = changed.UTC().Format(time.RFC3339)
		}
		return encoder.Encode(entry)
	}
	for _, path := range []string{r.links.Home(), r.links.Products(), r.links.About(), r.links.Shipping()} {
		if err := add(path, time.Time{}); err != nil {
			return fmt.Errorf("write the sitemap: %w", err)
		}
	}
	err := catalog.Sitemap(ctx, h.shopDB(), func(entry catalog.Address) error {
		if entry.Kind == "category" {
			return add(r.links.Category(entry.Slug), entry.UpdatedAt)
		}
		return add(r.links.Product(entry.Slug), entry.UpdatedAt)
	})
	if err != nil {
		return fmt.Errorf("write the sitemap: %w", err)
	}
	if _, err := w.WriteString("</urlset>\n"); err != nil {
		return fmt.Errorf("write the sitemap: %w", err)
	}
	return nil
}

// Robots tells crawlers what not to fetch (RFC 9309), and where the sitemap is.
func (h *Handlers) Robots(c *fiber.Ctx) error {
	r := requestOf(c)
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.SendString(fmt.Sprintf("User-agent: *\nDisallow: %s\nDisallow: %s\nDisallow: %s\nDisallow: %s\n\nSitemap: %s\n",
		r.links.Cart(), r.links.Checkout(), r.links.Orders(), r.links.Search(), r.links.Canonical(r.links.Sitemap())))
}
