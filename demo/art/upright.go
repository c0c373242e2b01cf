package art

import "math"

// snakePlant stands in stiff, banded blades with yellow edges.
func (d *drawing) snakePlant() {
	for i, b := range []struct{ x, lean, height, width float64 }{
		{-20, -9, 330, 21}, {22, 7, 350, 22}, {-48, -16, 270, 20}, {50, 15, 285, 20}, {2, -1, 400, 23}, {-28, -7, 250, 21}, {34, 9, 230, 21}, {-6, 3, 300, 22}, {14, 14, 180, 18}, {-44, -20, 170, 17},
	} {
		s := spine{point{b.x * .6, 4}, point{b.x*.8 + b.lean*1.5, -b.height * .5}, point{b.x + b.lean*3.4, -b.height}}
		profile := func(width float64) func(float64) float64 {
			return func(t float64) float64 {
				return width * (.62 + .6*math.Sin(math.Pi*math.Min(t*.9+.06, 1))) * math.Min(1, (1-t)*4+.02) * .78
			}
		}
		dark := []float64{-.24, -.12, 0}[min(i/3, 2)]
		d.blade(s, shade("#d9cf7e", dark), profile(b.width), false)
		inner := s
		inner.c, _ = bezier(s.a, s.b, s.c, .985)
		d.blade(inner, shade("#3f6f4a", dark), profile(b.width*.76), false)
		bands := &path{}
		for t := .06; t < .93; t += .075 {
			at, heading := bezier(s.a, s.b, s.c, t)
			w := profile(b.width * .7)(t)
			l, r := polar(at, heading-90, w), polar(at, heading+90, w)
			bands.add(from(l.x, l.y).curve(at.x-w*.2, at.y-d.between(8, 16), at.x+w*.2, at.y+d.between(6, 12), r.x, r.y-2))
		}
		d.stroke(bands, alpha("#1d3f2c", .55), 3)
	}
}

// strelitzia is the giant bird of paradise, paddles on long stalks.
func (d *drawing) strelitzia() {
	for i, b := range []struct{ angle, stalk, leaf, droop, width float64 }{
		{-26, 320, 270, -22, 50}, {24, 340, 280, 20, 52}, {-4, 380, 300, 4, 54}, {-46, 250, 240, -34, 46}, {44, 240, 240, 36, 48}, {10, 250, 250, 12, 50}, {-14, 200, 220, -16, 44},
	} {
		c := shade("#3f7a4e", []float64{-.26, -.12, .03}[min(i/3, 2)])
		stem := reach(point{b.angle * .4, 0}, b.angle*.6, b.stalk, b.angle*.3)
		d.stalk(stem, "#6f8f55", 7)
		_, heading := bezier(stem.a, stem.b, stem.c, 1)
		s := reach(stem.c, heading, b.leaf, b.droop*1.4)
		d.blade(s, c, belly(b.width, .42), true)
		d.ribs(s, belly(b.width, .42), 13, alpha(shade(c, .3), .4))
	}
}

// ribs are the side veins of a blade, in one path.
func (d *drawing) ribs(s spine, profile func(float64) float64, n int, colour string) {
	p := &path{}
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n) * .94
		at, heading := bezier(s.a, s.b, s.c, t)
		w := profile(math.Min(t+.07, 1)) * .92
		for _, side := range []float64{-1, 1} {
			q := polar(at, heading+side*62, w*1.1)
			p.add(from(at.x, at.y).line(q.x, q.y))
		}
	}
	d.stroke(p, colour, .8)
}

// kentia is a palm of arching fronds.
func (d *drawing) kentia() {
	frond := d.frond(17, 118, 64, 9)
	for i, f := range []struct{ angle, stalk, size float64 }{
		{-16, 330, 1.25}, {18, 340, 1.25}, {-40, 290, 1.15}, {42, 290, 1.15}, {-2, 370, 1.2}, {-62, 220, 1}, {62, 220, 1}, {10, 210, 1.05}, {-24, 200, 1},
	} {
		c := []string{"#28523a", "#356846", "#457d50"}[min(i/3, 2)]
		stem := reach(point{f.angle * .3, 0}, f.angle*.55, f.stalk, f.angle*.4)
		d.stalk(stem, "#6c8a52", 5)
		_, heading := bezier(stem.a, stem.b, stem.c, 1)
		flip := 1.0
		if f.angle < 0 {
			flip = -1
		}
		d.group(`fill="`+c+`" stroke="`+shade(c, -.25)+`"`, func() {
			d.use(frond, move(stem.c.x, stem.c.y).turn(heading).scale(f.size*flip, f.size))
		})
	}
}

// frond is a feather of n leaflets on each side along an arc that bends to the right; it takes the colours of the
// group it is used in. length is that of its longest
// leaflets, open the angle at which they stand off, broad how wide they are.
func (d *drawing) frond(n int, length, open, broad float64) string {
	s := spine{point{0, 0}, point{10, -150}, point{110, -230}}
	leaflets := &path{}
	for i := range n {
		t := .04 + .96*float64(i)/float64(n-1)
		at, heading := bezier(s.a, s.b, s.c, t)
		l := length * (.42 + .58*math.Sin(math.Pi*(.12+.8*t))) * (1 - t*.42)
		for _, side := range []float64{-1, 1} {
			a := heading + side*(open-t*26)
			tip := polar(at, a, l)
			tip.y += l * .3
			mid := polar(at, a-side*broad, l*.5)
			low := polar(at, a+side*broad, l*.46)
			leaflets.add(from(at.x, at.y).quad(mid.x, mid.y, tip.x, tip.y).quad(low.x, low.y, at.x, at.y+2).close())
		}
	}
	return d.symbol(func() {
		d.elements.WriteString(`<path d="` + leaflets.String() + `" stroke-width=".5"/>`)
		d.elements.WriteString(`<path d="` + from(0, 0).quad(10, -150, 110, -230).String() + `" fill="none" stroke-width="2"/>`)
	})
}

// fern is a Boston fern, a fountain of fronds.
func (d *drawing) fern() {
	frond := d.frond(30, 38, 84, 19)
	for layer := range 5 {
		c := mix("#2f6136", "#79aa55", float64(layer)/4)
		d.group(`fill="`+c+`" stroke="`+shade(c, -.2)+`"`, func() {
			for i := layer * 5; i < layer*5+5; i++ {
				a := (float64((i*9)%25)/24 - .5) * 2
				size := (1.12 - .3*math.Abs(a)) * (1 - .25*float64(i)/25)
				flip, turn := 1.0, a*86+14
				if a < 0 {
					flip, turn = -1, a*86-14
				}
				d.use(frond, move(a*16, 0).turn(turn*.8-flip*18).scale(size*flip, size))
			}
		})
	}
}

// aloe has thick, toothed, pale-spotted blades.
func (d *drawing) aloe() {
	for i, b := range []struct{ angle, length, droop, width float64 }{
		{-12, 270, -10, 17}, {14, 280, 10, 17}, {-36, 250, -26, 17}, {38, 250, 28, 17}, {0, 250, 2, 18}, {-58, 220, -26, 16}, {60, 215, 26, 16}, {-22, 210, 14, 18}, {26, 205, -12, 18}, {-78, 180, -16, 14}, {80, 176, 16, 14}, {4, 170, 12, 18},
	} {
		c := shade("#6f9a78", []float64{-.22, -.08, .08}[min(i/4, 2)])
		s := reach(point{b.angle * .35, 2}, b.angle*.8, b.length, b.droop)
		taper := func(t float64) float64 { return b.width * math.Pow(1-t, .72) * (.86 + .14*math.Sin(math.Pi*t)) }
		teeth, spots := &path{}, &path{}
		for t := .08; t < .94; t += .09 {
			at, heading := bezier(s.a, s.b, s.c, t)
			for _, side := range []float64{-90, 90} {
				base := polar(at, heading+side, taper(t))
				tip := polar(base, heading+side*.7, 3.4)
				teeth.add(polygon(base.x, base.y-1.4, tip.x, tip.y, base.x, base.y+1.4))
			}
			if t < .6 {
				q := polar(at, heading-90, taper(t)*d.between(-.6, .6))
				spots.add(from(q.x, q.y).line(q.x, q.y-2))
			}
		}
		d.shape(teeth, shade(c, .3))
		d.blade(s, c, taper, false)
		d.stroke(spots, alpha("#e8f0dc", .5), 3)
	}
}

// peaceLily holds white flags over dark leaves.
func (d *drawing) peaceLily() {
	blades := []struct{ angle, stalk, leaf, droop float64 }{
		{-30, 150, 190, -40}, {32, 150, 190, 42}, {-8, 190, 190, -18}, {14, 180, 190, 24}, {-54, 110, 180, -46}, {56, 110, 180, 46}, {-22, 110, 170, -34}, {24, 100, 170, 38}, {2, 110, 160, 8}, {-70, 60, 150, -34}, {72, 60, 150, 34},
	}
	for i, b := range blades {
		c := shade("#2f6a45", []float64{-.26, -.1, .06}[min(i/4, 2)])
		stem := reach(point{b.angle * .25, 0}, b.angle*.7, b.stalk, b.angle*.2)
		d.stalk(stem, "#4d7d4a", 3)
		_, heading := bezier(stem.a, stem.b, stem.c, 1)
		s := reach(stem.c, heading, b.leaf, b.droop)
		d.blade(s, c, belly(29, .42), true)
		d.ribs(s, belly(29, .42), 9, alpha(shade(c, .3), .35))
		if i == 3 {
			d.lilyFlags()
		}
	}
}

func (d *drawing) lilyFlags() {
	for _, f := range []struct{ angle, far, turn, size float64 }{{-16, 400, -18, 104}, {12, 430, 14, 112}, {34, 360, 34, 92}, {-38, 340, -40, 86}} {
		stem := reach(point{f.angle * .2, 0}, f.angle*.6, f.far, f.angle*.5)
		d.stalk(stem, "#7fa86a", 3)
		d.group(`transform="`+string(move(stem.c.x, stem.c.y).turn(f.turn).scale(f.size/100, f.size/100))+`"`, func() {
			flag := from(0, 6).curve(-46, -8, -42, -74, 6, -112).curve(30, -76, 34, -18, 0, 6).close()
			d.shape(flag, d.gradient(0, 0, 1, .6, "#ffffff", "#f5f4ea@.5", "#cfd6bd"))
			d.stroke(from(0, 4).curve(-8, -30, -6, -80, 5, -106), "#c3cdb0", .8)
			d.shape(box(2, -60, 9, 52, 4.5), d.across("#f3e8a9", "#cdb764"))
		})
	}
}
