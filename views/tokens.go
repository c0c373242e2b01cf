package views

import "orion/model/vendor"

// TokensOf are the values of the shop's theme tokens by name, as its stylesheet has them for a light screen; nil is the
// platform. It is for what cannot use a stylesheet, such as mails.
func (r *Renderer) TokensOf(shop *vendor.Shop) map[string]string {
	source, err := r.now()
	if err != nil {
		return nil // the templates cannot be read either, and pages say so
	}
	name, values := "base", map[string]string(nil)
	if shop != nil {
		name, values = shop.Theme.Name, shop.Theme.Tokens
	}
	theme := source.theme(name)
	tokens := make(map[string]string, len(theme.Tokens))
	for _, token := range theme.Tokens {
		tokens[token.Name] = token.value(values[token.Name], token.Default)
	}
	return tokens
}
