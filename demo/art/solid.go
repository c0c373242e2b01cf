package art

// ring is one level of a turned body: its height (y, growing downwards) and half its width.
type ring struct{ y, r float64 }

// tilt is how far a circle that lies flat opens to the eye: height by width. The camera is a little above.
const tilt = .13

// turned is a body of revolution around x = 0, such as a pot, a mug or a tin.
type turned struct {
	rings []ring // from the top down; a ring given twice is a sharp edge
	tilt  float64
}

func solid(rings ...ring) turned { return turned{rings: rings, tilt: tilt} }

// straight is a body whose every ring is a sharp edge.
func straight(rings ...ring) turned {
	var twice []ring
	for i, r := range rings {
		twice = append(twice, r)
		if i > 0 && i < len(rings)-1 {
			twice = append(twice, r)
		}
	}
	return solid(twice...)
}

func (t turned) top() ring    { return t.rings[0] }
func (t turned) bottom() ring { return t.rings[len(t.rings)-1] }

// outline is the silhouette, the opening included.
func (t turned) outline() *path {
	n := len(t.rings)
	left, right := make([]point, n), make([]point, n)
	for i, r := range t.rings {
		left[i], right[n-1-i] = point{-r.r, r.y}, point{r.r, r.y}
	}
	top, bottom := t.top(), t.bottom()
	p := from(left[0].x, left[0].y).through(left...)
	p.arc(bottom.r, bottom.r*t.tilt, 0, 0, bottom.r, bottom.y)
	p.through(right...)
	return p.arc(max(top.r, .01), max(top.r*t.tilt, .01), 0, 0, -top.r, top.y).close()
}

// strip is a band along the body from a to b of its half width (-1 is the left edge), for highlights.
func (t turned) strip(a, b, inset float64) *path {
	var left, right []point
	for i, r := range t.rings {
		y := r.y + t.tilt*r.r*.97
		if i == 0 {
			y += inset
		}
		if i == len(t.rings)-1 {
			y -= inset
		}
		left = append(left, point{r.r * a, y})
		right = append([]point{{r.r * b, y}}, right...)
	}
	p := from(left[0].x, left[0].y).through(left...)
	return p.line(right[0].x, right[0].y).through(right...).close()
}

// band is a stripe around the body between two heights, both of which must be straight sides.
func (t turned) band(y1, y2 float64) *path {
	r1, r2 := t.radius(y1), t.radius(y2)
	return from(-r1, y1).arc(r1, r1*t.tilt, 0, 0, r1, y1).line(r2, y2).arc(r2, r2*t.tilt, 0, 1, -r2, y2).close()
}

// radius is half the width at a height, between the rings.
func (t turned) radius(y float64) float64 {
	for i := 0; i+1 < len(t.rings); i++ {
		a, b := t.rings[i], t.rings[i+1]
		if y >= a.y && y <= b.y && b.y > a.y {
			return a.r + (b.r-a.r)*(y-a.y)/(b.y-a.y)
		}
	}
	return t.bottom().r
}

// matte is light on a dull round surface.
func (d *drawing) matte(c string) string {
	return d.across(shade(c, -.34)+"@0", shade(c, -.08)+"@.12", shade(c, .14)+"@.3", c+"@.52", shade(c, -.24)+"@.82", shade(c, -.38)+"@.96", shade(c, -.3)+"@1")
}

// metal is light on brushed metal of a colour.
func (d *drawing) metal(c string) string {
	return d.across(shade(c, -.5)+"@0", shade(c, .1)+"@.08", shade(c, .75)+"@.2", shade(c, .35)+"@.3", shade(c, -.3)+"@.46", shade(c, -.05)+"@.6", shade(c, .5)+"@.72", shade(c, -.2)+"@.84", shade(c, -.55)+"@1")
}

// body fills a turned body and darkens it towards its foot.
func (d *drawing) body(t turned, paint string) {
	o := t.outline()
	d.shape(o, paint)
	d.shape(o, d.down("#ffffff14@0", "#00000000@.35", "#1a0c0538@1"))
}

// gloss adds the highlight of a glazed or lacquered surface.
func (d *drawing) gloss(t turned, strength float64) {
	inset := (t.bottom().y - t.top().y) * .07
	fade := func(k float64) string {
		return d.down(alpha("#ffffff", 0)+"@0", alpha("#ffffff", k)+"@.12", alpha("#ffffff", k*.4)+"@.75", alpha("#ffffff", 0)+"@1")
	}
	d.shape(t.strip(-.66, -.5, inset), fade(strength))
	d.shape(t.strip(-.44, -.41, inset*1.4), fade(strength*.6))
	d.shape(t.strip(.8, .86, inset*1.4), fade(strength*.25))
}

// mouth draws the opening of a hollow body: its rim, the inside, and what it is filled with at a depth.
func (d *drawing) mouth(t turned, colour string, rim float64, filling string, depth float64) {
	top := t.top()
	ry := top.r * t.tilt
	d.ellipse(0, top.y, top.r, ry, d.across(shade(colour, .1), shade(colour, .3)+"@.3", shade(colour, -.05)))
	inner := top.r - rim
	d.ellipse(0, top.y, inner, inner*t.tilt, d.across(shade(colour, -.62), shade(colour, -.4), shade(colour, -.12)))
	if filling != "" {
		d.clip(oval(0, top.y, inner, inner*t.tilt), func() {
			d.ellipse(0, top.y+depth, inner, inner*t.tilt, d.across(shade(filling, -.25), filling+"@.5", shade(filling, .16)))
		})
	}
}

// glass fills a body with clear glass: light edges, a faint body, a bright reflection.
func (d *drawing) glass(t turned) {
	o := t.outline()
	d.shape(o, d.across("#ffffff99@0", "#6f7f7f2e@.05", "#ffffff1f@.2", "#ffffff0a@.5", "#5a6a6a24@.86", "#3f4f4f3d@.95", "#ffffff80@1"))
	d.stroke(o, "#ffffff73", .9)
	d.stroke(o, "#3a45452e", .4)
	d.gloss(t, .5)
}

// pour fills a glass body with a drink from a height down; what is thick lets less light through.
func (d *drawing) pour(t turned, level float64, colour string) {
	inner := turned{tilt: t.tilt}
	for _, r := range t.rings {
		if r.y <= level {
			continue
		}
		inner.rings = append(inner.rings, ring{r.y - 1.2, max(r.r-1.6, .5)})
	}
	r := t.radius(level) - 1.6
	inner.rings = append([]ring{{level, r}, {level, r}}, inner.rings...)
	d.shape(inner.outline(), d.across(shade(colour, -.2)+"@0", shade(colour, .22)+"@.16", colour+"@.5", shade(colour, -.45)+"@.9", shade(colour, -.1)+"@1"))
	d.ellipse(0, level, r, r*t.tilt, d.across(shade(colour, .1), shade(colour, .4)+"@.4", shade(colour, -.1)))
}
