package views

import (
	"html/template"

	"orion/model/money"
)

// Shell is what every page shows around its own content. Each page's view model embeds it.
type Shell struct {
	Site  *Site // how the request reached us; nil on the platform's own pages
	Links Links // addresses within this shop, right for the mode of the request

	Lang        string // BCP 47, for <html lang>
	ShopName    string
	Tagline     string
	Theme       string // the theme's name, as a class on <html>
	ThemeCSS    string // address of the theme's token stylesheet
	Title       string // without the shop's name; the layout adds it
	Description string
	Canonical   string // absolute
	NoIndex     bool
	Social      *Social // Open Graph; nil: title and description only
	Structured  any     // JSON-LD (schema.org), marshalled into the page; nil: none

	Plain  bool // no navigation, search, cart or footer around the page: the checkout, a closed shop
	AtCart bool // the page is the cart itself, so its link opens no drawer

	Nav    []NavItem // the shop's top categories
	Footer Footer
	Toast  *Toast // said once, after a change by a plain form
	Desk   *Desk  // the frame of the dashboard and the admin; nil in shops and where nobody is signed in
}

// Social is what a link to the page shows when it is shared (ogp.me).
type Social struct {
	Type          string // website or product
	Image         string // absolute
	Price         string // decimal, "12.50"; "" where there is none
	Currency      string
	Availability  string // instock, oos or backorder
	SiteName, URL string
}

// NavItem is a category in the shop's navigation, with those below it.
type NavItem struct {
	Name, URL string
	Current   bool
	Children  []NavItem
}

// Footer is how to reach the shop.
type Footer struct {
	Email, Phone, Address string
	About                 string // one sentence
}

// Toast is a short message that goes away by itself. Kind is success, info or error.
type Toast struct {
	Kind, Text string
	// Undo is a form that takes the change back: an address with hidden fields. Nil: nothing to take back.
	Undo *FormAction
}

// FormAction is a POST that a button makes.
type FormAction struct {
	URL, Label string
	Fields     []HiddenField
}

// HiddenField is one hidden input.
type HiddenField struct{ Name, Value string }

// Picture is an image with its size, so that nothing jumps when it arrives.
type Picture struct {
	URL, Alt      string
	Width, Height int
}

// Link is a named address. Current marks the one being shown.
type Link struct {
	Name, URL string
	Current   bool
}

// Visitor is what belongs to the person rather than to the page: it fills the holes of cached pages.
type Visitor struct {
	Links     Links
	CartCount int
	SignedIn  bool // a customer of the shop
}

// ErrorPage says what went wrong and what to do next.
type ErrorPage struct {
	Shell
	Status    int
	Heading   string
	Message   string
	RequestID string
	Action    Link // where to go from here
}

// PlatformHome is the page at the bare platform host: what Orion is, and its open shops.
type PlatformHome struct {
	Shell
	Shops []PlatformShop
}

// PlatformShop is an open shop in the platform's directory.
type PlatformShop struct {
	Name, Tagline, URL string
	Picture            *Picture
}

// Price is an amount as templates show it with {{money .}}.
type Price = money.Amount

// HTML is markup that was sanitised when it was stored.
type HTML = template.HTML
