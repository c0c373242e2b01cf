package shopify

import (
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"orion/model/money"
)

// yes reads a boolean; fallback where the field is empty or the file does not have it.
func yes(field string, fallback bool) bool {
	switch strings.ToLower(field) {
	case "":
		return fallback
	case "true", "yes", "y", "1", "continue":
		return true
	}
	return false
}

// amount reads a price as minor units: "149", "59.99", "1,234.50", "12,50".
func amount(field, currency string) (int64, error) {
	text := strings.NewReplacer(" ", "", "\u00a0", "", "'", "").Replace(field)
	comma, point := strings.LastIndex(text, ","), strings.LastIndex(text, ".")
	switch {
	case comma > point && point < 0 && len(text)-comma-1 == 3 && comma > 0:
		text = strings.ReplaceAll(text, ",", "") // 1,234
	case comma > point:
		text = strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", ".") // 12,50 or 1.234,50
	default:
		text = strings.ReplaceAll(text, ",", "") // 1,234.50
	}
	read, err := money.Parse(text, currency)
	if err != nil {
		return 0, fmt.Errorf("%q is not an amount in %s", short(field), currency)
	}
	if read.Minor < 0 {
		return 0, fmt.Errorf("%q is below zero", short(field))
	}
	return read.Minor, nil
}

// whole reads a number that may be written with decimals, such as a weight of 220.0; 0 for an empty field.
func whole(field string) (int, error) {
	if field == "" {
		return 0, nil
	}
	n, err := strconv.ParseFloat(strings.Replace(field, ",", ".", 1), 64)
	if err != nil || math.IsNaN(n) || math.Abs(n) > 1_000_000_000 {
		return 0, fmt.Errorf("%q is not a number", short(field))
	}
	return int(math.Round(n)), nil
}

// webAddress reads the address of a picture.
func webAddress(field string) (string, error) {
	if strings.HasPrefix(field, "//") {
		field = "https:" + field
	}
	address, err := url.Parse(field)
	if err != nil || (address.Scheme != "https" && address.Scheme != "http") || address.Host == "" || len(field) > 2048 {
		return "", fmt.Errorf("%q is not the address of a picture", short(field))
	}
	return field, nil
}

// short keeps a message readable whatever the field holds.
func short(field string) string {
	runes := []rune(strings.ToValidUTF8(field, ""))
	if len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return string(runes)
}
