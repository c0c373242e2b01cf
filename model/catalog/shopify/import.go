package shopify

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"

	"orion/model/audit"
	"orion/model/catalog"
	"orion/model/fault"
	"orion/model/stock"
)

// Options say how a file is read.
type Options struct {
	Currency string           // ISO 4217; the file's prices are in it
	By       audit.By         // who imports; the zero value is the system
	Progress func(rows int64) // called after each product with the rows read so far; nil none
}

// Report is what an import did.
type Report struct {
	Rows        int64 // data rows read
	Created     int   // products
	Updated     int
	Unchanged   int
	Failed      int       // products that were left out
	Problems    []Problem // the first keptProblems of them, in the order of the file
	Problematic int       // how many there were in all
}

// keptProblems bounds a report on a file that is wrong all through.
const keptProblems = 1000

func (r *Report) note(p Problem) {
	r.Problematic++
	if len(r.Problems) < keptProblems {
		r.Problems = append(r.Problems, p)
	}
}

// Import reads a file into the catalogue of the vendor in ctx. Each product is a transaction of its own: good ones
// are stored, and what is wrong is in the report by line and reason. A product that is there already, by its handle,
// is brought up to the file where it differs; importing the same file again writes nothing at all.
//
// An error means that reading could not go on: the file is none of Shopify's (ErrNotProducts), its source failed, the
// database cannot be reached. What was reported as done by then is stored.
func Import(ctx context.Context, db *bun.DB, source io.Reader, options Options) (Report, error) {
	report := Report{}
	if options.By.Kind == "" {
		options.By = audit.By{Kind: audit.System, Actor: "import:shopify"}
	}
	read, err := newReader(source, report.note)
	if err != nil {
		return report, err
	}
	shelves, err := readShelves(ctx, db, options.By)
	if err != nil {
		return report, err
	}
	run := &importer{db: db, options: options, report: &report, shelves: shelves, seen: map[uint64]struct{}{}, seed: maphash.MakeSeed()}
	for {
		g, err := read.next()
		report.Rows = read.rows
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = run.take(ctx, g)
		}
		if err != nil {
			return report, fmt.Errorf("import after %d rows: %w", report.Rows, err)
		}
		if options.Progress != nil {
			options.Progress(report.Rows)
		}
	}
	slices.SortStableFunc(report.Problems, func(a, b Problem) int { return a.Line - b.Line })
	return report, nil
}

// importer stores the products of one file.
type importer struct {
	db      *bun.DB
	options Options
	report  *Report
	shelves *shelves
	// seen are the handles of the file so far, eight bytes each: rows that come back to an earlier product add to it.
	seen map[uint64]struct{}
	seed maphash.Seed
}

// take stores one group of rows. The error is one that ends the import.
func (i *importer) take(ctx context.Context, g group) error {
	product, fine := parse(g, i.options.Currency, i.report.note)
	if !fine {
		i.report.Failed++
		return nil
	}
	key := maphash.String(i.seed, product.Slug)
	_, again := i.seen[key]
	i.seen[key] = struct{}{}
	outcome, err := i.store(ctx, &product, again)
	if invalid, ok := errors.AsType[*fault.Invalid](err); ok && invalid.Fields["sku"] != "" {
		// Another product has one of the SKUs: leave those variants out and take the rest.
		if err = i.dropTaken(ctx, &product); err == nil && len(product.Variants) > 0 {
			outcome, err = i.store(ctx, &product, again)
		}
	}
	if err != nil && !fileIsWrong(err) {
		return err
	}
	if err != nil || outcome == "" {
		i.report.Failed++
		if err != nil {
			i.report.note(Problem{product.line, short(g.handle), "The product was left out: " + reason(err)})
		}
		return nil
	}
	i.count(outcome, again)
	return nil
}

func (i *importer) count(outcome catalog.Outcome, again bool) {
	switch {
	case outcome == catalog.Created:
		i.report.Created++
	case again: // counted with its first rows
	case outcome == catalog.Updated:
		i.report.Updated++
	default:
		i.report.Unchanged++
	}
}

// store writes a product with its stock in one transaction. Rows of a product that the file had before only add to it.
func (i *importer) store(ctx context.Context, p *parsed, again bool) (catalog.Outcome, error) {
	shelf, err := i.shelves.find(ctx, i.db, p.category)
	if err != nil {
		return "", err
	}
	if shelf != 0 {
		p.CategoryIDs = []int64{shelf}
	}
	var outcome catalog.Outcome
	err = i.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		wanted := p.NewProduct
		if p.partial || again {
			if wanted, err = i.added(ctx, tx, *p); err != nil {
				return err
			}
		}
		var have *catalog.Detail
		if have, outcome, err = catalog.Put(ctx, tx, wanted, i.options.By); err != nil || outcome == catalog.Created {
			return err
		}
		moved, err := i.stockUp(ctx, tx, have, wanted)
		if moved && outcome == catalog.Unchanged {
			outcome = catalog.Updated
		}
		return err
	})
	return outcome, err
}

// added is the product in the shop with the variants and pictures of rows that come back to it.
func (i *importer) added(ctx context.Context, tx bun.Tx, p parsed) (catalog.NewProduct, error) {
	have, err := catalog.FindBySlug(ctx, tx, p.Slug)
	if errors.Is(err, fault.NotFound) || (err == nil && len(have.Variants) == 0) {
		return p.NewProduct, fault.Field("title", "Its first row has no title.")
	}
	if err != nil {
		return p.NewProduct, err
	}
	if len(have.Options) != len(p.Options) && len(p.Variants) > 0 {
		return p.NewProduct, fault.Field("options", "These rows have other options than the product's first ones.")
	}
	e := have.Edit()
	wanted := catalog.NewProduct{Slug: have.Slug, Title: e.Title, Subtitle: e.Subtitle, Description: e.Description, Brand: e.Brand,
		Kind: e.Kind, Tags: e.Tags, Status: e.Status, SEOTitle: e.SEOTitle, SEODescription: e.SEODescription, Position: e.Position,
		Images: p.Images, Variants: p.Variants}
	for n, option := range have.Options {
		same := catalog.NewOption{Name: option.Name}
		if n < len(p.Options) {
			same.Values = p.Options[n].Values
		}
		wanted.Options = append(wanted.Options, same)
	}
	if len(wanted.Variants) == 0 {
		wanted.Variants = []catalog.NewVariant{asItIs(have.Variants[0])} // only pictures came back
	}
	return wanted, nil
}

// asItIs is a variant in the shop as somebody would write it down.
func asItIs(o catalog.Offer) catalog.NewVariant {
	v := catalog.NewVariant{SKU: o.SKU, Barcode: o.Barcode, Options: o.Variant.Options, Price: o.Price, WeightGrams: o.WeightGrams,
		Digital: !o.RequiresShipping, TaxFree: !o.Taxable, Stock: catalog.NewStock{OnHand: o.Stock.OnHand,
			Untracked: !o.Stock.Tracked, Backorder: o.Stock.Policy == catalog.PolicyBackorder, LowAt: o.Stock.LowAt}}
	if o.CompareAtPrice != nil {
		v.CompareAt = *o.CompareAtPrice
	}
	if o.Cost != nil {
		v.Cost = *o.Cost
	}
	return v
}

// stockUp sets the stock of variants that were there before to what the file says, where it differs.
func (i *importer) stockUp(ctx context.Context, tx bun.Tx, have *catalog.Detail, wanted catalog.NewProduct) (moved bool, err error) {
	why := stock.Why{Reason: stock.Import, Reference: "shopify", By: i.options.By}
	for n, want := range wanted.Variants {
		now := have.Variants[n].Stock
		rules := stock.Rules{Tracked: !want.Stock.Untracked, Policy: catalog.PolicyDeny, LowAt: now.LowAt}
		if want.Stock.Backorder {
			rules.Policy = catalog.PolicyBackorder
		}
		configure := func() error {
			if (rules == stock.Rules{Tracked: now.Tracked, Policy: now.Policy, LowAt: now.LowAt}) {
				return nil
			}
			moved = true
			return stock.Configure(ctx, tx, have.Variants[n].ID, rules, i.options.By)
		}
		set := func() error {
			if now.OnHand == want.Stock.OnHand {
				return nil
			}
			moved = true
			_, err := stock.Set(ctx, tx, have.Variants[n].ID, want.Stock.OnHand, why)
			return err
		}
		// What owes its buyers has to be filled up before it may be denied, and allowed before it may owe.
		steps := []func() error{set, configure}
		if want.Stock.Backorder || want.Stock.Untracked {
			slices.Reverse(steps)
		}
		for _, step := range steps {
			if err := step(); err != nil {
				return moved, err
			}
		}
	}
	return moved, nil
}

// dropTaken leaves out the variants whose SKU another product has, and reports them.
func (i *importer) dropTaken(ctx context.Context, p *parsed) error {
	var skus []string
	for _, v := range p.Variants {
		skus = append(skus, v.SKU)
	}
	owners, err := catalog.SKUOwners(ctx, i.db, skus)
	if err != nil {
		return err
	}
	var kept []catalog.NewVariant
	var lines []int
	for n, v := range p.Variants {
		if owner := owners[v.SKU]; v.SKU != "" && owner != "" && owner != p.Slug {
			i.report.note(Problem{p.lines[n], short(p.Slug), fmt.Sprintf("The variant was left out: the product %q has the SKU %q.", owner, short(v.SKU))})
			continue
		}
		kept, lines = append(kept, v), append(lines, p.lines[n])
	}
	p.Variants, p.lines = kept, lines
	return nil
}

// fileIsWrong tells whether an error is about what the file says rather than about the work itself.
func fileIsWrong(err error) bool {
	if _, invalid := errors.AsType[*fault.Invalid](err); invalid || errors.Is(err, fault.Conflict) || errors.Is(err, fault.NotFound) {
		return true
	}
	refused, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (strings.HasPrefix(refused.Code, "22") || strings.HasPrefix(refused.Code, "23"))
}

// reason is a fault in words.
func reason(err error) string {
	if invalid, ok := errors.AsType[*fault.Invalid](err); ok {
		for _, field := range slices.Sorted(maps.Keys(invalid.Fields)) {
			return invalid.Fields[field]
		}
	}
	if message := fault.Message(err); message != "" {
		return message
	}
	return "the database does not take it: " + err.Error()
}
