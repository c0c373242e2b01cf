-- What order.Place sends for a cart with one line, as a pgbench script: the upper limit of the checkout. The first
-- statement stands for what Orion has in its request: which cart of which shop.
SELECT vendor_id AS v, cart_id AS c, token AS t, variant_id AS va FROM bench_carts WHERE n = (SELECT nextval('bench_next')) \gset
SET app.vendor_id = :v;
BEGIN;
SELECT id, status FROM carts WHERE vendor_id = :v AND token = ':t' FOR UPDATE;
SELECT c.id AS cart_id, ci.variant_id, ci.quantity,
       v.product_id, v.title AS variant_title, v.sku, v.options, v.price, coalesce(v.compare_at_price, 0) AS compare_at,
       v.requires_shipping, v.taxable,
       p.slug AS product_slug, p.title AS product_title,
       v.deleted_at IS NULL AND p.deleted_at IS NULL AND p.status = 'active' AS sold,
       coalesce(i.variant_id, 0) AS inventory_id, coalesce(i.tracked, true) AS tracked, coalesce(i.policy, '') AS policy,
       coalesce(i.on_hand, 0) AS on_hand, coalesce(i.reserved, 0) AS reserved, coalesce(i.low_at, 0) AS low_at,
       ARRAY(SELECT o.name FROM product_options o
             WHERE o.vendor_id = v.vendor_id AND o.product_id = v.product_id ORDER BY o.position, o.id) AS option_names,
       coalesce(img.url, '') AS image_url, coalesce(img.alt, '') AS image_alt,
       coalesce(img.width, 0) AS image_width, coalesce(img.height, 0) AS image_height
FROM carts c
JOIN cart_items ci ON ci.vendor_id = c.vendor_id AND ci.cart_id = c.id
JOIN product_variants v ON v.vendor_id = ci.vendor_id AND v.id = ci.variant_id
JOIN products p ON p.vendor_id = v.vendor_id AND p.id = v.product_id
LEFT JOIN inventory i ON i.vendor_id = v.vendor_id AND i.variant_id = v.id
LEFT JOIN LATERAL (
  SELECT g.url, g.alt, g.width, g.height FROM product_images g
  WHERE g.vendor_id = v.vendor_id AND g.product_id = v.product_id
  ORDER BY g.id = v.image_id DESC NULLS LAST, g.position, g.id LIMIT 1
) img ON true
WHERE c.vendor_id = :v AND c.token = ':t' AND c.status <> 'ordered'
ORDER BY ci.added_at, ci.variant_id;
INSERT INTO customers AS c (vendor_id, email, name, phone) VALUES (:v, 'pgbench:c@example.test', 'Ada Lovelace', '')
  ON CONFLICT (vendor_id, email) WHERE deleted_at IS NULL DO UPDATE SET
    name  = CASE WHEN c.password_hash = '' AND excluded.name <> ''  THEN excluded.name  ELSE c.name END,
    phone = CASE WHEN c.password_hash = '' AND excluded.phone <> '' THEN excluded.phone ELSE c.phone END,
    updated_at = CASE WHEN c.password_hash = '' THEN now() ELSE c.updated_at END
  RETURNING id AS buyer \gset
INSERT INTO vendor_counters AS c (vendor_id, name, value) VALUES (:v, 'order', 1)
  ON CONFLICT (vendor_id, name) DO UPDATE SET value = c.value + 1
  RETURNING value AS number \gset
WITH wanted (variant_id, quantity) AS (SELECT * FROM unnest('{:va}'::bigint[], '{1}'::integer[])
), locked AS MATERIALIZED (
  SELECT i.variant_id, w.quantity, i.tracked, i.policy, i.on_hand - i.reserved AS available
  FROM wanted w JOIN inventory i ON i.vendor_id = :v AND i.variant_id = w.variant_id
  ORDER BY i.variant_id FOR UPDATE OF i
), short AS MATERIALIZED (
  SELECT w.variant_id, w.quantity, greatest(l.available, 0) AS available
  FROM wanted w LEFT JOIN locked l ON l.variant_id = w.variant_id
  WHERE l.variant_id IS NULL OR (l.tracked AND l.policy = 'deny' AND l.available < w.quantity)
), taken AS (
  UPDATE inventory i SET on_hand = i.on_hand - l.quantity, updated_at = now()
  FROM locked l
  WHERE i.vendor_id = :v AND i.variant_id = l.variant_id AND l.tracked AND NOT EXISTS (SELECT 1 FROM short)
), ledger AS (
  INSERT INTO stock_movements (vendor_id, variant_id, delta, reason, reference)
  SELECT :v, l.variant_id, -l.quantity, 'sale', 'order:' || :number FROM locked l
  WHERE l.tracked AND NOT EXISTS (SELECT 1 FROM short)
)
SELECT variant_id, quantity AS wanted, available FROM short ORDER BY variant_id;
WITH placed AS (
  INSERT INTO orders (vendor_id, number, number_prefix, cart_id, customer_id, email, phone, status, payment_status,
    fulfilment_status, currency, locale, subtotal, shipping_total, tax_total, total, prices_include_tax,
    shipping_address, billing_address, shipping_method, shipping_name, payment_method, payment_name,
    payment_instructions, payment_reference, note)
  VALUES (:v, :number, '', :c, :buyer, 'pgbench:c@example.test', '', 'pending', 'unpaid',
    'unfulfilled', 'EUR', 'en', 2100, 490, 413, 2590, true,
    '{"name":"Ada Lovelace","line1":"Invalidenstr. 117","postcode":"10115","city":"Berlin","country":"DE"}', NULL,
    'standard', 'Standard', 'bank_transfer', 'Bank transfer', 'Please transfer the amount within seven days.', ':number', '')
  RETURNING id, placed_at
), copied AS (
  INSERT INTO order_items (vendor_id, order_id, variant_id, sku, product_title, variant_title, product_slug, image_url,
    image_alt, image_width, image_height, quantity, unit_price, total, tax_rate_bp, tax_total, requires_shipping)
  SELECT :v, placed.id, i.*
  FROM placed, jsonb_to_recordset(jsonb_build_array(jsonb_build_object('variant_id', :va, 'sku', 'SKU-1-1',
    'product_title', 'Quiet Oak Bowl', 'variant_title', 'Small', 'product_slug', 'product-1',
    'image_url', '/assets/img/picture-pending.svg', 'image_alt', 'Quiet Oak Bowl', 'image_width', 1000, 'image_height', 1250,
    'quantity', 1, 'unit_price', 2100, 'total', 2100, 'tax_rate_bp', 1900, 'tax_total', 335, 'requires_shipping', true)))
    AS i (variant_id bigint, sku text, product_title text,
    variant_title text, product_slug text, image_url text, image_alt text, image_width integer, image_height integer,
    quantity integer, unit_price bigint, total bigint, tax_rate_bp integer, tax_total bigint, requires_shipping boolean)
), began AS (
  INSERT INTO order_status_history (vendor_id, order_id, status, actor)
  SELECT :v, id, 'pending', 'customer:' || :buyer FROM placed
), emptied AS (
  UPDATE carts SET status = 'ordered', customer_id = :buyer, email = 'pgbench:c@example.test', updated_at = now()
  WHERE vendor_id = :v AND id = :c
)
SELECT id, placed_at FROM placed;
INSERT INTO audit_log (vendor_id, actor_kind, actor, action, subject, after, request_id)
VALUES (:v, 'guest', 'customer:' || :buyer, 'order.placed', 'order:' || :number, '{"total": 2590, "items": 1, "currency": "EUR"}', 'pgbench');
COMMIT;
