.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: help install run test check format lint types floors fix bench bench-faults bench-knowledge gate evals baseline vectors readme lock clean

help: ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing pinned dependencies into $(VENV) (the first time takes a few minutes) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip setuptools wheel -c requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check torch -c requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -c requirements.lock -e '.[dev]'
	@touch $@

install: $(STAMP) ## make the virtual environment with pinned dependencies

run: $(STAMP) ## start the service with the shipped domains and articles
	@$(BIN)/assist serve --host $(HOST) --port $(PORT)

test: $(STAMP) ## run all tests
	@$(BIN)/python -m pytest -q

check: $(STAMP) format lint types floors test ## format, lint, types, floors and tests

format: $(STAMP) ## is everything formatted?
	@$(BIN)/ruff format --check .

lint: $(STAMP) ## every lint rule
	@$(BIN)/ruff check .

types: $(STAMP) ## strict types
	@$(BIN)/mypy

floors: $(STAMP) ## which folder may import which
	@$(BIN)/lint-imports

fix: $(STAMP) ## format, and mend what can be mended by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(STAMP) ## measure speed, as ratios within one run
	@$(BIN)/python scripts/bench.py

bench-faults: $(STAMP) ## measure what an agent sees of each fault of a model, into docs/faults.md
	@$(BIN)/python scripts/faults.py

gate: $(STAMP) ## measure how well true statements are told from false ones (DATA=FOLDER for labelled conversations)
	@$(BIN)/python scripts/measure_gate.py $(if $(DATA),--data $(DATA))

evals: $(STAMP) ## measure the shipped conversations, write the report, hold it against the baseline
	@$(BIN)/assist evals run --out var/evals/shipped.jsonl
	@$(BIN)/assist evals report var/evals/shipped.jsonl
	@$(BIN)/assist evals gate var/evals/shipped.jsonl

baseline: $(STAMP) ## measure again, and make that the committed baseline and the README's table
	@$(BIN)/assist evals run --out var/evals/shipped.jsonl
	@$(BIN)/assist evals baseline var/evals/shipped.jsonl --out evals/baseline.jsonl.gz
	@$(BIN)/python scripts/readme.py quality --log evals/baseline.jsonl.gz

bench-knowledge: $(STAMP) ## measure loading and search against their floors (PEERS=python for others)
	@PYTHONPATH=. $(BIN)/python scripts/bench_knowledge.py $(if $(PEERS),--peers $(PEERS))

vectors: $(STAMP) ## embed what ships once, so that a first start need not (after a change of examples or articles)
	@$(BIN)/python scripts/vectors.py

readme: $(STAMP) ## renew the tables and the picture in the README from the running program
	@$(BIN)/python scripts/readme.py $(PARTS)

lock: ## renew requirements.lock from a fresh environment
	@rm -rf var/lock && $(PYTHON) -m venv var/lock
	@var/lock/bin/python -m pip install --quiet --upgrade pip setuptools wheel
	@var/lock/bin/python -m pip install --quiet torch==2.13.0
	@var/lock/bin/python -m pip install --quiet --no-build-isolation -e '.[dev]'
	@var/lock/bin/python -m pip freeze --all --exclude-editable | sed 's/+cpu$$//' > requirements.lock
	@rm -rf var/lock

clean: ## remove what was made here, the data under var/ too
	@rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache
