package views

// mailFixtures is a filled model for each of the pages that show what was mailed in development.
func mailFixtures() map[string]any {
	shell := fixtureShell()
	return map[string]any{
		"views/platform/dev_mail": DevMail{Shell: shell, Letters: []DevMailRow{
			{To: "Ada <ada@x.test>", From: "Kaffa <no-reply@orion.test>", Subject: "Choose a new password for Kaffa", At: "14:05:06", URL: "/dev/mail/2"},
			{To: "bob@x.test", From: "Orion <no-reply@orion.test>", Subject: "You are invited", At: "14:05:05", URL: "/dev/mail/1"},
		}},
		"views/platform/dev_letter": DevLetter{
			Shell: shell, Subject: "Choose a new password for Kaffa",
			Headers: []DevMailHeader{{"To", "Ada <ada@x.test>"}, {"From", "Kaffa <no-reply@orion.test>"}},
			Text: []DevMailSpan{
				{Text: "Choose a new password:\n"}, {Text: "https://kaffa.test/account/reset/abc", URL: "https://kaffa.test/account/reset/abc"},
			},
			FrameURL: "/dev/mail/2/body", BackURL: "/dev/mail",
		},
	}
}
