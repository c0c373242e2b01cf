package art

import "math"

// printLines are the prints made of lines and dots.
func (d *drawing) printLines(look Look, w, h float64) bool {
	switch look.Motif {
	case "contour":
		d.contour(look, w, h)
	case "moire":
		d.moire(look, w, h)
	case "ridges":
		d.ridges(look, w, h)
	case "tide":
		d.tide(look, w, h)
	case "halftone":
		d.halftone(look, w, h)
	case "thread":
		d.thread(look, w, h)
	default:
		return false
	}
	return true
}

// contour is the map of a mountain that nobody has climbed.
func (d *drawing) contour(look Look, w, h float64) {
	type wave struct{ k, amp, phase float64 }
	var waves []wave
	for k := 2.0; k < 7; k++ {
		waves = append(waves, wave{k, d.between(.05, .2) / math.Sqrt(k-1), d.between(0, 6.28)})
	}
	lines, heavy := &path{}, &path{}
	for i := range 26 {
		r := w * (.03 + .038*float64(i))
		c := point{w*(.58-.006*float64(i)) + math.Sin(float64(i)*.5)*w*.01, h * (.42 + .006*float64(i))}
		var pts []point
		const n = 18
		for j := range n {
			a := float64(j) / n * 2 * math.Pi
			v := 1.0
			for _, q := range waves {
				v += q.amp * math.Sin(q.k*a+q.phase+float64(i)*.09) * math.Min(1, .3+float64(i)*.06)
			}
			pts = append(pts, polar(c, a*180/math.Pi, r*v))
		}
		if i%5 == 0 {
			heavy.add(blob(pts...))
		} else {
			lines.add(blob(pts...))
		}
	}
	d.stroke(lines, look.Tone(1), 1)
	d.stroke(heavy, look.Tone(2), 2.2)
	d.shape(polygon(w*.58-7, h*.42+5, w*.58, h*.42-8, w*.58+7, h*.42+5), look.Tone(3))
	d.rect(w*.06, h*.9, w*.36, h*.06, look.Tone(0))
	d.text(lettering{w * .026, 1, 2.4, look.Tone(2), 0}, w*.075, h*.935, w*.34, look.Line(0))
}

// moire is what two sets of rings make of each other.
func (d *drawing) moire(look Look, w, h float64) {
	for k, c := range []point{{w * .5, h * .42}, {w * .5, h * .56}} {
		rings := &path{}
		for i := range 24 {
			r := w * (.014 + .0185*float64(i))
			rings.add(oval(c.x, c.y, r, r))
		}
		d.stroke(rings, look.Tone(1+k), w*.0052)
	}
}

// ridges are lines that rise where something lies under them.
func (d *drawing) ridges(look Look, w, h float64) {
	const rows = 30
	for i := range rows {
		y := h * (.2 + .62*float64(i)/(rows-1))
		var pts []point
		const n = 16
		for j := range n + 1 {
			t := float64(j) / n
			bell := math.Exp(-math.Pow((t-.5-.06*math.Sin(float64(i)*.4))*5.2, 2))
			v := bell * (.25 + .75*math.Abs(math.Sin(t*13+float64(i)*.55))*d.between(.5, 1))
			pts = append(pts, point{w * (.12 + .76*t), y - v*h*.1})
		}
		// Filled with paper, each line hides those behind it.
		d.shape(smooth(pts...), look.Tone(0), `stroke="`+mix(look.Tone(1), look.Tone(2), float64(i)/rows)+`" stroke-width="1.7"`)
	}
}

// tide is a sea of scalloped lines.
func (d *drawing) tide(look Look, w, h float64) {
	d.rect(0, 0, w, h, look.Tone(1))
	d.circle(w*.7, h*.2, w*.13, look.Tone(2))
	scale := d.symbol(func() {
		d.elements.WriteString(`<path d="` + from(-50, 50).arc(50, 50, 0, 1, 50, 50).line(50, 130, -50, 130).close().String() + `"/>`)
		arcs := &path{}
		for _, k := range []float64{50, 36, 22} {
			arcs.add(from(-k, 50).arc(k, k, 0, 1, k, 50))
		}
		d.stroke(arcs, look.Tone(0), 2.6)
	})
	const rows = 15
	for i := range rows {
		y := h * (.34 + .05*float64(i))
		s := w * (.12 + .006*float64(i))
		x := -s
		if i%2 == 1 {
			x += s / 2
		}
		d.group(`fill="`+mix(look.Tone(3), look.Tone(4), float64(i)/rows)+`"`, func() {
			for ; x < w+s; x += s {
				d.use(scale, move(x, y).scale(s/100, s/100))
			}
		})
	}
}

// halftone models a ball with dots alone.
func (d *drawing) halftone(look Look, w, h float64) {
	const n = 30
	s := w * .86 / n
	const sizes = 12
	var dots [sizes + 1]path
	for r := range int(h * .88 / s) {
		for c := range n {
			x, y := w*.07+(float64(c)+.5)*s, h*.06+(float64(r)+.5)*s
			dx, dy := (x-w*.5)/(w*.36), (y-h*.5)/(w*.36)
			size := .1
			if q := dx*dx + dy*dy; q < 1 {
				light := -dx*.5 - dy*.6 + math.Sqrt(1-q)*.62
				size = .16 + .4*(1-math.Max(0, light))
			} else if shadow := math.Hypot((x-w*.62)/(w*.34), (y-h*.79)/(h*.06)); shadow < 1 {
				size = .42 * (1.1 - shadow)
			}
			dots[int(math.Min(size/.56, 1)*sizes)].dot(x, y)
		}
	}
	for i := range dots {
		if len(dots[i].b) > 0 {
			d.stroke(&dots[i], look.Tone(1), s*1.12*float64(i)/sizes)
		}
	}
	d.circle(w*.78, h*.17, w*.07, look.Tone(2))
}

// thread is one line that wanders through rosettes.
func (d *drawing) thread(look Look, w, h float64) {
	for k, set := range []struct{ a, b, size float64 }{{7, 3, .4}, {5, 4, .3}} {
		var pts []point
		const n = 120
		for i := range n + 1 {
			t := float64(i) / n * 2 * math.Pi * set.b
			r := w * set.size * (.62 + .38*math.Cos(t*set.a/set.b))
			pts = append(pts, point{w*.5 + r*math.Cos(t), h*.5 + r*math.Sin(t)*1.12})
		}
		d.stroke(smooth(pts...), look.Tone(1+k), 3-float64(k)*.8)
	}
	d.circle(w*.5, h*.5, w*.05, look.Tone(3))
}
