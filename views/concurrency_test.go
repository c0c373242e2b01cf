package views_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"

	"orion/views"
)

// Pages, fragments and reloads at once: Fiber's own engine mixes these up (docs/architecture.md).
func TestRendersAndReloadsAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]string{
		"views/shop/a.html": `page a {{template "partials/shop/x" .}}`, "views/shop/b.html": `page b {{template "partials/shop/x" .}}`,
		"partials/shop/x.html": "x{{.}}", "partials/shop/y.html": "y{{.}}",
	}, nil)
	s.app.Get("/page/:name", func(c *fiber.Ctx) error { return s.views.Page(c, 200, "shop/"+c.Params("name"), c.Params("name")) })
	s.app.Get("/fragment/:name", func(c *fiber.Ctx) error {
		return s.views.Fragments(c, 200, views.Part{Name: "shop/" + c.Params("name"), Model: 1}, views.Part{Name: "shop/x", Model: 2})
	})
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for i := range 40 {
				if worker == 0 {
					s.write("partials/shop/y.html", fmt.Sprintf("y{{.}}%s", strings.Repeat(" ", i)))
				}
				for path, want := range map[string]string{
					"/page/a": "<html>page a xa</html>", "/page/b": "<html>page b xb</html>", "/fragment/x": "x1x2",
				} {
					response, err := s.app.Test(httptest.NewRequest("GET", path, nil), -1)
					if err != nil {
						t.Error(err)
						return
					}
					if got := read(t, response); got != want {
						t.Errorf("%s: got %q, want %q", path, got, want)
					}
				}
			}
		})
	}
	all.Wait()
}
