package art

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
)

// framed hangs a print on the wall, the middle of its lower edge at 0, 0; the sheet is w by h millimetres.
// Look.Colour is the frame's; without one the sheet hangs from two clips.
func (d *drawing) framed(look Look, w, h float64) {
	if look.Colour == "" {
		d.loose(look, w, h)
		return
	}
	const moulding = 17.0
	mat := min(w, h) * .1
	ow, oh := w+2*(mat+moulding), h+2*(mat+moulding)
	x, y := -ow/2, -oh
	d.castShadow(x, y, ow, oh, 16)
	d.moulding(look.Colour, x, y, ow, oh, moulding)
	ix, iy, iw, ih := x+moulding, y+moulding, ow-2*moulding, oh-2*moulding
	d.rect(ix, iy, iw, ih, d.gradient(0, 0, 1, 1, "#fcfaf5", "#f1ece3"))
	d.rect(ix, iy, iw, 12, d.down("#1a0f0838", "#1a0f0800"))
	d.rect(ix, iy, 10, ih, d.across("#1a0f082e", "#1a0f0800"))
	d.rect(-w/2-2.4, iy+mat-2.4, w+4.8, h+4.8, "#ffffff", `stroke="#cfc8bb" stroke-width=".8"`)
	d.sheet(look, -w/2, iy+mat, w, h)
	d.rect(-w/2, iy+mat, w, 5, d.down("#1a0f0824", "#1a0f0800"))
	glare := polygon(ix, iy+ih*.5, ix+iw*.62, iy, ix+iw*.86, iy, ix, iy+ih*.72)
	d.shape(glare, d.gradient(0, 0, 1, 1, "#ffffff14", "#ffffff05"))
}

// loose is the bare sheet with its white margin, on two clips.
func (d *drawing) loose(look Look, w, h float64) {
	margin := min(w, h) * .06
	ow, oh := w+2*margin, h+2*margin
	x, y := -ow/2, -oh
	d.castShadow(x, y, ow, oh, 6)
	d.rect(x, y, ow, oh, d.gradient(0, 0, 1, .6, "#fdfbf6", "#f8f5ee@.5", "#ece7dd"))
	d.sheet(look, -w/2, y+margin, w, h)
	d.rect(x, y, ow, oh, d.across("#00000000@0", "#1a0f080d@.3", "#ffffff1f@.45", "#1a0f0808@.7", "#1a0f0817@1"))
	for _, cx := range []float64{-ow * .34, ow * .34} {
		d.shape(polygon(cx-13, y-9, cx+13, y-9, cx+16, y+11, cx-16, y+11), d.down("#4a4a4a", "#1c1c1e"))
		d.circle(cx, y-15, 6, "none", `stroke="#8a8a88" stroke-width="2.4"`)
		d.circle(cx, y-22, 3, d.glow(.36, .3, .8, "#f0e2b4", "#9a7a34"))
	}
}

// castShadow is what a flat thing that stands off the wall by depth throws on it.
func (d *drawing) castShadow(x, y, w, h, depth float64) {
	d.soft(depth*1.1, func() { d.rect(x+depth*.9, y+depth*1.7, w, h, "#1c140e59") })
	d.soft(depth*.24, func() { d.rect(x+depth*.16, y+depth*.3, w, h, "#1c140e52") })
}

// moulding is the frame: four mitred bars, lit from the upper left.
func (d *drawing) moulding(c string, x, y, w, h, m float64) {
	bars := []struct {
		p  *path
		by float64
	}{
		{polygon(x, y, x+w, y, x+w-m, y+m, x+m, y+m), .12},
		{polygon(x, y, x+m, y+m, x+m, y+h-m, x, y+h), .04},
		{polygon(x+w, y, x+w, y+h, x+w-m, y+h-m, x+w-m, y+m), -.12},
		{polygon(x, y+h, x+m, y+h-m, x+w-m, y+h-m, x+w, y+h), -.16},
	}
	for _, b := range bars {
		d.shape(b.p, shade(c, b.by))
	}
	d.rect(x+.6, y+.6, w-1.2, h-1.2, "none", `stroke="`+alpha(shade(c, .5), .5)+`" stroke-width="1.2"`)
	d.rect(x+m, y+m, w-2*m, h-2*m, "none", `stroke="`+alpha(shade(c, -.7), .5)+`" stroke-width="1.4"`)
	if l := luminance(c); l > .3 && l < .8 { // wood shows its grain
		lines := &path{}
		for i := range 5 {
			o := m * (.2 + .15*float64(i))
			lines.add(from(x+o, y+m+d.between(0, 60)).line(x+o, y+h*d.between(.4, .9))).add(from(x+w-o, y+h*d.between(.1, .4)).line(x+w-o, y+h-m))
			lines.add(from(x+m+d.between(0, 60), y+o).line(x+w*d.between(.4, .9), y+o)).add(from(x+w*d.between(.1, .4), y+h-o).line(x+w-m, y+h-o))
		}
		d.stroke(lines, alpha(shade(c, -.5), .28), .8)
	}
}

// sheet prints the motif into a field. The same print looks the same in every frame and room.
func (d *drawing) sheet(look Look, x, y, w, h float64) {
	hash := fnv.New64a()
	fmt.Fprint(hash, look.Motif, look.Palette, look.Label)
	outer := d.rnd
	d.rnd = rand.New(rand.NewPCG(hash.Sum64(), 7))
	defer func() { d.rnd = outer }()
	d.clip(box(x, y, w, h, .01), func() {
		d.group(`transform="`+string(move(x, y))+`"`, func() {
			d.rect(0, 0, w, h, look.Tone(0))
			d.print(look, w, h)
		})
	})
}

// printSize is the sheet of a format in millimetres.
func printSize(look Look) (w, h float64) {
	switch look.Format {
	case "landscape":
		return 700, 500
	case "square":
		return 560, 560
	}
	return 500, 700
}

// printScene draws the scenes of the print shop; false where it does not know the scene.
func (d *drawing) printScene(look Look) bool {
	w, h := printSize(look)
	switch look.Scene {
	case "print":
		d.gallery(look)
		s := min(d.h*.8/(h*1.26), d.w*.86/(w*1.26))
		d.at(d.w*.5, d.h*.49+h*1.22*s/2, s, func() { d.framed(look, w, h) })
	case "corner":
		d.gallery(look)
		s := d.w * 1.2 / w
		mat := min(w, h)*.1 + 17
		if look.Colour == "" {
			look.Colour = "#b98c5c"
		}
		d.at(d.w*.09+(w/2+mat)*s, d.h*.13+(h+2*mat)*s, s, func() { d.framed(look, w, h) })
	case "room-sofa", "room-desk", "room-sideboard", "room-bench":
		d.room(look, w, h)
	default:
		return d.printStill(look)
	}
	d.grain(.035)
	return true
}

// gallery is a plastered wall, tinted a little by the print.
func (d *drawing) gallery(look Look) {
	wall := mix("#e9e4db", look.Tone(1), .08)
	d.rect(0, 0, d.w, d.h, d.gradient(0, 0, .9, 1, shade(wall, .3), wall, shade(wall, -.1)))
	d.window(d.w*.04, -d.h*.02, d.w*.62, d.h*.66, -.17, "#fffaf047")
	d.rect(0, 0, d.w, d.h, d.glow(.4, .4, .85, "#1a0f0800@.5", "#1a0f0824@1"))
}
