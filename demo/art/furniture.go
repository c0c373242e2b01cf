package art

// Furniture for rooms, in millimetres like everything else, standing on 0 with its middle at 0.

// timber is light on a flat wooden surface.
func (d *drawing) timber(c string) string {
	return d.gradient(0, 0, 1, .4, shade(c, .16), c+"@.5", shade(c, -.18))
}

// floorboards are the floor of a room from the horizon down, with a skirting board on the wall.
func (d *drawing) floorboards(wood, wall string, horizon float64) {
	d.rect(0, horizon, d.w, d.h-horizon, d.down(shade(wood, -.22), shade(wood, .05)+"@.3", wood))
	lines := &path{}
	for i := -6; i <= 18; i++ {
		x := d.w * (float64(i)/12*1.8 - .4)
		lines.add(from(d.w/2+(x-d.w/2)*.62, horizon).line(x, d.h))
	}
	d.stroke(lines, alpha(shade(wood, -.6), .16), 1.6)
	d.rect(0, horizon-d.h*.035, d.w, d.h*.036, d.down(shade(wall, .5), shade(wall, .2)))
	d.rect(0, horizon, d.w, d.h*.02, d.down("#1a0f0840", "#1a0f0800"))
}

// sideboard is a low cupboard on legs, w wide.
func (d *drawing) sideboard(wood string, w, h float64) {
	d.contact(0, 0, w*.46, 90, .35)
	for _, x := range []float64{-w * .44, w * .44} {
		d.shape(polygon(x-14, -150, x+14, -150, x+8, 0, x-8, 0), d.across(shade(wood, -.1), shade(wood, -.45)))
	}
	d.rect(-w/2, -h, w, h-130, d.timber(wood), `rx="8"`)
	d.rect(-w/2, -130, w, 8, alpha(shade(wood, -.7), .35))
	gaps := &path{}
	for _, x := range []float64{-w / 6, w / 6} {
		gaps.add(from(x, -h+34).line(x, -142))
	}
	gaps.add(from(-w/2+10, -h+32).line(w/2-10, -h+32))
	d.stroke(gaps, alpha(shade(wood, -.7), .5), 4)
	d.stroke(gaps, alpha(shade(wood, .4), .4), 2, `transform="translate(4 3)"`)
	for _, x := range []float64{-w / 6, w / 6} {
		d.circle(x-28, -h*.6, 9, shade(wood, -.6))
	}
	d.grainLines(-w/2, -h, w, h-130, wood)
}

// grainLines are the figure of a wooden board.
func (d *drawing) grainLines(x, y, w, h float64, wood string) {
	lines := &path{}
	for range 9 {
		ly := y + d.between(.12, .92)*h
		lx := x + d.between(.02, .5)*w
		lines.add(from(lx, ly).curve(lx+w*.1, ly-h*.02, lx+w*.25, ly+h*.02, lx+w*d.between(.3, .46), ly))
	}
	d.stroke(lines, alpha(shade(wood, -.5), .2), 2.4)
}

// sofa is a two-seater w wide, about 780 high.
func (d *drawing) sofa(colour string, w float64) {
	d.contact(0, 0, w*.48, 120, .45)
	for _, x := range []float64{-w * .42, w * .42} {
		d.shape(polygon(x-16, -130, x+16, -130, x+9, 0, x-9, 0), "#6e4a2e")
	}
	d.rect(-w*.4, -740, w*.8, 560, shade(colour, -.36))
	back := d.gradient(0, 0, 1, .6, shade(colour, .14), colour+"@.5", shade(colour, -.2))
	for _, side := range []float64{-1, 1} {
		x := side * w * .205
		d.shape(box(x-w*.2, -780, w*.4, 420, 60), back)
		d.shape(box(x-w*.2, -780, w*.4, 420, 60), d.down("#ffffff1f", "#00000000@.3", "#1a0c0552"))
	}
	for _, side := range []float64{-1, 1} {
		x := side * w * .205
		d.shape(box(x-w*.205, -440, w*.41, 190, 56), d.down(shade(colour, .2), colour+"@.4", shade(colour, -.22)))
	}
	d.shape(box(-w*.44, -270, w*.88, 150, 24), d.down(shade(colour, -.12), shade(colour, -.34)))
	for _, side := range []float64{-1, 1} {
		x := side * w * .45
		d.shape(box(x-w*.055, -560, w*.11, 450, 70), d.across(shade(colour, .18), colour+"@.5", shade(colour, -.3)))
	}
}

// cushion leans on a sofa.
func (d *drawing) cushion(x, y, turn float64, colour string) {
	d.group(`transform="`+string(move(x, y).turn(turn))+`"`, func() {
		d.shape(from(-190, -190).curve(-100, -170, 100, -170, 190, -190).curve(172, -100, 172, 100, 190, 190).curve(100, 172, -100, 172, -190, 190).curve(-172, 100, -172, -100, -190, -190).close(),
			d.glow(.36, .3, .85, shade(colour, .2), colour+"@.5", shade(colour, -.28)))
		d.stroke(from(-150, 140).curve(-60, 100, -20, 60, 10, 0), alpha(shade(colour, -.6), .14), 10)
	})
}

// books lie in a pile; their colours from the bottom up.
func (d *drawing) books(colours ...string) {
	d.contact(0, 0, 120, 40, .7)
	y := 0.0
	for i, c := range colours {
		w, h := 240-float64(i)*14, 30+float64(i*7%3)*8
		x := float64(i*37%24) - 12
		d.rect(x-w/2, y-h, w, h, d.across(shade(c, .14), c+"@.5", shade(c, -.24)), `rx="3"`)
		d.rect(x-w/2+18, y-h+h*.3, 6, h*.4, alpha(shade(c, .6), .7))
		y -= h
	}
}

// vase is a stoneware vase with some dry stems.
func (d *drawing) vase(colour string) {
	d.contact(0, 0, 60, 200, .8)
	for i, a := range []float64{-20, -8, 6, 18, 30} {
		s := reach(point{0, -230}, a, 330-float64(i%2)*60, a*.6)
		d.stalk(s, "#b08f5e", 5)
		for k := range 7 {
			p, h := bezier(s.a, s.b, s.c, .55+float64(k)*.075)
			q := polar(p, h+80-float64(k%2)*160, 16)
			d.ellipse(q.x, q.y, 9, 16, []string{"#d8bd86", "#c8a468"}[k%2], `transform="rotate(`+num(h)+` `+num(q.x)+` `+num(q.y)+`)"`)
		}
	}
	t := solid(ring{-250, 36}, ring{-246, 36}, ring{-210, 26}, ring{-150, 74}, ring{-70, 92}, ring{-14, 70}, ring{0, 54})
	d.body(t, d.matte(colour))
	d.speckle(t, colour, 40)
	d.mouth(t, colour, 5, "", 0)
}

// desk is a table with an open front.
func (d *drawing) desk(wood string, w, h float64) {
	d.contact(0, 0, w*.44, 60, .25)
	for _, x := range []float64{-w * .46, w * .46} {
		d.shape(polygon(x-20, -h+20, x+20, -h+20, x+12, 0, x-12, 0), d.across(shade(wood, .05), shade(wood, -.4)))
	}
	d.rect(-w*.44, -h+30, w*.88, 100, d.timber(shade(wood, -.12)))
	d.stroke(from(0, -h+34).line(0, -h+126), alpha(shade(wood, -.7), .5), 4)
	d.rect(-w/2, -h, w, 34, d.timber(wood), `rx="5"`)
	d.grainLines(-w/2, -h, w, 34, wood)
}

// rug lies flat on the floor.
func (d *drawing) rug(x, y, w, h float64, colour string) {
	d.shape(polygon(x-w*.42, y-h/2, x+w*.42, y-h/2, x+w/2, y+h/2, x-w/2, y+h/2), d.across(shade(colour, .1), shade(colour, -.12)))
	d.stroke(polygon(x-w*.38, y-h*.34, x+w*.38, y-h*.34, x+w*.44, y+h*.34, x-w*.44, y+h*.34), alpha(shade(colour, .5), .5), 3)
}
