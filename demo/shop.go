// Package demo holds the three demo shops that a development start loads: their data, in JSON files beside this
// code, and, in package art, their pictures.
package demo

import "orion/model/vendor"

// Shop is one demo vendor with everything it sells.
type Shop struct {
	Slug       string            `json:"slug"`
	Name       string            `json:"name"`
	Domain     string            `json:"domain,omitempty"` // its own, verified and primary; "" has none
	Theme      string            `json:"theme"`
	Settings   Settings          `json:"settings"`
	Hero       Picture           `json:"hero"`
	OptionSets map[string]Option `json:"option_sets"` // options that several products share, by a name of their own
	Categories []Category        `json:"categories"`
	Products   []Product         `json:"products"`
}

// Settings are the columns of vendor_settings.
type Settings struct {
	Currency         string                  `json:"currency"` // ISO 4217
	Locale           string                  `json:"locale"`   // BCP 47
	TimeZone         string                  `json:"time_zone"`
	Country          string                  `json:"country"` // ISO 3166-1 alpha-2
	Email            string                  `json:"email"`
	Phone            string                  `json:"phone"`
	Address          string                  `json:"address"`
	Tagline          string                  `json:"tagline"`
	About            []string                `json:"about"`        // paragraphs of plain text
	HeroHeading      string                  `json:"hero_heading"` // the words over the hero picture
	HeroText         string                  `json:"hero_text"`
	OrderPrefix      string                  `json:"order_prefix"`
	PricesIncludeTax bool                    `json:"prices_include_tax"`
	TaxRates         []vendor.TaxRate        `json:"tax_rates"`
	ShippingMethods  []vendor.ShippingMethod `json:"shipping_methods"`
	PaymentMethods   []vendor.PaymentMethod  `json:"payment_methods"`
}

// Category is a shelf of the shop. Parent is the slug of the one above it.
type Category struct {
	Slug        string  `json:"slug"`
	Parent      string  `json:"parent,omitempty"`
	Name        string  `json:"name"`
	Description string  `json:"description"`
	Picture     Picture `json:"picture"`
}

// Option is something a buyer chooses, such as a size.
type Option struct {
	Name   string  `json:"name"`
	Values []Value `json:"values"`
}

// Value is one choice of an option and what it adds to a variant.
type Value struct {
	Value  string `json:"value"`
	Code   string `json:"code"`             // its part of the SKU
	Swatch string `json:"swatch,omitempty"` // #rrggbb
	Extra  int64  `json:"extra,omitempty"`  // added to the price, in minor units
	Grams  int    `json:"grams,omitempty"`  // added to the weight
}

// Product is one thing on sale. Its variants are all combinations of its options' values.
type Product struct {
	Slug       string     `json:"slug"`
	SKU        string     `json:"sku"` // the start of every variant's SKU
	Title      string     `json:"title"`
	Subtitle   string     `json:"subtitle"`
	Brand      string     `json:"brand"`
	Kind       string     `json:"kind"`
	Tags       []string   `json:"tags"`
	Categories []string   `json:"categories"` // slugs; the first is its home
	SEO        string     `json:"seo"`
	Text       []string   `json:"text"`              // the description's paragraphs
	Facts      []string   `json:"facts"`             // and the list below them
	Options    []string   `json:"options,omitempty"` // names of the shop's option sets, in their order
	Without    [][]string `json:"without,omitempty"` // combinations of values that are not made
	Prices     []int64    `json:"prices"`            // one for all, or one for each value of the first option
	Reduced    int64      `json:"reduced,omitempty"` // how much dearer it was before
	Grams      int        `json:"grams"`             // one piece, packed
	Stock      []int      `json:"stock"`             // units of each variant, taken in turn
	Backorder  bool       `json:"backorder,omitempty"`
	Look       Look       `json:"look"` // what its pictures have in common
	Pictures   []Picture  `json:"pictures"`
}

// Picture is one drawing. Its file is Name.svg in the shop's folder.
type Picture struct {
	Name   string `json:"name"`
	Alt    string `json:"alt"`
	Width  int    `json:"width,omitempty"`  // pixels; 1000 unless it says so
	Height int    `json:"height,omitempty"` // pixels; 1250 unless it says so
	Each   string `json:"each,omitempty"`   // the option whose every value gets a picture of its own; Alt then says {value}
	Value  string `json:"value,omitempty"`  // the option value that this picture shows
	Look
}

// Look says what to draw. What a field means depends on the scene; package art knows.
type Look struct {
	Scene   string   `json:"scene,omitempty"`
	Motif   string   `json:"motif,omitempty"`
	Format  string   `json:"format,omitempty"`
	Colour  string   `json:"colour,omitempty"`
	Palette []string `json:"palette,omitempty"`
	Label   []string `json:"label,omitempty"`
}

// Line is the i-th line of the label, or "".
func (l Look) Line(i int) string {
	if i < len(l.Label) {
		return l.Label[i]
	}
	return ""
}

// Tone is the i-th colour of the palette, its last one for what lies beyond.
func (l Look) Tone(i int) string {
	if len(l.Palette) == 0 {
		return "#b9a892"
	}
	return l.Palette[min(i, len(l.Palette)-1)]
}
