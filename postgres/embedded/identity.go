package embedded

import (
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// nobody is the user and group number that stands for "nobody" everywhere.
const nobody = 65534

// identity is whom the server runs as. PostgreSQL refuses to run as root.
type identity struct {
	other     bool // Another user than this process: uid and gid.
	uid, gid  uint32
	namespace bool // Root's own files, in a user namespace where root has another number.
}

// settle decides whom the server runs as, and from where, so that it reaches both its data and its binaries. Data that
// is there already is served by its owner.
func (s *Server) settle(found binaries, exists bool) (identity, binaries, error) {
	who := identity{}
	if os.Geteuid() == 0 {
		who = unprivileged()
		owner, _ := ownerOf(s.options.DataDir)
		if exists {
			who = owner
		}
		if who.uid == 0 || !who.reaches(filepath.Dir(s.options.DataDir)) {
			who = identity{namespace: true}
			if !namespaces {
				return who, found, errRoot(s.options.DataDir)
			}
		}
	}
	found, err := s.usable(found, who)
	return who, found, err
}

// errRoot says what to do where PostgreSQL can run neither as root nor as anybody else.
func errRoot(folder string) error {
	return fmt.Errorf("PostgreSQL does not run as root, and no other user can reach %s: choose an ORION_DATA_DIR that all users may pass "+
		"through (such as /var/lib/orion), give the folder to another user (chown -R nobody), or run Orion as an ordinary user", folder)
}

// unprivileged is the user a server runs as when Orion is root: postgres where there is one, else nobody.
func unprivileged() identity {
	who := identity{other: true, uid: nobody, gid: nobody}
	if account, err := user.Lookup("postgres"); err == nil {
		uid, uidErr := strconv.ParseUint(account.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(account.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			who.uid, who.gid = uint32(uid), uint32(gid)
		}
	}
	return who
}

// ownerOf is the user that owns a file, and whether there is such a file.
func ownerOf(path string) (identity, bool) {
	info, err := os.Stat(path)
	if err != nil {
		return identity{}, false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return identity{}, false
	}
	return identity{other: true, uid: stat.Uid, gid: stat.Gid}, true
}

// reaches says whether the identity may pass through every folder down to path and read what is there.
func (who identity) reaches(path string) bool {
	if !who.other {
		return true
	}
	for folder := path; ; folder = filepath.Dir(folder) {
		info, err := os.Stat(folder)
		if err != nil || !who.passes(info) {
			return false
		}
		if folder == filepath.Dir(folder) {
			return true
		}
	}
}

func (who identity) passes(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	switch {
	case stat.Uid == who.uid:
		return info.Mode()&0o100 != 0
	case stat.Gid == who.gid:
		return info.Mode()&0o010 != 0
	default:
		return info.Mode()&0o001 != 0
	}
}

// own gives a file to the identity.
func (who identity) own(path string) error {
	if !who.other {
		return nil
	}
	if err := os.Chown(path, int(who.uid), int(who.gid)); err != nil {
		return fmt.Errorf("give %s to the user PostgreSQL runs as: %w", path, err)
	}
	return nil
}
