package middleware

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"orion/model/fault"
	"orion/model/vendor"
)

// HostKind is what a host name stands for.
type HostKind int

// The kinds of hosts.
const (
	HostUnknown   HostKind = iota // well-formed, and nobody's
	HostPlatform                  // the platform's own
	HostWWW                       // www. before it
	HostAdmin                     // admin. before it
	HostAPI                       // api. before it
	HostSubdomain                 // a vendor's slug before it
	HostDomain                    // perhaps a custom domain
)

// longestHost is the length of a domain name in text (RFC 1035, section 2.3.4, without the root's dot).
const longestHost = 253

// ResolveHost says what the host that a request names is, for a platform at platformHost (lower case, without a
// port). name is the vendor's slug (HostSubdomain) or the domain in lower-case punycode (HostDomain), else "".
// A host that no browser sends (empty, over-long, with a bad port or characters) is fault.Malformed.
func ResolveHost(header, platformHost string) (kind HostKind, name string, err error) {
	host, _, err := splitHost(header)
	if err != nil {
		return HostUnknown, "", err
	}
	if host == platformHost {
		return HostPlatform, "", nil
	}
	if isAddress(host) {
		return addressKind(host, platformHost), "", nil
	}
	label, ok := strings.CutSuffix(host, "."+platformHost)
	if !ok {
		return HostDomain, host, nil
	}
	switch label {
	case "www":
		return HostWWW, "", nil
	case "admin":
		return HostAdmin, "", nil
	case "api":
		return HostAPI, "", nil
	}
	if !vendor.ValidSlug(label) { // deeper subdomains too: a slug holds no dot
		return HostUnknown, "", nil
	}
	return HostSubdomain, label, nil
}

// addressKind knows one address: the loopback, which is what the name localhost means (RFC 6761, section 6.3).
func addressKind(host, platformHost string) HostKind {
	addr, _ := netip.ParseAddr(strings.Trim(host, "[]"))
	if platformHost == "localhost" && addr.IsLoopback() {
		return HostPlatform
	}
	return HostUnknown
}

// splitHost takes a Host header apart (RFC 9110, section 7.2): the host in lower case, in punycode, without the
// root's dot, or an IPv6 address in brackets; and the port, "" where there is none.
func splitHost(header string) (host, port string, err error) {
	if header == "" || len(header) > longestHost+len(".:65535") {
		return "", "", errHost
	}
	if header[0] == '[' {
		end := strings.IndexByte(header, ']')
		if end < 0 {
			return "", "", errHost
		}
		addr, err := netip.ParseAddr(header[1:end])
		if err != nil || !addr.Is6() || addr.Zone() != "" {
			return "", "", errHost
		}
		port, err = parsePort(header[end+1:])
		return "[" + addr.String() + "]", port, err
	}
	host = header
	if colon := strings.IndexByte(header, ':'); colon >= 0 {
		host = header[:colon]
		if port, err = parsePort(header[colon:]); err != nil {
			return "", "", err
		}
	}
	host, err = normalName(strings.TrimSuffix(host, "."))
	return host, port, err
}

// parsePort reads ":8080". A colon alone means no port (RFC 3986, section 3.2.3).
func parsePort(s string) (string, error) {
	if s == "" || s == ":" {
		return "", nil
	}
	number, err := strconv.ParseUint(strings.TrimPrefix(s, ":"), 10, 16)
	if err != nil || s[0] != ':' || number == 0 {
		return "", errHost
	}
	return strconv.FormatUint(number, 10), nil
}

// normalName is a domain name in lower-case punycode.
func normalName(name string) (string, error) {
	if !isName(name, false) {
		if !utf8.ValidString(name) { // idna would make replacement characters of it
			return "", errHost
		}
		ascii, err := idna.Lookup.ToASCII(name)
		if err != nil || !isName(ascii, true) {
			return "", errHost
		}
		name = ascii
	}
	if len(name) > longestHost {
		return "", errHost
	}
	return strings.ToLower(name), nil
}

// isName reports whether name is dot-separated labels of ASCII letters, digits and inner hyphens, of 1 to 63
// bytes. Labels in punycode count only where they are asked for: such names need idna to look at them, and the
// others, which are nearly all, do not.
func isName(name string, punycode bool) bool {
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if len(label) >= 4 && label[2:4] == "--" && !punycode {
			return false
		}
		for i := range len(label) {
			if c := label[i]; !isAlphanumeric(c) && c != '-' {
				return false
			}
		}
	}
	return true
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// isAddress reports whether a host is an IP address. Only those end in a digit or a bracket, or nearly.
func isAddress(host string) bool {
	last := host[len(host)-1]
	if last == ']' {
		return true
	}
	if last < '0' || last > '9' {
		return false
	}
	_, err := netip.ParseAddr(host)
	return err == nil
}

// errHost is answered to a host that no browser sends.
var errHost = fault.Malformed.With("The address of this request is not a valid host name.")
