package art

import "strings"

// A typeface of our own, since a picture in an <img> cannot load one: geometric capitals, one stroke wide,
// 10 units high with the baseline at 0. Each glyph is its width and its path.
type glyph struct {
	width float64
	path  string
}

// glyphOf returns false for what the typeface has no sign for.
func glyphOf(r rune) (glyph, bool) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&.-'/:%"
	i := strings.IndexRune(letters, r)
	if i < 0 {
		return glyph{}, false
	}
	return [...]glyph{
		{8, "M0 0L4-10L8 0M1.4-3.5H6.6"}, {6, "M0-5.3H3.4A2.6 2.6 0 0 1 3.4 0H0V-10H3A2.3 2.3 0 0 1 3-5.3"},
		{8.4, "M8.4-1.6A5 5 0 1 1 8.4-8.4"}, {7.4, "M0 0V-10H2.4A5 5 0 0 1 2.4 0Z"},
		{5.2, "M5.2 0H0V-10H5.2M0-5.2H4.6"}, {5, "M0 0V-10H5M0-5.2H4.4"},
		{9, "M8.4-8.4A5 5 0 1 0 9-4.6H5.6"}, {7, "M0 0V-10M7 0V-10M0-5.2H7"},
		{0, "M0 0V-10"}, {4.6, "M4.6-10V-2.6A2.3 2.3 0 0 1 0-2.4"},
		{6.4, "M0 0V-10M6.2-10L0-4.6M1.8-6L6.4 0"}, {4.8, "M0-10V0H4.8"},
		{9, "M0 0V-10L4.5-3L9-10V0"}, {7.4, "M0 0V-10L7.4 0V-10"},
		{10, "M5 0A5 5 0 1 1 5-10A5 5 0 1 1 5 0"}, {5.8, "M0 0V-10H3.2A2.7 2.7 0 0 1 3.2-4.6H0"},
		{10, "M5 0A5 5 0 1 1 5-10A5 5 0 1 1 5 0M6.2-2.8L9.6.6"}, {6.2, "M0 0V-10H3.2A2.6 2.6 0 0 1 3.2-4.8H0M3-4.8L6.2 0"},
		{5.4, "M5-8.6A2.6 2.4 0 1 0 2.7-5.2A2.6 2.6 0 1 1 .1-1.7"}, {7, "M0-10H7M3.5-10V0"},
		{7, "M0-10V-3.4A3.5 3.4 0 0 0 7-3.4V-10"}, {8, "M0-10L4 0L8-10"},
		{11.6, "M0-10L2.9 0L5.8-9L8.7 0L11.6-10"}, {7, "M0 0L6.8-10M.2-10L7 0"},
		{7, "M0-10L3.5-4.8L7-10M3.5-4.8V0"}, {6.6, "M.2-10H6.6L0 0H6.6"},
		{6.4, "M3.2 0A3.2 5 0 1 1 3.2-10A3.2 5 0 1 1 3.2 0"}, {2.4, "M0-8.2L2.4-10V0"},
		{6, "M.2-7.2A2.8 2.8 0 1 1 5.4-5.6L0 0H6"}, {5.6, "M.4-10H5.4L2.6-6.2A3.1 3.1 0 1 1 0-1.8"},
		{6.4, "M6.4-2.8H0L4.6-10V0"}, {5.6, "M5.2-10H1.2L.6-5.6A3.1 3.1 0 1 1 0-1.4"},
		{6, "M4.4-10L.7-4.6A3 3 0 1 0 3-6"}, {5.8, "M0-10H5.8L1.8 0"},
		{5.6, "M2.8-5.4A2.3 2.3 0 1 1 2.8-10A2.3 2.3 0 1 1 2.8-5.4A2.7 2.7 0 1 1 2.8 0A2.7 2.7 0 1 1 2.8-5.4"}, {6, "M1.6 0L5.3-5.4A3 3 0 1 0 3-4"},
		{7.6, "M7.4 0L1.6-6.9A1.9 1.9 0 1 1 4.8-7.2C4.6-5.4 0-5 0-2.5C0 .8 5.4 1.2 7.2-4"}, {.4, "M.2-1.2V0"},
		{3.4, "M0-4.6H3.4"}, {0, "M0-10V-8"}, {4.4, "M0 0L4.4-10"}, {.4, "M.2-1.2V0M.2-6.6V-5.4"},
		{8, "M1.8-5.4A1.8 2.2 0 1 1 1.8-9.8A1.8 2.2 0 1 1 1.8-5.4M6.2 0A1.8 2.2 0 1 1 6.2-4.4A1.8 2.2 0 1 1 6.2 0M1 0L7-10"},
	}[len([]rune(letters[:i]))], true
}

// lettering is how a line of text is set.
type lettering struct {
	size   float64 // height of the capitals
	weight float64 // stroke width, in tenths of the size
	track  float64 // space between the letters, in tenths of the size
	colour string
	anchor float64 // 0 begins at x, .5 is centred on it, 1 ends there
}

// width is how long the text becomes.
func (l lettering) width(text string) float64 {
	total := 0.0
	for _, r := range strings.ToUpper(text) {
		g, ok := glyphOf(r)
		if !ok {
			g.width = 3.4 - l.track/2
		}
		total += g.width + l.track + l.weight
	}
	return (total - l.track - l.weight) * l.size / 10
}

// text sets one line with its baseline at y. What is wider than limit is made smaller; 0 is no limit.
func (d *drawing) text(l lettering, x, y, limit float64, text string) {
	if w := l.width(text); limit > 0 && w > limit {
		l.size *= limit / w
	}
	s := l.size / 10
	x -= l.width(text) * l.anchor
	frame := `transform="` + string(move(x, y).scale(s, s)) + `" fill="none" stroke="` + l.colour + `" stroke-width="` + num(l.weight) + `" stroke-linejoin="round"`
	d.group(frame, func() {
		at := 0.0
		for _, r := range strings.ToUpper(text) {
			g, ok := glyphOf(r)
			if !ok {
				at += 3.4 + l.track/2 + l.weight
				continue
			}
			id := d.def(`<path id="ID" d="` + g.path + `"/>`)
			d.elements.WriteString(`<use href="#` + id + `" x="` + num(at) + `"/>`)
			at += g.width + l.track + l.weight
		}
	})
}
