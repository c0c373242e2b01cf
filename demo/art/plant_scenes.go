package art

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// plantScene draws the scenes of the plant shop; false where it does not know the scene. A plant stands in a pot of
// Look.Colour and the shape that Look.Format names, against a wall of the palette's first colour.
func (d *drawing) plantScene(look Look) bool {
	kind, thing, _ := strings.Cut(look.Scene, "/")
	if thing == "" {
		thing = kind
	}
	subject := look
	subject.Scene = thing
	draw, size, ok := d.plantThing(subject)
	switch {
	case !ok:
		return d.plantStill(look)
	case kind == "leaves":
		d.leavesNear(look, draw, size)
	case kind == "home":
		d.atHome(look, draw, size)
	default:
		d.plantAlone(look, draw, size)
	}
	d.grain(.04)
	return true
}

func (d *drawing) plantAlone(look Look, draw func(), size point) {
	s := min(d.h*.74/size.y, d.w*.84/size.x)
	foot := d.h*.52 + size.y*s/2
	wall := look.Tone(0)
	d.niche(look, wall, foot)
	d.at(d.w*.5, foot, s, draw)
}

// niche is one of a few light grounds, the same for all pots of a plant.
func (d *drawing) niche(look Look, wall string, foot float64) {
	hash := fnv.New32a()
	fmt.Fprint(hash, look.Scene, look.Tone(0))
	horizon := foot - d.h*.07
	switch hash.Sum32() % 4 {
	case 0:
		d.studio(wall, shade(wall, -.04), horizon)
	case 1:
		d.studio(wall, shade(wall, -.04), horizon)
		x, top := d.w*.34, d.h*.1
		arch := from(d.w/2-x, horizon).line(d.w/2-x, top+x).arc(x, x, 0, 1, d.w/2+x, top+x).line(d.w/2+x, horizon).close()
		d.shape(arch, d.gradient(0, 0, 1, .8, shade(wall, -.16), shade(wall, -.02)))
		d.stroke(from(d.w/2-x, horizon).line(d.w/2-x, top+x).arc(x, x, 0, 1, d.w/2+x, top+x), alpha("#1a140c", .05), 5)
	case 2:
		d.table(wall, shade(wall, .35), horizon)
		d.window(d.w*.12, d.h*.02, d.w*.6, d.h*.6, -.15, "#fffdf059")
	default:
		d.studio(wall, shade(wall, -.04), horizon)
		d.leafShadow()
	}
}

// leafShadow is what a tree outside the window throws on the wall.
func (d *drawing) leafShadow() {
	shadow := &path{}
	for i := range 9 {
		a := 96 + float64(i)*11
		tip := polar(point{d.w * 1.02, -d.h * .02}, a+90, d.w*(.5+.1*float64(i%3)))
		c := point{d.w * 1.02, -d.h * .02}
		m1, m2 := polar(c, a+86, d.w*.3), polar(c, a+94, d.w*.3)
		shadow.add(from(c.x, c.y).quad(m1.x, m1.y, tip.x, tip.y).quad(m2.x, m2.y, c.x, c.y).close())
	}
	d.soft(d.w*.012, func() { d.shape(shadow, "#2a2a1a1f") })
}

// leavesNear shows the foliage from near.
func (d *drawing) leavesNear(look Look, draw func(), size point) {
	s := min(d.h*1.5/size.y, d.w*1.9/size.x)
	wall := look.Tone(0)
	d.studio(wall, shade(wall, -.06), d.h*.9)
	d.at(d.w*.46, d.h*.1+size.y*s, s, draw)
}

// plantThing is one plant or tool with its width and height.
func (d *drawing) plantThing(look Look) (draw func(), size point, ok bool) {
	in := func(w, h float64, grow func()) func() {
		return func() { d.potted(pot{look.Format, look.Colour, w, h}, grow) }
	}
	switch look.Scene {
	case "monstera":
		return in(240, 210, d.monstera), point{760, 760}, true
	case "fiddle-fig":
		return in(220, 200, d.fiddleFig), point{460, 800}, true
	case "rubber-fig":
		return in(220, 200, d.rubberFig), point{460, 690}, true
	case "orbifolia":
		return in(210, 180, d.orbifolia), point{640, 580}, true
	case "rattlesnake":
		return in(200, 170, d.rattlesnake), point{620, 580}, true
	case "alocasia":
		return in(190, 165, d.alocasia), point{690, 610}, true
	case "zz":
		return in(210, 180, d.zz), point{600, 620}, true
	case "snake-plant":
		return in(190, 170, d.snakePlant), point{300, 590}, true
	case "strelitzia":
		return in(250, 230, d.strelitzia), point{620, 880}, true
	case "kentia":
		return in(240, 220, d.kentia), point{900, 840}, true
	case "fern":
		return in(200, 170, d.fern), point{500, 420}, true
	case "aloe":
		return in(180, 150, d.aloe), point{470, 450}, true
	case "peace-lily":
		return in(200, 170, d.peaceLily), point{600, 680}, true
	default:
		return d.smallPlant(look)
	}
}

// smallPlant are the plants of the window sill and the shelf.
func (d *drawing) smallPlant(look Look) (draw func(), size point, ok bool) {
	in := func(w, h float64, grow func()) func() {
		return func() { d.potted(pot{look.Format, look.Colour, w, h}, grow) }
	}
	switch look.Scene {
	case "pilea":
		return in(150, 120, d.pilea), point{470, 400}, true
	case "jade":
		return in(150, 110, d.jade), point{380, 390}, true
	case "barrel":
		return in(170, 110, d.barrelCactus), point{250, 280}, true
	case "bunny-ears":
		return in(130, 110, d.bunnyEars), point{280, 380}, true
	case "column":
		return in(150, 130, d.columnCactus), point{270, 540}, true
	case "echeveria":
		return in(150, 95, d.echeveria), point{270, 230}, true
	case "haworthia":
		return in(110, 90, d.haworthia), point{270, 250}, true
	case "oxalis":
		return in(140, 115, d.oxalis), point{540, 380}, true
	case "begonia":
		return in(160, 140, d.begonia), point{580, 520}, true
	case "pink-princess":
		return in(170, 145, d.pinkPrincess), point{590, 540}, true
	case "anthurium":
		return in(160, 140, func() { d.anthurium(look.Tone(1)) }), point{560, 540}, true
	case "orchid":
		return in(130, 125, func() { d.orchid(look.Tone(1)) }), point{440, 620}, true
	case "olive":
		return in(210, 200, d.olive), point{440, 780}, true
	case "lemon":
		return in(220, 200, d.lemon), point{440, 740}, true
	case "lavender":
		return in(160, 140, d.lavender), point{500, 480}, true
	default:
		return d.trailingPlant(look)
	}
}

// trailingPlant are those that hang; their pot stands high on a shelf.
func (d *drawing) trailingPlant(look Look) (draw func(), size point, ok bool) {
	shelf := func(w, h float64, grow func()) func() {
		return func() {
			d.at(0, -330, 1, func() {
				d.shelf(300)
				d.potted(pot{look.Format, look.Colour, w, h}, func() {})
				d.at(0, -h+w*.02, 1, grow)
			})
		}
	}
	switch look.Scene {
	case "pearls":
		return shelf(140, 115, d.pearls), point{330, 500}, true
	case "hearts":
		return shelf(130, 110, d.hearts), point{330, 520}, true
	case "pothos":
		return shelf(150, 130, d.pothos), point{420, 720}, true
	default:
		return d.garden(look)
	}
}
