-- ?0 the vendor, ?1 how many products. Ten categories in two levels; every product has one option of three
-- values, three variants with stock and its ledger row, and one picture.
INSERT INTO product_categories (vendor_id, slug, name, description, position)
SELECT ?0, lower(name), name, name || ' for every day, chosen with care.', n
FROM unnest(ARRAY['Kitchen','Living','Outdoor','Office']) WITH ORDINALITY AS c(name, n);

INSERT INTO product_categories (vendor_id, parent_id, slug, name, description, position)
SELECT ?0, p.id, lower(c.name), c.name, c.name || ' of the better kind.', c.n
FROM (VALUES ('Kitchen','Cookware',1), ('Kitchen','Tableware',2), ('Living','Textiles',3),
             ('Living','Lighting',4), ('Outdoor','Garden',5), ('Office','Stationery',6)) AS c(parent, name, n)
JOIN product_categories p ON p.vendor_id = ?0 AND p.name = c.parent;

INSERT INTO products (vendor_id, slug, title, subtitle, description, brand, kind, tags, status, published_at, position)
SELECT ?0, 'product-' || n, adjective || ' ' || material || ' ' || noun || ' ' || n,
       'Made of ' || lower(material) || ', made to last',
       '<p>The ' || lower(adjective) || ' ' || lower(noun) || ' is made of ' || lower(material)
         || ' by people who use it themselves. It gets better with the years.</p><ul><li>Repairable</li><li>Packed without plastic</li></ul>',
       brand, noun, ARRAY[lower(material), lower(adjective)], 'active', now() - n * interval '1 hour', n
FROM (
  SELECT n,
    (ARRAY['Quiet','Bright','Sturdy','Slender','Folded','Woven','Turned','Polished','Rugged','Plain','Round'])[1 + (n * 7) % 11] AS adjective,
    (ARRAY['Oak','Linen','Copper','Walnut','Steel','Wool','Cotton','Ceramic','Glass','Brass','Ash','Felt','Cork'])[1 + (n * 5) % 13] AS material,
    (ARRAY['Bowl','Lamp','Chair','Blanket','Kettle','Tray','Basket','Mug','Stool','Cushion','Planter','Notebook','Shelf','Pan','Jug','Rug','Clock'])[1 + (n * 3) % 17] AS noun,
    (ARRAY['Norrsken','Lindqvist','Atelier Brandt','Hobart','Mori'])[1 + n % 5] AS brand
  FROM generate_series(1, ?1) AS n
) AS words;

INSERT INTO product_category_products (vendor_id, category_id, product_id, position)
SELECT ?0, c.id, p.id, p.position
FROM products p
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM product_categories WHERE vendor_id = ?0 AND parent_id IS NOT NULL) c
  ON c.n = 1 + p.position % 6
WHERE p.vendor_id = ?0;

INSERT INTO product_images (vendor_id, product_id, url, alt, width, height)
SELECT ?0, id, '/assets/img/picture-pending.svg', title, 1000, 1250 FROM products WHERE vendor_id = ?0;

INSERT INTO product_options (vendor_id, product_id, name)
SELECT ?0, id, 'Size' FROM products WHERE vendor_id = ?0;

INSERT INTO product_option_values (vendor_id, product_id, option_id, value, position)
SELECT ?0, o.product_id, o.id, v.value, v.n
FROM product_options o CROSS JOIN (VALUES ('Small', 1), ('Medium', 2), ('Large', 3)) AS v(value, n)
WHERE o.vendor_id = ?0;

INSERT INTO product_variants (vendor_id, product_id, sku, title, options, price, position, weight_grams)
SELECT ?0, p.id, 'SKU-' || p.position || '-' || v.n, v.value, ARRAY[v.value],
       900 + (p.position * 37 % 90) * 100 + v.n * 500, v.n, 400 * v.n
FROM products p CROSS JOIN (VALUES ('Small', 1), ('Medium', 2), ('Large', 3)) AS v(value, n)
WHERE p.vendor_id = ?0;

INSERT INTO inventory (vendor_id, variant_id, product_id, on_hand)
SELECT ?0, id, product_id, 1000000 FROM product_variants WHERE vendor_id = ?0;

INSERT INTO stock_movements (vendor_id, variant_id, delta, reason)
SELECT ?0, id, 1000000, 'initial' FROM product_variants WHERE vendor_id = ?0;
