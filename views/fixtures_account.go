package views

import "html/template"

// accountFixtures is a filled model for each of the pages with which every audience signs in and looks after an account.
func accountFixtures() map[string]any {
	shell := fixtureShell()
	pages := map[string]any{
		"sign_in": SignIn{
			Shell: shell, Heading: "Sign in", Action: "/account/sign-in", ResetURL: "/account/reset", RegisterURL: "/account/registration",
			Next: "/checkout", Email: accountField("email", "E-mail address", "email"), Password: accountField("password", "Password", "password"),
			Message: "The address and the password do not belong together.", Notice: "You are signed out.",
			Demo: []DemoAccount{{Email: "ada@example.test", Role: "customer"}, {Email: "owner@kaffa.test", Role: "owner"}},
		},
		"registration": Registration{
			Shell: shell, Action: "/account/registration", SignInURL: "/account/sign-in", Next: "/checkout", Message: "Something is wrong.",
			Name: accountField("name", "Your name", "text"), Email: accountField("email", "E-mail address", "email"),
			Password: accountField("password", "Password", "password"),
		},
		"second_factor": SecondFactor{
			Shell: shell, Action: "/account/second-factor", Next: "/checkout", Code: accountField("code", "Code", "text"),
			Message: "This code does not work.", SignInURL: "/account/sign-in",
		},
		"ask_reset": AskReset{
			Shell: shell, Action: "/account/reset", SignInURL: "/account/sign-in", Email: accountField("email", "E-mail address", "email"), Sent: true,
		},
		"reset_password": ResetPassword{
			Shell: shell, Action: "/account/reset/abc", Email: "ada@example.test", Password: accountField("next", "New password", "password"),
			Expired: true, AskURL: "/account/reset",
		},
		"verification": Verification{
			Shell: shell, Action: "/account/verification/abc", Email: "ada@example.test", Done: true, Expired: true, ContinueURL: "/account",
		},
		"security":       fixtureSecurity(shell),
		"enrolment":      fixtureEnrolment(shell),
		"recovery_codes": RecoveryCodes{Shell: shell, Codes: []string{"abcd-efgh", "ijkl-mnop"}, ContinueURL: "/account/security"},
		"invitation": InvitationPage{
			Shell: shell, Action: "/invitations/abc", VendorName: "Kaffa", Inviter: "Kaspar Owner", Role: "Manager", Email: "mila@kaffa.test",
			Name: accountField("name", "Your name", "text"), Password: accountField("password", "Password", "password"), SignInURL: "/sign-in",
		},
	}
	all := map[string]any{
		"partials/account/refusal":    "The address and the password do not belong together.",
		"partials/shop/account_link":  Visitor{Links: shell.Links, SignedIn: true},
		"partials/shop/account_sheet": shell,
	}
	for name, model := range pages {
		all["views/account/"+name], all["partials/account/"+name] = model, model
	}
	return all
}

func fixtureSecurity(shell Shell) Security {
	remove, codes := accountField("password", "Password", "password"), accountField("password", "Password", "password")
	remove.ID, codes.ID = "account-remove-password", "account-codes-password"
	return Security{
		Shell: shell, Password: SecurityForm{
			Action: "/account/security/password", Current: accountField("current", "Current password", "password"),
			Next: accountField("next", "New password", "password"),
		},
		Sessions: []SessionRow{
			{ID: 1, Device: "Firefox on Linux", Address: "2001:db8::", Since: "1 July 2026, 10:00", Seen: "2 July 2026, 12:00", Current: true, Strong: true, EndURL: "/1/end"},
			{ID: 2, Device: "Safari on iOS", Address: "192.0.2.7", Since: "1 June 2026, 10:00", Seen: "1 July 2026, 12:00", EndURL: "/2/end"},
		},
		EndOthersURL: "/end", HasSecondFactor: true, Required: false, SecondFactorURL: "/second-factor", RemoveURL: "/removal", RecoveryURL: "/codes",
		RecoveryLeft: 8, EmailVerified: false, Email: "ada@example.test", VerifyURL: "/verification", RemovePassword: remove, RecoveryPassword: codes,
	}
}

func fixtureEnrolment(shell Shell) Enrolment {
	return Enrolment{
		Shell: shell, Action: "/account/security/second-factor", Secret: "JBSW Y3DP EHPK 3PXP", Code: accountField("code", "Code", "text"), Required: true,
		QR: template.URL("data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="),
	}
}

// accountField is a field that was filled in wrongly.
func accountField(name, label, kind string) Field {
	return Field{
		ID: "account-" + name, Name: name, Label: label, Type: kind, Value: "Some value", Hint: "A hint", Error: "This does not fit.",
		Autocomplete: "off", InputMode: "text", Required: true, MaxLength: 254, Width: "full",
	}
}
