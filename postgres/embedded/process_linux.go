package embedded

import (
	"fmt"
	"os"
	"syscall"
)

// attributes makes a child run as who and end with its parent.
func attributes(who identity) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGINT}
	switch {
	case who.namespace:
		// In a user namespace of its own the server sees itself as an ordinary user, as it insists on, yet reaches root's files.
		attr.Cloneflags = syscall.CLONE_NEWUSER
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: 0, Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: 0, Size: 1}}
	case who.other:
		attr.Credential = &syscall.Credential{Uid: who.uid, Gid: who.gid}
	}
	return attr
}

// namespaces says whether this system may put a child into a user namespace.
const namespaces = true

// serves says whether the process works in the folder, as a postmaster does in its data folder.
func serves(pid int, folder string) bool {
	cwd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	return err == nil && cwd == folder
}
