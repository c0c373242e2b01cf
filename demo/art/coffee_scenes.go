package art

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// coffeeScene draws the scenes of the coffee shop; false where it does not know the scene. Look.Scene names a
// thing, alone on its ground; "closeup" and "inuse" show the thing that Look.Motif names nearer, or among others.
func (d *drawing) coffeeScene(look Look) bool {
	kind, thing, _ := strings.Cut(look.Scene, "/")
	if thing == "" {
		thing = kind
	}
	subject := look
	subject.Scene = thing
	draw, size, ok := d.coffeeThing(subject)
	switch {
	case !ok:
		return d.coffeeStill(look)
	case kind == "closeup":
		d.closeup(look, draw, size)
	case kind == "inuse":
		d.inUse(look, thing, draw, size)
	default:
		d.alone(look, draw, size)
	}
	d.grain(.05)
	return true
}

// alone shows one thing, centred, as large as the picture takes.
func (d *drawing) alone(look Look, draw func(), size point) {
	s := min(d.h*.65/size.y, d.w*.74/size.x)
	foot := d.h*.53 + size.y*s/2
	d.backdrop(look, foot-d.h*.1, foot)
	d.at(d.w*.5, foot, s, draw)
}

// closeup goes near, so that material and print can be seen.
func (d *drawing) closeup(look Look, draw func(), size point) {
	s := min(d.h*1.15/size.y, d.w*1.5/size.x)
	foot := d.h*.5 + size.y*s*.56
	d.studio(d.wall(look), shade(d.wall(look), -.08), d.h*.8)
	d.at(d.w*.46, foot, s, draw)
}

// inUse puts the thing on a table, with beans in front of it and company out of focus behind.
func (d *drawing) inUse(look Look, thing string, draw func(), size point) {
	s := min(d.h*.56/size.y, d.w*.66/size.x)
	foot := d.h * .8
	d.table(mix(d.wall(look), "#cfc4b2", .35), "#a9815c", foot-d.h*.13)
	d.window(d.w*.1, d.h*.04, d.w*.56, d.h*.54, -.14, "#fff6e04d")
	d.soft(5, func() {
		d.at(d.w*.84, foot-d.h*.065, s*.8, func() {
			if thing == "bag" {
				d.mug("#e9e1d2", "", 92, 96)
				return
			}
			d.coffeeBag(Look{Format: "panel", Colour: "#3d4a44", Motif: "highlands", Palette: []string{"#efe6d6", "#e8c79b", "#cf5a3a", "#8a9a86", "#2f4a45"}, Label: []string{"Gedeo", "Ethiopia", "Peach", "Filter"}}, 128, 236)
		})
	})
	d.at(d.w*.42, foot, s, draw)
	if thing == "bag" {
		d.at(d.w*.78, foot+d.h*.06, s*.9, func() { d.heap(0, 0, 130, 44, "#5b3520") })
		return
	}
	d.at(d.w*.74, foot+d.h*.08, s, func() { d.scatter(0, 0, 90, 16, 9, "#5b3520") })
}

func (d *drawing) wall(look Look) string {
	switch look.Format {
	case "band", "round":
		return mix(look.Colour, "#efe6d8", .55)
	case "arch":
		return mix(look.Tone(1), "#d9cfc2", .45)
	}
	return mix(look.Tone(1), "#ece4d8", .3)
}

// backdrop is one of a few grounds. It depends on the palette alone, so that all colours of a thing share it.
func (d *drawing) backdrop(look Look, horizon, foot float64) {
	wall := d.wall(look)
	hash := fnv.New32a()
	fmt.Fprint(hash, look.Scene, look.Palette)
	switch hash.Sum32() % 4 {
	case 0:
		d.studio(wall, shade(wall, -.05), horizon)
	case 1:
		d.table(wall, mix(shade(wall, -.14), "#b58e68", .35), horizon)
	case 2:
		d.studio(shade(wall, -.06), shade(wall, -.08), horizon)
		d.window(d.w*.16, d.h*.02, d.w*.56, d.h*.62, -.16, "#fff7e638")
	default:
		d.studio(wall, shade(wall, -.05), horizon)
		d.circle(d.w*.5, d.h*.46, d.w*.37, alpha(shade(wall, .5), .4))
	}
}

// coffeeThing is one object, with its width and height in millimetres.
func (d *drawing) coffeeThing(look Look) (draw func(), size point, ok bool) {
	c, t := look.Colour, look.Tone
	switch look.Scene {
	case "bag":
		return func() {
			d.coffeeBag(look, 128, 236)
			d.scatter(-84, 8, 44, 14, 5, "#5b3520")
		}, point{150, 258}, true
	case "tin":
		return func() { d.tin(look, 100, 120) }, point{130, 150}, true
	case "dripper":
		return func() { d.contact(0, 0, 44, 80, 1); d.dripper(c) }, point{170, 120}, true
	case "pourover":
		return func() {
			d.server(56, "#4a2312")
			d.at(0, -116, 1, func() { d.filterPaper("#f3ebdc"); d.dripper(c) })
		}, point{190, 240}, true
	case "server":
		return func() { d.server(70, "#4a2312") }, point{180, 150}, true
	case "carafe":
		return func() { d.carafe(c, 66) }, point{170, 250}, true
	case "press":
		return func() { d.plungerPress(t(2), c) }, point{120, 240}, true
	case "frenchpress":
		return func() { d.frenchPress(c) }, point{190, 260}, true
	case "moka":
		return func() { d.mokaPot("#a9a8a4", c) }, point{190, 200}, true
	case "kettle":
		return func() { d.kettle(c, t(2), look.Motif == "steel") }, point{290, 190}, true
	case "electric-kettle":
		return func() { d.kettleBase("#26272a"); d.at(0, -14, 1, func() { d.kettle(c, t(2), look.Motif == "steel") }) }, point{290, 200}, true
	case "handgrinder":
		return func() { d.handGrinder(c, t(2)) }, point{150, 250}, true
	case "grinder":
		return func() { d.electricGrinder(c) }, point{210, 340}, true
	case "scale":
		return func() {
			d.at(0, -20, 1, func() { d.scale(c, "18.0") })
			d.at(2, -36, .8, func() { d.cupAndSaucer("#efe9dd", "#7a4522", 64, 54) })
		}, point{210, 110}, true
	default:
		return d.coffeeWare(look)
	}
}

// coffeeWare are the cups and the small things.
func (d *drawing) coffeeWare(look Look) (draw func(), size point, ok bool) {
	c, t := look.Colour, look.Tone
	switch look.Scene {
	case "mug":
		return func() { d.mug(c, "#3a1c10", 92, 96) }, point{160, 120}, true
	case "espresso":
		return func() { d.cupAndSaucer(c, "#7a4522", 64, 54) }, point{150, 90}, true
	case "cappuccino":
		return func() { d.cupAndSaucer(c, "#9c5f33", 104, 62); d.latteArt(-68, 48) }, point{230, 120}, true
	case "tumbler":
		return func() { d.tumbler(c, t(2)) }, point{110, 190}, true
	case "glass":
		return func() { d.glassCup("#7a4522", "#f0dfc6", 96) }, point{110, 120}, true
	case "pitcher":
		return func() { d.pitcher(c) }, point{160, 140}, true
	case "tamper":
		return func() { d.tamper(c) }, point{90, 110}, true
	case "canister":
		return func() { d.canister(c, t(2), 112, 160) }, point{150, 180}, true
	case "bottle":
		return func() { d.bottle(look, 210) }, point{120, 240}, true
	case "filters":
		return func() { d.filterPack(look) }, point{190, 180}, true
	case "spoon":
		return func() { d.group(`transform="rotate(-24)"`, func() { d.spoon(c) }) }, point{230, 120}, true
	case "tasting":
		return func() { d.tastingBox(look) }, point{330, 190}, true
	case "card":
		return func() { d.giftCard(look) }, point{230, 170}, true
	case "tote":
		return func() { d.at(0, 8, 1, func() { d.tote(look) }) }, point{300, 500}, true
	default:
		return nil, point{}, false
	}
}
