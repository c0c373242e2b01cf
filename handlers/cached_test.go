package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"orion/model/audit"
	"orion/model/catalog"
	"orion/model/stock"
	"orion/postgres"
)

// markChannel is on which a test says that it has changed something.
const markChannel = "orion_test_mark"

// listen connects the caches to the database's signals, as commands do. The function that it returns waits until
// everything that was committed before is heard: notifications come in the order of the commits.
func (p *platform) listen() (hear func()) {
	p.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	up, marks, ended := make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(ended)
		_ = postgres.Listen(ctx, p.url, append(p.caches.Channels(), markChannel), func(channel, payload string) {
			if channel == markChannel {
				marks <- struct{}{}
				return
			}
			p.caches.Signal(channel, payload)
		}, func() { p.caches.Trust(true); up <- struct{}{} }, func() { p.caches.Trust(false) })
	}()
	p.t.Cleanup(func() { cancel(); <-ended })
	<-up
	return func() {
		p.exec("NOTIFY " + markChannel)
		<-marks
	}
}

// TestChangesShowOnTheNextRequest changes everything that a page shows, by the model's verbs and by SQL behind
// Orion's back. What was cached before has to be gone, and the other shop's pages have to stay.
func TestChangesShowOnTheNextRequest(t *testing.T) {
	t.Parallel()
	by := audit.By{Kind: audit.Vendor, Actor: "user:1"}
	sql := func(query string) func(*platform) {
		return func(p *platform) { p.exec(query, p.kaffa.id, p.kaffa.variant("mug")) }
	}
	for name, tt := range map[string]struct {
		paths  []string // what shows it
		change func(*platform)
		before string
		after  string
		status int // 0: 200
	}{
		"a price by SQL": {
			[]string{"/", "/products", "/categories/gear", "/products/mug", "/search?q=mug"},
			sql(`WITH v AS (UPDATE product_variants SET price = 1777 WHERE vendor_id = ?0 AND id = ?1 RETURNING product_id)
				UPDATE products SET price_min = 1777, price_max = 1777 WHERE vendor_id = ?0 AND id IN (SELECT product_id FROM v)`),
			"€14.50", "€17.77", 0,
		},
		"few left": {
			[]string{"/products/mug"},
			func(p *platform) {
				_, err := stock.Adjust(p.kaffa.ctx, p.db.Shop, p.kaffa.variant("mug"), -1, stock.Why{Reason: stock.Adjustment, By: by})
				p.must(err)
			},
			"Only 5 left", "Only 4 left", 0,
		},
		"sold out by SQL":  {[]string{"/products/mug"}, sql(`UPDATE inventory SET on_hand = 0 WHERE vendor_id = ?0 AND variant_id = ?1`), "stock stock-low", "stock stock-out", 0},
		"on order by SQL":  {[]string{"/products/grinder"}, sql(`UPDATE inventory SET policy = 'backorder' WHERE vendor_id = ?0 AND on_hand = 0 AND 0 < ?1`), "Sold out", "Made to order", 0},
		"stock row is new": {[]string{"/products/mug"}, sql(`DELETE FROM inventory WHERE vendor_id = ?0 AND variant_id = ?1; INSERT INTO inventory (vendor_id, variant_id, on_hand) VALUES (?0, ?1, 2)`), "Only 5 left", "Only 2 left", 0},
		"a title": {
			[]string{"/", "/products", "/products/mug"},
			func(p *platform) {
				mug := p.kaffa.products["mug"].Product
				edit := mug.Edit()
				edit.Title = "Beaker"
				_, err := catalog.Update(p.kaffa.ctx, p.db.Shop, mug.ID, mug.Version, edit, by)
				p.must(err)
			},
			">Mug<", ">Beaker<", 0,
		},
		"archived": {
			[]string{"/products/mug"},
			func(p *platform) {
				mug := p.kaffa.products["mug"].Product
				edit := mug.Edit()
				edit.Status = catalog.StatusArchived
				_, err := catalog.Update(p.kaffa.ctx, p.db.Shop, mug.ID, mug.Version, edit, by)
				p.must(err)
			},
			">Mug<", "There is nothing here", http.StatusNotFound,
		},
		"deleted": {
			[]string{"/products/mug"},
			func(p *platform) { p.must(catalog.Delete(p.kaffa.ctx, p.db.Shop, p.kaffa.products["mug"].ID, by)) },
			">Mug<", "There is nothing here", http.StatusNotFound,
		},
		"published by SQL": {[]string{"/products", "/categories/gear"}, sql(`UPDATE products SET status = 'active', published_at = now() WHERE vendor_id = ?0 AND slug = 'secret' AND 0 < ?1`), "Grinder", "Secret", 0},
		"a picture by SQL": {[]string{"/products/mug"}, sql(`UPDATE product_images SET url = '/assets/demo/kaffa/cup.svg' WHERE vendor_id = ?0 AND alt = 'Mug' AND 0 < ?1`), "Mug.svg", "cup.svg", 0},
		"an option value":  {[]string{"/products/espresso"}, sql(`UPDATE product_option_values SET value = 'Half a pound' WHERE vendor_id = ?0 AND value = '250 g' AND 0 < ?1`), "250 g", "Half a pound", 0},
		"a category's name by SQL": {
			[]string{"/", "/categories/beans", "/products/espresso"},
			sql(`UPDATE product_categories SET name = 'Roasts' WHERE vendor_id = ?0 AND slug = 'beans' AND 0 < ?1`), "Beans", "Roasts", 0,
		},
		"who is in a category": {[]string{"/categories/coffee"}, sql(`INSERT INTO product_category_products (vendor_id, product_id, category_id)
			SELECT ?0, v.product_id, c.id FROM product_variants v, product_categories c WHERE v.vendor_id = ?0 AND v.id = ?1 AND c.vendor_id = ?0 AND c.slug = 'coffee'`), "Espresso", "Mug", 0},
		"the shop's name":   {[]string{"/", "/products", "/search"}, sql(`UPDATE vendors SET name = 'Rösterei' WHERE id = ?0 AND 0 < ?1`), "Shop kaffa", "Rösterei", 0},
		"the shop's e-mail": {[]string{"/", "/products/mug"}, sql(`UPDATE vendor_settings SET email = 'new@kaffa.test' WHERE vendor_id = ?0 AND 0 < ?1`), "hello@kaffa.test", "new@kaffa.test", 0},
		"the currency":      {[]string{"/", "/products/mug"}, sql(`UPDATE vendor_settings SET currency = 'USD' WHERE vendor_id = ?0 AND 0 < ?1`), "€14.50", "$14.50", 0},
		"the domain":        {[]string{"/products/mug"}, sql(`UPDATE vendor_domains SET host = 'new.test' WHERE vendor_id = ?0 AND 0 < ?1`), "kaffa.test:8080/products/mug", "new.test:8080/products/mug", 0},
		"the theme's name":  {[]string{"/"}, sql(`UPDATE vendor_themes SET theme = 'bloom' WHERE vendor_id = ?0 AND 0 < ?1`), `class="theme-base"`, `class="theme-bloom"`, 0},
		"its own template":  {[]string{"/", "/products"}, sql(`INSERT INTO vendor_theme_files (vendor_id, path, body) SELECT ?0, 'partials/shop/product_card.html', '<b class="own">{{.Title}}</b>' WHERE 0 < ?1`), `class="card-title"`, `<b class="own">Mug</b>`, 0},
		"the shop closes":   {[]string{"/", "/products/mug"}, sql(`UPDATE vendors SET status = 'suspended' WHERE id = ?0 AND 0 < ?1`), "Shop kaffa", "This shop is closed", http.StatusServiceUnavailable},
		"the shop's slug":   {[]string{"/", "/products/mug"}, sql(`UPDATE vendors SET slug = 'roaster' WHERE id = ?0 AND 0 < ?1`), "Shop kaffa", "There is no shop at this address", http.StatusNotFound},
		"a listener that comes back": {[]string{"/products/mug"}, func(p *platform) {
			p.caches.Trust(false)
			p.exec(`UPDATE products SET title = 'Beaker' WHERE slug = 'mug'`)
			p.caches.Trust(true)
		}, ">Mug<", ">Beaker<", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlatform(t)
			hear := p.listen()
			v, other := p.at(p.kaffa), p.at(p.bloom)
			for _, path := range tt.paths {
				v.get(path)
				if got := v.get(path); got.queries() != 0 || !strings.Contains(got.body, tt.before) || strings.Contains(got.body, tt.after) {
					t.Errorf("%s is not as it should be at first (%d queries): %.200s", path, got.queries(), got.body)
				}
			}
			other.get("/products/mug")
			tt.change(p)
			hear()
			for _, path := range tt.paths {
				got := v.get(path)
				v.page(got, max(tt.status, http.StatusOK))
				if !strings.Contains(got.body, tt.after) {
					t.Errorf("%s still lacks %q", path, tt.after)
				}
			}
			if got := other.get("/products/mug"); name != "a listener that comes back" && (got.queries() != 0 || !strings.Contains(got.body, "£25.50")) {
				t.Errorf("the other shop's page was lost (%d queries)", got.queries())
			}
		})
	}
}

// TestSalesShowTheirStockWord buys until a mug is sold out: the page says so without anybody telling it.
func TestSalesShowTheirStockWord(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	hear := p.listen()
	watcher := p.visitor("kaffa.test", "")
	for _, sale := range []struct {
		quantity int
		word     string
	}{{1, "Only 4 left"}, {3, "Only 1 left"}, {1, "Sold out"}} {
		watcher.get("/products/mug")
		buyer := p.at(p.kaffa)
		buyer.add("mug", sale.quantity)
		buyer.follow(buyer.submit(buyer.checkout(), "#checkout-form", p.kaffa.buyer()))
		hear()
		wantText(watcher, watcher.page(watcher.get("/products/mug"), http.StatusOK), ".stock", sale.word)
	}
	// A sale that changes no word leaves the cache alone.
	watcher.get("/products/kettle")
	watcher.get("/products/mug")
	buyer := p.at(p.kaffa)
	buyer.add("kettle", 1)
	buyer.follow(buyer.submit(buyer.checkout(), "#checkout-form", p.kaffa.buyer()))
	hear()
	if got := watcher.get("/products/kettle"); got.queries() != 0 {
		t.Errorf("the page was made anew with %d queries", got.queries())
	}
}

// TestTokensOfTheThemeChangeTheStylesheet and its address, which browsers keep for ever.
func TestTokensOfTheThemeChangeTheStylesheet(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	hear := p.listen()
	v := p.at(p.kaffa)
	sheet := func() (address string, got answer) {
		address = v.page(v.get("/"), http.StatusOK).Find(`link[href*="/theme/"]`).AttrOr("href", "")
		return address, v.open(address)
	}
	address, got := sheet()
	if strings.Contains(got.body, "#123456") || !strings.Contains(got.Header.Get("Cache-Control"), "immutable") {
		t.Fatalf("at first: %v %s", got.Header, got.body)
	}
	p.exec(`UPDATE vendor_themes SET tokens = '{"color-accent":"#123456"}' WHERE vendor_id = ?`, p.kaffa.id)
	hear()
	changed, got := sheet()
	if changed == address || !strings.Contains(got.body, "#123456") {
		t.Errorf("the stylesheet at %s (before: %s): %s", changed, address, got.body)
	}
	if old := v.open(address); old.StatusCode != http.StatusOK || strings.Contains(old.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("the old address: %d, %s", old.StatusCode, old.Header.Get("Cache-Control"))
	}
	if other := p.at(p.bloom).page(p.at(p.bloom).get("/"), http.StatusOK).Find(`link[href*="/theme/"]`).AttrOr("href", ""); other != address {
		t.Errorf("the other shop's stylesheet changed to %s", other)
	}
}

// TestNobodyGetsAnothersPage mixes shops, modes and carts over the same cache.
func TestNobodyGetsAnothersPage(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.listen()
	full := p.at(p.kaffa)
	full.add("mug", 3)
	for _, path := range []string{"/", "/products", "/products/mug", "/search?q=mug"} {
		visitors := []*visitor{full}
		for _, s := range []*shop{p.kaffa, p.bloom} {
			for _, v := range p.everyWay(s) {
				visitors = append(visitors, v)
			}
		}
		for round := range 3 {
			for i, v := range visitors {
				badge, name, price := "", "Shop kaffa", "€14.50"
				if i == 0 {
					badge = "33 items"
				}
				if strings.Contains(v.host+v.base, "bloom") {
					name, price = "Shop bloom", "£25.50"
				}
				page := v.page(v.get(path), http.StatusOK)
				if got := text(page.Find("#cart-badge")); got != badge {
					t.Errorf("%s%s%s, round %d: the badge says %q, want %q", v.host, v.base, path, round, got, badge)
				}
				if got := text(page.Find(".site-header .brand")); got != name {
					t.Errorf("%s%s%s, round %d: the page of %s", v.host, v.base, path, round, got)
				}
				if !strings.Contains(text(page.Find("main")), price) {
					t.Errorf("%s%s%s, round %d: no mug for %s", v.host, v.base, path, round, price)
				}
				checkLinks(v, path, page)
			}
		}
	}
}

// TestTheETagIsTheVisitors: a page that the browser has is not sent again, and never for another cart.
func TestTheETagIsTheVisitors(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	hear := p.listen()
	v := p.at(p.kaffa)
	again := func(tag string) answer {
		request := v.request(http.MethodGet, "/products/mug", nil)
		request.Header.Set("If-None-Match", tag)
		return v.send(request)
	}
	tag := v.get("/products/mug").Header.Get("ETag")
	if got := again(tag); got.StatusCode != http.StatusNotModified || got.body != "" || !strings.Contains(strings.Join(got.Header.Values("Vary"), ","), "HX-Request") {
		t.Errorf("the same page: %d %v", got.StatusCode, got.Header)
	}
	v.add("mug", 1)
	withCart := again(tag)
	if withCart.StatusCode != http.StatusOK {
		t.Errorf("with a cart: %d", withCart.StatusCode)
	}
	if got := again(withCart.Header.Get("ETag")); got.StatusCode != http.StatusNotModified {
		t.Errorf("the same page with the same cart: %d", got.StatusCode)
	}
	p.exec(`UPDATE products SET title = 'Beaker' WHERE slug = 'mug'`)
	hear()
	if got := again(withCart.Header.Get("ETag")); got.StatusCode != http.StatusOK {
		t.Errorf("a page that changed: %d", got.StatusCode)
	}
}

// TestNothingIsCachedWithoutSignals: while nobody hears of changes, each request reads the database.
func TestNothingIsCachedWithoutSignals(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	v := p.at(p.kaffa)
	for i := range 3 {
		title := fmt.Sprint("Beaker ", i)
		p.exec(`UPDATE products SET title = ? WHERE slug = 'mug'`, title)
		p.exec(`UPDATE vendors SET name = ? WHERE id = ?`, "Shop "+title, p.kaffa.id)
		got := v.get("/products/mug")
		page := v.page(got, http.StatusOK)
		wantText(v, page, "h1", title)
		wantText(v, page, ".site-header .brand", "Shop "+title)
		if got.queries() == 0 {
			t.Error("the page asks nothing of the database")
		}
	}
}

// TestRenamedAddressesLeadOn in each mode, with the query, and from every earlier one.
func TestRenamedAddressesLeadOn(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	hear := p.listen()
	by := audit.By{Kind: audit.Vendor, Actor: "user:1"}
	mug, gear := p.kaffa.products["mug"], p.kaffa.categories["gear"]
	for _, v := range p.everyWay(p.kaffa) {
		v.get("/products/mug")
		v.get("/categories/gear")
	}
	p.must(catalog.Rename(p.kaffa.ctx, p.db.Shop, mug.ID, 1, "cup", by))
	p.must(catalog.Rename(p.kaffa.ctx, p.db.Shop, mug.ID, 2, "beaker", by))
	p.must(catalog.RenameCategory(p.kaffa.ctx, p.db.Shop, gear.ID, 1, "tools", by))
	hear()
	variant := fmt.Sprint("?variant=", mug.Variants[0].ID)
	for way, v := range p.everyWay(p.kaffa) {
		for from, to := range map[string]string{
			"/products/mug": "/products/beaker", "/products/cup": "/products/beaker", "/products/mug" + variant: "/products/beaker" + variant,
			"/categories/gear": "/categories/tools", "/categories/gear?page=2&sort=newest": "/categories/tools?page=2&sort=newest",
		} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				got := v.do(method, v.base+from, nil)
				if got.StatusCode != http.StatusMovedPermanently || got.Header.Get("Location") != v.base+to {
					t.Errorf("%s %s by %s: %d to %q, want %q", method, from, way, got.StatusCode, got.Header.Get("Location"), v.base+to)
				}
			}
			v.page(v.open(v.base+to), http.StatusOK)
		}
	}
	other := p.at(p.bloom)
	other.page(other.get("/products/mug"), http.StatusOK)
	other.page(other.get("/products/cup"), http.StatusNotFound)
}
