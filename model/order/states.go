package order

// Status of an order.
const (
	Pending    = "pending"    // placed, not yet looked at or paid
	Confirmed  = "confirmed"  // accepted by the shop
	Processing = "processing" // being packed
	Shipped    = "shipped"
	Delivered  = "delivered"
	OnHold     = "on_hold"
	Cancelled  = "cancelled" // its stock went back
	Refunded   = "refunded"
	Returned   = "returned" // the goods came back
)

// Status of an order's payment.
const (
	PaymentUnpaid            = "unpaid"
	PaymentAuthorized        = "authorized"
	PaymentPaid              = "paid"
	PaymentPartiallyRefunded = "partially_refunded"
	PaymentRefunded          = "refunded"
	PaymentVoid              = "void"
)

// How far an order is sent.
const (
	Unfulfilled      = "unfulfilled"
	PartlyFulfilled  = "partial"
	Fulfilled        = "fulfilled"
	FulfilledAndBack = "returned"
)

// Step is a change of status that is allowed, and the permission that it takes.
type Step struct{ From, To, Permission string }

// steps is every change of status that is allowed. Advance holds to it, and pages make their buttons from it.
var steps = [...]Step{
	{Pending, Confirmed, "orders.confirm"},
	{Pending, OnHold, "orders.hold"},
	{Pending, Cancelled, "orders.cancel"},
	{Confirmed, Processing, "orders.fulfil"},
	{Confirmed, Shipped, "orders.fulfil"},
	{Confirmed, OnHold, "orders.hold"},
	{Confirmed, Cancelled, "orders.cancel"},
	{Processing, Shipped, "orders.fulfil"},
	{Processing, OnHold, "orders.hold"},
	{Processing, Cancelled, "orders.cancel"},
	{OnHold, Confirmed, "orders.hold"},
	{OnHold, Processing, "orders.hold"},
	{OnHold, Cancelled, "orders.cancel"},
	{Shipped, Delivered, "orders.fulfil"},
	{Shipped, Returned, "orders.return"},
	{Delivered, Returned, "orders.return"},
	{Delivered, Refunded, "orders.refund"},
	{Returned, Refunded, "orders.refund"},
	{Cancelled, Refunded, "orders.refund"},
}

// StepsFrom are the changes that an order in a status allows.
func StepsFrom(status string) []Step {
	var allowed []Step
	for _, step := range steps {
		if step.From == status {
			allowed = append(allowed, step)
		}
	}
	return allowed
}

// PermissionTo is the permission that a change of status takes; false where the change is not allowed.
func PermissionTo(from, to string) (permission string, allowed bool) {
	for _, step := range steps {
		if step.From == from && step.To == to {
			return step.Permission, true
		}
	}
	return "", false
}
