// Package cache holds rendered pages as bytes with holes, compressed beforehand, and the epochs that make them old.
// docs/decisions/0003-page-cache.md argues it.
package cache

import "strings"

// Encoding is a content coding that a response can have.
type Encoding string

// The codings that pages and assets are kept in.
const (
	Plain  Encoding = ""
	Gzip   Encoding = "gzip"
	Brotli Encoding = "br"
)

// Accepted tells which codings an Accept-Encoding header takes (RFC 9110, 12.5.3). No header: plain only, since
// clients that send none seldom decode.
func Accepted(header string) (gzip, brotli bool) {
	for part := range strings.SplitSeq(header, ",") {
		coding, weight, _ := strings.Cut(part, ";")
		weight = strings.ReplaceAll(weight, " ", "")
		if strings.HasPrefix(weight, "q=0") && strings.Trim(weight[3:], ".0") == "" {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			gzip = true
		case "br":
			brotli = true
		}
	}
	return gzip, brotli
}
