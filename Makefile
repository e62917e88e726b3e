# The front door: `make` alone prints the targets.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/.tools/bin:$(PATH)

WASM := target/wasm32v1-none/release/escrow.wasm
BUILD := stellar contract build --locked --optimize=false --package

.PHONY: help setup page app demo build localnet test check lint deny explore native wasm network sdk scripts soak fuzz mutants bugs lifecycle verify costs bench bench-app goldens hash

help: ## Print this
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

setup: ## Bring the tools that are missing (once, a few minutes)
	@scripts/setup

demo: ## Show it working: real transactions and the page, on a network here; ARGS=--exit ends after that
	@scripts/setup stellar-cli
	@echo "Building the contract, the page, then the demo and its network: minutes the first time, then seconds."
	@$(MAKE) --no-print-directory page
	@$(BUILD) escrow 2>&1 | sed -e '/CARGO_BUILD_RUSTFLAGS/d' -e '/Build Summary/,$$d'
	@cargo build --locked --package demo
	@target/debug/demo $(ARGS)

build: ## Build the contract with the official builder
	@scripts/setup stellar-cli
	@$(BUILD) escrow
	@$(BUILD) floor >/dev/null
	@$(BUILD) thief >/dev/null
	@$(BUILD) wallet >/dev/null

localnet: ## Start a Stellar network here; ARGS=--help tells of its options
	@scripts/setup stellar-cli
	@LOCALNET_TOOLS=$$(test ! -x .tools/bin/stellar || echo $(CURDIR)/.tools/bin) \
	  cargo run --locked --package localnet -- $(ARGS)

test: check ## Everything that CI runs

check: build lint deny explore native wasm network sdk app scripts ## The same: lints, licences, all tests, goldens, costs
	@cargo run --quiet --package tests --bin costs -- --check
	@cargo run --quiet --package tests --bin network -- --check

lint: ## Formatting, and clippy with warnings denied
	cargo fmt --all --check
	cargo fmt --manifest-path tests/fuzz/Cargo.toml --check
	cargo metadata --quiet --locked --format-version 1 --manifest-path tests/fuzz/Cargo.toml >/dev/null
	cargo clippy --quiet --workspace --all-targets --locked -- -D warnings

deny: setup ## Licences, bans, sources; advisories where their database can be reached
	@cargo deny --log-level error check bans licenses sources
	@if cargo deny --log-level off fetch db 2>/dev/null; then \
	  cargo deny --log-level error check advisories; \
	else \
	  echo "advisories: NOT CHECKED, the RustSec database cannot be reached from here"; \
	fi

native: build ## All tests of the contract, which runs natively, with floors for what they cover
	@scripts/coverage

wasm: build ## The same tests again, on the built WASM
	ESCROW_RUNTIME=wasm cargo test --quiet --locked --package tests --package sequences

network: build ## The tests of localnet, and the real stellar against it
	cargo test --quiet --locked --package localnet

sdk: build ## The JavaScript SDK against localnet
	cargo build --quiet --locked --package localnet
	npm --prefix localnet/tests/sdk ci --no-audit --no-fund --loglevel=error
	npm --prefix localnet/tests/sdk test

scripts: build ## The scripts: a life by stellar, verify, the README's lines, demo, commands
	@cargo build --quiet --locked --package localnet
	@scripts/tests/run
	@$(MAKE) --no-print-directory demo ARGS=--exit
	cargo test --quiet --locked --package tranche --package demo

page: app/node_modules ## Build the page, for any static host: app/dist
	@npm --prefix app run --silent build

app/node_modules: app/package-lock.json
	@npm --prefix app ci --no-audit --no-fund --loglevel=error
	@touch $@

app: build page ## The client and the page: their tests, in a real Chromium against localnet
	@scripts/setup chromium
	@cargo build --quiet --locked --package localnet --package demo
	npm --prefix app run --silent check-generated
	npm --prefix app run --silent test-client
	npm --prefix app test --silent

bench-app: build page ## Measure the page: sizes, times, requests
	@scripts/setup chromium
	@cargo build --quiet --locked --package localnet
	@npm --prefix app run --silent bench

explore: ## Every state of the contract's rules, the game against everybody, the arithmetic
	@cargo run --quiet --locked --package explore -- $(ARGS)

soak: build ## 100,000 random sequences against a plain model; ARGS=--help
	@ESCROW_RUNTIME=wasm cargo run --quiet --locked --package sequences --bin soak -- $(ARGS)

fuzz: build ## Fuzz raw arguments and sequences for MINUTES=n
	@scripts/setup cargo-fuzz
	@tests/fuzz/run $(MINUTES)

mutants: build ## Change the contract in every small way: does a test notice? (hours)
	@scripts/setup cargo-mutants
	@scripts/mutants

bugs: build ## Plant ten bugs in a copy of the contract: which methods catch each?
	@tests/bugs/run $(ARGS)

lifecycle: build ## Lead an escrow through its life by stellar; NETWORK=local or testnet
	@scripts/lifecycle

verify: ## Is what runs at ID=C... built from here? NETWORK=testnet, or mainnet
	@scripts/setup stellar-cli
	@scripts/verify $(if $(ID),--id "$(ID)")

costs: build ## Measure what every call costs; writes tests/golden/costs.json
	@cargo run --quiet --package tests --bin costs

bench: build ## Measure localnet; writes the tables of docs/localnet.md
	@cargo build --quiet --locked --package localnet
	@cargo run --quiet --package tests --bin network

goldens: build ## Make the goldens anew, after a change on purpose
	UPDATE_GOLDENS=1 cargo test --quiet --package tests --test goldens

hash: build ## The hash of the WASM that this source builds
	@sha256sum $(WASM) | cut -d' ' -f1
