// Package art draws the pictures of the demo shops as SVG, from the looks that their data names.
package art

import (
	"fmt"
	"strings"
	"sync"

	"orion/demo"
)

// Look is what to draw, as the shop's data says it.
type Look = demo.Look

// Draw makes the picture of a name such as "kaffa/hero.svg", which is its address below /assets/demo/. It is
// false for a name that no demo shop has. The same name always gives the same bytes.
func Draw(name string) (svg []byte, ok bool) {
	p, ok := pictures()[strings.TrimSuffix(name, ".svg")]
	if !ok {
		return nil, false
	}
	return Paint(p), true
}

// pictures knows every picture by its shop and name.
var pictures = sync.OnceValue(func() map[string]demo.Picture {
	all := map[string]demo.Picture{}
	shops, err := demo.Shops()
	if err != nil {
		return all
	}
	for _, s := range shops {
		for _, p := range s.Pictures() {
			all[s.Slug+"/"+p.Name] = p
		}
	}
	return all
})

// Paint draws one picture. Chance is seeded by what is drawn, not by its colour: the same plant stands in every
// pot.
func Paint(p demo.Picture) []byte {
	d := newDrawing(fmt.Sprint(p.Scene, p.Motif, p.Label), float64(p.Width), float64(p.Height))
	d.scene(p.Look)
	return d.bytes()
}

// scene draws what a look names. An unknown scene stays an empty wall, which a test finds.
func (d *drawing) scene(look Look) bool {
	return d.coffeeScene(look) || d.plantScene(look) || d.printScene(look)
}
