// Package migrations holds the database schema as numbered SQL files, embedded in the binary.
package migrations

import "embed"

// Files are the migrations, named NUMBER_name.up.sql; each runs in one transaction, in the order of its number.
//
//go:embed *.sql
var Files embed.FS
