package art

// The label of a bag: Look.Format chooses the layout (panel, band, arch, round), Look.Motif the picture on it,
// Look.Palette its colours (paper, then four for the motif), Look.Label the lines: name, origin, notes, kind.

func (d *drawing) bagLabel(look Look, w, h float64) {
	switch look.Format {
	case "band":
		d.bandLabel(look, w, h)
	case "arch":
		d.archLabel(look, w, h)
	case "round":
		d.roundLabel(look, w, h)
	default:
		d.panelLabel(look, w, h)
	}
}

// panelLabel is a paper label: wordmark, picture, name and notes below.
func (d *drawing) panelLabel(look Look, w, h float64) {
	paper := look.Tone(0)
	dark := ink(paper, "#221a16", "#f6efe4")
	lw, lh := w*.72, h*.6
	x, y := -lw/2, -h*.735
	d.rect(x+.4, y+.8, lw, lh, "#0d060033")
	d.rect(x, y, lw, lh, paper)
	d.wordmark(0, y+lh*.085, lw*.052, dark)
	ph := lh * .5
	d.clip(box(x+lw*.06, y+lh*.12, lw*.88, ph, .01), func() {
		d.group(`transform="`+string(move(x+lw*.06, y+lh*.12))+`"`, func() { d.landscape(look, lw*.88, ph) })
	})
	d.text(lettering{lw * .088, 1.15, 1.1, dark, 0}, x+lw*.065, y+lh*.755, lw*.87, look.Line(0))
	d.text(lettering{lw * .038, .95, 2, dark, 0}, x+lw*.065, y+lh*.82, lw*.87, look.Line(1))
	d.stroke(from(x+lw*.065, y+lh*.865).line(x+lw*.935, y+lh*.865), alpha(dark, .5), .35)
	d.text(lettering{lw * .032, .9, 1.6, dark, 0}, x+lw*.065, y+lh*.925, lw*.58, look.Line(2))
	d.text(lettering{lw * .032, .9, 1.6, dark, 1}, x+lw*.935, y+lh*.925, lw*.28, look.Line(3))
}

// bandLabel prints the picture around the bag and the words on the bag itself.
func (d *drawing) bandLabel(look Look, w, h float64) {
	words := look.Tone(0)
	d.clip(bagOutline(w, h), func() {
		d.group(`transform="`+string(move(-w*.53, -h*.5))+`"`, func() {
			d.clip(box(0, 0, w*1.06, h*.36, .01), func() { d.landscape(look, w*1.06, h*.36) })
		})
	})
	d.wordmark(0, -h*.735, w*.05, words)
	d.text(lettering{w * .098, 1.2, 1.4, words, .5}, 0, -h*.6, w*.8, look.Line(0))
	d.text(lettering{w * .034, .95, 2.4, words, .5}, 0, -h*.545, w*.8, look.Line(1))
	d.text(lettering{w * .03, .9, 2, words, .5}, 0, -h*.075, w*.8, look.Line(2))
	d.text(lettering{w * .026, .9, 2, alpha(words, .75), .5}, 0, -h*.04, w*.5, look.Line(3))
}

// archLabel shows the picture in a tall arch.
func (d *drawing) archLabel(look Look, w, h float64) {
	words := look.Tone(0)
	aw, top, bottom := w*.56, -h*.67, -h*.3
	d.wordmark(0, -h*.72, w*.046, words)
	arch := func(o float64) *path {
		x := aw/2 + o
		return from(-x, bottom+o).line(-x, top+aw*.5).arc(x, x, 0, 1, x, top+aw*.5).line(x, bottom+o).close()
	}
	d.clip(arch(0), func() {
		d.group(`transform="`+string(move(-aw/2, top))+`"`, func() { d.landscape(look, aw, bottom-top) })
	})
	d.stroke(arch(w*.018), words, .5)
	d.text(lettering{w * .084, 1.2, 1.2, words, .5}, 0, -h*.205, w*.8, look.Line(0))
	d.text(lettering{w * .032, .95, 2.4, words, .5}, 0, -h*.155, w*.8, look.Line(1))
	d.text(lettering{w * .028, .9, 1.8, alpha(words, .8), .5}, 0, -h*.085, w*.8, look.Line(2))
	d.text(lettering{w * .025, .9, 1.8, alpha(words, .7), .5}, 0, -h*.05, w*.5, look.Line(3))
}

// roundLabel is a big seal with the picture in it.
func (d *drawing) roundLabel(look Look, w, h float64) {
	paper := look.Tone(0)
	dark := ink(paper, "#221a16", "#f6efe4")
	r, y := w*.37, -h*.53
	d.circle(.4, y+.8, r, "#0d060033")
	d.circle(0, y, r, paper)
	d.clip(oval(0, y, r*.94, r*.94), func() {
		d.group(`transform="`+string(move(-r, y-r))+`"`, func() { d.landscape(look, r*2, r*1.16) })
		d.rect(-r, y+r*.16, r*2, r, paper)
	})
	d.text(lettering{w * .07, 1.2, 1, dark, .5}, 0, y+r*.43, r*1.5, look.Line(0))
	d.text(lettering{w * .027, .95, 1.8, dark, .5}, 0, y+r*.58, r*1.3, look.Line(1))
	d.wordmark(0, -h*.17, w*.05, paper)
	d.text(lettering{w * .028, .9, 2, alpha(paper, .85), .5}, 0, -h*.12, w*.8, look.Line(2))
	d.text(lettering{w * .025, .9, 2, alpha(paper, .7), .5}, 0, -h*.075, w*.6, look.Line(3))
}

// wordmark is the roaster's name.
func (d *drawing) wordmark(x, y, size float64, colour string) {
	d.text(lettering{size, 1.5, 5, colour, .5}, x, y, 0, "KAFFA")
}
