// Package shop answers a shop's customers. Each handler binds the input, asks or tells the model, maps the answer
// to a view model and answers with a page or a fragment of it; rules of the business are in the model.
package shop

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/maypok86/otter/v2"
	"github.com/uptrace/bun"

	"orion/handlers/bind"
	"orion/handlers/sign"
	"orion/model/account"
	"orion/model/letter"
	"orion/model/order"
	"orion/postgres"
	"orion/views"
)

// Handlers are the storefront's. Make them with New.
type Handlers struct {
	db    *postgres.DB
	views *views.Renderer
	sign  *sign.Signer
	bind  *bind.Binder

	// Accounts knows who is signed in; nil knows nobody. Enqueue takes a letter into a transaction; nil sends none.
	Accounts *account.Authority
	Enqueue  func(ctx context.Context, tx bun.Tx, l letter.Letter) error

	payments  order.PaymentProviders
	countries *otter.Cache[string, []order.Country] // all of them, by locale
}

// maxLocales bounds for how many languages the countries' names are kept; one takes about 8 KB.
const maxLocales = 200

// New makes the storefront's handlers.
func New(db *postgres.DB, renderer *views.Renderer, signer *sign.Signer) *Handlers {
	return &Handlers{
		db: db, views: renderer, sign: signer, bind: bind.New(), payments: order.ManualPayments(),
		countries: otter.Must(&otter.Options[string, []order.Country]{MaximumSize: maxLocales}),
	}
}

// shopDB is the database as the shop of the request sees it.
func (h *Handlers) shopDB() *bun.DB { return h.db.Shop }

// request is what every screen needs to know of its request.
type request struct {
	site  *views.Site
	links views.Links
	now   time.Time
}

func requestOf(c *fiber.Ctx) request {
	site := views.SiteFrom(c)
	return request{site: site, links: site.Links(), now: time.Now()}
}

// currency is the shop's.
func (r request) currency() string { return r.site.Shop.Settings.Currency }

// price is an amount in the shop's currency.
func (r request) price(minor int64) views.Price {
	return views.Price{Minor: minor, Currency: r.currency()}
}

// text is a message in the shop's language. args are pairs of a placeholder's name and its value.
func (h *Handlers) text(r request, key string, args ...any) string {
	return h.views.Text(r.site.Shop.Settings.Locale, key, args...)
}

// bindForm reads the request's form into a T.
func bindForm[T any](h *Handlers, c *fiber.Ctx) (T, error) { return bind.Form[T](h.bind, c) }

// target is the id of the element that HTMX is about to swap, without its tag; "" where it is not told.
func target(c *fiber.Ctx) string {
	target := c.Get("HX-Target")
	if at := strings.LastIndexByte(target, '#'); at >= 0 {
		target = target[at+1:]
	}
	return target
}
