package catalog

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"orion/model/money"
)

// Sort is the order of a list.
type Sort string

// The orders a buyer may choose. Relevance is for searches.
const (
	SortPosition  Sort = "position" // the merchant's own
	SortNewest    Sort = "newest"
	SortPriceAsc  Sort = "price_asc"
	SortPriceDesc Sort = "price_desc"
	SortTitle     Sort = "title"
	SortRelevance Sort = "relevance"
)

// Bounds of a filter. What is beyond them is cut off or ignored, never an error: a list's address may be typed,
// shared or made up, and a list is always the better answer.
const (
	DefaultPageSize = 24
	maxPageSize     = 100
	maxPage         = 1000
	maxThrough      = 20 // pages shown at once
	maxQuery        = 100
	maxOptions      = 8
	maxValues       = 20
	maxOptionText   = 80
)

// OptionPrefix leads the names of the query parameters that filter by option: option.Size=S.
const OptionPrefix = "option."

// Filter says which products a list shows, and in which order.
type Filter struct {
	CategorySlug string              // "" all categories; a category includes those below it
	Query        string              // a search; "" none
	Options      map[string][]string // option name to values: any of the values, all of the options, in one variant
	PriceMin     int64               // minor units; 0 no limit
	PriceMax     int64
	InStock      bool // only what can be bought
	Sort         Sort // "" is the default: relevance in a search, else position
	Page         int  // from 1
	PageSize     int  // 0 is DefaultPageSize
	Through      bool // show pages 1 to Page rather than only Page: what a reload after "load more" needs
	Currency     string
}

// ParseFilter reads a list's query parameters: q, sort, page, price_min, price_max (whole units of the currency, as
// typed: 12.50), in_stock=1 and option.NAME=VALUE, each option as often as wanted. It never fails: unknown and
// broken parameters are ignored, excessive ones cut.
func ParseFilter(values url.Values, currency string) Filter {
	f := Filter{
		Query:    clean(values.Get("q"), maxQuery),
		PriceMin: parsePrice(values.Get("price_min"), currency),
		PriceMax: parsePrice(values.Get("price_max"), currency),
		InStock:  values.Get("in_stock") == "1",
		Sort:     Sort(values.Get("sort")),
		Currency: currency,
	}
	f.Page, _ = strconv.Atoi(values.Get("page"))
	for key, chosen := range values {
		if name, found := strings.CutPrefix(key, OptionPrefix); found {
			if f.Options == nil {
				f.Options = map[string][]string{}
			}
			f.Options[name] = chosen
		}
	}
	return f.normal()
}

// normal is the filter within its bounds: what two equal lists have in common.
func (f Filter) normal() Filter {
	f.Query = clean(f.Query, maxQuery)
	f.Page = min(max(f.Page, 1), maxPage)
	if f.PageSize < 1 {
		f.PageSize = DefaultPageSize
	}
	f.PageSize = min(f.PageSize, maxPageSize)
	f.PriceMin, f.PriceMax = max(f.PriceMin, 0), max(f.PriceMax, 0)
	if f.PriceMax > 0 && f.PriceMin > f.PriceMax {
		f.PriceMin, f.PriceMax = f.PriceMax, f.PriceMin
	}
	if !f.Sort.known() || (f.Sort == SortRelevance && f.Query == "") {
		f.Sort = f.defaultSort()
	}
	f.Options = boundOptions(f.Options)
	return f
}

func (s Sort) known() bool {
	switch s {
	case SortPosition, SortNewest, SortPriceAsc, SortPriceDesc, SortTitle, SortRelevance:
		return true
	}
	return false
}

func (f Filter) defaultSort() Sort {
	if f.Query != "" {
		return SortRelevance
	}
	return SortPosition
}

// boundOptions keeps the first few options and values in alphabetical order, so that the same choice is always the same.
func boundOptions(options map[string][]string) map[string][]string {
	kept := map[string][]string{}
	for _, name := range sortedKeys(options) {
		if len(kept) == maxOptions {
			break
		}
		cleanName := clean(name, maxOptionText)
		var values []string
		for _, value := range options[name] {
			if value = clean(value, maxOptionText); value != "" {
				values = append(values, value)
			}
		}
		slices.Sort(values)
		values = slices.Compact(values)
		if cleanName != "" && len(values) > 0 {
			kept[cleanName] = values[:min(len(values), maxValues)]
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// Narrowed tells whether anything but the category and the search limits the list.
func (f Filter) Narrowed() bool {
	return len(f.Options) > 0 || f.PriceMin > 0 || f.PriceMax > 0 || f.InStock
}

// Canonical is the filter as a query string, the same for equal filters: sorted, without defaults, bounded. The
// category is not in it, it is in the path. "" is the plain list. It is safe as part of a cache key.
func (f Filter) Canonical() string {
	f = f.normal()
	values := url.Values{}
	set := func(key, value string, wanted bool) {
		if wanted {
			values.Set(key, value)
		}
	}
	set("q", f.Query, f.Query != "")
	set("sort", string(f.Sort), f.Sort != f.defaultSort())
	set("page", strconv.Itoa(f.Page), f.Page > 1)
	set("in_stock", "1", f.InStock)
	set("price_min", f.decimal(f.PriceMin), f.PriceMin > 0)
	set("price_max", f.decimal(f.PriceMax), f.PriceMax > 0)
	for name, chosen := range f.Options {
		values[OptionPrefix+name] = chosen
	}
	return values.Encode()
}

// decimal writes a price as ParseFilter reads it.
func (f Filter) decimal(minor int64) string {
	return strings.TrimSuffix(money.New(minor, f.Currency).Decimal(), ".00")
}

func parsePrice(s, currency string) int64 {
	amount, err := money.Parse(strings.Replace(s, ",", ".", 1), currency)
	if err != nil {
		return 0
	}
	return max(amount.Minor, 0)
}

// clean makes text that came from outside fit for the database and for people: valid UTF-8, no control
// characters, single spaces, at most most bytes.
func clean(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= most {
		return s
	}
	s = s[:most]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return strings.TrimSpace(s)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
