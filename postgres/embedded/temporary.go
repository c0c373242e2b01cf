package embedded

import (
	"os"
	"path/filepath"
	"time"
)

// sweepTemporary deletes the temporary data folders whose processes were killed before they could.
func sweepTemporary() {
	locks, _ := filepath.Glob(filepath.Join(os.TempDir(), temporaryPrefix+"*", "data.lock")) // The only error is a bad pattern.
	for _, path := range locks {
		info, err := os.Stat(path)
		// A young one may be about to be locked.
		if err != nil || time.Since(info.ModTime()) < time.Minute {
			continue
		}
		lock, err := tryLock(path)
		if err != nil || lock == nil {
			continue
		}
		os.RemoveAll(filepath.Dir(path))
		lock.Close()
	}
}
