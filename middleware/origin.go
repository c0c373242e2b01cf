package middleware

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"orion/model/fault"
)

// origin refuses changes that another site's page asks for, by the rule of Go's http.CrossOriginProtection:
// Sec-Fetch-Site, else Origin against the host. Another shop's subdomain is the same site and another origin, so
// it is refused too. No page needs a token.
func (s *stack) origin(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return c.Next()
	}
	request := &http.Request{Method: c.Method(), Host: arrivalOf(c).Host, Header: http.Header{}}
	for _, name := range []string{"Sec-Fetch-Site", fiber.HeaderOrigin} {
		if value := c.Get(name); value != "" {
			request.Header.Set(name, value)
		}
	}
	if err := s.crossOrigin.Check(request); err != nil {
		return &fault.Error{Kind: fault.Forbidden, Cause: err,
			Message: "This request came from another website. Open the page here and try again."}
	}
	return c.Next()
}
