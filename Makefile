# Two commands for a newcomer: `make demo` and `make test`. Both make .venv first and may be repeated.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A line of pip's advice is not an error, and it only scares people who see it for the first time.
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

.PHONY: help demo test clean

help:
	@echo "make demo   install detente in $(VENV), code the stories in examples/, and ask the store they make"
	@echo "make test   check style, types, the import law, and run the tests"
	@echo "make clean  remove $(VENV), the demo's store and caches"

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "detente needs Python 3.11 or newer; name one, e.g.: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "$(PYTHON) cannot make virtual environments; on Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/installed: $(VENV)/made pyproject.toml
	@echo "Installing detente in $(VENV) (once; it takes a minute) ..." >&2
	@$(PIP) install --editable .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/installed
	@echo "Installing what the tests need ..." >&2
	@$(PIP) install --editable '.[dev]'
	@touch $@

demo: $(VENV)/installed
	@$(BIN)/detente code examples/stories
	@echo
	@echo "Those were the stories in examples/stories/. The same in a store, its most active pairs, and the first of them:"
	@echo
	@$(BIN)/detente code examples/stories --store demo-store
	@$(BIN)/detente relations demo-store --limit 5
	@$(BIN)/detente relations demo-store RUS USA --by day
	@echo
	@echo "Now try:"
	@echo "  $(BIN)/detente try 'Peru recalled its ambassador to Mexico on Friday, President Dina Boluarte said.' --published 2023-02-25"
	@echo "  $(BIN)/detente code your-archive/ --jsonl --out records.jsonl"
	@echo "  $(BIN)/detente status demo-store"
	@echo "  $(BIN)/detente events demo-store --type SANCTION --no-background"
	@echo "  $(BIN)/detente code examples/stories --csv | head"
	@echo "  $(BIN)/detente --help"

test: $(VENV)/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src
	$(BIN)/lint-imports
	$(BIN)/pytest

clean:
	rm -rf $(VENV) demo-store build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
