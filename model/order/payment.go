package order

import (
	"strings"

	"orion/model/money"
	"orion/model/vendor"
)

// Payment is what a provider is asked to collect for an order.
type Payment struct {
	Reference string       // the order's number as the buyer knows it, "K-1042"
	Amount    money.Amount // the order's total
	Locale    string       // BCP 47, of what is shown to the buyer
	Method    vendor.PaymentMethod
}

// Instructions say how the buyer pays.
type Instructions struct {
	Status    string // of the payment: PaymentUnpaid, or what the provider has reached already
	Text      string // the shop's words, shown after the order
	Reference string // what the buyer has to name when paying; "" nothing
}

// PaymentProvider collects payments. Its methods run inside the transaction that places the order, so they reach no
// other system: who has to asks it after the commit.
type PaymentProvider interface {
	// Begin says how the payment of an order that is being placed goes on.
	Begin(Payment) Instructions
}

// PaymentProviders are the providers by the code of the payment method that they serve.
type PaymentProviders map[string]PaymentProvider

// The codes of the manual payment methods.
const (
	BankTransferCode   = "bank_transfer"
	CashOnDeliveryCode = "cash_on_delivery"
)

// ManualPayments are the providers that need nobody else: bank transfer and cash on delivery.
func ManualPayments() PaymentProviders {
	return PaymentProviders{BankTransferCode: BankTransfer{}, CashOnDeliveryCode: CashOnDelivery{}}
}

// BankTransfer asks the buyer to transfer the total with the order's number as the reference.
type BankTransfer struct{}

// Begin shows the shop's instructions with {reference} and {total} filled in.
func (BankTransfer) Begin(p Payment) Instructions {
	return Instructions{Status: PaymentUnpaid, Text: fill(p), Reference: p.Reference}
}

// CashOnDelivery has the buyer pay when the parcel comes.
type CashOnDelivery struct{}

// Begin shows the shop's instructions with {reference} and {total} filled in.
func (CashOnDelivery) Begin(p Payment) Instructions {
	return Instructions{Status: PaymentUnpaid, Text: fill(p)}
}

func fill(p Payment) string {
	return strings.NewReplacer(
		"{reference}", p.Reference, "{total}", money.Format(p.Amount, p.Locale),
	).Replace(p.Method.Instructions)
}

// Offered are the shop's payment methods that have a provider, in the shop's order: the ones a buyer can choose.
func (p PaymentProviders) Offered(settings vendor.Settings) []vendor.PaymentMethod {
	var offered []vendor.PaymentMethod
	for _, method := range settings.PaymentMethods {
		if p[method.Code] != nil {
			offered = append(offered, method)
		}
	}
	return offered
}

// method finds one of the offered payment methods by its code.
func (p PaymentProviders) method(settings vendor.Settings, code string) (vendor.PaymentMethod, bool) {
	for _, method := range p.Offered(settings) {
		if method.Code == code {
			return method, true
		}
	}
	return vendor.PaymentMethod{}, false
}
