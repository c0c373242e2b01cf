package shopify_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"orion/model/audit"
	"orion/model/catalog"
	"orion/model/catalog/shopify"
	"orion/model/stock"
	"orion/model/tenant"
	"orion/postgres"
	"orion/postgres/pgtest"
)

// current is Shopify's current header, shortened to the columns that matter; legacy the one before it.
const (
	current = "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Option1 Linked To,Option2 name,Option2 value,Price,Compare-at price,Cost per item,Charge tax,Inventory tracker,Inventory quantity,Continue selling when out of stock,Weight value (grams),Requires shipping,Product image URL,Image position,Image alt text,Variant image URL,Gift card,SEO title,SEO description\n"
	legacy  = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,Variant Image\n"
)

type shop struct {
	db  *postgres.DB
	ctx context.Context
}

func newShop(t *testing.T) shop {
	t.Helper()
	db := pgtest.New(t)
	return shop{db, tenant.With(t.Context(), pgtest.Vendor(t, db, "kaffa"))}
}

func (s shop) load(t *testing.T, file string) shopify.Report {
	t.Helper()
	report, err := shopify.Import(s.ctx, s.db.Shop, strings.NewReader(file), shopify.Options{Currency: "EUR"})
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	return report
}

func (s shop) product(t *testing.T, slug string) *catalog.Detail {
	t.Helper()
	d, err := catalog.FindBySlug(s.ctx, s.db.Shop, slug)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// changes is everything that an import could have written: rows, versions, ledger, audit.
func (s shop) changes(t *testing.T) string {
	t.Helper()
	var state string
	err := s.db.Shop.NewRaw(`SELECT concat_ws(' ',
		(SELECT count(*) || ':' || sum(version) || ':' || max(updated_at) FROM products WHERE vendor_id = current_vendor()),
		(SELECT count(*) || ':' || sum(version) || ':' || max(updated_at) FROM product_variants WHERE vendor_id = current_vendor()),
		(SELECT count(*) || ':' || sum(version) FROM inventory WHERE vendor_id = current_vendor()),
		(SELECT count(*) FROM product_images WHERE vendor_id = current_vendor()),
		(SELECT count(*) FROM product_option_values WHERE vendor_id = current_vendor()),
		(SELECT count(*) FROM product_categories WHERE vendor_id = current_vendor()),
		(SELECT count(*) FROM stock_movements WHERE vendor_id = current_vendor()),
		(SELECT count(*) FROM audit_log WHERE vendor_id = current_vendor()))`).Scan(s.ctx, &state)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// again imports the same file a second time, which must write nothing.
func (s shop) again(t *testing.T, file string) {
	t.Helper()
	before := s.changes(t)
	report := s.load(t, file)
	if report.Created+report.Updated > 0 {
		t.Errorf("the second time: %+v", report)
	}
	if after := s.changes(t); after != before {
		t.Errorf("the second time changed\n%s to\n%s", before, after)
	}
	if wrong, err := stock.Verify(s.ctx, s.db.Shop); err != nil || len(wrong) > 0 {
		t.Errorf("ledger: %v, %v", wrong, err)
	}
}

func problems(report shopify.Report) string {
	var lines []string
	for _, p := range report.Problems {
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

func TestCurrentHeader(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	file := "\ufeff" + current +
		`Dune Tee,dune-tee,"<p onclick=""x()"">Soft,` + "\n" + `heavy &amp; ""warm"".</p>",Sahra,Apparel > Tops > T-Shirts,T-Shirt,"place:Liwa, dark, dark",TRUE,Active,SB-S-R,'0123,Size,S,,Fit,Regular,149,,,TRUE,shopify,25,DENY,220.0,TRUE,https://cdn.test/front.jpg,2,Front,,FALSE,Dune Tee | Sahra,A tee.,too,wide,by,four` + "\n" +
		`,dune-tee,,,,,,,,SB-S-O,,,S,,,Oversized,149.5,180,60,FALSE,shopify,0,CONTINUE,220,TRUE,https://cdn.test/back.jpg,1,Back,https://cdn.test/o.jpg,FALSE` + "\n" +
		`,,,,,,,,,SB-M-R,,,M,,,Regular,"1,149.00",,,TRUE,,7,DENY,,FALSE` + "\n" +
		`,,,,,,,,,,,,,,,,,,,,,,,,,//cdn.test/side.jpg,3,Side` + "\n" +
		"\n,,,,,,,,\n" +
		`Card,card,,,,Gifts,,FALSE,Active,,,Title,Default Title,,,,10,,,,,,,,FALSE` + "\n" +
		`Old,old,,,,,,TRUE,archived,,,,,,,,5` + "\n"
	report := s.load(t, file)
	if report.Created != 3 || report.Failed != 0 || len(report.Problems) != 0 {
		t.Fatalf("%+v", report)
	}
	d := s.product(t, "dune-tee")
	if d.Title != "Dune Tee" || d.Brand != "Sahra" || d.Kind != "T-Shirt" || d.Status != catalog.StatusActive || d.SEOTitle != "Dune Tee | Sahra" ||
		fmt.Sprint(d.Tags) != "[place:Liwa dark]" || strings.Contains(d.Description, "onclick") || !strings.Contains(d.Description, "heavy &amp; &#34;warm&#34;") {
		t.Errorf("product: %+v", d.Product)
	}
	if got := fmt.Sprint(d.Breadcrumbs); got != "[{apparel Apparel} {tops Tops} {t-shirts T-Shirts}]" {
		t.Errorf("categories: %s", got)
	}
	var variants []string
	for _, v := range d.Variants {
		compare := int64(0)
		if v.CompareAtPrice != nil {
			compare = *v.CompareAtPrice
		}
		variants = append(variants, fmt.Sprintf("%s %s %d/%d %dg %v %v %s %d", v.SKU, v.Title, v.Price, compare, v.WeightGrams, v.Taxable, v.RequiresShipping, v.Availability(), v.Stock.OnHand))
	}
	want := "SB-S-R S / Regular 14900/0 220g true true in 25\nSB-S-O S / Oversized 14950/18000 220g false true backorder 0\nSB-M-R M / Regular 114900/0 0g true false in 7"
	if got := strings.Join(variants, "\n"); got != want {
		t.Errorf("variants:\n%s\nwant\n%s", got, want)
	}
	var images []string
	for _, image := range d.Images {
		images = append(images, image.SourceURL+" "+image.Alt)
		if image.URL != "/assets/img/picture-pending.svg" {
			t.Errorf("a picture that was not fetched shows %s", image.URL)
		}
	}
	if got := strings.Join(images, ", "); got != "https://cdn.test/back.jpg Back, https://cdn.test/front.jpg Front, https://cdn.test/side.jpg Side, https://cdn.test/o.jpg " {
		t.Errorf("images: %s", got)
	}
	if id := d.Variants[1].ImageID; id == nil || *id != d.Images[3].ID {
		t.Errorf("the variant's own picture is %v", id)
	}
	if card := s.product(t, "card"); card.Status != catalog.StatusDraft || len(card.Options) != 0 || len(card.Variants) != 1 || card.Variants[0].Title != "" {
		t.Errorf("card: %+v", card)
	}
	if old := s.product(t, "old"); old.Status != catalog.StatusArchived {
		t.Errorf("old is %s", old.Status)
	}
	s.again(t, file)
}

func TestLegacyHeader(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	file := strings.ReplaceAll(legacy+
		`pot,Clay Pot,<p>Blown clay</p>,Company,Outdoor,"Pot, Plants",true,Size,Regular,,0,,1,deny,9.99,,true,true,,https://cdn.test/a.jpg,1,`+"\n"+
		`pot,,,,,,,,Large,,0,shopify,3,deny,15.99,20,true,true,,https://cdn.test/b.jpg,2,`+"\n"+
		`pot,,,,,,,,,,,,,,,,,,,https://cdn.test/c.jpg,3,More`+"\n"+
		`lamp,Lamp,,Company,Indoor,,true,Title,Default Title,,0,shopify,2,continue,500,750,true,true,,,,`+"\n", "\n", "\r\n")
	report := s.load(t, file)
	if report.Created != 2 || report.Rows != 4 || len(report.Problems) != 0 {
		t.Fatalf("%+v", report)
	}
	pot := s.product(t, "pot")
	if len(pot.Variants) != 2 || len(pot.Images) != 3 || pot.Variants[1].Price != 1599 || pot.Variants[0].Stock.Tracked || !pot.Variants[1].Stock.Tracked ||
		pot.Breadcrumbs[0].Name != "Outdoor" {
		t.Errorf("pot: %+v", pot)
	}
	if lamp := s.product(t, "lamp"); lamp.Variants[0].Stock.Policy != catalog.PolicyBackorder || *lamp.Variants[0].CompareAtPrice != 75000 {
		t.Errorf("lamp: %+v", lamp.Variants)
	}
	s.again(t, file)
	var reasons []string
	if err := s.db.Shop.NewRaw("SELECT DISTINCT reason FROM stock_movements WHERE vendor_id = current_vendor()").Scan(s.ctx, &reasons); err != nil || fmt.Sprint(reasons) != "[import]" {
		t.Errorf("ledger reasons %v, %v", reasons, err)
	}
}

func TestBadRowsAreNamedAndTheRestLoads(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	header := "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Image Src,Status\n"
	file := header +
		"a,Alpha,Size,S,A-S,10,,shopify,1,,\n" + // 2
		"a,,,M,A-M,ten,,shopify,1,,\n" +
		"a,,,L,A-L,,,shopify,1,,\n" +
		"a,,,S,A-X,10,,shopify,1,,\n" + // 5
		"a,,,XL,A-S,10,,shopify,1,,\n" +
		"a,,,,A-N,10,,shopify,1,,\n" +
		"a,,,2XL,A-2,10,heavy,shopify,1,,\n" + // 8
		"a,,,3XL,A-3,10.001,,shopify,1,,\n" +
		"a,,,4XL,A-4,10,,shopify,many,,\n" +
		"a,,,5XL,A-5,10,,shopify,-3,ftp://x/y.jpg,\n" + // 11
		"b,,Size,S,B-S,10,,,,,\n" +
		"c,Gamma,,,A-S,10,,,,,\n" +
		"d,Delta,,,D,-5,,,,,\n" + // 14
		"e,Epsilon \"quoted\",,,E,5,,,,,\n" +
		"f,Zeta,,,F,5,,,,,sold\n" +
		"g,Eta,,,G,5,,,,,\n"
	report := s.load(t, file)
	want := `line 3 (a): The variant was left out: "ten" is not an amount in EUR.
line 4 (a): The variant was left out: it has no price.
line 5 (a): The variant was left out: line 2 has the same options.
line 6 (a): The variant was left out: line 2 has the same SKU.
line 7 (a): The variant was left out: it has no value for "Size".
line 8 (a): The variant was left out: the weight "heavy" is not a number from 0 up.
line 9 (a): The variant was left out: "10.001" is not an amount in EUR.
line 10 (a): The variant was left out: the quantity "many" is not a number.
line 11 (a): The picture was left out: "ftp://x/y.jpg" is not the address of a picture.
line 11 (a): The quantity -3 was taken as 0.
line 12 (b): The product was left out: Its first row has no title.
line 13 (c): The variant was left out: the product "a" has the SKU "A-S".
line 14 (d): The variant was left out: "-5" is below zero.
line 14 (d): None of the product's rows can be sold, so it was left out.
line 15: A quote stands inside a field that is not quoted. Quote the field and write the quote twice.
line 16 (f): The status "sold" is not known; the product was taken as a draft.`
	if got := problems(report); got != want {
		t.Errorf("problems:\n%s\nwant\n%s", got, want)
	}
	if report.Created != 3 || report.Failed != 3 || report.Rows != 16 {
		t.Errorf("%+v", report)
	}
	if a := s.product(t, "a"); len(a.Variants) != 2 {
		t.Errorf("alpha has %d variants", len(a.Variants))
	}
	s.again(t, file)
}

func TestRowsThatComeBackAddToTheirProduct(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	file := legacy +
		"pot,Pot,,,,,true,Size,S,P-S,,,,,10,,,,,https://cdn.test/a.jpg,1,\n" +
		"lamp,Lamp,,,,,true,Title,Default Title,,,,,,20,,,,,,,\n" +
		"pot,,,,,,,,M,P-M,,shopify,4,,11,,,,,https://cdn.test/b.jpg,2,\n" +
		"lamp,,,,,,,,,,,,,,,,,,,https://cdn.test/c.jpg,1,\n" +
		"pot,Another title,,,,,true,Size,L,P-L,,,,,12,,,,,,,\n"
	report := s.load(t, file)
	if report.Created != 2 || report.Updated != 0 || len(report.Problems) > 0 {
		t.Errorf("%+v", report)
	}
	if pot := s.product(t, "pot"); pot.Title != "Pot" || len(pot.Variants) != 3 || len(pot.Images) != 2 {
		t.Errorf("pot: %s, %d variants, %d images", pot.Title, len(pot.Variants), len(pot.Images))
	}
	if lamp := s.product(t, "lamp"); len(lamp.Images) != 1 || len(lamp.Variants) != 1 {
		t.Errorf("lamp: %+v", lamp)
	}
	s.again(t, file)
}

func TestAnotherFileUpdatesOnlyWhatDiffers(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	row := func(price, tracker, quantity, policy string) string {
		return legacy + "pot,Pot,,,,,true,Title,Default Title,P,," + tracker + "," + quantity + "," + policy + "," + price + ",,,,,,,\n" +
			"lamp,Lamp,,,,,true,Title,Default Title,L,,shopify,5,deny,20,,,,,,,\n"
	}
	s.load(t, row("10", "shopify", "5", "deny"))
	report := s.load(t, row("12", "shopify", "5", "deny"))
	if pot := s.product(t, "pot"); report.Updated != 1 || report.Unchanged != 1 || pot.Variants[0].Price != 1200 || pot.Version != 2 {
		t.Errorf("price: %+v", report)
	}
	report = s.load(t, row("12", "shopify", "-2", "continue"))
	if pot := s.product(t, "pot"); report.Updated != 1 || pot.Version != 2 || pot.Variants[0].Stock.OnHand != -2 || pot.Variants[0].Stock.Policy != catalog.PolicyBackorder {
		t.Errorf("stock: %+v, %+v", report, pot.Variants[0].Stock)
	}
	report = s.load(t, row("12", "shopify", "9", "deny"))
	if pot := s.product(t, "pot"); report.Updated != 1 || pot.Variants[0].Stock.OnHand != 9 {
		t.Errorf("stock back: %+v, %+v", report, pot.Variants[0].Stock)
	}
	pot := s.product(t, "pot")
	if err := catalog.Rename(s.ctx, s.db.Shop, pot.ID, pot.Version, "new-pot", audit.By{Kind: audit.Vendor}); err != nil {
		t.Fatal(err)
	}
	s.again(t, row("12", "shopify", "9", "deny")) // the old handle leads to the product
}

func TestFilesThatAreNoProducts(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for name, file := range map[string]string{
		"empty": "", "only a BOM": "\ufeff", "UTF-16": "\xff\xfeT\x00", "another header": "ID,Name,Regular price\n1,x,2\n", "a broken header": "\"Title",
	} {
		report, err := shopify.Import(s.ctx, s.db.Shop, strings.NewReader(file), shopify.Options{Currency: "EUR"})
		if !errors.Is(err, shopify.ErrNotProducts) || report.Created > 0 {
			t.Errorf("%s: %+v, %v", name, report, err)
		}
	}
	if report := s.load(t, legacy); report.Rows != 0 || report.Created != 0 {
		t.Errorf("only a header: %+v", report)
	}
}

func TestSpreadsheetsWays(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	report := s.load(t, "Handle;Title;Variant Price\ncafe;Caf\xe9;12,50\nbad;\"never closed;1\nlost;Lost;2\n")
	if d := s.product(t, "cafe"); d.Title != "Café" || d.Variants[0].Price != 1250 {
		t.Errorf("%+v", d.Product)
	}
	if got := problems(report); got != "line 3: A quote is not closed, or text follows a closing quote. Write quotes inside a field twice." {
		t.Errorf("problems: %s", got)
	}
	huge := s.load(t, "Handle,Title,Variant Price\nfine,Fine,1\nbad,\"never closed,1\n"+strings.Repeat("x,y,z\n", 2<<20))
	if huge.Created != 1 || !strings.Contains(problems(huge), "line 2: The row after this line is too long") {
		t.Errorf("%+v", huge)
	}
	yen, err := shopify.Import(s.ctx, s.db.Shop, strings.NewReader("Handle,Title,Variant Price\nyen,Yen,1500\nno,No,15.50\n"), shopify.Options{Currency: "JPY"})
	if d := s.product(t, "yen"); err != nil || d.Variants[0].Price != 1500 || yen.Failed != 1 {
		t.Errorf("yen: %+v, %v", yen, err)
	}
}

func TestProgressAndCancelling(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ctx, cancel := context.WithCancel(s.ctx)
	var seen []int64
	file := legacy
	for n := range 5 {
		file += fmt.Sprintf("p%d,P%d,,,,,true,,,,,,,,1,,,,,,,\n", n, n)
	}
	report, err := shopify.Import(ctx, s.db.Shop, strings.NewReader(file), shopify.Options{Currency: "EUR", Progress: func(rows int64) {
		if seen = append(seen, rows); len(seen) == 2 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || report.Created != 2 {
		t.Errorf("%+v, %v, progress %v", report, err, seen)
	}
	if report := s.load(t, file); report.Unchanged != 2 || report.Created != 3 {
		t.Errorf("taken up again: %+v", report)
	}
}

// The real files lie outside the project. What is peculiar about them is in the fixtures above as well, so nothing
// goes untested where they are missing.
func TestRealFiles(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("ORION_SHARED_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	files, err := filepath.Glob(filepath.Join(folder, "shopify-*.csv"))
	if err != nil || len(files) == 0 {
		t.Logf("no real files in %s (set ORION_SHARED_DATA): only the fixtures in this file were tested", folder)
		return
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s := newShop(t)
			report := s.load(t, string(content))
			if report.Created == 0 || report.Failed > 0 || len(report.Problems) > 0 {
				t.Errorf("%+v", report)
			}
			t.Logf("%d rows, %d products", report.Rows, report.Created)
			s.again(t, string(content))
			listing, err := catalog.List(s.ctx, s.db.Shop, catalog.Filter{})
			if err != nil || listing.Total != report.Created {
				t.Errorf("%d products are for sale, %v", listing.Total, err)
			}
		})
	}
}
