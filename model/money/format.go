package money

import (
	"fmt"
	"strings"

	"github.com/bojanz/currency"
)

// Formatter writes and reads amounts in the way of one locale. It may be used by many goroutines at once.
type Formatter struct {
	cldr *currency.Formatter
}

// In is the formatter of a locale such as "de", "en-GB" or "sv_SE". An unknown locale is English.
func In(locale string) Formatter {
	return Formatter{cldr: currency.NewFormatter(currency.NewLocale(locale))}
}

// Format writes an amount in the way of a locale: "12,50 €" in "de", "€12.50" in "en". The spaces are
// non-breaking where CLDR has them so. Who formats many amounts keeps the Formatter of In.
func Format(a Amount, locale string) string {
	return In(locale).Format(a)
}

// Format writes an amount with its currency. A currency that is unknown stands as its code.
func (f Formatter) Format(a Amount) string {
	amount, err := currency.NewAmountFromInt64(a.Minor, a.Currency)
	if err != nil {
		return a.String()
	}
	return f.cldr.Format(amount)
}

// Parse reads what a person typed, such as "1.234,50 €" in "de", as an amount of the currency. A plain number
// with a point is read as well where the locale does not group by points. Errors wrap ErrNotAnAmount.
func (f Formatter) Parse(s, code string) (Amount, error) {
	if len(s) > 40 {
		return Amount{}, fmt.Errorf("read %.40q as %s: %w", s, code, ErrNotAnAmount)
	}
	amount, err := f.cldr.Parse(strings.TrimSpace(s), code)
	if err != nil {
		return Amount{}, fmt.Errorf("read %.40q as %s: %w", s, code, ErrNotAnAmount)
	}
	return Parse(amount.Number(), code)
}
