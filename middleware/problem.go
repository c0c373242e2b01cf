package middleware

import (
	"encoding/json"
	"errors"

	"github.com/gofiber/fiber/v2"

	"orion/model/fault"
	"orion/views"
)

// problem is an error for programs (RFC 9457), with two members of ours: the request's id, and a message for each
// member of the input that is wrong.
type problem struct {
	Type      string            `json:"type"`
	Title     string            `json:"title"`
	Status    int               `json:"status"`
	Detail    string            `json:"detail,omitempty"`
	Kind      string            `json:"kind"`
	RequestID string            `json:"request_id"`
	Errors    map[string]string `json:"errors,omitempty"`
}

func sendProblem(c *fiber.Ctx, a answer, err error) error {
	p := problem{
		Type: "about:blank", Title: statusText(a.status), Status: a.status,
		Detail: fault.Message(err), Kind: a.kind, RequestID: views.SiteFrom(c).RequestID,
	}
	if invalid, ok := errors.AsType[*fault.Invalid](err); ok {
		p.Errors = invalid.Fields
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/problem+json")
	return c.Status(a.status).Send(body)
}
