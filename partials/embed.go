// Package partials holds the fragments of pages, each a template named by its path: partials/shop/product_card.
package partials

import "embed"

// FS is the fragments as built into the program: shop/product_card.html, ui/field.html.
//
//go:embed */*
var FS embed.FS
