# Bình Yên. `make` lists what can be done.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules

LISTEN ?= 127.0.0.1:8080
DATA ?=
ARGS ?=
IMAGE ?= binhyen:dev
REVISIONS ?=
ADVISORY_DB ?=
PROVINCES ?= 500
DRILLS ?= kills reports writes corruptions two_folders connects abuse memory
COMMUNES_AT_MOST ?= 100
LEAKY_PROVINCES ?= 50
MINUTES ?= 10
TARGETS ?=
WORDS ?=

INSTALL := tests/tools/install.sh
RETRY := tests/tools/retry.sh
PHASE := tests/tools/phase.sh
LINT := .cache/lint
CLIENTS := .cache/clients
TARGET_DIR := $(or $(CARGO_TARGET_DIR),target)
# A server that lets every site frame its map, as the tests of embedding need it.
FRAMED = python3 tests/clients/with_server.py --binary $(TARGET_DIR)/debug/binhyen --config tests/clients/framed.toml --
# Unit tests are many and short: optimising the library for them takes longer than it saves.
UNOPTIMISED := CARGO_PROFILE_DEV_OPT_LEVEL=0
# Property tests draw the same cases at every run, so that a change is judged by what it changed; the nightly run draws others.
export PROPTEST_RNG_SEED ?= 1
RUFF_RULES := --select B,E4,E7,E9,F --target-version py39
WEB_SOURCES := $(shell find web styles -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' \
    -not -path 'web/tests/*' -not -path 'web/test-results/*' 2>/dev/null)
SCRIPTS = $(shell find tests geodata benches -name '*.sh' -not -path '*/node_modules/*' 2>/dev/null) .ci/run

# A Node that had to be brought along lies here.
export PATH := $(CURDIR)/.cache/bin:$(PATH)
export CARGO_NET_RETRY ?= 5

##@ Use
.PHONY: run web api-types docker sbom sample help

run: web ## build all and serve the sample map, or DATA=folder (LISTEN=127.0.0.1:8080 ARGS=…)
	cargo build --release --locked
	$(TARGET_DIR)/release/binhyen serve $(if $(DATA),--data $(DATA)) --listen $(LISTEN) $(ARGS)

web: web/dist/index.html ## build the page, where its sources changed

api-types: web/node_modules/.package-lock.json ## write the OpenAPI document and the page's types of answers anew
	cargo run --locked -- openapi > web/src/api/generated/openapi.json
	npm --prefix web run api-types

docker: sbom ## build the container image, with its bill of materials inside (IMAGE=binhyen:dev)
	docker build --tag $(IMAGE) --build-context sbom=$(TARGET_DIR)/sbom \
	    --build-arg BINHYEN_BUILD_COMMIT=$$(git rev-parse --short=12 HEAD) .

sbom: web/node_modules/.package-lock.json ## write the bill of materials of program and page, CycloneDX, into target/sbom
	@$(INSTALL) cargo-cyclonedx
	tests/tools/sbom.py $(TARGET_DIR)/sbom

sample: ## make the sample in geodata anew
	geodata/build/build.sh

help: ## say this
	@awk 'BEGIN { FS = ":.*## " } /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	    /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ Check
.PHONY: deploy-check journeys test test-rust test-web test-clients lint lint-rust lint-web lint-scripts advisories docker-steps pictures budget shown shown-tiles audit-provinces bench bench-side bench-live drills simulate fuzz structure fmt

test: test-tools ## all tests: Rust, the page, real clients, a browser; installs what they need
	@$(PHASE) "page" $(MAKE) --no-print-directory web
	@$(MAKE) --no-print-directory test-rust
	@$(PHASE) "page tests" $(MAKE) --no-print-directory test-web
	@$(MAKE) --no-print-directory test-clients

test-rust: ## unit, integration and documentation tests
	@if cargo nextest --version >/dev/null 2>&1; then run="nextest run $${CI:+--profile ci}"; else run=test; fi; \
	$(PHASE) "unit tests" env $(UNOPTIMISED) cargo $$run --locked --lib; \
	$(PHASE) "integration tests" cargo $$run --locked --bins --test it
	@$(PHASE) "documentation tests" cargo test --locked --doc
	@for part in "$${BINHYEN_REAL_DATA:-../shared/geodata}=import, coverage, simplification and location on the real boundaries" \
	    "$${BINHYEN_GOLDEN:-../shared/golden}=the statistics and the rating against the golden numbers"; do \
	    [ -d "$${part%%=*}" ] || echo "NOT CHECKED: $${part#*=} ($${part%%=*} is absent)"; \
	done

test-web: web/node_modules/.package-lock.json ## unit tests of the page
	npm --prefix web test

test-clients: web $(CLIENTS)/.done tests/clients/node_modules/.package-lock.json ## GDAL, shapely, Mapbox's decoder and a browser against the real binary
	@$(PHASE) "binary" cargo test --locked --no-run --test it
	@$(PHASE) "clients" python3 tests/clients/with_server.py --binary $(TARGET_DIR)/debug/binhyen -- tests/clients/run.sh
	@$(PHASE) "pages as HTML" npm --prefix web run test:html
	@$(PHASE) "browser" env BINHYEN_JOURNEYS=core $(FRAMED) npm --prefix web run test:browser
	@$(PHASE) "axe" $(FRAMED) npm --prefix web run test:axe
	@$(PHASE) "Lighthouse" $(FRAMED) npm --prefix web run test:lighthouse

journeys: test-tools web ## every journey through the page in Chromium, twenty minutes (WORDS="table phone" for some)
	cargo build --locked
	@$(PHASE) "journeys" $(FRAMED) npm --prefix web run test:browser -- $(WORDS)

deploy-check: ## deploy's unit, proxy, log rotation and container, each by the program that reads it, where that is installed
	cargo build --locked
	tests/tools/deploy_check.sh $(TARGET_DIR)/debug/binhyen

lint: lint-rust lint-web lint-scripts ## formatting, clippy, licences, page, styles, Dockerfile, scripts

lint-rust: lint-tools
	@$(PHASE) "format" cargo fmt --check
	@$(PHASE) "clippy" cargo clippy --locked --all-targets -- -D warnings
	@$(PHASE) "fuzz targets" cargo check --locked --config Cargo.toml --manifest-path tests/fuzz/Cargo.toml --target-dir $(TARGET_DIR)
	@$(PHASE) "licences, bans, sources" cargo deny --locked check --hide-inclusion-graph bans licenses sources
	@$(PHASE) "a planted advisory" tests/tools/advisories_test.sh

lint-web: web/node_modules/.package-lock.json
	@$(PHASE) "page lint" npm --prefix web run lint
	@$(PHASE) "styles" web/node_modules/.bin/gl-style-validate styles/*.json styles/portable/*.json

lint-scripts: $(LINT)/.done
	@$(PHASE) "Dockerfile" $(LINT)/bin/hadolint --config .hadolint.yaml Dockerfile
	@$(PHASE) "shell scripts" $(LINT)/bin/shellcheck $(SCRIPTS)
	@$(PHASE) "Python scripts" $(LINT)/bin/ruff check --no-cache $(RUFF_RULES) tests geodata benches

advisories: lint-tools ## look the dependencies up in the RustSec database; without the network in a copy of it (ADVISORY_DB=folder)
	tests/tools/advisories.sh $(ADVISORY_DB)

pictures: web ## take the pictures of the README anew
	cargo build --release --locked
	python3 tests/clients/with_server.py --binary $(TARGET_DIR)/release/binhyen -- npm --prefix web run pictures

budget: web ## weigh and time the page on a slow phone line (alone on the machine)
	cargo build --release --locked
	python3 tests/clients/with_server.py --binary $(TARGET_DIR)/release/binhyen -- npm --prefix web run budget

docker-steps: web/node_modules/.package-lock.json ## do what the Dockerfile does, in a clean folder, without an engine
	python3 tests/tools/docker_steps.py

shown: $(CLIENTS)/.done ## locate a million incidents and compare with shapely (COMMUNES=file INCIDENTS=file)
	cargo build --release --locked
	BINARY=$(TARGET_DIR)/release/binhyen tests/clients/points/million.sh "$(COMMUNES)" "$(INCIDENTS)"

shown-tiles: $(CLIENTS)/.done ## every tile z5–z14 of the sample and the real boundaries: no gap, no overlap; tippecanoe beside (BINHYEN_PEERS)
	cargo build --release --locked
	BINARY=$(TARGET_DIR)/release/binhyen tests/clients/tiles/shown_tiles.sh

audit-provinces: ## attack what the public reads of random provinces (PROVINCES=500 COMMUNES_AT_MOST=100 LEAKY_PROVINCES=50)
	BINHYEN_PROVINCES=$(PROVINCES) BINHYEN_COMMUNES=$(COMMUNES_AT_MOST) BINHYEN_LEAKY_PROVINCES=$(LEAKY_PROVINCES) \
	    cargo test --release --locked --test it -- \
	    random_provinces_withstand_every_attack leak_of_every_kind --nocapture

bench: ## criterion for the pieces, then the servers side by side
	cargo bench --locked --bench pieces --bench statistics
	@$(MAKE) --no-print-directory bench-side

bench-side: $(CLIENTS)/.done web/node_modules/.package-lock.json ## our server beside the best others, one table (ARGS=--quick, ARGS=--help)
	cargo build --release --locked --bin binhyen --example constant --example live_load
	$(CLIENTS)/bin/python benches/side_by_side $(ARGS)

bench-live: ## 500 writes a second beside tile reads, ten million incidents: how soon a write is seen (ARGS=--help)
	@$(MAKE) --no-print-directory bench-side ARGS="--rows live --sizes 1000000,10000000 --seconds 20 --no-real $(ARGS)"

drills: ## kill, damage, restore, abuse and starve the real program, as tables; two hours (DRILLS="kills abuse", tests/drills)
	cargo build --release --locked --bin binhyen
	@code=0; for drill in $(DRILLS); do \
	    echo "== $$drill"; python3 tests/drills/$$drill.py --binary $(TARGET_DIR)/release/binhyen || code=1; \
	done; exit $$code

simulate: ## how often the methods tell something where nothing is: tables of error rates from fixed seeds
	cargo run --release --locked --example simulate_effect
	cargo run --release --locked --example simulate_clusters
	cargo run --release --locked --example simulate_alerts

fuzz: ## every parser and the query string under libFuzzer, one after the other (MINUTES=10 TARGETS="queries tiles")
	@$(INSTALL) cc c++ python cargo-fuzz
	MINUTES=$(MINUTES) FUZZ_TARGET_DIR=$(TARGET_DIR)/fuzz tests/fuzz/run.sh $(TARGETS)

structure: ## how the house is built, in figures (REVISIONS="1ecda63 HEAD" for before and after)
	@tests/tools/structure.py $(REVISIONS)

fmt: $(LINT)/.done ## format Rust and Python
	cargo fmt
	$(LINT)/bin/ruff format --no-cache --line-length 120 tests benches

# What the targets above need.
.PHONY: node lint-tools test-tools

node:
	@$(INSTALL) cc node

lint-tools:
	@$(INSTALL) cc c++ python node rust-lints cargo-deny

test-tools:
	@$(INSTALL) cc python node gdal chromium

web/node_modules/.package-lock.json: web/package-lock.json | node
	$(RETRY) npm --prefix web ci --no-fund --no-audit
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	npm --prefix web run build
	@touch $@

tests/clients/node_modules/.package-lock.json: tests/clients/package-lock.json | node
	$(RETRY) npm --prefix tests/clients ci --no-fund --no-audit
	@touch $@

$(LINT)/.done: tests/tools/lint-requirements.txt | lint-tools
$(CLIENTS)/.done: tests/clients/requirements.txt | test-tools
$(LINT)/.done $(CLIENTS)/.done:
	python3 -m venv --clear $(@D)
	$(RETRY) $(@D)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@
