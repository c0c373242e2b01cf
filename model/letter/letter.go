// Package letter says what Orion writes to people by e-mail, without saying how it looks or how it is sent.
package letter

// Kind is what a letter is about; it chooses the letter's texts and its template.
type Kind string

// The kinds of letters. ResetPassword, VerifyEmail and Invitation carry a token that is made when they are sent.
const (
	ResetPassword       Kind = "reset_password"
	VerifyEmail         Kind = "verify_email"
	PasswordChanged     Kind = "password_changed"
	Invitation          Kind = "invitation"
	SecondFactorChanged Kind = "second_factor_changed"
	OwnershipHandedOver Kind = "ownership"
	AccountClosed       Kind = "account_closed"
)

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{
		ResetPassword, VerifyEmail, PasswordChanged, Invitation, SecondFactorChanged, OwnershipHandedOver, AccountClosed,
	}
}

// WantsToken tells whether the letter's link ends in a single-use token.
func (k Kind) WantsToken() bool {
	return k == ResetPassword || k == VerifyEmail || k == Invitation
}

// The names of what a letter's Data may hold. A text does without what is missing.
const (
	DataInviter = "inviter" // in Invitation: who invites
	DataRole    = "role"    // in Invitation: the role's title
	DataOwner   = "owner"   // in OwnershipHandedOver: the new owner's name
	DataChange  = "change"  // in SecondFactorChanged: one of the values below
)

// What may have changed in SecondFactorChanged.
const (
	ChangeOn    = "on"    // a second factor was set up
	ChangeOff   = "off"   // it was removed
	ChangeCodes = "codes" // there are new recovery codes
)

// Letter is one letter to one person, as it waits in the queue. It never holds a token: only a token's hash is ever
// stored, so the token is made right before the letter is sent.
type Letter struct {
	Kind Kind `json:"kind"`
	// VendorID is the shop whose look and language the letter has; 0: the platform's.
	VendorID int64 `json:"vendor_id,omitempty"`
	// To and Name are the receiver's address and name. Where a letter with a token goes, whoever makes the token has the
	// last word on.
	To   string `json:"to,omitempty"`
	Name string `json:"name,omitempty"`
	// Realm is where the receiver signs in: admin, vendor or customer, as account.Kind says it.
	Realm string `json:"realm,omitempty"`
	// AccountID is the account that a token is for; InvitationID the invitation.
	AccountID    int64 `json:"account_id,omitempty"`
	InvitationID int64 `json:"invitation_id,omitempty"`
	// Link is the absolute address that the letter asks to open; "/" and the token follow it in letters with a token.
	Link string `json:"link,omitempty"`
	// Data are values for the texts, by the names below.
	Data map[string]string `json:"data,omitempty"`
}
