package views

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"orion/cache"
)

// vendorFiles is a vendor's own templates as they were in an epoch. Most vendors have none.
type vendorFiles struct {
	layer    layer
	revision string // "" none
	epoch    cache.Epoch
}

// InvalidateTheme makes a vendor's own templates and the pages made with them old: connect it to the channel orion_theme.
func (r *Renderer) InvalidateTheme(vendorID int64) {
	r.Epochs.BumpTheme(vendorID)
	r.Epochs.BumpCatalog(vendorID)
}

// vendorFiles reads a vendor's own templates, or finds them as they were read in this epoch. Files that do not parse are
// left out and logged: the theme's are shown. While they cannot be read, what was known last is shown, so that the page
// that tells of the trouble can be made.
func (r *Renderer) vendorFiles(ctx context.Context, vendorID int64) vendorFiles {
	trusted, epoch := r.Epochs.Trusted(), r.Epochs.Theme(vendorID)
	known, ok := r.files.GetIfPresent(vendorID)
	if ok && trusted && known.epoch == epoch {
		return known
	}
	bodies, err := r.ThemeFiles(ctx, vendorID)
	if err != nil {
		r.Log.ErrorContext(ctx, "read a vendor's own templates", "vendor", vendorID, "error", err)
		return known
	}
	read := vendorFiles{epoch: epoch}
	if len(bodies) > 0 {
		hash := sha256.New()
		hashFiles(hash, bodies)
		read.revision = hex.EncodeToString(hash.Sum(nil)[:8])
		// The same files keep their parsed trees, so that without trust not every request parses them.
		if read.revision == known.revision {
			read.layer = known.layer
		} else {
			read.layer = r.parseOverrides(vendorID, bodies)
		}
	}
	r.files.Set(vendorID, read)
	return read
}

func (r *Renderer) parseOverrides(vendorID int64, bodies map[string]string) layer {
	parsed, wrong := parseLayer(fmt.Sprintf("vendor %d", vendorID), bodies, r.functions(language{}))
	for file, err := range wrong {
		r.once(slogTemplate, parsed.name+file+bodies[file], "a vendor's template is wrong; the theme's is shown",
			"vendor", vendorID, "file", file, "error", err)
	}
	return parsed
}
