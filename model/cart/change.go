package cart

// Reason says why somebody got another quantity than they asked for.
type Reason string

// The reasons. Each is also the end of a message key, "cart.change." + reason, with {wanted} and {got}.
const (
	AsWanted Reason = ""         // they got what they asked for
	Stock    Reason = "stock"    // there are not more
	SoldOut  Reason = "sold_out" // there is none
	Most     Reason = "most"     // nobody may put more than catalog.MostPerLine into one line
	Full     Reason = "full"     // the cart holds MaxLines lines already
)

// Change tells what became of a line's quantity. Got is what the line holds now; 0: it is not in the cart, or none
// of it can be bought.
type Change struct {
	Wanted, Got int
	Reason      Reason
}

// Limited tells whether the line holds less than was asked for.
func (c Change) Limited() bool { return c.Reason != AsWanted }

// changed compares the wanted quantity with what the line got, of which at most most may be bought.
func changed(wanted, got, most, mostPerLine int) Change {
	change := Change{Wanted: wanted, Got: got}
	switch {
	case most == 0:
		change.Got, change.Reason = 0, SoldOut
	case got >= wanted:
	case most >= mostPerLine:
		change.Reason = Most
	default:
		change.Reason = Stock
	}
	return change
}
