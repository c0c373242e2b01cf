package art

import "math"

// printPlaces are buildings, rooms and still lifes.
func (d *drawing) printPlaces(look Look, w, h float64) {
	switch look.Motif {
	case "tower":
		d.tower(look, w, h)
	case "stairs":
		d.stairs(look, w, h)
	case "pool":
		d.pool(look, w, h)
	case "city":
		d.city(look, w, h)
	case "vessels":
		d.vessels(look, w, h)
	case "chair":
		d.chairs(look, w, h)
	}
}

// tower is a slab of concrete balconies in hard light.
func (d *drawing) tower(look Look, w, h float64) {
	d.rect(0, 0, w, h, d.down(look.Tone(1), shade(look.Tone(1), .24)))
	lit, dark := look.Tone(2), shade(look.Tone(2), -.42)
	x1, x2, x3, top := w*.2, w*.62, w*.84, h*.12
	d.rect(x1, top, x2-x1, h, lit)
	d.shape(polygon(x2, top, x3, top+h*.04, x3, h, x2, h), dark)
	floors := 11
	fh := (h - top) / float64(floors)
	for f := range floors {
		y := top + float64(f)*fh
		for c := range 4 {
			x := x1 + (x2-x1)*float64(c)/4
			cw := (x2 - x1) / 4
			d.rect(x+cw*.1, y+fh*.16, cw*.8, fh*.5, shade(look.Tone(2), -.62))
			d.shape(polygon(x+cw*.1, y+fh*.16, x+cw*.5, y+fh*.16, x+cw*.1, y+fh*.5), shade(look.Tone(2), -.74))
			d.rect(x+cw*.04, y+fh*.52, cw*.92, fh*.3, shade(lit, .18))
			d.rect(x+cw*.04, y+fh*.82, cw*.92, fh*.06, dark)
			if (f*3+c*5)%7 == 0 {
				d.rect(x+cw*.2, y+fh*.22, cw*.26, fh*.3, look.Tone(3))
			}
		}
		d.shape(polygon(x2, y+fh*.5, x3, y+fh*.5+h*.02, x3, y+fh*.62+h*.02, x2, y+fh*.62), shade(dark, -.3))
	}
	d.rect(x1+(x2-x1)*.3, top-h*.05, (x2-x1)*.3, h*.05, shade(lit, -.12))
	d.circle(w*.86, h*.1, w*.05, look.Tone(4))
}

// stairs climb through arches towards a patch of sky.
func (d *drawing) stairs(look Look, w, h float64) {
	d.rect(0, 0, w, h, look.Tone(1))
	arch := func(x, foot, aw, ah float64, fill string) {
		d.shape(from(x, foot).line(x, foot-ah+aw/2).arc(aw/2, aw/2, 0, 1, x+aw, foot-ah+aw/2).line(x+aw, foot).close(), fill)
	}
	d.rect(0, h*.1, w*.56, h, shade(look.Tone(1), -.16))
	arch(w*.1, h*.66, w*.34, h*.44, look.Tone(2))
	arch(w*.16, h*.66, w*.28, h*.4, shade(look.Tone(2), .2))
	d.circle(w*.33, h*.36, w*.05, look.Tone(4))
	arch(w*.64, h*.5, w*.26, h*.32, shade(look.Tone(1), -.42))
	arch(w*.68, h*.5, w*.22, h*.3, look.Tone(2))
	const n = 9
	for i := range n {
		x := w * (.94 - .1*float64(i))
		y := h * (.5 + .052*float64(i))
		d.rect(0, y, x, h-y, mix(look.Tone(3), shade(look.Tone(3), -.3), float64(i)/n))
		d.rect(0, y, x, h*.009, shade(look.Tone(3), .34))
		d.shape(polygon(x, y, x+w*.05, y+h*.052, x, y+h*.052), alpha(shade(look.Tone(3), -.6), .5))
	}
	d.shape(polygon(w, 0, w, h*.5, w*.62, h*.1, w*.5, 0), alpha("#ffffff", .1))
}

// pool is water, tiles and the shadow of a ladder at noon.
func (d *drawing) pool(look Look, w, h float64) {
	d.rect(0, 0, w, h*.34, look.Tone(1))
	d.rect(0, h*.24, w, h*.02, shade(look.Tone(1), -.14))
	d.rect(0, h*.34, w, h*.66, d.down(look.Tone(2), shade(look.Tone(2), -.16)))
	d.rect(0, h*.34, w, h*.022, shade(look.Tone(2), .5))
	for i := range 16 {
		y := h * (.4 + .036*float64(i))
		x := w * d.between(-.05, .7)
		l := w * d.between(.16, .4)
		d.stroke(from(x, y).quad(x+l*.25, y-h*.014, x+l*.5, y).quad(x+l*.75, y+h*.014, x+l, y), alpha(shade(look.Tone(2), .6), .8), 3)
	}
	d.rect(w*.08, h*.2, w*.5, h*.05, look.Tone(0))
	d.shape(polygon(w*.58, h*.25, w*.08, h*.25, w*.02, h*.31, w*.5, h*.31), alpha(shade(look.Tone(1), -.5), .4))
	for _, x := range []float64{.72, .84} {
		d.stroke(from(w*x, h*.56).line(w*x, h*.2).curve(w*x, h*.13, w*(x+.06), h*.13, w*(x+.06), h*.22), look.Tone(4), 6)
	}
	for i := range 3 {
		y := h * (.38 + .06*float64(i))
		d.stroke(from(w*.72, y).line(w*.84, y), look.Tone(4), 5)
	}
	d.circle(w*.26, h*.62, w*.1, look.Tone(3))
	d.ellipse(w*.26, h*.62, w*.055, w*.05, look.Tone(2))
	d.stroke(oval(w*.26, h*.62, w*.078, w*.076), look.Tone(0), 5, `stroke-dasharray="22 30"`)
}

// city is a street of houses at night, some windows lit.
func (d *drawing) city(look Look, w, h float64) {
	d.rect(0, 0, w, h, d.down(look.Tone(1), shade(look.Tone(1), .16)))
	d.circle(w*.76, h*.16, w*.07, look.Tone(3))
	for row := range 3 {
		x := -w * .04 * float64(row)
		base := mix(look.Tone(2), look.Tone(4), float64(row)/2)
		lit := &path{}
		for x < w {
			bw := w * d.between(.1, .19)
			top := h * (.26 + .17*float64(row) + d.between(0, .17))
			d.rect(x, top, bw, h-top, shade(base, d.between(-.1, .1)))
			if d.rnd.IntN(3) == 0 {
				d.shape(polygon(x, top, x+bw/2, top-bw*.4, x+bw, top), shade(base, -.06))
			}
			cols := int(bw / (w * .034))
			for c := range cols {
				for y := top + h*.022; y < h*(.58+.2*float64(row)); y += h * .034 {
					if d.rnd.IntN(5) < 2 {
						lit.block(x+bw*(float64(c)+.28)/float64(cols), y, bw/float64(cols)*.46, h*.017)
					}
				}
			}
			x += bw * 1.02
		}
		d.shape(lit, alpha(look.Tone(3), .85))
	}
}

// vessels stand close together on a shelf, in quiet colours.
func (d *drawing) vessels(look Look, w, h float64) {
	d.rect(0, 0, w, h*.7, d.across(shade(look.Tone(1), .1), shade(look.Tone(1), -.1)))
	d.rect(0, h*.7, w, h*.3, d.down(shade(look.Tone(0), -.1), look.Tone(0)))
	shapes := []struct {
		x, y, s float64
		t       turned
	}{
		{.26, .74, 1, solid(ring{-190, 14}, ring{-186, 14}, ring{-120, 15}, ring{-96, 46}, ring{-20, 50}, ring{0, 40})},
		{.7, .75, 1, solid(ring{-150, 22}, ring{-146, 22}, ring{-130, 18}, ring{-80, 54}, ring{-24, 48}, ring{0, 34})},
		{.47, .76, 1.05, straight(ring{-220, 24}, ring{-60, 30}, ring{0, 30})},
		{.84, .78, .9, solid(ring{-96, 34}, ring{-94, 35}, ring{-40, 36}, ring{0, 28})},
		{.6, .8, .9, solid(ring{-70, 52}, ring{-68, 52}, ring{-30, 40}, ring{0, 26})},
		{.34, .81, .86, solid(ring{-110, 30}, ring{-108, 30}, ring{-60, 34}, ring{0, 30})},
	}
	for i, v := range shapes {
		c := look.Tone(2 + i%3)
		d.at(w*((v.x-.5)*1.3+.5), h*((v.y-.77)*1.5+.79), v.s*w/330, func() {
			d.contact(0, 0, v.t.bottom().r, 60, .6)
			d.shape(v.t.outline(), d.across(shade(c, .1)+"@0", c+"@.4", shade(c, -.22)+"@.75", shade(c, -.3)+"@1"))
			top := v.t.top()
			d.ellipse(0, top.y, top.r, top.r*tilt, shade(c, -.34))
		})
	}
}

// chairs are three chairs of three decades.
func (d *drawing) chairs(look Look, w, h float64) {
	m := math.Min(w, h)
	d.rect(0, h*.72, w, h*.28, look.Tone(1))
	d.circle(w*.5, h*.4, m*.34, look.Tone(2))
	x, y := w*.5, h*.84
	leg := func(x1, y1, x2, y2 float64) { d.stroke(from(x1, y1).line(x2, y2), look.Tone(4), m*.016) }
	d.ellipse(x+m*.06, y+m*.01, m*.3, m*.03, alpha("#000000", .16))
	leg(x-m*.16, y-m*.3, x-m*.22, y)
	leg(x+m*.16, y-m*.3, x+m*.22, y)
	leg(x-m*.1, y-m*.3, x-m*.13, y-m*.05)
	leg(x+m*.1, y-m*.3, x+m*.13, y-m*.05)
	d.shape(from(x-m*.21, y-m*.34).curve(x-m*.24, y-m*.5, x-m*.22, y-m*.78, x, y-m*.78).curve(x+m*.22, y-m*.78, x+m*.24, y-m*.5, x+m*.21, y-m*.34).close(), look.Tone(3))
	d.shape(from(x-m*.21, y-m*.36).curve(x-m*.25, y-m*.26, x+m*.25, y-m*.26, x+m*.21, y-m*.36).curve(x+m*.1, y-m*.43, x-m*.1, y-m*.43, x-m*.21, y-m*.36).close(), shade(look.Tone(3), -.22))
	d.stroke(from(x-m*.12, y-m*.7).curve(x-m*.17, y-m*.6, x-m*.16, y-m*.5, x-m*.14, y-m*.46), alpha("#ffffff", .4), m*.012)
}
