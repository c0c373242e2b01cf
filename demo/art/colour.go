package art

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// rgb reads #rrggbb; anything else is mid grey, so that a wrong colour shows and nothing breaks.
func rgb(hex string) (r, g, b float64) {
	v, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		return 128, 128, 128
	}
	return float64(v >> 16), float64(v >> 8 & 255), float64(v & 255)
}

// mix goes from a to b as t goes from 0 to 1.
func mix(a, b string, t float64) string {
	ar, ag, ab := rgb(a)
	br, bg, bb := rgb(b)
	at := func(x, y float64) int { return int(math.Round(math.Min(255, math.Max(0, x+(y-x)*t)))) }
	return fmt.Sprintf("#%02x%02x%02x", at(ar, br), at(ag, bg), at(ab, bb))
}

// shade makes a colour lighter (above 0) or darker (below 0) in warm light.
func shade(colour string, by float64) string {
	if by < 0 {
		return mix(colour, "#170f0c", -by)
	}
	return mix(colour, "#fffaf2", by)
}

// alpha makes a colour see-through: 0 is invisible, 1 is solid.
func alpha(colour string, a float64) string {
	return fmt.Sprintf("%s%02x", colour, int(math.Round(a*255)))
}

// luminance is how light a colour looks, 0 to 1.
func luminance(colour string) float64 {
	r, g, b := rgb(colour)
	return (0.2126*r + 0.7152*g + 0.0722*b) / 255
}

// ink is a dark or a light colour, whichever reads better on the ground.
func ink(ground, dark, light string) string {
	if luminance(ground) > 0.5 {
		return dark
	}
	return light
}

// stops writes gradient stops. A stop is a colour, or a colour and its place as in "#ffffff@.3";
// those without a place are spread evenly.
func stops(list []string) string {
	var out strings.Builder
	for i, s := range list {
		colour, at, ok := strings.Cut(s, "@")
		if !ok {
			at = precise(float64(i) / float64(max(len(list)-1, 1)))
		}
		fmt.Fprintf(&out, `<stop offset="%s" stop-color="%s"/>`, at, colour)
	}
	return out.String()
}

// across is a gradient from left to right of the shape it fills.
func (d *drawing) across(list ...string) string { return d.gradient(0, 0, 1, 0, list...) }

// down is a gradient from top to bottom of the shape it fills.
func (d *drawing) down(list ...string) string { return d.gradient(0, 0, 0, 1, list...) }

// gradient runs between two points, in parts of the filled shape's box.
func (d *drawing) gradient(x1, y1, x2, y2 float64, list ...string) string {
	ends := ""
	for i, v := range []float64{x1, y1, x2, y2} {
		if usual := []float64{0, 0, 1, 0}[i]; v != usual {
			ends += [...]string{` x1="`, ` y1="`, ` x2="`, ` y2="`}[i] + num(v) + `"`
		}
	}
	return "url(#" + d.def(`<linearGradient id="ID"`+ends+`>`+stops(list)+`</linearGradient>`) + ")"
}

// glow is a radial gradient around a point, in parts of the filled shape's box.
func (d *drawing) glow(cx, cy, r float64, list ...string) string {
	return "url(#" + d.def(fmt.Sprintf(`<radialGradient id="ID" cx="%s" cy="%s" r="%s">%s</radialGradient>`,
		num(cx), num(cy), num(r), stops(list))) + ")"
}
