package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"orion/model/tenant"
	"orion/postgres"
)

//go:embed place.sql
var placeSQL []byte

// prepareCarts makes enough filled carts, spread over the first shops, and hands them out by a sequence.
const prepareCarts = `
DROP TABLE IF EXISTS bench_carts;
DROP SEQUENCE IF EXISTS bench_next;
CREATE SEQUENCE bench_next CACHE 1;
CREATE TABLE bench_carts (n bigint PRIMARY KEY, vendor_id bigint, cart_id bigint, token uuid, variant_id bigint);
WITH shops AS (
  SELECT vendor_id, min(id) AS variant_id, row_number() OVER (ORDER BY vendor_id) - 1 AS at
  FROM product_variants WHERE vendor_id IN (SELECT id FROM vendors ORDER BY id LIMIT %[1]d) GROUP BY vendor_id
), made AS (
  INSERT INTO carts (vendor_id, token) SELECT shops.vendor_id, gen_random_uuid()
  FROM generate_series(1, %[2]d) AS n JOIN shops ON shops.at = n %% %[1]d
  RETURNING vendor_id, id, token
), filled AS (
  INSERT INTO cart_items (vendor_id, cart_id, variant_id, quantity)
  SELECT made.vendor_id, made.id, shops.variant_id, 1 FROM made JOIN shops USING (vendor_id)
)
INSERT INTO bench_carts SELECT row_number() OVER (ORDER BY random()), made.vendor_id, made.id, made.token, shops.variant_id
FROM made JOIN shops USING (vendor_id);
ANALYZE bench_carts;`

var tps = regexp.MustCompile(`tps = ([0-9.]+)`)

func platformContext(ctx context.Context) context.Context { return tenant.AsPlatform(ctx) }

// pgbench runs the checkout's SQL with as many connections as Orion has; false where it is not installed.
func (b *bench) pgbench(ctx context.Context, db *database, shops int) (perSecond float64, found bool, err error) {
	program, err := exec.LookPath("pgbench")
	if err != nil {
		return 0, false, nil //nolint:nilerr // the limit is optional, and the report says that it is missing
	}
	pools, err := postgres.Open(ctx, db.url, postgres.Options{})
	if err != nil {
		return 0, false, err
	}
	defer func() { _ = pools.Close() }()
	carts := int(b.seconds * 5000)
	if _, err := pools.PlatformPool.Exec(platformContext(ctx), fmt.Sprintf(prepareCarts, shops, carts)); err != nil {
		return 0, false, fmt.Errorf("prepare carts for pgbench: %w", err)
	}
	script := filepath.Join(b.dir, "place.sql")
	if err := os.WriteFile(script, placeSQL, 0o600); err != nil {
		return 0, false, fmt.Errorf("write the pgbench script: %w", err)
	}
	out, err := exec.CommandContext(ctx, program, "-n", "-M", "simple", "-c", "12", "-j", "2",
		"-T", strconv.Itoa(max(1, int(b.seconds))), "-f", script, db.url).CombinedOutput()
	if err != nil {
		return 0, false, fmt.Errorf("run pgbench: %w: %s", err, out)
	}
	match := tps.FindSubmatch(out)
	if match == nil {
		return 0, false, fmt.Errorf("pgbench said nothing of its speed: %s", out)
	}
	perSecond, err = strconv.ParseFloat(string(match[1]), 64)
	return perSecond, true, err
}
