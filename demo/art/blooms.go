package art

import "math"

// pilea carries round leaves like coins on thin stalks.
func (d *drawing) pilea() {
	coin := func(c string) string {
		return d.symbol(func() {
			d.circle(0, 0, 50, d.glow(.36, .3, .8, shade(c, .24), c+"@.55", shade(c, -.24)))
			veins := &path{}
			for a := -140.0; a <= 140; a += 40 {
				p := polar(point{0, 8}, a, 42)
				veins.add(from(0, 8).line(p.x, p.y))
			}
			d.stroke(veins, alpha(shade(c, .5), .4), 1.4)
			d.circle(0, 8, 3.4, shade(c, .6))
		})
	}
	tones := []string{coin("#3c6f45"), coin("#4f8851"), coin("#69a05e")}
	const n = 24
	for i := range n {
		t := float64(i) / n
		a := (float64((i*11)%n)/(n-1) - .5) * 2
		far := (215 - t*110 - math.Abs(a)*24) * d.between(.8, 1.06)
		s := reach(point{a * 6, -20}, a*74, far, a*26)
		d.stalk(s, "#8a6a4c", 2.6)
		size := .62 - t*.12
		d.use(tones[min(int(t*3), 2)], move(s.c.x, s.c.y).turn(a*50).scale(size*(1-.28*math.Abs(a)), size))
	}
}

// oxalis has three purple triangles on each stalk, and small pale flowers.
func (d *drawing) oxalis() {
	wing := leafShape{{0, 0}, {20, -26}, {46, -60}, {40, -76}, {18, -78}, {0, -70}, {0, -70}}
	tones := d.tones(wing, leafLook{colour: "#5b2f5f", vein: "#a0669a", veins: 2})
	const n = 26
	for i := range n {
		t := float64(i) / n
		a := (float64((i*11)%n)/(n-1) - .5) * 2
		s := reach(point{a * 8, 0}, a*70, 200-t*110-math.Abs(a)*16, a*24)
		d.stalk(s, "#8a5a72", 2.2)
		if i%6 == 2 {
			for k := range 5 {
				p := polar(s.c, float64(k)*72, 8)
				d.ellipse(p.x, p.y, 6, 7, "#f3e3ee")
			}
			d.circle(s.c.x, s.c.y, 2.6, "#d9c95a")
			continue
		}
		for _, k := range []float64{-122, 122, 0} {
			d.use(tones[min(int(t*3), 2)], move(s.c.x, s.c.y).turn(a*20).scale(.82, .58).turn(k))
		}
	}
}

// begonia is the polka-dot begonia, with wings of leaves that are red underneath.
func (d *drawing) begonia() {
	wing := leafShape{{0, 0}, {0, 0}, {22, 16}, {46, 4}, {42, -30}, {24, -70}, {0, -106}, {0, -106}}
	narrow := leafShape{{0, 0}, {0, 0}, {10, 4}, {22, -10}, {24, -40}, {14, -76}, {0, -106}, {0, -106}}
	wingOf := func(c string) string {
		return d.symbol(func() {
			whole := smooth(wing...)
			back := narrow.mirrored()
			for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
				back[i], back[j] = back[j], back[i]
			}
			whole.through(back...).close()
			d.shape(whole, d.gradient(0, 0, .5, 1, shade(c, .16), c, shade(c, -.14)))
			d.shape(wing.half(), alpha(shade(c, -.7), .18))
			dots := &path{}
			for i := range 20 {
				y := -2 - float64(i)*4.6
				x := 5 + float64((i*13)%26)
				if x < wing.width(y)-4 {
					dots.add(from(x, y).line(x, y-1))
				}
				if x < narrow.width(y)-3 {
					dots.add(from(-x, y+2).line(-x, y+1))
				}
			}
			d.stroke(dots, "#f0f2e6", 4.4)
			d.stroke(from(0, 2).line(0, -100), shade(c, .25), 1.3)
		})
	}
	tones := [3]string{wingOf("#2c4f3c"), wingOf("#3a644a"), wingOf("#4a7a58")}
	for _, c := range []struct{ x, lean, h float64 }{{-14, -16, 270}, {12, 12, 300}, {26, 40, 220}, {-26, -46, 200}} {
		d.stalk(spine{point{c.x * .5, 0}, point{c.x, -c.h * .5}, point{c.x + c.lean, -c.h}}, "#9a6a55", 4)
	}
	d.bush(tones, "#9a6a55", 2.8, []sprig{
		{-14, 300, 130, -70, .9}, {18, 320, 130, 60, .9}, {40, 260, 120, 110, .85}, {-44, 250, 124, -112, .85}, {6, 260, 130, 150, 1}, {-24, 210, 126, -146, 1},
		{34, 190, 124, 134, .95}, {62, 150, 112, 112, .85}, {-66, 150, 112, -118, .85}, {-4, 140, 120, -165, 1}, {24, 110, 110, 140, .95},
	})
}

// pinkPrincess is a philodendron whose dark leaves are splashed with pink.
func (d *drawing) pinkPrincess() {
	splash := func(n int) func(leafShape) {
		return func(s leafShape) {
			pink := "#eb9db4"
			switch n {
			case 0:
				d.shape(s.mirrored().half(), pink)
			case 1:
				d.shape(blob(point{8, -12}, point{30, -20}, point{34, -44}, point{16, -60}, point{6, -40}), pink)
				d.shape(blob(point{-10, -50}, point{-26, -46}, point{-20, -72}, point{-8, -78}), shade(pink, .2))
			default:
				d.shape(blob(point{-12, 0}, point{-34, -8}, point{-36, -28}, point{-18, -22}), pink)
				d.stroke(from(14, -30).line(28, -44).moveTo(10, -60).line(20, -70).moveTo(-10, -44).line(-20, -56), pink, 3)
			}
		}
	}
	var tones [3]string
	for i, c := range []string{"#23402f", "#2c4a35", "#35563c"} {
		tones[i] = d.leaf(heart(), leafLook{colour: c, vein: "#7f9a78", veins: 5, mark: splash((i + 1) % 3), gloss: .06})
	}
	sprigs := []sprig{
		{-8, 300, 130, -30, .9}, {24, 280, 126, 44, .9}, {-38, 250, 124, -64, .85}, {48, 220, 120, 84, .85}, {6, 230, 134, 14, 1}, {-22, 180, 130, -56, .95},
		{34, 160, 124, 80, .95}, {-60, 150, 112, -100, .85}, {64, 120, 108, 108, .85}, {-6, 120, 124, -20, 1}, {-40, 84, 110, -96, .9}, {28, 70, 110, 94, .9},
	}
	for i, s := range sprigs {
		line := reach(point{s.angle * .12, 0}, s.angle*.72, s.far, s.angle*.5)
		d.stalk(line, "#8a4a52", 3.2)
		d.place(tones[(i*2+i/3)%3], line.c, s.hang, s.size, s.squash)
	}
}

// anthurium holds lacquered hearts in a colour of its own.
func (d *drawing) anthurium(colour string) {
	tones := d.tones(heart(), leafLook{colour: "#2f6a44", veins: 5, gloss: .14})
	d.bush(tones, "#5f8a4f", 3, []sprig{
		{-34, 190, 130, -60, .9}, {36, 190, 130, 64, .9}, {-60, 150, 124, -92, .85}, {62, 150, 120, 96, .85}, {4, 190, 130, 10, 1}, {-22, 130, 124, -50, 1}, {26, 120, 120, 60, 1}, {-70, 90, 110, -116, .85}, {72, 90, 110, 112, .85},
	})
	flag := d.symbol(func() {
		d.shape(heart().outline(), d.glow(.36, .4, .8, shade(colour, .3), colour+"@.5", shade(colour, -.3)))
		d.stroke(from(0, 6).line(0, -92), alpha(shade(colour, -.4), .5), 1.4)
		d.shape(smooth(point{-10, -8}, point{-30, -22}, point{-26, -48}, point{-12, -70}).close(), "#ffffff4d")
		d.shape(box(-3, -52, 8, 54, 4), d.across("#f6e7a4", "#c9a64f"))
	})
	for _, f := range []sprig{{-14, 300, 110, -40, .9}, {20, 310, 116, 44, .92}, {-44, 240, 96, -76, .86}, {46, 230, 98, 80, .86}, {2, 240, 112, 8, 1}} {
		line := reach(point{f.angle * .1, 0}, f.angle*.7, f.far, f.angle*.4)
		d.stalk(line, "#7fa068", 3)
		d.place(flag, line.c, f.hang, f.size, f.squash)
	}
}

// orchid is a moth orchid with two arching sprays.
func (d *drawing) orchid(colour string) {
	for i, b := range []struct{ angle, length, droop float64 }{{-60, 150, -50}, {62, 150, 50}, {-30, 130, -56}, {34, 130, 56}, {4, 90, 24}} {
		s := reach(point{0, 0}, b.angle, b.length, b.droop)
		d.blade(s, shade("#3f7048", []float64{-.15, -.05, .08}[i/2]), belly(24, .55), true)
	}
	flower := d.symbol(func() { d.mothFlower(colour) })
	for _, s := range []spine{{point{-6, -8}, point{-60, -600}, point{190, -400}}, {point{8, -8}, point{40, -480}, point{-190, -300}}} {
		d.stalk(s, "#6f8a4a", 4)
		for k := range 6 {
			t := .5 + .095*float64(k)
			at, heading := bezier(s.a, s.b, s.c, t)
			size := .96 - .07*float64(k)
			if k == 5 {
				bud := polar(at, heading, 6)
				d.ellipse(bud.x, bud.y, 9, 12, d.glow(.35, .3, .8, shade(colour, .3), shade(colour, -.2)))
				continue
			}
			side := 1.0
			if k%2 == 0 {
				side = -1
			}
			p := polar(at, heading+90*side, 18)
			d.use(flower, move(p.x, p.y+10).turn(d.between(-14, 14)).scale(size, size))
		}
	}
}

// mothFlower is one flower of the orchid, about 100 units wide.
func (d *drawing) mothFlower(colour string) {
	petal := d.glow(.5, .8, .9, mix(colour, "#d9c66a", .2), colour+"@.35", shade(colour, .35)+"@.9", shade(colour, -.06))
	for _, a := range []float64{0, 128, -128} {
		d.shape(blob(point{0, 0}, point{17, -26}, point{12, -52}, point{0, -58}, point{-12, -52}, point{-17, -26}), petal, `transform="rotate(`+num(a)+`)"`)
	}
	for _, side := range []float64{-1, 1} {
		d.shape(blob(point{0, 0}, point{side * 30, -30}, point{side * 58, -26}, point{side * 62, 2}, point{side * 34, 18}), petal)
		d.stroke(from(0, 0).quad(side*24, -12, side*50, -8), alpha(shade(colour, -.3), .3), 1)
		d.stroke(blob(point{0, 0}, point{side * 30, -30}, point{side * 58, -26}, point{side * 62, 2}, point{side * 34, 18}), alpha(shade(colour, -.4), .25), .8)
	}
	lip := mix(colour, "#b8326a", .7)
	d.shape(blob(point{-12, 2}, point{12, 2}, point{15, 18}, point{4, 30}, point{-4, 30}, point{-15, 18}), d.glow(.5, .2, .9, "#f3d35a", lip+"@.4", shade(lip, -.25)))
	d.circle(0, 0, 5, "#fff6e0")
}
