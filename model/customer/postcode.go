package customer

import (
	"regexp"
	"strings"
)

// postcode says how a country writes its postcodes. Patterns are those of Google's address data
// (chromium-i18n.appspot.com/ssl-address, as used by libaddressinput), simplified where a typo would not be caught
// by the longer form either.
type postcode struct {
	pattern  *regexp.Regexp
	example  string
	optional bool
}

func like(example, pattern string) postcode {
	return postcode{pattern: regexp.MustCompile(`^(?:` + pattern + `)$`), example: example}
}

// digits is a postcode of that many digits.
func digits(example, count string) postcode { return like(example, `\d{`+count+`}`) }

var postcodes = map[string]postcode{
	"AT": digits("1010", "4"), "AU": digits("2060", "4"), "BE": digits("4000", "4"), "BG": digits("1000", "4"),
	"CH": digits("3030", "4"), "CN": digits("266033", "6"), "CY": digits("2008", "4"), "DE": digits("26133", "5"),
	"DK": digits("2100", "4"), "EE": digits("69501", "5"), "ES": digits("28039", "5"), "FI": digits("00550", "5"),
	"HR": digits("10000", "5"), "HU": digits("1037", "4"), "IN": digits("110034", "6"), "IS": digits("121", "3"),
	"IT": digits("00144", "5"), "KR": digits("03051", "5"), "LI": digits("9490", "4"), "MX": digits("02860", "5"),
	"MY": digits("50754", "5"), "NO": digits("0025", "4"), "NZ": digits("6001", "4"), "RO": digits("060274", "6"),
	"SG": digits("546080", "6"), "TH": digits("10150", "5"), "TR": digits("01960", "5"), "UA": digits("15432", "5"),
	"ZA": digits("0083", "4"),
	"BR": like("40301-110", `\d{5}-?\d{3}`),
	"CA": like("H3Z 2Y7", `[ABCEGHJKLMNPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d`),
	"CZ": like("100 00", `\d{3} ?\d{2}`),
	"FR": like("33380", `\d{2} ?\d{3}`),
	"GB": like("SW1A 1AA", `GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}`),
	"GR": like("151 24", `\d{3} ?\d{2}`),
	"IL": like("9614303", `\d{5}(\d{2})?`),
	"JP": like("154-0023", `\d{3}-?\d{4}`),
	"LT": like("04340", `(LT-)?\d{5}`),
	"LU": like("4750", `(L-)?\d{4}`),
	"LV": like("LV-1073", `(LV-)?\d{4}`),
	"MC": like("98000", `980\d{2}`),
	"MT": like("NXR 01", `[A-Z]{3} ?\d{2,4}`),
	"NL": like("1234 AB", `[1-9]\d{3} ?([A-RT-Z][A-Z]|S[BCE-RT-Z])`),
	"PL": like("00-950", `\d{2}-\d{3}`),
	"PT": like("2725-079", `\d{4}-\d{3}`),
	"SE": like("114 55", `\d{3} ?\d{2}`),
	"SI": like("4000", `(SI-)?\d{4}`),
	"SK": like("010 01", `\d{3} ?\d{2}`),
	"US": like("95014", `\d{5}(-\d{4})?`),
	"IE": {pattern: regexp.MustCompile(`^[A-Z\d]{3} ?[A-Z\d]{4}$`), example: "D02 AF30", optional: true}, // Eircode
}

// Elsewhere a postcode may be missing, and anything that could be one is taken.
var anyPostcode = postcode{pattern: regexp.MustCompile(`^[\p{L}\d][\p{L}\d -]{0,11}$`), optional: true}

func postcodeOf(country string) postcode {
	if known, ok := postcodes[country]; ok {
		return known
	}
	return anyPostcode
}

// tidyPostcode writes a postcode in capitals, and British and Canadian ones with their space.
func tidyPostcode(country, s string) string {
	s = strings.ToUpper(s)
	if country == "GB" || country == "CA" {
		if joined := strings.ReplaceAll(s, " ", ""); len(joined) > 3 {
			s = joined[:len(joined)-3] + " " + joined[len(joined)-3:]
		}
	}
	return s
}

// Where the post needs a region (state or province) to find a place, by the same source.
var regionNeeded = map[string]bool{"US": true, "CA": true, "AU": true, "BR": true, "CN": true, "IN": true, "MX": true}

// PostcodeNeeded tells whether an address in a country has to have a postcode.
func PostcodeNeeded(country string) bool { return !postcodeOf(country).optional }

// RegionNeeded tells whether an address in a country has to name a state, province or county.
func RegionNeeded(country string) bool { return regionNeeded[country] }
