// Package assets holds the built CSS, scripts, icons and pictures, and serves them under /assets/dist/ by
// content-hashed names, compressed beforehand. `node assets/build.mjs` builds them.
package assets

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"
)

//go:embed all:dist
var embedded embed.FS

// Prefix is where the built files are served.
const Prefix = "/assets/dist/"

// ErrNotBuilt is what New answers when the program or folder holds no built assets.
var ErrNotBuilt = errors.New("assets are not built: run `npm ci` and `node assets/build.mjs`, then build again")

// Dist is the built files inside the program.
func Dist() fs.FS {
	dist, err := fs.Sub(embedded, "dist")
	if err != nil {
		panic(err) // dist is a constant
	}
	return dist
}

// Bundle is one build of the assets. It may be used by many goroutines at once.
type Bundle struct {
	dist    fs.FS
	reload  bool
	mu      sync.Mutex
	stamp   time.Time
	current atomic.Pointer[build]
}

// The sprites of icons: those that a shop's showroom has, and those of the rooms behind it, from the checkout to the admin.
const (
	icons      = "icons.svg"
	innerIcons = "icons-inner.svg"
)

// build is what one manifest.json lists: the hashed name by the plain one, and the icons in the sprites.
type build struct {
	Files      map[string]string `json:"files"`
	Icons      []string          `json:"icons"`
	InnerIcons []string          `json:"innerIcons"`

	revision string
	sprites  map[string]string // by icon
	served   map[string]*file
}

// New reads the build in dist. With reload, a new build in the folder is noticed at the next use (development).
// The error wraps ErrNotBuilt where there is no manifest.json.
func New(dist fs.FS, reload bool) (*Bundle, error) {
	b := &Bundle{dist: dist, reload: reload}
	if err := b.read(); err != nil {
		return nil, err
	}
	return b, nil
}

// URL is the address of a built file by its plain name ("app.js"), and whether the build has it.
func (b *Bundle) URL(name string) (string, bool) {
	hashed, ok := b.now().Files[name]
	if !ok {
		return Prefix + name, false
	}
	return Prefix + hashed, true
}

// Icon is the address of a Lucide icon within its sprite, and whether the build has it.
func (b *Bundle) Icon(name string) (string, bool) {
	sprite, ok := b.now().sprites[name]
	if !ok {
		sprite = icons
	}
	address, _ := b.URL(sprite)
	return address + "#" + name, ok
}

// Revision changes with every build that changed a file.
func (b *Bundle) Revision() string {
	return b.now().revision
}

func (b *Bundle) now() *build {
	if b.reload {
		// A build that is being written keeps the last whole one in use.
		_ = b.read()
	}
	return b.current.Load()
}

func (b *Bundle) read() error {
	info, err := fs.Stat(b.dist, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotBuilt
	}
	if err != nil {
		return fmt.Errorf("look at the asset manifest: %w", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.current.Load() != nil && info.ModTime().Equal(b.stamp) {
		return nil
	}
	next, err := readBuild(b.dist)
	if err != nil {
		return err
	}
	b.stamp = info.ModTime()
	b.current.Store(next)
	return nil
}

func readBuild(dist fs.FS) (*build, error) {
	text, err := fs.ReadFile(dist, "manifest.json")
	if err != nil {
		return nil, fmt.Errorf("read the asset manifest: %w", err)
	}
	next := &build{sprites: map[string]string{}, served: map[string]*file{}}
	if err := json.Unmarshal(text, next); err != nil {
		return nil, fmt.Errorf("read the asset manifest: %w", err)
	}
	next.revision = hash(text)
	for _, icon := range next.InnerIcons {
		next.sprites[icon] = innerIcons
	}
	for _, icon := range next.Icons {
		next.sprites[icon] = icons
	}
	for _, hashed := range next.Files {
		if next.served[hashed], err = readFile(dist, hashed); err != nil {
			return nil, fmt.Errorf("read the asset %s: %w", hashed, err)
		}
	}
	return next, nil
}
