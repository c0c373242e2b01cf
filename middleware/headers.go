package middleware

import "github.com/gofiber/fiber/v2"

// contentSecurityPolicy allows what our own host serves and nothing inline. Theme values come by a stylesheet.
const contentSecurityPolicy = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; " +
	"object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

// hsts asks browsers for HTTPS only, for a year (RFC 6797). It leaves subdomains out: on a custom domain they are
// not ours to speak for.
const hsts = "max-age=31536000"

// headers sets the security headers of every answer, before anything can fail.
func (s *stack) headers(c *fiber.Ctx) error {
	secure(c)
	if arrivalOf(c).Secure {
		c.Set("Cross-Origin-Opener-Policy", "same-origin") // browsers ignore it over plain HTTP, and complain
		if s.Production {
			c.Set(fiber.HeaderStrictTransportSecurity, hsts)
		}
	}
	return c.Next()
}

// secure sets what does not depend on the request. Referrer-Policy keeps the signed links of orders from other
// hosts.
func secure(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, contentSecurityPolicy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set(fiber.HeaderPermissionsPolicy, "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()")
}
