package views

import (
	"net"
	"net/url"
	"strconv"
	"strings"
)

// Links writes the addresses of a site, right for the mode of its request. No template and no handler writes a
// prefix by hand.
type Links struct{ *Site }

// Home is the shop's first page.
func (s *Site) Home() string {
	if s.Base == "" {
		return "/"
	}
	return s.Base
}

// Category is the page of the category with this slug.
func (s *Site) Category(slug string) string { return s.path("categories", slug) }

// Products is the list of all products.
func (s *Site) Products() string { return s.path("products") }

// Product is the page of the product with this slug.
func (s *Site) Product(slug string) string { return s.path("products", slug) }

// Variant is the product's page with one variant chosen.
func (s *Site) Variant(slug string, id int64) string {
	return s.Product(slug) + "?variant=" + strconv.FormatInt(id, 10)
}

// Search is the search page; it takes q.
func (s *Site) Search() string { return s.path("search") }

// Suggestions answers what could be meant while somebody types; it takes q.
func (s *Site) Suggestions() string { return s.path("search", "suggestions") }

// Cart is the cart: the page, or the drawer's content.
func (s *Site) Cart() string { return s.path("cart") }

// CartItems takes a POST that puts a variant into the cart.
func (s *Site) CartItems() string { return s.path("cart", "items") }

// CartItem takes a POST that changes how many of a variant are in the cart.
func (s *Site) CartItem(variantID int64) string {
	return s.path("cart", "items", strconv.FormatInt(variantID, 10))
}

// CartRemoval takes a POST that takes a variant out of the cart.
func (s *Site) CartRemoval(variantID int64) string { return s.CartItem(variantID) + "/removal" }

// Checkout is the checkout; a POST places the order.
func (s *Site) Checkout() string { return s.path("checkout") }

// CheckoutFields takes a POST that checks one field.
func (s *Site) CheckoutFields() string { return s.path("checkout", "fields") }

// CheckoutSummary takes a POST that answers the summary for what is filled in so far.
func (s *Site) CheckoutSummary() string { return s.path("checkout", "summary") }

// Order is an order's confirmation and tracking page. key is the signature that stands in for a login.
func (s *Site) Order(number, key string) string {
	return s.path("orders", number) + "?key=" + url.QueryEscape(key)
}

// Orders is the form that finds an order by number and e-mail.
func (s *Site) Orders() string { return s.path("orders") }

// ThemeCSS is the stylesheet with the theme's tokens. revision changes with its content.
func (s *Site) ThemeCSS(revision string) string { return s.path("theme", revision+".css") }

// Sitemap is the shop's sitemap.
func (s *Site) Sitemap() string { return s.path("sitemap.xml") }

// About is the page about the shop.
func (s *Site) About() string { return s.path("about") }

// Shipping is the page about delivery and payment.
func (s *Site) Shipping() string { return s.path("shipping") }

// Dashboard is the first page of the vendor's dashboard.
func (s *Site) Dashboard() string {
	if s.Mode == ModePath {
		return s.CookiePath
	}
	return "/vendor"
}

// Desk is a page of the vendor's dashboard; without segments, its first.
func (s *Site) Desk(segments ...string) string { return below(s.Dashboard(), segments) }

// Admin is a page of the platform's administration; without segments, its first.
func (s *Site) Admin(segments ...string) string { return below("/admin", segments) }

// Account is a page of the audience's own account pages, such as sign-in: a customer's in a shop, a user's in the
// dashboard and the admin. Without segments it is where one is led after signing in.
func (s *Site) Account(segments ...string) string {
	switch s.Audience {
	case AudienceVendor:
		if len(segments) == 0 {
			return s.Desk()
		}
		return s.Desk(append([]string{"account"}, segments...)...)
	case AudienceAdmin:
		if len(segments) == 0 {
			return s.Admin()
		}
		return s.Admin(append([]string{"account"}, segments...)...)
	default:
		return s.path(append([]string{"account"}, segments...)...)
	}
}

// Asset is a built file below assets/dist, or a picture that Orion serves. It is the same on every host.
func (s *Site) Asset(path string) string { return "/assets/" + escape(strings.TrimPrefix(path, "/")) }

// Absolute is a path of this site with scheme and host, as the visitor reached it.
func (s *Site) Absolute(path string) string { return s.Scheme + "://" + s.Host + path }

// Lasting is a path of this site with scheme and host, for a mail. In production it never has a port, which a Host header
// could have made up: the host is known to be ours, its port is not.
func (s *Site) Lasting(path string, production bool) string {
	host := s.Host
	if name, _, err := net.SplitHostPort(host); err == nil && production {
		host = name
	}
	return s.Scheme + "://" + host + path
}

// Canonical is the one address, scheme and host included, that a shop's page has in every mode: on the primary
// custom domain if there is one, else on the shop's subdomain. path is what a method above returned, or the
// same without the base. The request's port stays, so that it works in development.
func (s *Site) Canonical(path string) string {
	if s.Shop == nil {
		return s.Absolute(path)
	}
	if s.Base != "" {
		if rest, ok := strings.CutPrefix(path, s.Base); ok && (rest == "" || rest[0] == '/' || rest[0] == '?') {
			path = rest
		}
	}
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	return s.Scheme + "://" + s.canonicalHost() + path
}

func (s *Site) canonicalHost() string {
	host := s.Shop.PrimaryDomain
	if host == "" {
		host = s.Shop.Slug + "." + s.PlatformHost
	}
	if _, port, err := net.SplitHostPort(s.Host); err == nil {
		host += ":" + port
	}
	return host
}

// path joins the base and segments, each escaped, so that a slash in a name stays part of it.
func (s *Site) path(segments ...string) string {
	return below(s.Base, segments)
}

// below joins a path and segments, each escaped.
func below(base string, segments []string) string {
	var b strings.Builder
	b.WriteString(base)
	for _, segment := range segments {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(segment))
	}
	return b.String()
}

// escape escapes a path's segments and keeps its slashes.
func escape(path string) string {
	return (&url.URL{Path: path}).EscapedPath()
}
