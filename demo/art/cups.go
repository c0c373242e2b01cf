package art

import "math"

// mug is a stoneware mug with a handle; coffee fills it when it is not "".
func (d *drawing) mug(colour, coffee string, w, h float64) {
	r := w / 2
	t := solid(ring{-h, r}, ring{-h * .97, r}, ring{-h * .5, r * .99}, ring{-h * .16, r * .94}, ring{-h * .05, r * .84}, ring{0, r * .72})
	d.contact(0, 0, r*.8, h, .9)
	handle := from(r*.9, -h*.8).curve(r*1.75, -h*.92, r*1.75, -h*.2, r*.86, -h*.24)
	d.stroke(handle, shade(colour, -.36), r*.26)
	d.stroke(handle, d.gradient(0, 0, 1, 1, shade(colour, .22), shade(colour, -.2)), r*.19, `transform="translate(`+num(-r*.015)+` `+num(-r*.025)+`)"`)
	d.body(t, d.matte(colour))
	d.gloss(t, .42)
	d.mouth(t, colour, r*.06, coffee, r*.045)
}

// speckle sprinkles a stoneware body with dark flecks.
func (d *drawing) speckle(t turned, colour string, n int) {
	d.clip(t.outline(), func() {
		fine, coarse := &path{}, &path{}
		top, bottom := t.top(), t.bottom()
		for i := range n {
			p := fine
			if i%3 == 0 {
				p = coarse
			}
			p.dot(math.Round(d.between(-top.r, top.r)), math.Round(d.between(top.y, bottom.y)))
		}
		d.stroke(fine, alpha(shade(colour, -.7), .4), .6)
		d.stroke(coarse, alpha(shade(colour, -.7), .4), 1.1)
	})
}

// cupAndSaucer is a low cup on its saucer, for espresso or cappuccino by its size.
func (d *drawing) cupAndSaucer(colour, coffee string, w, h float64) {
	r := w / 2
	saucer := solid(ring{-r * .2, r * 1.66}, ring{-r * .15, r * 1.64}, ring{-r * .15, r * 1.64}, ring{-r * .05, r * 1.25}, ring{0, r * .95})
	d.contact(0, 0, r*1.3, h*.5, .9)
	d.body(saucer, d.matte(colour))
	d.ellipse(0, -r*.2, r*1.66, r*1.66*tilt, d.across(shade(colour, -.12), shade(colour, .3)+"@.3", shade(colour, -.1)))
	d.ellipse(r*.22, -r*.17, r*1.05, r*1.05*tilt, alpha("#1c100a", .32))
	d.group(`transform="translate(0 `+num(-r*.12)+`)"`, func() {
		t := solid(ring{-h, r}, ring{-h * .96, r}, ring{-h * .6, r * .93}, ring{-h * .22, r * .68}, ring{-h * .07, r * .48}, ring{0, r * .46})
		handle := from(r*.9, -h*.8).curve(r*1.5, -h*.95, r*1.5, -h*.3, r*.76, -h*.36)
		d.stroke(handle, shade(colour, -.36), r*.2)
		d.stroke(handle, d.gradient(0, 0, 1, 1, shade(colour, .22), shade(colour, -.2)), r*.14)
		d.body(t, d.matte(colour))
		d.gloss(t, .5)
		d.mouth(t, colour, r*.06, coffee, r*.03)
	})
}

// latteArt pours a leaf into a cup whose mouth lies at y.
func (d *drawing) latteArt(y, r float64) {
	d.group(`transform="`+string(move(0, y).scale(r/10, r/10*tilt))+`"`, func() {
		foam := "#f4e4cb"
		d.ellipse(0, 0, 9.2, 9.2, "#b97a48")
		d.ellipse(0, 0, 8.4, 8.4, "#9c5f33")
		d.shape(from(0, 7).curve(-8, 3, -7, -5, 0, -3).curve(7, -5, 8, 3, 0, 7).close(), foam)
		d.stroke(from(0, -6).line(0, 6), "#9c5f33", .5)
		for _, a := range []float64{-2, .5, 3} {
			d.stroke(from(-5, a-1).quad(0, a+3, 5, a-1), "#9c5f33", .6)
		}
	})
}

// tumbler is a travel cup with a lid and a band.
func (d *drawing) tumbler(colour, lid string) {
	d.contact(0, 0, 30, 160, 1)
	t := straight(ring{-150, 41}, ring{-4, 30}, ring{0, 29})
	d.body(t, d.matte(colour))
	d.gloss(t, .22)
	d.shape(t.band(-104, -58), d.across(shade(lid, -.35), shade(lid, .2)+"@.3", lid+"@.55", shade(lid, -.4)))
	d.wordmark(-4, -72, 6.4, ink(lid, "#2a201a", "#f2eee6"))
	d.body(straight(ring{-166, 40}, ring{-160, 43}, ring{-149, 42.5}), d.matte(lid))
	d.ellipse(0, -166, 40, 40*tilt, d.across(shade(lid, .05), shade(lid, .4)+"@.3", lid))
	d.ellipse(-16, -167, 8, 1.8, shade(lid, -.6))
}

// glassCup is a small tumbler of glass, with a drink in two layers when milk is given.
func (d *drawing) glassCup(coffee, milk string, h float64) {
	t := solid(ring{-h, 36}, ring{-h, 36}, ring{-h * .4, 32}, ring{-h * .1, 28}, ring{0, 26})
	d.contact(0, 0, 28, h, .7)
	d.pour(t, -h*.82, coffee)
	if milk != "" {
		lower := solid(ring{-h * .7, 31.6}, ring{-h * .4, 30}, ring{-h * .1, 26.6}, ring{-h * .03, 24.6})
		d.shape(lower.outline(), d.down(alpha(milk, 0), alpha(milk, .3)+"@.4", alpha(milk, .9)+"@.7", milk))
	}
	d.glass(t)
	d.ellipse(0, -h, 36, 36*tilt, "none", `stroke="#ffffffb3" stroke-width="1.2"`)
}

// pitcher is a steel jug for milk.
func (d *drawing) pitcher(metal string) {
	d.contact(0, 0, 42, 110, .9)
	handle := from(34, -94).curve(84, -100, 82, -18, 42, -20)
	d.stroke(handle, shade(metal, -.5), 9)
	d.stroke(handle, d.down(shade(metal, .5), shade(metal, -.1)), 5.4, `transform="translate(-1 -1)"`)
	d.shape(from(-24, -114).curve(-38, -117, -46, -118, -50, -115).curve(-46, -100, -40, -90, -33, -74).close(), d.across(shade(metal, .3), shade(metal, .7)+"@.4", shade(metal, -.2)))
	t := solid(ring{-110, 36}, ring{-110, 36}, ring{-84, 34}, ring{-50, 42}, ring{-12, 46}, ring{0, 42})
	d.body(t, d.metal(metal))
	d.mouth(t, metal, 1.4, "#f6efe2", 5)
}

// tamper presses coffee flat: a steel foot and a turned grip.
func (d *drawing) tamper(wood string) {
	d.contact(0, 0, 29, 80, 1)
	d.body(straight(ring{-20, 29}, ring{0, 29}), d.metal("#a2a2a0"))
	d.ellipse(0, -20, 29, 29*tilt, d.across("#8a8a88", "#f4f4f2"+"@.3", "#7f7f7d"))
	d.body(solid(ring{-34, 9}, ring{-26, 12}, ring{-20, 22}), d.metal("#a2a2a0"))
	d.body(solid(ring{-92, 10}, ring{-90, 16}, ring{-76, 21}, ring{-56, 17}, ring{-40, 10}, ring{-32, 10}), d.across(shade(wood, -.45), shade(wood, .28)+"@.28", wood+"@.5", shade(wood, -.4)))
}
