// Package themes holds the theme packs: a folder each with theme.json, the templates it overrides and assets/theme.css.
// docs/theming.md says what may stand in them.
package themes

import "embed"

// FS is the packs as built into the program: <name>/theme.json, <name>/views, <name>/partials, <name>/assets.
//
//go:embed */*
var FS embed.FS
