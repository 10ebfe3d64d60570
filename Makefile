# Praxis. `make` prints what you can do here.
.DEFAULT_GOAL := help
.PHONY: help run test check bench screenshots lock clean

PYTHON3 ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

help: ## print this list
	@echo "Praxis: what you can do here"
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/run.stamp: requirements.lock
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "Praxis needs Python 3.11. Install it, or name it: make PYTHON3=/path/to/python3.11 ...")'
	@echo "Installing what Praxis needs into $(VENV) (once, about two minutes) ..."
	@test -x $(BIN)/python || $(PYTHON3) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/run.stamp ## start the portal on http://127.0.0.1:8000 (PORT=8080 changes it)
	@$(MANAGE) compile_messages
	@$(MANAGE) prepare --demo
	@$(MANAGE) serve

test: $(VENV)/dev.stamp ## run the tests; what the machine lacks is skipped with a reason
	@$(BIN)/python manage.py compile_messages
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

check: $(VENV)/dev.stamp ## style, import direction, migrations, catalogues
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(MANAGE) check
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) check_messages

bench: $(VENV)/dev.stamp ## measure beside a named peer; B=search runs one alone
	@$(BIN)/python -m benchmarks $(B)

screenshots: $(VENV)/dev.stamp ## pictures of the main pages, narrow and wide, light and dark, in four languages
	@$(MANAGE) compile_messages
	@$(BIN)/python -m tests.browser.screenshots

lock: ## renew the lock files (needs uv)
	@uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements.lock
	@uv pip compile pyproject.toml --extra elasticsearch --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements-dev.lock
	@uv pip compile pyproject.toml --extra elasticsearch --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements-elasticsearch.lock

clean: ## remove what was installed and compiled; your data in var/ stays
	rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache screenshots
	find . -name '__pycache__' -prune -exec rm -rf {} + ; find locale -name '*.mo' -delete
