package demo

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/gosimple/slug"
)

//go:embed *.json
var files embed.FS

// Shops reads the demo shops from their files, in the order in which they are loaded. A field that no struct
// knows is an error.
func Shops() ([]Shop, error) {
	names, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("list the demo shops: %w", err)
	}
	shops := make([]Shop, len(names))
	for i, name := range names {
		data, err := files.ReadFile(name.Name())
		if err != nil {
			return nil, fmt.Errorf("read the demo shop: %w", err)
		}
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&shops[i]); err != nil {
			return nil, fmt.Errorf("read the demo shop %s: %w", name.Name(), err)
		}
	}
	return shops, nil
}

// Pictures are all pictures of the shop: the hero, the categories' and the products'.
func (s Shop) Pictures() []Picture {
	all := []Picture{s.Hero.sized()}
	for _, c := range s.Categories {
		all = append(all, c.Picture.sized())
	}
	for _, p := range s.Products {
		all = append(all, s.ProductPictures(p)...)
	}
	return all
}

// ProductPictures are the pictures of a product in the order in which they are shown, with those for each value
// of an option written out and the product's look filled in.
func (s Shop) ProductPictures(p Product) []Picture {
	var all []Picture
	for _, picture := range p.Pictures {
		picture.Look = picture.Look.or(p.Look)
		if picture.Each == "" {
			all = append(all, picture.sized())
			continue
		}
		for _, option := range s.ProductOptions(p) {
			if option.Name != picture.Each {
				continue
			}
			for _, value := range option.Values {
				all = append(all, picture.sized().of(value))
			}
		}
	}
	return all
}

// ProductOptions are the options of a product, in its order.
func (s Shop) ProductOptions(p Product) []Option {
	options := make([]Option, len(p.Options))
	for i, name := range p.Options {
		options[i] = s.OptionSets[name]
	}
	return options
}

// URL is where the picture is served.
func (p Picture) URL(shop string) string { return "/assets/demo/" + shop + "/" + p.Name + ".svg" }

func (p Picture) sized() Picture {
	if p.Width == 0 {
		p.Width = 1000
	}
	if p.Height == 0 {
		p.Height = 1250
	}
	return p
}

// of is the picture for one value of its option.
func (p Picture) of(v Value) Picture {
	p.Name += "-" + slug.Make(v.Value)
	p.Alt = strings.ReplaceAll(p.Alt, "{value}", lowerFirst(v.Value, p.Alt))
	p.Value = v.Value
	if v.Swatch != "" {
		p.Colour = v.Swatch
	}
	return p
}

// lowerFirst writes a value as it stands inside a sentence; at its beginning it keeps its capital.
func lowerFirst(value, sentence string) string {
	if strings.HasPrefix(sentence, "{value}") {
		return value
	}
	return strings.ToLower(value)
}

// or fills what the look leaves open from another one.
func (l Look) or(other Look) Look {
	fill := func(mine *string, theirs string) {
		if *mine == "" {
			*mine = theirs
		}
	}
	fill(&l.Scene, other.Scene)
	fill(&l.Motif, other.Motif)
	fill(&l.Format, other.Format)
	fill(&l.Colour, other.Colour)
	if l.Palette == nil {
		l.Palette = slices.Clone(other.Palette)
	}
	if l.Label == nil {
		l.Label = slices.Clone(other.Label)
	}
	return l
}
