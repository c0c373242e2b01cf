package views

// customerFixtures is a filled model for each of the pages of a customer's account.
func customerFixtures() map[string]any {
	return map[string]any{}
}
