-- Tells every instance what its caches no longer know. Sent by the database itself, so that no writer can
-- forget it; delivered after the commit. The payload is the vendor's id. PostgreSQL folds equal
-- notifications of one transaction into one.

CREATE FUNCTION signal_vendor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  row_data jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  PERFORM pg_notify(TG_ARGV[0], coalesce(row_data ->> 'vendor_id', row_data ->> 'id'));
  RETURN NULL;
END $$;

-- orion_vendor: who the vendor is and how it is reached. orion_theme: how it looks. orion_catalog: what it sells.
CREATE TRIGGER signal AFTER INSERT OR UPDATE OR DELETE ON vendors            FOR EACH ROW EXECUTE FUNCTION signal_vendor('orion_vendor');
CREATE TRIGGER signal AFTER INSERT OR UPDATE OR DELETE ON vendor_domains     FOR EACH ROW EXECUTE FUNCTION signal_vendor('orion_vendor');
CREATE TRIGGER signal AFTER INSERT OR UPDATE OR DELETE ON vendor_settings    FOR EACH ROW EXECUTE FUNCTION signal_vendor('orion_vendor');
CREATE TRIGGER signal AFTER INSERT OR UPDATE OR DELETE ON vendor_themes      FOR EACH ROW EXECUTE FUNCTION signal_vendor('orion_theme');
CREATE TRIGGER signal AFTER INSERT OR UPDATE OR DELETE ON vendor_theme_files FOR EACH ROW EXECUTE FUNCTION signal_vendor('orion_theme');

-- Catalogue changes come in bulk, so once a statement and vendor rather than once a row.
CREATE FUNCTION signal_catalog() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('orion_catalog', v::text) FROM (SELECT DISTINCT vendor_id FROM changed) c(v);
  RETURN NULL;
END $$;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['products','product_variants','product_images','product_options','product_option_values',
                           'product_categories','product_category_products','slug_redirects'] LOOP
    EXECUTE format('CREATE TRIGGER signal_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION signal_catalog()', t);
    EXECUTE format('CREATE TRIGGER signal_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION signal_catalog()', t);
    EXECUTE format('CREATE TRIGGER signal_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION signal_catalog()', t);
  END LOOP;
END $$;

-- Pages say "in stock", "only n left" or "sold out". A sale that changes none of these words signals nothing,
-- because every NOTIFY makes its commit wait for the others'. stock_word is that word, as a number.
CREATE FUNCTION stock_word(tracked boolean, policy text, available integer, low_at integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN NOT tracked OR (policy = 'backorder' AND available > low_at) OR available > low_at THEN -1
              ELSE greatest(available, 0) END;
CREATE FUNCTION signal_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('orion_catalog', NEW.vendor_id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER signal_update AFTER UPDATE ON inventory FOR EACH ROW
  WHEN (stock_word(OLD.tracked, OLD.policy, OLD.on_hand - OLD.reserved, OLD.low_at)
        IS DISTINCT FROM stock_word(NEW.tracked, NEW.policy, NEW.on_hand - NEW.reserved, NEW.low_at)
        OR OLD.policy <> NEW.policy)
  EXECUTE FUNCTION signal_stock();
CREATE TRIGGER signal_insert AFTER INSERT ON inventory FOR EACH ROW EXECUTE FUNCTION signal_stock();
