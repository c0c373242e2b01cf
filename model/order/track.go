package order

import (
	"slices"
	"time"
)

// State of a stage on an order's way.
const (
	StageDone    = "done"
	StageCurrent = "current"
	StageTodo    = "todo"
	StageStopped = "stopped" // the order went no further: it was cancelled, returned or refunded
)

// Stage is a stop on an order's way, as the tracking page draws it.
type Stage struct {
	Status string
	At     time.Time // when it was reached; zero where it was not
	State  string
}

// way is how an order goes where nothing comes between.
var way = [...]string{Pending, Confirmed, Processing, Shipped, Delivered}

// Timeline is the order's way: what it has passed, where it is, and what is to come. An order that was stopped shows
// how far it came and then what stopped it.
func (o *Order) Timeline() []Stage {
	reached := map[string]time.Time{}
	for _, event := range o.History {
		if _, has := reached[event.Status]; !has {
			reached[event.Status] = event.At
		}
	}
	if place := slices.Index(way[:], o.Status); place >= 0 {
		return along(place, reached)
	}
	var stages []Stage
	for _, status := range way {
		if at, has := reached[status]; has {
			stages = append(stages, Stage{Status: status, At: at, State: StageDone})
		}
	}
	last := Stage{Status: o.Status, At: reached[o.Status], State: StageStopped}
	if o.Status == OnHold {
		last.State = StageCurrent
	}
	return append(stages, last)
}

func along(place int, reached map[string]time.Time) []Stage {
	var stages []Stage
	for i, status := range way {
		stage := Stage{Status: status, State: StageTodo}
		switch {
		case i < place:
			stage.State, stage.At = StageDone, reached[status]
		case i == place:
			stage.State, stage.At = StageCurrent, reached[status]
			if status == Delivered {
				stage.State = StageDone
			}
		}
		stages = append(stages, stage)
	}
	return stages
}

// PublicHistory is the part of the history that the buyer may see, oldest first.
func (o *Order) PublicHistory() []Event {
	var public []Event
	for _, event := range o.History {
		if event.IsPublic {
			public = append(public, event)
		}
	}
	return public
}
