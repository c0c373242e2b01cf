# Everything that is done with this project, by name. `make help` lists it.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run dev build assets test test-go test-browser bench lint clean

# Tools have a go.mod of their own, so that the program's stays small.
TOOL := go tool -modfile=tools/go.mod

# The Go tool stamps the commit into the program; where Git does not answer (no Git, a folder of another user), it would fail.
VCS := $(shell git rev-parse HEAD >/dev/null 2>&1 || echo -buildvcs=false)

# npm writes this file at the end of an install.
MODULES := node_modules/.package-lock.json
MANIFEST := assets/dist/manifest.json

# Folders whose files end up in the program or its tests, without what is made from them.
SOURCE_FOLDERS := $(wildcard assets cache commands config demo handlers mail middleware migrations model partials postgres themes views)
SOURCES := go.mod go.sum main.go $(shell find $(SOURCE_FOLDERS) -path assets/dist -prune -o -type f ! -name '*_test.go' ! -name '.*' -print)
STYLED := $(filter assets/% views/% partials/% themes/%,$(SOURCES)) $(wildcard tailwind.config.js)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: orion ## build what has changed and serve on http://localhost:8080
	@exec ./orion serve

dev: $(MANIFEST) ## serve, rebuild and reload on save
	@scripts/dev.sh

build: orion ## build ./orion

orion: $(SOURCES) $(MANIFEST)
	go build $(VCS) -o $@ .

assets: $(MANIFEST) ## build CSS, JavaScript, icons and pictures into assets/dist

$(MANIFEST): $(MODULES) $(STYLED)
	node assets/build.mjs
	@touch $@

$(MODULES): package.json package-lock.json scripts/link-postgres.mjs
	npm ci --no-audit --no-fund
	node scripts/link-postgres.mjs
	@touch $@

test: test-go test-browser ## run every test: Go on a real PostgreSQL, browser tests in a real Chromium

test-go: $(MANIFEST) ## run the Go tests
	go test ./...

test-browser: orion ## run the browser tests
	scripts/chromium.sh
	npx --no-install playwright test -c tests/browser/playwright.config.js

bench: orion ## measure requests per second on a synthetic platform (FLAGS='-vendors 100')
	go run ./tests/bench $(FLAGS)

lint: $(MANIFEST) ## check the form of Go and JavaScript
	$(TOOL) golangci-lint run
	npx --no-install eslint .

clean: ## delete what was built; the data in var/ stays
	rm -rf orion assets/dist/* node_modules
