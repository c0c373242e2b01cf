package commands

import (
	"fmt"
	"io"

	"orion/config"
	"orion/demo"
	"orion/views"
)

// demoAccounts tells whether the demo accounts are there to be shown: never in production.
func demoAccounts(cfg *config.Config) bool { return cfg.Seed && !cfg.Production() }

// demoSignIns are the demo accounts that can sign in where a request arrived, for the sign-in page.
func demoSignIns(cfg *config.Config) func(site *views.Site) []views.DemoAccount {
	if !demoAccounts(cfg) {
		return nil
	}
	return func(site *views.Site) []views.DemoAccount {
		var found []views.DemoAccount
		for _, a := range demo.Accounts() {
			if signsInAt(a, site) {
				found = append(found, views.DemoAccount{Email: a.Email, Role: a.Role})
			}
		}
		return found
	}
}

func signsInAt(a demo.Account, site *views.Site) bool {
	switch site.Audience {
	case views.AudienceAdmin:
		return a.Role == demo.RoleAdmin
	case views.AudienceShop:
		return a.Role == demo.RoleCustomer && a.Shop == site.Shop.Slug
	case views.AudienceVendor:
		return a.Role != demo.RoleAdmin && a.Role != demo.RoleCustomer && a.Shop == site.Shop.Slug
	}
	return false
}

// printAccounts lists the demo accounts with where each signs in.
func printAccounts(out io.Writer, cfg *config.Config, port string) {
	if !demoAccounts(cfg) {
		return
	}
	fmt.Fprintf(out, "\n  Demo accounts\tall with the password %s\n", demo.Password)
	platform := "http://" + cfg.PlatformHost + port
	for _, a := range demo.Accounts() {
		address := platform + "/vendor/" + a.Shop
		switch a.Role {
		case demo.RoleAdmin:
			address = platform + "/admin"
		case demo.RoleCustomer:
			address += "/shop/account"
		}
		fmt.Fprintf(out, "  %s\t%s\t%s\n", a.Email, a.Role, address)
	}
	fmt.Fprintf(out, "  Mail\t%s/dev/mail shows what was sent\n", platform)
}
