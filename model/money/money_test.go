package money_test

import (
	"errors"
	"math/rand/v2"
	"sync"
	"testing"

	"orion/model/money"
)

// The wanted texts are those of CLDR, version 48, as Intl.NumberFormat of Node (ICU 78) writes them.
func TestFormatFollowsCLDR(t *testing.T) {
	t.Parallel()
	const nbsp, narrow = "\u00a0", "\u202f"
	for _, c := range []struct {
		locale string
		amount money.Amount
		want   string
	}{
		{"de", money.New(123450, "EUR"), "1.234,50" + nbsp + "€"},
		{"de-DE", money.New(-5, "EUR"), "-0,05" + nbsp + "€"},
		{"de-CH", money.New(123450, "CHF"), "CHF" + nbsp + "1'234.50"},
		{"fr", money.New(123450, "EUR"), "1" + narrow + "234,50" + nbsp + "€"},
		{"sv", money.New(123450, "SEK"), "1" + nbsp + "234,50" + nbsp + "kr"},
		{"sv", money.New(-150, "EUR"), "−1,50" + nbsp + "€"},
		{"sv_SE", money.New(990, "EUR"), "9,90" + nbsp + "€"},
		{"en-GB", money.New(123450, "GBP"), "£1,234.50"},
		{"en-GB", money.New(123450, "EUR"), "€1,234.50"},
		{"en-US", money.New(123450, "USD"), "$1,234.50"},
		{"en-US", money.New(-123450, "USD"), "-$1,234.50"},
		{"en", money.New(0, "EUR"), "€0.00"},
		{"ja", money.New(1234, "JPY"), "￥1,234"},
		{"en-US", money.New(1234, "JPY"), "¥1,234"},
		{"en", money.New(1234567, "KWD"), "KWD" + nbsp + "1,234.567"},
		{"hi", money.New(1234567890, "INR"), "₹1,23,45,678.90"},
		{"es", money.New(123450, "EUR"), "1234,50" + nbsp + "€"},
		{"xx-nowhere", money.New(100, "EUR"), "€1.00"},
		{"de", money.New(100, "???"), "1.00 ???"},
	} {
		if got := money.Format(c.amount, c.locale); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.amount, c.locale, got, c.want)
		}
	}
}

func TestDecimal(t *testing.T) {
	t.Parallel()
	for want, amount := range map[string]money.Amount{
		"12.50":                 money.New(1250, "EUR"),
		"0.05":                  money.New(5, "EUR"),
		"-0.05":                 money.New(-5, "EUR"),
		"0.00":                  money.New(0, "EUR"),
		"1250":                  money.New(1250, "JPY"),
		"1.250":                 money.New(1250, "KWD"),
		"-92233720368547758.08": money.New(-1<<63, "EUR"),
		"92233720368547758.07":  money.New(1<<63-1, "EUR"),
	} {
		if got := amount.Decimal(); got != want {
			t.Errorf("%d %s: %q, want %q", amount.Minor, amount.Currency, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, currency string
		want           int64
	}{
		{"12.50", "EUR", 1250}, {"12.5", "EUR", 1250}, {" 12 ", "EUR", 1200}, {"12.5000", "EUR", 1250},
		{"0.01", "EUR", 1}, {"-3.10", "EUR", -310}, {"1250", "JPY", 1250}, {"1250.00", "JPY", 1250}, {"1.25", "KWD", 1250},
	} {
		if got, err := money.Parse(c.text, c.currency); err != nil || got.Minor != c.want || got.Currency != c.currency {
			t.Errorf("%q %s: %v, %v", c.text, c.currency, got, err)
		}
	}
	for _, text := range []string{"", "abc", "1,5", "12.505", "1e9", "1e999999999", "NaN", "Infinity", "999999999999999999", "--1", "1.", ".5", "1\x00", "٣"} {
		if got, err := money.Parse(text, "EUR"); !errors.Is(err, money.ErrNotAnAmount) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestParseInLocale(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		locale, text string
		want         int64
	}{
		{"de", "12,50", 1250}, {"de", "1.234,50 €", 123450}, {"de", "1234,5", 123450}, {"fr", "12,50", 1250},
		{"en", "1,234.50", 123450}, {"en", "€3", 300}, {"sv", "9,90", 990},
	} {
		if got, err := money.In(c.locale).Parse(c.text, "EUR"); err != nil || got.Minor != c.want {
			t.Errorf("%q in %s: %v, %v", c.text, c.locale, got, err)
		}
	}
	for _, text := range []string{"", "abc", "1e999999", "12,505", "NaN"} {
		if got, err := money.In("de").Parse(text, "EUR"); !errors.Is(err, money.ErrNotAnAmount) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestWhatIsFormattedIsReadBack(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for _, locale := range []string{"de", "fr", "sv", "en-GB", "ja", "nl", "pl"} {
		formatter := money.In(locale)
		for _, code := range []string{"EUR", "JPY", "KWD", "SEK"} {
			for range 200 {
				want := money.New(random.Int64N(1e12), code)
				text := formatter.Format(want)
				if got, err := formatter.Parse(text, code); err != nil || got != want {
					t.Fatalf("%q in %s: %v, %v, want %v", text, locale, got, err, want)
				}
				if got, err := money.Parse(want.Decimal(), code); err != nil || got != want {
					t.Fatalf("%q: %v, %v", want.Decimal(), got, err)
				}
			}
		}
	}
}

func TestOneFormatterForManyGoroutines(t *testing.T) {
	t.Parallel()
	formatter := money.In("de")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 200 {
				if got := formatter.Format(money.New(990, "EUR")); got != "9,90\u00a0€" {
					t.Errorf("%q", got)
				}
			}
		})
	}
	group.Wait()
}

func BenchmarkFormat(b *testing.B) {
	for b.Loop() {
		money.Format(money.New(123450, "EUR"), "de")
	}
}
