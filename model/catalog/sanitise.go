package catalog

import (
	"strings"

	"github.com/microcosm-cc/bluemonday"
)

// markup is what a description may hold: text and its structure. No attribute that a script or a style sheet could
// take hold of (id, class, style, on*, hx-*, x-*, data-*), no pictures and nothing from elsewhere: the page's
// Content-Security-Policy would block them.
var markup = func() *bluemonday.Policy {
	policy := bluemonday.NewPolicy()
	policy.AllowElements("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "b", "em", "i", "u", "s", "small", "sub", "sup",
		"ul", "ol", "li", "dl", "dt", "dd", "blockquote", "code", "pre", "span", "div",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td")
	policy.AllowAttrs("href").OnElements("a")
	policy.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("th", "td")
	policy.AllowURLSchemes("https", "http", "mailto", "tel")
	policy.AllowRelativeURLs(true)
	policy.RequireParseableURLs(true)
	policy.RequireNoFollowOnFullyQualifiedLinks(true)
	return policy
}()

// Sanitise leaves of a merchant's HTML what is safe on a page of the shop. Every write of a description goes through
// it; what it leaves, it leaves unchanged a second time.
func Sanitise(html string) string {
	html = strings.ReplaceAll(strings.ToValidUTF8(html, ""), "\x00", "")
	return strings.TrimSpace(markup.Sanitize(html))
}
