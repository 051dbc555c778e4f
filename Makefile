# make demo   sets everything up, builds, opens the demo on the embedded database (SIMULATE=1 plays the meeting first)
# make papers builds pingyi-papers, which makes the PDFs
# make test   every test: browser code, browser journeys, Rust
# make check  format, lints, types, dependencies, sizes, arrows, texts
# make bench  the benchmarks; make gallery renders every page to target/gallery; make fmt formats
.PHONY: demo papers test check bench fmt gallery frontend build clean
SHELL := /bin/sh
LISTEN ?= 127.0.0.1:8080
TARGET := $(or $(CARGO_TARGET_DIR),target)

# The development profile optimises the cryptography and builds in a quarter of the time of a release.
demo:
	@tools/setup.sh build
	@$(MAKE) --no-print-directory frontend
	cargo build --bin pingyi
	$(TARGET)/debug/pingyi demo --listen $(LISTEN) $(if $(filter 1,$(SIMULATE)),--simulate)

# The program that makes the PDFs, beside the main one. It brings Typst, which takes minutes the first time
# (docs/decisions/0030), so nobody waits for it who does not want papers.
papers:
	cargo build -p pingyi-press

frontend:
	@cd frontend && npm run --silent build

# The Rust runner comes last, so that its summary is the last thing on the screen.
test:
	@tools/setup.sh test
	@$(MAKE) --no-print-directory frontend
	cargo build --bin pingyi
	@$(MAKE) --no-print-directory papers
	python3 -m unittest -q tools/test_checks.py
	cd frontend && npm test --silent
	cd frontend && npm run --silent e2e
	cargo test --workspace

check:
	@tools/setup.sh check
	cargo fmt --all --check
	@$(MAKE) --no-print-directory frontend
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	cd frontend && npm run --silent check
	cargo deny --locked check bans licenses sources
	python3 tools/check-sizes.py
	python3 tools/check-arrows.py
	python3 tools/check-i18n.py
	python3 tools/check-docs.py

bench:
	cargo bench -p pingyi-ballot -p pingyi-scoring

fmt:
	cargo fmt --all
	cd frontend && npm run --silent fmt

gallery: frontend
	cargo run -p pingyi-web --example gallery

clean:
	rm -rf target frontend/dist frontend/node_modules
