package handlers_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"orion/model/access"
	"orion/model/order"
	"orion/model/vendor"
)

// TestEveryMessageIsInTheEnglishCatalogue looks for the keys in the source, and for what is appended to those that
// are made of two halves.
func TestEveryMessageIsInTheEnglishCatalogue(t *testing.T) {
	t.Parallel()
	texts := catalogue(t)
	appended := map[string][]string{
		"cart.change.":             constants(t, "../model/cart", "Reason"),
		"cart.line.":               constants(t, "../model/cart", "Problem"),
		"card.":                    constants(t, "../model/catalog", "Badge"),
		"sort.":                    constants(t, "../model/catalog", "Sort"),
		"order.status.":            statuses(),
		"changed.":                 append(constants(t, "../model/cart", "Problem"), calls(t, "../model/order/changed.go", "add")...),
		"error.":                   halves(append(constants(t, "../model/fault", "Kind"), kinds(t)...), ".title", ".text"),
		"account.field.":           {"name", "email", "password", "current", "next", "code"},
		"account.sign_in.title.":   {"admin", "vendor", "customer"},
		"account.sign_in.notice.":  {"signed_out", "reset", "deleted", "expired"},
		"account.security.notice.": {"changed", "ended", "removed", "sent"},
		"desk.home.":               halves([]string{"shop", "team", "audit", "security"}, "", "_text"),
		"desk.admin.":              halves([]string{"users", "settings", "audit"}, "", "_text"),
		"desk.nav.":                {"home", "team", "roles", "audit", "users", "settings", "security"},
		"desk.said.":               {"invited", "revoked", "role_changed", "removed", "left", "handed_over", "joined", "role_made", "role_saved", "role_deleted"},
		"permission.":              permissions(func(i access.Info) string { return string(i.Permission) }),
		"permission_group.":        permissions(func(i access.Info) string { return i.Group }),
		"mail.dev.":                {"title", "to", "from", "reply_to", "sent"},
		"checkout.":                checkoutKeys(),
		"checkout.field.":          {"email", "phone", "name", "line1", "line2", "postcode", "city", "region", "country", "note"},
		"checkout.hint.":           {"email", "phone"},
	}
	for key, where := range keys(t, texts, "../handlers", "../model/order", "../model/cart") {
		wanted := []string{key}
		if strings.HasSuffix(key, ".") {
			ends, known := appended[key]
			if !known || len(ends) == 0 {
				t.Errorf("%s: what comes after %q?", where, key)
			}
			wanted = nil
			for _, end := range ends {
				wanted = append(wanted, key+end)
			}
		}
		for _, key := range wanted {
			if !texts[key] && !(texts[key+".one"] && texts[key+".other"]) {
				t.Errorf("%s: the catalogue has no %q", where, key)
			}
		}
	}
}

// permissions is something about each permission of the dashboard and the admin.
func permissions(of func(access.Info) string) []string {
	var found []string
	for _, info := range slices.Concat(access.VendorPermissions(), access.PlatformPermissions()) {
		found = append(found, of(info))
	}
	return found
}

// catalogue is every key of the English messages.
func catalogue(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("../views/messages/en/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no messages: %v", err)
	}
	texts := map[string]bool{}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var read map[string]string
		if err := json.Unmarshal(body, &read); err != nil {
			t.Fatal(err)
		}
		for key := range read {
			texts[key] = true
		}
	}
	return texts
}

// source parses the Go files of a folder and below it, tests left out.
func source(t *testing.T, path string, visit func(file string, node ast.Node)) {
	t.Helper()
	err := filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(parsed, func(node ast.Node) bool {
			visit(file, node)
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func literal(node ast.Node) (string, bool) {
	basic, ok := node.(*ast.BasicLit)
	if !ok || basic.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil
}

// keys finds string literals that begin like a key of the catalogue, with the file that each is in.
func keys(t *testing.T, texts map[string]bool, folders ...string) map[string]string {
	t.Helper()
	groups := map[string]bool{}
	for key := range texts {
		group, _, _ := strings.Cut(key, ".")
		groups[group] = true
	}
	found := map[string]string{}
	for _, folder := range folders {
		source(t, folder, func(file string, node ast.Node) {
			text, ok := literal(node)
			group, rest, dotted := strings.Cut(text, ".")
			if ok && dotted && groups[group] && !strings.ContainsAny(rest, " /=?") && !isField(text) {
				found[text] = file
			}
		})
	}
	if len(found) < 50 {
		t.Errorf("only %d keys were found in the source", len(found))
	}
	return found
}

// isField tells the actions of the audit log and SQL from keys.
func isField(text string) bool {
	return slices.Contains([]string{"order.placed", "order."}, text) || strings.HasPrefix(text, "orders.")
}

// constants are the values of a type's string constants, "" left out.
func constants(t *testing.T, folder, name string) []string {
	t.Helper()
	var values []string
	source(t, folder, func(_ string, node ast.Node) {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return
		}
		if kind, ok := spec.Type.(*ast.Ident); !ok || kind.Name != name {
			return
		}
		for _, value := range spec.Values {
			if text, ok := literal(value); ok && text != "" {
				values = append(values, text)
			}
		}
	})
	if len(values) < 3 {
		t.Errorf("%s has %d constants %s", folder, len(values), name)
	}
	return values
}

// kinds are the kinds of errors that are no fault.Kind.
func kinds(t *testing.T) []string {
	t.Helper()
	var values []string
	source(t, "../middleware/errors.go", func(_ string, node ast.Node) {
		if spec, ok := node.(*ast.ValueSpec); ok && strings.HasPrefix(spec.Names[0].Name, "Kind") {
			if text, ok := literal(spec.Values[0]); ok {
				values = append(values, text)
			}
		}
	})
	if len(values) < 5 {
		t.Errorf("%d kinds of errors: %v", len(values), values)
	}
	return values
}

// calls are the first arguments of a function's calls in a file.
func calls(t *testing.T, file, name string) []string {
	t.Helper()
	var values []string
	source(t, file, func(_ string, node ast.Node) {
		call, ok := node.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return
		}
		if function, ok := call.Fun.(*ast.Ident); ok && function.Name == name {
			if text, ok := literal(call.Args[0]); ok {
				values = append(values, text)
			}
		}
	})
	return values
}

// statuses are all that an order can come to.
func statuses() []string {
	found := []string{order.Pending}
	for i := 0; i < len(found); i++ {
		for _, step := range order.StepsFrom(found[i]) {
			if !slices.Contains(found, step.To) {
				found = append(found, step.To)
			}
		}
	}
	return found
}

// checkoutKeys are the keys, without "checkout.", of what can be wrong with a checkout.
func checkoutKeys() []string {
	settings := vendor.Settings{ShippingMethods: []vendor.ShippingMethod{{Code: "post", Countries: []string{"DE"}}}}
	rules := order.Rules{Settings: settings, Ship: true}
	var found []string
	long := strings.Repeat("x", 2000)
	for _, value := range []string{"", "?", "\x01", "\t\n", long, "XX", "US", "IE", "DE", "HK"} {
		for _, country := range []string{value, "DE", "US", "AE", "GB"} {
			form := order.ReadCheckout(func(name string) string {
				if strings.HasSuffix(name, "country") {
					return country
				}
				return value
			})
			form.BillingDiffers = true
			for _, message := range rules.Check(form) {
				found = append(found, strings.TrimPrefix(message.Key, "checkout."))
			}
		}
	}
	return found
}

func halves(first []string, seconds ...string) []string {
	var all []string
	for _, one := range first {
		for _, two := range seconds {
			all = append(all, one+two)
		}
	}
	return all
}
