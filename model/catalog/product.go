// Package catalog is what a shop sells: products with their options, variants and pictures in a tree of
// categories, how they are found, and how they are changed. Every function works for the vendor in the context.
package catalog

import (
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Status of a product. Buyers see active ones only.
const (
	StatusDraft    = "draft"
	StatusActive   = "active"
	StatusArchived = "archived"
)

// Product is one thing in the catalogue. What is bought is one of its variants.
type Product struct {
	bun.BaseModel `bun:"table:products,alias:p"`
	tenant.Owned
	ID             int64          `bun:"id,pk,autoincrement"`
	Slug           string         `bun:"slug"`
	Title          string         `bun:"title"`
	Subtitle       string         `bun:"subtitle"`
	Description    string         `bun:"description"` // sanitised HTML
	Brand          string         `bun:"brand"`
	Kind           string         `bun:"kind"` // the merchant's product type
	Tags           []string       `bun:"tags,array"`
	Status         string         `bun:"status"`
	PublishedAt    bun.NullTime   `bun:"published_at,nullzero"`
	SEOTitle       string         `bun:"seo_title"`
	SEODescription string         `bun:"seo_description"`
	Position       int            `bun:"position"`           // the merchant's own order; small first
	PriceMin       int64          `bun:"price_min,nullzero"` // minor units, kept by the database
	PriceMax       int64          `bun:"price_max,nullzero"`
	Metadata       map[string]any `bun:"metadata,type:jsonb"`
	Version        int            `bun:"version"` // goes up with every change by a person
	CreatedAt      time.Time      `bun:"created_at,nullzero,default:now()"`
	UpdatedAt      time.Time      `bun:"updated_at,nullzero,default:now()"`
	DeletedAt      bun.NullTime   `bun:"deleted_at,soft_delete,nullzero"`
}

// Option is a way in which a product's variants differ, such as its size. Position counts from 0 and is the
// place of the option's value in Variant.Options.
type Option struct {
	bun.BaseModel `bun:"table:product_options,alias:o"`
	tenant.Owned
	ID        int64         `bun:"id,pk,autoincrement"`
	ProductID int64         `bun:"product_id"`
	Name      string        `bun:"name"`
	Position  int           `bun:"position"`
	Values    []OptionValue `bun:"-"`
}

// OptionValue is one choice of an option. Swatch is its colour as #rrggbb, "" where it is none.
type OptionValue struct {
	bun.BaseModel `bun:"table:product_option_values,alias:ov"`
	tenant.Owned
	ID        int64  `bun:"id,pk,autoincrement"`
	ProductID int64  `bun:"product_id"`
	OptionID  int64  `bun:"option_id"`
	Value     string `bun:"value"`
	Swatch    string `bun:"swatch"`
	Position  int    `bun:"position"`
}

// Image is a product's picture. SourceURL is where an import found it, until it was fetched.
type Image struct {
	bun.BaseModel `bun:"table:product_images,alias:img"`
	tenant.Owned
	ID        int64     `bun:"id,pk,autoincrement"`
	ProductID int64     `bun:"product_id"`
	URL       string    `bun:"url"`
	SourceURL string    `bun:"source_url"`
	Alt       string    `bun:"alt"`
	Width     int       `bun:"width"`
	Height    int       `bun:"height"`
	Position  int       `bun:"position"`
	CreatedAt time.Time `bun:"created_at,nullzero,default:now()"`
}

// Variant is what is bought. Options holds one value for each of the product's options, in their order.
type Variant struct {
	bun.BaseModel `bun:"table:product_variants,alias:v"`
	tenant.Owned
	ID               int64          `bun:"id,pk,autoincrement"`
	ProductID        int64          `bun:"product_id"`
	SKU              string         `bun:"sku"`
	Barcode          string         `bun:"barcode"`
	Title            string         `bun:"title"` // "250 g / Whole bean"; "" for a product without options
	Options          []string       `bun:"options,array"`
	Price            int64          `bun:"price"` // minor units
	CompareAtPrice   *int64         `bun:"compare_at_price"`
	Cost             *int64         `bun:"cost"`
	WeightGrams      int            `bun:"weight_grams"`
	RequiresShipping bool           `bun:"requires_shipping"`
	Taxable          bool           `bun:"taxable"`
	ImageID          *int64         `bun:"image_id"`
	Position         int            `bun:"position"`
	Metadata         map[string]any `bun:"metadata,type:jsonb"`
	Version          int            `bun:"version"`
	CreatedAt        time.Time      `bun:"created_at,nullzero,default:now()"`
	UpdatedAt        time.Time      `bun:"updated_at,nullzero,default:now()"`
	DeletedAt        bun.NullTime   `bun:"deleted_at,soft_delete,nullzero"`
}

// SlugRedirect leads from an address a product or category once had to the thing itself.
type SlugRedirect struct {
	bun.BaseModel `bun:"table:slug_redirects,alias:sr"`
	tenant.Owned
	Kind      string    `bun:"kind,pk"` // product or category
	Slug      string    `bun:"slug,pk"`
	TargetID  int64     `bun:"target_id"`
	CreatedAt time.Time `bun:"created_at,nullzero,default:now()"`
}
