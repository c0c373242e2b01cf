package art

// garden are the pots, tools and bags of the plant shop.
func (d *drawing) garden(look Look) (draw func(), size point, ok bool) {
	c := look.Colour
	bare := func(w, h float64) func() {
		return func() { d.pot(pot{look.Format, c, w, h}) }
	}
	switch look.Scene {
	case "pot":
		return bare(220, 200), point{330, 300}, true
	case "pot-set":
		return func() {
			d.at(-150, -26, 1, func() { d.pot(pot{look.Format, c, 210, 200}) })
			d.at(80, 0, 1, func() { d.pot(pot{look.Format, c, 160, 145}) })
			d.at(220, 22, 1, func() { d.pot(pot{look.Format, c, 110, 100}) })
		}, point{560, 280}, true
	case "hanger":
		return func() { d.hanger(c) }, point{330, 520}, true
	case "stand":
		return func() { d.plantStand(look.Tone(1), c) }, point{360, 560}, true
	case "watering-can":
		return func() { d.wateringCan(c) }, point{500, 330}, true
	case "mister":
		return func() { d.mister(c) }, point{200, 300}, true
	case "snips":
		return func() { d.snips(c) }, point{150, 320}, true
	case "trowels":
		return func() { d.trowels(c) }, point{230, 420}, true
	case "soil":
		return func() { d.soilBag(look) }, point{300, 400}, true
	case "food":
		return func() { d.plantFood(look) }, point{130, 260}, true
	}
	return nil, point{}, false
}

// hanger is a bowl on three cords with a small plant in it.
func (d *drawing) hanger(colour string) {
	top := -1400.0
	for _, x := range []float64{-96, 96, 14} {
		d.stroke(from(0, top).line(0, -470).line(x, -150), "#b59a72", 4)
	}
	d.at(0, -20, 1, func() {
		t := solid(ring{-130, 100}, ring{-126, 100}, ring{-70, 96}, ring{-20, 62}, ring{0, 34})
		d.body(t, d.matte(colour))
		d.speckle(t, colour, 50)
		d.mouth(t, colour, 6, "#3b2a20", 4)
		d.at(0, -124, .8, d.fern)
	})
	d.circle(0, -470, 10, "#8a6a44")
	for _, x := range []float64{-98, 98} {
		d.circle(x, -148, 6, "#8a6a44")
	}
}

// plantStand lifts a pot off the floor.
func (d *drawing) plantStand(wood, colour string) {
	d.contact(0, 0, 120, 160, .8)
	for _, x := range []float64{-64, 64} {
		d.shape(polygon(x-9, -300, x+9, -300, x+8, -8, x-8, -8), d.across(shade(wood, -.3), shade(wood, -.5)))
	}
	d.at(0, -190, 1, func() { d.potted(pot{"cylinder", colour, 220, 170}, func() { d.at(0, 0, .62, d.snakePlant) }) })
	d.rect(-126, -204, 252, 22, d.timber(shade(wood, -.1)), `rx="4"`)
	for _, x := range []float64{-122, 122} {
		d.shape(polygon(x-11, -330, x+11, -330, x+9, 0, x-9, 0), d.across(shade(wood, .2), wood+"@.4", shade(wood, -.35)))
	}
}

// wateringCan has a long thin spout to the left.
func (d *drawing) wateringCan(c string) {
	d.contact(0, 0, 84, 180, .9)
	d.shape(from(-66, -40).curve(-150, -30, -150, -150, -252, -232).line(-262, -224).curve(-176, -140, -176, -2, -66, -6).close(), d.across(shade(c, -.1), shade(c, .34)+"@.3", c+"@.6", shade(c, -.3)))
	d.ellipse(-257, -228, 4, 8, shade(c, -.6), `transform="rotate(38 -257 -228)"`)
	handle := from(60, -166).curve(150, -230, 220, -120, 78, -40)
	d.stroke(handle, shade(c, -.4), 13)
	d.stroke(handle, d.down(shade(c, .34), shade(c, -.1)), 8, `transform="translate(-1.4 -1.6)"`)
	t := solid(ring{-180, 52}, ring{-178, 54}, ring{-178, 54}, ring{-120, 74}, ring{-30, 88}, ring{-8, 87}, ring{0, 80})
	d.body(t, d.metal(c))
	d.shape(t.band(-62, -58), alpha(shade(c, -.5), .4))
	d.mouth(t, c, 2.4, "", 0)
	hoop := from(-50, -176).curve(-56, -270, 56, -270, 50, -176)
	d.stroke(hoop, shade(c, -.4), 11)
	d.stroke(hoop, shade(c, .3), 6, `transform="translate(-1.4 -1.6)"`)
}

// mister is a brass or coloured sprayer with a pump.
func (d *drawing) mister(c string) {
	d.contact(0, 0, 62, 150, .9)
	t := solid(ring{-150, 18}, ring{-148, 20}, ring{-132, 26}, ring{-100, 58}, ring{-40, 70}, ring{-8, 64}, ring{0, 54})
	d.body(t, d.metal(c))
	d.body(straight(ring{-176, 22}, ring{-146, 22}), d.metal(shade(c, -.15)))
	d.shape(polygon(-22, -196, 26, -196, 26, -176, -22, -176), d.metal(c))
	d.rect(-62, -194, 42, 14, d.down(shade(c, .5), shade(c, -.3)), `rx="3"`)
	d.rect(-68, -198, 9, 22, d.down(shade(c, .6), shade(c, -.4)), `rx="2"`)
	d.rect(-5, -232, 10, 38, d.metal(c))
	d.ellipse(0, -234, 20, 8, d.across(shade(c, -.2), shade(c, .6)+"@.3", shade(c, -.3)))
	for i := range 22 {
		p := point{-84 - float64(i%6)*14 - d.between(0, 10), -188 + (d.between(-1, 1))*(8+float64(i%6)*7)}
		d.circle(p.x, p.y, d.between(.8, 1.8), "#ffffffb3")
	}
}

// snips lie open, seen from above.
func (d *drawing) snips(c string) {
	d.soft(6, func() {
		d.shape(oval(10, -90, 56, 86), "#1c100a2e")
	})
	for _, side := range []float64{-1, 1} {
		d.group(`transform="translate(0 -170) rotate(`+num(side*-11)+`) scale(`+num(side)+` 1)"`, func() {
			grip := from(-4, 10).curve(20, 20, 62, 60, 60, 120).curve(58, 160, 20, 176, 8, 150).curve(-2, 110, 4, 60, -6, 30).close()
			d.shape(grip, d.across(shade(c, .24), c+"@.5", shade(c, -.3)))
			d.shape(blob(point{14, 56}, point{38, 84}, point{44, 122}, point{28, 148}, point{17, 134}, point{14, 96}), alpha(shade(c, -.8), .5))
			d.shape(from(-7, 16).line(9, 12).curve(10, -50, 6, -110, 0, -150).curve(-6, -100, -8, -40, -7, 16).close(), d.across("#f2f2ee", "#b9b9b4@.5", "#7f7f7b"))
		})
	}
	d.circle(0, -158, 7, d.glow(.36, .3, .8, "#f6f0dc", "#8f7f52"))
}

// trowels are a trowel and a fork with ash handles, leaning.
func (d *drawing) trowels(wood string) {
	tool := func(turn, x float64, blade func()) {
		d.group(`transform="`+string(move(x, 0).turn(turn))+`"`, func() {
			d.stroke(from(0, -214).line(0, -150), d.metalRod(), 9)
			blade()
			d.shape(from(-10, -206).curve(-16, -270, -20, -330, -13, -382).curve(-8, -394, 8, -394, 13, -382).curve(20, -330, 16, -270, 10, -206).close(), d.across(shade(wood, .26), wood+"@.45", shade(wood, -.4)))
			d.rect(-10.5, -216, 21, 16, d.across("#f0f0ec", "#8f8f8b"))
			d.stroke(from(0, -384).line(0, -376), "#6e4a2e", 6)
		})
	}
	steel := d.across("#a5a9a8", "#eef0ee@.3", "#8b908f@.55", "#5e6463")
	tool(-9, -54, func() {
		d.shape(from(-8, -160).curve(-44, -150, -46, -60, 0, 0).curve(46, -60, 44, -150, 8, -160).close(), steel)
		d.stroke(from(0, -150).line(0, -26), "#5e64638c", 3)
	})
	tool(9, 54, func() {
		for _, x := range []float64{-28, 0, 28} {
			d.shape(from(x*.2-6, -162).curve(x-6, -130, x-6, -100, x-5, -60).line(x, 0).line(x+6, -60).curve(x+7, -100, x+8, -130, x*.2+6, -162).close(), steel)
		}
	})
}

// metalRod is a grey that needs no box: a straight line has none for a gradient.
func (d *drawing) metalRod() string { return "#9aa09e" }

// soilBag is a paper sack, folded and stitched at the top.
func (d *drawing) soilBag(look Look) {
	c := look.Colour
	d.contact(0, 0, 130, 300, 1)
	sack := from(-116, -350).line(116, -350).curve(118, -280, 138, -200, 134, -100).curve(133, -50, 136, -20, 126, 2).curve(60, 10, -60, 10, -126, 2).curve(-136, -20, -133, -50, -134, -100).curve(-138, -200, -118, -280, -116, -350).close()
	d.shape(sack, d.across(shade(c, -.22), shade(c, .1)+"@.2", c+"@.6", shade(c, -.28)))
	dark := ink(look.Tone(1), "#26301f", "#f4efe2")
	d.clip(sack, func() {
		d.rect(-140, -270, 280, 190, look.Tone(1))
		leaf := d.leaf(ovate(), leafLook{colour: look.Tone(2), veins: 5})
		for i := range 5 {
			d.place(leaf, point{60, -100}, float64(i)*30-60, 110, .8)
		}
		d.text(lettering{26, 1.5, 1, dark, 0}, -104, -228, 150, look.Line(0))
		d.text(lettering{11, 1.2, 1.6, dark, 0}, -104, -204, 150, look.Line(1))
		d.text(lettering{20, 1.5, 1, dark, 0}, -104, -98, 90, look.Line(2))
	})
	for _, f := range []spine{{point{-110, -330}, point{-60, -290}, point{-90, -250}}, {point{112, -320}, point{70, -290}, point{100, -240}}, {point{-128, -60}, point{-80, -70}, point{-70, -20}}, {point{128, -70}, point{84, -60}, point{90, -14}}} {
		d.stroke(from(f.a.x, f.a.y).quad(f.b.x, f.b.y, f.c.x, f.c.y), alpha(shade(c, -.7), .16), 6)
	}
	d.shape(sack, d.across("#1a0c0547@0", "#ffffff1f@.22", "#00000000@.5", "#1a0c0552@1"))
	d.rect(-120, -384, 240, 40, d.down(shade(c, .24), shade(c, -.08)))
	d.stroke(from(-114, -360).line(114, -360), shade(c, -.5), 1.6, `stroke-dasharray="7 4"`)
	d.text(lettering{13, 1.6, 4, ink(c, "#26301f", "#f4efe2"), .5}, 0, -298, 0, "BLOOM")
}

// plantFood is an apothecary's bottle.
func (d *drawing) plantFood(look Look) {
	d.contact(0, 0, 46, 180, .9)
	t := solid(ring{-196, 18}, ring{-196, 18}, ring{-176, 18}, ring{-164, 26}, ring{-148, 46}, ring{-140, 48}, ring{-140, 48}, ring{-6, 48}, ring{0, 42})
	amber := look.Colour
	d.body(t, d.across(shade(amber, -.5), shade(amber, .2)+"@.14", amber+"@.45", shade(amber, -.4)+"@.85", shade(amber, -.6)))
	paper := look.Tone(1)
	label := straight(ring{-130, 48.4}, ring{-20, 48.4})
	d.shape(label.band(-126, -24), d.across(shade(paper, -.3), shade(paper, .1)+"@.26", paper+"@.6", shade(paper, -.34)))
	dark := ink(paper, "#26301f", "#f4efe2")
	d.text(lettering{6, 1.6, 4, dark, .5}, 0, -100, 0, "BLOOM")
	leaf := d.leaf(ovate(), leafLook{colour: look.Tone(2), veins: 4})
	for _, a := range []float64{-46, 46, 0} {
		d.place(leaf, point{0, -62}, a, 26, .8)
	}
	d.text(lettering{7, 1.3, 1, dark, .5}, 0, -38, 80, look.Line(0))
	d.text(lettering{3.6, 1.1, 1.6, dark, .5}, 0, -28, 70, look.Line(1))
	d.gloss(t, .45)
	d.body(straight(ring{-222, 20}, ring{-192, 20}), d.matte("#26282a"))
	d.ellipse(0, -222, 20, 20*tilt, "#4a4c4e")
}
