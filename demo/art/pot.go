package art

import "math"

// pot is a planter: its shape, colour and size; it stands at 0, 0 and opens at its height.
type pot struct {
	shape  string // classic, cylinder, belly, ribbed, bowl
	colour string
	w, h   float64 // at the opening
}

func (p pot) rings() turned {
	r, h := p.w/2, p.h
	switch p.shape {
	case "belly":
		return solid(ring{-h, r * .86}, ring{-h * .97, r * .86}, ring{-h * .6, r * 1.08}, ring{-h * .25, r}, ring{-h * .05, r * .72}, ring{0, r * .62})
	case "bowl":
		return solid(ring{-h, r}, ring{-h * .94, r}, ring{-h * .5, r * .92}, ring{-h * .15, r * .66}, ring{0, r * .5})
	case "classic":
		return straight(ring{-h * .8, r * .92}, ring{0, r * .66})
	}
	return solid(ring{-h, r}, ring{-h, r}, ring{-h * .12, r * .93}, ring{-h * .03, r * .88}, ring{0, r * .8})
}

// pot draws the planter filled with soil.
func (d *drawing) pot(p pot) {
	t := p.rings()
	r := p.w / 2
	d.contact(0, 0, t.bottom().r*1.05, p.h*1.1, .9)
	d.body(t, d.matte(p.colour))
	if p.shape == "ribbed" {
		ribs := &path{}
		for i := range 13 {
			x := math.Sin((float64(i)/12-.5)*math.Pi) * .97
			ribs.add(from(x*r, -p.h+t.top().r*tilt*math.Sqrt(1-x*x)).line(x*r*.86, -p.h*.02+r*.8*tilt*math.Sqrt(1-x*x)))
		}
		d.stroke(ribs, alpha(shade(p.colour, -.6), .22), r*.025)
		d.stroke(ribs, alpha(shade(p.colour, .5), .35), r*.012, `transform="translate(`+num(-r*.03)+` 0)"`)
	}
	d.speckle(t, p.colour, 26)
	rim := t
	if p.shape == "classic" {
		rim = straight(ring{-p.h, r}, ring{-p.h * .8, r * .97})
		d.shape(straight(ring{-p.h * .82, r * .9}, ring{-p.h * .76, r * .9}).outline(), alpha(shade(p.colour, -.7), .35))
		d.body(rim, d.matte(p.colour))
	}
	d.mouth(rim, p.colour, r*.07, "#3b2a20", r*.05)
}

// potted is a plant in its pot: grow draws it with its origin in the middle of the soil.
func (d *drawing) potted(p pot, grow func()) {
	d.pot(p)
	d.at(0, -p.h+p.w*.02, 1, grow)
}
