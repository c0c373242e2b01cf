package main_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDependenciesHaveReasons compares docs/dependencies.md with what the code imports and package.json asks for.
func TestDependenciesHaveReasons(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, row := range regexp.MustCompile(`(?m)^\| ([\w@./-]+) \| \S.* \|$`).FindAllStringSubmatch(string(text), -1) {
		if !slices.Contains([]string{"Module", "Package", "---"}, row[1]) { // the tables' own heads
			listed = append(listed, row[1])
		}
	}
	slices.SortFunc(listed, func(a, b string) int { return len(b) - len(a) }) // the module that fits best comes first
	used := npmPackages(t)
	for _, pkg := range packages(t) {
		for _, imported := range slices.Concat(pkg.Imports, pkg.TestImports, pkg.XTestImports) {
			if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") {
				used = append(used, imported)
			}
		}
	}
	reasons := map[string]bool{}
	for _, name := range used {
		index := slices.IndexFunc(listed, func(one string) bool { return name == one || strings.HasPrefix(name, one+"/") })
		if index < 0 {
			t.Errorf("%s is used but docs/dependencies.md gives no reason for it", name)
		} else {
			reasons[listed[index]] = true
		}
	}
	for _, name := range listed {
		if !reasons[name] && !isTool(t, name) {
			t.Errorf("docs/dependencies.md lists %s, which nothing uses", name)
		}
	}
}

func npmPackages(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("package.json")
	if err != nil {
		t.Fatal(err)
	}
	var wanted struct{ Dependencies, DevDependencies, OptionalDependencies map[string]string }
	if err := json.Unmarshal(text, &wanted); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, group := range []map[string]string{wanted.Dependencies, wanted.DevDependencies, wanted.OptionalDependencies} {
		for name := range group {
			names = append(names, name)
		}
	}
	return names
}

func isTool(t *testing.T, module string) bool {
	t.Helper()
	text, err := os.ReadFile("tools/go.mod")
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`(?m)^(tool )?\t?` + regexp.QuoteMeta(module) + `(/cmd/\S+)?$`).Match(text)
}
