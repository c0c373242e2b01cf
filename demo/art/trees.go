package art

import "math"

// crown fills an ellipse with leaves, the dark ones deep inside, the light ones where the light comes from.
func (d *drawing) crown(tones [3]string, c point, rx, ry float64, n int, size, squash float64) {
	for i := range n {
		level := i * 3 / n
		a := d.between(0, 360)
		r := math.Sqrt(d.rnd.Float64()) * (.84 - .1*float64(level))
		sin, cos := math.Sincos(a * math.Pi / 180)
		p := point{c.x + sin*r*rx - float64(level)*rx*.05, c.y - cos*r*ry - float64(level)*ry*.06}
		d.place(tones[level], p, math.Atan2(sin*rx, cos*ry)*180/math.Pi+d.between(-60, 60), size*d.between(.8, 1.1), squash*d.between(.75, 1))
	}
}

func (d *drawing) olive() {
	d.trunk([]point{{0, 4}, {-8, -120}, {6, -230}, {0, -340}}, "#8f826c", 20)
	for _, b := range [][]point{{{2, -230}, {-60, -320}, {-110, -380}}, {{2, -250}, {70, -330}, {118, -400}}, {{0, -330}, {-20, -440}, {-30, -520}}, {{2, -320}, {40, -420}, {56, -490}}} {
		d.trunk(b, "#8f826c", 8)
	}
	tones := d.tones(lance(), leafLook{colour: "#8fa382", vein: "#c9d3b8"})
	for _, c := range []point{{-110, -390}, {112, -410}, {-30, -520}, {60, -490}, {0, -400}, {-60, -450}} {
		d.crown(tones, c, 92, 84, 30, 62, 1.2)
	}
	for _, p := range []point{{-90, -350}, {120, -370}, {30, -420}, {-40, -470}, {80, -450}} {
		d.ellipse(p.x, p.y, 6, 8, d.glow(.35, .3, .8, "#8f9a5a", "#4a4a3a"))
	}
}

func (d *drawing) lemon() {
	d.trunk([]point{{0, 4}, {6, -110}, {-4, -210}, {0, -280}}, "#8a7256", 15)
	d.trunk([]point{{0, -200}, {-50, -290}, {-70, -340}}, "#8a7256", 7)
	d.trunk([]point{{0, -210}, {54, -290}, {80, -330}}, "#8a7256", 7)
	tones := d.tones(ovate(), leafLook{colour: "#3f7d44", veins: 4, gloss: .12})
	d.crown(tones, point{0, -370}, 168, 144, 120, 80, .9)
	for _, p := range []point{{-96, -320}, {70, -300}, {10, -390}, {116, -390}, {-50, -440}, {-20, -290}} {
		d.shape(blob(point{p.x, p.y - 22}, point{p.x + 20, p.y - 2}, point{p.x + 12, p.y + 20}, point{p.x, p.y + 30}, point{p.x - 12, p.y + 20}, point{p.x - 20, p.y - 2}), d.glow(.34, .3, .8, "#fbe98a", "#efc52f@.5", "#b98a1c"))
		d.place(tones[2], point{p.x + 2, p.y - 20}, p.x*.4+60, 46, .8)
	}
	for _, p := range []point{{-130, -400}, {50, -470}, {140, -330}} {
		for k := range 5 {
			q := polar(p, float64(k)*72, 8)
			d.ellipse(q.x, q.y, 5, 7, "#fffaf2", `transform="rotate(`+num(float64(k)*72)+` `+num(q.x)+` `+num(q.y)+`)"`)
		}
		d.circle(p.x, p.y, 3, "#e8c95a")
	}
}

// lavender is a cushion of grey leaves under purple spikes.
func (d *drawing) lavender() {
	spike := d.symbol(func() {
		for i := range 9 {
			y := -float64(i) * 9
			w := 8.5 - float64(i)*.6
			for _, x := range []float64{-w * .7, w * .7, 0} {
				d.ellipse(x, y-math.Abs(x)*.3, w*.52, 6, []string{"#7a5fa8", "#6a4f98", "#957bc0"}[(i+int(x+20))%3])
			}
		}
	})
	for i := range 30 {
		a := (float64((i*13)%30)/29 - .5) * 2
		s := reach(point{a * 40, 0}, a*32, 280-math.Abs(a)*50-float64(i)*2.4, a*10)
		d.stalk(s, "#7f9a78", 2)
		_, heading := bezier(s.a, s.b, s.c, 1)
		size := 1 - float64(i)*.008
		d.use(spike, move(s.c.x, s.c.y).turn(heading).scale(size, size))
	}
	leaf := d.leaf(leafShape{{0, 0}, {4, -20}, {4.4, -60}, {2, -90}, {0, -100}, {0, -100}}, leafLook{colour: "#8aa08a"})
	for i := range 44 {
		a := (float64((i*17)%44)/43 - .5) * 2
		d.place(leaf, point{a * 56, 2}, a*80, 120-math.Abs(a)*34-float64(i%4)*8, 1.4)
	}
}

// shelf carries a pot against the wall.
func (d *drawing) shelf(w float64) {
	wood := "#c29a6c"
	d.soft(8, func() { d.rect(-w/2+14, 14, w, 26, "#1c100a40") })
	d.shape(polygon(-w/2+8, -14, w/2-8, -14, w/2, 0, -w/2, 0), d.across(shade(wood, .3), shade(wood, .12)))
	d.rect(-w/2, 0, w, 13, d.down(wood, shade(wood, -.22)))
}

// strands are hanging stems that start over the rim; bead draws what grows on them, at each step.
func (d *drawing) strands(n int, width, longest, step float64, stem string, bead func(p point, k int, heading float64)) {
	for i := range n {
		a := (float64((i*7)%n)/float64(n-1) - .5) * 2
		length := longest * (.5 + .5*math.Abs(math.Sin(float64(i)*2.3+.6)))
		if math.Abs(a) < .5 {
			length *= .16 // the front of the pot stays free
		}
		x := a * width
		start := point{x * .7, -4 + math.Abs(a)*2}
		s := spine{start, point{x * 1.12, -30 + math.Abs(a)*10}, point{x * 1.08, length*.12 + 10}}
		tail := spine{s.c, point{x*1.1 + 6*math.Sin(float64(i)), length * .5}, point{x*1.06 + 10*math.Sin(float64(i)*1.7), length}}
		d.stroke(from(s.a.x, s.a.y).quad(s.b.x, s.b.y, s.c.x, s.c.y).quad(tail.b.x, tail.b.y, tail.c.x, tail.c.y), stem, 1.3)
		k := 0
		for y := 0.0; y < 44; y += step {
			p, h := bezier(s.a, s.b, s.c, y/44)
			bead(p, k, h)
			k++
		}
		for y := 0.0; y < length; y += step {
			p, h := bezier(tail.a, tail.b, tail.c, y/length)
			bead(p, k, h)
			k++
		}
	}
}

func (d *drawing) pearls() {
	var beads []string
	for _, c := range []string{"#5f9458", "#7bab66", "#97bf7c"} {
		beads = append(beads, d.symbol(func() {
			d.circle(0, 0, 8, d.glow(.34, .3, .75, shade(c, .5), c+"@.45", shade(c, -.45)))
		}))
	}
	for i := range 26 {
		a := (float64(i)/25 - .5) * 2
		d.use(beads[i%3], move(a*62, -2-(1-a*a)*8+d.between(-3, 3)))
	}
	d.strands(13, 72, 330, 16, "#7a9a5f", func(p point, k int, _ float64) {
		side := 5.0
		if k%2 == 0 {
			side = -5
		}
		d.use(beads[k%3], move(p.x+side, p.y))
	})
}

func (d *drawing) hearts() {
	marble := func(s leafShape) {
		d.stroke(from(14, -30).quad(26, -20, 20, -2).moveTo(-14, -30).quad(-26, -20, -20, -2).moveTo(8, -70).line(14, -52).moveTo(-8, -70).line(-14, -52), "#cdd8cf", 4)
	}
	var leaves []string
	for _, c := range []string{"#3f5f52", "#56786a"} {
		leaves = append(leaves, d.leaf(heart(), leafLook{colour: c, vein: "#a8bcae", mark: marble}))
	}
	for i := range 18 {
		a := (float64(i)/17 - .5) * 2
		d.place(leaves[i%2], point{a * 56, -4 - (1-a*a)*8}, a*120+d.between(-30, 30), 24, .9)
	}
	d.strands(9, 66, 360, 46, "#8a5a6a", func(p point, k int, h float64) {
		d.place(leaves[k%2], p, h+64, 30, .9)
		d.place(leaves[(k+1)%2], p, h-64, 30, .9)
	})
}

func (d *drawing) pothos() {
	golden := func(s leafShape) {
		d.shape(blob(point{-8, -8}, point{-26, -14}, point{-24, -40}, point{-10, -60}, point{-6, -34}), "#d9d67a")
		d.stroke(from(10, -20).quad(22, -26, 26, -38).moveTo(8, -50).line(16, -66), "#d9d67a", 5)
	}
	var tones [3]string
	for i, c := range []string{"#3f7440", "#52884a", "#6a9e55"} {
		l := leafLook{colour: c}
		if i != 1 {
			l.mark = golden
		}
		tones[i] = d.leaf(heart(), l)
	}
	d.bush(tones, "#8aa45c", 3, []sprig{
		{-30, 90, 84, -60, .9}, {34, 90, 84, 62, .9}, {0, 110, 86, 4, .95}, {-64, 80, 80, -96, .85}, {66, 80, 80, 100, .85}, {-16, 60, 84, -40, 1}, {20, 56, 82, 48, 1},
	})
	d.strands(6, 84, 380, 74, "#8aa45c", func(p point, k int, h float64) {
		side := 56.0
		if k%2 == 0 {
			side = -56
		}
		d.place(tones[k%3], p, h+side, 72*d.between(.7, 1), .92)
	})
}
