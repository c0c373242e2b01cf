package views

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"
	"testing/fstest" // MapFS is the standard library's file system in memory
	"text/template/parse"

	html "github.com/gofiber/template/html/v2"
)

const baseLayer = "base"

// errDefine is what a template with {{define}} or {{block}} is refused with: all files share one name space.
var errDefine = errors.New(`{{define}} and {{block}} are not allowed (but for {{block "content" .}} in a layout): put it into a file of its own`)

// parseLayer parses the files of one layer, body by path ("partials/shop/card.html"). Files that are wrong are left out
// and told, error by path.
func parseLayer(name string, files map[string]string, funcs template.FuncMap) (layer, map[string]error) {
	wrong := map[string]error{}
	sound := fstest.MapFS{}
	for file, body := range files {
		if path.Ext(file) != ".html" {
			continue
		}
		if err := parseFile(file, body, funcs); err != nil {
			wrong[file] = err
			continue
		}
		sound[file] = &fstest.MapFile{Data: []byte(body)}
	}
	engine := html.NewFileSystem(http.FS(sound), ".html")
	engine.AddFuncMap(funcs)
	parsed := layer{name: name, trees: map[string]*parse.Tree{}}
	if err := engine.Load(); err != nil {
		wrong[name] = fmt.Errorf("load the templates of %s: %w", name, err)
		return parsed, wrong
	}
	for file := range sound {
		template := strings.TrimSuffix(file, ".html")
		if t := engine.Templates.Lookup(template); t != nil && t.Tree != nil {
			parsed.trees[template] = t.Tree
		}
	}
	return parsed, wrong
}

// parseFile checks one file by itself, so that its fault is its own.
func parseFile(file, body string, funcs template.FuncMap) error {
	name := strings.TrimSuffix(file, ".html")
	t, err := template.New(name).Funcs(funcs).Parse(body)
	if err != nil {
		return err
	}
	for _, other := range t.Templates() {
		layout := strings.HasPrefix(name, "views/layouts/") && other.Name() == contentBlock
		if other.Name() != name && !layout {
			return errDefine
		}
	}
	if t.Tree == nil {
		return errors.New("the template is empty")
	}
	return nil
}
