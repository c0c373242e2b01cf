package views

import (
	"time"
	_ "time/tzdata" // for machines without time zones
)

// Moment writes a time in the shop's time zone, on the platform's own pages in UTC; "" for no time.
func (s *Site) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.Zone()).Format("2 January 2006, 15:04")
}

// Zone is the shop's time zone, on the platform's own pages UTC.
func (s *Site) Zone() *time.Location {
	if s.Shop != nil {
		if zone, err := time.LoadLocation(s.Shop.Settings.TimeZone); err == nil {
			return zone
		}
	}
	return time.UTC
}
