package middleware

import (
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/gofiber/fiber/v2"
)

// panicked is a panic as an error: the error handler logs it, with the stack, and answers 500. It does not
// unwrap to the panic's value, since a panic is a fault of ours whatever it says.
type panicked struct {
	value any
	stack []byte
}

func newPanicked(value any) *panicked { return &panicked{value: value, stack: debug.Stack()} }

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// recovery keeps a panic from ending the process.
func recovery(c *fiber.Ctx) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = newPanicked(value)
		}
	}()
	return c.Next()
}

// stackOf is where err panicked, or nil if it did not.
func stackOf(err error) []byte {
	if p, ok := errors.AsType[*panicked](err); ok {
		return p.stack
	}
	return nil
}
