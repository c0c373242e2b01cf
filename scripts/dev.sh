#!/bin/sh
# Serves while you work: a template, a style or a script shows on the next request, Go code after the rebuild that a save
# starts. Ctrl-C ends all of it.
set -eu

node assets/build.mjs --watch &
watcher=$!
trap 'kill "$watcher" 2>/dev/null || true' EXIT
trap 'exit 0' INT TERM

export ORION_SOURCE_DIR="$PWD"
go tool -modfile=tools/go.mod air -c scripts/air.toml
