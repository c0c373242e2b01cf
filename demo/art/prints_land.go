package art

import "math"

// printLand are the landscapes.
func (d *drawing) printLand(look Look, w, h float64) bool {
	switch look.Motif {
	case "sun":
		d.sunHills(look, w, h)
	case "strata":
		d.strata(look, w, h)
	case "dunes":
		d.dunes(look, w, h)
	case "horizon":
		d.horizon(look, w, h)
	case "moon":
		d.moonPhases(look, w, h)
	case "night":
		d.nightLake(look, w, h)
	default:
		return false
	}
	return true
}

// ridge is a range of hills across the sheet, built from a few waves.
func (d *drawing) ridge(w, h, y, height, rough float64) *path {
	a, b, c := d.between(0, 6), d.between(0, 6), d.between(0, 6)
	var pts []point
	const n = 12
	for i := range n + 1 {
		t := float64(i) / n
		v := math.Sin(t*3.1+a)*.6 + math.Sin(t*7.3+b)*.28*rough + math.Sin(t*15+c)*.14*rough
		pts = append(pts, point{t * w, y - v*height})
	}
	return smooth(pts...).line(w, h, 0, h).close()
}

func (d *drawing) sunHills(look Look, w, h float64) {
	d.circle(w*.5, h*.36, w*.2, look.Tone(1))
	d.shape(d.ridge(w, h, h*.58, h*.07, .4), look.Tone(2))
	d.shape(d.ridge(w, h, h*.74, h*.06, .4), look.Tone(3))
}

// strata is one range of mountains behind the other, paler with the distance.
func (d *drawing) strata(look Look, w, h float64) {
	d.rect(0, 0, w, h, d.down(look.Tone(1), look.Tone(0)+"@.6"))
	d.circle(w*.68, h*.24, w*.09, look.Tone(2))
	const n = 7
	for i := range n {
		t := float64(i) / (n - 1)
		colour := mix(mix(look.Tone(0), look.Tone(3), .35), look.Tone(4), t)
		p := d.ridge(w, h, h*(.4+.085*float64(i)), h*(.05+.02*t), 1.1)
		d.shape(p, d.down(colour, mix(colour, look.Tone(0), .34*(1-t))))
	}
}

// dunes are long curves of sand, each with its shadow side.
func (d *drawing) dunes(look Look, w, h float64) {
	d.rect(0, 0, w, h, d.down(look.Tone(1), shade(look.Tone(1), .3)))
	d.circle(w*.28, h*.24, w*.11, look.Tone(2))
	for i := range 5 {
		y := h * (.4 + .13*float64(i))
		x := w * []float64{.64, .3, .74, .4, .62}[i]
		light, dark := mix(look.Tone(3), look.Tone(4), float64(i)*.16), shade(mix(look.Tone(3), look.Tone(4), float64(i)*.16), -.26)
		top := y - h*.1
		d.shape(from(0, y+h*.05).curve(x*.4, y+h*.03, x*.8, top+h*.02, x, top).curve(x+(w-x)*.3, top+h*.05, x+(w-x)*.6, y+h*.01, w, y).line(w, h, 0, h).close(), d.down(light, shade(light, -.08)))
		d.shape(from(x, top).curve(x-w*.02, y, x+w*.12, y+h*.05, x-w*.1, y+h*.16).curve(x+w*.14, y+h*.14, x+w*.3, y+h*.08, w, y+h*.1).line(w, y).curve(x+(w-x)*.6, y+h*.01, x+(w-x)*.3, top+h*.05, x, top).close(), alpha(dark, .75))
	}
}

// horizon is a sun over the sea, cut into bands.
func (d *drawing) horizon(look Look, w, h float64) {
	d.rect(0, 0, w, h, d.down(look.Tone(1), look.Tone(2)+"@.55"))
	r := w * .3
	c := point{w * .5, h * .54}
	d.clip(box(0, 0, w, c.y, .01), func() { d.circle(c.x, c.y, r, d.down(look.Tone(3), shade(look.Tone(3), .3))) })
	d.rect(0, c.y, w, h-c.y, d.down(look.Tone(4), shade(look.Tone(4), -.3)))
	for i := range 13 {
		y := c.y + h*.012 + math.Pow(float64(i), 1.35)*h*.0105
		half := r * (1.02 - float64(i)*.062) * (.8 + .2*math.Sin(float64(i)*2.4))
		d.rect(c.x-half+math.Sin(float64(i)*1.7)*w*.02, y, half*2, h*.0045+float64(i)*h*.0006, alpha(look.Tone(3), .9-float64(i)*.04), `rx="2"`)
	}
	for i := range 3 {
		d.rect(w*(.1+.22*float64(i)), h*(.2+.05*float64(i)), w*.3, h*.004, alpha(look.Tone(0), .6), `rx="1"`)
	}
}

// moonPhases shows the moon from new to new.
func (d *drawing) moonPhases(look Look, w, h float64) {
	d.rect(0, 0, w, h, look.Tone(1))
	for range 90 {
		d.circle(d.between(0, w), d.between(0, h), d.between(.4, 1.5), alpha(look.Tone(2), d.between(.3, .9)))
	}
	r := w * .078
	phases := func(c point, phase float64) { // -1 new, 0 full, 1 new
		d.circle(c.x, c.y, r, shade(look.Tone(1), .1))
		k := math.Cos(phase * math.Pi)
		lit := from(c.x, c.y-r)
		sweep, inner := 1.0, 1.0
		if phase > 0 {
			sweep = 0
		}
		if (k > 0) == (phase > 0) {
			inner = 0
		}
		lit.arc(r, r, 0, sweep, c.x, c.y+r).arc(math.Max(r*math.Abs(k), .1), r, 0, inner, c.x, c.y-r).close()
		d.shape(lit, look.Tone(2))
	}
	for i := range 9 {
		t := float64(i)/4 - 1
		p := polar(point{w * .5, h * .46}, t*118, w*.34)
		phases(p, t*.92)
	}
	d.circle(w*.5, h*.46, w*.15, look.Tone(2))
	for range 26 {
		a, q := d.between(0, 360), math.Sqrt(d.rnd.Float64())
		p := polar(point{w * .5, h * .46}, a, q*w*.125)
		d.circle(p.x, p.y, d.between(.006, .02)*w, alpha(look.Tone(3), .35))
	}
	d.text(lettering{w * .026, 1, 5, look.Tone(2), .5}, w*.5, h*.92, w*.8, look.Line(0))
}

// nightLake mirrors a forest in still water.
func (d *drawing) nightLake(look Look, w, h float64) {
	d.rect(0, 0, w, h, d.down(look.Tone(1), look.Tone(2)+"@.5", look.Tone(1)))
	d.circle(w*.36, h*.24, w*.1, look.Tone(3))
	trees := &path{}
	for i := range 30 {
		x := w * (float64(i)/29*1.1 - .05)
		t := h * (.09 + .07*math.Abs(math.Sin(float64(i)*1.3)) + d.between(0, .05))
		half := t * .17
		p := from(x-half, h*.52)
		for k := range 4 {
			y := h*.52 - t*float64(k+1)/4
			p.line(x-half*(1-float64(k)/4)*.5, y+t*.07).line(x-half*(1-float64(k+1)/4), y+t*.09)
		}
		p.line(x, h*.52-t*1.08)
		for k := 3; k >= 0; k-- {
			y := h*.52 - t*float64(k+1)/4
			p.line(x+half*(1-float64(k+1)/4), y+t*.09).line(x+half*(1-float64(k)/4)*.5, y+t*.07)
		}
		trees.add(p.line(x+half, h*.52).close())
	}
	id := d.def(`<path id="ID" d="` + trees.String() + `"/>`)
	d.group(`fill="`+look.Tone(4)+`"`, func() { d.use(id, move(0, 0)) })
	d.group(`fill="`+look.Tone(4)+`" opacity=".45"`, func() { d.use(id, move(0, h*1.046).scale(1, -1)) })
	for i := range 12 {
		y := h * (.55 + .034*float64(i))
		d.rect(w*d.between(.05, .5), y, w*d.between(.1, .4), h*.003, alpha(look.Tone(3), .3), `rx="1"`)
	}
}
