package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/urfave/cli/v3"

	"orion/config"
	"orion/model/catalog/shopify"
	"orion/model/fault"
	"orion/model/tenant"
	"orion/model/vendor"
)

func (p Process) importCommand() *cli.Command {
	return &cli.Command{
		Name:     "import",
		Usage:    "import data into a shop",
		Commands: []*cli.Command{p.importProductsCommand()},
		Action:   noSubcommand,
	}
}

// noSubcommand says which commands there are.
func noSubcommand(_ context.Context, cmd *cli.Command) error {
	var names []string
	for _, command := range cmd.VisibleCommands() {
		names = append(names, command.Name)
	}
	return fmt.Errorf("say what to do: %s (see `%s --help`)", strings.Join(names, ", "), cmd.FullName())
}

func (p Process) importProductsCommand() *cli.Command {
	return &cli.Command{
		Name:      "products",
		Usage:     "import products from a file",
		ArgsUsage: "FILE.csv",
		Description: "Reads a product export of Shopify, of today's columns or the older ones. Each product that is right is stored; what is wrong is\n" +
			"named by line and reason, and then the exit status is 1. The same file once more changes nothing. FILE.csv may be - for standard input.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "vendor", Required: true, Usage: "the shop's `SLUG`"},
			&cli.StringFlag{Name: "format", Value: "shopify", Usage: "the file's format: shopify", Validator: knownFormat},
		},
		OnUsageError: usageError,
		Before:       before(oneFile),
		Action:       p.importProducts,
	}
}

func knownFormat(name string) error {
	if name != "shopify" {
		return fmt.Errorf("there is no format %q; there is: shopify", name)
	}
	return nil
}

func oneFile(_ context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() != 1 {
		return fmt.Errorf("%s takes one file, not %d (see `%s --help`)", cmd.FullName(), cmd.Args().Len(), cmd.FullName())
	}
	return nil
}

func (p Process) importProducts(ctx context.Context, cmd *cli.Command) (err error) {
	cfg, log, err := p.configured()
	if err != nil {
		return err
	}
	file, err := openFile(cmd.Args().First())
	if err != nil {
		return err
	}
	defer file.Close()
	report, err := p.importFile(ctx, cfg, log, cmd.String("vendor"), file)
	if report.Rows > 0 || err == nil {
		fmt.Fprintf(p.Stdout, "%d rows: %d products created, %d updated, %d unchanged, %d left out\n",
			report.Rows, report.Created, report.Updated, report.Unchanged, report.Failed)
	}
	for _, problem := range report.Problems {
		fmt.Fprintln(p.Stderr, problem)
	}
	if more := report.Problematic - len(report.Problems); more > 0 {
		fmt.Fprintf(p.Stderr, "and %d more\n", more)
	}
	if err == nil && report.Failed > 0 {
		err = fmt.Errorf("%d products were left out; mend the file and import it again", report.Failed)
	}
	return err
}

// openFile opens a file to read, or standard input for "-".
func openFile(name string) (*os.File, error) {
	if name == "-" {
		return os.Stdin, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open the file: %w", err)
	}
	return file, nil
}

// importFile imports into the shop with the slug and shows how far it is.
func (p Process) importFile(ctx context.Context, cfg *config.Config, log *slog.Logger, slug string, file *os.File) (report shopify.Report, err error) {
	db, err := openDatabase(ctx, cfg, log)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	shop, err := findShop(ctx, db, slug)
	if err != nil {
		return report, err
	}
	bar := p.progress(sizeOf(file), "importing", progressbar.OptionShowBytes(true))
	defer func() { _ = bar.Finish() }() // A bar that cannot be drawn stops nothing.
	source := io.TeeReader(file, bar)
	return shopify.Import(tenant.With(ctx, shop.ID), db.Shop, source, shopify.Options{Currency: shop.Settings.Currency})
}

// sizeOf is the length of a file in bytes, -1 where it has none, like a pipe.
func sizeOf(file *os.File) int64 {
	if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
		return info.Size()
	}
	return -1
}

// findShop is the shop with the slug, whatever its status.
func findShop(ctx context.Context, db *database, slug string) (*vendor.Shop, error) {
	directory, err := vendor.NewDirectory(db.Platform, 1)
	if err != nil {
		return nil, err
	}
	shop, err := directory.BySlug(tenant.AsPlatform(ctx), slug)
	if errors.Is(err, fault.NotFound) {
		return nil, fmt.Errorf("there is no shop %q: --vendor takes the shop's slug, such as kaffa", slug)
	}
	return shop, err
}
