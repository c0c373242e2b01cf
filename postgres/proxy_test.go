package postgres_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// proxy stands between Orion and the server, and can spoil the statement that sets a connection's vendor.
type proxy struct {
	url     string
	spoil   atomic.Bool   // turn the SET into a syntax error
	stall   atomic.Bool   // keep the SET back, and with it everything after it
	stalled chan struct{} // told when a SET is kept back
	hangUp  chan struct{} // closed to end the connections whose SET is kept back
}

var settingVendor = []byte("SET app.vendor_id")

// newProxy listens on a Unix socket and forwards to the server of serverURL.
func newProxy(t *testing.T, serverURL string) *proxy {
	t.Helper()
	config, err := pgx.ParseConfig(serverURL)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp("/tmp", "orion") // t.TempDir may be too long for a socket's path
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	listener, err := net.Listen("unix", filepath.Join(folder, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })

	p := &proxy{stalled: make(chan struct{}, 100), hangUp: make(chan struct{})}
	query := url.Values{"host": {folder}, "port": {"5432"}, "user": {config.User}, "sslmode": {"disable"}}
	p.url = "postgres:///" + config.Database + "?" + query.Encode()
	network, address := pgconn.NetworkAddress(config.Host, config.Port)
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go p.forward(client, network, address)
		}
	}()
	return p
}

func (p *proxy) forward(client net.Conn, network, address string) {
	defer client.Close()
	server, err := new(net.Dialer).DialContext(context.Background(), network, address)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		io.Copy(client, server)
		client.Close()
	}()
	buffer := make([]byte, 1<<16)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		message := buffer[:n]
		if bytes.Contains(message, settingVendor) {
			if p.stall.Load() {
				p.stalled <- struct{}{}
				<-p.hangUp
				return
			}
			if p.spoil.Load() {
				message = bytes.Replace(message, []byte("SET"), []byte("TES"), 1)
			}
		}
		if _, err := server.Write(message); err != nil {
			return
		}
	}
}
