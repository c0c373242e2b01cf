package art

import "strings"

// room hangs the print over a piece of furniture, at true proportions.
func (d *drawing) room(look Look, w, h float64) {
	_, piece, _ := strings.Cut(look.Scene, "-")
	if look.Colour == "" {
		look.Colour = "#b98c5c"
	}
	wall := mix("#e4ded2", look.Tone(2), .2)
	floor := d.h * .89
	d.studio(wall, wall, d.h*1.2)
	d.window(d.w*.02, d.h*.02, d.w*.5, d.h*.56, -.16, "#fffaf04d")
	d.floorboards("#bf9870", wall, floor)
	const s = .56 // pixels to the millimetre
	hang := floor - 980*s
	switch piece {
	case "sofa":
		hang = floor - 920*s
		d.at(d.w*.5, hang, s, func() { d.framed(look, w, h) })
		d.at(d.w*.5, floor+d.h*.05, s, func() {
			d.sofa(mix(look.Tone(3), "#8f8a80", .45), 2000)
			d.cushion(-560, -520, -8, mix(look.Tone(1), "#e9dcc6", .35))
			d.cushion(560, -510, 9, mix(look.Tone(2), "#e9dcc6", .3))
		})
	case "desk":
		d.at(d.w*.44, hang, s, func() { d.framed(look, w, h) })
		d.at(d.w*.46, floor+d.h*.05, s, func() { d.desk("#b98a5c", 1500, 760) })
		d.at(d.w*.2, floor+d.h*.05-756*s, s, func() { d.books(mix(look.Tone(2), "#6b7f74", .4), "#d9b98a", mix(look.Tone(1), "#a8553a", .3)) })
		d.at(d.w*.8, floor+d.h*.05-756*s, s, func() { d.vase(mix(look.Tone(3), "#d9cbb5", .5)) })
	case "bench":
		d.at(d.w*.42, hang+40*s, s, func() { d.framed(look, w, h) })
		d.at(d.w*.42, floor+d.h*.045, s, func() { d.desk("#a97a4c", 1300, 460) })
		d.at(d.w*.27, floor+d.h*.045-456*s, s, func() { d.books("#3f4a48", mix(look.Tone(1), "#c9b08a", .4)) })
		d.at(d.w*.86, floor+d.h*.06, s, func() { d.potted(pot{"cylinder", "#d9c9ae", 260, 240}, d.rubberFig) })
	default:
		d.at(d.w*.5, hang+20*s, s, func() { d.framed(look, w, h) })
		d.at(d.w*.5, floor+d.h*.05, s, func() { d.sideboard("#a9774a", 1800, 720) })
		d.at(d.w*.2, floor+d.h*.05-716*s, s, func() { d.vase(mix(look.Tone(3), "#e6ddcd", .5)) })
		d.at(d.w*.8, floor+d.h*.05-716*s, s, func() { d.books("#c9a87a", mix(look.Tone(1), "#4f5a58", .4), mix(look.Tone(2), "#efe6d6", .4)) })
	}
}
