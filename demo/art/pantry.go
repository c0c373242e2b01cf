package art

import "math"

// tin is a round tin with a lid and a printed label around it.
func (d *drawing) tin(look Look, w, h float64) {
	r := w / 2
	c := look.Colour
	d.contact(0, 0, r, h, 1)
	t := straight(ring{-h * .84, r}, ring{0, r})
	d.body(t, d.matte(c))
	d.clip(t.band(-h*.76, -h*.08), func() {
		d.group(`transform="`+string(move(-r, -h*.62))+`"`, func() { d.landscape(look, w, h*.36) })
	})
	words := look.Tone(0)
	d.wordmark(0, -h*.68, w*.055, words)
	d.text(lettering{w * .1, 1.2, 1, words, .5}, 0, -h*.12, w*.82, look.Line(0))
	d.text(lettering{w * .042, 1, 2, alpha(words, .85), .5}, 0, -h*.055, w*.7, look.Line(1))
	d.shape(t.outline(), d.across("#0d060080@0", "#0d060014@.14", "#ffffff2e@.3", "#0d060000@.55", "#0d06004d@.85", "#0d060080@1"))
	d.gloss(t, .2)
	lid := straight(ring{-h, r * 1.015}, ring{-h * .85, r * 1.015})
	d.body(lid, d.metal("#a8a39a"))
	d.ellipse(0, -h, r*1.015, r*tilt, d.across("#b7b2a8", "#efece6@.3", "#a19c92"))
	d.ellipse(0, -h, r*.9, r*.9*tilt, d.across("#a9a49a", "#dedad2@.4", "#b9b4aa"))
}

// canister is a storage jar with a wooden or metal lid.
func (d *drawing) canister(colour, wood string, w, h float64) {
	r := w / 2
	d.contact(0, 0, r, h, 1)
	t := solid(ring{-h * .86, r}, ring{-h * .86, r}, ring{-h * .06, r}, ring{-h * .015, r * .97}, ring{0, r * .9})
	d.body(t, d.matte(colour))
	d.speckle(t, colour, 70)
	d.gloss(t, .26)
	d.wordmark(0, -h*.4, w*.075, ink(colour, "#2a201a", "#f6efe4"))
	lid := straight(ring{-h, r * .97}, ring{-h * .86, r * 1.01})
	d.body(lid, d.across(shade(wood, -.42), shade(wood, .22)+"@.28", wood+"@.5", shade(wood, -.3)+"@.84", shade(wood, -.45)))
	d.ellipse(0, -h, r*.97, r*.97*tilt, d.across(shade(wood, -.05), shade(wood, .35)+"@.3", shade(wood, .05)))
	d.ellipse(r*.05, -h, r*.6, r*.6*tilt, "none", `stroke="`+alpha(shade(wood, -.5), .3)+`" stroke-width=".7"`)
	d.ellipse(r*.05, -h, r*.3, r*.3*tilt, "none", `stroke="`+alpha(shade(wood, -.5), .3)+`" stroke-width=".7"`)
}

// bottle is a flask of cold brew with a cork or a cap.
func (d *drawing) bottle(look Look, h float64) {
	t := solid(ring{-h, 13}, ring{-h, 13}, ring{-h * .84, 13}, ring{-h * .72, 22}, ring{-h * .6, 38}, ring{-h * .52, 40}, ring{-h * .52, 40}, ring{-h * .04, 40}, ring{-h * .01, 37}, ring{0, 33})
	d.contact(0, 0, 38, h, .9)
	d.pour(t, -h*.8, look.Colour)
	d.glass(t)
	label := straight(ring{-h * .52, 40.4}, ring{-h * .1, 40.4})
	paper := look.Tone(0)
	d.shape(label.band(-h*.48, -h*.14), d.across(shade(paper, -.3), shade(paper, .1)+"@.26", paper+"@.6", shade(paper, -.34)))
	dark := ink(paper, "#221a16", "#f6efe4")
	d.wordmark(0, -h*.38, 5.4, dark)
	d.circle(0, -h*.29, 9, look.Tone(2))
	d.text(lettering{7, 1.3, 1, dark, .5}, 0, -h*.185, 62, look.Line(0))
	d.text(lettering{3.4, 1.1, 2, dark, .5}, 0, -h*.148, 54, look.Line(1))
	d.body(straight(ring{-h - 16, 14}, ring{-h + 4, 14}), d.matte(look.Tone(3)))
	d.ellipse(0, -h-16, 14, 14*tilt, shade(look.Tone(3), .25))
}

// filterPack is a stack of paper cones in an open carton.
func (d *drawing) filterPack(look Look) {
	paper := look.Tone(0)
	d.ground(0, 1, 140, 110)
	for i := range 6 {
		o := float64(i) * 3.2
		d.shape(from(-58+o, -40).line(-66+o, -150+o*.8).curve(-30+o, -168+o, 30+o*.6, -168+o, 62+o*.5, -150+o*.8).line(52, -40).close(),
			d.across(shade(paper, -.16), shade(paper, .2)+"@.3", shade(paper, -.08)))
		d.stroke(from(-66+o, -150+o*.8).curve(-30+o, -168+o, 30+o*.6, -168+o, 62+o*.5, -150+o*.8), alpha(shade(paper, -.5), .25), .7)
	}
	c := look.Colour
	d.shape(polygon(-72, -104, 58, -104, 58, 2, -72, 2), d.across(shade(c, .1), c+"@.7", shade(c, -.06)))
	d.shape(polygon(58, -104, 80, -114, 80, -10, 58, 2), d.down(shade(c, -.24), shade(c, -.4)))
	d.circle(-7, -62, 26, look.Tone(1))
	d.shape(polygon(-26, -74, 12, -74, 0, -46, -14, -46), look.Tone(2))
	d.wordmark(-7, -22, 6.4, ink(c, "#2a201a", "#f6efe4"))
	d.text(lettering{4.6, 1.1, 2, ink(c, "#2a201a", "#f6efe4"), .5}, -7, -10, 110, look.Line(0))
}

// spoon lies on the table, its bowl to the left.
func (d *drawing) spoon(metal string) {
	d.ellipse(8, 7, 96, 7, d.glow(.5, .5, .5, "#1c100a80", "#1c100a00"))
	d.shape(from(-44, -4).curve(-20, -6, 40, -9, 90, -12).curve(98, -12, 98, -4, 90, -4).curve(40, -1, -10, 3, -44, 5).close(), d.down(shade(metal, .6), shade(metal, -.3)))
	d.ellipse(-66, 0, 28, 14, d.down(shade(metal, .4), shade(metal, -.45)))
	d.ellipse(-66, -1, 24, 10.6, d.gradient(0, 0, .4, 1, shade(metal, -.5), shade(metal, .1)+"@.6", shade(metal, .8)))
}

// tastingBox is a tray of small bags: the tasting set.
func (d *drawing) tastingBox(look Look) {
	c := look.Colour
	d.ground(0, 6, 304, 120)
	d.shape(polygon(-150, -96, 150, -96, 150, -20, -150, -20), d.down(shade(c, -.5), shade(c, -.35)))
	for i, motif := range []string{"highlands", "savanna", "volcano"} {
		bag := look
		bag.Motif, bag.Format = motif, "band"
		bag.Colour = look.Tone(1 + i)
		bag.Palette = []string{ink(bag.Colour, "#2a1d14", "#f6efe3"), shade(look.Tone(1+i), .6), look.Tone(1 + (i+2)%3), shade(look.Tone(1+i), -.4), shade(look.Tone(1+(i+1)%3), -.3)}
		bag.Label = []string{look.Line(1 + i), "80 G"}
		d.at(-94+float64(i)*94, -16, 1, func() { d.coffeeBag(bag, 84, 150) })
	}
	d.shape(polygon(-154, -62, 154, -62, 150, 6, -150, 6), d.across(shade(c, .08), c+"@.6", shade(c, -.16)))
	d.stroke(from(-154, -62).line(154, -62), alpha(shade(c, .6), .7), 1)
	d.wordmark(0, -24, 9, ink(c, "#2a201a", "#f6efe4"))
	d.text(lettering{4.6, 1.1, 3, ink(c, "#2a201a", "#f6efe4"), .5}, 0, -11, 200, look.Line(0))
}

// giftCard is a card leaning on its envelope.
func (d *drawing) giftCard(look Look) {
	c := look.Colour
	envelope := look.Tone(0)
	d.group(`transform="rotate(-7)"`, func() {
		d.soft(7, func() { d.rect(-84, -116, 190, 124, "#1c100a80") })
		d.shape(box(-92, -130, 190, 128, 3), d.gradient(0, 0, 1, 1, shade(envelope, .1), shade(envelope, -.14)))
		d.stroke(from(-92, -128).line(3, -56, 98, -128), alpha(shade(envelope, -.5), .3), 1)
	})
	d.shape(box(-66, -152, 170, 108, 6), "#1c100a40", `transform="translate(5 6)"`)
	d.clip(box(-66, -152, 170, 108, 6), func() {
		d.rect(-66, -152, 170, 108, c)
		for i := range 7 {
			a := 21.0 - float64(i)*2.8
			d.ellipse(76, -60, a*3, a*3, look.Tone(1+i%3))
		}
		d.rect(-66, -152, 170, 108, d.gradient(0, 0, 1, 1, "#ffffff2e", "#ffffff00@.5", "#0d060026"))
	})
	d.text(lettering{9, 1.5, 5, ink(c, "#2a201a", "#f6efe4"), 0}, -54, -126, 110, look.Line(1))
	d.text(lettering{5, 1.1, 2.4, ink(c, "#2a201a", "#f6efe4"), 0}, -54, -56, 62, look.Line(0))
}

// tote hangs on a peg: a cotton bag with a print.
func (d *drawing) tote(look Look) {
	c := look.Colour
	for _, o := range []float64{0, 4} {
		d.butt(from(-58+o, -300).curve(-52+o, -420, -14, -470, 0, -478).curve(14, -470, 52-o, -420, 58-o, -300), shade(c, -.16-.04*o), 11)
	}
	d.circle(0, -480, 9, d.glow(.36, .3, .8, "#d9b98c", "#7c5630"))
	outline := from(-122, -312).curve(-60, -302, 60, -302, 122, -312).curve(128, -200, 132, -100, 134, -8).curve(70, 2, -70, 4, -134, -8).curve(-132, -100, -128, -200, -122, -312).close()
	d.soft(9, func() { d.shape(outline, "#1c100a59", `transform="translate(16 14)"`) })
	d.shape(outline, d.gradient(0, 0, 1, .7, shade(c, .16), c+"@.5", shade(c, -.16)))
	for i := range 5 {
		x := -96 + float64(i)*46
		d.stroke(from(x, -300).curve(x+math.Copysign(12, x), -220, x-10, -90, x+8, -10), alpha(shade(c, -.5), .1), 5)
	}
	d.stroke(from(-120, -290).curve(-60, -280, 60, -280, 120, -290), alpha(shade(c, -.5), .3), .8, `stroke-dasharray="3 2.4"`)
	d.circle(0, -190, 62, look.Tone(1))
	d.clip(oval(0, -190, 62, 62), func() {
		d.group(`transform="`+string(move(-62, -252))+`"`, func() { d.landscape(look, 124, 124) })
	})
	d.text(lettering{20, 1.8, 5, look.Tone(4), .5}, 0, -70, 210, "KAFFA")
	d.text(lettering{7, 1.1, 3, look.Tone(4), .5}, 0, -48, 200, look.Line(0))
}
