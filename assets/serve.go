package assets

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"path"

	"github.com/gofiber/fiber/v2"

	"orion/cache"
)

// file is one built file in its forms; gzip and brotli are nil where they would not be smaller.
type file struct {
	kind                string
	etag                string // the content's hash, without quotes
	plain, gzip, brotli []byte
}

// The types by name, so that they do not depend on the machine's own tables.
var kinds = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".map":   "application/json; charset=utf-8",
	".json":  "application/json; charset=utf-8",
	".svg":   "image/svg+xml; charset=utf-8",
	".png":   "image/png",
	".jpg":   "image/jpeg",
	".webp":  "image/webp",
	".avif":  "image/avif",
	".ico":   "image/x-icon",
	".woff2": "font/woff2",
	".txt":   "text/plain; charset=utf-8",
}

func readFile(dist fs.FS, name string) (*file, error) {
	plain, err := fs.ReadFile(dist, name)
	if err != nil {
		return nil, err
	}
	f := &file{plain: plain, kind: kinds[path.Ext(name)]}
	if f.kind == "" {
		f.kind = mime.TypeByExtension(path.Ext(name))
	}
	if f.kind == "" {
		f.kind = fiber.MIMEOctetStream
	}
	f.etag = hash(plain)
	if f.gzip, err = readOptional(dist, name+".gz"); err != nil {
		return nil, err
	}
	f.brotli, err = readOptional(dist, name+".br")
	return f, err
}

func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

func readOptional(dist fs.FS, name string) ([]byte, error) {
	body, err := fs.ReadFile(dist, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return body, err
}

// Serve answers /assets/dist/<hashed name>: the built file in the smallest form the browser takes, to be kept for ever.
// Mount it at Prefix+"*". What the build does not have is 404.
func (b *Bundle) Serve(c *fiber.Ctx) error {
	return b.send(c, b.now().served[c.Params("*")], "public, max-age=31536000, immutable")
}

// Pictures is where pictures are served by their plain names, for addresses that are stored and so outlive a build.
const Pictures = "/assets/img/"

// ServePicture answers /assets/img/<name>: a picture of assets/img by its plain name, to be asked for again after an
// hour. Mount it at Pictures+"*".
func (b *Bundle) ServePicture(c *fiber.Ctx) error {
	now := b.now()
	return b.send(c, now.served[now.Files[c.Params("*")]], "public, max-age=3600")
}

func (b *Bundle) send(c *fiber.Ctx, f *file, keep string) error {
	if f == nil {
		return fiber.ErrNotFound
	}
	body, encoding := f.plain, ""
	switch gzip, brotli := cache.Accepted(c.Get(fiber.HeaderAcceptEncoding)); {
	case brotli && f.brotli != nil:
		body, encoding = f.brotli, "br"
	case gzip && f.gzip != nil:
		body, encoding = f.gzip, "gzip"
	}
	etag := `"` + f.etag + `"`
	if encoding != "" {
		etag = `"` + f.etag + "-" + encoding + `"`
		c.Set(fiber.HeaderContentEncoding, encoding)
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	c.Set(fiber.HeaderETag, etag)
	c.Set(fiber.HeaderCacheControl, keep)
	c.Set(fiber.HeaderContentType, f.kind)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	if cache.Matches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	// Raw, since the body is shared by all requests and never changed.
	c.Response().SetBodyRaw(body)
	return nil
}
