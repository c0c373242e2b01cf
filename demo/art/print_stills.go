package art

import "strings"

// printStill draws what is neither one framed print nor a room: sets, frames, paper goods, the hero and the
// category pictures.
func (d *drawing) printStill(look Look) bool {
	w, h := printSize(look)
	switch look.Scene {
	case "set":
		d.gallery(look)
		s := d.w * .29 / (w * 1.26)
		for i, motif := range strings.Split(look.Motif, ",") {
			one := look
			one.Motif = motif
			d.at(d.w*(.185+.315*float64(i)), d.h*.36+h*1.22*s/2, s, func() { d.framed(one, w, h) })
		}
		d.at(d.w*.5, d.h+d.w*.15, d.w*.00066, func() { d.sideboard("#a9774a", 1280, 640) })
		d.at(d.w*.27, d.h+d.w*.15-636*d.w*.00066, d.w*.00066, func() { d.books("#c9a87a", mix(look.Tone(3), "#4f5a58", .4), "#efe6d6") })
	case "bare-frame":
		d.gallery(look)
		s := d.h * .78 / (h * 1.26)
		d.at(d.w*.5, d.h*.49+h*1.22*s/2, s, func() { d.bareFrame(look.Colour, w*1.2, h*1.16) })
	case "rail":
		d.gallery(look)
		s := d.h * .7 / (h * 1.1)
		d.at(d.w*.5, d.h*.86, s, func() { d.rail(look, w, h) })
	case "postcards":
		d.table(mix("#e9e4db", look.Tone(1), .1), "#c9a67c", -d.h*.02)
		d.at(d.w*.5, d.h*.54, d.w/1000*1.3, func() { d.postcards(look) })
	case "voucher":
		d.studio("#e6dfd4", "#dcd3c5", d.h*.62)
		d.at(d.w*.48, d.h*.66, d.w/1000*3.4, func() { d.giftCard(look) })
	case "sketchbook":
		d.studio("#e6dfd4", "#dcd3c5", d.h*.4)
		d.at(d.w*.5, d.h*.82, d.w/1000*2.9, func() { d.sketchbook(look) })
	case "ledge":
		d.ledge(look)
	case "atelier-hero":
		d.printHero()
	default:
		return false
	}
	d.grain(.035)
	return true
}

// bareFrame is a frame with its mat and the grey backing board.
func (d *drawing) bareFrame(colour string, w, h float64) {
	const m = 22.0
	d.castShadow(-w/2, -h, w, h, 18)
	d.moulding(colour, -w/2, -h, w, h, m)
	d.rect(-w/2+m, -h+m, w-2*m, h-2*m, d.gradient(0, 0, 1, 1, "#fcfaf5", "#f1ece3"))
	o := m + w*.13
	d.rect(-w/2+o, -h+o, w-2*o, h-2*o, d.gradient(0, 0, 1, 1, "#cfc7ba", "#dfd8cc"), `stroke="#ffffff" stroke-width="3"`)
	d.rect(-w/2+o, -h+o, w-2*o, 9, d.down("#1a0f0838", "#1a0f0800"))
	d.rect(-w/2+m, -h+m, w-2*m, 12, d.down("#1a0f0838", "#1a0f0800"))
	d.shape(polygon(-w/2+m, -h*.45, w*.16, -h+m, w*.36, -h+m, -w/2+m, -h*.2), d.gradient(0, 0, 1, 1, "#ffffff66", "#ffffff14"))
}

// rail holds a sheet between two pairs of wooden bars on a cord.
func (d *drawing) rail(look Look, w, h float64) {
	wood := look.Colour
	d.stroke(from(-w*.4, -h).line(0, -h-120, w*.4, -h), "#3a322a", 2)
	d.circle(0, -h-120, 5, d.glow(.36, .3, .8, "#f0e2b4", "#9a7a34"))
	d.castShadow(-w/2, -h, w, h, 5)
	d.rect(-w/2, -h, w, h, "#fbf8f1")
	art := look
	d.sheet(art, -w/2+22, -h+22, w-44, h-44)
	for _, y := range []float64{-h - 10, -12} {
		d.castShadow(-w*.52, y, w*1.04, 22, 4)
		d.rect(-w*.52, y, w*1.04, 22, d.down(shade(wood, .22), wood+"@.5", shade(wood, -.25)), `rx="3"`)
		d.grainLines(-w*.52, y, w*1.04, 22, wood)
	}
}

// postcards lie fanned out on a table; Motif names them, from the bottom up.
func (d *drawing) postcards(look Look) {
	motifs := strings.Split(look.Motif, ",")
	for i, motif := range motifs {
		t := float64(i)/float64(len(motifs)-1) - .5
		card := look
		card.Motif = motif
		card.Palette = append([]string{look.Palette[0]}, rotate(look.Palette[1:], i)...)
		d.group(`transform="`+string(move(t*430, -20+t*t*160-float64(i%2)*40).turn(t*44))+`"`, func() {
			d.soft(8, func() { d.rect(-136, -186, 290, 400, "#1c140e4d") })
			d.rect(-145, -200, 290, 400, "#fdfbf6")
			d.sheet(card, -128, -183, 256, 340)
		})
	}
}

// rotate starts a list at its i-th place.
func rotate(list []string, i int) []string {
	i %= len(list)
	return append(append([]string{}, list[i:]...), list[:i]...)
}

// sketchbook is a cloth-bound book with an elastic, lying closed.
func (d *drawing) sketchbook(look Look) {
	c := look.Colour
	d.soft(5, func() { d.shape(polygon(-104, -6, 128, -6, 118, 14, -104, 14), "#1c140e66") })
	d.shape(polygon(-110, -250, 96, -250, 110, 0, -110, 0), d.gradient(0, 0, 1, 1, shade(c, .16), c, shade(c, -.14)))
	d.shape(polygon(-110, 0, 110, 0, 110, 12, -110, 12), d.down("#efe8da", "#cfc6b4"))
	d.rect(-110, 10, 220, 5, shade(c, -.3))
	d.shape(polygon(-110, -250, -92, -250, -90, 0, -110, 0), alpha(shade(c, -.6), .3))
	d.shape(polygon(70, -250, 77, -250, 86, 14, 78, 14), shade(look.Tone(1), -.1))
	d.clip(polygon(-62, -196, 42, -196, 44, -104, -62, -104), func() {
		d.group(`transform="`+string(move(-62, -196))+`"`, func() { d.bauhaus(look, 108, 92) })
	})
	d.text(lettering{8, 1.4, 4, ink(c, "#22201e", "#f6efe4"), 0}, -62, -70, 110, look.Line(0))
}

// ledge stands two prints on a picture ledge, one before the other.
func (d *drawing) ledge(look Look) {
	wall := mix("#e4dccf", look.Tone(2), .14)
	d.studio(wall, wall, d.h*1.3)
	d.window(d.w*.04, -d.h*.04, d.w*.56, d.h*.62, -.16, "#fffaf047")
	motifs := strings.Split(look.Motif, ",")
	y := d.h * .82
	back, front := look, look
	back.Motif, back.Colour = motifs[0], "#b98c5c"
	front.Motif, front.Colour = motifs[1], "#1f1f21"
	front.Palette = append([]string{look.Palette[0]}, rotate(look.Palette[1:], 2)...)
	d.at(d.w*.4, y, d.h/1000*.82, func() { d.framed(back, 500, 700) })
	d.at(d.w*.72, y, d.h/1000*.76, func() { d.framed(front, 360, 480) })
	wood := "#b98a5c"
	d.soft(10, func() { d.rect(d.w*.06, y+24, d.w*.9, 40, "#1c140e4d") })
	d.shape(polygon(d.w*.06, y-4, d.w*.94, y-4, d.w*.96, y+14, d.w*.04, y+14), d.across(shade(wood, .3), shade(wood, .1)))
	d.rect(d.w*.04, y+12, d.w*.92, 26, d.down(wood, shade(wood, -.24)))
}

// printHero is a wall of prints over a sofa.
func (d *drawing) printHero() {
	wall := "#ddd5c8"
	floor := d.h * .88
	d.studio(wall, wall, d.h*1.3)
	d.window(d.w*.02, -d.h*.06, d.w*.36, d.h*.66, -.2, "#fffaf05c")
	d.floorboards("#b98f66", wall, floor)
	for _, p := range []struct {
		x, y, s, w, h float64
		look          Look
	}{
		{.5, .465, .5, 500, 700, Look{Motif: "strata", Colour: "#b98c5c", Palette: []string{"#f3e9dc", "#e9c4b4", "#f6e6c8", "#8fa0b4", "#2f4058"}}},
		{.29, .465, .48, 400, 560, Look{Motif: "bauhaus", Colour: "#1f1f21", Palette: []string{"#f3ecdc", "#d8432f", "#1f3f7a", "#e9b13a", "#22201e"}}},
		{.715, .465, .48, 400, 560, Look{Motif: "palmleaf", Colour: "#f1eee8", Palette: []string{"#f6f0e4", "#f0c4a8", "#2f5a4a", "#3f7a5f", "#1f3f34"}}},
		{.89, .465, .46, 300, 420, Look{Motif: "chair", Colour: "#b98c5c", Palette: []string{"#f6f0e4", "#d9b89a", "#e9a23b", "#d8432f", "#22201e"}}},
		{.115, .465, .46, 300, 420, Look{Motif: "moon", Colour: "#b98c5c", Palette: []string{"#f3ecdc", "#1a2238", "#f0e3c0", "#8f8468"}}},
	} {
		d.at(d.w*p.x, d.h*p.y, p.s*d.h/1000, func() { d.framed(p.look, p.w, p.h) })
	}
	d.at(d.w*.5, d.h*.94, .56*d.h/1000, func() {
		d.sofa("#7f8a7c", 2000)
		d.cushion(-600, -520, -8, "#d98a5a")
		d.cushion(590, -510, 9, "#2f4058")
	})
	d.at(d.w*.92, d.h*.93, .5*d.h/1000, func() { d.potted(pot{"cylinder", "#d9c9ae", 260, 240}, d.rubberFig) })
}
