package views

import "html/template"

// SignIn is the page on which somebody signs in, and the form within it.
type SignIn struct {
	Shell
	Heading     string
	Action      string
	ResetURL    string // where a forgotten password is put right
	RegisterURL string // "": nobody registers here
	Next        string // where to go afterwards, a path of this site; "" the first page of the account
	Email       Field
	Password    Field
	Message     string // why it did not work
	Notice      string // what happened before, such as a password that was changed
	Demo        []DemoAccount
}

// DemoAccount is an account of the demo data, offered on the sign-in page in development.
type DemoAccount struct {
	Email string
	Role  string // what its owner is, in words
}

// Registration is the page on which a customer makes an account.
type Registration struct {
	Shell
	Action    string
	SignInURL string
	Next      string // as in SignIn
	Name      Field
	Email     Field
	Password  Field
	Message   string
}

// SecondFactor asks for a code of the second factor, after the right password.
type SecondFactor struct {
	Shell
	Action    string
	Next      string // as in SignIn
	Code      Field
	Message   string
	SignInURL string // where to begin again
}

// AskReset is the page that mails a link with which to set a new password.
type AskReset struct {
	Shell
	Action    string
	SignInURL string
	Email     Field
	Sent      bool // the answer is the same whether there is such an account
}

// ResetPassword is the page behind the mailed link.
type ResetPassword struct {
	Shell
	Action   string
	Email    string // whose password it is
	Password Field
	Expired  bool   // the link is used up or too old
	AskURL   string // where to ask for another
}

// Verification is the page behind the link that proves an e-mail address.
type Verification struct {
	Shell
	Action      string // takes the POST that verifies; opening the link alone does nothing
	Email       string
	Done        bool
	Expired     bool
	ContinueURL string
}

// Security is the page with the password, the second factor and the sessions of an account.
type Security struct {
	Shell
	Password        SecurityForm
	Sessions        []SessionRow
	EndOthersURL    string
	HasSecondFactor bool
	Required        bool   // whoever runs the platform asks for a second factor
	SecondFactorURL string // where one is set up
	RemoveURL       string
	RecoveryURL     string // makes new recovery codes
	RecoveryLeft    int    // unused recovery codes
	EmailVerified   bool
	Email           string
	VerifyURL       string // mails the link again
	// RemovePassword and RecoveryPassword are the passwords that confirm those two changes.
	RemovePassword   Field
	RecoveryPassword Field
}

// SecurityForm changes the password.
type SecurityForm struct {
	Action        string
	Current, Next Field
}

// SessionRow is one place where somebody is signed in.
type SessionRow struct {
	ID      int64
	Device  string // Firefox on Linux
	Address string
	Since   string // formatted
	Seen    string // last use, formatted
	Current bool   // the one that is looking
	Strong  bool   // with the second factor
	EndURL  string
}

// Enrolment is the page on which a second factor is set up.
type Enrolment struct {
	Shell
	Action   string
	QR       template.URL // data:image/png;base64,…
	Secret   string       // for typing
	Code     Field
	Required bool
}

// RecoveryCodes shows new recovery codes, once.
type RecoveryCodes struct {
	Shell
	Codes       []string
	ContinueURL string
}

// InvitationPage is the page behind the mailed link that invites somebody into a team.
type InvitationPage struct {
	Shell
	Action       string
	VendorName   string
	Inviter      string
	Role         string // in words
	Email        string // who is invited
	HasAccount   bool   // there is a user with this e-mail
	SignedIn     bool
	WrongAccount bool // signed in with another e-mail
	Expired      bool
	Name         Field
	Password     Field
	SignInURL    string // leads back here
}
