package art

// coffeeStill draws the compositions of several things: the hero and the category pictures.
func (d *drawing) coffeeStill(look Look) bool {
	s := d.h / 1000
	switch look.Scene {
	case "kaffa-hero":
		d.coffeeHero(s)
	case "kaffa-coffee":
		d.table("#e6cfae", "#b98c62", d.h*.66)
		d.row(s*2.5, d.h*.82, []float64{.24, .5, .76}, houseBags()[:3])
	case "kaffa-filter":
		d.table("#cdd3c6", "#b08a66", d.h*.66)
		d.window(d.w*.08, d.h*.02, d.w*.5, d.h*.56, -.14, "#fffbe840")
		d.at(d.w*.4, d.h*.84, s*2.75, func() {
			d.server(58, "#4a2312")
			d.at(0, -116, 1, func() { d.filterPaper("#f3ebdc"); d.dripper("#f1ece2") })
		})
		d.at(d.w*.78, d.h*.88, s*2.3, func() { d.mug("#c4552f", "#3a1c10", 92, 96) })
	case "kaffa-espresso":
		d.table("#7d3b28", "#4a2a1e", d.h*.62)
		d.at(d.w*.7, d.h*.72, s*2.5, func() { d.coffeeBag(houseBags()[3], 128, 236) })
		d.at(d.w*.34, d.h*.84, s*4.2, func() { d.cupAndSaucer("#f3eee5", "#7a4522", 64, 54) })
		d.at(d.w*.74, d.h*.9, s*2.4, func() { d.scatter(0, 0, 150, 30, 16, "#5b3520") })
	case "kaffa-decaf":
		d.studio("#39405f", "#2f3552", d.h*.66)
		d.at(d.w*.42, d.h*.85, s*2.9, func() { d.coffeeBag(houseBags()[4], 128, 236) })
		d.at(d.w*.76, d.h*.88, s*2.3, func() { d.mug("#e9dcc0", "#3a1c10", 92, 96) })
	case "kaffa-brewing":
		d.table("#d7b08a", "#8d6446", d.h*.64)
		d.at(d.w*.68, d.h*.76, s*2.3, func() { d.carafe("#b07a48", 70) })
		d.at(d.w*.36, d.h*.85, s*2.45, func() { d.kettle("#26272a", "#9a6a3c", false) })
	case "kaffa-brewers":
		d.studio("#c3cbc6", "#b4bdb8", d.h*.64)
		d.at(d.w*.28, d.h*.74, s*2.5, func() { d.frenchPress("#b98a5a") })
		d.at(d.w*.72, d.h*.76, s*2.6, func() { d.mokaPot("#a9a8a4", "#26262a") })
		d.at(d.w*.52, d.h*.88, s*2.9, func() { d.contact(0, 0, 44, 80, 1); d.dripper("#c4552f") })
	case "kaffa-grinders":
		d.table("#b9c0b8", "#9a7a5c", d.h*.66)
		d.at(d.w*.38, d.h*.8, s*2.05, func() { d.electricGrinder("#e8e2d6") })
		d.at(d.w*.72, d.h*.84, s*2.1, func() { d.handGrinder("#2b2c2f", "#a8744a") })
		d.at(d.w*.58, d.h*.9, s*2.2, func() { d.scatter(0, 0, 110, 18, 9, "#5b3520") })
	case "kaffa-cups":
		d.table("#d98b68", "#c9ab86", d.h*.6)
		d.at(d.w*.26, d.h*.72, s*2.9, func() { d.mug("#3a5a63", "#3a1c10", 92, 96) })
		d.at(d.w*.72, d.h*.72, s*2.9, func() { d.tumbler("#d9cbb5", "#2f3b3a") })
		d.at(d.w*.48, d.h*.88, s*2.7, func() { d.cupAndSaucer("#f3eee5", "#9c5f33", 104, 62); d.latteArt(-68, 48) })
	case "kaffa-pantry":
		d.pantryStill(s)
	default:
		return false
	}
	d.grain(.05)
	return true
}

// houseBags are the bags that stand in for the range in stills.
func houseBags() []Look {
	return []Look{
		{Motif: "highlands", Format: "panel", Colour: "#c8643c", Palette: []string{"#f6efe3", "#f0c9a0", "#d9502f", "#7a8f7b", "#2f4a45"}, Label: []string{"Gedeo", "Ethiopia - Yirgacheffe", "Jasmine / Peach", "Filter"}},
		{Motif: "volcano", Format: "arch", Colour: "#2c3a3a", Palette: []string{"#f2e6cf", "#e6b980", "#d4552d", "#8a4a32", "#4a2a22"}, Label: []string{"El Cerro", "Guatemala - Antigua", "Cocoa / Plum", "Espresso"}},
		{Motif: "savanna", Format: "band", Colour: "#e3b23c", Palette: []string{"#2a1d14", "#f3d9a4", "#d7482c", "#2a1d14", "#8c4b22"}, Label: []string{"Nyeri AA", "Kenya - Othaya", "Blackcurrant / Lime", "Filter"}},
		{Motif: "tiles", Format: "round", Colour: "#4a5f7c", Palette: []string{"#f4ede0", "#e8c79b", "#cf5a3a", "#31507a", "#1f2d45"}, Label: []string{"Hausmarke", "Espresso blend", "Praline / Cherry", "250 g"}},
		{Motif: "night", Format: "arch", Colour: "#1f2238", Palette: []string{"#e9dcc0", "#2d3558", "#efd9a0", "#4b5c86", "#151a30"}, Label: []string{"Nachtschicht", "Decaf - Colombia", "Caramel / Apple", "Decaf"}},
	}
}

// row stands bags side by side; the middle one is in front.
func (d *drawing) row(s, foot float64, at []float64, bags []Look) {
	for _, i := range []int{0, 2, 1} {
		y := foot
		if i == 1 {
			y += d.h * .04
		}
		d.at(d.w*at[i], y, s, func() { d.coffeeBag(bags[i], 128, 236) })
	}
}

func (d *drawing) pantryStill(s float64) {
	d.table("#c9b79a", "#8d6446", d.h*.66)
	bottle := Look{Colour: "#3a1a0e", Palette: []string{"#f4ecdd", "#d9a06a", "#d4552d", "#2a2a2c"}, Label: []string{"Cold brew", "Single origin"}}
	tin := Look{Motif: "waves", Colour: "#2f4a45", Palette: []string{"#f4ecdd", "#f1d5b0", "#e2714a", "#5aa0a0", "#1f4b55"}, Label: []string{"Cascara", "Coffee cherry tea"}}
	d.at(d.w*.27, d.h*.76, s*2.3, func() { d.canister("#e6ddcd", "#b98c5c", 112, 160) })
	d.at(d.w*.76, d.h*.78, s*2.5, func() { d.bottle(bottle, 210) })
	d.at(d.w*.5, d.h*.87, s*2.9, func() { d.tin(tin, 100, 120) })
}

// coffeeHero is the roaster's counter in the morning.
func (d *drawing) coffeeHero(s float64) {
	d.table("#dcbd96", "#8f6444", d.h*.64)
	d.window(d.w*.34, -d.h*.04, d.w*.42, d.h*.66, -.2, "#fff3d652")
	for i, b := range houseBags()[:3] {
		x := []float64{.66, .9, .785}[i]
		if i == 2 {
			continue
		}
		d.at(d.w*x, d.h*.745, s*2.15, func() { d.coffeeBag(b, 128, 236) })
	}
	d.at(d.w*.785, d.h*.79, s*2.25, func() { d.coffeeBag(houseBags()[2], 128, 236) })
	d.at(d.w*.42, d.h*.78, s*2.05, func() {
		d.server(58, "#4a2312")
		d.at(0, -116, 1, func() { d.filterPaper("#f3ebdc"); d.dripper("#f1ece2") })
	})
	d.at(d.w*.2, d.h*.83, s*2.1, func() { d.kettle("#26272a", "#9a6a3c", false) })
	d.at(d.w*.57, d.h*.86, s*2, func() { d.mug("#3a5a63", "#3a1c10", 92, 96) })
	d.at(d.w*.88, d.h*.9, s*2.2, func() { d.scatter(0, 0, 120, 22, 13, "#5b3520") })
}
