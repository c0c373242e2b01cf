package views

// mailFixtures is a filled model for each of the page that shows what was mailed in development.
func mailFixtures() map[string]any {
	return map[string]any{}
}
