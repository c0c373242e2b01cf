package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// linkLibraries makes the links the npm package lists in pg-symlinks.json. A package cannot hold links, and npm 11 does
// not run the script that would make them.
func linkLibraries(native string) error {
	text, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // Packages for macOS may have none.
	}
	if err != nil {
		return fmt.Errorf("read the links of the PostgreSQL package: %w", err)
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(text, &links); err != nil {
		return fmt.Errorf("read %s/pg-symlinks.json: %w", native, err)
	}
	for _, link := range links {
		target := filepath.Join(filepath.Dir(native), filepath.FromSlash(link.Target))
		source, err := filepath.Rel(filepath.Dir(link.Target), link.Source)
		if err != nil {
			return fmt.Errorf("link %s: %w", link.Target, err)
		}
		if _, err := os.Lstat(target); err == nil {
			continue
		}
		if err := os.Symlink(source, target); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("link the libraries of PostgreSQL: %w", err)
		}
	}
	return nil
}

// usable returns binaries the identity can run: the given ones, or a copy beside the data folder when they lie below a
// folder the identity cannot pass (such as root's home) or one that cannot take their links.
func (s *Server) usable(found binaries, who identity) (binaries, error) {
	if found.whole && who.reaches(found.folder) {
		return found, nil
	}
	if found.packed == "" {
		return found, fmt.Errorf("the user PostgreSQL runs as cannot reach %s: name another folder in ORION_PG_BIN", found.folder)
	}
	native := filepath.Join(s.options.DataDir+".binaries-"+found.version, "native")
	if _, err := os.Stat(native); err != nil {
		if err := copyPackage(found.packed, native); err != nil {
			return found, fmt.Errorf("copy the programs of PostgreSQL to %s: %w", native, err)
		}
	}
	return binaries{folder: filepath.Join(native, "bin"), version: found.version, packed: native, whole: true}, nil
}

// copyPackage copies (or, on one file system, links) the package, whole or not at all.
func copyPackage(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	unfinished, err := os.MkdirTemp(filepath.Dir(to), "unfinished-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(unfinished)
	copied := filepath.Join(unfinished, "native")
	err = filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(copied, relative)
		switch {
		case entry.IsDir():
			return os.MkdirAll(target, 0o755)
		case entry.Type().IsRegular():
			return copyFile(path, target)
		default:
			return nil // Links are made anew.
		}
	})
	if err != nil {
		return err
	}
	if err := linkLibraries(copied); err != nil {
		return err
	}
	return os.Rename(copied, to)
}

func copyFile(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	// A link shares the mode, so it serves only where everybody may read.
	if info.Mode()&0o004 != 0 && os.Link(from, to) == nil {
		return nil
	}
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, info.Mode().Perm()|0o444)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}
