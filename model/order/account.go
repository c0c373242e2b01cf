package order

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"orion/model/cart"
	"orion/model/fault"
	"orion/model/tenant"
)

// PageSize is how many orders ForCustomer returns at most.
const PageSize = 20

// Page is a part of a customer's orders, latest first.
type Page struct {
	Orders []*Order // with their items, without their history
	Next   string   // where the next part begins, for ForCustomer; "" at the end
}

// after is the place behind an order in the list.
type after struct {
	placedAt time.Time
	id       int64
}

func (a after) String() string {
	return strconv.FormatInt(a.placedAt.UnixMicro(), 36) + "-" + strconv.FormatInt(a.id, 36)
}

func parseAfter(text string) (a after, ok bool) {
	at, id, _ := strings.Cut(text, "-")
	micros, err := strconv.ParseInt(at, 36, 64)
	if err != nil || micros < 0 || micros > time.Now().AddDate(1, 0, 0).UnixMicro() {
		return after{}, false
	}
	a.placedAt = time.UnixMicro(micros)
	a.id, err = strconv.ParseInt(id, 36, 64)
	return a, err == nil
}

// ForCustomer is a part of the orders of a customer: those that they placed signed in, and, once their e-mail address
// is verified, those that somebody placed as a guest with it. from is "" or the Next of the part before; anything else
// begins at the start. Two queries, whatever the number of orders.
func ForCustomer(ctx context.Context, db bun.IDB, customerID int64, verified bool, from string) (Page, error) {
	var page Page
	query := theirs(db.NewSelect().Model(&page.Orders), customerID, verified).Order("ord.placed_at DESC", "ord.id DESC").Limit(PageSize + 1)
	if last, ok := parseAfter(from); ok {
		query.Where("(ord.placed_at, ord.id) < (?, ?)", last.placedAt, last.id)
	}
	if err := query.Scan(ctx); err != nil {
		return Page{}, fmt.Errorf("list a customer's orders: %w", err)
	}
	if len(page.Orders) > PageSize {
		page.Orders = page.Orders[:PageSize]
		last := page.Orders[PageSize-1]
		page.Next = after{last.PlacedAt, last.ID}.String()
	}
	return page, readItems(ctx, db, page.Orders)
}

// OfCustomer is one of the orders that ForCustomer lists, with items and history; fault.NotFound for any other. Three
// queries.
func OfCustomer(ctx context.Context, db bun.IDB, customerID int64, verified bool, number int64) (*Order, error) {
	found, err := find(ctx, db, "ord.number = ? AND ord.customer_id = ? AND (ord.signed_in OR ?)", number, customerID, verified)
	if errors.Is(err, fault.NotFound) {
		return nil, fault.NotFound.With("There is no such order in your account.")
	}
	return found, err
}

// underway are the status of an order that has neither arrived nor ended otherwise.
var underway = [...]string{Pending, Confirmed, Processing, Shipped, OnHold}

// Underway tells whether the order has neither arrived nor ended otherwise.
func (o *Order) Underway() bool { return slices.Contains(underway[:], o.Status) }

// Underway is how many of a customer's orders have neither arrived nor ended otherwise. One query.
func Underway(ctx context.Context, db bun.IDB, customerID int64, verified bool) (int, error) {
	vendorID, err := tenant.Vendor(ctx)
	if err != nil {
		return 0, err
	}
	count, err := theirs(db.NewSelect().TableExpr("orders AS ord"), customerID, verified).Where("ord.vendor_id = ?", vendorID).
		Where("ord.status IN (?)", bun.List(underway[:])).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count a customer's orders under way: %w", err)
	}
	return int(count), nil
}

func theirs(query *bun.SelectQuery, customerID int64, verified bool) *bun.SelectQuery {
	query.Where("ord.customer_id = ?", customerID)
	if !verified {
		query.Where("ord.signed_in")
	}
	return query
}

// readItems reads the items of all orders at once.
func readItems(ctx context.Context, db bun.IDB, orders []*Order) error {
	if len(orders) == 0 {
		return nil
	}
	byID := make(map[int64]*Order, len(orders))
	ids := make([]int64, 0, len(orders))
	for _, o := range orders {
		byID[o.ID] = o
		ids = append(ids, o.ID)
	}
	var items []Item
	if err := db.NewSelect().Model(&items).Where("oi.order_id IN (?)", bun.List(ids)).Order("oi.id").Scan(ctx); err != nil {
		return fmt.Errorf("read the items of orders: %w", err)
	}
	for _, item := range items {
		o := byID[item.OrderID]
		o.Items = append(o.Items, item)
	}
	return nil
}

// Again is what became of an order that was put into the cart once more.
type Again struct {
	Token   uuid.UUID // of the cart
	Added   int       // pieces
	Missing []Missing
}

// Missing is an item that could not be put into the cart, or not all of it.
type Missing struct {
	Item   int // its place in the order's Items
	Title  string
	Wanted int
	Got    int  // pieces that were put in; 0 none
	Gone   bool // it is no longer sold
}

// BuyAgain puts what is still sold of an order into the cart of a token, as far as there is stock, at today's prices.
// All or nothing happens in one transaction; what was left out is told, not an error.
func BuyAgain(ctx context.Context, db bun.IDB, token uuid.UUID, o *Order) (Again, error) {
	var again Again
	err := db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		again = Again{Token: token}
		for place, item := range o.Items {
			if err := again.add(ctx, tx, place, item); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Again{}, fmt.Errorf("buy order %d again: %w", o.Number, err)
	}
	return again, nil
}

func (a *Again) add(ctx context.Context, tx bun.Tx, place int, item Item) error {
	missing := Missing{Item: place, Title: item.Title(), Wanted: item.Quantity}
	if item.VariantID == nil {
		missing.Gone = true
		a.Missing = append(a.Missing, missing)
		return nil
	}
	token, change, err := cart.Add(ctx, tx, a.Token, *item.VariantID, item.Quantity)
	if errors.Is(err, fault.NotFound) {
		missing.Gone = true
		a.Missing = append(a.Missing, missing)
		return nil
	}
	if err != nil {
		return err
	}
	a.Token = token
	before := change.Wanted - item.Quantity // what the line held already
	missing.Got = max(0, change.Got-before)
	a.Added += missing.Got
	if change.Limited() {
		a.Missing = append(a.Missing, missing)
	}
	return nil
}
