package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/andybalholm/brotli"
)

// Page is rendered bytes with holes for what belongs to one visitor, in the forms in which it is sent. It is made in
// one goroutine (Split, Default) and then used by many.
type Page struct {
	segments [][]byte // one more than holes
	holes    []string // names of partials

	fills    [][]byte // what nobody in particular has in the holes
	tag      string   // the hash of the page with these
	whole    []byte   // the page with these
	gzip     []byte
	deflated [][]byte // the segments, to be joined with somebody's fills
	hits     atomic.Int64
	brotli   atomic.Pointer[[]byte]
}

// Form is how a page is sent: shared bytes that nobody may change.
type Form struct {
	Body     []byte
	Encoding Encoding
	ETag     string
}

// Holes are the names of the page's holes, in their order.
func (p *Page) Holes() []string { return p.holes }

// Join is the page with these in its holes.
func (p *Page) Join(fills [][]byte) []byte {
	if len(p.holes) == 0 {
		return p.segments[0]
	}
	size := 0
	for i, segment := range p.segments {
		size += len(segment)
		if i < len(fills) {
			size += len(fills[i])
		}
	}
	body := make([]byte, 0, size)
	for i, segment := range p.segments {
		body = append(body, segment...)
		if i < len(fills) {
			body = append(body, fills[i]...)
		}
	}
	return body
}

// Default fills the holes for nobody in particular and makes the page's compressed forms, all but brotli, which takes too
// long for a request.
func (p *Page) Default(fills [][]byte) {
	p.fills = fills
	p.whole = p.Join(fills)
	// The segments become windows into the whole page, so that it is in memory once.
	at := 0
	for i, segment := range p.segments {
		p.segments[i] = p.whole[at : at+len(segment) : at+len(segment)]
		at += len(segment)
		if i < len(fills) {
			at += len(fills[i])
		}
	}
	p.tag = hash(p.whole)
	p.deflated = deflate(p.segments)
	p.gzip = p.joinGzip(fills)
}

// Finish is Default for a body without holes that is worth its brotli form at once.
func (p *Page) Finish() {
	p.Default(nil)
	p.compress()
}

// weight is about the memory that the page takes, with room for the brotli form to come.
func (p *Page) weight() int {
	size := len(p.whole) + 2*len(p.gzip) + 512
	for _, segment := range p.deflated {
		size += len(segment)
	}
	return size
}

// Form is the page in the smallest form that the browser takes. fills is what the visitor has in the holes; nil is
// nobody in particular.
func (p *Page) Form(gzip, brotli bool, fills [][]byte) Form {
	if fills == nil || slices.EqualFunc(fills, p.fills, bytes.Equal) {
		return p.shared(gzip, brotli)
	}
	tag := p.tag + "-" + hash(bytes.Join(fills, []byte{0}))
	if gzip {
		return Form{Body: p.joinGzip(fills), Encoding: Gzip, ETag: `"` + tag + `-gzip"`}
	}
	return Form{Body: p.Join(fills), ETag: `"` + tag + `"`}
}

func (p *Page) shared(gzip, brotli bool) Form {
	if brotli {
		p.warm()
		if body := p.brotli.Load(); body != nil {
			return Form{Body: *body, Encoding: Brotli, ETag: `"` + p.tag + `-br"`}
		}
	}
	if gzip {
		return Form{Body: p.gzip, Encoding: Gzip, ETag: `"` + p.tag + `-gzip"`}
	}
	return Form{Body: p.whole, ETag: `"` + p.tag + `"`}
}

// warmAfter is how many browsers have to ask for a page before it is worth compressing well.
const warmAfter = 3

// compressing lets one page at a time be compressed well, so that a burst of new pages does not take the processor from
// requests.
var compressing = make(chan struct{}, 1)

// warm compresses a page that is asked for again and again, beside the requests.
func (p *Page) warm() {
	if p.brotli.Load() != nil || p.hits.Add(1) < warmAfter {
		return
	}
	select {
	case compressing <- struct{}{}:
		go func() {
			defer func() { <-compressing }()
			p.compress()
		}()
	default: // somebody else's turn; a later request tries again
	}
}

// brotliLevel 5 takes well under a millisecond for a page and is a tenth smaller than gzip.
const brotliLevel = 5

func (p *Page) compress() {
	if p.brotli.Load() != nil {
		return
	}
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, brotliLevel)
	if _, err := w.Write(p.whole); err != nil {
		return // a buffer takes all
	}
	if w.Close() == nil {
		body := bytes.Clone(out.Bytes())
		p.brotli.Store(&body)
	}
}

func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

// Matches tells whether an If-None-Match header names the strong tag (RFC 9110, 13.1.2). The browser may have got it
// back from a proxy as a weak one.
func Matches(header, etag string) bool {
	if header == "" {
		return false
	}
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == etag || candidate == "*" {
			return true
		}
	}
	return false
}
