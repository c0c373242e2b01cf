package handlers_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"orion/assets"
)

// builtAssets are the built ones or, where nobody has built them, empty files of the names that the templates ask for:
// these tests are about pages, and run without Node.
func builtAssets(t testing.TB) *assets.Bundle {
	t.Helper()
	bundle, err := assets.New(assets.Dist(), false)
	if errors.Is(err, assets.ErrNotBuilt) {
		bundle, err = assets.New(standIn(t), false)
	}
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

var namedByTemplates = regexp.MustCompile(`\b(icon|asset) "([^"]+)"`)

func standIn(t testing.TB) fstest.MapFS {
	t.Helper()
	dist := fstest.MapFS{}
	manifest := struct {
		Files map[string]string `json:"files"`
		Icons []string          `json:"icons"`
	}{Files: map[string]string{}}
	add := func(name string) { manifest.Files[name], dist[name] = name, &fstest.MapFile{} }
	add("icons.svg")
	add("picture-pending.svg")
	for _, folder := range []string{"views", "partials", "themes"} {
		err := fs.WalkDir(os.DirFS(".."), folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".html" {
				return err
			}
			text, err := os.ReadFile(filepath.Join("..", path))
			for _, match := range namedByTemplates.FindAllSubmatch(text, -1) {
				if name := string(match[2]); string(match[1]) == "asset" {
					add(name)
				} else {
					manifest.Icons = append(manifest.Icons, name)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	computed, err := os.ReadFile("../assets/icons.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(computed)) {
		manifest.Icons = append(manifest.Icons, strings.TrimSpace(line))
	}
	text, err := json.Marshal(manifest)
	if err != nil {
		t.Fatal(err)
	}
	dist["manifest.json"] = &fstest.MapFile{Data: text}
	return dist
}
