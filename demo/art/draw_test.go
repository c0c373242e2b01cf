package art_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"orion/demo"
	"orion/demo/art"
)

// most is the largest picture, before compression.
const most = 56 << 10

// forbidden is what a picture that a strict content security policy serves must not hold.
var forbidden = regexp.MustCompile(`(?i)<script|<foreignObject|<image|\son\w+=|href="[^#]|url\([^#]|NaN|Inf`)

func TestEveryPictureDraws(t *testing.T) {
	t.Parallel()
	shops, err := demo.Shops()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range shops {
		seen := map[string]string{}
		for _, p := range s.Pictures() {
			name := s.Slug + "/" + p.Name + ".svg"
			svg, ok := art.Draw(name)
			if !ok {
				t.Errorf("%s: no drawing", name)
				continue
			}
			checkPicture(t, name, svg)
			if other, ok := seen[string(svg)]; ok {
				t.Errorf("%s looks like %s", name, other)
			}
			seen[string(svg)] = name
			if again, _ := art.Draw(name); !bytes.Equal(svg, again) {
				t.Errorf("%s differs from one drawing to the next", name)
			}
		}
	}
}

func checkPicture(t *testing.T, name string, svg []byte) {
	t.Helper()
	if len(svg) > most || len(svg) < 3<<10 {
		t.Errorf("%s has %d bytes", name, len(svg))
	}
	if found := forbidden.Find(svg); found != nil {
		t.Errorf("%s holds %s", name, found)
	}
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	ids := map[string]bool{}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%s is not well-formed: %v", name, err)
		}
		if start, ok := token.(xml.StartElement); ok {
			checkAttributes(t, name, start, ids)
		}
	}
	for _, reference := range regexp.MustCompile(`(?:url\(|href=")#(\w+)`).FindAllSubmatch(svg, -1) {
		if !ids[string(reference[1])] {
			t.Errorf("%s uses #%s, which it does not define", name, reference[1])
		}
	}
}

// checkAttributes finds what encoding/xml lets pass: the same attribute twice in one element.
func checkAttributes(t *testing.T, name string, element xml.StartElement, ids map[string]bool) {
	t.Helper()
	seen := map[string]bool{}
	for _, a := range element.Attr {
		if seen[a.Name.Local] {
			t.Errorf("%s: %s has %s twice", name, element.Name.Local, a.Name.Local)
		}
		seen[a.Name.Local] = true
		if a.Name.Local == "id" {
			ids[a.Value] = true
		}
	}
}

func TestDrawKnowsOnlyItsPictures(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "kaffa", "kaffa/", "kaffa/none.svg", "../kaffa/hero.svg", "bloom/gedeo.svg", "kaffa/hero.svg\x00"} {
		if _, ok := art.Draw(name); ok {
			t.Errorf("Draw(%q) drew something", name)
		}
	}
	svg, ok := art.Draw("kaffa/hero.svg")
	if !ok || !strings.Contains(string(svg), `viewBox="0 0 1600 1000"`) {
		t.Error("the hero of kaffa is not 1600 by 1000")
	}
}
