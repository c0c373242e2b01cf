package commands

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"text/tabwriter"

	"orion/config"
	"orion/model/tenant"
	"orion/model/vendor"
)

// shopsPrinted is how many shops the start prints.
const shopsPrinted = 5

// printAddresses says where what is served can be seen.
func (p Process) printAddresses(ctx context.Context, cfg *config.Config, addr net.Addr, db *database, directory *vendor.Directory) error {
	ctx = tenant.AsPlatform(ctx)
	shops, err := vendor.Open(ctx, db.Platform, 0, shopsPrinted)
	if err != nil {
		return err
	}
	port := ""
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.Port != 80 {
		port = ":" + strconv.Itoa(tcp.Port)
	}
	out := tabwriter.NewWriter(p.Stdout, 0, 0, 3, ' ', 0)
	fmt.Fprintf(out, "Orion %s\n\n", version())
	fmt.Fprintf(out, "  Platform\thttp://%s%s/\n", cfg.PlatformHost, port)
	for _, shop := range shops {
		fmt.Fprintf(out, "  %s\thttp://%s.%s%s/\thttp://%s%s/vendor/%s/shop", shop.Name, shop.Slug, cfg.PlatformHost, port, cfg.PlatformHost, port, shop.Slug)
		if known, err := directory.BySlug(ctx, shop.Slug); err == nil && known.PrimaryDomain != "" {
			fmt.Fprintf(out, "\thttp://%s%s/ (where %s leads here)", known.PrimaryDomain, port, known.PrimaryDomain)
		}
		fmt.Fprintln(out)
	}
	printAccounts(out, cfg, port)
	fmt.Fprintln(out, "\nStop with Ctrl-C.")
	return out.Flush()
}
