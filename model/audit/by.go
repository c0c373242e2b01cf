package audit

// By is who acts: the part of an Entry that a request knows, handed down to the verb that does the act.
type By struct {
	Kind      ActorKind
	Actor     string // as Entry.Actor
	RequestID string // as Entry.RequestID
}

// Entry is an act of this person, ready for Record.
func (b By) Entry(action, subject string, before, after any) Entry {
	return Entry{ActorKind: b.Kind, Actor: b.Actor, RequestID: b.RequestID,
		Action: action, Subject: subject, Before: before, After: after}
}
