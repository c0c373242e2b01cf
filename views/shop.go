package views

// Home is a shop's first page.
type Home struct {
	Shell
	Hero       Hero
	Categories []CategoryTile
	Featured   []Card
	Newest     []Card
	Story      HTML // the shop's own words about itself
}

// Hero is the large opening of a home page.
type Hero struct {
	Heading, Text string
	Picture       *Picture
	Action        Link
}

// CategoryTile leads into a category.
type CategoryTile struct {
	Name, URL, Description string
	Count                  int
	Picture                *Picture
}

// Card is a product in a list. Stock is "in", "low", "out" or "backorder".
type Card struct {
	ID                     int64
	URL, Title, Subtitle   string
	Brand                  string
	Price                  Price
	From                   bool   // variants cost differently: show "from"
	CompareAt              *Price // what it cost before
	Picture, SecondPicture *Picture
	Swatches               []Swatch
	Stock                  string
	Badge                  string // message key of a badge: card.new, card.sale, card.sold_out, card.low; "" none
	// QuickAdd is the variant that one press adds to the cart; 0 where the buyer has to choose.
	QuickAdd int64
	Lazy     bool // below the fold
}

// Swatch is a colour that a product comes in.
type Swatch struct{ Name, Color string }

// Listing is a category, all products, or the answer to a search.
type Listing struct {
	Shell
	Heading, Intro string
	Picture        *Picture
	Breadcrumbs    []Link
	Children       []CategoryTile
	IsSearch       bool
	Query          string
	DidYouMean     *Link
	URL            string // this list without filters
	Filters        Filters
	Results        Results
	Suggestions    []Card // on an empty result: what else there is
}

// Filters is the form beside a list. It is sent by GET; every control keeps its state in the address.
type Filters struct {
	Action       string        // where the form goes; "" leaves the form out
	Hidden       []HiddenField // kept while filtering, such as q
	Facets       []Facet
	Price        PriceFilter
	InStock      bool
	InStockCount int
	Sort         string
	Sorts        []SortOption
	Active       []ActiveFilter
	Reset        string // this list without any filter
	Total        int
}

// Facet is one option by which the list can be narrowed. Field is the control's name.
type Facet struct {
	Name, Field string
	Values      []FacetValue
}

// FacetValue is one box to tick, with how many products it leaves.
type FacetValue struct {
	Value, Color string
	Count        int
	Selected     bool
	ID           string // unique within the page
}

// PriceFilter is the price range in whole units as typed; Floor and Ceiling are what the list holds.
type PriceFilter struct {
	Min, Max       string
	Floor, Ceiling Price
	Shown          bool
}

// SortOption is one order of the list.
type SortOption struct {
	Value, Label string // Label is a message key
	Selected     bool
}

// ActiveFilter is a filter that is on; following Remove takes it off.
type ActiveFilter struct{ Label, Remove string }

// Results is the swapped part of a list: the cards and what leads to more of them.
type Results struct {
	Cards    []Card
	Total    int
	Shown    int
	Page     int
	MoreURL  string // the page with the next cards too; "" at the end
	MoreOnly string // the same address, for the fragment that holds only the next cards
	Empty    bool
	ResetURL string
	Query    string
}

// Product is a product's page. Picker is the part that a choice of options swaps.
type Product struct {
	Shell
	ID                     int64
	ProductTitle, Subtitle string
	Brand, URL             string
	Details                HTML
	Breadcrumbs            []Link
	Gallery                Gallery
	Picker                 Picker
	Related                []Card
	ShippingNote           string
}

// Gallery is a product's pictures; Current is shown large.
type Gallery struct {
	Pictures []GalleryPicture
	Current  *Picture
	Title    string
}

// GalleryPicture is a picture with the address that shows it large without JavaScript.
type GalleryPicture struct {
	Picture
	Current bool
	Href    string
}

// Picker is the choice of a variant and the form that buys it.
type Picker struct {
	ProductURL   string
	VariantID    int64 // 0: this combination does not exist
	VariantTitle string
	VariantURL   string // the picked variant's own address
	SKU          string
	Price        Price
	CompareAt    *Price
	TaxNote      string // message key: price.tax_included or price.tax_excluded
	Options      []PickerOption
	Stock        string // in, low, out, backorder
	StockLeft    int    // for "only n left"
	MaxQuantity  int
	Quantity     int
	Message      string // what went wrong with the last try; "" nothing
	Links        Links
	Gallery      Gallery // swapped with the choice
}

// PickerOption is one option with its values. Field is the control's name, e.g. "option.Size".
type PickerOption struct {
	Name, Field string
	Swatches    bool // show colours rather than words
	Values      []PickerValue
}

// PickerValue is a value that leads to a variant. URL is the variant it leads to.
type PickerValue struct {
	Value, Color, URL, ID string
	Selected              bool
	Exists                bool // some variant has it together with the other choices
	Available             bool // and it can be bought
}

// Suggestions is the list below the search field while somebody types.
type Suggestions struct {
	Query      string
	Products   []Card
	Categories []Link
	AllURL     string
	Links      Links
}

// Cart is the cart's page and its drawer.
type Cart struct {
	Shell
	Lines       []CartLine
	Count       int
	Subtotal    Price
	TaxNote     string
	FreeFrom    *FreeShipping
	Changes     []string // sentences: what changed since the buyer looked
	CheckoutURL string
	Blocked     bool // something has to be put right before checking out
	Suggestions []Card
	// Open tells the drawer's fragment that it was asked for by a press on the cart, not by a change.
	Open bool
}

// FreeShipping says how far it is to shipping for nothing. Percent is 0 to 100.
type FreeShipping struct {
	Remaining Price
	Reached   bool
	Percent   int
}

// CartLine is one variant in the cart.
type CartLine struct {
	VariantID                int64
	URL, Title, Options, SKU string
	Picture                  *Picture
	UnitPrice                Price
	CompareAt                *Price
	Quantity, MaxQuantity    int
	Total                    Price
	Message                  string // "Only 3 left: we changed the quantity.", "" where all is well
	Gone                     bool   // sold out or no longer sold
	UpdateURL, RemoveURL     string
}

// Checkout is the one page on which an order is placed.
type Checkout struct {
	Shell
	Action        string // where the form goes
	FieldsURL     string // where one field is checked
	CartKey       string // names the cart, so that the same form sent twice is the same order
	Contact       []Field
	Address       []Field
	Billing       []Field
	BillingSame   bool
	Note          Field
	Shipping      []Choice
	ShippingError string
	Payment       []Choice
	PaymentError  string
	Summary       Summary
	Changes       []string     // what changed since the buyer looked
	Errors        []FieldError // for the list at the top of the form
	Account       CheckoutAccount
}

// Field is one control of a form. Error and Hint are texts, not keys.
type Field struct {
	ID, Name, Label, Type   string // Type: text, email, tel, password (never filled again), select, textarea
	Value, Hint, Error      string
	Autocomplete, InputMode string
	Required                bool
	MaxLength               int
	Options                 []Option
	Width                   string // full, half, third
	CheckURL                string // where it is checked when it is left; "" nowhere
}

// Option is one entry of a select.
type Option struct {
	Value, Label string
	Selected     bool
}

// Choice is one radio button with its explanation.
type Choice struct {
	ID, Value, Label, Description string
	Price                         *Price
	Free                          bool
	Selected                      bool
}

// FieldError names a field that is wrong, for the summary of errors.
type FieldError struct{ ID, Message string }

// Summary is what the buyer is about to pay.
type Summary struct {
	Lines        []CartLine
	Subtotal     Price
	Shipping     *Price // nil: not known before a country is chosen
	ShippingName string
	TaxLines     []TaxLine
	TaxIncluded  bool
	Total        Price
	Seen         string // the total in minor units, sent back with the form: what the buyer agrees to; "" outside the checkout
	SummaryURL   string
}

// TaxLine is the tax at one rate.
type TaxLine struct {
	Rate   string // "19 %"
	Amount Price
}

// Order is the confirmation of an order and its tracking page.
type Order struct {
	Shell
	Number       string // with the shop's prefix
	JustPlaced   bool
	Status       string // message key of the status
	Email        string
	PlacedAt     string // formatted in the shop's time zone and locale
	Timeline     []TimelineStep
	History      []TimelineEvent
	Lines        []CartLine
	Summary      Summary
	Address      []string // lines
	Billing      []string
	ShippingName string
	PaymentName  string
	Instructions string
	Note         string
	TrackURL     string
	RegisterURL  string // offers an account after a guest's order; "" offers none
}

// TimelineStep is a stage of the order's way: done, current or to come. Label is a message key.
type TimelineStep struct {
	Label, At string
	State     string // done, current, todo, stopped
}

// TimelineEvent is something that happened to the order.
type TimelineEvent struct{ Label, At, Note string }

// Track is the form that finds an order by number and e-mail.
type Track struct {
	Shell
	Number, Email Field
	Message       string
}

// TextPage is a page of the shop's own words.
type TextPage struct {
	Shell
	Heading  string
	Body     HTML
	Sections []TextSection
}

// TextSection is a part of a text page that Orion fills from the settings, such as the shipping methods.
type TextSection struct {
	Heading string
	Rows    [][2]string
}
