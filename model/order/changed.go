package order

import (
	"strconv"
	"strings"

	"orion/model/cart"
	"orion/model/money"
	"orion/model/stock"
)

// Changed says that what the buyer saw is not what stands now. Nothing was done; show the checkout again, with these
// differences.
type Changed struct {
	Differences []Message
}

// Error counts the differences.
func (c *Changed) Error() string {
	return "the order changed since the buyer looked: " + strconv.Itoa(len(c.Differences)) + " differences"
}

// Seen is what the buyer saw and agrees to: it goes into the form, and Place compares it with what stands then. It
// protects the buyer, not the shop: a forged one only skips a message.
type Seen struct {
	Total int64
	Lines []SeenLine
}

// SeenLine is a line that the buyer saw.
type SeenLine struct {
	VariantID, UnitPrice int64
	Quantity             int
}

// See is what a buyer sees who is shown a cart and its quote.
func See(view *cart.View, quote Quote) Seen {
	seen := Seen{Total: quote.Total}
	for _, line := range view.Lines {
		seen.Lines = append(seen.Lines, SeenLine{VariantID: line.VariantID, UnitPrice: line.UnitPrice, Quantity: line.Quantity})
	}
	return seen
}

// String is the form field's value, which ParseSeen reads: "2870,12x2:1190".
func (s Seen) String() string {
	var text strings.Builder
	text.WriteString(strconv.FormatInt(s.Total, 10))
	for _, line := range s.Lines {
		text.WriteString("," + strconv.FormatInt(line.VariantID, 10) + "x" + strconv.Itoa(line.Quantity) + ":" + strconv.FormatInt(line.UnitPrice, 10))
	}
	return text.String()
}

// ParseSeen reads what String wrote. Anything else is nil, with which Place compares nothing.
func ParseSeen(text string) *Seen {
	head, rest, _ := strings.Cut(text, ",")
	total, err := strconv.ParseInt(head, 10, 64)
	if err != nil {
		return nil
	}
	seen := &Seen{Total: total}
	for part := range strings.SplitSeq(rest, ",") {
		if line, ok := parseSeenLine(part); ok {
			seen.Lines = append(seen.Lines, line)
		}
	}
	return seen
}

func parseSeenLine(text string) (line SeenLine, ok bool) {
	id, rest, _ := strings.Cut(text, "x")
	quantity, price, _ := strings.Cut(rest, ":")
	var errs [3]error
	line.VariantID, errs[0] = strconv.ParseInt(id, 10, 64)
	line.Quantity, errs[1] = strconv.Atoi(quantity)
	line.UnitPrice, errs[2] = strconv.ParseInt(price, 10, 64)
	return line, errs == [3]error{}
}

// differences between what the buyer saw (nil: not known) and what stands now.
func differences(seen *Seen, view *cart.View, quote Quote) []Message {
	var found []Message
	add := func(key string, args ...any) { found = append(found, Message{Key: "changed." + key, Args: args}) }
	before := map[int64]SeenLine{}
	if seen != nil {
		for _, line := range seen.Lines {
			before[line.VariantID] = line
		}
	}
	for _, line := range view.Lines {
		title := titleOf(line)
		was, known := before[line.VariantID]
		delete(before, line.VariantID)
		switch {
		case line.Problem == cart.OnlyLeft:
			add("only_left", "title", title, "left", line.MaxQuantity)
		case line.Problem != cart.NoProblem:
			add(string(line.Problem), "title", title)
		case seen == nil || seen.Lines == nil:
		case !known:
			add("added", "title", title)
		case was.UnitPrice != line.UnitPrice:
			add("price", "title", title, "was", money.New(was.UnitPrice, quote.Currency), "now", money.New(line.UnitPrice, quote.Currency))
		case was.Quantity != line.Quantity:
			add("quantity", "title", title, "was", was.Quantity, "now", line.Quantity)
		}
	}
	if len(before) > 0 {
		add("removed", "n", len(before))
	}
	if seen != nil && len(found) == 0 && seen.Total != quote.Total {
		add("total", "was", money.New(seen.Total, quote.Currency), "now", quote.Amount())
	}
	return found
}

// shortages says in the buyer's words what stock.Take could not take.
func shortages(short []stock.Shortage, view *cart.View) []Message {
	titles := map[int64]string{}
	for _, line := range view.Lines {
		titles[line.VariantID] = titleOf(line)
	}
	var found []Message
	for _, s := range short {
		title := titles[s.VariantID]
		if s.Available == 0 {
			found = append(found, Message{Key: "changed.sold_out", Args: []any{"title", title}})
		} else {
			found = append(found, Message{Key: "changed.only_left", Args: []any{"title", title, "left", s.Available}})
		}
	}
	return found
}

func titleOf(line cart.Line) string {
	if line.VariantTitle == "" {
		return line.ProductTitle
	}
	return line.ProductTitle + ", " + line.VariantTitle
}
