package art

// Units of every object are millimetres; it stands with the middle of its foot at 0, 0.

// coffeeBag is a matte flat-bottom bag with a folded top, a valve and a printed label.
func (d *drawing) coffeeBag(look Look, w, h float64) {
	c := look.Colour
	d.contact(0, 0, w*.5, h, 1)
	d.bagFront(c, w, h)
	d.bagFold(c, w, h)
	d.valve(c, 0, -h*.815, w*.032)
	d.bagLabel(look, w, h)
	// The label lies on a body that bulges: light runs over both.
	d.shape(bagOutline(w, h), d.across("#0d060059@0", "#0d06001a@.09", "#ffffff1c@.2", "#ffffff0a@.4", "#0d060000@.6", "#0d060026@.9", "#0d060061@1"))
	d.shape(bagOutline(w, h), d.down("#ffffff1f@0", "#ffffff00@.2", "#0d060000@.7", "#0d060038@1"))
}

func bagOutline(w, h float64) *path {
	x := w / 2
	return from(-x*.97, -h).line(x*.97, -h).
		curve(x*.975, -h*.93, x*.955, -h*.86, x*.985, -h*.72).
		curve(x*1.03, -h*.5, x*1.03, -h*.25, x*.985, -h*.02).
		curve(x*.98, h*.008, x*.95, h*.012, x*.9, h*.014).
		curve(x*.4, h*.024, -x*.4, h*.024, -x*.9, h*.014).
		curve(-x*.95, h*.012, -x*.98, h*.008, -x*.985, -h*.02).
		curve(-x*1.03, -h*.25, -x*1.03, -h*.5, -x*.985, -h*.72).
		curve(-x*.955, -h*.86, -x*.975, -h*.93, -x*.97, -h).close()
}

// bagFront is the body with its sealed edges and the dents of the beans in it.
func (d *drawing) bagFront(c string, w, h float64) {
	x := w / 2
	d.shape(bagOutline(w, h), d.across(shade(c, -.2), shade(c, .05)+"@.1", shade(c, .1)+"@.3", c+"@.6", shade(c, -.12)+"@.92", shade(c, -.28)))
	light, dark := alpha(shade(c, .5), .3), alpha(shade(c, -.7), .22)
	for _, side := range []float64{-1, 1} {
		edge := from(side*x*.93, -h*.88).curve(side*x*.9, -h*.7, side*x*.965, -h*.4, side*x*.92, -h*.015)
		d.stroke(edge, dark, 1.3)
		d.stroke(edge, light, .5, `transform="translate(-.9 0)"`)
	}
	d.soft(1.6, func() {
		d.stroke(from(-x*.9, -h*.86).curve(-x*.6, -h*.8, -x*.3, -h*.845, x*.1, -h*.83), dark, 2.4)
		d.stroke(from(x*.9, -h*.85).curve(x*.62, -h*.76, x*.5, -h*.79, x*.3, -h*.815), dark, 3)
		d.stroke(from(-x*.86, -h*.83).curve(-x*.55, -h*.77, -x*.3, -h*.81, 0, -h*.8), light, 2)
		d.stroke(from(-x*.85, -h*.03).curve(-x*.7, -h*.1, -x*.78, -h*.14, -x*.62, -h*.2), dark, 3)
		d.stroke(from(x*.86, -h*.03).curve(x*.68, -h*.08, x*.8, -h*.15, x*.7, -h*.24), dark, 3.4)
		d.stroke(from(-x*.8, -h*.025).curve(-x*.3, -h*.045, x*.3, -h*.045, x*.8, -h*.025), light, 1.6)
	})
}

// bagFold is the top, rolled over to the front and held by a tin tie.
func (d *drawing) bagFold(c string, w, h float64) {
	x := w / 2
	top, deep := -h*1.005, -h*.895
	d.soft(1.5, func() {
		d.shape(polygon(-x*.97, deep, x*.97, deep, x*.94, deep+h*.03, -x*.95, deep+h*.03), alpha(shade(c, -.8), .5))
	})
	flap := from(-x*.985, top).line(x*.985, top).line(x*.995, deep).curve(x*.4, deep+h*.006, -x*.4, deep-h*.004, -x*.995, deep+h*.002).close()
	d.shape(flap, d.down(shade(c, .3), shade(c, .1)+"@.16", c+"@.7", shade(c, -.14)))
	d.stroke(from(-x*.98, top+h*.016).line(x*.98, top+h*.016), alpha(shade(c, -.6), .28), .6)
	tie := deep - h*.036
	d.shape(polygon(-x*1.04, tie, x*1.04, tie, x*1.04, tie+h*.02, -x*1.04, tie+h*.02), d.down(shade(c, -.1), shade(c, -.36)))
	d.stroke(from(-x*1.03, tie+.5).line(x*1.03, tie+.5), alpha(shade(c, .5), .4), .5)
}

// valve lets the gas of fresh coffee out.
func (d *drawing) valve(c string, x, y, r float64) {
	d.circle(x, y+r*.12, r*1.1, alpha(shade(c, -.8), .35))
	d.circle(x, y, r, d.gradient(0, 0, 1, 1, shade(c, .3), shade(c, -.2)))
	d.circle(x, y, r*.72, "none", `stroke="`+alpha(shade(c, -.6), .5)+`" stroke-width="`+num(r*.1)+`"`)
	for i := range 5 {
		p := polar(point{x, y}, float64(i)*72, r*.34)
		d.circle(p.x, p.y, r*.1, alpha(shade(c, -.8), .7))
	}
}
