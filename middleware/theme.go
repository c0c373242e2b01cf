package middleware

import (
	"github.com/gofiber/fiber/v2"

	"orion/views"
)

// theme lets the renderer make the shop's look ready before the handler runs.
func (s *stack) theme(c *fiber.Ctx) error {
	a := arrivalOf(c)
	if s.Theme != nil && a.Audience == views.AudienceShop {
		if err := s.Theme(c, a.Shop); err != nil {
			return err
		}
	}
	return c.Next()
}
