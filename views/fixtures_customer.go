package views

// customerFixtures is a filled model for each of the pages of a customer's account.
func customerFixtures() map[string]any {
	frame := func(section string) AccountFrame {
		return AccountFrame{Shell: fixtureShell(), Section: section, Email: "ada@example.test"}
	}
	const verify = "/account/verification"
	field := fixtureFields()[0]
	list := fixtureAccountOrders()
	checkout := fixtureCheckoutAccount()
	address := AddressRow{
		Label: "Home", Lines: []string{"Ada Example", "Street 1", "10115 Berlin", "Germany"}, ForShipping: true,
		EditURL: "/account/addresses/1", RemoveURL: "/account/addresses/1/removal",
	}
	form := AddressForm{
		Heading: "New address", Action: "/account/addresses", BackURL: "/account/addresses", Label: fixtureFields()[2], Fields: fixtureFields()[:2],
		ForShipping: true, ForBilling: true, Message: "Your address book is full.",
	}
	profile := ProfileForm{Action: "/account/profile", Name: field, Phone: fixtureFields()[2], Email: "ada@example.test", VerifyURL: verify}
	password := Field{ID: "password", Name: "password", Label: "Your password", Type: "password", Required: true, Error: "This is not your password."}
	deletion := DeletionForm{Action: "/account/deletion", CancelURL: "/account/data", Underway: 2, Password: password}
	order := fixtureOrder(fixtureShell())
	return map[string]any{
		"views/shop/account_orders": AccountOrders{
			AccountFrame: frame("orders"), Greeting: "Hello Ada", VerifyURL: verify, List: list,
		},
		"views/shop/account_order": AccountOrder{
			AccountFrame: frame("orders"), Order: order, ReorderURL: "/account/orders/1/reorder", BackURL: "/account",
			Again: []string{"We put 3 items into your cart.", "House blend is no longer sold."},
		},
		"views/shop/account_addresses": AccountAddresses{
			AccountFrame: frame("addresses"), Addresses: []AddressRow{address, {Lines: address.Lines, ForBilling: true, EditURL: "/2", RemoveURL: "/2/removal"}},
			NewURL: "/account/addresses/new",
		},
		"views/shop/account_address":  AccountAddress{AccountFrame: frame("addresses"), Form: form},
		"views/shop/account_profile":  AccountProfile{AccountFrame: frame("profile"), Form: profile},
		"views/shop/account_data":     AccountData{AccountFrame: frame("data"), DownloadURL: "/account/data/download", DeletionURL: "/account/deletion"},
		"views/shop/account_deletion": AccountDeletion{AccountFrame: frame("data"), Form: deletion},

		"partials/shop/account_nav":           frame("orders"),
		"partials/shop/account_order_list":    list,
		"partials/shop/account_address_name":  address,
		"partials/shop/account_address_form":  form,
		"partials/shop/account_profile_form":  profile,
		"partials/shop/account_deletion_form": deletion,
		"partials/shop/checkout_account":      checkout,
		"partials/shop/checkout_addresses":    checkout,
		"partials/shop/order_body":            order,
	}
}

func fixtureAccountOrders() AccountOrderList {
	row := AccountOrderRow{
		Number: "K-1001", URL: "/account/orders/1001", PlacedAt: "23 November 2026, 15:04", Status: "order.status.shipped", Open: true,
		Total: euros(7990), Count: 3, Pictures: []*Picture{fixturePicture(), fixturePicture()}, More: 2, ReorderURL: "/account/orders/1001/reorder",
	}
	return AccountOrderList{Rows: []AccountOrderRow{row, row}, MoreURL: "/account?from=1"}
}

func fixtureCheckoutAccount() CheckoutAccount {
	return CheckoutAccount{
		SignInURL: "/account/sign-in?next=%2Fcheckout", Email: "ada@example.test", CanSave: true, Save: true,
		Saved: []SavedChoice{{Label: "Home", Description: "Street 1, Berlin", URL: "/checkout?address=1", Current: true}},
	}
}
