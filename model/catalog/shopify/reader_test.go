package shopify

import (
	"errors"
	"io"
	"strings"
	"testing"
)

// FuzzReader reads anything as a product file: it must end, keep its line numbers in order, and never panic.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		"", "\ufeff", "Title,Price\n", "Title,Price\nA,1\n,2\n", "Handle;Title;Variant Price\na;\"b\nc\";1,5\n",
		"Handle,Title,Variant Price\na,A,1\n\na,,2\nb,\"x", "Handle,Title,Variant Price,Option1 Name,Option1 Value\na,A,1,Size,S\na,,2,,M\r\na,,,,\n",
		"\"Title\",\"Price\"\n\"a\"\"b\",1e9\n\xff\xfe,-0\n", "Title\tPrice\tImage Src\nA\t1\t//x/y\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		lines := strings.Count(file, "\n") + 1
		report := func(p Problem) {
			if p.Line < 1 || p.Line > lines || p.Reason == "" {
				t.Errorf("problem %+v in a file of %d lines", p, lines)
			}
		}
		r, err := newReader(strings.NewReader(file), report)
		if err != nil {
			if !errors.Is(err, ErrNotProducts) {
				t.Fatalf("a string cannot fail to be read: %v", err)
			}
			return
		}
		last := 0
		for {
			g, err := r.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatalf("a string cannot fail to be read: %v", err)
			}
			for _, row := range g.rows {
				if row.line <= last {
					t.Fatalf("line %d after line %d", row.line, last)
				}
				last = row.line
			}
			product, fine := parse(g, "EUR", report)
			if fine && !product.partial && (product.Title == "" || len(product.Variants) == 0) {
				t.Fatalf("taken as fine: %+v", product)
			}
			for _, v := range product.Variants {
				if len(v.Options) != len(product.Options) || v.Price < 0 {
					t.Fatalf("variant %+v of options %+v", v, product.Options)
				}
			}
		}
	})
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		field, currency string
		want            int64
	}{
		{"149", "EUR", 14900}, {"59.9", "EUR", 5990}, {"1,234.50", "EUR", 123450}, {"1.234,50", "EUR", 123450}, {"12,50", "EUR", 1250},
		{"1,234", "EUR", 123400}, {"1'234.50", "CHF", 123450}, {"10.00", "JPY", 10}, {"1.234", "KWD", 1234}, {"0", "EUR", 0},
		{"", "EUR", -1}, {"ten", "EUR", -1}, {"-1", "EUR", -1}, {"1.005", "EUR", -1}, {"1e3", "EUR", -1}, {"99999999999999999999", "EUR", -1}, {"NaN", "EUR", -1},
	} {
		got, err := amount(tt.field, tt.currency)
		if err != nil {
			got = -1
		}
		if got != tt.want {
			t.Errorf("%q in %s is %d, want %d (%v)", tt.field, tt.currency, got, tt.want, err)
		}
	}
}
