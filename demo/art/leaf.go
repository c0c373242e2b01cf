package art

import "math"

// Leaves come in two forms: small ones are drawn once, 100 units from stalk to tip and pointing up, and used many
// times; long ones are blades, each along a curve of its own.

// leafShape is the right half of a leaf's outline, from the stalk at 0, 0 to the tip at 0, -100.
type leafShape []point

func ovate() leafShape {
	return leafShape{{0, 0}, {17, -7}, {30, -30}, {27, -58}, {12, -86}, {0, -100}, {0, -100}}
}
func lance() leafShape {
	return leafShape{{0, 0}, {8, -14}, {13, -40}, {11, -70}, {4, -92}, {0, -100}, {0, -100}}
}
func heart() leafShape {
	return leafShape{{0, 0}, {0, 0}, {12, 12}, {32, 9}, {43, -16}, {36, -50}, {14, -86}, {0, -100}, {0, -100}}
}
func fiddle() leafShape {
	return leafShape{{0, 0}, {14, -5}, {21, -20}, {19, -36}, {30, -54}, {39, -74}, {30, -94}, {6, -103}, {0, -100}, {0, -100}}
}
func oblong() leafShape {
	return leafShape{{0, 0}, {16, -9}, {27, -32}, {29, -60}, {19, -86}, {4, -96}, {0, -104}, {0, -104}}
}
func arrow() leafShape {
	return leafShape{{0, 0}, {0, 0}, {9, 14}, {20, 34}, {29, 30}, {31, 12}, {38, -8}, {28, -26}, {28, -42}, {16, -60}, {13, -78}, {0, -102}, {0, -102}}
}

func (s leafShape) mirrored() leafShape {
	out := make(leafShape, len(s))
	for i, p := range s {
		out[i] = point{-p.x, p.y}
	}
	return out
}

// half is one side of the leaf, closed along the midrib.
func (s leafShape) half() *path { return smooth(s...).close() }

// outline is the whole leaf.
func (s leafShape) outline() *path {
	p := smooth(s...)
	back := s.mirrored()
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return p.through(back...).close()
}

// width is half the leaf's width at a height.
func (s leafShape) width(y float64) float64 {
	for i := 0; i+1 < len(s); i++ {
		a, b := s[i], s[i+1]
		if y <= a.y && y >= b.y && a.y > b.y {
			return a.x + (b.x-a.x)*(a.y-y)/(a.y-b.y)
		}
	}
	return 0
}

// leafLook is how a leaf is coloured.
type leafLook struct {
	colour string
	vein   string // "" is a lighter tone of the colour
	veins  int    // side veins on each side
	gloss  float64
	mark   func(leafShape) // drawn on the leaf below the veins
}

// leaf defines a leaf and returns its symbol. The left half catches the light.
func (d *drawing) leaf(s leafShape, look leafLook) string {
	c := look.colour
	vein := look.vein
	if vein == "" {
		vein = shade(c, .3)
	}
	return d.symbol(func() {
		d.shape(s.outline(), d.gradient(0, 0, .3, 1, shade(c, .14), shade(c, .02), shade(c, -.12)))
		if look.mark != nil {
			look.mark(s)
		}
		d.shape(s.half(), alpha(shade(c, -.7), .22))
		if look.gloss > 0 {
			d.shape(smooth(point{-4, -20}, point{-s.width(-40) * .72, -42}, point{-s.width(-70) * .6, -72}, point{-3, -84}).close(), alpha("#ffffff", look.gloss))
		}
		if look.veins > 0 {
			veins := &path{}
			for i := range look.veins {
				y := -10 - 78*float64(i)/float64(look.veins)
				w := s.width(y-9) * .86
				veins.add(from(0, y).quad(w*.5, y-5, w, y-13)).add(from(0, y).quad(-w*.5, y-5, -w, y-13))
			}
			d.stroke(veins, alpha(vein, .55), .8)
		}
		d.stroke(from(0, 4).line(0, -95), vein, 1.5)
	})
}

// tones are the same leaf in the shade, in between and in the light.
func (d *drawing) tones(s leafShape, look leafLook) [3]string {
	var out [3]string
	for i, by := range []float64{-.3, -.1, .08} {
		l := look
		l.colour = shade(look.colour, by)
		out[i] = d.leaf(s, l)
	}
	return out
}

// place puts a leaf of the given length; squash narrows one that is seen from the side.
func (d *drawing) place(leaf string, at point, degrees, length, squash float64) {
	d.use(leaf, move(at.x, at.y).turn(degrees).scale(length/100*squash, length/100))
}

// spine is the curve along which a blade grows.
type spine struct{ a, b, c point }

// reach is a spine from the ground that leaves at an angle and ends, bent by its weight, at another one.
func reach(from point, degrees, length, droop float64) spine {
	b := polar(from, degrees, length*.55)
	return spine{from, b, polar(b, degrees+droop, length*.5)}
}

// blade draws a long leaf along its spine. profile is half its width at 0 (stalk) to 1 (tip), in units.
func (d *drawing) blade(s spine, colour string, profile func(t float64) float64, midrib bool) {
	const steps = 6
	left, right := make([]point, 0, steps+1), make([]point, 0, steps+1)
	var middle []point
	for i := range steps + 1 {
		t := float64(i) / steps
		at, heading := bezier(s.a, s.b, s.c, t)
		w := profile(t)
		left, right = append(left, polar(at, heading-90, w)), append(right, polar(at, heading+90, w))
		middle = append(middle, at)
	}
	side := func(edge []point) *path {
		p := smooth(edge...)
		p.line(middle[steps].x, middle[steps].y)
		return p.quad(s.b.x, s.b.y, s.a.x, s.a.y).close()
	}
	_, heading := bezier(s.a, s.b, s.c, .5)
	lit := math.Round(4*math.Cos((heading-90+36)*math.Pi/180)) / 4 // how far the left side turns to the light
	tone := func(by float64) string { return d.down(shade(colour, by+.1), shade(colour, by-.1)) }
	d.shape(side(left), tone(.1*lit))
	d.shape(side(right), tone(-.14*lit))
	if midrib {
		d.stroke(from(s.a.x, s.a.y).quad(s.b.x, s.b.y, s.c.x, s.c.y), alpha(shade(colour, .35), .8), max(profile(.5)*.07, .6))
	}
}

// belly is the profile of a leaf that is widest at a place between 0 and 1.
func belly(width, widest float64) func(float64) float64 {
	k := math.Log(.5) / math.Log(widest)
	return func(t float64) float64 { return width * math.Pow(math.Sin(math.Pi*math.Pow(t, k)), .9) }
}

// stalk is a thin stem.
func (d *drawing) stalk(s spine, colour string, width float64) {
	p := from(s.a.x, s.a.y).quad(s.b.x, s.b.y, s.c.x, s.c.y)
	d.stroke(p, shade(colour, -.3), width)
	d.stroke(p, shade(colour, .16), width*.45, `transform="translate(`+num(-width*.16)+` 0)"`)
}
