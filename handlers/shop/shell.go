package shop

import (
	"context"
	"fmt"
	"strings"

	"orion/model/catalog"
	"orion/views"
)

// shell is what surrounds a page of the shop. tree is its navigation; nil leaves it out, as in the checkout.
// path is the page's own, for the canonical address; "" is a page that search engines should not keep.
func (h *Handlers) shell(r request, tree []*catalog.CategoryNode, title, path string) views.Shell {
	shop := r.site.Shop
	shell := views.Shell{
		Site: r.site, Links: r.links,
		Lang: shop.Settings.Locale, ShopName: shop.Name, Tagline: shop.Settings.Tagline,
		Theme: shop.Theme.Name, ThemeCSS: r.links.ThemeCSS(h.views.ThemeRevision(shop)),
		Title: title, Description: shop.Settings.Tagline,
		Nav: r.nav(tree, path),
		Footer: views.Footer{
			Email: shop.Settings.Email, Phone: shop.Settings.Phone, Address: shop.Settings.Address,
			About: firstSentence(shop.Settings.About),
		},
	}
	if path == "" {
		shell.NoIndex = true
	} else {
		shell.Canonical = r.links.Canonical(path)
	}
	return shell
}

// browsing is the shell of a page with the shop's navigation. One query.
func (h *Handlers) browsing(ctx context.Context, r request, title, path string) (views.Shell, error) {
	top, err := catalog.TopCategories(ctx, h.shopDB())
	if err != nil {
		return views.Shell{}, fmt.Errorf("read the navigation: %w", err)
	}
	return h.shell(r, top, title, path), nil
}

func (r request) nav(tree []*catalog.CategoryNode, path string) []views.NavItem {
	items := make([]views.NavItem, 0, len(tree))
	for _, node := range tree {
		address := r.links.Category(node.Slug)
		item := views.NavItem{Name: node.Name, URL: address, Children: r.nav(node.Children, path)}
		item.Current = path != "" && address == path
		for _, child := range item.Children {
			item.Current = item.Current || child.Current
		}
		items = append(items, item)
	}
	return items
}

func (r request) tiles(nodes []*catalog.CategoryNode) []views.CategoryTile {
	tiles := make([]views.CategoryTile, 0, len(nodes))
	for _, node := range nodes {
		tile := views.CategoryTile{
			Name: node.Name, URL: r.links.Category(node.Slug), Description: node.Description, Count: node.Products,
		}
		if node.ImageURL != "" {
			tile.Picture = &views.Picture{URL: node.ImageURL, Width: 1000, Height: 1000}
		}
		tiles = append(tiles, tile)
	}
	return tiles
}

func firstSentence(text string) string {
	if at := strings.IndexAny(text, ".!?"); at >= 0 {
		return text[:at+1]
	}
	return text
}
