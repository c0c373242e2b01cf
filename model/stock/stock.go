// Package stock moves what is in the building. Every change of inventory.on_hand has its row in the ledger
// stock_movements, written by the same statement or transaction, so that on_hand is always the ledger's sum.
package stock

import (
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/tenant"
)

// Reason is why stock moved.
type Reason string

// The reasons that the ledger takes.
const (
	Initial      Reason = "initial"      // the first count of a new variant
	Sale         Reason = "sale"         // an order took it
	Cancellation Reason = "cancellation" // an order gave it back before it left
	Returned     Reason = "return"       // a buyer sent it back
	Adjustment   Reason = "adjustment"   // somebody put it right by a difference
	Import       Reason = "import"       // a file said so
	Count        Reason = "count"        // somebody counted
)

// Movement is a row of the ledger. It never changes.
type Movement struct {
	bun.BaseModel `bun:"table:stock_movements,alias:m"`
	tenant.Owned
	ID        int64     `bun:"id,pk,autoincrement"`
	VariantID int64     `bun:"variant_id"`
	At        time.Time `bun:"at,nullzero,default:now()"`
	Delta     int       `bun:"delta"`
	Reason    Reason    `bun:"reason"`
	Reference string    `bun:"reference"` // what it belongs to, such as order:1042
	Actor     string    `bun:"actor"`
}

// Line is a quantity of one variant.
type Line struct {
	VariantID int64
	Quantity  int // above 0
}

// Shortage is a variant of which there is less than was wanted. Available is 0 or more; 0 too for a variant that
// does not exist or that nobody may sell.
type Shortage struct {
	VariantID int64
	Wanted    int
	Available int
}

// Level is what a variant's stock is after a change.
type Level struct {
	VariantID int64 `json:"variant_id"`
	OnHand    int   `json:"on_hand"`
	Reserved  int   `json:"reserved"`
}

// maxQuantity keeps sums within the database's integer.
const maxQuantity = 1_000_000_000

func noVariant() error { return fault.NotFound.With("There is no such variant.") }

// tooLittle is the conflict of a change that would leave less than nothing.
func tooLittle(available int) error {
	return fault.Conflict.With("Only %d are there to take.", max(available, 0))
}

func checkQuantity(quantity int) error {
	if quantity < -maxQuantity || quantity > maxQuantity {
		return fault.Field("quantity", fmt.Sprintf("Enter a quantity of at most %d.", maxQuantity))
	}
	return nil
}
