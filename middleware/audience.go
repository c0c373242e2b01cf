package middleware

import (
	"github.com/gofiber/fiber/v2"

	"orion/model/tenant"
)

// audience gives the request's queries their scope: the shop's, where there is one. Elsewhere they have none and
// fail unless a handler asks for the platform's out loud (tenant.AsPlatform).
func audience(c *fiber.Ctx) error {
	if shop := arrivalOf(c).Shop; shop != nil {
		c.SetUserContext(tenant.With(c.UserContext(), shop.ID))
	}
	return c.Next()
}
