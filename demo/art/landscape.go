package art

import "math"

// landscape draws the picture of a coffee's origin, reduced to flat shapes, in a field w wide and h high.
// The palette after the paper is: sky, sun, far land, near land.
func (d *drawing) landscape(look Look, w, h float64) {
	sky, sun, far, near := look.Tone(1), look.Tone(2), look.Tone(3), look.Tone(4)
	d.rect(0, 0, w, h, sky)
	switch look.Motif {
	case "highlands":
		d.circle(w*.64, h*.4, h*.22, sun)
		d.shape(polygon(0, h*.72, w*.22, h*.42, w*.36, h*.6, w*.56, h*.3, w*.8, h*.62, w, h*.45, w, h, 0, h), far)
		d.shape(polygon(w*.22, h*.42, w*.36, h*.6, w*.3, h*.72), alpha(near, .35))
		d.shape(polygon(w*.56, h*.3, w*.8, h*.62, w*.66, h*.8), alpha(near, .35))
		d.shape(smooth(point{0, h * .82}, point{w * .3, h * .68}, point{w * .62, h * .84}, point{w, h * .66}).line(w, h, 0, h), near)
	case "volcano":
		d.circle(w*.5, h*.27, h*.15, sun)
		d.shape(from(w*.02, h).curve(w*.28, h*.8, w*.36, h*.5, w*.42, h*.34).line(w*.58, h*.34).curve(w*.64, h*.5, w*.72, h*.8, w*.98, h).close(), far)
		d.shape(from(w*.52, h*.34).line(w*.58, h*.34).curve(w*.64, h*.5, w*.72, h*.8, w*.98, h).line(w*.6, h).curve(w*.62, h*.75, w*.55, h*.6, w*.52, h*.34).close(), near)
		d.rect(0, h*.9, w, h*.1, near)
	case "terraces":
		d.circle(w*.26, h*.27, h*.14, sun)
		for i := range 6 {
			y := h * (.36 + .115*float64(i))
			colour := mix(far, near, float64(i)/5)
			rise := math.Sin(float64(i)*1.9) * h * .09
			d.shape(smooth(point{0, y + rise}, point{w * .34, y - h*.07}, point{w * .7, y + h*.06}, point{w, y - rise}).line(w, h, 0, h), colour)
		}
	case "savanna":
		d.circle(w*.5, h*.6, h*.36, sun)
		for i := range 5 {
			y := h * (.5 + .052*float64(i))
			d.rect(0, y, w, h*.008*float64(i+1), sky)
		}
		d.rect(0, h*.76, w, h*.24, near)
		d.acacia(w*.3, h*.78, h*.5, far)
		d.acacia(w*.78, h*.77, h*.26, far)
	case "river":
		d.circle(w*.76, h*.22, h*.12, sun)
		d.shape(smooth(point{0, h * .4}, point{w * .3, h * .28}, point{w * .6, h * .42}, point{w, h * .3}).line(w, h, 0, h), far)
		d.shape(smooth(point{0, h * .58}, point{w * .35, h * .5}, point{w * .7, h * .62}, point{w, h * .5}).line(w, h, 0, h), near)
		d.shape(from(w*.5, h*.4).curve(w*.8, h*.52, w*.1, h*.66, w*.36, h).line(w*.78, h).curve(w*.36, h*.7, w*.96, h*.56, w*.52, h*.4).close(), sky)
	default:
		d.abstractOrigin(look, w, h)
	}
}

// abstractOrigin holds the motifs without a horizon of hills.
func (d *drawing) abstractOrigin(look Look, w, h float64) {
	sky, sun, far, near := look.Tone(1), look.Tone(2), look.Tone(3), look.Tone(4)
	switch look.Motif {
	case "waves":
		d.circle(w*.5, h*.36, h*.24, sun)
		for i := range 5 {
			y := h * (.5 + .11*float64(i))
			p := from(0, y)
			for x, up := 0.0, i%2 == 0; x < w; x, up = x+w/5, !up {
				bend := h * .05
				if up {
					bend = -bend
				}
				p.quad(x+w/10, y+bend*1.6, x+w/5, y)
			}
			d.shape(p.line(w, h, 0, h), mix(far, near, float64(i)/4))
		}
	case "night":
		d.circle(w*.62, h*.34, h*.2, sun)
		d.circle(w*.7, h*.29, h*.18, sky)
		for range 26 {
			d.circle(d.between(0, w), d.between(0, h*.62), d.between(.003, .008)*w, alpha(sun, .9))
		}
		d.shape(polygon(0, h*.8, w*.3, h*.52, w*.55, h*.78, w*.74, h*.6, w, h*.82, w, h, 0, h), far)
		d.shape(smooth(point{0, h * .86}, point{w * .4, h * .8}, point{w, h * .92}).line(w, h, 0, h), near)
	case "tiles":
		const n = 5
		s := w / n
		for row := 0; float64(row)*s < h; row++ {
			for col := range n {
				x, y := float64(col)*s, float64(row)*s
				colours := []string{sun, far, near, sky}
				k := (row*3 + col*2 + row*col) % 4
				d.rect(x, y, s+.1, s+.1, colours[(k+1)%4])
				switch k {
				case 0:
					d.shape(from(x, y).line(x+s, y).arc(s, s, 0, 1, x, y+s).close(), colours[k])
				case 1:
					d.shape(from(x+s, y+s).line(x, y+s).arc(s, s, 0, 1, x+s, y).close(), colours[k])
				case 2:
					d.circle(x+s/2, y+s/2, s*.36, colours[k])
				default:
					d.shape(polygon(x, y, x+s, y, x, y+s), colours[k])
				}
			}
		}
	case "rays":
		c := point{w / 2, h * .78}
		for i := range 15 {
			a := -98 + float64(i)*14
			p, q := polar(c, a, w*1.4), polar(c, a+7, w*1.4)
			d.shape(polygon(c.x, c.y, p.x, p.y, q.x, q.y), far)
		}
		d.circle(c.x, c.y, h*.3, sun)
		d.rect(0, h*.78, w, h*.22, near)
	default: // blocks
		d.rect(0, h*.55, w*.5, h*.45, far)
		d.rect(w*.5, 0, w*.5, h*.55, near)
		d.shape(from(0, h*.55).arc(w*.5, h*.55, 0, 1, w*.5, 0).line(w*.5, h*.55).close(), sun)
		d.shape(from(w, h*.55).arc(w*.5, h*.45, 0, 1, w*.5, h).line(w*.5, h*.55).close(), sun)
	}
}

// acacia is the flat-topped tree of the savanna.
func (d *drawing) acacia(x, y, h float64, colour string) {
	d.stroke(from(x, y).curve(x, y-h*.3, x+h*.04, y-h*.4, x+h*.16, y-h*.66), colour, h*.045)
	d.stroke(from(x+h*.01, y-h*.34).line(x-h*.2, y-h*.7), colour, h*.03)
	d.shape(from(x-h*.5, y-h*.7).curve(x-h*.36, y-h*.98, x+h*.4, y-h*1.02, x+h*.56, y-h*.66).curve(x+h*.2, y-h*.74, x-h*.2, y-h*.62, x-h*.5, y-h*.7).close(), colour)
}
