package commands

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"orion/demo/synthetic"
)

func (p Process) seedCommand() *cli.Command {
	return &cli.Command{
		Name:  "seed",
		Usage: "load a large synthetic platform, to measure with",
		Description: "Makes the shops shop-0001, shop-0002… with invented products, as many as asked for. Shops that exist already stay as\n" +
			"they are, so a load that was cut short goes on where it stopped.",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "vendors", Value: 1000, Usage: "how many shops", Validator: between(1, 9999)},
			&cli.IntFlag{Name: "products", Value: 1000, Usage: "how many products in each shop", Validator: between(1, 100_000)},
		},
		Before: before(noArguments),
		Action: p.seed,
	}
}

func between(least, most int) func(int) error {
	return func(value int) error {
		if value < least || value > most {
			return fmt.Errorf("%d is not between %d and %d", value, least, most)
		}
		return nil
	}
}

func (p Process) seed(ctx context.Context, cmd *cli.Command) (err error) {
	cfg, log, err := p.configured()
	if err != nil {
		return err
	}
	db, err := openDatabase(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	size := synthetic.Size{Vendors: cmd.Int("vendors"), Products: cmd.Int("products")}
	begun := time.Now()
	bar := p.progress(int64(size.Vendors), "shops")
	err = synthetic.Load(ctx, db.DB, size, func(done int) { _ = bar.Set(done) }) // A bar that cannot be drawn stops nothing.
	_ = bar.Finish()
	if err != nil {
		return fmt.Errorf("load the synthetic platform: %w", err)
	}
	_, err = fmt.Fprintf(p.Stdout, "%d shops with %d products each, in %s\n", size.Vendors, size.Products, time.Since(begun).Round(time.Second/10))
	return err
}
