// Package order is what buyers have bought: the rules of the checkout, placing an order in one transaction, and the
// order's way from there. Every function works for the vendor in the context.
package order

import (
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"orion/model/money"
	"orion/model/tenant"
)

// Order is what somebody bought, as it was when they bought it. Amounts are minor units of Currency.
type Order struct {
	bun.BaseModel `bun:"table:orders,alias:ord"`
	tenant.Owned
	ID                  int64     `bun:"id,pk,autoincrement"`
	Number              int64     `bun:"number"`        // counts from 1 in each shop, without gaps
	NumberPrefix        string    `bun:"number_prefix"` // the shop's prefix at the time
	CartID              *int64    `bun:"cart_id"`
	CustomerID          *int64    `bun:"customer_id"`
	SignedIn            bool      `bun:"signed_in"` // CustomerID placed it, rather than somebody who typed their address
	Email               string    `bun:"email"`
	Phone               string    `bun:"phone"`
	Status              string    `bun:"status"`
	PaymentStatus       string    `bun:"payment_status"`
	FulfilmentStatus    string    `bun:"fulfilment_status"`
	Currency            string    `bun:"currency"`
	Locale              string    `bun:"locale"`
	Subtotal            int64     `bun:"subtotal"`
	ShippingTotal       int64     `bun:"shipping_total"`
	TaxTotal            int64     `bun:"tax_total"` // within the other sums where PricesIncludeTax
	Total               int64     `bun:"total"`
	PricesIncludeTax    bool      `bun:"prices_include_tax"`
	ShippingAddress     Address   `bun:"shipping_address,type:jsonb"`
	BillingAddress      *Address  `bun:"billing_address,type:jsonb"` // nil: the same
	ShippingMethod      string    `bun:"shipping_method"`            // its code; "" where nothing was sent
	ShippingName        string    `bun:"shipping_name"`
	PaymentMethod       string    `bun:"payment_method"`
	PaymentName         string    `bun:"payment_name"`
	PaymentInstructions string    `bun:"payment_instructions"`
	PaymentReference    string    `bun:"payment_reference"` // what the buyer names when paying; "" nothing
	Note                string    `bun:"note"`
	Version             int       `bun:"version,nullzero,default:1"`
	PlacedAt            time.Time `bun:"placed_at,nullzero,default:now()"`
	UpdatedAt           time.Time `bun:"updated_at,nullzero,default:now()"`

	Items   []Item  `bun:"-"` // as they stood in the cart
	History []Event `bun:"-"` // oldest first
}

// Item is a line of an order, copied from the catalogue when it was bought.
type Item struct {
	bun.BaseModel    `bun:"table:order_items,alias:oi" json:"-"`
	tenant.Owned     `json:"-"`
	ID               int64  `bun:"id,pk,autoincrement" json:"-"`
	OrderID          int64  `bun:"order_id" json:"-"`
	VariantID        *int64 `bun:"variant_id" json:"variant_id"` // nil where the variant is gone for good
	SKU              string `bun:"sku" json:"sku"`
	ProductTitle     string `bun:"product_title" json:"product_title"`
	VariantTitle     string `bun:"variant_title" json:"variant_title"`
	ProductSlug      string `bun:"product_slug" json:"product_slug"`
	ImageURL         string `bun:"image_url" json:"image_url"`
	ImageAlt         string `bun:"image_alt" json:"image_alt"`
	ImageWidth       int    `bun:"image_width" json:"image_width"`
	ImageHeight      int    `bun:"image_height" json:"image_height"`
	Quantity         int    `bun:"quantity" json:"quantity"`
	UnitPrice        int64  `bun:"unit_price" json:"unit_price"`
	Total            int64  `bun:"total" json:"total"`
	TaxRateBP        int    `bun:"tax_rate_bp" json:"tax_rate_bp"` // basis points: 1900 is 19 %
	TaxTotal         int64  `bun:"tax_total" json:"tax_total"`
	RequiresShipping bool   `bun:"requires_shipping" json:"requires_shipping"`
}

// Event is something that happened to an order: a status that it came to, with a note.
type Event struct {
	bun.BaseModel `bun:"table:order_status_history,alias:oh"`
	tenant.Owned
	ID       int64     `bun:"id,pk,autoincrement"`
	OrderID  int64     `bun:"order_id"`
	At       time.Time `bun:"at,nullzero,default:now()"`
	Status   string    `bun:"status"`
	Note     string    `bun:"note"`
	IsPublic bool      `bun:"is_public"` // the buyer may see it
	Actor    string    `bun:"actor"`
}

// Label is the order's number as the buyer knows it: the shop's prefix and the number.
func (o *Order) Label() string { return o.NumberPrefix + strconv.FormatInt(o.Number, 10) }

// Title is the item as it is called in a sentence: the product and its variant.
func (i Item) Title() string {
	if i.VariantTitle == "" {
		return i.ProductTitle
	}
	return i.ProductTitle + ", " + i.VariantTitle
}

// Amount is a sum of the order as money.
func (o *Order) Amount(minor int64) money.Amount { return money.New(minor, o.Currency) }

// TaxLines is the order's tax by rate: there is one, which all taxed items and the shipping share.
func (o *Order) TaxLines() []TaxLine {
	for _, item := range o.Items {
		if item.TaxRateBP > 0 {
			return []TaxLine{{RateBP: item.TaxRateBP, Amount: o.TaxTotal}}
		}
	}
	return nil
}
