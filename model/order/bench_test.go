package order_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"orion/model/order"
)

// BenchmarkPlace places orders of two lines in one shop from as many buyers at once as there are processors.
func BenchmarkPlace(b *testing.B) {
	s := newShop(b)
	var variants []int64
	for i := range 50 {
		variants = append(variants, s.sells(fmt.Sprint("Product ", i), 1250, 1_000_000))
	}
	tokens := make([]uuid.UUID, b.N)
	for i := range tokens {
		tokens[i] = s.cartOf(1, variants[i%50], variants[(i+7)%50])
	}
	in := s.input(tokens[0])
	in.Seen = nil
	var next atomic.Int64
	b.SetParallelism(4)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := next.Add(1) - 1
			mine := in
			mine.CartToken = tokens[i]
			mine.Checkout.Email = fmt.Sprintf("buyer%d@example.com", i)
			if _, err := order.Place(s.ctx, s.db, mine); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
}
