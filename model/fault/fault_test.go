package fault_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"orion/model/fault"
)

func TestKindsAreRecognisedThroughWrapping(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{
		"plain":   fault.NotFound,
		"wrapped": fmt.Errorf("product: %w", fault.NotFound),
		"message": fmt.Errorf("product: %w", fault.NotFound.With("There is no product %q.", "mug")),
		"cause":   fault.NotFound.Because(context.DeadlineExceeded),
	} {
		if !errors.Is(err, fault.NotFound) || errors.Is(err, fault.Conflict) {
			t.Errorf("%s: %v is not only fault.NotFound", name, err)
		}
	}
	if !errors.Is(fault.Unavailable.Because(context.DeadlineExceeded), context.DeadlineExceeded) {
		t.Error("the cause is lost")
	}
}

func TestMessageIsForPeople(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("read: %w", fault.NotFound.With("There is no product %q.", "mug")), `There is no product "mug".`},
		{fault.Unavailable.Because(errors.New("password=secret")), ""},
		{fmt.Errorf("cart: %w", fault.Refuse("The cart is empty.")), "The cart is empty."},
		{errors.New("pq: password=secret"), ""},
	} {
		if got := fault.Message(tt.err); got != tt.want {
			t.Errorf("Message(%v) = %q, want %q", tt.err, got, tt.want)
		}
	}
}

func TestInvalidNamesItsFieldsInOrder(t *testing.T) {
	t.Parallel()
	err := fault.Fields(map[string]string{"name": "Enter your name.", "email": "Enter an e-mail address."})
	if got := err.Error(); got != "invalid email, name" {
		t.Errorf("got %q", got)
	}
	if fault.Fields(nil) != nil {
		t.Error("no messages are an error")
	}
}
