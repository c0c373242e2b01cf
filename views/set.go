package views

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/template/parse"
)

// setKey is what decides how templates come out. Vendors without files of their own share a set.
type setKey struct {
	source  string // revision of the files of base and themes
	theme   string
	files   string // revision of the vendor's own files; "" none
	locale  string
	without string // files passed over because they failed, "theme kaffa:partials/shop/x", comma separated
}

// layer is the parsed files of one place, by name: views/shop/home.
type layer struct {
	name  string // for logs: "base", "theme kaffa", "vendor 12"
	trees map[string]*parse.Tree
}

// set is the templates of all layers laid over each other, with the functions of one language. Its trees are never
// executed, since html/template changes what it executes: each page and fragment gets copies of the trees it reaches.
type set struct {
	trees map[string]*parse.Tree
	from  map[string]string // the layer of each tree
	funcs template.FuncMap

	mu       sync.Mutex
	compiled map[string]*template.Template
}

func newSet(funcs template.FuncMap, without string, layers ...layer) *set {
	s := &set{
		trees: map[string]*parse.Tree{}, from: map[string]string{}, funcs: funcs,
		compiled: map[string]*template.Template{},
	}
	skipped := strings.Split(without, ",")
	for _, l := range layers {
		for name, tree := range l.trees {
			if !slices.Contains(skipped, l.name+":"+name) {
				s.trees[name], s.from[name] = tree, l.name
			}
		}
	}
	return s
}

// entry is the template that renders a part, and the name of the page's own template within its layout ("" for a
// fragment).
func (p Part) entry() (root, content string) {
	if !p.page {
		return "partials/" + p.Name, ""
	}
	layout := p.layout
	if layout == "" {
		layout, _, _ = strings.Cut(p.Name, "/")
	}
	if layout == string(AudienceVendor) || layout == string(AudienceAdmin) {
		layout = "desk" // the dashboard and the admin look alike
	}
	return "views/layouts/" + layout, "views/" + p.Name
}

// template is the compiled template of a part, made at its first use.
func (s *set) template(p Part) (*template.Template, error) {
	root, content := p.entry()
	key := root + ">" + content
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.compiled[key]; t != nil {
		return t, nil
	}
	t := template.New(root).Funcs(s.funcs)
	for name := range s.reach(root, content) {
		tree := s.trees[name]
		if name == contentBlock && content != "" {
			tree = s.trees[content]
		}
		if tree == nil {
			return nil, fmt.Errorf("render %s: there is no template %q", p.Name, name)
		}
		if _, err := t.AddParseTree(name, tree.Copy()); err != nil {
			return nil, fmt.Errorf("compile %s: %w", name, err)
		}
	}
	t = t.Lookup(root)
	s.compiled[key] = t
	return t, nil
}

// contentBlock is the block of a layout that a page fills.
const contentBlock = "content"

// reach is the names of all templates that root leads to, itself included.
func (s *set) reach(root, content string) map[string]bool {
	found := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if found[name] {
			return
		}
		found[name] = true
		if name == contentBlock && content != "" {
			name = content
		}
		if tree := s.trees[name]; tree != nil {
			walk(tree.Root, visit)
		}
	}
	visit(root)
	return found
}

// walk calls visit with the name of each template that a node includes.
func walk(node parse.Node, visit func(name string)) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, child := range n.Nodes {
				walk(child, visit)
			}
		}
	case *parse.IfNode:
		walk(n.List, visit)
		walk(n.ElseList, visit)
	case *parse.RangeNode:
		walk(n.List, visit)
		walk(n.ElseList, visit)
	case *parse.WithNode:
		walk(n.List, visit)
		walk(n.ElseList, visit)
	case *parse.TemplateNode:
		visit(n.Name)
	}
}

// blame names the files to pass over after the template called failed while rendering a part: that file if a lower layer has
// another, else every file in reach that does not come from the base. None: the base itself is wrong.
func (s *set) blame(p Part, failed string) []string {
	failed, _, _ = strings.Cut(failed, "$htmltemplate_") // html/template's name for a copy in another context
	root, content := p.entry()
	if failed == contentBlock {
		failed = content
	}
	if from, ok := s.from[failed]; ok && from != baseLayer {
		return []string{from + ":" + failed}
	}
	var guilty []string
	for name := range maps.Keys(s.reach(root, content)) {
		if name == contentBlock && content != "" {
			name = content
		}
		if from, ok := s.from[name]; ok && from != baseLayer {
			guilty = append(guilty, from+":"+name)
		}
	}
	slices.Sort(guilty)
	return guilty
}
