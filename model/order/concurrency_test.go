package order_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"orion/model/order"
)

// atOnce places all orders at the same moment and counts those that were placed and those that were sold out.
func (s *shop) atOnce(inputs []order.PlaceInput) (placed []*order.Order, soldOut int, took time.Duration) {
	s.t.Helper()
	var (
		group sync.WaitGroup
		mutex sync.Mutex
		start = make(chan struct{})
	)
	for _, in := range inputs {
		group.Go(func() {
			<-start
			o, err := order.Place(s.ctx, s.db, in)
			mutex.Lock()
			defer mutex.Unlock()
			if _, changed := errors.AsType[*order.Changed](err); changed {
				soldOut++
			} else if err != nil {
				s.t.Errorf("somebody was failed: %v", err)
			} else {
				placed = append(placed, o)
			}
		})
	}
	began := time.Now()
	close(start)
	group.Wait()
	return placed, soldOut, time.Since(began)
}

func TestTenUnitsForTwentyFourBuyersOfTwo(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	variant := s.sells("Yirga", 1250, 10)
	var inputs []order.PlaceInput
	for i := range 24 {
		in := s.input(s.cartOf(2, variant))
		in.Checkout.Email = fmt.Sprintf("buyer%d@example.com", i)
		inputs = append(inputs, in)
	}
	placed, soldOut, took := s.atOnce(inputs)
	t.Logf("24 buyers took %v", took)
	if len(placed) != 5 || soldOut != 19 || s.left(variant) != 0 {
		t.Errorf("%d orders, %d sold out, %d left", len(placed), soldOut, s.left(variant))
	}
	s.wantOrders(5)
}

func TestBuyersOfTheSameThingsInAnotherOrder(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	one, two := s.sells("One", 100, 10), s.sells("Two", 100, 100)
	var inputs []order.PlaceInput
	for i := range 24 {
		variants := []int64{one, two}
		if i%2 == 1 {
			variants = []int64{two, one}
		}
		inputs = append(inputs, s.input(s.cartOf(1, variants...))) // all by the same e-mail address
	}
	placed, soldOut, took := s.atOnce(inputs)
	t.Logf("24 buyers took %v", took)
	if len(placed) != 10 || soldOut != 14 || s.left(one) != 0 || s.left(two) != 90 {
		t.Errorf("%d orders, %d sold out, left %d and %d", len(placed), soldOut, s.left(one), s.left(two))
	}
	s.wantOrders(10)
}

func TestTheSameCartTwentyTimesAtOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	variant := s.sells("Yirga", 1250, 2)
	in := s.input(s.cartOf(2, variant)) // the last ones, so that a second order would find none
	inputs := make([]order.PlaceInput, 20)
	for i := range inputs {
		inputs[i] = in
	}
	placed, soldOut, _ := s.atOnce(inputs)
	for _, o := range placed {
		if o.ID != placed[0].ID || len(o.Items) != 1 {
			t.Errorf("another order: %+v", o)
		}
	}
	if len(placed) != 20 || soldOut != 0 || s.left(variant) != 0 {
		t.Errorf("%d answers, %d sold out, %d left", len(placed), soldOut, s.left(variant))
	}
	s.wantOrders(1)
}
