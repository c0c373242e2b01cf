package views

// deskFixtures is a filled model for each of the pages of the dashboard and the admin.
func deskFixtures() map[string]any {
	return map[string]any{}
}
