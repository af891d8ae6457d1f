# Every command of the house. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

export UV_PYTHON_DOWNLOADS := never
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := $(UV) run --frozen --no-sync
PYTHON ?= python3

.PHONY: help setup demo test check lint types floors proof bench diagram guide clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

setup: $(filter .tools/bin/uv,$(UV))  ## bring uv if it is absent, make .venv, compile the catalogues
	@$(UV) sync --frozen --quiet

demo: setup  ## the whole story on this machine, then phones in your browser; no token needed
	@$(RUN) lapor demo

test: setup  ## every test, in three processes
	@$(RUN) pytest -n $(or $(TEST_PROCESSES),3) --dist loadgroup

lint: setup  ## style
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .

types: setup  ## mypy, strict
	@$(RUN) mypy

floors: setup  ## import contracts
	@$(RUN) lint-imports --no-cache

check: lint types floors test  ## what CI runs

proof: setup  ## the long proofs: both engines, long walks and sieges (LAPOR_WALK, LAPOR_SIEGE=SEEDxCOUNT,... choose others), crowds, kills and faults (LAPOR_KILLS, LAPOR_SEED)
	@LAPOR_EVERY_ENGINE=1 $(RUN) pytest -q -n $(or $(TEST_PROCESSES),2) tests/services tests/scheduler
	@LAPOR_WALK=$${LAPOR_WALK:-1x2000,2x2000,3x2000,4x2000} $(RUN) pytest -q -n $(or $(TEST_PROCESSES),2) tests/walker
	@LAPOR_SIEGE=$${LAPOR_SIEGE:-1x25000,2x25000,3x25000,4x25000} LAPOR_CROWD=1000 $(RUN) pytest -q -n $(or $(TEST_PROCESSES),2) tests/attack
	@$(RUN) pytest -q -m proof tests/proof

bench: setup  ## figures against named references (BENCH=--quick: small samples)
	@for file in conversation delivery growth footprint; do $(RUN) python benchmarks/$$file.py $(BENCH) || exit 1; done
	@for file in benchmarks/r*.py; do $(RUN) python $$file || exit 1; done

guide: setup  ## draw the pictures of docs/panduan anew, on the demo's phones in Chromium
	@PYTHONPATH=. $(RUN) python docs/panduan/draw.py

diagram: setup  ## draw the lifecycle of the README anew
	@$(RUN) lapor diagram --into README.md

clean:  ## remove what was built (the database of `lapor run` stays)
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
