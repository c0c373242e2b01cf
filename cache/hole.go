package cache

import "bytes"

// mark encloses the name of a hole in a rendered page. Neither html/template nor PostgreSQL lets a NUL through, so that no
// text of a vendor or visitor can make a hole.
const mark = "\x00"

// Hole is what a template writes where a piece that belongs to the visitor goes.
func Hole(name string) string { return mark + name + mark }

// Split makes a page of rendered bytes with the marks of holes. Default has to follow before Form.
func Split(body []byte) *Page {
	parts := bytes.Split(body, []byte(mark))
	page := &Page{}
	for i, part := range parts {
		if i%2 == 0 {
			page.segments = append(page.segments, part)
		} else if i < len(parts)-1 {
			page.holes = append(page.holes, string(part))
		} else { // a lone mark is no hole
			last := len(page.segments) - 1
			page.segments[last] = append(page.segments[last][:len(page.segments[last]):len(page.segments[last])], part...)
		}
	}
	return page
}
