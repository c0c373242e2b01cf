package shop

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"orion/model/fault"
	"orion/model/order"
	"orion/views"
)

// AccountOrders shows the customer's orders, latest first. Three queries.
func (h *Handlers) AccountOrders(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	found, err := order.ForCustomer(c.UserContext(), h.shopDB(), r.customer.ID, r.verified(), c.Query("from"))
	if err != nil {
		return err
	}
	frame, err := h.accountFrame(r, h.text(r.request, "customer.orders.title"), "orders")
	if err != nil {
		return err
	}
	page := views.AccountOrders{AccountFrame: frame, VerifyURL: r.verifyURL()}
	if name := firstName(r.customer.Name); name != "" {
		page.Greeting = h.text(r.request, "customer.orders.hello", "name", name)
	}
	for _, o := range found.Orders {
		page.List.Rows = append(page.List.Rows, r.orderRow(o))
	}
	if found.Next != "" {
		page.List.MoreURL = withQuery(r.links.Account(), url.Values{"from": {found.Next}}.Encode())
	}
	return h.views.Page(c, fiber.StatusOK, "shop/account_orders", page)
}

// mostPictures is how many pictures stand beside an order in the list.
const mostPictures = 4

func (r room) orderRow(o *order.Order) views.AccountOrderRow {
	number := strconv.FormatInt(o.Number, 10)
	row := views.AccountOrderRow{
		Number: o.Label(), URL: r.links.Account("orders", number), PlacedAt: r.site.Moment(o.PlacedAt), Status: "order.status." + o.Status,
		Open: o.Underway(), Total: o.Amount(o.Total), ReorderURL: r.links.Account("orders", number, "reorder"),
	}
	for _, line := range r.orderLines(o) {
		row.Count += line.Quantity
		if line.Picture != nil && len(row.Pictures) < mostPictures {
			row.Pictures = append(row.Pictures, line.Picture)
		} else {
			row.More++
		}
	}
	return row
}

// AccountOrder shows one of the customer's orders with its way.
func (h *Handlers) AccountOrder(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	found, err := h.theirOrder(r)
	if err != nil {
		return err
	}
	frame, err := h.accountFrame(r, h.text(r.request, "order.title", "number", found.Label()), "orders")
	if err != nil {
		return err
	}
	page := views.AccountOrder{
		AccountFrame: frame, Order: h.orderView(r.request, found), BackURL: r.links.Account(),
		ReorderURL: r.links.Account("orders", strconv.FormatInt(found.Number, 10), "reorder"),
	}
	page.Order.Shell = frame.Shell
	if again, ok := readAgain(c.Query("again"), found); ok {
		page.Again = h.again(r.request, again)
	}
	return h.views.Page(c, fiber.StatusOK, "shop/account_order", page)
}

// theirOrder is the order that the address names. Three queries.
func (h *Handlers) theirOrder(r room) (*order.Order, error) {
	number, err := strconv.ParseInt(r.c.Params("number"), 10, 64)
	if err != nil {
		return nil, fault.NotFound
	}
	return order.OfCustomer(r.c.UserContext(), h.shopDB(), r.customer.ID, r.verified(), number)
}

// Reorder puts what is still sold of an order into the cart. It answers with the cart, or, where something is missing
// and there is no JavaScript, with the order and what became of it.
func (h *Handlers) Reorder(c *fiber.Ctx) error {
	r, err := roomOf(c)
	if err != nil {
		return err
	}
	found, err := h.theirOrder(r)
	if err != nil {
		return err
	}
	before := h.cartToken(c)
	again, err := order.BuyAgain(c.UserContext(), h.shopDB(), before, found)
	if err != nil {
		return err
	}
	if again.Token != before {
		if again.Token, err = h.begin(c, again.Token); err != nil {
			return err
		}
	}
	if len(again.Missing) == 0 {
		return h.answerCart(c, again.Token, note{}) // the cart says it all
	}
	if views.WantsFragment(c) {
		text := strings.Join(h.again(r.request, again), " ")
		return h.answerCart(c, again.Token, note{toast: &views.Toast{Kind: "info", Text: text}})
	}
	address := r.links.Account("orders", strconv.FormatInt(found.Number, 10))
	return c.Redirect(withQuery(address, url.Values{"again": {writeAgain(again)}}.Encode()), fiber.StatusSeeOther)
}

// again says what became of buying an order again, in sentences.
func (h *Handlers) again(r request, a order.Again) []string {
	said := []string{h.text(r, "customer.again.none")}
	if a.Added > 0 {
		said[0] = h.text(r, "customer.again.added", "n", a.Added)
	}
	for _, missing := range a.Missing {
		key := "customer.again.sold_out"
		switch {
		case missing.Gone:
			key = "customer.again.gone"
		case missing.Got > 0:
			key = "customer.again.fewer"
		}
		said = append(said, h.text(r, key, "title", missing.Title, "got", missing.Got, "wanted", missing.Wanted))
	}
	return said
}

// writeAgain writes what became of buying again for the address of the order: the pieces, then for each item that is
// missing its place in the order and how many there were, g where it is gone. "3,0g,2x1". Names come from the order.
func writeAgain(a order.Again) string {
	parts := []string{strconv.Itoa(a.Added)}
	for _, missing := range a.Missing {
		part := strconv.Itoa(missing.Item) + "x" + strconv.Itoa(missing.Got)
		if missing.Gone {
			part = strconv.Itoa(missing.Item) + "g"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ",")
}

func readAgain(text string, o *order.Order) (a order.Again, ok bool) {
	head, rest, _ := strings.Cut(text, ",")
	added, err := strconv.Atoi(head)
	if err != nil || added < 0 {
		return order.Again{}, false
	}
	a.Added = added
	for part := range strings.SplitSeq(rest, ",") {
		place, got, counted := strings.Cut(strings.TrimSuffix(part, "g"), "x")
		at, err := strconv.Atoi(place)
		if err != nil || at < 0 || at >= len(o.Items) || len(a.Missing) >= len(o.Items) {
			continue
		}
		a.Missing = append(a.Missing, order.Missing{
			Item: at, Title: o.Items[at].Title(), Wanted: o.Items[at].Quantity, Got: quantityIn(got), Gone: !counted,
		})
	}
	return a, true
}
