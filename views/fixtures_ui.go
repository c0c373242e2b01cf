package views

// uiFixtures is a filled model for each of the partials that every audience shares.
func uiFixtures() map[string]any {
	shell := fixtureShell()
	return map[string]any{
		"partials/ui/breadcrumbs": []Link{{Name: "Home", URL: "/"}, {Name: "Coffee", URL: "/coffee", Current: true}},
		"partials/ui/choice": map[string]any{
			"Choice": fixtureChoices("shipping")[0], "Name": "shipping_method", "URL": "/checkout/summary",
		},
		"partials/ui/empty": map[string]any{
			"Icon": "store", "Title": "Nothing here", "Text": "Come back later.", "URL": "/", "Action": "Go home",
		},
		"partials/ui/error": fixtureError(shell),
		"partials/ui/field": fixtureFields()[1],
		"partials/ui/head":  shell,
		"partials/ui/meta":  shell,
		"partials/ui/notice": map[string]any{
			"Kind": "info", "Title": "Something changed", "Messages": []string{"One thing.", "Another."},
		},
		"partials/ui/picture":  map[string]any{"Picture": fixturePicture(), "Lazy": true, "Main": false, "Decorative": false},
		"partials/ui/price":    map[string]any{"Price": euros(1250), "CompareAt": eurosOrNone(1500), "From": true},
		"partials/ui/quantity": map[string]any{"ID": "q-1", "Label": "Quantity", "Value": 2, "Min": 0, "Max": 9},
		"partials/ui/toast":    *fixtureToast(),
		"partials/ui/toasts":   shell,
	}
}

// platformFixtures is a filled model for each of the platform's own pages.
func platformFixtures() map[string]any {
	shell := fixtureShell()
	return map[string]any{
		"views/platform/home": PlatformHome{Shell: shell, Shops: []PlatformShop{
			{Name: "Kaffa", Tagline: "Coffee, roasted slowly", URL: "https://kaffa.test/", Picture: fixturePicture()}, {Name: "Bloom", URL: "/vendor/bloom/shop"},
		}},
		"views/platform/error": fixtureError(shell),
	}
}

func fixtureError(shell Shell) ErrorPage {
	return ErrorPage{
		Shell: shell, Status: 404, Heading: "There is nothing here", Message: "It may have moved.", RequestID: "abc",
		Action: Link{Name: "Home", URL: "/"},
	}
}

// fixtureFields is one field of each type.
func fixtureFields() []Field {
	field := func(name, label, kind string) Field {
		return Field{
			ID: "f-" + name, Name: name, Label: label, Type: kind, Value: "Some value", Hint: "A hint", Autocomplete: "off",
			Required: true, MaxLength: 100, Width: "half", CheckURL: "/checkout/fields",
		}
	}
	email, country, note := field("email", "E-mail", "email"), field("country", "Country", "select"), field("note", "Note", "textarea")
	email.Error, email.InputMode = "This is not an e-mail address.", "email"
	country.Options = []Option{{Value: "DE", Label: "Germany", Selected: true}, {Value: "FR", Label: "France"}}
	return []Field{email, country, note}
}

func fixtureChoices(name string) []Choice {
	return []Choice{
		{ID: name + "-1", Value: "standard", Label: "Standard", Description: "2 to 4 days", Price: eurosOrNone(490), Selected: true},
		{ID: name + "-2", Value: "pickup", Label: "Pick up", Free: true},
	}
}
