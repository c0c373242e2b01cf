// Package cart is what somebody is about to buy: variants and quantities under a token that only their browser
// knows. A cart holds no prices; they are read from the catalogue whenever it is looked at. Every function works
// for the vendor in the context.
package cart

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"orion/model/fault"
	"orion/model/tenant"
)

// Status of a cart. One that was ordered holds nothing any more: who comes back with its token begins a new one.
const (
	StatusOpen      = "open"
	StatusOrdered   = "ordered"
	StatusAbandoned = "abandoned"
)

// MaxLines is how many different variants a cart holds. Two tabs that fill the last place at the same moment
// may go one beyond.
const MaxLines = 100

// Cart is one visitor's cart. Its lines are Items; View shows them as they are sold today.
type Cart struct {
	bun.BaseModel `bun:"table:carts,alias:c"`
	tenant.Owned
	ID         int64           `bun:"id,pk,autoincrement"`
	Token      uuid.UUID       `bun:"token,type:uuid"` // what the signed cookie names
	CustomerID *int64          `bun:"customer_id"`
	Email      string          `bun:"email"`
	Status     string          `bun:"status"`
	Checkout   json.RawMessage `bun:"checkout,type:jsonb"` // what the buyer has typed so far
	CreatedAt  time.Time       `bun:"created_at,nullzero,default:now()"`
	UpdatedAt  time.Time       `bun:"updated_at,nullzero,default:now()"`
}

// Item is a variant in a cart, 1 to catalog.MostPerLine of it.
type Item struct {
	bun.BaseModel `bun:"table:cart_items,alias:ci"`
	tenant.Owned
	CartID    int64     `bun:"cart_id,pk"`
	VariantID int64     `bun:"variant_id,pk"`
	Quantity  int       `bun:"quantity"`
	AddedAt   time.Time `bun:"added_at,nullzero,default:now()"`
}

// Lookup finds the cart of a token, in whatever status it is. fault.NotFound if there is none.
func Lookup(ctx context.Context, db bun.IDB, token uuid.UUID) (*Cart, error) {
	cart := new(Cart)
	err := db.NewSelect().Model(cart).Where("c.token = ?", token).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.NotFound
	}
	if err != nil {
		return nil, fmt.Errorf("look up a cart: %w", err)
	}
	return cart, nil
}

// Count is how many pieces are in the cart: 0 where there is no cart or it was ordered. One indexed query.
func Count(ctx context.Context, db bun.IDB, token uuid.UUID) (int, error) {
	if token == uuid.Nil {
		return 0, nil
	}
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return 0, err
	}
	var count int
	err = db.NewRaw(`
		SELECT coalesce(sum(ci.quantity), 0)
		FROM carts c JOIN cart_items ci ON ci.vendor_id = c.vendor_id AND ci.cart_id = c.id
		WHERE c.vendor_id = ? AND c.token = ? AND c.status <> 'ordered'`, vendorID, token).Scan(ctx, &count)
	if err != nil {
		return 0, fmt.Errorf("count the cart: %w", err)
	}
	return count, nil
}
