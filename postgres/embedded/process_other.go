//go:build !linux

package embedded

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// attributes makes a child run as who. Without Linux's parent-death signal a server outlives a killed Orion; the next
// one joins it.
func attributes(who identity) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{}
	if who.other {
		attr.Credential = &syscall.Credential{Uid: who.uid, Gid: who.gid}
	}
	return attr
}

// namespaces says whether this system may put a child into a user namespace.
const namespaces = false

// serves says whether the process is a PostgreSQL; which folder it serves cannot be seen here.
func serves(pid int, _ string) bool {
	name, err := exec.Command("ps", "-o", "comm=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(name), "postgres")
}
