package middleware

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"orion/model/fault"
	"orion/model/vendor"
	"orion/views"
)

// Target is what a path asks for.
type Target struct {
	Audience views.Audience
	// Path is the internal one, which the routes know. It is decoded, begins with the audience's prefix and has
	// no trailing slash.
	Path string
	// Slug is the vendor that the path names, on the platform's host; else "".
	Slug string
	// Moved is where this page is instead, decoded, on the same host; else "".
	Moved string
}

// longestPath bounds what is worth looking at; the longest slug has 200 letters.
const longestPath = 2048

// ResolvePath finds out what a path, as it was sent, asks for on a host of this kind. Paths that try to be
// another path (empty or dotted segments, encoded slashes, backslashes or percent signs) are fault.NotFound;
// such as cannot be read (bad escapes, control characters, no UTF-8) are fault.Malformed.
func ResolvePath(kind HostKind, raw string) (Target, error) {
	path, err := CleanPath(raw)
	if err != nil {
		return Target{}, err
	}
	first, rest := cutSegment(path)
	if isPublic(path, first) {
		return Target{Audience: views.AudiencePublic, Path: path}, nil
	}
	switch kind {
	case HostSubdomain, HostDomain:
		return shopHostTarget(path, first, rest)
	case HostAdmin:
		return prefixed(views.AudienceAdmin, "/admin", path, first)
	case HostAPI:
		return prefixed(views.AudienceAPI, "/api", path, first)
	default:
		return platformTarget(path, first, rest)
	}
}

// platformTarget is for the platform's own host. A prefix in another spelling is nobody's, since the router may
// not care about case.
func platformTarget(path, first, rest string) (Target, error) {
	switch first {
	case "admin":
		return Target{Audience: views.AudienceAdmin, Path: path}, nil
	case "api":
		return Target{Audience: views.AudienceAPI, Path: path}, nil
	case "vendor":
		return vendorTarget(rest)
	}
	switch strings.ToLower(first) {
	case "admin", "api", "vendor", "shop": // also /shop itself: a shop without a vendor
		return Target{}, fault.NotFound
	}
	return Target{Audience: views.AudiencePlatform, Path: path}, nil
}

// vendorTarget is for what follows /vendor on the platform's host: the slug, then shop or the dashboard.
func vendorTarget(path string) (Target, error) {
	slug, rest := cutSegment(path)
	if !vendor.ValidSlug(slug) {
		return Target{}, fault.NotFound
	}
	first, inner := cutSegment(rest)
	if first == "shop" {
		return Target{Audience: views.AudienceShop, Path: join("/shop", inner), Slug: slug}, nil
	}
	return Target{Audience: views.AudienceVendor, Path: join("/vendor", rest), Slug: slug}, nil
}

// shopHostTarget is for a shop's own host, where the shop has no prefix.
func shopHostTarget(path, first, rest string) (Target, error) {
	switch first {
	case "shop":
		return Target{Audience: views.AudienceShop, Path: path, Moved: rest}, nil
	case "vendor":
		return Target{Audience: views.AudienceVendor, Path: path}, nil
	case "api":
		return Target{Audience: views.AudienceAPI, Path: path}, nil
	}
	return Target{Audience: views.AudienceShop, Path: join("/shop", path)}, nil
}

// prefixed puts the prefix before path unless it is there already. Another spelling of it is nobody's.
func prefixed(audience views.Audience, prefix, path, first string) (Target, error) {
	switch {
	case "/"+first == prefix:
		return Target{Audience: audience, Path: path}, nil
	case strings.EqualFold("/"+first, prefix):
		return Target{}, fault.NotFound
	}
	return Target{Audience: audience, Path: join(prefix, path)}, nil
}

// isPublic reports whether a path is the same on every host.
func isPublic(path, first string) bool {
	return first == "assets" || path == "/healthz" || path == "/readyz"
}

// CleanPath decodes a path as it was sent and takes off a trailing slash. Cleaning what is clean changes nothing.
func CleanPath(raw string) (string, error) {
	if raw == "" || raw[0] != '/' || len(raw) > longestPath {
		return "", errPath
	}
	path, err := url.PathUnescape(raw)
	if err != nil || !utf8.ValidString(path) || strings.ContainsFunc(path, isControl) {
		return "", errPath
	}
	// An escape that is still there was escaped twice; the others would part the path anew, here or in a proxy.
	if strings.ContainsAny(path, `%\?#`) || strings.Count(path, "/") != strings.Count(raw, "/") {
		return "", fault.NotFound
	}
	if path == "/" {
		return path, nil
	}
	path = strings.TrimSuffix(path, "/")
	for segment := range strings.SplitSeq(path[1:], "/") {
		if segment == "" || segment == "." || segment == ".." {
			return "", fault.NotFound
		}
	}
	return path, nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// cutSegment parts "/a/b/c" into "a" and "/b/c". What follows the last segment is "/".
func cutSegment(path string) (first, rest string) {
	end := strings.IndexByte(path[1:], '/')
	if end < 0 {
		return path[1:], "/"
	}
	return path[1 : end+1], path[end+1:]
}

func join(prefix, path string) string {
	if path == "/" {
		return prefix
	}
	return prefix + path
}

// errPath is answered to a path that cannot be read.
var errPath = fault.Malformed.With("The address of this request cannot be read.")
