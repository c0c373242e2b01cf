// Package shopify reads product files as Shopify exports them (CSV, the current and the legacy header) into a shop's
// catalogue.
//
// A product is a row with a title, followed by rows with the same handle (or none) for its further variants and
// pictures. The file is read as a stream: one product is in memory at a time.
package shopify

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// ErrNotProducts is returned for a file that is no product file of Shopify at all.
var ErrNotProducts = errors.New("not a product file of Shopify")

// Problem is something in the file that could not be taken as it is.
type Problem struct {
	Line   int    // in the file, from 1; of the row, or of the product's first row
	Handle string // of the product, where it is known
	Reason string // what is wrong, for the person who made the file
}

// String is the problem in one line.
func (p Problem) String() string {
	if p.Handle == "" {
		return fmt.Sprintf("line %d: %s", p.Line, p.Reason)
	}
	return fmt.Sprintf("line %d (%s): %s", p.Line, p.Handle, p.Reason)
}

// Bounds of a file that makes sense. What is beyond them is a Problem.
const (
	maxRowBytes       = 8 << 20
	maxRowsPerProduct = 5000
)

// errRowTooLong ends a row whose quote is never closed, before it fills the memory.
var errRowTooLong = errors.New("row too long")

// reader reads a file product by product.
type reader struct {
	csv    *csv.Reader
	budget *budget
	places layout
	ahead  *row  // read, but of the next product
	rows   int64 // data rows read so far
	line   int   // where the last of them began
	report func(Problem)
	over   bool
}

// group are the rows of one product, or of a part of it.
type group struct {
	handle string
	rows   []row
}

// newReader reads the header. The error wraps ErrNotProducts, or is the source's own.
func newReader(source io.Reader, report func(Problem)) (*reader, error) {
	limited := &budget{source: source, left: maxRowBytes}
	buffered := bufio.NewReader(limited)
	start, err := buffered.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) && len(start) == 0 {
		return nil, fmt.Errorf("read the header: %w", err)
	}
	if bytes.HasPrefix(start, []byte{0xff, 0xfe}) || bytes.HasPrefix(start, []byte{0xfe, 0xff}) {
		return nil, fmt.Errorf("%w: it is UTF-16; save it as CSV in UTF-8", ErrNotProducts)
	}
	if bom := []byte("\ufeff"); bytes.HasPrefix(start, bom) {
		// Before the CSV reader sees it, for which a quote after it would be a stray one.
		if _, err := buffered.Discard(len(bom)); err != nil {
			return nil, fmt.Errorf("read the header: %w", err)
		}
		start = start[len(bom):]
	}
	r := &reader{csv: csv.NewReader(buffered), budget: limited, report: report}
	r.csv.Comma = separator(start)
	r.csv.FieldsPerRecord = -1
	r.csv.ReuseRecord = true
	names, err := r.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: it is empty", ErrNotProducts)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: its first line cannot be read: %w", ErrNotProducts, err)
	}
	r.line = 1
	r.places, err = readHeader(names)
	return r, err
}

// separator is what stands between the columns: spreadsheets in many countries write semicolons or tabs.
func separator(start []byte) rune {
	line, _, _ := bytes.Cut(start, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, other := range []rune{';', '\t'} {
		if n := bytes.Count(line, []byte(string(other))); n > most {
			best, most = other, n
		}
	}
	return best
}

// next is the next product's rows; io.EOF after the last, or the source's own error.
func (r *reader) next() (group, error) {
	var g group
	for {
		line, err := r.row()
		if errors.Is(err, io.EOF) && len(g.rows) > 0 {
			return g, nil
		}
		if err != nil {
			return group{}, err
		}
		switch {
		case len(g.rows) == 0:
			g = group{handle: line.get(handle), rows: []row{line}}
		case !g.has(line):
			r.ahead = &line
			return g, nil
		case len(g.rows) == maxRowsPerProduct:
			r.report(Problem{line.line, g.handle, fmt.Sprintf("A product may have at most %d rows.", maxRowsPerProduct)})
		default:
			g.rows = append(g.rows, line)
		}
	}
}

// has tells whether a row belongs to the product: it has the same handle, or none and no title of its own.
func (g group) has(r row) bool {
	if r.get(handle) == "" {
		return r.get(title) == ""
	}
	return r.get(handle) == g.handle
}

// row is the next row that can be read and says something. A row that cannot be read is reported and passed over.
func (r *reader) row() (row, error) {
	if r.ahead != nil {
		line := *r.ahead
		r.ahead = nil
		return line, nil
	}
	for !r.over {
		r.budget.left = maxRowBytes
		record, err := r.csv.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			r.rows++
			r.report(Problem{Line: broken.StartLine, Reason: brokenRow(broken)})
			continue
		}
		if errors.Is(err, errRowTooLong) {
			r.report(Problem{Line: r.line, Reason: "The row after this line is too long, most likely since a quote is not closed. Nothing after it was read."})
			break
		}
		if err != nil {
			return row{}, fmt.Errorf("read the file: %w", err)
		}
		r.rows++
		r.line, _ = r.csv.FieldPos(0)
		if found := r.places.row(r.line, utf8Fields(record)); !found.empty() {
			return found, nil
		}
	}
	r.over = true
	return row{}, io.EOF
}

// brokenRow says what is wrong with a row that is no CSV.
func brokenRow(err *csv.ParseError) string {
	if errors.Is(err.Err, csv.ErrQuote) {
		return "A quote is not closed, or text follows a closing quote. Write quotes inside a field twice."
	}
	if errors.Is(err.Err, csv.ErrBareQuote) {
		return "A quote stands inside a field that is not quoted. Quote the field and write the quote twice."
	}
	return "The row cannot be read: " + err.Err.Error() + "."
}

// utf8Fields reads what is not UTF-8 as Windows-1252, which spreadsheets write.
func utf8Fields(record []string) []string {
	for n, field := range record {
		if !utf8.ValidString(field) {
			if decoded, err := charmap.Windows1252.NewDecoder().String(field); err == nil {
				record[n] = decoded
			}
		}
		if strings.ContainsRune(record[n], 0) {
			record[n] = strings.ReplaceAll(record[n], "\x00", "")
		}
	}
	return record
}

// budget is a source that ends with errRowTooLong when a row takes more than its share.
type budget struct {
	source io.Reader
	left   int
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errRowTooLong
	}
	n, err := b.source.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
