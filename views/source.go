package views

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"time"

	"orion/partials"
	"orion/themes"
)

// source is everything read from files: the base templates, the themes and the messages. It does not change; a
// change on disk makes a new one.
type source struct {
	revision string
	base     layer
	themes   map[string]*Theme
	messages catalogue

	mu        sync.Mutex
	languages map[string]language // by locale, made at their first use
}

// theme is the pack of that name, or the base's.
func (s *source) theme(name string) *Theme {
	if t := s.themes[name]; t != nil {
		return t
	}
	return s.themes["base"]
}

// liveInterval is how often a production server looks for changed theme files.
const liveInterval = 100 * time.Millisecond

// tree is the folders that a source is read from, and when those on disk were last looked at.
type tree struct {
	views, partials fs.FS
	themes          []fs.FS  // later ones come before earlier ones
	live            []string // folders on disk that are watched
	interval        time.Duration

	mu      sync.Mutex
	checked time.Time
	print   string
	failed  error
}

func newTree(o Options) *tree {
	t := &tree{views: embedded, partials: partials.FS, themes: []fs.FS{themes.FS}, interval: liveInterval}
	if o.SourceDir != "" {
		t.views = os.DirFS(filepath.Join(o.SourceDir, "views"))
		t.partials = os.DirFS(filepath.Join(o.SourceDir, "partials"))
		t.themes = []fs.FS{os.DirFS(filepath.Join(o.SourceDir, "themes"))}
		for _, folder := range []string{"views", "partials", "themes"} {
			t.live = append(t.live, filepath.Join(o.SourceDir, folder))
		}
	}
	if o.ThemesDir != "" {
		t.themes = append(t.themes, os.DirFS(o.ThemesDir))
		t.live = append(t.live, o.ThemesDir)
	}
	if o.Development {
		t.interval = 0
	}
	return t
}

// now is the source as the files stand. A change that cannot be read is an error in development; in production it is
// logged and what was read before stays.
func (r *Renderer) now() (*source, error) { return r.lately(r.tree.interval) }

// lately is now, or how the files stood at most so long ago.
func (r *Renderer) lately(interval time.Duration) (*source, error) {
	known := r.source.Load()
	if known != nil && len(r.tree.live) == 0 {
		return known, nil
	}
	r.tree.mu.Lock()
	defer r.tree.mu.Unlock()
	known = r.source.Load()
	if known != nil && time.Since(r.tree.checked) < interval {
		return known, nil
	}
	print := fingerprint(r.tree.live)
	r.tree.checked = time.Now()
	if known == nil || print != r.tree.print {
		next, err := r.read()
		r.tree.print, r.tree.failed = print, err
		if err == nil {
			r.source.Store(next)
			return next, nil
		}
		if known != nil {
			r.Log.Error("read the templates; what was read before stays", "error", err)
		}
	}
	if r.tree.failed != nil && (known == nil || r.Development) {
		return nil, r.tree.failed
	}
	return known, nil
}

// fingerprint changes when a file below the folders is added, removed or written.
func fingerprint(folders []string) string {
	hash := sha256.New()
	for _, folder := range folders {
		_ = filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return nil // a file that vanished meanwhile is a change of the next look
			}
			if info, err := entry.Info(); err == nil {
				fmt.Fprintln(hash, name, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return string(hash.Sum(nil))
}

// read reads all files anew.
func (r *Renderer) read() (*source, error) {
	s := &source{
		themes:    map[string]*Theme{"base": {Name: "base", layer: layer{name: "theme base"}}},
		languages: map[string]language{},
	}
	files := map[string]string{}
	if err := collect(files, r.tree.views, ".", "views"); err != nil {
		return nil, fmt.Errorf("read the views: %w", err)
	}
	if err := collect(files, r.tree.partials, ".", "partials"); err != nil {
		return nil, fmt.Errorf("read the partials: %w", err)
	}
	hash := sha256.New()
	hashFiles(hash, files)
	funcs := r.functions(language{})
	var wrong map[string]error
	if s.base, wrong = parseLayer(baseLayer, files, funcs); len(wrong) > 0 {
		return nil, first(wrong)
	}
	var err error
	if s.messages, err = readMessages(files); err != nil {
		return nil, err
	}
	for _, packs := range r.tree.themes {
		names, err := fs.Glob(packs, "*/theme.json")
		if err != nil {
			return nil, fmt.Errorf("list the themes: %w", err)
		}
		for _, name := range names {
			theme, files, err := readTheme(packs, path.Dir(name))
			if err != nil {
				return nil, fmt.Errorf("read the theme %s: %w", path.Dir(name), err)
			}
			theme.layer, wrong = parseLayer("theme "+theme.Name, files, funcs)
			for file, err := range wrong {
				r.Log.Error("a theme's template is wrong; the base's is shown", "theme", theme.Name, "file", file, "error", err)
			}
			hashFiles(hash, files)
			s.themes[theme.Name] = theme
		}
	}
	s.revision = hex.EncodeToString(hash.Sum(nil)[:8])
	return s, nil
}

// collect adds the files below a folder, body by path with a prefix instead of the folder's name.
func collect(into map[string]string, from fs.FS, folder, prefix string) error {
	return fs.WalkDir(from, folder, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == folder {
			return nil // a theme without views, say
		}
		if err != nil || entry.IsDir() {
			return err
		}
		switch path.Ext(name) {
		case ".html", ".json", ".css":
		default:
			return nil
		}
		body, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		into[path.Join(prefix, strings.TrimPrefix(name, folder))] = string(body)
		return nil
	})
}

func hashFiles(hash interface{ Write([]byte) (int, error) }, files map[string]string) {
	for _, name := range sorted(files) {
		fmt.Fprintf(hash, "%q %q\n", name, files[name])
	}
}

func sorted[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// first is the error of the first file by name.
func first(wrong map[string]error) error {
	name := sorted(wrong)[0]
	return fmt.Errorf("%s: %w", name, wrong[name])
}
