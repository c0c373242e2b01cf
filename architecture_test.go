package main_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// allowed says, for each package or folder of packages (ending in /), which of Orion's own packages it may import.
// The longest name that fits decides. docs/architecture.md has the reasons.
var allowed = map[string][]string{
	".":          {"commands"},
	"commands":   {"assets", "cache", "config", "demo/", "handlers/", "jobs", "mail", "model/", "postgres/", "views"},
	"config":     {},
	"handlers":   {"assets", "demo/art", "handlers/", "mail", "middleware", "model/", "postgres", "views"},
	"handlers/":  {"cache", "handlers/bind", "handlers/desk", "handlers/sign", "handlers/platform", "mail", "middleware", "model/", "postgres", "views"},
	"middleware": {"model/", "postgres", "views"},
	"views":      {"assets", "cache", "model/", "partials", "themes"},
	"views/":     {"assets", "cache", "model/", "partials", "themes"},
	"assets":     {"cache"},
	"partials":   {},
	"themes":     {},
	"cache":      {},
	"jobs":       {"mail", "model/", "postgres"},
	"mail":       {"model/"},
	"mail/":      {"mail"},
	"migrations": {},
	"demo":       {"demo/", "model/", "postgres"},
	"demo/":      {"demo", "model/", "postgres"},
	"postgres":   {"migrations", "model/tenant"},
	"postgres/":  {"migrations", "model/tenant", "postgres/"},
	"tests/":     {"assets", "cache", "commands", "config", "demo/", "handlers/", "middleware", "model/", "postgres/", "views"},
	"scripts/":   {},

	// Inside the model: tenant, fault, money ← vendor, audit ← customer ← catalog ← stock ← cart ← order, never back; and
	// letter, customer ← account ← access.
	"model/tenant":   {},
	"model/fault":    {},
	"model/form":     {},
	"model/money":    {},
	"model/letter":   {},
	"model/audit":    leaves(),
	"model/account":  leaves("audit", "letter", "customer"),
	"model/access":   leaves("audit", "letter", "account", "vendor"),
	"model/vendor":   leaves("audit"),
	"model/customer": leaves("audit", "letter", "vendor"),
	"model/catalog":  leaves("audit", "vendor"),
	"model/catalog/": leaves("audit", "vendor", "catalog", "stock"),
	"model/stock":    leaves("audit", "vendor", "catalog"),
	"model/cart":     leaves("audit", "vendor", "catalog", "stock"),
	"model/order":    leaves("audit", "vendor", "customer", "catalog", "stock", "cart"),
	"model/order/":   leaves("audit", "vendor", "customer", "catalog", "stock", "cart", "order"),
}

// leaves are the model packages that every other one may import, and the named ones.
func leaves(names ...string) []string {
	imports := []string{"model/tenant", "model/fault", "model/money", "model/form"}
	for _, name := range names {
		imports = append(imports, "model/"+name)
	}
	return imports
}

// forbidden are libraries that a layer must not know.
var forbidden = map[string][]string{
	"model/":   {"github.com/gofiber/", "github.com/valyala/fasthttp", "html/template", "net/http"},
	"config":   {"github.com/gofiber/", "github.com/uptrace/bun"},
	"postgres": {"github.com/gofiber/", "html/template"},
	"jobs":     {"github.com/gofiber/", "html/template"},
	"mail":     {"github.com/gofiber/", "github.com/jackc/pgx", "github.com/uptrace/bun"},
	"views":    {"github.com/jackc/pgx", "github.com/uptrace/bun"},
}

type goPackage struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

func TestImportsPointOneWay(t *testing.T) {
	t.Parallel()
	for _, pkg := range packages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(pkg.ImportPath, "orion"), "/")
		if name == "" {
			name = "."
		}
		rule, found := longest(allowed, name)
		if !found {
			t.Errorf("%s has no place in the architecture: say in architecture_test.go what it may import", name)
			continue
		}
		bans, _ := longest(forbidden, name)
		for _, imported := range pkg.Imports {
			if own, ok := strings.CutPrefix(imported, "orion/"); ok && !slices.ContainsFunc(rule, func(one string) bool { return fits(one, own) }) {
				t.Errorf("%s imports %s, which points the wrong way", name, own)
			}
			for _, ban := range bans {
				if strings.HasPrefix(imported, ban) {
					t.Errorf("%s imports %s, which its layer must not know", name, imported)
				}
			}
		}
	}
}

// packages lists every package of the module with what it and its tests import.
func packages(t *testing.T) []goPackage {
	t.Helper()
	listing := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	output, err := listing.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := listing.Start(); err != nil {
		t.Fatal(err)
	}
	var found []goPackage
	for decoder := json.NewDecoder(output); ; {
		var pkg goPackage
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		found = append(found, pkg)
	}
	if err := listing.Wait(); err != nil || len(found) == 0 {
		t.Fatalf("go list found %d packages: %v", len(found), err)
	}
	return found
}

// fits says whether a package is the named one or, for a name that ends in /, in that folder or below it.
func fits(name, pkg string) bool {
	return name == pkg || (strings.HasSuffix(name, "/") && strings.HasPrefix(pkg+"/", name))
}

// longest finds the rule with the longest name that fits; a folder's rule is for what is below it.
func longest(rules map[string][]string, pkg string) ([]string, bool) {
	if rule, ok := rules[pkg]; ok {
		return rule, true
	}
	for folder := path.Dir(pkg); folder != "."; folder = path.Dir(folder) {
		if rule, ok := rules[folder+"/"]; ok {
			return rule, true
		}
	}
	return nil, false
}
