package middleware

import (
	"context"

	"github.com/gofiber/fiber/v2"
)

// deadline bounds how long a request's queries may take. A client that goes away never cancels Fiber's
// UserContext, so without it a slow query would outlive its reader.
func (s *stack) deadline(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), s.Deadline)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}
