package art

import "fmt"

// The light of every picture comes from the upper left and is warm; shadows fall to the lower right.

// studio paints a wall that runs softly into a floor at the horizon, lit from the upper left.
func (d *drawing) studio(wall, floor string, horizon float64) {
	d.rect(0, 0, d.w, d.h, d.gradient(0, 0, .9, 1, shade(wall, .16), wall, shade(wall, -.1)))
	sweep := d.h * .09
	d.rect(0, horizon-sweep, d.w, d.h-horizon+sweep, d.down(alpha(floor, 0)+"@0", alpha(shade(floor, -.05), 1)+"@.16", shade(floor, .08)+"@.7", floor+"@1"))
	d.rect(0, 0, d.w, d.h, d.glow(.3, .22, .75, "#fffaf0aa", "#fffaf033", "#fffaf000"))
	d.rect(0, 0, d.w, d.h, d.glow(.45, .45, .8, "#1a0f0800@.55", "#1a0f0826@1"))
}

// table paints a wall and the straight edge of a table top in front of it.
func (d *drawing) table(wall, top string, horizon float64) {
	d.rect(0, 0, d.w, horizon+2, d.gradient(0, 0, .9, 1, shade(wall, .18), wall, shade(wall, -.12)))
	d.rect(0, horizon, d.w, d.h-horizon, d.gradient(0, 0, .6, 1, shade(top, .06), shade(top, .14)+"@.3", shade(top, -.1)))
	d.rect(0, horizon-d.h*.06, d.w, d.h*.06, d.down("#1a0f0800", "#1a0f0814"))
	d.rect(0, horizon, d.w, d.h*.004, alpha(shade(top, .5), .7))
	d.rect(0, 0, d.w, d.h, d.glow(.28, .2, .8, "#fffaf099", "#fffaf02a", "#fffaf000"))
	d.rect(0, 0, d.w, d.h, d.glow(.45, .45, .8, "#1a0f0800@.55", "#1a0f0829@1"))
}

// window throws the light of a window with panes on the wall: its upper left corner, size and slant.
func (d *drawing) window(x, y, w, h, slant float64, light string) {
	panes := &path{}
	const columns, rows, bar = 2, 3, .05
	for c := range columns {
		for r := range rows {
			x1, x2 := x+w*(float64(c)/columns+bar/2), x+w*(float64(c+1)/columns-bar/2)
			y1, y2 := y+h*(float64(r)/rows+bar/3), y+h*(float64(r+1)/rows-bar/3)
			lean := func(x, y float64) (float64, float64) { return x + (y-d.h*.3)*slant, y + (x-d.w*.3)*.1 }
			ax, ay := lean(x1, y1)
			bx, by := lean(x2, y1)
			cx, cy := lean(x2, y2)
			ex, ey := lean(x1, y2)
			panes.add(polygon(ax, ay, bx, by, cx, cy, ex, ey))
		}
	}
	d.soft(d.w*.009, func() { d.shape(panes, light) })
}

// contact grounds an object: a dark core where it touches, and a long soft shadow to the right.
// x, y is the middle of its foot, r half its width, h its height.
func (d *drawing) contact(x, y, r, h float64, strength float64) {
	tone := func(a float64) string { return alpha("#1c100a", a*strength) }
	long := min(h*.5, r*2.6)
	fade := func(k float64) string {
		return d.glow(.5, .5, .5, tone(k), tone(k*.82)+"@.3", tone(k*.4)+"@.62", tone(k*.1)+"@.86", tone(0)+"@1")
	}
	d.ellipse(x+long*.55, y-r*.02, r*1.15+long*.8, r*.26+h*.06, fade(.4))
	d.ellipse(x+long*.12, y+r*.02, r*1.25+long*.1, r*.24+h*.012, fade(.5))
	d.ellipse(x, y+r*.03, r*1.1, r*.15, d.glow(.5, .5, .5, tone(.85)+"@.5", tone(.5)+"@.78", tone(0)+"@1"))
}

// ground is the contact of a thing with a straight front edge, w wide.
func (d *drawing) ground(x, y, w, h float64) {
	long := min(h*.5, w*.5)
	d.soft(w*.035, func() {
		d.shape(polygon(x-w*.48, y-w*.04, x+w*.46, y-w*.06, x+w*.46+long, y-w*.01, x+w*.5+long*.4, y+w*.025, x-w*.46, y+w*.02), "#1c100a52")
	})
	d.soft(w*.009, func() { d.rect(x-w*.49, y-w*.02, w*.98, w*.032, "#1c100ab3") })
}

// grain lays a fine paper grain over the whole picture.
func (d *drawing) grain(strength float64) {
	const size = 140
	light, dark := &path{}, &path{}
	for i := range 150 {
		p := light
		if i%2 == 0 {
			p = dark
		}
		p.b = fmt.Appendf(p.b, "M%d %dh1v1h-1", d.rnd.IntN(size), d.rnd.IntN(size))
	}
	id := d.def(fmt.Sprintf(`<pattern id="ID" width="%d" height="%d" patternUnits="userSpaceOnUse"><path d="%s" fill="#fff"/><path d="%s" fill="#1a0f08"/></pattern>`,
		size, size, light, dark))
	d.rect(0, 0, d.w, d.h, "url(#"+id+")", `opacity="`+num(strength)+`"`)
}
