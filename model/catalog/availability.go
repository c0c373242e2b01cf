package catalog

import (
	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// What happens when a variant runs out.
const (
	PolicyDeny      = "deny"      // it is sold out
	PolicyBackorder = "backorder" // it is sold on, and sent later
)

// Inventory is a variant's stock: OnHand is in the building, Reserved is promised. A variant that is not
// tracked is always there.
type Inventory struct {
	bun.BaseModel `bun:"table:inventory,alias:i"`
	tenant.Owned
	VariantID int64  `bun:"variant_id,pk"`
	ProductID int64  `bun:"product_id,nullzero"` // of the variant; the database fills it in
	Tracked   bool   `bun:"tracked"`
	Policy    string `bun:"policy"`
	OnHand    int    `bun:"on_hand"`
	Reserved  int    `bun:"reserved"`
	LowAt     int    `bun:"low_at"` // from here down a page says how many are left
	Version   int    `bun:"version"`
}

// Availability is whether something can be bought, in one word.
type Availability string

// The words. SoldOut is also said of a variant that has no inventory row: nobody may sell it.
const (
	InStock   Availability = "in"
	Low       Availability = "low"
	Backorder Availability = "backorder"
	SoldOut   Availability = "out"
)

// MostPerLine is the largest quantity of one variant in a cart.
const MostPerLine = 9999

// Buyable tells whether it can be bought at all.
func (a Availability) Buyable() bool { return a != SoldOut }

// Available is how many can be sold from what is there. It is below zero where a backorder owes some.
func (i Inventory) Available() int { return i.OnHand - i.Reserved }

// Availability is the word for this stock.
func (i Inventory) Availability() Availability {
	switch available := i.Available(); {
	case i.VariantID == 0:
		return SoldOut
	case !i.Tracked || available > i.LowAt:
		return InStock
	case available > 0:
		return Low
	case i.Policy == PolicyBackorder:
		return Backorder
	}
	return SoldOut
}

// MostToBuy is how many one buyer may put into a cart: what is there, or MostPerLine where there is no limit.
func (i Inventory) MostToBuy() int {
	if i.VariantID == 0 {
		return 0
	}
	if !i.Tracked || i.Policy == PolicyBackorder {
		return MostPerLine
	}
	return min(max(i.Available(), 0), MostPerLine)
}

// rank ranks availability for a product's card: the best of its variants counts.
func (a Availability) rank() int {
	switch a {
	case InStock:
		return 3
	case Low:
		return 2
	case Backorder:
		return 1
	}
	return 0
}
