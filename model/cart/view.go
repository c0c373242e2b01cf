package cart

import (
	"github.com/google/uuid"

	"orion/model/catalog"
)

// Problem says why a line cannot be bought as it stands.
type Problem string

// The problems. Each is also the end of a message key, "cart.line." + problem, with {left} and {wanted}.
const (
	NoProblem   Problem = ""
	OnlyLeft    Problem = "only_left" // fewer are left than the line holds
	LineSoldOut Problem = "sold_out"  // none is left
	Gone        Problem = "gone"      // it is no longer sold
)

// Line is a variant in the cart as it is sold now. Amounts are minor units of the vendor's currency.
type Line struct {
	VariantID, ProductID      int64
	ProductSlug, ProductTitle string
	VariantTitle, SKU         string
	Options                   []Option
	Image                     *Image
	UnitPrice                 int64
	CompareAt                 int64 // what it cost before; 0 where it is not reduced
	Quantity                  int
	MaxQuantity               int   // how many can be bought now; 0 where none can
	Total                     int64 // UnitPrice × Quantity
	Availability              catalog.Availability
	Problem                   Problem
	RequiresShipping, Taxable bool
}

// Option is one of the choices that make the variant, such as Size: 250 g.
type Option struct{ Name, Value string }

// Image is the picture of a line: the variant's own, else the product's first.
type Image struct {
	URL, Alt      string
	Width, Height int
}

// View is what the cart shows.
type View struct {
	CartID   int64 // 0 where there is no open cart
	Token    uuid.UUID
	Lines    []Line // in the order in which they were added
	Count    int    // pieces in all lines, as Count says
	Subtotal int64  // of the lines that can still be bought, in the quantity that the cart holds
	// Blocked tells that a line has a Problem, which has to be put right before checking out.
	Blocked bool
}

// Empty tells whether there is nothing in the cart.
func (v *View) Empty() bool { return len(v.Lines) == 0 }

// RequiresShipping tells whether something in the cart has to be sent.
func (v *View) RequiresShipping() bool {
	for _, line := range v.Lines {
		if line.RequiresShipping {
			return true
		}
	}
	return false
}
