# Support Directory: two commands matter, `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PYTHON ?= python3
PORT ?= 5000
export PORT
BIN := .venv/bin
# A stamp is written only when its step is done, so a step that was stopped half-way is taken again.
MADE := .made
FRONT_SOURCES := $(shell find directory/static/css directory/static/js directory/static/icons -type f 2>/dev/null) \
  scripts/build_assets.mjs data/places.csv data/areas.csv data/boundaries.geojson

.PHONY: help run test style types imports unit faults bench lock words clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1 | /' | column -t -s '|'

run: $(MADE)/run-packages $(MADE)/front ## set everything up, then serve the site at http://127.0.0.1:5000 (PORT=…)
	@$(BIN)/flask prepare
	@echo "Serving at http://127.0.0.1:$(PORT) (Ctrl+C stops it)"
	@exec $(BIN)/gunicorn wsgi:app

test: $(MADE)/test-packages $(MADE)/front ## set everything up, then check style, types, imports, and run every test
	@scripts/set_up_chromium.sh
	@$(MAKE) --no-print-directory style types imports
	@$(BIN)/flask prepare
	@$(BIN)/pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile --ignore=tests/browser
	@$(BIN)/pytest --durations=10 tests/browser

style: $(MADE)/test-packages ## ruff
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(MADE)/test-packages ## mypy, strict
	@$(BIN)/mypy

imports: $(MADE)/test-packages ## who may import whom
	@$(BIN)/lint-imports --no-cache

bench: $(MADE)/test-packages $(MADE)/front ## measure the speed, with every comparison in one run
	@$(BIN)/flask prepare
	@$(BIN)/python -m bench

faults: $(MADE)/test-packages $(MADE)/front ## kill imports, approvals and reminders a hundred times each, and spoil what else can be
	@$(BIN)/flask prepare
	@FAULT_ROUNDS=100 $(BIN)/pytest --capture=no tests/faults

lock: $(MADE)/test-packages ## compile the pinned requirements again, with hashes
	@cd requirements && for name in run dev; do \
	  ../$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-emit-trusted-host --no-header $$name.in -o $$name.txt; done

words: $(MADE)/test-packages ## collect every string a visitor reads, for the translators
	@mkdir -p directory/translations && PYTHONPATH=. $(BIN)/pybabel -q extract -F babel.cfg -k _l -k RuleBroken:2 --no-location --sort-output -o directory/translations/messages.pot .

clean: ## forget what was set up (the database in instance/ is kept)
	rm -rf .venv node_modules $(MADE) directory/static/built

$(MADE)/python: | scripts/check_tools.sh
	@scripts/check_tools.sh $(PYTHON)
	@test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 || { rm -rf .venv; $(PYTHON) -m venv .venv; }
	@mkdir -p $(MADE) && touch $@

$(MADE)/run-packages: requirements/run.txt | $(MADE)/python
	@echo "Installing the Python packages"
	@$(BIN)/python -m pip install --progress-bar on --require-hashes -r $<
	@touch $@

$(MADE)/test-packages: requirements/dev.txt | $(MADE)/python
	@echo "Installing the Python packages, with those for the tests"
	@$(BIN)/python -m pip install --progress-bar on --require-hashes -r $<
	@touch $@ $(MADE)/run-packages

$(MADE)/node: package-lock.json .npmrc | $(MADE)/python
	@echo "Installing the front-end packages"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(MADE)/front: $(MADE)/node $(FRONT_SOURCES)
	@npm run --silent build
	@touch $@
