package main

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// request prepares the n-th request of a scenario; false ends the load early, when there is nothing left to send.
type request func(n int, req *fasthttp.Request) bool

// answer looks at the response of the n-th request.
type answer func(n int, res *fasthttp.Response) error

// load is how hard to push.
type load struct {
	addr        string
	connections int
	length      time.Duration
}

// result is what a load came to.
type result struct {
	requests int
	seconds  float64
	p50, p99 time.Duration
	dbShare  float64 // of the server's own time, by its Server-Timing header; 0 to 1
	bytes    int     // of the last response's body
}

func (r result) perSecond() float64 { return float64(r.requests) / r.seconds }

// sample is what one connection saw.
type sample struct {
	times          []time.Duration
	server, inBase float64
	bytes          int
	err            error
}

// run sends requests over each connection, one after the other, until the time is up or there are none left.
func (l load) run(next request, check answer) (result, error) {
	client := &fasthttp.HostClient{Addr: l.addr, MaxConns: l.connections, DisablePathNormalizing: true, ReadTimeout: 30 * time.Second}
	defer client.CloseIdleConnections()
	samples := make([]sample, l.connections)
	var counter sequence
	start := time.Now()
	var group sync.WaitGroup
	for i := range samples {
		group.Go(func() { samples[i] = l.connection(client, start, &counter, next, check) })
	}
	group.Wait()
	return sum(samples, time.Since(start))
}

func (l load) connection(client *fasthttp.HostClient, start time.Time, counter *sequence, next request, check answer) sample {
	var s sample
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	for time.Since(start) < l.length {
		n := counter.next()
		req.Reset()
		if !next(n, req) {
			break
		}
		began := time.Now()
		if s.err = client.Do(req, res); s.err != nil {
			break
		}
		s.times = append(s.times, time.Since(began))
		s.bytes = len(res.Body())
		total, db := serverTiming(res.Header.Peek("Server-Timing"))
		s.server, s.inBase = s.server+total, s.inBase+db
		if s.err = check(n, res); s.err != nil {
			break
		}
	}
	return s
}

func sum(samples []sample, took time.Duration) (result, error) {
	var all []time.Duration
	var server, inBase float64
	res := result{seconds: took.Seconds()}
	for _, s := range samples {
		if s.err != nil {
			return res, s.err
		}
		all = append(all, s.times...)
		server, inBase = server+s.server, inBase+s.inBase
		res.bytes = max(res.bytes, s.bytes)
	}
	if len(all) == 0 {
		return res, fmt.Errorf("no request was sent")
	}
	slices.Sort(all)
	res.requests = len(all)
	res.p50, res.p99 = all[len(all)/2], all[len(all)*99/100]
	if server > 0 {
		res.dbShare = inBase / server
	}
	return res, nil
}

// serverTiming reads the milliseconds of "app" and "db" from a Server-Timing header.
func serverTiming(header []byte) (total, db float64) {
	for entry := range bytes.SplitSeq(header, []byte(",")) {
		name, rest, _ := bytes.Cut(bytes.TrimSpace(entry), []byte(";"))
		_, dur, found := bytes.Cut(rest, []byte("dur="))
		if !found {
			continue
		}
		dur, _, _ = bytes.Cut(dur, []byte(";"))
		ms, err := strconv.ParseFloat(string(dur), 64)
		if err != nil {
			continue
		}
		switch string(name) {
		case "app":
			total = ms
		case "db":
			db = ms
		}
	}
	return total, db
}

// sequence counts from 0, for everybody.
type sequence struct {
	mu sync.Mutex
	n  int
}

func (s *sequence) next() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return s.n - 1
}

// status checks that the answer is the expected one.
func status(want int) answer {
	return func(_ int, res *fasthttp.Response) error {
		if got := res.StatusCode(); got != want {
			return fmt.Errorf("answered %d, not %d: %.300s", got, want, res.Body())
		}
		return nil
	}
}
