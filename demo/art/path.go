package art

import (
	"math"
	"strconv"
	"strings"
)

// point is a place in the plane; y grows downwards.
type point struct{ x, y float64 }

// path writes the d attribute of an SVG path.
type path struct{ b []byte }

func from(x, y float64) *path { return (&path{}).moveTo(x, y) }

func (p *path) put(command byte, values ...float64) *path {
	p.b = append(p.b, command)
	for i, v := range values {
		s := num(v)
		if i > 0 && s[0] != '-' {
			p.b = append(p.b, ' ')
		}
		p.b = append(p.b, s...)
	}
	return p
}

func (p *path) moveTo(x, y float64) *path                { return p.put('M', x, y) }
func (p *path) line(xy ...float64) *path                 { return p.put('L', xy...) }
func (p *path) quad(cx, cy, x, y float64) *path          { return p.put('Q', cx, cy, x, y) }
func (p *path) curve(ax, ay, bx, by, x, y float64) *path { return p.put('C', ax, ay, bx, by, x, y) }
func (p *path) arc(rx, ry, large, clockwise, x, y float64) *path {
	return p.put('A', rx, ry, 0, large, clockwise, x, y)
}
func (p *path) close() *path          { return p.put('Z') }
func (p *path) add(other *path) *path { p.b = append(p.b, other.b...); return p }
func (p *path) String() string        { return string(p.b) }

// through continues with a smooth curve (Catmull-Rom) through the points. A point given twice is a corner.
func (p *path) through(pts ...point) *path {
	for i := 0; i+1 < len(pts); i++ {
		if pts[i] == pts[i+1] {
			continue
		}
		before, after := pts[max(i-1, 0)], pts[min(i+2, len(pts)-1)]
		a, b := pts[i], pts[i+1]
		if before == a && after == b {
			p.line(b.x, b.y)
			continue
		}
		p.curve(a.x+(b.x-before.x)/6, a.y+(b.y-before.y)/6, b.x-(after.x-a.x)/6, b.y-(after.y-a.y)/6, b.x, b.y)
	}
	return p
}

// smooth is an open smooth curve through the points.
func smooth(pts ...point) *path { return from(pts[0].x, pts[0].y).through(pts...) }

// blob is a closed smooth curve through the points.
func blob(pts ...point) *path {
	n := len(pts)
	p := from(pts[0].x, pts[0].y)
	for i := range pts {
		before, a, b, after := pts[(i+n-1)%n], pts[i], pts[(i+1)%n], pts[(i+2)%n]
		p.curve(a.x+(b.x-before.x)/6, a.y+(b.y-before.y)/6, b.x-(after.x-a.x)/6, b.y-(after.y-a.y)/6, b.x, b.y)
	}
	return p.close()
}

// polygon is a closed path with straight sides: x, y, x, y…
func polygon(xy ...float64) *path { return from(xy[0], xy[1]).line(xy[2:]...).close() }

// box is a rectangle with rounded corners.
func box(x, y, w, h, r float64) *path {
	return from(x+r, y).line(x+w-r, y).arc(r, r, 0, 1, x+w, y+r).line(x+w, y+h-r).arc(r, r, 0, 1, x+w-r, y+h).
		line(x+r, y+h).arc(r, r, 0, 1, x, y+h-r).line(x, y+r).arc(r, r, 0, 1, x+r, y).close()
}

// block adds a rectangle, in few bytes.
func (p *path) block(x, y, w, h float64) *path {
	return p.moveTo(x, y).put('h', w).put('v', h).put('h', -w).put('z')
}

// dot adds a point; stroked with round ends it is a disc as wide as the stroke.
func (p *path) dot(x, y float64) *path { return p.moveTo(x, y).put('h', 0) }

// oval is an ellipse as a path.
func oval(x, y, rx, ry float64) *path {
	return from(x-rx, y).arc(rx, ry, 1, 1, x+rx, y).arc(rx, ry, 1, 1, x-rx, y).close()
}

// polar is the point at a distance from c; 0 degrees points up, 90 to the right.
func polar(c point, degrees, distance float64) point {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return point{c.x + sin*distance, c.y - cos*distance}
}

// bezier is the point at t of a quadratic curve, and its direction in degrees (0 is up).
func bezier(a, b, c point, t float64) (point, float64) {
	u := 1 - t
	at := point{u*u*a.x + 2*u*t*b.x + t*t*c.x, u*u*a.y + 2*u*t*b.y + t*t*c.y}
	dx, dy := 2*u*(b.x-a.x)+2*t*(c.x-b.x), 2*u*(b.y-a.y)+2*t*(c.y-b.y)
	return at, math.Atan2(dx, -dy) * 180 / math.Pi
}

// transform is the value of an SVG transform attribute.
type transform string

func move(x, y float64) transform { return transform("translate(" + num(x) + " " + num(y) + ")") }
func (t transform) turn(degrees float64) transform {
	return t + transform("rotate("+num(degrees)+")")
}
func (t transform) scale(x, y float64) transform {
	if x == 1 && y == 1 {
		return t
	}
	return t + transform("scale("+precise(x)+" "+precise(y)+")")
}

// num writes a length as short as the eye allows.
func num(v float64) string {
	factor := 100.0
	if math.Abs(v) >= 10 {
		factor = 10
	}
	return decimal(math.Round(v*factor) / factor)
}

// precise is for factors, which are small.
func precise(v float64) string { return decimal(math.Round(v*1e3) / 1e3) }

// decimal drops the zero before the point.
func decimal(v float64) string {
	s := strconv.FormatFloat(v+0, 'f', -1, 64) // + 0 turns -0 into 0
	if strings.HasPrefix(s, "0.") {
		return s[1:]
	}
	if strings.HasPrefix(s, "-0.") {
		return "-" + s[2:]
	}
	return s
}
