package embedded

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// child is a process this one started.
type child struct {
	cmd  *exec.Cmd
	done chan struct{} // Closed when it has ended.
	err  error         // How it ended; to be read after done.
}

// spawn starts cmd as who, so that it ends with this process and not with a Ctrl-C meant for this process.
func spawn(cmd *exec.Cmd, who identity) (*child, error) {
	cmd.SysProcAttr = attributes(who)
	cmd.SysProcAttr.Setpgid = true
	// The working directory may be closed to who, and PostgreSQL 15 insists on coming back to it.
	cmd.Dir = "/"
	cmd.WaitDelay = 2 * time.Second
	c := &child{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		// Linux sends the parent-death signal when the thread that forked ends, so that thread must live as long as
		// the child.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if err := cmd.Start(); err != nil {
			started <- err
			return
		}
		started <- nil
		c.err = cmd.Wait()
		close(c.done)
	}()
	err := <-started
	if err != nil && who.namespace {
		err = fmt.Errorf("%w; this system gives no user namespace either: %w", errRoot("the data folder"), err)
	}
	return c, err
}

func (c *child) pid() int { return c.cmd.Process.Pid }

// failure is how the child ended, never nil.
func (c *child) failure() error {
	if c.err != nil {
		return c.err
	}
	return errors.New("exit status 0")
}

// stop asks the server to shut down (SIGINT: roll back, write, end) or, atOnce, to drop everything (SIGQUIT), and waits.
// See https://www.postgresql.org/docs/current/server-shutdown.html.
func (c *child) stop(ctx context.Context, atOnce bool) error {
	signal := syscall.SIGINT
	if atOnce {
		signal = syscall.SIGQUIT
	}
	select {
	case <-c.done:
		return nil
	default:
	}
	if err := c.cmd.Process.Signal(signal); err != nil {
		return fmt.Errorf("stop PostgreSQL: %w", err)
	}
	select {
	case <-c.done:
		return nil
	case <-ctx.Done():
	}
	// The server waits up to 5 seconds for its own processes before it kills them.
	_ = c.cmd.Process.Signal(syscall.SIGQUIT)
	select {
	case <-c.done:
	case <-time.After(6 * time.Second):
		_ = c.cmd.Process.Kill()
		<-c.done
	}
	return fmt.Errorf("stop PostgreSQL cleanly: %w", ctx.Err())
}

// alive says whether a process exists, also one of another user.
func alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
