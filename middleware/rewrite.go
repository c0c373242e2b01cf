package middleware

import (
	"net"
	"net/url"

	"github.com/gofiber/fiber/v2"
)

// rewrite gives the router the internal path. c.OriginalURL stays what was sent. Fiber goes on in the routes of
// the new path with the same position: that is right as long as the stack is the first thing the app uses,
// since routes for every path come first in each of its trees. RestartRouting would run the stack twice.
func rewrite(c *fiber.Ctx) error {
	c.Path(arrivalOf(c).target.Path)
	return c.Next()
}

// movedTo redirects for good, with the query. Other methods than GET keep theirs (RFC 9110, section 15.4.9).
func movedTo(c *fiber.Ctx, location string) error {
	if query := c.Context().URI().QueryString(); len(query) > 0 {
		location += "?" + string(query)
	}
	status := fiber.StatusPermanentRedirect
	if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead {
		status = fiber.StatusMovedPermanently
	}
	return c.Redirect(location, status)
}

func escapePath(path string) string { return (&url.URL{Path: path}).EscapedPath() }

// platformHost is the platform's host with the port of the request.
func platformHost(a *arrival) string {
	if _, port, err := net.SplitHostPort(a.Host); err == nil {
		return a.PlatformHost + ":" + port
	}
	return a.PlatformHost
}

func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}
