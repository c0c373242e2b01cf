// Package money holds amounts as whole minor units of an ISO 4217 currency, and writes and reads them the way
// people do. Patterns, symbols and digits are those of the Unicode CLDR, by github.com/bojanz/currency.
package money

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/bojanz/currency"
)

// ErrNotAnAmount is what Parse answers for text that is no amount of money in its currency.
var ErrNotAnAmount = errors.New("not an amount of money")

// Amount is a sum of money. Minor counts the smallest unit of the currency: cents for EUR, yen for JPY, fils for KWD.
type Amount struct {
	Minor    int64
	Currency string // ISO 4217, upper case
}

// New is the amount of minor units of a currency.
func New(minor int64, currency string) Amount {
	return Amount{Minor: minor, Currency: currency}
}

// Digits is how many decimal places the currency has (EUR 2, JPY 0, KWD 3), or 2 for an unknown one.
func Digits(code string) int {
	if digits, known := currency.GetDigits(code); known {
		return int(digits)
	}
	return 2
}

// Valid tells whether code is a currency in use by ISO 4217.
func Valid(code string) bool {
	return currency.IsValid(code)
}

// Decimal is the number alone with a point and every decimal place, as structured data and CSV want it: "12.50".
func (a Amount) Decimal() string {
	digits := Digits(a.Currency)
	sign, minor := "", strconv.FormatInt(a.Minor, 10)
	if rest, negative := strings.CutPrefix(minor, "-"); negative {
		sign, minor = "-", rest
	}
	if digits == 0 {
		return sign + minor
	}
	if missing := digits + 1 - len(minor); missing > 0 {
		minor = strings.Repeat("0", missing) + minor
	}
	point := len(minor) - digits
	return sign + minor[:point] + "." + minor[point:]
}

// String is the amount for logs: "12.50 EUR". Pages use Format.
func (a Amount) String() string {
	return a.Decimal() + " " + a.Currency
}

// A plain decimal number, short enough to fit int64 once it is in minor units.
var decimal = regexp.MustCompile(`^-?[0-9]{1,14}(\.[0-9]{1,10})?$`)

// Parse reads a plain decimal number with a point, as in "12.5" or "12.50", as an amount of the currency.
// More decimal places than the currency has are an error unless they are zeros. Errors wrap ErrNotAnAmount.
func Parse(s, code string) (Amount, error) {
	s = strings.TrimSpace(s)
	if !decimal.MatchString(s) {
		return Amount{}, fmt.Errorf("read %.40q as %s: %w", s, code, ErrNotAnAmount)
	}
	whole, fraction, _ := strings.Cut(s, ".")
	fraction = strings.TrimRight(fraction, "0")
	digits := Digits(code)
	if len(fraction) > digits {
		return Amount{}, fmt.Errorf("read %.40q as %s: more than %d decimal places: %w", s, code, digits, ErrNotAnAmount)
	}
	minor, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", digits-len(fraction)), 10, 64)
	if err != nil {
		return Amount{}, fmt.Errorf("read %.40q as %s: %w", s, code, ErrNotAnAmount)
	}
	return Amount{Minor: minor, Currency: code}, nil
}
