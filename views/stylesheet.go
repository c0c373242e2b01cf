package views

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/cache"
	"orion/model/vendor"
)

// foreign finds what a theme's stylesheet must not hold: it may not reach another host.
var foreign = regexp.MustCompile(`(?i)@import|image-set\(|\bsrc\(|url\(\s*["']?\s*(?:[a-z][a-z0-9+.-]*:|//)`)

// dataURL is the one scheme that url() may have.
var dataURL = regexp.MustCompile(`(?i)url\(\s*["']?\s*data:`)

func checkStylesheet(css string) error {
	if at := foreign.FindString(dataURL.ReplaceAllString(css, "url(")); at != "" {
		return fmt.Errorf("%q: a theme's stylesheet may name root-relative addresses only", at)
	}
	return nil
}

// stylesheet is what one shop's theme address answers: the tokens and the theme's own rules.
type stylesheet struct {
	revision string
	body     *cache.Page
}

// styled is a stylesheet and the source that it was made from.
type styled struct {
	source *source
	sheet  *stylesheet
}

// ThemeRevision names the shop's token stylesheet, for Links.ThemeCSS. nil is the platform. It changes with the
// stylesheet's content.
func (r *Renderer) ThemeRevision(shop *vendor.Shop) string {
	sheet, err := r.stylesheet(shop)
	if err != nil {
		return "0" // the templates cannot be read either, and the page says so
	}
	return sheet.revision
}

// ThemeCSS answers /shop/theme/<revision>.css, with the parameter "revision". The current one is kept for ever; an old
// one, which a page from the browser's history asks for, gets what is current and does not keep it.
func (r *Renderer) ThemeCSS(c *fiber.Ctx) error {
	sheet, err := r.stylesheet(SiteFrom(c).themed())
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-cache")
	if strings.TrimSuffix(c.Params("revision"), ".css") == sheet.revision {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
	return send(c, sheet.body, nil)
}

func (r *Renderer) stylesheet(shop *vendor.Shop) (*stylesheet, error) {
	source, err := r.now()
	if err != nil {
		return nil, err
	}
	if known, ok := r.styles.GetIfPresent(shop); ok && known.source == source {
		return known.sheet, nil
	}
	name, values := "base", map[string]string(nil)
	if shop != nil {
		name, values = shop.Theme.Name, shop.Theme.Tokens
	}
	theme := source.theme(name)
	for token, err := range theme.CheckTokens(values) {
		r.once(slogToken, fmt.Sprint(vendorID(shop), token, values[token]), "a vendor's token is left out",
			"vendor", vendorID(shop), "error", err)
	}
	css := theme.stylesheet(values)
	sum := sha256.Sum256([]byte(css))
	sheet := &stylesheet{revision: hex.EncodeToString(sum[:6]), body: cache.Split([]byte(css))}
	sheet.body.Finish()
	r.styles.Set(shop, styled{source, sheet})
	return sheet, nil
}

func vendorID(shop *vendor.Shop) int64 {
	if shop == nil {
		return 0
	}
	return shop.ID
}

// stylesheet is the tokens with a vendor's values, then the theme's own rules. Values that do not fit are left out.
func (t *Theme) stylesheet(values map[string]string) string {
	var light, night strings.Builder
	for _, token := range t.Tokens {
		value := token.value(values[token.Name], token.Default)
		after := token.value(values[token.Name+dark], token.Dark)
		light.WriteString("--" + token.Name + ":" + value + ";")
		if after != "" {
			night.WriteString("--" + token.Name + ":" + after + ";")
		}
	}
	scheme := "light"
	if night.Len() > 0 {
		scheme = "light dark"
	}
	css := ":root{color-scheme:" + scheme + ";" + light.String() + "}\n"
	if night.Len() > 0 {
		css += "@media (prefers-color-scheme:dark){:root{" + night.String() + "}}\n"
	}
	return css + t.css
}

// value is the vendor's if the type allows it, else the theme's.
func (t Token) value(own, theme string) string {
	if own == "" || t.check(own) != nil {
		return theme
	}
	return own
}

// Themes is the packs that a vendor can choose from, by name.
func (r *Renderer) Themes() (map[string]*Theme, error) {
	source, err := r.now()
	if err != nil {
		return nil, err
	}
	return source.themes, nil
}
