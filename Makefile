# The front door of Shulian: `make help` lists what it does.

SHELL := /bin/bash
PYTHON ?= python3
UV_VERSION := 0.13.8
export UV_PYTHON_DOWNLOADS := never

UV := .uv/bin/uv
BIN := .venv/bin
CLIENT_SOURCES := $(shell find client -path client/node_modules -prune -o -path client/dist -prune -o -path client/avatars -prune -o -type f -print 2>/dev/null)
AVATAR_SOURCES := tools/avatars.py $(wildcard src/shulian/world/rules/avatars/*.py)

# one process a core; a file's tests stay together, the longest begin
IN_PARALLEL := --quiet --numprocesses auto --dist loadgroup --no-loadscope-reorder

.PHONY: help run test coverage check fmt bench docs release
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: .venv/.run client/dist/.built ## install what is missing, start the demo park, print its address
	@exec $(BIN)/shulian demo

test: check client/dist/.built ## every check, then every test
	@cd client && npm run --silent test
	@$(BIN)/pytest $(IN_PARALLEL) --ignore tests/e2e
	@tools/ensure_chromium
	@$(BIN)/pytest --quiet tests/e2e  # alone: its browser keeps an event loop that other tests start anew

coverage: .venv/.dev client/dist/.built ## every test of the Python side, and the branches that none takes
	@tools/ensure_chromium
	@$(BIN)/pytest $(IN_PARALLEL) --cov --cov-report=term

check: .venv/.dev client/node_modules/.installed ## format, lint, types and the import map, on both sides
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/basedpyright --level error
	@cd client && npm run --silent check

fmt: .venv/.dev ## put the code into its form
	@$(BIN)/ruff check --quiet --fix --exit-zero .
	@$(BIN)/ruff format --quiet .

bench: .venv/.dev client/dist/.built ## NAME=tiles: one benchmark; QUICK=1 for a short run
	@test -f benchmarks/$(NAME).py || { echo "say which: make bench NAME=…, one of:"; ls benchmarks/*.py | sed -E 's|.*/(.*)\.py|  \1|'; exit 2; }
	@$(UV) sync --quiet --frozen --group dev --group bench
	@$(BIN)/python benchmarks/$(NAME).py

docs: .venv/.dev ## write the generated pages of docs/reference and the client's wire types
	@$(BIN)/python tools/generate.py

release: test ## VERSION=0.2.0: changelog, tag, and a wheel tried in an empty environment
	@tools/release $(VERSION)

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Shulian needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Set PYTHON=… to another one."; exit 1; }
	@$(PYTHON) -m venv .uv || { echo "Python's venv module is missing (Debian: apt-get install python3-venv)."; rm -rf .uv; exit 1; }
	@.uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.run: pyproject.toml uv.lock | $(UV)
	@echo "installing the Python side …"
	@$(UV) sync --quiet --frozen --no-default-groups --group avatars --inexact --python $(PYTHON)
	@touch $@

.venv/.dev: pyproject.toml uv.lock | $(UV)
	@echo "installing the Python side and its tools …"
	@$(UV) sync --quiet --frozen --inexact --python $(PYTHON)
	@touch $@ .venv/.run

client/node_modules/.installed: client/package-lock.json
	@node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' || { echo "Shulian needs Node 20 or newer."; exit 1; }
	@echo "installing the client's side …"
	@cd client && npm ci --silent --no-fund --no-audit
	@touch $@

client/avatars/.built: $(AVATAR_SOURCES) | .venv/.run
	@echo "making the avatars …"
	@$(BIN)/python tools/avatars.py
	@touch $@

client/dist/.built: client/node_modules/.installed client/avatars/.built $(CLIENT_SOURCES)
	@echo "building the client …"
	@cd client && npm run --silent build
	@touch $@
