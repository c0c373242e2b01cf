package handlers

import (
	"log/slog"
	"strconv"

	"orion/model/vendor"
	"orion/views"
)

// The channels on which the database says what changed; the payload is the vendor's id
// (migrations/20261123000004_signals.up.sql).
const (
	vendorChannel  = "orion_vendor"  // who the vendor is, how it is reached and how it sells
	themeChannel   = "orion_theme"   // how its shop looks
	catalogChannel = "orion_catalog" // what it sells
)

// Caches is what a process keeps in memory of the database. Connect it to postgres.Listen: Channels, Signal, and
// Trust when the listening begins and ends.
type Caches struct {
	Directory *vendor.Directory
	Views     *views.Renderer
	Log       *slog.Logger
}

// Channels are those that Signal knows.
func (Caches) Channels() []string { return []string{vendorChannel, themeChannel, catalogChannel} }

// Trust says whether the signals are heard. Until they are, each request reads the database.
func (c Caches) Trust(heard bool) {
	c.Directory.Trust(heard)
	c.Views.Epochs.Trust(heard)
}

// Signal forgets what a vendor's change made old.
func (c Caches) Signal(channel, payload string) {
	id, err := strconv.ParseInt(payload, 10, 64)
	if err != nil {
		c.Log.Warn("A signal of the database names no vendor", "channel", channel, "payload", payload)
		return
	}
	switch channel {
	case vendorChannel:
		c.Directory.Invalidate(id)
		c.Views.Epochs.BumpCatalog(id)
	case themeChannel:
		c.Directory.Invalidate(id)
		c.Views.InvalidateTheme(id)
	case catalogChannel:
		c.Views.Epochs.BumpCatalog(id)
	}
}
