# The front door: `make` alone prints the targets.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/.tools/bin:$(PATH)

WASM := target/wasm32v1-none/release/escrow.wasm
BUILD := stellar contract build --locked --optimize=false --package

.PHONY: help setup build test check lint deny native wasm costs goldens hash

help: ## Print this
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

setup: ## Bring the tools that are missing (once, a few minutes)
	@scripts/setup

build: setup ## Build the contract with the official builder
	@$(BUILD) escrow
	@$(BUILD) floor >/dev/null

test: check ## Everything that CI runs

check: build lint deny native wasm ## The same: lints, licences, all tests twice, goldens, costs
	@cargo run --quiet --package tests --bin costs -- --check

lint: ## Formatting, and clippy with warnings denied
	cargo fmt --all --check
	cargo clippy --quiet --workspace --all-targets --locked -- -D warnings

deny: setup ## Licences, bans, sources; advisories where their database can be reached
	@cargo deny --log-level error check bans licenses sources
	@if cargo deny --log-level off fetch db 2>/dev/null; then \
	  cargo deny --log-level error check advisories; \
	else \
	  echo "advisories: NOT CHECKED, the RustSec database cannot be reached from here"; \
	fi

native: ## All tests, the contract running natively
	ESCROW_RUNTIME=native cargo test --quiet --locked

wasm: build ## All tests again, on the built WASM
	ESCROW_RUNTIME=wasm cargo test --quiet --locked --package tests

costs: build ## Measure what every call costs; writes tests/golden/costs.json
	@cargo run --quiet --package tests --bin costs

goldens: build ## Make the goldens anew, after a change on purpose
	UPDATE_GOLDENS=1 cargo test --quiet --package tests --test goldens

hash: build ## The hash of the WASM that this source builds
	@sha256sum $(WASM) | cut -d' ' -f1
