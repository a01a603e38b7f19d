# Two commands matter: `make run` and `make test`. Each installs what it needs.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

GO   ?= go
ADDR ?= 127.0.0.1:8080
# Long tests share two cores with a browser, a Redis and a MongoDB wire server.
TEST_FLAGS ?= -race -timeout 75m
DIST := web/static/dist

.PHONY: help run build gen test lint bench clean deps-web deps-test fresh

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 16

run: build ## build, then start the demo district on http://127.0.0.1:8080 with the WeChat simulator
	@JUSHOU_ADDR=$(ADDR) exec bin/jushou demo

fresh: ## forget the demo district's data, so that the next run makes it anew
	rm -rf data

build: gen ## bin/jushou
	$(GO) build -trimpath -o bin/jushou ./cmd/jushou

gen: deps-web ## pages and bundles that the build embeds
	$(GO) tool templ generate -path web -log-level warn
	@cd web/static && npm run --silent build

# The stamp lets a second `make run` start at once.
deps-web: web/static/node_modules/.stamp
web/static/node_modules/.stamp: web/static/package-lock.json
	@command -v npm >/dev/null || { echo 'make: Node.js with npm is needed (Debian: apt-get install nodejs npm)' >&2; exit 1; }
	cd web/static && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

deps-test: wechat/oracle/node_modules/.stamp internal/apptest/browser/node_modules/.stamp
	@.ci/debian chromium redis-server fonts-noto-cjk
%/node_modules/.stamp: %/package-lock.json
	cd $* && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

test: gen deps-test ## everything: race detector, real browser, real Redis, MongoDB wire, simulator
	$(GO) vet ./...
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$unformatted" ] || { echo "not gofmt-ed: $$unformatted" >&2; exit 1; }
	$(GO) tool gotestsum --format pkgname -- $(TEST_FLAGS) ./...

lint: gen ## vet and format
	$(GO) vet ./...
	gofmt -l $$(git ls-files '*.go')

bench: build ## measure numbers.md (BENCH_FLAGS=-full for the long form)
	$(GO) build -trimpath -o bin/jushou-bench ./cmd/jushou-bench
	bin/jushou-bench $(BENCH_FLAGS)

clean: ## what was built, not the data
	rm -rf bin $(DIST)/* web/static/node_modules wechat/oracle/node_modules internal/apptest/browser/node_modules
