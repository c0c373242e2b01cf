package middleware

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"orion/model/fault"
)

const (
	closedFor      = time.Hour       // when to look again at a suspended shop
	unavailableFor = 5 * time.Second // when to try again what did not answer in time
)

// classify finds the status and kind of an error. What it does not know is a fault of ours.
func classify(err error) answer {
	if errors.Is(err, errUnknownHost) {
		return answer{status: http.StatusNotFound, kind: KindUnknownHost}
	}
	if _, ok := errors.AsType[*fault.Invalid](err); ok {
		return answer{status: http.StatusUnprocessableEntity, kind: KindInvalid}
	}
	if many, ok := errors.AsType[*fault.TooMany](err); ok {
		return answer{status: http.StatusTooManyRequests, kind: KindTooMany, retryAfter: max(many.RetryAfter, time.Second)}
	}
	if kind, ok := errors.AsType[fault.Kind](err); ok {
		return ofKind(kind)
	}
	if routing, ok := errors.AsType[*fiber.Error](err); ok {
		return ofStatus(routing.Code)
	}
	if kind, ok := ofDatabase(err); ok {
		return ofKind(kind)
	}
	return answer{status: http.StatusInternalServerError, kind: KindOurs}
}

func ofKind(kind fault.Kind) answer {
	a := answer{status: http.StatusInternalServerError, kind: string(kind)}
	switch kind {
	case fault.Malformed:
		a.status = http.StatusBadRequest
	case fault.Unauthenticated:
		a.status = http.StatusUnauthorized
	case fault.Forbidden:
		a.status = http.StatusForbidden
	case fault.NotFound:
		a.status = http.StatusNotFound
	case fault.Conflict:
		a.status = http.StatusConflict
	case fault.Closed:
		a.status, a.retryAfter = http.StatusServiceUnavailable, closedFor
	case fault.Unavailable:
		a.status, a.retryAfter = http.StatusServiceUnavailable, unavailableFor
	}
	return a
}

// ofStatus is for the errors of Fiber: its router's, and those of reading a request.
func ofStatus(status int) answer {
	switch status {
	case http.StatusForbidden:
		return ofKind(fault.Forbidden)
	case http.StatusNotFound:
		return ofKind(fault.NotFound)
	case http.StatusServiceUnavailable:
		return ofKind(fault.Unavailable)
	case http.StatusMethodNotAllowed:
		return answer{status: status, kind: KindMethod}
	case http.StatusRequestEntityTooLarge, http.StatusRequestHeaderFieldsTooLarge:
		return answer{status: status, kind: KindTooLarge}
	case http.StatusUnsupportedMediaType:
		return answer{status: status, kind: KindMediaType}
	case http.StatusBadGateway:
		// Fiber's name for a connection that broke while the request was read.
		return ofKind(fault.Malformed)
	}
	if status >= 400 && status < 500 {
		return answer{status: status, kind: string(fault.Malformed)}
	}
	return answer{status: http.StatusInternalServerError, kind: KindOurs}
}

// ofDatabase knows errors of PostgreSQL that are not our mistake, by their code (PostgreSQL manual, appendix A),
// and time running out.
func ofDatabase(err error) (fault.Kind, bool) {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return fault.Unavailable, true
	}
	if state, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err); ok {
		code := state.SQLState()
		switch {
		case code == "22021", code == "22P05": // text that the database cannot hold
			return fault.Malformed, true
		case code == "57014", strings.HasPrefix(code, "57P"), // timed out, shutting down
			strings.HasPrefix(code, "53"), strings.HasPrefix(code, "08"): // out of resources, connection lost
			return fault.Unavailable, true
		}
		return "", false
	}
	if _, ok := errors.AsType[*net.OpError](err); ok {
		return fault.Unavailable, true
	}
	return "", false
}

// statusText is a status for people.
func statusText(status int) string {
	if status == http.StatusInternalServerError {
		return "Something went wrong on our side"
	}
	return http.StatusText(status)
}
