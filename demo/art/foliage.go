package art

import (
	"math"
	"sort"
)

// The big-leaved houseplants. Every function draws one plant, rooted at 0, 0, in millimetres.

// sprig is one leaf on its stalk: the angle at which it leaves, how far, how long the leaf is, and how the leaf hangs.
type sprig struct{ angle, far, size, hang, squash float64 }

// bush draws sprigs from the back to the front; tones are the leaf's three tones.
func (d *drawing) bush(tones [3]string, stem string, width float64, sprigs []sprig) {
	for i, s := range sprigs {
		tone := tones[min(i*3/len(sprigs), 2)]
		line := reach(point{s.angle * .12, 0}, s.angle*.72, s.far, s.angle*.5)
		d.stalk(line, stem, width)
		d.place(tone, line.c, s.hang, s.size, s.squash)
	}
}

// monsteraLeaf is a heart with slits to the edge and holes beside the midrib.
func (d *drawing) monsteraLeaf(colour string) string {
	half := func(side float64) *path {
		x := func(v float64) float64 { return v * side }
		p := from(0, -2).curve(x(8), 16, x(30), 22, x(44), 8)
		slits := []struct{ out, outY, in, inY, next, nextY float64 }{
			{53, -8, 17, -10, 56, -15}, {57, -26, 15, -27, 56, -34}, {53, -46, 14, -44, 50, -53}, {44, -65, 12, -61, 40, -71},
		}
		for _, s := range slits {
			p.quad(x(s.out), s.outY+8, x(s.out), s.outY)
			p.quad(x(s.in+12), s.outY-1, x(s.in), s.inY).quad(x(s.in+14), s.inY-4, x(s.next), s.nextY)
		}
		p.curve(x(34), -84, x(14), -98, 0, -106).close()
		for _, h := range []point{{8, -16}, {7.4, -35}, {6.4, -53}} {
			p.add(oval(x(h.x), h.y, 2.6, 4.4))
		}
		return p
	}
	return d.symbol(func() {
		d.shape(half(-1), d.gradient(0, 0, .4, 1, shade(colour, .2), colour, shade(colour, -.1)), `fill-rule="evenodd"`)
		d.shape(half(1), d.gradient(0, 0, .4, 1, shade(colour, -.02), shade(colour, -.24)), `fill-rule="evenodd"`)
		veins := &path{}
		for i, y := range []float64{2, -18, -36, -54, -70} {
			w := []float64{40, 50, 48, 42, 32}[i]
			veins.add(from(0, y).quad(w*.5, y-5, w, y-10)).add(from(0, y).quad(-w*.5, y-5, -w, y-10))
		}
		d.stroke(veins, alpha(shade(colour, .4), .4), .8)
		d.stroke(from(0, 4).line(0, -103), shade(colour, .34), 1.6)
	})
}

func (d *drawing) monstera() {
	var tones [3]string
	for i, c := range []string{"#1f4a33", "#2c6340", "#3c7c4b"} {
		tones[i] = d.monsteraLeaf(c)
	}
	d.bush(tones, "#4f7a45", 4.6, []sprig{
		{-8, 330, 165, -14, .9}, {46, 300, 150, 60, .8}, {-56, 300, 150, -66, .84}, {22, 350, 170, 30, .95},
		{-34, 260, 160, -42, .95}, {72, 240, 140, 92, .72}, {-84, 230, 136, -104, .74}, {6, 250, 175, 8, 1},
		{44, 200, 150, 62, .9}, {-22, 150, 150, -40, .95}, {58, 120, 120, 98, .8}, {-66, 130, 122, -110, .8},
	})
}

// fiddleFig is the fiddle-leaf fig, a slender trunk with big leaves all the way up.
func (d *drawing) fiddleFig() {
	d.trunk([]point{{0, 0}, {-6, -140}, {8, -300}, {2, -470}}, "#8a7256", 11)
	tones := d.tones(fiddle(), leafLook{colour: "#4f7d42", vein: "#a9c08a", veins: 6, gloss: .1})
	d.whorl(tones, point{2, -130}, 360, 21, 150, 34)
}

// whorl sets leaves around an upright stem, the back ones first; the upper ones stand up.
func (d *drawing) whorl(tones [3]string, foot point, height float64, n int, size, top float64) {
	type one struct {
		at                 point
		turn, size, squash float64
		depth              float64
		tone               int
	}
	var leaves []one
	for i := range n {
		t := float64(i) / float64(n-1)
		around := float64(i) * 137.5 * math.Pi / 180
		side, depth := math.Sin(around), math.Cos(around)
		turn := side * (104 - t*top*1.9)
		leaves = append(leaves, one{
			point{foot.x + side*7, foot.y - t*height}, turn, size * (1 - .32*t) * (.86 + .14*math.Abs(side)),
			.62 + .38*math.Abs(side), depth + t*.6, int(math.Min(2, math.Floor((depth+1)*1.5))),
		})
	}
	sort.SliceStable(leaves, func(i, j int) bool { return leaves[i].depth < leaves[j].depth })
	for _, l := range leaves {
		d.place(tones[l.tone], l.at, l.turn, l.size, l.squash)
	}
}

// trunk is a woody stem through points, thinner towards its end.
func (d *drawing) trunk(pts []point, colour string, width float64) {
	n := len(pts)
	var left, right []point
	for i, p := range pts {
		w := width / 2 * (1 - .55*float64(i)/float64(n-1))
		left, right = append(left, point{p.x - w, p.y}), append([]point{{p.x + w, p.y}}, right...)
	}
	p := smooth(left...)
	p.line(right[0].x, right[0].y).through(right...).close()
	d.shape(p, d.across(shade(colour, .2), colour+"@.4", shade(colour, -.4)))
}

func (d *drawing) rubberFig() {
	for _, stem := range [][]point{{{-10, 0}, {-26, -150}, {-20, -330}}, {{12, 0}, {34, -120}, {38, -260}}} {
		d.trunk(stem, "#6b4a3c", 9)
	}
	tones := d.tones(oblong(), leafLook{colour: "#4b3a36", vein: "#b0574f", veins: 0, gloss: .2})
	d.whorl(tones, point{30, -90}, 190, 12, 130, 36)
	d.whorl(tones, point{-22, -120}, 240, 15, 140, 36)
	d.shape(smooth(point{-24, -352}, point{-14, -390}, point{-18, -432}, point{-22, -392}).close(), "#b8483f")
}

// orbifolia is the calathea with round, silver-striped leaves.
func (d *drawing) orbifolia() {
	round := leafShape{{0, 0}, {0, 0}, {22, 2}, {44, -22}, {46, -54}, {30, -86}, {0, -100}, {0, -100}}
	stripes := func(s leafShape) {
		for i := range 6 {
			y := -4 - float64(i)*14.0
			w := s.width(y-12) * .97
			for _, side := range []float64{-1, 1} {
				d.shape(from(0, y).quad(side*w*.6, y-3, side*w, y-16).quad(side*w*.6, y-12, 0, y-6.4).close(), "#cfdcc07d")
			}
		}
	}
	tones := d.tones(round, leafLook{colour: "#4f8a5c", vein: "#cfe0bf", mark: stripes})
	d.bush(tones, "#7d9a62", 3.4, []sprig{
		{-6, 250, 140, -12, .95}, {38, 240, 136, 46, .85}, {-46, 236, 136, -56, .88}, {18, 190, 150, 26, 1}, {-24, 180, 146, -36, 1},
		{66, 170, 130, 86, .8}, {-72, 164, 130, -94, .82}, {44, 110, 130, 74, .92}, {-46, 104, 130, -84, .9}, {4, 110, 140, 10, 1},
	})
}

// rattlesnake is the calathea with long, spotted leaves.
func (d *drawing) rattlesnake() {
	wavy := leafShape{{0, 0}, {8, -6}, {13, -18}, {13, -30}, {17, -42}, {15, -54}, {16, -66}, {10, -80}, {6, -90}, {0, -100}, {0, -100}}
	spots := func(leafShape) {
		for i := range 7 {
			y := -10 - float64(i)*11.5
			size := 1 - math.Abs(float64(i)-2.6)/6
			if i%2 == 0 {
				size *= .62
			}
			for _, side := range []float64{-1, 1} {
				d.ellipse(side*7.2*size, y-3, 5.4*size, 3.2*size, "#23452f", `transform="rotate(`+num(side*-28)+` `+num(side*7.2*size)+` `+num(y-3)+`)"`)
			}
		}
	}
	tones := d.tones(wavy, leafLook{colour: "#7fa653", vein: "#3c6338", mark: spots})
	var sprigs []sprig
	for i := range 19 {
		a := (float64((i*7)%19)/18 - .5) * 128
		sprigs = append(sprigs, sprig{a, 210 - math.Abs(a)*.9 - float64(i)*4, 200 - math.Abs(a)*.5 - float64(i)*2.4, a * 1.05, .8})
	}
	d.bush(tones, "#7d6a58", 3, sprigs)
}

func (d *drawing) alocasia() {
	veins := func(s leafShape) {
		bands := &path{}
		for i := range 6 {
			y := 12 - float64(i)*17
			w := s.width(y-12) * .9
			bands.add(from(0, y-4).quad(w*.5, y-8, w, y-14)).add(from(0, y-4).quad(-w*.5, y-8, -w, y-14))
		}
		bands.add(from(0, 0).quad(7, 10, 22, 30)).add(from(0, 0).quad(-7, 10, -22, 30)).add(from(0, 0).line(0, -94))
		d.stroke(bands, "#dfead4", 2.6)
		d.stroke(s.outline(), "#dfead4", 1.6)
	}
	tones := d.tones(arrow(), leafLook{colour: "#1f4a3c", vein: "#e4eeda", mark: veins, gloss: .08})
	d.bush(tones, "#8fa07c", 4.4, []sprig{
		{-10, 300, 170, -150, .9}, {36, 290, 164, 138, .82}, {-50, 260, 160, -132, .86}, {58, 210, 150, 122, .82},
		{-26, 200, 164, -158, .95}, {20, 190, 170, 156, 1}, {-70, 150, 130, -122, .8},
	})
}

// zz is the plant with arching, glossy wands of paired leaflets.
func (d *drawing) zz() {
	for i, w := range []struct{ angle, length, droop float64 }{
		{-4, 390, -8}, {24, 370, 24}, {-30, 370, -26}, {44, 330, 40}, {-52, 320, -44}, {10, 350, 10}, {-16, 330, -16}, {32, 270, 34}, {-38, 260, -40}, {64, 240, 50}, {-68, 230, -50},
	} {
		s := reach(point{w.angle * .3, 0}, w.angle*.7, w.length, w.droop)
		d.wand(s, shade("#3a6b3c", []float64{-.28, -.12, .04}[min(i/4, 2)]))
	}
}

// wand is one stem of the ZZ plant.
func (d *drawing) wand(s spine, colour string) {
	leaf := d.leaf(ovate(), leafLook{colour: colour, gloss: .22})
	d.stalk(s, shade(colour, -.1), 6)
	const pairs = 9
	for i := range pairs {
		t := .2 + .74*float64(i)/(pairs-1)
		at, heading := bezier(s.a, s.b, s.c, t)
		size := 62 * (1 - .35*math.Abs(t-.5)*1.4)
		d.place(leaf, at, heading-52, size, .82)
		d.place(leaf, at, heading+52, size, .82)
	}
	at, heading := bezier(s.a, s.b, s.c, 1)
	d.place(leaf, at, heading, 52, .8)
}
