# The commands of mailflow. `make demo` and `make test` work on a fresh Debian with python3 and make.

VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= $(shell n=$$(nproc); [ $$n -gt 4 ] && echo 4 || echo $$n)

.PHONY: help demo test check format bench clean

help:             ## What there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/.runtime: pyproject.toml constraints.txt
	sh scripts/prepare.sh $(VENV) .
	touch $@

$(BIN)/.developing: pyproject.toml constraints.txt
	sh scripts/prepare.sh $(VENV) ".[dev,bench]"
	touch $(BIN)/.runtime $@

demo: $(BIN)/.runtime            ## The whole job on a small desk in ./demo, no server needed
	$(BIN)/mailflow demo demo

test: $(BIN)/.developing         ## All tests, real Dovecot, Postfix and PostgreSQL included
	sh scripts/servers.sh
	$(BIN)/pytest -n $(WORKERS)

check: $(BIN)/.developing        ## Format, lint, types, floors
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(BIN)/.developing       ## Put the code into its form
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: $(BIN)/.developing        ## Speed and memory beside a plain script, as ratios
	sh scripts/servers.sh
	$(BIN)/python -m bench

clean:            ## Remove what was made
	rm -rf $(VENV) demo dist
