package art

import "math"

// The prints. Each motif fills a field w wide and h high; the palette's first colour is the paper.

// print draws a motif. The families stand in files of their own.
func (d *drawing) print(look Look, w, h float64) {
	if d.printShapes(look, w, h) || d.printLand(look, w, h) || d.printLines(look, w, h) || d.printNature(look, w, h) {
		return
	}
	d.printPlaces(look, w, h)
}

// printShapes are the abstract compositions.
func (d *drawing) printShapes(look Look, w, h float64) bool {
	switch look.Motif {
	case "bauhaus":
		d.bauhaus(look, w, h)
	case "suprematist":
		d.suprematist(look, w, h)
	case "arcs":
		d.arcs(look, w, h)
	case "weave":
		d.weave(look, w, h)
	case "folds":
		d.folds(look, w, h)
	case "orbit":
		d.orbit(look, w, h)
	case "brush":
		d.brush(look, w, h)
	case "letter":
		d.letter(look, w, h)
	case "words":
		d.words(look, w, h)
	default:
		return false
	}
	return true
}

// bauhaus is a grid of quarter circles, discs and stripes.
func (d *drawing) bauhaus(look Look, w, h float64) {
	cols := 4.0
	s := w * .8 / cols
	rows := math.Floor(h * .84 / s)
	ox, oy := (w-cols*s)/2, (h-rows*s)/2
	for r := 0.0; r < rows; r++ {
		for c := 0.0; c < cols; c++ {
			x, y := ox+c*s, oy+r*s
			a := look.Tone(1 + d.rnd.IntN(4))
			b := look.Tone(1 + d.rnd.IntN(4))
			if a == b {
				b = look.Tone(0)
			}
			d.rect(x, y, s+.3, s+.3, a)
			corner := []point{{x, y}, {x + s, y}, {x + s, y + s}, {x, y + s}}[d.rnd.IntN(4)]
			switch d.rnd.IntN(5) {
			case 0, 1:
				d.quarter(corner, point{x + s/2, y + s/2}, s, b)
				if d.rnd.IntN(2) == 0 {
					d.quarter(corner, point{x + s/2, y + s/2}, s*.5, a)
				}
			case 2:
				d.circle(x+s/2, y+s/2, s*.36, b)
			case 3:
				for i := range 4 {
					d.rect(x, y+s*(float64(i)*.25+.06), s, s*.125, b)
				}
			default:
				d.shape(polygon(corner.x, corner.y, 2*(x+s/2)-corner.x, corner.y, corner.x, 2*(y+s/2)-corner.y), b)
			}
		}
	}
}

// quarter is a quarter disc at a corner, open towards the middle of its square.
func (d *drawing) quarter(corner, middle point, r float64, colour string) {
	dx, dy := math.Copysign(r, middle.x-corner.x), math.Copysign(r, middle.y-corner.y)
	sweep := 1.0
	if dx*dy < 0 {
		sweep = 0
	}
	d.shape(from(corner.x, corner.y).line(corner.x+dx, corner.y).arc(r, r, 0, sweep, corner.x, corner.y+dy).close(), colour)
}

// suprematist lets bars, a disc and a cross float on the diagonal.
func (d *drawing) suprematist(look Look, w, h float64) {
	bar := func(x, y, bw, bh, turn float64, tone int) {
		d.rect(-bw/2*w, -bh/2*w, bw*w, bh*w, look.Tone(tone), `transform="`+string(move(x*w, y*h).turn(turn))+`"`)
	}
	d.circle(w*.66, h*.3, w*.2, look.Tone(2))
	bar(.42, .46, .82, .16, -34, 1)
	bar(.5, .6, .6, .07, -34, 3)
	bar(.3, .62, .2, .2, -34, 4)
	bar(.62, .42, .5, .03, 56, 1)
	bar(.74, .6, .3, .05, -34, 2)
	bar(.26, .3, .26, .025, -34, 1)
	bar(.24, .335, .18, .025, -34, 1)
	bar(.7, .76, .34, .02, 12, 1)
	bar(.66, .79, .2, .02, 12, 4)
	bar(.36, .8, .12, .12, 12, 2)
	d.circle(w*.8, h*.5, w*.035, look.Tone(1))
	d.circle(w*.18, h*.74, w*.02, look.Tone(3))
}

// arcs are nested half rings, two by five, that turn up and down.
func (d *drawing) arcs(look Look, w, h float64) {
	m := w * .12
	r := (w - 2*m) / 4
	top := (h - 5*r*1.16) / 2
	for row := range 5 {
		for col := range 2 {
			cx := m + r + float64(col)*2*r
			foot, sweep := top+float64(row)*r*1.16+r*1.08, 1.0
			if (row+col)%2 == 1 {
				foot, sweep = foot-r, 0
			}
			const n = 5
			for i := range n {
				rr := r * .97 * (1 - float64(i)/n*.9)
				d.shape(from(cx-rr, foot).arc(rr, rr, 0, sweep, cx+rr, foot).close(), look.Tone(1+(i+row*2+col)%4))
			}
		}
	}
}

// weave is a textile of bars in two directions.
func (d *drawing) weave(look Look, w, h float64) {
	const n = 9
	s := w * .84 / n
	rows := int(h * .88 / s)
	ox, oy := w*.08, (h-float64(rows)*s)/2
	var grounds, threads [5]path // by tone
	for r := range rows {
		for c := range n {
			x, y := ox+float64(c)*s, oy+float64(r)*s
			base, other := 1+(c*c+r*3+c*r)%4, 1+(c+r*2+1)%4
			if other == base {
				other = 0
			}
			grounds[base].block(x, y, s, s)
			for k := range 3 {
				o := s * (float64(k)*.333 + .08)
				if (c+r)%2 == 0 {
					threads[other].block(x, y+o, s, s*.16)
				} else {
					threads[other].block(x+o, y, s*.16, s)
				}
			}
		}
	}
	for _, layer := range [][5]path{grounds, threads} {
		for tone := range layer {
			d.shape(&layer[tone], look.Tone(tone))
		}
	}
}

// folds is paper folded into light and dark triangles.
func (d *drawing) folds(look Look, w, h float64) {
	const n = 5
	s := w * .84 / n
	rows := int(h * .86 / s)
	ox, oy := w*.08, (h-float64(rows)*s)/2
	for r := range rows {
		for c := range n {
			x, y := ox+float64(c)*s, oy+float64(r)*s
			tone := look.Tone(1 + (c+r*2)%4)
			k := (c*3 + r*5 + c*r) % 4
			m := point{x + s/2, y + s/2}
			p := []point{{x, y}, {x + s, y}, {x + s, y + s}, {x, y + s}}
			for i := range 4 {
				a, b := p[i], p[(i+1)%4]
				by := []float64{.34, .08, -.3, -.12}[(i+k)%4]
				d.shape(polygon(a.x, a.y, b.x, b.y, m.x, m.y), shade(tone, by))
			}
		}
	}
}

// orbit is a system of rings with bodies on them.
func (d *drawing) orbit(look Look, w, h float64) {
	c := point{w * .5, h * .5}
	d.circle(c.x, c.y, w*.42, look.Tone(1))
	for i := range 7 {
		r := w * (.1 + .053*float64(i))
		d.circle(c.x, c.y, r, "none", `stroke="`+alpha(look.Tone(0), .7)+`" stroke-width="1.4"`)
		p := polar(c, float64(i)*83+20, r)
		size := w * []float64{.02, .034, .016, .05, .024, .04, .018}[i]
		d.circle(p.x, p.y, size, look.Tone(2+i%3))
		d.shape(from(p.x, p.y-size).arc(size, size, 0, 1, p.x, p.y+size).close(), alpha("#000000", .16))
	}
	d.circle(c.x, c.y, w*.06, look.Tone(2))
	for i := range 12 {
		p, q := polar(c, float64(i)*30, w*.445), polar(c, float64(i)*30, w*.46)
		d.stroke(from(p.x, p.y).line(q.x, q.y), look.Tone(1), 1.6)
	}
}

// brush lays a few wide strokes of a dry brush.
func (d *drawing) brush(look Look, w, h float64) {
	d.bristles(spine{point{w * .14, h * .24}, point{w * .74, h * .06}, point{w * .84, h * .36}}, w*.2, look.Tone(2))
	d.bristles(spine{point{w * .84, h * .4}, point{w * .5, h * .42}, point{w * .16, h * .62}}, w*.26, look.Tone(1))
	d.bristles(spine{point{w * .2, h * .72}, point{w * .5, h * .9}, point{w * .86, h * .66}}, w*.15, look.Tone(3))
	d.circle(w*.3, h*.43, w*.07, look.Tone(4))
}

// bristles is one stroke: many hairs side by side that run dry at different places.
func (d *drawing) bristles(s spine, width float64, colour string) {
	const hairs = 30
	for i := range hairs {
		o := (float64(i)/(hairs-1) - .5) * width
		end := 1 - math.Abs(d.rnd.NormFloat64())*.1
		p0, a0 := bezier(s.a, s.b, s.c, math.Abs(d.rnd.NormFloat64())*.02)
		p1, a1 := bezier(s.a, s.b, s.c, end)
		_, am := bezier(s.a, s.b, s.c, .5)
		a, m, z := polar(p0, a0+90, o), polar(s.b, am+90, o), polar(p1, a1+90, o)
		d.stroke(from(a.x, a.y).quad(m.x, m.y, z.x, z.y), alpha(shade(colour, d.between(-.12, .14)), d.between(.7, .98)), width/hairs*d.between(1.1, 2))
	}
}

// letter is one huge sign that leaves the sheet; Label is the sign and a line below.
func (d *drawing) letter(look Look, w, h float64) {
	d.rect(0, 0, w, h*.8, look.Tone(1))
	d.clip(box(0, 0, w, h*.8, .01), func() {
		d.text(lettering{h * .66, 2.2, 0, look.Tone(2), .5}, w*.5, h*.73, 0, look.Line(0))
		d.circle(w*.8, h*.16, w*.09, look.Tone(3))
	})
	d.text(lettering{w * .034, 1.1, 3, look.Tone(4), 0}, w*.07, h*.88, w*.6, look.Line(1))
	d.text(lettering{w * .022, 1, 3, look.Tone(4), 0}, w*.07, h*.92, w*.6, look.Line(2))
	d.text(lettering{w * .034, 1.1, 1, look.Tone(4), 1}, w*.93, h*.88, w*.3, look.Line(3))
}

// words sets the lines of Label as large as the sheet allows, each in the next colour.
func (d *drawing) words(look Look, w, h float64) {
	n := float64(len(look.Label))
	m := w * .09
	size := (h - 2*m) / n * .72
	for i, line := range look.Label {
		y := m + (h-2*m)*(float64(i)+1)/n - size*.1
		l := lettering{size, 1.9, .6, look.Tone(1 + i%4), 0}
		scale := (w - 2*m) / l.width(line)
		d.group(`transform="`+string(move(m, y).scale(scale, 1))+`"`, func() { d.text(l, 0, 0, 0, line) })
	}
}
