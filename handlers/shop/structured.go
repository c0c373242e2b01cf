package shop

import (
	"orion/model/catalog"
	"orion/model/money"
	"orion/views"
)

// structured is the product for search engines (schema.org/Product, one Offer a variant).
func (r request) structured(detail *catalog.Detail) any {
	p := detail.Product
	offers := make([]any, 0, len(detail.Variants))
	for _, v := range detail.Variants {
		offers = append(offers, map[string]any{
			"@type": "Offer", "sku": v.SKU, "name": v.Title,
			"url":           r.links.Canonical(r.links.Variant(p.Slug, v.ID)),
			"price":         money.New(v.Price, r.currency()).Decimal(),
			"priceCurrency": r.currency(),
			"availability":  "https://schema.org/" + schemaAvailability(v.Availability()),
		})
	}
	product := map[string]any{
		"@context": "https://schema.org", "@type": "Product",
		"name": p.Title, "description": or(p.SEODescription, p.Subtitle), "url": r.links.Canonical(r.links.Product(p.Slug)),
		"offers": offers,
	}
	if p.Brand != "" {
		product["brand"] = map[string]any{"@type": "Brand", "name": p.Brand}
	}
	images := make([]string, 0, len(detail.Images))
	for _, image := range detail.Images {
		images = append(images, r.absolute(image.URL))
	}
	if len(images) > 0 {
		product["image"] = images
	}
	return product
}

func schemaAvailability(a catalog.Availability) string {
	switch a {
	case catalog.SoldOut:
		return "OutOfStock"
	case catalog.Backorder:
		return "BackOrder"
	case catalog.Low:
		return "LimitedAvailability"
	}
	return "InStock"
}

// social is what a shared link to a product shows (ogp.me, and the product properties of Open Graph).
func (r request) social(picker views.Picker) *views.Social {
	s := &views.Social{
		Type: "product", Price: picker.Price.Decimal(), Currency: picker.Price.Currency,
		Availability: "instock", SiteName: r.site.Shop.Name, URL: r.links.Canonical(picker.ProductURL),
	}
	switch catalog.Availability(picker.Stock) {
	case catalog.SoldOut:
		s.Availability = "oos"
	case catalog.Backorder:
		s.Availability = "backorder"
	}
	if picker.Gallery.Current != nil {
		s.Image = r.absolute(picker.Gallery.Current.URL)
	}
	return s
}

// absolute completes the address of a picture: pictures of ours are paths, imported ones may be elsewhere.
func (r request) absolute(address string) string {
	if len(address) > 1 && address[0] == '/' && address[1] != '/' {
		return r.links.Absolute(address)
	}
	return address
}
