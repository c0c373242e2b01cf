#!/bin/sh
# Sees to it that there is a Chromium for the browser tests: the one ORION_CHROMIUM names, or one of the usual places that
# tests/browser/playwright.config.js knows. Root on Debian or Ubuntu gets it installed; others are told how to get it.
set -eu

present() {
  for path in "${ORION_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    [ -n "$path" ] && [ -x "$path" ] && return 0
  done
  return 1
}

if [ -n "${ORION_CHROMIUM:-}" ] && [ ! -x "$ORION_CHROMIUM" ]; then
  echo "ORION_CHROMIUM=$ORION_CHROMIUM is not a program." >&2
  exit 1
fi
present && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo 'No Chromium found; installing it.'
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null
  apt-get install -y -qq chromium </dev/null
  present && exit 0
fi
cat >&2 <<'END'
The browser tests need Chromium, and there is none. Get it, then run `make test` again:
  Debian:  sudo apt-get install chromium
  Fedora:  sudo dnf install chromium
  macOS:   brew install --cask google-chrome
or name the program of one you have in ORION_CHROMIUM.
END
exit 1
