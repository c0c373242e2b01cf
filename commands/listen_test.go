package commands

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/config"
)

// TestStopFinishesRequests stops a server while a request is under way and another connection idles.
func TestStopFinishesRequests(t *testing.T) {
	t.Parallel()
	entered, leave := make(chan struct{}), make(chan struct{})
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/quick", func(c *fiber.Ctx) error { return c.SendString("quick") })
	app.Get("/slow", func(c *fiber.Ctx) error {
		close(entered)
		<-leave
		return c.SendString("done")
	})
	listener, err := listen(t.Context(), &config.Config{Bind: "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	stopped := make(chan error)
	go func() { stopped <- serveUntil(ctx, slog.New(slog.DiscardHandler), app, listener, 30*time.Second) }()

	address := "http://" + listener.Addr().String()
	if body, err := get(t, address+"/quick"); err != nil || body != "quick" {
		t.Fatal(body, err)
	}
	slow := make(chan string)
	go func() {
		body, err := get(t, address+"/slow")
		if err != nil {
			body = err.Error()
		}
		slow <- body
	}()
	<-entered
	stop()
	waitUntilClosed(t, listener.Addr().String())
	close(leave)
	if body := <-slow; body != "done" {
		t.Errorf("the request under way got %q", body)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

// TestStopLosesPatience stops a server whose request never ends.
func TestStopLosesPatience(t *testing.T) {
	t.Parallel()
	entered, leave := make(chan struct{}), make(chan struct{})
	defer close(leave)
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/", func(*fiber.Ctx) error {
		close(entered)
		<-leave
		return errors.New("too late")
	})
	listener, err := listen(t.Context(), &config.Config{Bind: "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		_, _ = get(t, "http://"+listener.Addr().String())
	}()
	var logged strings.Builder
	go func() {
		<-entered
		stop()
	}()
	if err := serveUntil(ctx, slog.New(slog.NewTextHandler(&logged, nil)), app, listener, 50*time.Millisecond); err != nil {
		t.Error(err)
	}
	if !strings.Contains(logged.String(), "Stopped with requests under way") {
		t.Errorf("logged %q", logged.String())
	}
}

func TestTakenPortIsExplained(t *testing.T) {
	t.Parallel()
	taken, err := listen(t.Context(), &config.Config{Bind: "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	if _, err = listen(t.Context(), &config.Config{Bind: "127.0.0.1", Port: port}); err == nil || !strings.Contains(err.Error(), "set PORT") {
		t.Errorf("got %v", err)
	}
}

func get(t *testing.T, url string) (string, error) {
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return string(body), err
}

// waitUntilClosed waits until nobody listens at the address.
func waitUntilClosed(t *testing.T, address string) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return
		}
		conn.Close()
		if time.Now().After(deadline) {
			t.Fatal("the server still takes connections")
		}
	}
}
