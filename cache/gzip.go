package cache

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

// A gzip file is a header, one deflate stream and a checksum (RFC 1952). Chromium ignores all but the first of several
// gzip files behind each other, so the segments of a page are joined within one: each was compressed apart and ended at a byte's
// border (RFC 1951, 3.2.4: as a flush does), and what goes into the holes stands between them uncompressed.

// gzipHeader: deflate, no name, no time, unknown system.
var gzipHeader = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}

const (
	gzipLevel = 6
	maxStored = 65535 // of one stored block
)

// A deflate writer takes some 800 KB, so they are kept.
var writers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, gzipLevel)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// deflate compresses each segment apart. Only the last one ends the stream.
func deflate(segments [][]byte) [][]byte {
	w := writers.Get().(*flate.Writer)
	defer writers.Put(w)
	made := make([][]byte, len(segments))
	for i, segment := range segments {
		var out bytes.Buffer
		w.Reset(&out)
		// Writing to a buffer cannot fail.
		_, _ = w.Write(segment)
		if i == len(segments)-1 {
			_ = w.Close()
		} else {
			_ = w.Flush()
		}
		made[i] = bytes.Clone(out.Bytes())
	}
	return made
}

// joinGzip is the gzip form of the page with these in its holes.
func (p *Page) joinGzip(fills [][]byte) []byte {
	size := len(gzipHeader) + 8
	for _, part := range p.deflated {
		size += len(part)
	}
	for _, fill := range fills {
		size += len(fill) + 5*(1+len(fill)/maxStored)
	}
	out := append(make([]byte, 0, size), gzipHeader...)
	sum, length := uint32(0), 0
	for i, part := range p.deflated {
		out = append(out, part...)
		sum = crc32.Update(sum, crc32.IEEETable, p.segments[i])
		length += len(p.segments[i])
		if i < len(fills) {
			out = appendStored(out, fills[i])
			sum = crc32.Update(sum, crc32.IEEETable, fills[i])
			length += len(fills[i])
		}
	}
	out = binary.LittleEndian.AppendUint32(out, sum)
	return binary.LittleEndian.AppendUint32(out, uint32(length))
}

// appendStored appends uncompressed blocks (RFC 1951, 3.2.4): not the last of the stream, length, its complement.
func appendStored(out, body []byte) []byte {
	for len(body) > 0 {
		n := min(len(body), maxStored)
		out = append(out, 0)
		out = binary.LittleEndian.AppendUint16(out, uint16(n))
		out = binary.LittleEndian.AppendUint16(out, ^uint16(n))
		out = append(out, body[:n]...)
		body = body[n:]
	}
	return out
}

// worthCompressing is below what a body fits into one packet anyway.
const worthCompressing = 1200

var fast = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// Compress is the gzip form of a body that is sent once, made quickly (some 40 µs for a page). nil: it is not worth it.
func Compress(body []byte) []byte {
	if len(body) < worthCompressing {
		return nil
	}
	w := fast.Get().(*gzip.Writer)
	defer fast.Put(w)
	var out bytes.Buffer
	w.Reset(&out)
	_, _ = w.Write(body) // a buffer takes all
	if w.Close() != nil || out.Len() >= len(body) {
		return nil
	}
	return out.Bytes()
}
