package art

// atHome shows the plant where it will live: large ones on the floor beside a chair, small ones on a sideboard.
func (d *drawing) atHome(look Look, draw func(), size point) {
	wall := mix(look.Tone(0), "#e6ded0", .3)
	if size.y > 560 {
		s := min(d.h*.66/size.y, .95)
		d.studio(wall, wall, d.h)
		d.floorboards("#c79f72", wall, d.h*.8)
		d.window(d.w*.1, d.h*.04, d.w*.5, d.h*.6, -.14, "#fffdf052")
		d.rug(d.w*.66, d.h*.92, d.w*.9, d.h*.1, mix(wall, "#b98a6a", .4))
		d.at(d.w*.96, d.h*.86, .62, func() {
			d.sofa(mix("#8f9a86", look.Tone(0), .3), 1500)
			d.cushion(-420, -560, -8, mix("#c9785a", wall, .2))
		})
		d.at(d.w*.4, d.h*.88, s, draw)
		return
	}
	s := min(d.h*.5/size.y, d.w*.66/size.x, 1.9)
	d.studio(wall, wall, d.h)
	d.window(d.w*.06, d.h*.02, d.w*.5, d.h*.56, -.15, "#fffdf052")
	d.at(d.w*.76, d.h*.4, .75, func() {
		d.framed(Look{Motif: "sun", Colour: "#b98c5c", Palette: []string{"#f4ecdd", "#d98a5a", "#8fa08a", "#3f5a4a"}}, 300, 400)
	})
	d.at(d.w*.5, d.h*1.28, 1, func() { d.sideboard("#b98a5c", 1500, d.h*.5) })
	d.at(d.w*.78, d.h*.79, s*.62, func() { d.books("#6b7f74", "#d9b98a", "#a8553a") })
	d.at(d.w*.4, d.h*.8, s, draw)
}

// plantStill draws the hero and the category pictures of the plant shop.
func (d *drawing) plantStill(look Look) bool {
	stand := func(x, y, s float64, shape, colour string, w, h float64, grow func()) {
		d.at(d.w*x, d.h*y, s*d.h/1000, func() { d.potted(pot{shape, colour, w, h}, grow) })
	}
	const terracotta, sand, sage, charcoal = "#c0704c", "#e2d3b8", "#9aab8f", "#3d4043"
	switch look.Scene {
	case "bloom-hero":
		d.plantHero(stand)
	case "bloom-houseplants":
		d.studio("#dfe6da", "#d3dbcd", d.h*.7)
		d.leafShadow()
		stand(.3, .84, 1.05, "cylinder", sand, 210, 180, d.orbifolia)
		stand(.68, .88, 1.05, "classic", terracotta, 180, 150, d.snakePlant)
	case "bloom-statement":
		d.studio("#f1e4d4", "#e6d6c2", d.h*.76)
		d.window(d.w*.1, 0, d.w*.56, d.h*.66, -.15, "#fffdf059")
		stand(.5, .9, .98, "ribbed", sage, 250, 220, d.strelitzia)
	case "bloom-leafy":
		d.studio("#cfd9d2", "#c2cec6", d.h*.72)
		stand(.5, .92, 1.12, "belly", charcoal, 220, 180, d.monstera)
	case "bloom-trailing":
		d.studio("#efe4d0", "#e4d6be", d.h*.95)
		d.at(d.w*.34, d.h*.34, d.h/1000*1.35, func() {
			d.shelf(330)
			d.potted(pot{"cylinder", terracotta, 140, 110}, d.pearls)
		})
		d.at(d.w*.74, d.h*.5, d.h/1000*1.2, func() {
			d.shelf(300)
			d.potted(pot{"ribbed", sage, 140, 110}, d.pothos)
		})
	case "bloom-flowering":
		d.studio("#f3dcd4", "#ead0c6", d.h*.72)
		d.leafShadow()
		stand(.34, .84, 1.2, "cylinder", sand, 150, 130, func() { d.orchid("#f3e6ee") })
		stand(.68, .89, 1.15, "bowl", sage, 170, 140, func() { d.anthurium("#c8343c") })
	case "bloom-succulents":
		d.table("#ead9b8", "#d3b48c", d.h*.66)
		stand(.24, .8, 1.5, "classic", terracotta, 130, 110, d.bunnyEars)
		stand(.78, .8, 1.5, "cylinder", sage, 150, 110, d.barrelCactus)
		stand(.5, .9, 1.6, "bowl", sand, 150, 90, d.echeveria)
	case "bloom-outdoor":
		d.studio("#dbe6ea", "#d8cdbb", d.h*.72)
		d.window(d.w*.2, 0, d.w*.5, d.h*.6, -.15, "#fffdf066")
		stand(.36, .86, 1.05, "ribbed", terracotta, 220, 200, d.lemon)
		stand(.76, .9, 1.1, "bowl", sand, 160, 130, d.lavender)
	case "bloom-pots":
		d.studio("#e6ddd0", "#d9cdbc", d.h*.66)
		d.at(d.w*.3, d.h*.78, d.h/1000*1.5, func() { d.pot(pot{"ribbed", sage, 230, 220}) })
		d.at(d.w*.68, d.h*.8, d.h/1000*1.5, func() { d.pot(pot{"belly", charcoal, 190, 170}) })
		d.at(d.w*.5, d.h*.9, d.h/1000*1.5, func() { d.pot(pot{"classic", terracotta, 150, 135}) })
	case "bloom-care":
		d.table("#d3ddd0", "#c69f74", d.h*.64)
		d.at(d.w*.62, d.h*.78, d.h/1000*1.6, func() { d.wateringCan("#b08a4a") })
		d.at(d.w*.2, d.h*.86, d.h/1000*1.7, func() { d.mister("#7f9a8a") })
	default:
		return false
	}
	d.grain(.04)
	return true
}

// plantHero is the shop's bench under the window.
func (d *drawing) plantHero(stand func(x, y, s float64, shape, colour string, w, h float64, grow func())) {
	d.table("#d8e0d2", "#cda67a", d.h*.72)
	d.window(d.w*.3, -d.h*.05, d.w*.42, d.h*.74, -.2, "#fffdf066")
	stand(.16, .84, .84, "cylinder", "#e2d3b8", 230, 200, d.kentia)
	stand(.83, .84, .9, "belly", "#3d4043", 230, 190, d.monstera)
	stand(.39, .84, 1, "classic", "#c0704c", 190, 160, d.fern)
	stand(.62, .83, .95, "cylinder", "#9aab8f", 170, 150, func() { d.anthurium("#d65a4a") })
	stand(.51, .93, .82, "bowl", "#e9c9b4", 130, 100, d.bunnyEars)
	d.at(d.w*.27, d.h*.94, d.h/1000*.95, func() { d.wateringCan("#b08a4a") })
}
