package art

import (
	"math"
	"sort"
)

// barrelCactus is a ribbed ball with golden spines.
func (d *drawing) barrelCactus() {
	const r = 78.0
	c := "#5f8f55"
	cy := -r * .82
	d.ellipse(0, cy, r, r*.94, d.glow(.36, .28, .78, shade(c, .34), c+"@.45", shade(c, -.55)))
	ribs, lights, spines := &path{}, &path{}, &path{}
	for i := range 15 {
		a := (float64(i) + .5) / 15 * math.Pi
		x := math.Cos(a)
		ribs.add(from(x*9, cy-r*.86).curve(x*r*1.18, cy-r*.66, x*r*1.2, cy+r*.6, x*r*.52, cy+r*.84))
		for k := range 7 {
			t := .1 + float64(k)*.14
			u := 1 - t
			px := u*u*u*x*9 + 3*u*u*t*x*r*1.18 + 3*u*t*t*x*r*1.2 + t*t*t*x*r*.52
			py := cy + u*u*u*-r*.86 + 3*u*u*t*-r*.66 + 3*u*t*t*r*.6 + t*t*t*r*.84
			for s := range 5 {
				q := polar(point{px, py}, float64(s)*38-76+x*60, 10)
				spines.add(from(px, py).line(q.x, q.y))
			}
		}
	}
	lights.add(ribs)
	d.stroke(ribs, alpha(shade(c, -.6), .5), 2.6)
	d.stroke(lights, alpha(shade(c, .4), .45), 1.6, `transform="translate(-3 0)"`)
	d.stroke(spines, "#e6c66a", .9)
	d.ellipse(0, cy-r*.86, 16, 6, "#e9d9a0")
}

// pad is one joint of an opuntia.
func (d *drawing) pad(x, y, turn, w, h float64, tone float64) {
	c := shade("#6f9c5e", tone)
	d.group(`transform="`+string(move(x, y).turn(turn))+`"`, func() {
		shape := from(0, 0).curve(w*.4, -h*.08, w*.62, -h*.5, w*.46, -h*.78).curve(w*.34, -h*1.04, -w*.34, -h*1.04, -w*.46, -h*.78).curve(-w*.62, -h*.5, -w*.4, -h*.08, 0, 0).close()
		d.shape(shape, d.glow(.34, .26, .85, shade(c, .26), c+"@.5", shade(c, -.36)))
		dots := &path{}
		for r := range 8 {
			y := -h * (.1 + .112*float64(r))
			half := w * .46 * math.Sin(math.Pi*(.16+.8*float64(r)/8.4))
			for k := -2; k <= 2; k++ {
				px := float64(k)*w*.19 + float64(r%2)*w*.095
				if math.Abs(px) < half {
					dots.add(from(px, y).line(px, y-.6))
				}
			}
		}
		d.stroke(dots, "#f3ecc8", 2.6)
	})
}

func (d *drawing) bunnyEars() {
	d.pad(34, -112, 40, 70, 96, -.16)
	d.pad(-6, 2, -2, 104, 136, -.04)
	d.pad(-30, -118, -26, 78, 120, .02)
	d.pad(18, -126, 14, 74, 126, .06)
	d.pad(-56, -214, -40, 46, 62, .1)
	d.pad(46, 2, 26, 66, 84, .08)
}

// columnCactus is a group of ribbed columns.
func (d *drawing) columnCactus() {
	for _, c := range []struct{ x, h, w, tone float64 }{{-44, 250, 48, -.2}, {46, 200, 46, -.14}, {2, 370, 58, 0}, {-40, 90, 38, .04}, {42, 76, 34, .06}} {
		base := shade("#4f8466", c.tone)
		shape := from(-c.w/2, 4).line(-c.w/2, -c.h+c.w*.5).curve(-c.w/2, -c.h-c.w*.1, c.w/2, -c.h-c.w*.1, c.w/2, -c.h+c.w*.5).line(c.w/2, 4).close()
		d.at(c.x, 0, 1, func() {
			d.shape(shape, d.across(shade(base, -.34), shade(base, .06)+"@.14", shade(base, .24)+"@.3", base+"@.55", shade(base, -.3)+"@.86", shade(base, -.45)))
			ribs, spines := &path{}, &path{}
			for i := range 6 {
				x := math.Sin((float64(i)/5-.5)*math.Pi*.86) * c.w * .48
				ribs.add(from(x, 4).line(x, -c.h+c.w*.42).quad(x, -c.h+c.w*.1, x*.2, -c.h))
				for y := -14.0; y > -c.h+c.w*.4; y -= 19 {
					spines.add(from(x-3.4, y-2).line(x+3.4, y+2)).add(from(x-3, y+3).line(x+3, y-4))
				}
			}
			d.stroke(ribs, alpha(shade(base, -.6), .4), 2.2)
			d.stroke(ribs, alpha(shade(base, .5), .35), 1.2, `transform="translate(-2.4 0)"`)
			d.stroke(spines, "#efe4c4", .8)
		})
	}
}

// echeveria is a rosette of thick, powdered leaves, seen from a little above.
func (d *drawing) echeveria() {
	scoop := leafShape{{0, 0}, {16, -8}, {33, -40}, {34, -72}, {18, -93}, {0, -106}, {0, -106}}
	scoopOf := func(c, tip string) string {
		return d.symbol(func() {
			d.shape(scoop.outline(), d.gradient(.2, 1, .4, 0, shade(c, -.34), c+"@.45", shade(c, .2)+"@.85", tip))
			d.shape(scoop.half(), alpha(shade(c, -.6), .16))
			d.stroke(smooth(point{-33, -58}, point{-20, -92}, point{0, -105}), alpha("#ffffff", .45), 2)
		})
	}
	tones := []string{scoopOf("#6f9a92", "#c98f96"), scoopOf("#86b0a4", "#d9a0a4"), scoopOf("#a0c4b4", "#e6b4b2")}
	const n = 46
	type one struct {
		angle, reach, size, lift, y float64
		tone                        int
	}
	var leaves []one
	for i := range n {
		t := float64(i) / n // from the outside in
		a := float64(i) * 137.508
		leaves = append(leaves, one{a, 60 * (1 - t), 96*(1-t) + 24, t, math.Cos(a*math.Pi/180) * -1, int(t * 2.99)})
	}
	sort.SliceStable(leaves, func(i, j int) bool {
		if leaves[i].tone != leaves[j].tone {
			return leaves[i].tone < leaves[j].tone
		}
		return leaves[i].y < leaves[j].y
	})
	d.group(`transform="`+string(move(0, -34).scale(.86, .54))+`"`, func() {
		for _, l := range leaves {
			p := polar(point{0, -l.lift * 36}, l.angle, l.reach*.35)
			d.place(tones[l.tone], p, l.angle, l.size, 1-.25*l.lift)
		}
	})
}

// haworthia is a tight rosette of dark points with white bands.
func (d *drawing) haworthia() {
	for i, b := range []struct{ angle, length, droop float64 }{
		{-20, 150, 20}, {22, 150, -20}, {-50, 140, 34}, {52, 140, -34}, {0, 156, 0}, {-76, 120, 44}, {78, 118, -44}, {-34, 120, 26}, {36, 118, -26}, {-8, 120, 10}, {14, 112, -12},
	} {
		c := shade("#3f6a4a", []float64{-.2, -.06, .1}[min(i/4, 2)])
		s := reach(point{b.angle * .25, 3}, b.angle, b.length, b.droop)
		taper := func(t float64) float64 { return 11.5 * math.Pow(1-t, .7) }
		d.blade(s, c, taper, false)
		bands := &path{}
		for t := .1; t < .92; t += .085 {
			at, heading := bezier(s.a, s.b, s.c, t)
			l, r := polar(at, heading-90, taper(t)*.8), polar(at, heading+90, taper(t)*.8)
			bands.add(from(l.x, l.y).line(r.x, r.y))
		}
		d.stroke(bands, "#eef0e2", 1.7)
	}
}

// jade is a small tree of thick round leaves.
func (d *drawing) jade() {
	d.trunk([]point{{0, 4}, {-4, -60}, {-30, -130}, {-40, -190}}, "#8a7358", 20)
	d.trunk([]point{{2, -40}, {30, -110}, {48, -170}}, "#8a7358", 14)
	d.trunk([]point{{-14, -90}, {-70, -140}, {-86, -170}}, "#8a7358", 9)
	d.trunk([]point{{24, -100}, {80, -130}, {96, -150}}, "#8a7358", 8)
	egg := leafShape{{0, 0}, {14, -8}, {32, -36}, {34, -68}, {18, -94}, {0, -100}, {0, -100}}
	tones := [3]string{}
	for i, c := range []string{"#3f6f4c", "#578a58", "#76a867"} {
		tones[i] = d.symbol(func() {
			d.shape(egg.outline(), d.gradient(0, 0, .6, 1, shade(c, .24), c+"@.5", shade(c, -.3)))
			d.stroke(smooth(point{33, -60}, point{18, -93}, point{0, -99}, point{-18, -93}, point{-33, -60}), "#b8605a80", 3)
			d.ellipse(-12, -62, 7, 16, "#ffffff30")
		})
	}
	heads := []point{{-44, -196}, {50, -176}, {-92, -172}, {100, -152}, {4, -150}, {-60, -130}, {70, -108}, {-8, -214}, {24, -206}}
	for level := range 3 {
		for _, h := range heads {
			for k := range 5 {
				a := float64(k)*72 + float64(level)*34 + h.x
				d.place(tones[level], polar(point{h.x, h.y - float64(level)*7}, a, 4), a*.86, 46-float64(level)*6, .72+.2*math.Abs(math.Sin(a)))
			}
		}
	}
}
