package order

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"orion/model/cart"
	"orion/model/money"
	"orion/model/stock"
	"orion/model/tenant"
)

// compose copies the cart, the quote and the form into an order that has no number yet.
func compose(in PlaceInput, view *cart.View, quote Quote) *Order {
	form := in.Checkout
	placed := &Order{
		NumberPrefix: in.Settings.OrderPrefix, CartID: &view.CartID, Email: form.Email, Phone: form.Phone,
		Status: Pending, PaymentStatus: PaymentUnpaid, FulfilmentStatus: Unfulfilled,
		Currency: quote.Currency, Locale: in.Settings.Locale,
		Subtotal: quote.Subtotal, ShippingTotal: quote.Shipping, TaxTotal: quote.Tax, Total: quote.Total,
		PricesIncludeTax: quote.TaxIncluded, ShippingAddress: form.Shipping, PaymentMethod: form.PaymentMethod, Note: form.Note,
	}
	if form.BillingDiffers {
		placed.BillingAddress = &form.Billing
	}
	if quote.Method != nil {
		placed.ShippingMethod, placed.ShippingName = quote.Method.Code, quote.Method.Name
	}
	for i, line := range view.Lines {
		item := Item{
			VariantID: &line.VariantID, SKU: line.SKU, ProductTitle: line.ProductTitle, VariantTitle: line.VariantTitle,
			ProductSlug: line.ProductSlug, Quantity: line.Quantity, UnitPrice: line.UnitPrice, Total: line.Total,
			TaxRateBP: quote.Lines[i].RateBP, TaxTotal: quote.Lines[i].Tax, RequiresShipping: line.RequiresShipping,
		}
		if image := line.Image; image != nil {
			item.ImageURL, item.ImageAlt, item.ImageWidth, item.ImageHeight = image.URL, image.Alt, image.Width, image.Height
		}
		placed.Items = append(placed.Items, item)
	}
	return placed
}

// beginPayment asks the provider of the chosen method, which Rules found, how the payment goes on.
func (o *Order) beginPayment(in PlaceInput) {
	method, _ := in.Payments.method(in.Settings, o.PaymentMethod)
	instructions := in.Payments[method.Code].Begin(Payment{
		Reference: o.Label(), Amount: money.New(o.Total, o.Currency), Locale: o.Locale, Method: method,
	})
	o.PaymentName, o.PaymentStatus = method.Name, instructions.Status
	o.PaymentInstructions, o.PaymentReference = instructions.Text, instructions.Reference
}

func stockLines(items []Item) []stock.Line {
	var lines []stock.Line
	for _, item := range items {
		if item.VariantID != nil {
			lines = append(lines, stock.Line{VariantID: *item.VariantID, Quantity: item.Quantity})
		}
	}
	return lines
}

// The order's rows are one statement, since the shop's other buyers wait for its number meanwhile. The items come as
// JSON, which keeps their order.
const insertOrder = `
WITH placed AS (
  INSERT INTO orders (vendor_id, number, number_prefix, cart_id, customer_id, signed_in, email, phone, status, payment_status,
    fulfilment_status, currency, locale, subtotal, shipping_total, tax_total, total, prices_include_tax,
    shipping_address, billing_address, shipping_method, shipping_name, payment_method, payment_name,
    payment_instructions, payment_reference, note)
  VALUES (?vendor_id, ?number, ?number_prefix, ?cart_id, ?customer_id, ?signed_in, ?email, ?phone, ?status, ?payment_status,
    ?fulfilment_status, ?currency, ?locale, ?subtotal, ?shipping_total, ?tax_total, ?total, ?prices_include_tax,
    ?shipping_address, ?billing_address, ?shipping_method, ?shipping_name, ?payment_method, ?payment_name,
    ?payment_instructions, ?payment_reference, ?note)
  RETURNING id, placed_at
), copied AS (
  INSERT INTO order_items (vendor_id, order_id, variant_id, sku, product_title, variant_title, product_slug, image_url,
    image_alt, image_width, image_height, quantity, unit_price, total, tax_rate_bp, tax_total, requires_shipping)
  SELECT ?vendor_id, placed.id, i.*
  FROM placed, jsonb_to_recordset(?items_json::jsonb) AS i (variant_id bigint, sku text, product_title text,
    variant_title text, product_slug text, image_url text, image_alt text, image_width integer, image_height integer,
    quantity integer, unit_price bigint, total bigint, tax_rate_bp integer, tax_total bigint, requires_shipping boolean)
), began AS (
  INSERT INTO order_status_history (vendor_id, order_id, status, actor)
  SELECT ?vendor_id, id, ?status, ?actor FROM placed
), emptied AS (
  UPDATE carts SET status = 'ordered', checkout = '{}', customer_id = ?customer_id, email = ?email, updated_at = now()
  WHERE vendor_id = ?vendor_id AND id = ?cart_id
)
SELECT id, placed_at FROM placed`

// insertArgs are the values of insertOrder by name.
type insertArgs struct {
	Order
	ItemsJSON string
	Actor     string
}

func insert(ctx context.Context, tx bun.Tx, placed *Order, actor string) error {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return err
	}
	items, err := json.Marshal(placed.Items)
	if err != nil {
		return fmt.Errorf("write the order's items as JSON: %w", err)
	}
	placed.VendorID = vendorID
	var made struct {
		ID       int64
		PlacedAt time.Time
	}
	args := insertArgs{Order: *placed, ItemsJSON: string(items), Actor: actor}
	if err := tx.NewRaw(insertOrder, &args).Scan(ctx, &made); err != nil {
		return fmt.Errorf("write the order: %w", err)
	}
	placed.ID, placed.PlacedAt = made.ID, made.PlacedAt
	placed.History = []Event{{OrderID: made.ID, At: made.PlacedAt, Status: placed.Status, IsPublic: true, Actor: actor}}
	return nil
}
