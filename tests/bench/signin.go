package main

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
)

// readers is how many connections read pages while others sign in: few, so that their times are those of the server and
// not of a queue.
const readers = 2

// signIns measures signing in, which has to be slow, and reading pages meanwhile, which must not be. Every try is of an account
// and an address of its own, so that none is held back; that there is no such account costs as much as if there were.
func (b *bench) signIns(ctx context.Context, orion *process, p platform) error {
	pages := b.on(orion)
	pages.connections = readers
	if _, err := pages.run(p.get(p.listing), status(http.StatusOK)); err != nil { // until nothing is new to anybody
		return fmt.Errorf("read pages: %w", err)
	}
	quiet, err := pages.run(p.get(p.listing), status(http.StatusOK))
	if err != nil {
		return fmt.Errorf("read pages: %w", err)
	}
	var reading atomic.Bool
	reading.Store(true)
	signing := b.on(orion)
	signing.length = time.Hour // until the reading is over
	type outcome struct {
		result result
		err    error
	}
	signed := make(chan outcome, 1)
	go func() {
		r, err := signing.run(func(n int, req *fasthttp.Request) bool {
			if !reading.Load() || ctx.Err() != nil {
				return false
			}
			form(req, p.host(n), "/account/sign-in", fmt.Sprintf("email=nobody%d%%40example.test&password=a+wrong+password", n))
			req.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255))
			return true
		}, refusedOrBusy)
		signed <- outcome{r, err}
	}()
	busy, err := pages.run(p.get(p.listing), status(http.StatusOK))
	reading.Store(false)
	other := <-signed
	if err != nil || other.err != nil {
		return fmt.Errorf("read pages while others sign in: %w, %w", err, other.err)
	}
	b.report.add("sign in", other.result, "slow on purpose: bcrypt")
	b.report.add("listing, meanwhile", busy, fmt.Sprintf("%3.0f%% of the same without anybody signing in (%.0f/s, p99 %s)",
		100*busy.perSecond()/quiet.perSecond(), quiet.perSecond(), round(quiet.p99)))
	return nil
}

// refusedOrBusy takes the answers to a wrong password: 422, or 503 where too many wait for their turn.
func refusedOrBusy(n int, res *fasthttp.Response) error {
	if res.StatusCode() == http.StatusServiceUnavailable {
		return nil
	}
	return status(http.StatusUnprocessableEntity)(n, res)
}
