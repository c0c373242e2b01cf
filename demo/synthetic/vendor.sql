-- ?0 the slug, ?1 the shop's number. Answers the vendor's id and whether it was there before.
WITH made AS (
  INSERT INTO vendors (slug, name, status)
  VALUES (?0, initcap((ARRAY['north','amber','willow','copper','harbour','linden','marble','velvet','cedar','lantern'])[1 + ?1 % 10])
              || ' ' || (ARRAY['Supply','Goods','Studio','Works','Market','House','Trading','Collective'])[1 + ?1 % 8] || ' ' || ?1, 'active')
  ON CONFLICT (slug) WHERE deleted_at IS NULL DO NOTHING
  RETURNING id
), settings AS (
  INSERT INTO vendor_settings (vendor_id, currency, locale, country, email, tagline, tax_rates, shipping_methods, payment_methods)
  SELECT id, 'EUR', 'en', 'DE', 'hello@' || ?0 || '.test', 'Well-made things, sent quickly',
         '[{"country":"DE","rate_bp":1900},{"country":"AT","rate_bp":2000},{"country":"FR","rate_bp":2000}]',
         '[{"code":"standard","name":"Standard","countries":[],"price":490,"free_from":8000,"description":"2 to 4 days"},
           {"code":"express","name":"Express","countries":["DE"],"price":990,"free_from":0,"description":"The next working day"}]',
         '[{"code":"bank_transfer","name":"Bank transfer","instructions":"Please transfer the amount within seven days."},
           {"code":"cash_on_delivery","name":"Cash on delivery","instructions":"Pay the courier."}]'
  FROM made
), theme AS (
  INSERT INTO vendor_themes (vendor_id, theme)
  SELECT id, (ARRAY['base','kaffa','bloom','atelier'])[1 + ?1 % 4] FROM made
)
SELECT id, false FROM made
UNION ALL
SELECT id, true FROM vendors WHERE slug = ?0 AND deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM made)
