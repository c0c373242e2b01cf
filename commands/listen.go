package commands

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/config"
)

// listen takes the port.
func listen(ctx context.Context, cfg *config.Config) (net.Listener, error) {
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", net.JoinHostPort(cfg.Bind, strconv.Itoa(cfg.Port)))
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("port %d is taken: stop the program that listens there, or set PORT", cfg.Port)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("port %d is not for ordinary users: set PORT to one above 1023", cfg.Port)
	case err != nil:
		return nil, fmt.Errorf("listen: %w", err)
	}
	return listener, nil
}

// serveUntil answers requests until ctx ends; then it takes no more and gives those under way some time to finish.
func serveUntil(ctx context.Context, log *slog.Logger, app *fiber.App, listener net.Listener, patience time.Duration) error {
	ended := make(chan error, 1)
	go func() { ended <- app.Listener(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	log.Info("Stopping: finishing the requests under way", "patience", patience)
	if err := app.ShutdownWithTimeout(patience); err != nil {
		log.Warn("Stopped with requests under way", "error", err)
	}
	return nil
}
