package art

import (
	"math"
	"sort"
)

// bean defines one roasted coffee bean, 12 mm long, lying on its round side, and returns its symbol.
func (d *drawing) bean(colour string) string {
	return d.symbol(func() {
		d.ellipse(0, 0, 6, 4.1, d.glow(.36, .3, .75, shade(colour, .34), colour+"@.45", shade(colour, -.55)))
		d.stroke(smooth(point{-5.6, .5}, point{-2.4, -.9}, point{1.6, .9}, point{5.6, -.4}), shade(colour, -.72), .95)
		d.stroke(smooth(point{-5.2, 1}, point{-2.3, -.2}, point{1.7, 1.6}, point{5.2, .4}), alpha(shade(colour, .4), .5), .4)
	})
}

// roundBean shows the bean's back.
func (d *drawing) roundBean(colour string) string {
	return d.symbol(func() {
		d.ellipse(0, 0, 5.8, 4.2, d.glow(.34, .26, .8, shade(colour, .42), colour+"@.5", shade(colour, -.55)))
		d.ellipse(-1.8, -1.7, 1.7, .8, "#fff3", `transform="rotate(-18)"`)
	})
}

// beanAt places a bean of one of three roasts, turned at random, with its small shadow.
func (d *drawing) beanAt(x, y, size float64, roast string) {
	tones := []string{roast, shade(roast, -.22), shade(roast, .1)}
	tone := tones[d.rnd.IntN(len(tones))]
	id := d.bean(tone)
	if d.rnd.IntN(3) == 0 {
		id = d.roundBean(tone)
	}
	d.ellipse(x+size*1.6, y+size*3, size*6.4, size*2.6, "#1c100a3d")
	d.use(id, move(x, y).turn(d.between(-60, 60)).scale(size, size*d.between(.78, 1)))
}

// scatter throws n beans on a table around x, y.
func (d *drawing) scatter(x, y, w, h float64, n int, roast string) {
	spots := make([]point, n)
	for i := range spots {
		a, r := d.between(0, 2*math.Pi), math.Sqrt(d.rnd.Float64())
		spots[i] = point{x + math.Cos(a)*r*w/2, y + math.Sin(a)*r*h/2}
	}
	sort.Slice(spots, func(i, j int) bool { return spots[i].y < spots[j].y })
	for _, s := range spots {
		d.beanAt(s.x, s.y, 1, roast)
	}
}

// heap piles beans up: w wide at the foot, h high.
func (d *drawing) heap(x, y, w, h float64, roast string) {
	d.contact(x, y, w*.46, h*.6, .8)
	hill := func(o float64) *path {
		return smooth(point{x - w*.46, y + 2}, point{x - w*.26, y - h*.46 + o}, point{x, y - h*.86 + o}, point{x + w*.26, y - h*.46 + o}, point{x + w*.46, y + 2}).close()
	}
	d.shape(hill(4), shade(roast, -.6))
	var spots []point
	for row := 0; ; row++ {
		t := float64(row) * 5.6 / h // from the top down
		if t > 1 {
			break
		}
		half := w * .47 * math.Pow(t, .72)
		n := max(1, int(half*2/9.4))
		for i := range n {
			spots = append(spots, point{x + (float64(i)-float64(n-1)/2)*9.4 + d.between(-2.4, 2.4), y - h + t*h + d.between(-2, 2)})
		}
	}
	for _, s := range spots {
		d.beanAt(s.x, s.y, d.between(.92, 1.08), roast)
	}
}
