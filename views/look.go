package views

import "context"

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
	own := r.vendorFiles(ctx, site.Shop.ID)
	found.files, found.key.files = own.layer, own.revision
	return found, nil
}
