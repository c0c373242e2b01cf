package art

// dripper is a cone for pour-over with its ribs, handle and base plate; it stands on a carafe or a table.
func (d *drawing) dripper(colour string) {
	plate := straight(ring{-7, 44}, ring{-3, 45}, ring{0, 43})
	cone := solid(ring{-86, 60}, ring{-84, 60}, ring{-84, 60}, ring{-40, 36}, ring{-14, 22}, ring{-7, 24})
	handle := from(50, -72).curve(84, -78, 92, -40, 66, -26).curve(56, -20, 44, -22, 34, -34)
	d.stroke(handle, shade(colour, -.32), 9)
	d.stroke(handle, d.down(shade(colour, .2), shade(colour, -.15)), 6.4, `transform="translate(-.8 -.6)"`)
	d.body(plate, d.matte(colour))
	d.ellipse(0, -7, 44, 44*tilt, d.across(shade(colour, -.2), shade(colour, .25)+"@.3", shade(colour, -.25)))
	d.body(cone, d.matte(colour))
	d.gloss(cone, .55)
	d.mouth(cone, colour, 3, "", 0)
	ribs := &path{}
	for i := range 9 {
		x := -50 + float64(i)*12.5
		ribs.add(from(x, -82).quad(x*.62, -80, x*.5, -79))
	}
	d.stroke(ribs, alpha(shade(colour, .5), .5), 1)
}

// filterPaper is the paper cone that looks out of a dripper.
func (d *drawing) filterPaper(colour string) {
	d.shape(from(-57, -86).line(-52, -108).curve(-20, -116, 30, -118, 54, -106).line(57, -86).curve(30, -78, -30, -78, -57, -86).close(),
		d.across(shade(colour, -.14), shade(colour, .3)+"@.3", shade(colour, -.1)))
	d.stroke(from(54, -106).line(30, -82), alpha(shade(colour, -.5), .35), .8)
	d.ellipse(0, -87, 50, 5.4, shade(colour, -.2))
	d.ellipse(2, -86, 43, 4, "#3b2417")
}

// server is a round glass pot with a handle; level is where the coffee stands, 0 for none.
func (d *drawing) server(level float64, coffee string) {
	t := solid(ring{-118, 34}, ring{-112, 34}, ring{-112, 34}, ring{-104, 33}, ring{-84, 50}, ring{-40, 64}, ring{-8, 60}, ring{-1, 50}, ring{0, 46})
	d.contact(0, 0, 50, 110, .7)
	handle := from(40, -98).curve(96, -104, 100, -30, 58, -24)
	d.stroke(handle, "#ffffff8c", 8)
	d.stroke(handle, "#6f7f7f66", 5)
	d.stroke(handle, "#ffffffb3", 1.4, `transform="translate(-1.4 -1.6)"`)
	if level > 0 {
		d.pour(t, -level, coffee)
	}
	d.glass(t)
	d.ellipse(0, -118, 34, 34*tilt, "#ffffff33", `stroke="#ffffffa6" stroke-width="1"`)
}

// carafe is an hourglass of glass with a wooden collar and a leather tie.
func (d *drawing) carafe(wood string, level float64) {
	t := solid(ring{-230, 56}, ring{-226, 56}, ring{-170, 34}, ring{-132, 21}, ring{-112, 24}, ring{-60, 56}, ring{-26, 64}, ring{-6, 56}, ring{0, 46})
	d.contact(0, 0, 52, 200, .7)
	if level > 0 {
		d.pour(t, -level, "#4a2312")
	}
	d.glass(t)
	d.ellipse(0, -230, 56, 56*tilt, "#ffffff33", `stroke="#ffffffa6" stroke-width="1"`)
	d.stroke(from(46, -230).curve(60, -232, 66, -236, 70, -240), "#ffffff80", 2)
	collar := solid(ring{-168, 35}, ring{-168, 35}, ring{-150, 27.5}, ring{-132, 25}, ring{-112, 28}, ring{-96, 37}, ring{-96, 37})
	d.body(collar, d.across(shade(wood, -.4), shade(wood, .18)+"@.28", wood+"@.5", shade(wood, -.3)+"@.85", shade(wood, -.45)))
	grain := &path{}
	for i := range 7 {
		x := -24 + float64(i)*8
		grain.add(from(x*1.25, -162).curve(x*.8, -140, x*.85, -120, x*1.2, -94))
	}
	d.stroke(grain, alpha(shade(wood, -.5), .3), .6)
	d.stroke(from(-25.5, -134).arc(26, 6, 0, 0, 25.5, -134), "#5b3a22", 3)
	d.stroke(from(-25.5, -134.6).arc(26, 6, 0, 0, 25.5, -134.6), "#8c6038", 1)
	d.circle(-6, -127, 4.4, d.glow(.35, .3, .8, shade(wood, .4), shade(wood, -.3)))
	d.stroke(from(-4, -126).quad(4, -112, 2, -96), "#6e4a2b", 1.8)
	d.stroke(from(-6, -125).quad(-10, -110, -5, -98), "#6e4a2b", 1.8)
}

// plungerPress is the tube press: chamber, plunger, cap.
func (d *drawing) plungerPress(tint, accent string) {
	d.contact(0, 0, 42, 200, .9)
	flange := straight(ring{-42, 44}, ring{-38, 45}, ring{-36, 44})
	chamber := straight(ring{-150, 30}, ring{-40, 30})
	plunger := straight(ring{-214, 26}, ring{-60, 26})
	d.body(plunger, d.across(alpha(shade(tint, -.3), .8), alpha(shade(tint, .3), .55)+"@.25", alpha(tint, .5)+"@.6", alpha(shade(tint, -.4), .8)))
	d.ellipse(0, -214, 30, 30*tilt, d.across(shade(tint, -.2), shade(tint, .4)+"@.3", shade(tint, -.2)))
	d.ellipse(0, -216, 30, 30*tilt, d.across(shade(tint, -.1), shade(tint, .5)+"@.3", tint))
	d.rect(-26, -76, 52, 16, d.matte("#232323"), `rx="3"`)
	d.pour(straight(ring{-150, 30}, ring{-40, 30}), -62, "#3f1d10")
	d.body(chamber, d.across(alpha(shade(tint, -.4), .72), alpha(shade(tint, .4), .3)+"@.2", alpha(tint, .26)+"@.55", alpha(shade(tint, -.5), .75)))
	d.gloss(chamber, .5)
	d.ellipse(0, -150, 30, 30*tilt, "none", `stroke="`+alpha(shade(tint, .5), .8)+`" stroke-width="1.4"`)
	for i := range 4 {
		y := -136 + float64(i)*22
		d.circle(0, y+4, 4.6, "none", `stroke="`+accent+`" stroke-width=".9"`)
		d.text(lettering{4.2, 1.3, 0, accent, .5}, 0, y+6.2, 0, string(rune('4'-i)))
	}
	d.body(flange, d.matte(shade(tint, -.1)))
	d.body(straight(ring{-36, 33}, ring{-20, 34}), d.matte("#26272a"))
	cup := solid(ring{-22, 41}, ring{-20, 41}, ring{-20, 41}, ring{-6, 38}, ring{0, 34})
	d.body(cup, d.matte(accent))
	d.gloss(cup, .4)
}

// frenchPress is a glass jug in a metal frame with a lid and a plunger rod.
func (d *drawing) frenchPress(metal string) {
	d.contact(0, 0, 50, 190, .9)
	handle := from(50, -152).curve(104, -158, 102, -40, 54, -34)
	d.stroke(handle, shade(metal, -.55), 11)
	d.stroke(handle, d.down(shade(metal, .1), shade(metal, -.3)), 7, `transform="translate(-1 -.8)"`)
	jug := straight(ring{-168, 48}, ring{-12, 48})
	d.pour(jug, -104, "#3a1b0f")
	d.glass(jug)
	d.shape(jug.band(-108, -98), "#c79a6a8c")
	for _, y := range []float64{-160, -32, -12} {
		d.shape(jug.band(y, y+8), d.metal(metal))
	}
	for _, x := range []float64{-34, 36} {
		d.rect(x, -156, 5, 150, d.across(shade(metal, -.2), shade(metal, .5), shade(metal, -.3)))
	}
	d.body(straight(ring{-8, 50}, ring{0, 48}), d.metal(metal))
	lid := solid(ring{-186, 8}, ring{-184, 26}, ring{-176, 44}, ring{-170, 50}, ring{-170, 50}, ring{-164, 50})
	d.rect(-2, -236, 4, 52, d.metal(metal))
	d.body(lid, d.metal(metal))
	d.circle(0, -240, 11, d.glow(.36, .3, .75, shade(metal, .7), metal+"@.4", shade(metal, -.6)))
}

// mokaPot is the eight-sided pot for the stove.
func (d *drawing) mokaPot(metal, grip string) {
	d.contact(0, 0, 50, 170, .9)
	facets := func(y1, r1, y2, r2 float64) {
		edges := []float64{-1, -.74, -.2, .4, .84, 1}
		lights := []float64{-.38, .3, .72, -.12, -.45}
		for i, l := range lights {
			a, b := edges[i], edges[i+1]
			drop := func(e, r float64) float64 { return (1 - e*e) * r * .12 }
			d.shape(polygon(a*r1, y1+drop(a, r1), b*r1, y1+drop(b, r1), b*r2, y2+drop(b, r2), a*r2, y2+drop(a, r2)), d.down(shade(metal, l+.08), shade(metal, l-.12)))
		}
	}
	handle := from(40, -146).line(78, -150).curve(92, -150, 90, -136, 86, -120).line(74, -66)
	d.butt(handle, shade(grip, -.3), 14)
	d.stroke(handle, d.across(shade(grip, .25), grip), 9, `transform="translate(-1.4 -1)"`)
	facets(-70, 40, 0, 52)
	d.body(straight(ring{-82, 41}, ring{-68, 42}), d.metal(metal))
	d.shape(polygon(-36, -152, -66, -160, -60, -146, -38, -118), d.across(shade(metal, .55), shade(metal, -.1)))
	facets(-154, 46, -82, 38)
	facets(-168, 22, -154, 47)
	d.circle(0, -174, 7.5, d.glow(.36, .3, .75, shade(grip, .5), grip+"@.4", shade(grip, -.5)))
	d.circle(18, -42, 4.4, d.glow(.4, .3, .8, "#f0d9a0", "#8a6a2f"))
}
