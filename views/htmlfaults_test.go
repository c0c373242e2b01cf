package views_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func itoa(n int) string { return strconv.Itoa(n) }

func read(t *testing.T, response *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// htmlFaults is what is wrong with rendered markup: ids that are there twice, controls without a label, pictures without
// alt or size, inline script and style, elements that are not closed, texts that were not escaped.
func htmlFaults(body string, page bool) []string {
	faults := unclosed(body)
	for _, text := range []string{"<no value>", "%!", "ZgotmplZ", "<script>alert"} {
		if strings.Contains(body, text) {
			faults = append(faults, fmt.Sprintf("%q is in the output", text))
		}
	}
	tree, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return append(faults, err.Error())
	}
	c := checker{ids: map[string]int{}, labelled: map[string]bool{}}
	c.labels(tree)
	c.visit(tree, false)
	for id, count := range c.ids {
		if count > 1 {
			c.fault("the id %q is there %d times", id, count)
		}
	}
	if page {
		c.page(tree)
	}
	faults = append(faults, c.faults...)
	slices.Sort(faults)
	return faults
}

type checker struct {
	ids      map[string]int
	labelled map[string]bool // ids that a label is for
	headings int
	faults   []string
}

func (c *checker) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

func (c *checker) labels(n *html.Node) {
	if n.Type == html.ElementNode && n.Data == "label" {
		if target, ok := attribute(n, "for"); ok {
			c.labelled[target] = true
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.labels(child)
	}
}

func (c *checker) visit(n *html.Node, inLabel bool) {
	if n.Type == html.ElementNode {
		c.element(n, inLabel)
		inLabel = inLabel || n.Data == "label"
		if n.Data == "template" {
			return // a document of its own
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.visit(child, inLabel)
	}
}

func (c *checker) element(n *html.Node, inLabel bool) {
	for _, a := range n.Attr {
		switch {
		case a.Key == "id" && a.Val == "":
			c.fault("<%s> has an empty id", n.Data)
		case a.Key == "id":
			c.ids[a.Val]++
		case a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on"):
			c.fault("<%s %s=…>: the content security policy blocks it", n.Data, a.Key)
		case strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:"):
			c.fault("<%s %s=%q>", n.Data, a.Key, a.Val)
		}
	}
	switch n.Data {
	case "style":
		c.fault("an inline <style>: the content security policy blocks it")
	case "script":
		kind, _ := attribute(n, "type")
		if source, ok := attribute(n, "src"); (!ok || source == "") && kind != "application/ld+json" {
			c.fault("an inline <script>: the content security policy blocks it")
		}
	case "img":
		for _, name := range []string{"width", "height"} {
			if size, _ := attribute(n, name); !isNumber(size) {
				c.fault("<img> has %s=%q: nothing may jump when it arrives", name, size)
			}
		}
		if _, ok := attribute(n, "alt"); !ok {
			c.fault("<img> has no alt")
		}
	case "input", "select", "textarea":
		c.control(n, inLabel)
	case "button", "a":
		if name := accessibleName(n); name == "" {
			if _, hidden := attribute(n, "aria-hidden"); !hidden {
				c.fault("<%s> has no name: %s", n.Data, render(n))
			}
		}
	case "h1":
		c.headings++
	}
}

func (c *checker) control(n *html.Node, inLabel bool) {
	if kind, _ := attribute(n, "type"); kind == "hidden" || kind == "submit" || kind == "button" {
		return
	}
	id, _ := attribute(n, "id")
	label, _ := attribute(n, "aria-label")
	labelledBy, _ := attribute(n, "aria-labelledby")
	if !inLabel && !c.labelled[id] && label == "" && labelledBy == "" {
		c.fault("<%s> has no label: %s", n.Data, render(n))
	}
}

func (c *checker) page(tree *html.Node) {
	if c.headings != 1 {
		c.fault("the page has %d h1", c.headings)
	}
	var find func(n *html.Node, name string) *html.Node
	find = func(n *html.Node, name string) *html.Node {
		if n.Type == html.ElementNode && n.Data == name {
			return n
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			if found := find(child, name); found != nil {
				return found
			}
		}
		return nil
	}
	if root := find(tree, "html"); root != nil {
		if lang, _ := attribute(root, "lang"); lang == "" {
			c.fault("<html> has no lang")
		}
	}
	for _, name := range []string{"title", "main"} {
		if find(tree, name) == nil {
			c.fault("the page has no <%s>", name)
		}
	}
}

// unclosed finds elements that are closed in another order than they were opened, which a browser repairs in ways that
// nobody meant.
func unclosed(body string) []string {
	var faults, open []string
	tokens := html.NewTokenizer(strings.NewReader(body))
	for {
		kind := tokens.Next()
		raw, _ := tokens.TagName()
		name := string(raw)
		switch kind {
		case html.ErrorToken:
			for _, left := range open {
				faults = append(faults, "<"+left+"> is not closed")
			}
			return faults
		case html.StartTagToken:
			if !slices.Contains(void, name) {
				open = append(open, name)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != name {
				return append(faults, fmt.Sprintf("</%s> closes %v", name, open))
			}
			open = open[:len(open)-1]
		}
	}
}

// The elements that have no end (HTML standard, 13.1.2).
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 32)
	return err == nil
}

// accessibleName is about what a screen reader says of a link or button.
func accessibleName(n *html.Node) string {
	for _, name := range []string{"aria-label", "aria-labelledby", "title"} {
		if label, _ := attribute(n, name); strings.TrimSpace(label) != "" {
			return label
		}
	}
	var text strings.Builder
	var collect func(n *html.Node)
	collect = func(n *html.Node) {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
		if n.Data == "img" {
			alt, _ := attribute(n, "alt")
			text.WriteString(alt)
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			collect(child)
		}
	}
	collect(n)
	return strings.TrimSpace(text.String())
}

func render(n *html.Node) string {
	var out strings.Builder
	if err := html.Render(&out, n); err != nil {
		return err.Error()
	}
	text := out.String()
	return text[:min(len(text), 200)]
}
