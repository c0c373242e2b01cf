package middleware

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"math"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/model/fault"
	"orion/views"
)

// Renderer writes the page or, where views.WantsFragment, the toast for an error. The status is set already.
// kind is one of the Kind constants here or a fault.Kind; fault.Message(err) is what err has to say to the
// person, and nothing else of err may be shown.
type Renderer func(c *fiber.Ctx, status int, kind string, err error) error

// The kinds of errors that are not a fault.Kind.
const (
	KindUnknownHost = "unknown-host" // 404 on a host that is nobody's: there is no shop and no platform to link to
	KindMethod      = "method"       // 405
	KindTooLarge    = "too-large"    // 413
	KindMediaType   = "media-type"   // 415
	KindInvalid     = "invalid"      // 422
	KindTooMany     = "too-many"     // 429
	KindOurs        = "error"        // 500
)

// Where htmx puts the toast that an error becomes: in this element, which every layout has, in place of an earlier one.
const (
	ToastTarget = "#toasts"
	toastSwap   = "innerHTML"
)

// errorTime bounds how long the page of an error may ask the database.
const errorTime = time.Second

// Errors makes the app's ErrorHandler: every error becomes a status and a page, a toast for htmx, or
// problem+json under /api. Faults of ours (5xx) are logged, once, with the request's id.
func Errors(logger *slog.Logger, render Renderer) fiber.ErrorHandler {
	return func(c *fiber.Ctx, err error) error {
		site := views.SiteFrom(c)
		if site.RequestID == "" {
			// The server could not read the request, so no middleware ran.
			secure(c)
			site.RequestID = rand.Text()
			c.Set(fiber.HeaderXRequestID, site.RequestID)
			views.SetSite(c, site)
		}
		answer := classify(err)
		if answer.status >= fiber.StatusInternalServerError && answer.kind != string(fault.Closed) {
			report(c, logger, site, err)
		}
		prepare(c, answer)
		if site.Audience == views.AudienceAPI {
			return sendProblem(c, answer, err)
		}
		if views.WantsFragment(c) {
			c.Set("HX-Retarget", ToastTarget)
			c.Set("HX-Reswap", toastSwap)
			c.Set("HX-Push-Url", "false")
		}
		c.Vary("HX-Request", "HX-Request-Type")
		// The request's own time is over; the page that says what happened needs a little more.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), errorTime)
		defer cancel()
		c.SetUserContext(ctx)
		if failed := try(render, c, answer, err); failed != nil {
			report(c, logger, site, fmt.Errorf("render the error page: %w", failed))
			return plain(c, answer.status, site.RequestID)
		}
		return nil
	}
}

// prepare sets the status and takes back what the handler had said about an answer that is not coming.
func prepare(c *fiber.Ctx, a answer) {
	response := c.Response()
	for _, name := range []string{fiber.HeaderETag, fiber.HeaderLastModified, fiber.HeaderContentEncoding,
		fiber.HeaderContentDisposition, fiber.HeaderLocation} {
		response.Header.Del(name)
	}
	response.ResetBody()
	c.Set(fiber.HeaderCacheControl, "no-store")
	if a.retryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(a.retryAfter.Seconds()))))
	}
	c.Status(a.status)
}

// report logs a fault of ours. The path is the one without the query, which may hold a signature.
func report(c *fiber.Ctx, logger *slog.Logger, site *views.Site, err error) {
	attrs := []slog.Attr{
		slog.String("request_id", site.RequestID),
		slog.String("method", c.Method()),
		slog.String("path", c.Path()),
		slog.String("error", err.Error()),
	}
	if site.Shop != nil {
		attrs = append(attrs, slog.String("vendor", site.Shop.Slug))
	}
	if stack := stackOf(err); stack != nil {
		attrs = append(attrs, slog.String("stack", string(stack)))
	}
	logger.LogAttrs(c.UserContext(), slog.LevelError, "request failed", attrs...)
}

// try renders, and turns a panic of the renderer into an error: nothing else would catch it here.
func try(render Renderer, c *fiber.Ctx, a answer, cause error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = newPanicked(value)
		}
	}()
	return render(c, a.status, a.kind, cause)
}

// plain is the answer where even the error page fails.
func plain(c *fiber.Ctx, status int, requestID string) error {
	c.Response().ResetBody()
	c.Status(status).Type("txt", "utf-8")
	return c.SendString(statusText(status) + ".\nIf it goes on, tell us this number: " + requestID + "\n")
}

// answer is how an error is answered.
type answer struct {
	status     int
	kind       string
	retryAfter time.Duration // 0: not said
}
