package customer

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// What a guest bought with the customer's e-mail address is theirs only once they have proven that it is their address;
// else whoever registers it first could read it. What was ordered of a cart is in the order.
const export = `
SELECT json_build_object(
  'profile', json_build_object('email', c.email, 'name', c.name, 'phone', c.phone,
    'email_verified_at', c.email_verified_at, 'created_at', c.created_at, 'updated_at', c.updated_at),
  'addresses', (SELECT coalesce(json_agg(json_build_object('label', a.label, 'address', a.address, 'default_shipping', a.is_default,
      'default_billing', a.is_default_billing, 'created_at', a.created_at, 'updated_at', a.updated_at) ORDER BY a.id), '[]')
    FROM customer_addresses a WHERE a.vendor_id = c.vendor_id AND a.customer_id = c.id AND a.deleted_at IS NULL),
  'orders', (SELECT coalesce(json_agg(json_build_object('number', o.number_prefix || o.number, 'placed_at', o.placed_at,
      'email', o.email, 'phone', o.phone, 'status', o.status, 'payment_status', o.payment_status,
      'currency', o.currency, 'subtotal', o.subtotal, 'shipping', o.shipping_total, 'tax', o.tax_total, 'total', o.total,
      'prices_include_tax', o.prices_include_tax, 'shipping_address', o.shipping_address, 'billing_address', o.billing_address,
      'shipping_method', o.shipping_name, 'payment_method', o.payment_name, 'note', o.note,
      'items', (SELECT coalesce(json_agg(json_build_object('sku', i.sku, 'product', i.product_title, 'variant', i.variant_title,
          'quantity', i.quantity, 'unit_price', i.unit_price, 'total', i.total) ORDER BY i.id), '[]')
        FROM order_items i WHERE i.vendor_id = o.vendor_id AND i.order_id = o.id),
      'history', (SELECT coalesce(json_agg(json_build_object('at', e.at, 'status', e.status, 'note', e.note) ORDER BY e.id), '[]')
        FROM order_status_history e WHERE e.vendor_id = o.vendor_id AND e.order_id = o.id AND e.is_public)
    ) ORDER BY o.placed_at, o.id), '[]')
    FROM orders o WHERE o.vendor_id = c.vendor_id AND o.customer_id = c.id AND (o.signed_in OR c.email_verified_at IS NOT NULL)),
  'carts', (SELECT coalesce(json_agg(json_build_object('created_at', k.created_at, 'updated_at', k.updated_at, 'checkout', k.checkout,
      'items', (SELECT coalesce(json_agg(json_build_object('sku', v.sku, 'product', p.title, 'variant', v.title,
          'quantity', i.quantity, 'added_at', i.added_at) ORDER BY i.added_at, i.variant_id), '[]')
        FROM cart_items i
        JOIN product_variants v ON v.vendor_id = i.vendor_id AND v.id = i.variant_id
        JOIN products p ON p.vendor_id = v.vendor_id AND p.id = v.product_id
        WHERE i.vendor_id = k.vendor_id AND i.cart_id = k.id)
    ) ORDER BY k.id), '[]')
    FROM carts k WHERE k.vendor_id = c.vendor_id AND k.customer_id = c.id AND k.status <> 'ordered'),
  'sessions', (SELECT coalesce(json_agg(json_build_object('device', s.user_agent, 'address', s.address, 'second_factor', s.strong,
      'created_at', s.created_at, 'seen_at', s.seen_at, 'ended_at', s.ended_at) ORDER BY s.id), '[]')
    FROM sessions s WHERE s.vendor_id = c.vendor_id AND s.account_id = c.id)
)
FROM customers c WHERE c.vendor_id = ? AND c.id = ? AND c.deleted_at IS NULL`

// Export is everything that a shop keeps about a customer, as indented JSON in UTF-8: profile, addresses, orders with
// their items, the cart, and sessions. Amounts are minor units. fault.NotFound where the account was closed. One query,
// so it is one moment.
func Export(ctx context.Context, db bun.IDB, customerID int64) ([]byte, error) {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return nil, err
	}
	var data string
	err = db.NewRaw(export, vendorID, customerID).Scan(ctx, &data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, closed()
	}
	if err != nil {
		return nil, fmt.Errorf("export a customer's data: %w", err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(data), "", "  "); err != nil {
		return nil, fmt.Errorf("indent a customer's data: %w", err)
	}
	return out.Bytes(), nil
}
