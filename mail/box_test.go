package mail_test

import (
	"strconv"
	"testing"

	"orion/mail"
	"orion/mail/mailtest"
)

func TestBoxKeepsTheLast(t *testing.T) {
	t.Parallel()
	box := mail.NewBox()
	for i := range 250 {
		if err := box.Send(t.Context(), mail.Message{To: "ada@x.test", Subject: strconv.Itoa(i + 1)}); err != nil {
			t.Fatal(err)
		}
	}
	list := box.List()
	if len(list) != 200 || list[0].Subject != "250" || list[199].Subject != "51" {
		t.Fatalf("%d are kept, from %q to %q", len(list), list[0].Subject, list[len(list)-1].Subject)
	}
	if kept, ok := box.Find(51); !ok || kept.Subject != "51" || kept.Sent.IsZero() {
		t.Errorf("Find(51) = %+v, %v", kept, ok)
	}
	if _, ok := box.Find(50); ok {
		t.Error("the 50th is still there")
	}
}

func TestABoxKeepsWhatWasSent(t *testing.T) {
	t.Parallel()
	box := mail.NewBox()
	server := mailtest.Start(t, mailtest.Options{Receive: func(to string) error {
		if to == "nobody@x.test" {
			return mailtest.Refuse(550, "no such mailbox")
		}
		return nil
	}})
	both := box.Also(sender(t, server))
	m := message()
	if err := both.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	m.To = "nobody@x.test"
	if err := both.Send(t.Context(), m); err == nil {
		t.Error("a refused message was sent")
	}
	if <-server.Messages; len(box.List()) != 1 {
		t.Errorf("%d are kept, want 1", len(box.List()))
	}
}
