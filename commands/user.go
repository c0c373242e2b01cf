package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/uptrace/bun"
	"github.com/urfave/cli/v3"

	"orion/config"
	"orion/model/access"
	"orion/model/account"
	"orion/model/fault"
	"orion/model/letter"
)

func (p Process) userCommand() *cli.Command {
	add := &cli.Command{
		Name:      "add",
		Usage:     "make a user, or give one more roles, and print a link to choose a password",
		ArgsUsage: "EMAIL",
		Description: "For the first administrator of an installation, and whenever nobody can sign in to invite somebody. The link works once,\n" +
			"for an hour; run the command again for another one.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "name", Usage: "the person's name"},
			&cli.StringFlag{Name: "platform-role", Usage: "super_admin, admin or support: runs the platform"},
			&cli.StringFlag{Name: "shop", Usage: "the slug of a shop whose team the person joins"},
			&cli.StringFlag{Name: "role", Value: access.Owner, Usage: "in that team: owner, manager, staff or viewer"},
		},
		Action: p.addUser,
	}
	add.OnUsageError = usageError
	return &cli.Command{Name: "user", Usage: "look after the people who run the platform and its shops", Commands: []*cli.Command{add}}
}

func (p Process) addUser(ctx context.Context, cmd *cli.Command) (err error) {
	email := cmd.Args().First()
	if email == "" || cmd.Args().Len() > 1 {
		return errors.New("say one e-mail address: orion user add EMAIL (see `orion user add --help`)")
	}
	recruit := access.Recruit{Email: email, Name: cmd.String("name"), PlatformRole: cmd.String("platform-role"), Shop: cmd.String("shop")}
	if recruit.Shop != "" {
		recruit.Role = cmd.String("role")
	}
	if recruit.PlatformRole == "" && recruit.Shop == "" {
		return errors.New("say what the person may do: --platform-role, or --shop and --role")
	}
	cfg, log, err := p.configured()
	if err != nil {
		return err
	}
	db, err := openDatabase(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	accounts, err := newAccounts(cfg, db, noLetters)
	if err != nil {
		return err
	}
	id, err := access.Enlist(ctx, db.Platform, recruit)
	if err != nil {
		return explain(err)
	}
	realm, path := account.Realm{Kind: account.Admin}, "/admin"
	if recruit.PlatformRole == "" {
		realm.Kind, path = account.Vendor, "/vendor/"+recruit.Shop
	}
	token, _, expires, err := accounts.IssueMailed(ctx, realm, account.PurposeReset, id)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.Stdout, "%s can choose a password until %s, once, here:\n%s%s/account/reset/%s\n",
		email, expires.Format("15:04 MST"), platformAddress(cfg), path, token)
	return err
}

// noLetters is for commands that tell on the terminal what there is to tell.
func noLetters(context.Context, bun.Tx, letter.Letter) error { return nil }

// platformAddress is where the platform is served, as far as the configuration tells.
func platformAddress(cfg *config.Config) string {
	if cfg.Production() {
		return "https://" + cfg.PlatformHost
	}
	return "http://" + cfg.PlatformHost + ":" + strconv.Itoa(cfg.Port)
}

// explain writes an error about what was typed as a sentence.
func explain(err error) error {
	if wrong, ok := errors.AsType[*fault.Invalid](err); ok {
		for name, message := range wrong.Fields {
			return fmt.Errorf("%s: %s", name, message)
		}
	}
	if message := fault.Message(err); message != "" {
		return errors.New(message)
	}
	return err
}
