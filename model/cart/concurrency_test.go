package cart_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"

	"orion/model/cart"
)

func TestTabsThatAddAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	many, few, first := s.sells("Many", 100, 1000), s.sells("Few", 100, 10), s.sells("First", 100, 1000)
	token, _ := s.add(uuid.Nil, first, 1)
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			for _, id := range []int64{many, few} {
				if same, _, err := cart.Add(s.ctx, s.db, token, id, 2); err != nil || same != token {
					t.Errorf("%v, %v", same, err)
				}
			}
			if _, err := cart.SetQuantity(s.ctx, s.db, token, first, 3); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	want := map[int64]int{many: 40, few: 10, first: 3}
	for _, line := range s.show(token).Lines {
		if line.Quantity != want[line.VariantID] {
			t.Errorf("%s: %d, want %d", line.ProductTitle, line.Quantity, want[line.VariantID])
		}
	}
}

func TestACartBegunInManyTabsIsOne(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	variant, token := s.sells("Yirga", 100, 1000), uuid.New()
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if same, _, err := cart.Add(s.ctx, s.db, token, variant, 1); err != nil || same != token {
				t.Errorf("%v, %v", same, err)
			}
		})
	}
	group.Wait()
	s.wantCount(token, 20)
}
