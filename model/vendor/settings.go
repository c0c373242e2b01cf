package vendor

import (
	"time"

	"github.com/uptrace/bun"

	"orion/model/tenant"
)

// Settings is how a vendor sells.
type Settings struct {
	bun.BaseModel `bun:"table:vendor_settings,alias:vs"`
	tenant.Owned

	Currency         string           `bun:"currency,nullzero,default:'EUR'"`  // ISO 4217
	Locale           string           `bun:"locale,nullzero,default:'en'"`     // BCP 47
	TimeZone         string           `bun:"time_zone,nullzero,default:'UTC'"` // IANA name
	Country          string           `bun:"country,nullzero,default:'DE'"`    // ISO 3166-1, two letters
	Email            string           `bun:"email"`
	Phone            string           `bun:"phone"`
	Address          string           `bun:"address"` // lines as on an envelope
	Tagline          string           `bun:"tagline"`
	About            string           `bun:"about"`
	OrderPrefix      string           `bun:"order_prefix"` // before the order's number, at most 8 characters
	PricesIncludeTax bool             `bun:"prices_include_tax"`
	TaxRates         []TaxRate        `bun:"tax_rates,type:jsonb,nullzero,default:'[]'"`
	ShippingMethods  []ShippingMethod `bun:"shipping_methods,type:jsonb,nullzero,default:'[]'"`
	PaymentMethods   []PaymentMethod  `bun:"payment_methods,type:jsonb,nullzero,default:'[]'"`
	Metadata         map[string]any   `bun:"metadata,type:jsonb,nullzero,default:'{}'"`
	Version          int              `bun:"version,nullzero,default:1"`
	UpdatedAt        time.Time        `bun:"updated_at,nullzero,default:now()"`
}

// TaxRate is the tax on sales to one country.
type TaxRate struct {
	Country string `json:"country"` // ISO 3166-1, two letters
	RateBP  int    `json:"rate_bp"` // basis points: 1900 is 19%
}

// ShippingMethod is one way to send an order. Amounts are minor units of the vendor's currency.
type ShippingMethod struct {
	Code        string   `json:"code"`
	Name        string   `json:"name"`
	Countries   []string `json:"countries"` // where it goes to; empty: everywhere
	Price       int64    `json:"price"`
	FreeFrom    int64    `json:"free_from"` // goods of this worth or more go free; 0: never
	Description string   `json:"description"`
}

// PaymentMethod is one way to pay. Code names the payment provider.
type PaymentMethod struct {
	Code         string `json:"code"`
	Name         string `json:"name"`
	Instructions string `json:"instructions"` // shown after the order, such as the bank account
}

// TaxRateFor is the rate in basis points for sales to a country (ISO 3166-1, two letters); 0 where the vendor
// charges none.
func (s Settings) TaxRateFor(country string) int {
	for _, rate := range s.TaxRates {
		if rate.Country == country {
			return rate.RateBP
		}
	}
	return 0
}

// defaultSettings are the column defaults of vendor_settings, for a vendor that has saved none yet.
func defaultSettings() Settings {
	return Settings{Currency: "EUR", Locale: "en", TimeZone: "UTC", Country: "DE", PricesIncludeTax: true, Version: 1}
}
