# The commands of mailflow. `make demo` and `make test` work on a fresh Debian with python3 and make;
# what they prepare is kept, so that a second time takes no time.

PYTHON ?= python3
BIN := .venv/bin
# One more than there are processors: tests wait for servers, disks and processes of their own.
WORKERS ?= $(shell n=$$(nproc); [ $$n -gt 3 ] && echo 4 || echo $$((n + 1)))
PROOFS := stories deaths senders hostile broken kills large-folder
RECIPE := pyproject.toml constraints.txt scripts/prepare.sh scripts/apt.sh

# Byte code is kept: without it every start of the program compiles it anew, and the tests start it
# hundreds of times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help prepare demo servers test check format bench accuracy fuzz prove prove-long faults clean \
	$(PROOFS)

help:                        ## This list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

$(BIN)/.runtime: $(RECIPE)
	@PYTHON=$(PYTHON) sh scripts/prepare.sh .
	@touch $@

$(BIN)/.developing: $(RECIPE)
	@PYTHON=$(PYTHON) sh scripts/prepare.sh ".[dev,bench]"
	@touch $(BIN)/.runtime $@

prepare: $(BIN)/.developing  ## Everything that tests and checks need, in .venv

demo: $(BIN)/.runtime        ## The whole job on a small desk in ./demo, no server needed
	$(BIN)/mailflow demo demo

servers:
	@sh scripts/servers.sh

test: prepare servers        ## All tests, real Dovecot, Postfix and PostgreSQL included
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: prepare               ## Lint, form, types, floors
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: prepare              ## Put the code into its form
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: prepare servers       ## Speed and memory beside a plain script, as ratios
	$(BIN)/python -m bench

accuracy: prepare            ## A thousand orders written in many ways and read back, how many exactly
	$(BIN)/python -m accuracy

fuzz: prepare                ## A hundred thousand spoiled mails and workbooks through the reader; about an hour
	nice -n 19 $(BIN)/python -m accuracy.fuzz --count 100000

stories: prepare             ## Two thousand short stories by seeds, with faults and deaths; a few minutes
	$(BIN)/python -m tests.proof --count 2000

prove: $(PROOFS)             ## They, a death at every step, forged senders, hostile mails, broken builds, kills

deaths: prepare
	$(BIN)/python -m tests.proof.pairs --single

senders: prepare
	$(BIN)/python -m tests.proof.senders

hostile: prepare
	$(BIN)/python -m tests.proof.hostile --count 400

broken: prepare
	$(BIN)/python -m tests.proof.broken_builds --some

kills: prepare servers
	$(BIN)/python -m tests.proof.kills --count 20

large-folder: prepare servers
	$(BIN)/python -m tests.proof.large_folder

prove-long: prepare servers  ## A hundred thousand of them, three months of a large desk, long stories with kills; hours
	nice -n 19 $(BIN)/python -m tests.proof --count 100000
	nice -n 19 $(BIN)/python -m tests.proof.pairs
	nice -n 19 $(BIN)/python -m tests.proof.broken_builds
	nice -n 19 $(BIN)/python -m tests.proof.kills --count 1000
	nice -n 19 $(BIN)/python -m tests.proof.long_day
	nice -n 19 $(BIN)/python -m tests.quarter
	nice -n 19 $(BIN)/python -m tests.life --count 200

faults: prepare              ## docs/faults.md anew: which test proves what of all that can go wrong
	$(BIN)/python -m tests.faults

clean:                       ## Remove what was made, and nothing else
	rm -rf .venv demo dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find mailflow tests accuracy bench -name __pycache__ -type d -prune -exec rm -rf {} +
