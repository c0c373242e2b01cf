package shopify

import (
	"fmt"
	"strings"
)

// column is a field of the file, whatever its header calls it.
type column int

const (
	handle column = iota
	title
	description
	brand
	category
	kind
	tags
	published
	status
	sku
	barcode
	option1Name
	option1Value
	option2Name
	option2Value
	option3Name
	option3Value
	price
	compareAt
	cost
	taxable
	tracker
	quantity
	policy
	grams
	shipped
	image
	imagePosition
	imageAlt
	variantImage
	seoTitle
	seoDescription
	columns // how many there are
)

// headers are the names of the columns, lower case: those of Shopify's current header first, then those of the legacy
// one. Columns that are not named here are not imported.
var headers = map[string]column{
	"url handle": handle, "handle": handle,
	"title":       title,
	"description": description, "body (html)": description, "body html": description,
	"vendor":           brand,
	"product category": category, "standardized product type": category,
	"type": kind, "custom product type": kind,
	"tags":                      tags,
	"published on online store": published, "published": published,
	"status": status,
	"sku":    sku, "variant sku": sku,
	"barcode": barcode, "variant barcode": barcode,
	"option1 name": option1Name, "option1 value": option1Value,
	"option2 name": option2Name, "option2 value": option2Value,
	"option3 name": option3Name, "option3 value": option3Value,
	"price": price, "variant price": price,
	"compare-at price": compareAt, "variant compare at price": compareAt, "compare at price": compareAt,
	"cost per item": cost,
	"charge tax":    taxable, "variant taxable": taxable,
	"inventory tracker": tracker, "variant inventory tracker": tracker,
	"inventory quantity": quantity, "variant inventory qty": quantity,
	"continue selling when out of stock": policy, "variant inventory policy": policy,
	"weight value (grams)": grams, "variant grams": grams,
	"requires shipping": shipped, "variant requires shipping": shipped,
	"product image url": image, "image src": image,
	"image position":    imagePosition,
	"image alt text":    imageAlt,
	"variant image url": variantImage, "variant image": variantImage,
	"seo title":       seoTitle,
	"seo description": seoDescription,
}

// layout says in which place of a row each column stands, -1 where the file does not have it.
type layout [columns]int

// readHeader finds the columns by their names. Without title and price it is no product file.
func readHeader(names []string) (layout, error) {
	var places layout
	for c := range places {
		places[c] = -1
	}
	for place, name := range names {
		name = strings.ToLower(strings.Join(strings.Fields(strings.TrimPrefix(name, "\ufeff")), " "))
		if c, known := headers[name]; known && places[c] < 0 {
			places[c] = place
		}
	}
	var missing []string
	for c, name := range map[column]string{title: "Title", price: "Price (or Variant Price)"} {
		if places[c] < 0 {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return places, fmt.Errorf("%w: its first line has no column %s", ErrNotProducts, strings.Join(missing, " and "))
	}
	return places, nil
}

// row is one line of the file by its columns. Rows may be narrower or wider than the header.
type row struct {
	line   int
	fields [columns]string
}

func (places layout) row(line int, record []string) row {
	r := row{line: line}
	for c, place := range places {
		if place >= 0 && place < len(record) {
			r.fields[c] = strings.TrimSpace(record[place])
		}
	}
	return r
}

func (r row) get(c column) string { return r.fields[c] }

// empty tells whether the row says nothing at all.
func (r row) empty() bool { return r.fields == [columns]string{} }

// sells tells whether the row has a variant, rather than only another picture.
func (r row) sells() bool {
	return r.get(price) != "" || r.get(sku) != "" || r.get(option1Value) != ""
}
