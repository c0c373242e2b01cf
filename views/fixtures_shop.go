package views

// shopFixtures is a filled model for each of the storefront's pages and partials.
func shopFixtures() map[string]any {
	shell := fixtureShell()
	listing, product, cart, checkout, order := fixtureListing(shell), fixtureProduct(shell), fixtureCart(shell), fixtureCheckout(shell), fixtureOrder(shell)
	cards := fixtureCards()
	return map[string]any{
		"views/shop/home": Home{
			Shell: shell, Hero: Hero{Heading: "Good coffee", Text: "Every day", Picture: fixturePicture(), Action: Link{Name: "Shop", URL: "/products"}},
			Categories: fixtureTiles(), Featured: cards, Newest: cards, Story: "<p>We roast.</p>",
		},
		"views/shop/listing":  listing,
		"views/shop/product":  product,
		"views/shop/cart":     cart,
		"views/shop/checkout": checkout,
		"views/shop/order":    order,
		"views/shop/track": Track{
			Shell: shell, Number: Field{ID: "number", Name: "number", Label: "Order number", Type: "text", Value: "K-1001"},
			Email: fixtureFields()[0], Message: "We found no such order.",
		},
		"views/shop/text": TextPage{
			Shell: shell, Heading: "About us", Body: "<p>We roast.</p>",
			Sections: []TextSection{{Heading: "Delivery", Rows: [][2]string{{"Standard", "4.90"}, {"Express", "9.90"}}}},
		},
		"views/shop/error":  fixtureError(shell),
		"views/shop/closed": fixtureError(shell),

		"partials/shop/card_row": map[string]any{
			"ID": "row", "Heading": "Popular", "Cards": cards, "URL": "/products", "Action": "See all",
		},
		"partials/shop/cart_badge":        Visitor{Links: shell.Links, CartCount: 3},
		"partials/shop/cart_drawer":       cart,
		"partials/shop/cart_lines":        cart,
		"partials/shop/category_tile":     fixtureTiles()[0],
		"partials/shop/checkout_form":     checkout,
		"partials/shop/checkout_shipping": checkout,
		"partials/shop/checkout_summary":  checkout.Summary,
		"partials/shop/filters":           listing.Filters,
		"partials/shop/footer":            shell,
		"partials/shop/header":            shell,
		"partials/shop/listing":           listing,
		"partials/shop/menu":              shell,
		"partials/shop/order_timeline":    order,
		"partials/shop/product_card":      cards[0],
		"partials/shop/product_gallery":   product.Gallery,
		"partials/shop/product_picker":    product.Picker,
		"partials/shop/results_more":      listing.Results,
		"partials/shop/search":            shell,
		"partials/shop/social":            shell,
		"partials/shop/suggestions": Suggestions{
			Query: "Coffee", Products: cards, Categories: []Link{{Name: "Coffee", URL: "/coffee"}}, AllURL: "/search?q=coffee", Links: shell.Links,
		},
		"partials/shop/totals": checkout.Summary,
	}
}

func fixtureTiles() []CategoryTile {
	return []CategoryTile{
		{Name: "Coffee", URL: "/coffee", Description: "Beans and ground", Count: 12, Picture: fixturePicture()}, {Name: "Tea", URL: "/tea"},
	}
}

// fixtureCards is a card for each state of stock.
func fixtureCards() []Card {
	card := func(id int64, stock, badge string) Card {
		return Card{
			ID: id, URL: "/products/a", Title: "House blend", Subtitle: "Chocolate and nuts", Brand: "Kaffa", Price: euros(1250), From: true,
			CompareAt: eurosOrNone(1500), Picture: fixturePicture(), SecondPicture: fixturePicture(),
			Swatches: []Swatch{{Name: "Red", Color: "#ff0000"}}, Stock: stock, Badge: badge, QuickAdd: id * 10, Lazy: id > 2,
		}
	}
	return []Card{
		card(1, "in", "card.new"), card(2, "low", "card.low"), card(3, "out", "card.sold_out"), card(4, "backorder", "card.sale"),
	}
}

func fixtureListing(shell Shell) Listing {
	cards := fixtureCards()
	return Listing{
		Shell: shell, Heading: "Coffee", Intro: "All of it", Picture: fixturePicture(),
		Breadcrumbs: []Link{{Name: "Home", URL: "/"}, {Name: "Coffee", URL: "/coffee", Current: true}},
		Children:    fixtureTiles(), IsSearch: true, Query: "Cofee", DidYouMean: &Link{Name: "Coffee", URL: "/search?q=coffee"}, URL: "/coffee",
		Filters: Filters{
			Action: "/coffee", Hidden: []HiddenField{{Name: "q", Value: "Cofee"}},
			Facets: []Facet{{Name: "Colour", Field: "option.colour", Values: []FacetValue{
				{Value: "Red", Color: "#ff0000", Count: 3, Selected: true, ID: "facet-1"}, {Value: "Blue", ID: "facet-2"},
			}}},
			Price:   PriceFilter{Min: "5", Max: "20", Floor: euros(500), Ceiling: euros(5000), Shown: true},
			InStock: true, InStockCount: 8, Sort: "newest",
			Sorts:  []SortOption{{Value: "newest", Label: "sort.newest", Selected: true}, {Value: "price", Label: "sort.price_up"}},
			Active: []ActiveFilter{{Label: "Red", Remove: "/coffee"}}, Reset: "/coffee", Total: 12,
		},
		Results: Results{
			Cards: cards, Total: 1200, Shown: 24, Page: 1, MoreURL: "/coffee?page=2", MoreOnly: "/coffee?page=2", ResetURL: "/coffee", Query: "Cofee",
		},
		Suggestions: cards[:2],
	}
}

func fixtureProduct(shell Shell) Product {
	gallery := Gallery{Title: "House blend", Current: fixturePicture(), Pictures: []GalleryPicture{
		{Picture: *fixturePicture(), Current: true, Href: "/products/a?picture=1"}, {Picture: *fixturePicture(), Href: "/products/a?picture=2"},
	}}
	values := func(option string) []PickerValue {
		return []PickerValue{
			{Value: "Red", Color: "#ff0000", URL: "/products/a?variant=1", ID: option + "-1", Selected: true, Exists: true, Available: true},
			{Value: "Blue", Color: "#0000ff", URL: "/products/a?variant=2", ID: option + "-2", Exists: true},
			{Value: "Green", URL: "/products/a", ID: option + "-3"},
		}
	}
	return Product{
		Shell: shell, ID: 1, ProductTitle: "House blend", Subtitle: "Chocolate and nuts", Brand: "Kaffa", URL: "/products/a", Details: "<p>Good.</p>",
		Breadcrumbs: []Link{{Name: "Coffee", URL: "/coffee"}, {Name: "House blend", URL: "/products/a", Current: true}},
		Gallery:     gallery, Related: fixtureCards(), ShippingNote: "Free from 40 €.",
		Picker: Picker{
			ProductURL: "/products/a", VariantID: 1, VariantTitle: "Red / Large", VariantURL: "/products/a?variant=1", SKU: "HB-1",
			Price: euros(1250), CompareAt: eurosOrNone(1500), TaxNote: "price.tax_included",
			Options: []PickerOption{
				{Name: "Colour", Field: "option.colour", Swatches: true, Values: values("colour")}, {Name: "Size", Field: "option.size", Values: values("size")},
			},
			Stock: "low", StockLeft: 3, MaxQuantity: 3, Quantity: 1, Message: "Only 3 are left.", Links: shell.Links, Gallery: gallery,
		},
	}
}

func fixtureLines() []CartLine {
	line := func(id int64, message string, gone bool) CartLine {
		return CartLine{
			VariantID: id, URL: "/products/a?variant=1", Title: "House blend", Options: "Red / Large", SKU: "HB-1", Picture: fixturePicture(),
			UnitPrice: euros(1250), CompareAt: eurosOrNone(1500), Quantity: 2, MaxQuantity: 5, Total: euros(2500), Message: message, Gone: gone,
			UpdateURL: "/cart/items/1", RemoveURL: "/cart/items/1/removal",
		}
	}
	return []CartLine{line(1, "", false), line(2, "Only 3 left: we changed the quantity.", false), line(3, "This is sold out.", true)}
}

func fixtureCart(shell Shell) Cart {
	shell.AtCart = true
	return Cart{
		Shell: shell, Lines: fixtureLines(), Count: 6, Subtotal: euros(7500), TaxNote: "price.tax_included",
		FreeFrom: &FreeShipping{Remaining: euros(500), Percent: 80}, Changes: []string{"The price of House blend changed."},
		CheckoutURL: "/checkout", Blocked: true, Suggestions: fixtureCards(), Open: true,
	}
}

func fixtureSummary() Summary {
	return Summary{
		Lines: fixtureLines(), Subtotal: euros(7500), Shipping: eurosOrNone(490), ShippingName: "Standard",
		TaxLines: []TaxLine{{Rate: "19 %", Amount: euros(1276)}}, TaxIncluded: true, Total: euros(7990), Seen: "7990", SummaryURL: "/checkout/summary",
	}
}

func fixtureCheckout(shell Shell) Checkout {
	shell.Plain = true
	contact, address := fixtureFields(), fixtureFields()
	billing := []Field{{ID: "b-name", Name: "billing_name", Label: "Name", Type: "text"}}
	for i := range address {
		address[i].ID, address[i].Name = "a-"+address[i].Name, "address_"+address[i].Name
	}
	return Checkout{
		Shell: shell, Action: "/checkout", FieldsURL: "/checkout/fields", CartKey: "key", Contact: contact[:1], Address: address[:2], Billing: billing,
		Note: contact[2], Shipping: fixtureChoices("shipping"), ShippingError: "Choose one.", Payment: fixtureChoices("payment"),
		PaymentError: "Choose one.", Summary: fixtureSummary(), Changes: []string{"The price changed."},
		Errors: []FieldError{{ID: "f-email", Message: "This is not an e-mail address."}}, Account: fixtureCheckoutAccount(),
	}
}

func fixtureOrder(shell Shell) Order {
	return Order{
		Shell: shell, Number: "K-1001", JustPlaced: true, Status: "status.placed", Email: "ann@example.test", PlacedAt: "23 November 2026, 15:04",
		Timeline: []TimelineStep{
			{Label: "status.placed", At: "23 November", State: "done"}, {Label: "status.paid", State: "current"},
			{Label: "status.shipped", State: "todo"}, {Label: "status.cancelled", State: "stopped"},
		},
		History: []TimelineEvent{{Label: "status.placed", At: "23 November", Note: "By the buyer"}},
		Lines:   fixtureLines(), Summary: fixtureSummary(), Address: []string{"Ann Example", "Street 1", "Berlin"}, Billing: []string{"Example Ltd"},
		ShippingName: "Standard", PaymentName: "Bank transfer", Instructions: "Pay to\nDE00", Note: "Ring twice", TrackURL: "/orders/K-1001?key=x",
		RegisterURL: "/account/registration?email=ann%40example.test",
	}
}
