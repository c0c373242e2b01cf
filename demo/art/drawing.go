package art

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
)

// drawing collects the elements of one picture. Definitions that are asked for twice are written once.
type drawing struct {
	w, h           float64
	defs, elements strings.Builder
	ids            map[string]string
	rnd            *rand.Rand
}

// newDrawing starts an empty picture. The same seed always gives the same random numbers.
func newDrawing(seed string, w, h float64) *drawing {
	hash := fnv.New64a()
	fmt.Fprint(hash, seed)
	return &drawing{w: w, h: h, ids: map[string]string{}, rnd: rand.New(rand.NewPCG(hash.Sum64(), 20260401))}
}

// bytes is the finished SVG document.
func (d *drawing) bytes() []byte {
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s">`, num(d.w), num(d.h), num(d.w), num(d.h))
	out.WriteString("<defs>" + d.defs.String() + "</defs>" + d.elements.String() + "</svg>")
	return []byte(out.String())
}

// def keeps a definition, whose text holds ID where its own id goes, and returns that id.
func (d *drawing) def(text string) string {
	id, ok := d.ids[text]
	if !ok {
		id = fmt.Sprintf("d%d", len(d.ids))
		d.ids[text] = id
		d.defs.WriteString(strings.Replace(text, "ID", id, 1))
	}
	return id
}

// symbol keeps what draw makes as a definition and returns its id, for use.
func (d *drawing) symbol(draw func()) string {
	before := d.elements.String()
	d.elements.Reset()
	draw()
	text := d.elements.String()
	d.elements.Reset()
	d.elements.WriteString(before)
	return d.def(`<g id="ID">` + text + `</g>`)
}

// use repeats a symbol.
func (d *drawing) use(id string, t transform) {
	d.elements.WriteString(`<use href="#` + id + `" transform="` + string(t) + `"/>`)
}

// shape fills a path; attrs are further attributes, written as in SVG.
func (d *drawing) shape(p fmt.Stringer, fill string, attrs ...string) {
	d.elements.WriteString(`<path d="` + p.String() + `" fill="` + fill + `"` + join(attrs) + `/>`)
}

// stroke draws a path as a line with round ends.
func (d *drawing) stroke(p fmt.Stringer, colour string, width float64, attrs ...string) {
	d.butt(p, colour, width, append([]string{`stroke-linecap="round"`}, attrs...)...)
}

// butt draws a path as a line that ends flat.
func (d *drawing) butt(p fmt.Stringer, colour string, width float64, attrs ...string) {
	d.elements.WriteString(`<path d="` + p.String() + `" fill="none" stroke="` + colour + `" stroke-width="` + num(width) +
		`" stroke-linejoin="round"` + join(attrs) + `/>`)
}

func (d *drawing) rect(x, y, w, h float64, fill string, attrs ...string) {
	d.elements.WriteString(fmt.Sprintf(`<rect x="%s" y="%s" width="%s" height="%s" fill="%s"%s/>`, num(x), num(y), num(w), num(h), fill, join(attrs)))
}

func (d *drawing) ellipse(x, y, rx, ry float64, fill string, attrs ...string) {
	d.elements.WriteString(fmt.Sprintf(`<ellipse cx="%s" cy="%s" rx="%s" ry="%s" fill="%s"%s/>`, num(x), num(y), num(rx), num(ry), fill, join(attrs)))
}

func (d *drawing) circle(x, y, r float64, fill string, attrs ...string) {
	d.elements.WriteString(fmt.Sprintf(`<circle cx="%s" cy="%s" r="%s" fill="%s"%s/>`, num(x), num(y), num(r), fill, join(attrs)))
}

// group draws inside a <g> with the given attributes.
func (d *drawing) group(attrs string, draw func()) {
	d.elements.WriteString("<g " + attrs + ">")
	draw()
	d.elements.WriteString("</g>")
}

// at draws in a system of its own: its origin at x, y and one unit s pixels long.
func (d *drawing) at(x, y, s float64, draw func()) {
	d.group(`transform="`+string(move(x, y).scale(s, s))+`"`, draw)
}

// clip draws only what lies inside the path.
func (d *drawing) clip(p fmt.Stringer, draw func()) {
	id := d.def(`<clipPath id="ID"><path d="` + p.String() + `"/></clipPath>`)
	d.group(`clip-path="url(#`+id+`)"`, draw)
}

// soft draws out of focus; radius is in the units of the current system.
func (d *drawing) soft(radius float64, draw func()) {
	id := d.def(`<filter id="ID" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="` + num(radius) + `"/></filter>`)
	d.group(`filter="url(#`+id+`)"`, draw)
}

// between is a random number from lo to hi.
func (d *drawing) between(lo, hi float64) float64 { return lo + (hi-lo)*d.rnd.Float64() }

func join(attrs []string) string {
	if len(attrs) == 0 {
		return ""
	}
	return " " + strings.Join(attrs, " ")
}
