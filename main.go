// Orion hosts many vendors' shops on one platform. `orion --help` lists what it does.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"orion/commands"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	// A second signal ends the process at once.
	context.AfterFunc(ctx, stop)
	os.Exit(commands.Run(ctx, commands.Process{
		Arguments: os.Args, Environment: os.Environ(), Stdout: os.Stdout, Stderr: os.Stderr,
	}))
}
