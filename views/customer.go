package views

// AccountFrame is what every page of a customer's account shows around its own content.
type AccountFrame struct {
	Shell
	Section string // the entry of the navigation that is open: orders, addresses, profile, data
	Email   string // who is signed in
}

// AccountOrders is the first page of a customer's account: their orders, latest first.
type AccountOrders struct {
	AccountFrame
	Greeting string
	// VerifyURL mails the link that proves the e-mail address; "" where it is proven.
	VerifyURL string
	List      AccountOrderList
}

// AccountOrderList is a part of the orders and what leads to the next.
type AccountOrderList struct {
	Rows    []AccountOrderRow
	MoreURL string // "" at the end
}

// AccountOrderRow is an order in the list.
type AccountOrderRow struct {
	Number     string // with the shop's prefix
	URL        string
	PlacedAt   string // formatted
	Status     string // message key of the status
	Open       bool   // it has not arrived yet
	Total      Price
	Count      int // pieces
	Pictures   []*Picture
	More       int // lines without a picture here
	ReorderURL string
}

// AccountOrder is one order of a customer, with its way.
type AccountOrder struct {
	AccountFrame
	Order      Order
	ReorderURL string
	BackURL    string
	// Again says what became of buying it again: sentences; none where nobody did.
	Again []string
}

// AccountAddresses is the address book.
type AccountAddresses struct {
	AccountFrame
	Addresses []AddressRow
	NewURL    string // "" where the book is full
}

// AddressRow is an address in the book.
type AddressRow struct {
	Label                   string
	Lines                   []string
	ForShipping, ForBilling bool // the default of its kind
	EditURL, RemoveURL      string
}

// AccountAddress is the page on which an address is written.
type AccountAddress struct {
	AccountFrame
	Form AddressForm
}

// AddressForm is the form of an address.
type AddressForm struct {
	Heading                 string
	Action, BackURL         string
	Label                   Field
	Fields                  []Field
	ForShipping, ForBilling bool
	Message                 string // what is wrong with the whole; "" nothing
}

// AccountProfile is the page with the customer's name and phone number.
type AccountProfile struct {
	AccountFrame
	Form ProfileForm
}

// ProfileForm changes the name and the phone number.
type ProfileForm struct {
	Action      string
	Name, Phone Field
	Email       string
	VerifyURL   string // as in AccountOrders
}

// AccountData explains what the shop keeps about the customer, and leads to the download and the end.
type AccountData struct {
	AccountFrame
	DownloadURL, DeletionURL string
}

// AccountDeletion is the page on which a customer closes their account.
type AccountDeletion struct {
	AccountFrame
	Form DeletionForm
}

// DeletionForm closes the account.
type DeletionForm struct {
	Action, CancelURL string
	Underway          int // orders that have not arrived
	Password          Field
}

// CheckoutAccount is what a checkout knows of the buyer's account.
type CheckoutAccount struct {
	SignInURL string // for a guest; "" for who is signed in
	Email     string // of who is signed in
	Saved     []SavedChoice
	CanSave   bool // offer to keep the address
	Save      bool // it was ticked
}

// SavedChoice is an address of the book that fills the checkout's form.
type SavedChoice struct {
	Label, Description, URL string
	Current                 bool
}
