package account

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"orion/model/fault"
)

func TestNoMorePasswordsAtOnceThanWorkers(t *testing.T) {
	t.Parallel()
	const workers = 3
	h, err := newHasher(4, workers)
	if err != nil {
		t.Fatal(err)
	}
	var running, most, done atomic.Int64
	full := make(chan struct{})
	var wait sync.WaitGroup
	for range 50 {
		wait.Go(func() {
			err := h.turn(t.Context(), func() {
				now := running.Add(1)
				for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
				}
				if now == workers && done.Load() == 0 {
					close(full)
				}
				<-full // all the workers have to be at it before the first ends
				done.Add(1)
				running.Add(-1)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if most.Load() != workers || done.Load() != 50 {
		t.Errorf("%d were hashed, at most %d at once; want 50, at most %d", done.Load(), most.Load(), workers)
	}
}

func TestWhoWaitsTooLongIsSentAway(t *testing.T) {
	t.Parallel()
	h, err := newHasher(4, 1)
	if err != nil {
		t.Fatal(err)
	}
	taken, free := make(chan struct{}), make(chan struct{})
	go func() {
		_ = h.turn(context.Background(), func() { close(taken); <-free })
	}()
	<-taken
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.hash(ctx, "correct horse battery"); !errors.Is(err, fault.Unavailable) {
		t.Error(err)
	}
	if _, err := h.matches(ctx, "", "correct horse battery"); !errors.Is(err, fault.Unavailable) {
		t.Error(err)
	}
	close(free)
	if _, err := h.hash(t.Context(), "correct horse battery"); err != nil {
		t.Error(err)
	}
}

func TestAHasherNeedsWorkersAndACost(t *testing.T) {
	t.Parallel()
	if _, err := newHasher(4, 0); err == nil {
		t.Error("nobody hashes")
	}
	if _, err := newHasher(40, 1); err == nil {
		t.Error("a hash of cost 40 would take days")
	}
}

// BenchmarkSignInHash is what a sign-in costs at the least cost that the configuration takes in production.
func BenchmarkSignInHash(b *testing.B) {
	h, err := newHasher(12, 2)
	if err != nil {
		b.Fatal(err)
	}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if right, err := h.matches(b.Context(), "", "correct horse battery"); err != nil || right {
				b.Errorf("%v, %v", right, err)
			}
		}
	})
}
