package postgres_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOnlyThisPackageNamesTheScopesSettings: whoever else set them on a connection would deceive prepareVendor, which
// remembers what it set.
func TestOnlyThisPackageNamesTheScopesSettings(t *testing.T) {
	t.Parallel()
	const root = ".."
	looked := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if path == filepath.Join(root, "postgres") || name == "node_modules" || name == "var" || name == ".git" {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		looked++
		for _, setting := range []string{"app.vendor_id", "app.platform"} {
			if strings.Contains(string(text), setting) {
				t.Errorf("%s names %s: scope the context by package tenant instead", path, setting)
			}
		}
		return nil
	})
	if err != nil || looked < 10 {
		t.Errorf("looked at %d files: %v", looked, err)
	}
}
