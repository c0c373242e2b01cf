package shop

import (
	"orion/model/catalog"
	"orion/views"
)

// eager is how many cards of a list are above the fold: their pictures are loaded at once.
const eager = 4

func (r request) cards(cards []catalog.Card) []views.Card {
	out := make([]views.Card, len(cards))
	for i, card := range cards {
		out[i] = r.card(card)
		out[i].Lazy = i >= eager
	}
	return out
}

func (r request) card(card catalog.Card) views.Card {
	v := views.Card{
		ID: card.ID, URL: r.links.Product(card.Slug), Title: card.Title, Subtitle: card.Subtitle, Brand: card.Brand,
		Price: r.price(card.PriceMin), From: card.PriceMin != card.PriceMax,
		Picture: picture(card.Image), SecondPicture: picture(card.SecondImage),
		Stock: string(card.Availability), Badge: badge(card.Badge(r.now)), QuickAdd: card.DefaultVariantID,
	}
	if card.CompareAt > card.PriceMin {
		before := r.price(card.CompareAt)
		v.CompareAt = &before
	}
	for _, s := range card.Swatches {
		v.Swatches = append(v.Swatches, views.Swatch{Name: s.Name, Color: s.Color})
	}
	return v
}

func picture(image *catalog.Picture) *views.Picture {
	if image == nil {
		return nil
	}
	return &views.Picture{URL: image.URL, Alt: image.Alt, Width: image.Width, Height: image.Height}
}

// badge is the message key of a badge.
func badge(b catalog.Badge) string {
	if b == catalog.NoBadge {
		return ""
	}
	return "card." + string(b)
}
