package art

// kettle is a gooseneck kettle with a wooden or black grip, its spout to the left.
func (d *drawing) kettle(colour, grip string, steel bool) {
	paint := d.matte(colour)
	if steel {
		paint = d.metal(colour)
	}
	d.contact(0, 0, 66, 150, .9)
	d.spout(colour, steel)
	handle := from(46, -118).curve(70, -150, 128, -150, 132, -112).curve(134, -86, 126, -62, 118, -40)
	d.stroke(handle, shade(colour, -.5), 10)
	d.stroke(handle, shade(colour, .05), 6, `transform="translate(-1 -1.4)"`)
	hold := from(126, -126).curve(134, -108, 130, -74, 118, -40)
	d.stroke(hold, shade(grip, -.45), 17)
	d.stroke(hold, d.across(shade(grip, .3), grip+"@.5", shade(grip, -.3)), 13)
	t := solid(ring{-124, 42}, ring{-122, 43}, ring{-122, 43}, ring{-80, 53}, ring{-20, 66}, ring{-8, 67}, ring{-2, 65}, ring{0, 62})
	d.body(t, paint)
	if !steel {
		d.gloss(t, .3)
	}
	d.shape(straight(ring{-14, 67}, ring{-4, 66}).outline(), alpha(shade(colour, -.6), .25))
	d.ellipse(0, -123, 43, 43*tilt, shade(colour, -.55))
	lid := solid(ring{-136, 12}, ring{-134, 22}, ring{-129, 36}, ring{-124, 40})
	d.body(lid, paint)
	d.rect(-3.5, -146, 7, 10, d.metal("#8d8d8d"))
	d.body(solid(ring{-160, 10}, ring{-158, 12}, ring{-150, 12}, ring{-145, 8}), d.matte(grip))
}

// spout rises from the foot of the body in a swan's neck.
func (d *drawing) spout(colour string, steel bool) {
	neck := func() *path {
		return from(-52, -34).curve(-98, -20, -104, -60, -100, -88).curve(-97, -112, -104, -128, -128, -134).
			line(-130, -128).curve(-112, -122, -110, -108, -111, -88).curve(-113, -56, -116, -6, -52, -12).close()
	}
	d.shape(neck(), d.across(shade(colour, -.2), shade(colour, .35)+"@.3", colour+"@.55", shade(colour, -.4)))
	d.stroke(from(-66, -25).curve(-100, -20, -106, -60, -105, -88).curve(-104, -108, -110, -122, -126, -131), alpha("#ffffff", .28), 1.8)
	if steel {
		d.stroke(from(-62, -18).curve(-106, -12, -110, -60, -108, -90), alpha("#ffffff", .35), 1.2)
	}
	d.ellipse(-129, -131, 1.6, 3.2, shade(colour, -.6), `transform="rotate(16 -129 -131)"`)
}

// kettleBase is the heater under an electric kettle.
func (d *drawing) kettleBase(colour string) {
	d.contact(0, 0, 84, 40, .8)
	d.body(straight(ring{-18, 74}, ring{-14, 82}, ring{0, 82}), d.matte(colour))
	d.ellipse(0, -18, 74, 74*tilt, shade(colour, .1))
	d.rect(-17, -7, 34, 11, "#101214", `rx="2"`)
	d.text(lettering{6, 1.2, 1.6, "#ffb458", .5}, 0, 1.4, 0, "96")
	d.circle(36, -.4, 5.6, d.glow(.4, .3, .8, shade(colour, .5), shade(colour, -.5)))
}

// handGrinder is a slim mill with a crank.
func (d *drawing) handGrinder(colour, wood string) {
	d.contact(0, 0, 26, 190, 1)
	d.body(straight(ring{-86, 25}, ring{0, 25}), d.matte(shade(colour, -.1)))
	d.body(straight(ring{-178, 25}, ring{-90, 25}), d.matte(colour))
	d.gloss(straight(ring{-178, 25}, ring{-90, 25}), .3)
	grip := straight(ring{-150, 26.4}, ring{-108, 26.4})
	d.body(grip, d.across(shade(wood, -.42), shade(wood, .22)+"@.28", wood+"@.5", shade(wood, -.3)+"@.84", shade(wood, -.45)))
	for i := range 6 {
		d.shape(grip.band(-146+float64(i)*7, -145.4+float64(i)*7), alpha(shade(wood, -.5), .25))
	}
	d.shape(straight(ring{-178, 25}, ring{0, 25}).band(-90, -86), "#15151599")
	d.body(solid(ring{-190, 8}, ring{-188, 20}, ring{-182, 25}, ring{-182, 25}, ring{-176, 25}), d.metal("#8f8f8c"))
	d.shape(from(-4, -198).line(70, -208).curve(76, -208, 76, -200, 70, -200).line(4, -190).close(), d.down("#e2e2de", "#8f8f8c"))
	d.rect(-4.5, -200, 9, 14, d.metal("#8f8f8c"), `rx="2"`)
	d.rect(66, -206, 5, 16, d.metal("#8f8f8c"))
	d.at(68.5, 0, 1, func() {
		d.body(solid(ring{-240, 8}, ring{-236, 12}, ring{-222, 13}, ring{-210, 8}, ring{-206, 6}), d.across(shade(wood, -.4), shade(wood, .3)+"@.3", shade(wood, -.4)))
	})
}

// electricGrinder is a box with a hopper, a spout and a dose cup.
func (d *drawing) electricGrinder(colour string) {
	d.ground(0, 1, 140, 300)
	d.shape(box(-70, -16, 140, 18, 6), d.across(shade(colour, -.3), shade(colour, .1)+"@.3", shade(colour, -.35)))
	d.shape(box(-64, -236, 128, 96, 12), d.across(shade(colour, -.26), shade(colour, .12)+"@.25", colour+"@.6", shade(colour, -.34)))
	d.shape(box(10, -150, 54, 138, 4), d.across(shade(colour, -.3), shade(colour, -.02)+"@.4", shade(colour, -.38)))
	d.shape(polygon(-40, -140, 4, -140, -4, -122, -32, -122), d.metal("#6c6c6c"))
	d.rect(-62, -232, 124, 2, "#ffffff33")
	hopper := straight(ring{-318, 60}, ring{-262, 46}, ring{-238, 30})
	d.clip(hopper.outline(), func() {
		for i := range 34 {
			d.beanAt(d.between(-48, 48), -286+d.between(-4, 46)-float64(i%3), 1, "#5b3520")
		}
	})
	d.glass(hopper)
	d.body(straight(ring{-326, 61}, ring{-316, 62}), d.matte("#26262a"))
	d.ellipse(0, -326, 61, 61*tilt, d.across("#26262a", "#55555a"+"@.3", "#2a2a2e"))
	d.circle(34, -190, 19, d.metal("#8f8f8c"))
	d.circle(34, -190, 15, d.glow(.36, .3, .8, shade(colour, .3), shade(colour, -.35)))
	d.stroke(from(34, -203).line(34, -194), "#f2eee6", 1.6)
	for i := range 11 {
		p, q := polar(point{34, -190}, -135+float64(i)*27, 22), polar(point{34, -190}, -135+float64(i)*27, 24.5)
		d.stroke(from(p.x, p.y).line(q.x, q.y), ink(colour, "#2a201a", "#f2eee6"), .8)
	}
	cup := straight(ring{-72, 30}, ring{-16, 27})
	d.at(-20, 0, 1, func() { d.body(cup, d.metal("#9a9a97")); d.mouth(cup, "#8a8a88", 1.6, "#5a3520", 7) })
	d.wordmark(-24, -158, 6, ink(colour, "#2a201a", "#f2eee6"))
}

// scale is a flat scale with a display.
func (d *drawing) scale(colour string, reading string) {
	d.ground(0, 20, 172, 40)
	d.shape(from(-74, -52).line(74, -52).line(88, -2).line(-88, -2).close(), d.gradient(0, 0, 1, 1, shade(colour, .28), shade(colour, -.08)))
	d.shape(from(-88, -2).line(88, -2).line(86, 16).curve(85, 19, 83, 20, 80, 20).line(-80, 20).curve(-83, 20, -85, 19, -86, 16).close(), d.down(shade(colour, .08), shade(colour, -.3)))
	d.stroke(from(-88, -2).line(88, -2), alpha(shade(colour, .7), .5), .6)
	d.rect(-34, 2, 68, 13, "#0c0e10", `rx="2.5"`)
	d.text(lettering{7, 1.2, 2, "#e9f4ff", .5}, -6, 12, 0, reading)
	d.text(lettering{4, 1.2, 1, "#8fa4b5", .5}, 25, 12, 0, "G")
	d.circle(-56, 9, 3.2, alpha(shade(colour, .5), .5))
	d.circle(56, 9, 3.2, alpha(shade(colour, .5), .5))
}
