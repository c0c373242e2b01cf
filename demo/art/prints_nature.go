package art

import "math"

// printNature are plants, fruit and birds.
func (d *drawing) printNature(look Look, w, h float64) bool {
	switch look.Motif {
	case "branch":
		d.branch(look, w, h)
	case "cutouts":
		d.cutouts(look, w, h)
	case "palmleaf":
		d.palmLeaf(look, w, h)
	case "poppies":
		d.poppies(look, w, h)
	case "citrus":
		d.citrus(look, w, h)
	case "pears":
		d.pears(look, w, h)
	case "birds":
		d.birds(look, w, h)
	case "fish":
		d.fish(look, w, h)
	default:
		return false
	}
	return true
}

// branch is a twig in ink with every leaf outlined, over a tinted shadow of itself.
func (d *drawing) branch(look Look, w, h float64) {
	s := spine{point{w * .44, h * .93}, point{w * .36, h * .5}, point{w * .58, h * .1}}
	d.ellipse(w*.56, h*.44, w*.3, h*.27, look.Tone(1))
	leaf := func(at point, turn, size float64, filled bool) {
		fill := "none"
		if filled {
			fill = look.Tone(2)
		}
		d.group(`transform="`+string(move(at.x, at.y).turn(turn).scale(size/100, size/100))+`"`, func() {
			o := ovate().outline()
			d.shape(o, fill, `stroke="`+look.Tone(3)+`" stroke-width="1.8"`)
			veins := from(0, 0).line(0, -94)
			for i := range 6 {
				y := -14 - float64(i)*13
				x := ovate().width(y-8) * .8
				veins.add(from(0, y).quad(x*.5, y-5, x, y-12)).add(from(0, y).quad(-x*.5, y-5, -x, y-12))
			}
			d.stroke(veins, look.Tone(3), 1.1)
		})
	}
	d.stroke(from(s.a.x, s.a.y).quad(s.b.x, s.b.y, s.c.x, s.c.y), look.Tone(3), 3)
	for i := range 11 {
		t := .16 + .82*float64(i)/10
		at, heading := bezier(s.a, s.b, s.c, t)
		side := 1.0
		if i%2 == 0 {
			side = -1
		}
		leaf(at, heading+side*(62-t*20), w*(.36-.16*t), i%3 == 1)
	}
	at, heading := bezier(s.a, s.b, s.c, 1)
	leaf(at, heading, w*.16, false)
}

// frondCut is a fronded shape as if cut with scissors: n fingers on each side.
func (d *drawing) frondCut(x, y, size, turn float64, n int, colour string) {
	p := from(0, 0)
	finger := func(t, side float64) {
		y := -size * (.1 + .8*t)
		l := size * .34 * math.Sin(math.Pi*(.2+.75*t))
		g := size * .4 / float64(n)
		p.curve(side*l*.5, y+g*1.1, side*l*.9, y+g*1.2, side*l, y-g*.4).curve(side*l*.9, y-g*1.3, side*l*.4, y-g*.7, side*size*.035, y-g*.9)
	}
	for i := range n {
		finger(float64(i)/float64(n-1), 1)
	}
	p.curve(size*.1, -size*1.02, -size*.1, -size*1.02, -size*.035, -size*.92)
	mirror := from(0, 0)
	*mirror, *p = *p, *mirror
	for i := range n {
		finger(float64(i)/float64(n-1), -1)
	}
	p.curve(-size*.1, -size*1.02, 0, -size*1.02, 0, -size*.96).close()
	d.group(`transform="`+string(move(x, y).turn(turn))+`" fill="`+colour+`"`, func() {
		d.elements.WriteString(`<path d="` + mirror.line(0, 0).close().String() + p.String() + `"/>`)
	})
}

// cutouts are fronds, blobs and stars on squares of colour.
func (d *drawing) cutouts(look Look, w, h float64) {
	cols, rows := 2, 3
	if w > h {
		cols, rows = 3, 2
	}
	m := w * .05
	cw, ch := (w-2*m)/float64(cols), (h-2*m)/float64(rows)
	for r := range rows {
		for c := range cols {
			x, y := m+float64(c)*cw, m+float64(r)*ch
			i := r*cols + c
			d.rect(x+1, y+1, cw-2, ch-2, look.Tone(1+i%4))
			ground := 1 + i%4
			colour := look.Tone(1 + (ground+1+i%2)%4)
			switch i % 3 {
			case 0:
				d.frondCut(x+cw*.4, y+ch*.94, ch*.88, 12-float64(i)*5, 6, colour)
			case 1:
				d.frondCut(x+cw*.62, y+ch*.92, ch*.7, -24, 4, look.Tone(0))
				d.frondCut(x+cw*.3, y+ch*.66, ch*.5, 8, 4, colour)
			default:
				var pts []point
				for k := range 10 {
					q := cw * .36
					if k%2 == 1 {
						q *= .5
					}
					pts = append(pts, polar(point{x + cw/2, y + ch/2}, float64(k)*36+d.between(-8, 8), q))
				}
				d.shape(blob(pts...), colour)
				d.circle(x+cw*.5, y+ch*.5, cw*.08, look.Tone(0))
			}
		}
	}
}

// palmLeaf is one big leaf in flat colour on a disc.
func (d *drawing) palmLeaf(look Look, w, h float64) {
	d.circle(w*.5, h*.42, w*.36, look.Tone(1))
	s := spine{point{w * .42, h * .96}, point{w * .46, h * .5}, point{w * .56, h * .1}}
	const n = 15
	for i := range n {
		t := .2 + .78*float64(i)/(n-1)
		at, heading := bezier(s.a, s.b, s.c, t)
		l := w * .42 * math.Sin(math.Pi*(.18+.72*float64(i)/n))
		for k, side := range []float64{-1, 1} {
			tip := polar(at, heading+side*(72-t*44), l)
			a, b := polar(at, heading+side*(50-t*34), l*.5), polar(at, heading+side*(94-t*44), l*.46)
			d.shape(from(at.x, at.y).quad(a.x, a.y, tip.x, tip.y).quad(b.x, b.y, at.x, at.y).close(), look.Tone(2+k))
		}
	}
	d.stroke(from(s.a.x, s.a.y).quad(s.b.x, s.b.y, s.c.x, s.c.y), look.Tone(4), 3)
}

// poppies stand in a row, as a child would see them.
func (d *drawing) poppies(look Look, w, h float64) {
	d.rect(0, h*.84, w, h*.16, look.Tone(4))
	for i, f := range []struct{ x, y, r float64 }{{.18, .5, .1}, {.36, .3, .13}, {.54, .46, .115}, {.7, .24, .12}, {.86, .42, .09}, {.28, .66, .07}, {.64, .66, .075}} {
		x, y, r := w*f.x, h*f.y, w*f.r
		d.stroke(from(x, y).quad(x+w*.03*math.Sin(float64(i)), h*.7, x-w*.02, h*.9), look.Tone(3), 3.4)
		if i%2 == 0 {
			d.shape(from(x-w*.01, h*.8).quad(x+w*.1, h*.72, x+w*.12, h*.64).quad(x+w*.02, h*.7, x-w*.01, h*.8).close(), look.Tone(3))
		}
		var pts []point
		for k := range 9 {
			pts = append(pts, polar(point{x, y}, float64(k)*40, r*d.between(.84, 1.12)))
		}
		d.shape(blob(pts...), look.Tone(1+i%2))
		d.shape(from(x-r*.8, y+r*.2).quad(x, y+r*.9, x+r*.8, y+r*.1).quad(x, y+r*.4, x-r*.8, y+r*.2).close(), alpha(shade(look.Tone(1+i%2), -.5), .35))
		d.circle(x, y, r*.26, look.Tone(4))
		for k := range 12 {
			p := polar(point{x, y}, float64(k)*30, r*.4)
			d.circle(p.x, p.y, r*.04, look.Tone(4))
		}
	}
}

// citrus is a pattern of halves and wholes.
func (d *drawing) citrus(look Look, w, h float64) {
	cols, rows := 3, 4
	if w > h {
		cols, rows = 4, 3
	}
	r := math.Min(w/float64(cols), h/float64(rows)) * .39
	for i := range rows {
		for j := range cols {
			x, y := w*(float64(j)+.5)/float64(cols), h*(float64(i)+.5)/float64(rows)
			peel := look.Tone(1 + (i+j)%2)
			d.circle(x, y, r, peel)
			if (i*cols+j+i)%3 == 1 {
				d.ellipse(x-r*.3, y-r*.34, r*.26, r*.14, alpha("#ffffff", .4), `transform="rotate(-34 `+num(x-r*.3)+` `+num(y-r*.34)+`)"`)
				d.place(d.leaf(ovate(), leafLook{colour: look.Tone(3)}), point{x, y - r*.9}, 62, r*.9, .9)
				continue
			}
			d.circle(x, y, r*.88, look.Tone(0))
			turn := d.between(0, 45)
			for k := range 9 {
				a := turn + float64(k)*40
				p, q, t := polar(point{x, y}, a, r*.08), polar(point{x, y}, a-16, r*.78), polar(point{x, y}, a+16, r*.78)
				d.shape(from(p.x, p.y).line(q.x, q.y).arc(r*.3, r*.3, 0, 1, t.x, t.y).close(), shade(peel, .22))
			}
		}
	}
}

// pears sit on a table edge, modelled in three tones.
func (d *drawing) pears(look Look, w, h float64) {
	d.rect(0, 0, w, h*.68, look.Tone(1))
	d.rect(0, h*.68, w, h*.32, look.Tone(2))
	for i, p := range []struct{ x, y, s, turn float64 }{{.3, .76, .5, -6}, {.56, .74, .56, 5}, {.77, .8, .42, 14}} {
		c := look.Tone(3 + i%2)
		d.group(`transform="`+string(move(w*p.x, h*p.y).turn(p.turn).scale(w*p.s/100, w*p.s/100))+`"`, func() {
			d.ellipse(14, 1, 40, 5, alpha("#000000", .22))
			body := from(0, 2).curve(-34, 4, -40, -36, -18, -56).curve(-12, -66, -12, -84, 0, -86).curve(12, -84, 12, -66, 18, -56).curve(40, -36, 34, 4, 0, 2).close()
			d.shape(body, c)
			d.clip(body, func() {
				d.ellipse(26, -26, 26, 44, alpha(shade(c, -.5), .4))
				d.ellipse(-16, -30, 9, 18, alpha(shade(c, .6), .6))
			})
			d.stroke(from(0, -85).quad(2, -96, 9, -102), "#4a3322", 3)
		})
	}
}

// birds cross a big sun.
func (d *drawing) birds(look Look, w, h float64) {
	d.rect(0, 0, w, h, d.down(look.Tone(1), look.Tone(0)))
	d.circle(w*.54, h*.44, w*.3, look.Tone(2))
	for i, b := range []struct{ x, y, s, turn float64 }{
		{.5, .36, .2, -12}, {.3, .46, .15, -4}, {.68, .5, .16, -18}, {.44, .58, .11, -8}, {.78, .34, .1, -14}, {.2, .34, .09, 0}, {.6, .66, .08, -10}, {.34, .26, .07, -6}, {.84, .6, .07, -16},
	} {
		d.group(`transform="`+string(move(w*b.x, h*b.y).turn(b.turn).scale(w*b.s/100, w*b.s/100))+`"`, func() {
			flap := float64(i%3)*16 - 10
			d.shape(from(-6, 0).curve(-40, -46-flap, -78, -48-flap, -104, -34).curve(-70, -34, -46, -14, -30, 8).close(), look.Tone(3))
			d.shape(from(-16, -2).curve(10, -52+flap, 46, -66, 84, -60).curve(56, -46, 38, -18, 14, 10).close(), look.Tone(3))
			d.shape(from(-52, 6).curve(-20, -14, 30, -12, 62, 2).line(72, 4).line(60, 8).curve(30, 18, -16, 18, -44, 12).line(-86, 20).line(-60, 8).line(-86, 0).close(), shade(look.Tone(3), -.2))
		})
	}
	d.shape(d.ridge(w, h, h*.88, h*.03, .6), look.Tone(4))
}

// fish swim in a school, one the other way.
func (d *drawing) fish(look Look, w, h float64) {
	d.rect(0, 0, w, h, look.Tone(1))
	for r := range 7 {
		for c := range 3 {
			x := w * (.22 + .3*float64(c))
			if r%2 == 1 {
				x -= w * .06
			}
			y := h * (.11 + .13*float64(r))
			flip, colour := 1.0, look.Tone(2)
			if r == 4 && c == 1 {
				flip, colour = -1, look.Tone(3)
			}
			d.group(`transform="`+string(move(x, y).scale(flip*w*.0026, w*.0026))+`"`, func() {
				d.shape(from(-46, 0).curve(-26, -24, 18, -22, 34, 0).line(52, -16).curve(46, -4, 46, 4, 52, 16).line(34, 0).curve(18, 22, -26, 24, -46, 0).close(), colour)
				d.stroke(from(-24, -12).quad(-17, 0, -24, 12).moveTo(-8, -10).quad(-2, 0, -8, 10).moveTo(6, -9).quad(12, 0, 6, 9), look.Tone(1), 2)
				d.circle(-34, -3, 2.6, look.Tone(0))
			})
		}
	}
}
