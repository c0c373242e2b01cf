package views

import (
	"context"

	"orion/model/vendor"
)

// look is how one vendor's pages look now: the set of templates they are made of.
type look struct {
	source *source
	key    setKey
	files  layer // the vendor's own
}

// themed is the shop whose theme a page wears; nil for the base. A dashboard wears none: what whoever edits the theme
// writes must not be where a team signs in.
func (s *Site) themed() *vendor.Shop {
	if s.Audience != AudienceShop {
		return nil
	}
	return s.Shop
}

// look finds the templates for a site: of the vendor, its theme and its language.
func (r *Renderer) look(ctx context.Context, site *Site) (look, error) {
	source, err := r.now()
	if err != nil {
		return look{}, err
	}
	found := look{source: source, key: setKey{source: source.revision, theme: "base", locale: "en"}}
	shop := site.themed()
	if shop == nil {
		return found, nil
	}
	found.key.locale = shop.Settings.Locale
	found.key.theme = source.theme(shop.Theme.Name).Name
	if r.ThemeFiles == nil {
		return found, nil
	}
	own := r.vendorFiles(ctx, shop.ID)
	found.files, found.key.files = own.layer, own.revision
	return found, nil
}
