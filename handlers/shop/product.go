package shop

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/model/catalog"
	"orion/views"
)

// related is how many other products a product's page leads to.
const related = 4

// choice is what a request says about the variant it wants: its id, or a value of each option.
type choice struct {
	variant int64
	options map[string]string
}

func choiceOf(values url.Values) choice {
	ch := choice{options: map[string]string{}}
	ch.variant, _ = strconv.ParseInt(values.Get("variant"), 10, 64)
	for name := range values {
		if option, found := strings.CutPrefix(name, catalog.OptionPrefix); found && len(ch.options) < 8 {
			ch.options[option] = values.Get(name)
		}
	}
	if len(ch.options) > 0 {
		ch.variant = 0
	}
	return ch
}

// key is the same for the same choice; it is part of a cached page's key.
func (ch choice) key() string {
	values := url.Values{}
	if ch.variant > 0 {
		values.Set("variant", strconv.FormatInt(ch.variant, 10))
	}
	for name, value := range ch.options {
		values.Set(catalog.OptionPrefix+name, value)
	}
	return values.Encode()
}

// Product shows one product; with a choice of options, the variant that they lead to. HTMX swaps the picker.
func (h *Handlers) Product(c *fiber.Ctx) error {
	r := requestOf(c)
	slug, ch := c.Params("slug"), choiceOf(query(c))
	screen := views.Screen{Page: "shop/product", Fragment: "shop/product_picker", Key: ch.key()}
	err := h.views.Cached(c, screen, func(ctx context.Context) (any, any, error) {
		detail, err := catalog.BySlug(ctx, h.shopDB(), slug)
		if err != nil {
			return nil, nil, err
		}
		picked := detail.Pick(ch.variant)
		if len(ch.options) > 0 {
			picked = detail.PickOptions(ch.options)
		}
		picker := r.picker(detail, picked)
		if views.WantsFragment(c) {
			return nil, picker, nil
		}
		page, err := h.product(ctx, r, detail, picker)
		return page, picker, err
	})
	if moved, ok := errors.AsType[*catalog.Moved](err); ok {
		return c.Redirect(withQuery(r.links.Product(moved.To), ch.key()), fiber.StatusMovedPermanently)
	}
	return err
}

func (h *Handlers) product(ctx context.Context, r request, detail *catalog.Detail, picker views.Picker) (views.Product, error) {
	p := detail.Product
	address := r.links.Product(p.Slug)
	shell := h.shell(r, detail.Top, or(p.SEOTitle, p.Title), address)
	others, err := catalog.Related(ctx, h.shopDB(), p.ID, related)
	if err != nil {
		return views.Product{}, err
	}
	shell.Description = or(p.SEODescription, or(p.Subtitle, shell.Description))
	page := views.Product{
		Shell: shell, ID: p.ID, ProductTitle: p.Title, Subtitle: p.Subtitle, Brand: p.Brand, URL: address,
		Details: views.HTML(p.Description), Gallery: picker.Gallery, Picker: picker, Related: r.cards(others),
	}
	page.Breadcrumbs = r.crumbs(detail.Breadcrumbs)
	page.Social = r.social(picker)
	page.Structured = r.structured(detail)
	return page, nil
}

func (r request) picker(detail *catalog.Detail, picked catalog.Pick) views.Picker {
	p := detail.Product
	picker := views.Picker{
		ProductURL: r.links.Product(p.Slug), TaxNote: r.taxNote(), Links: r.links, Quantity: 1,
		Gallery: r.gallery(detail, picked), Stock: string(catalog.SoldOut),
	}
	for i, option := range picked.Choices {
		picker.Options = append(picker.Options, r.pickerOption(i, p.Slug, option))
	}
	v := picked.Offer
	if v == nil {
		picker.Price = r.price(p.PriceMin)
		return picker
	}
	picker.VariantID, picker.VariantTitle, picker.SKU = v.ID, v.Title, v.SKU
	picker.VariantURL, picker.Price = r.links.Variant(p.Slug, v.ID), r.price(v.Price)
	if v.CompareAtPrice != nil && *v.CompareAtPrice > v.Price {
		before := r.price(*v.CompareAtPrice)
		picker.CompareAt = &before
	}
	picker.Stock, picker.StockLeft, picker.MaxQuantity = string(v.Availability()), v.Stock.Available(), v.Stock.MostToBuy()
	return picker
}

func (r request) pickerOption(i int, slug string, option catalog.Choice) views.PickerOption {
	v := views.PickerOption{Name: option.Option, Field: catalog.OptionPrefix + option.Option}
	for n, value := range option.Values {
		v.Swatches = v.Swatches || value.Swatch != ""
		pv := views.PickerValue{
			Value: value.Value, Color: value.Swatch, ID: "option-" + strconv.Itoa(i) + "-" + strconv.Itoa(n),
			Selected: value.Selected, Exists: value.Exists, Available: value.Available,
		}
		pv.URL = r.links.Product(slug)
		if value.VariantID > 0 {
			pv.URL = r.links.Variant(slug, value.VariantID)
		}
		v.Values = append(v.Values, pv)
	}
	return v
}

// gallery shows the picked variant's own picture first.
func (r request) gallery(detail *catalog.Detail, picked catalog.Pick) views.Gallery {
	g := views.Gallery{Title: detail.Product.Title}
	current := 0
	for i, image := range detail.Images {
		if v := picked.Offer; v != nil && v.ImageID != nil && *v.ImageID == image.ID {
			current = i
		}
		g.Pictures = append(g.Pictures, views.GalleryPicture{
			Picture: views.Picture{URL: image.URL, Alt: image.Alt, Width: image.Width, Height: image.Height},
			Href:    image.URL,
		})
	}
	if len(g.Pictures) > 0 {
		g.Pictures[current].Current = true
		g.Current = &g.Pictures[current].Picture
	}
	return g
}

// taxNote is the message key of the word beside prices.
func (r request) taxNote() string {
	if r.site.Shop.Settings.PricesIncludeTax {
		return "price.tax_included"
	}
	return "price.tax_excluded"
}
