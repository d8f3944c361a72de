# make setup builds .venv; every other target does it first.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SOURCES := bot intents handoff kb tests bench

.PHONY: setup run test check types bench format clean

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) --version >/dev/null 2>&1 || { echo "$(PYTHON) is not here. Install Python 3.11 or newer, or name one: make PYTHON=python3.12"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: setup
	$(BIN)/frontline run

# The bounds: every branch of what decides (see docs/architecture.md), nine lines of ten of everything.
test: setup
	$(BIN)/pytest --numprocesses auto --dist worksteal --cov --cov-report=
	$(BIN)/coverage report --fail-under=90
	for room in handoff intents kb bot/dialog; do \
		$(BIN)/coverage report --fail-under=100 --include="$$room/*" || exit 1; \
	done

check: setup
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/vulture
	$(BIN)/codespell
	@find $(SOURCES) -name '*.py' -exec wc -l {} + | awk '$$2 != "total" && $$1 > 300 {print; long = 1} END {exit long}' \
		|| { echo "A file of more than 300 lines holds two ideas: split it."; exit 1; }
	@! grep -rnE '(noqa: [A-Z0-9, ]+|type: ignore\[[a-z-]+\]|no cover|fmt: skip)$$' --include='*.py' $(SOURCES) \
		|| { echo "Write the reason beside each exception."; exit 1; }

# All the JavaScript by its JSDoc. The only thing here that wants npm, and nothing that runs depends on it.
types: tests/types/node_modules/.package-lock.json
	tests/types/node_modules/.bin/tsc -p tests/types

tests/types/node_modules/.package-lock.json: tests/types/package-lock.json
	@command -v npm >/dev/null || { echo "npm is not here; install it (with Node.js 20 or newer) to check types"; exit 1; }
	npm ci --prefix tests/types --silent --no-audit --no-fund

bench: setup
	$(BIN)/python bench/start.py
	$(BIN)/python bench/turns.py
	$(BIN)/python bench/connections.py
	$(BIN)/python bench/queueing.py
	PYTHONPATH=. $(BIN)/python bench/widget.py

format: setup
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

clean:
	rm -rf $(VENV) tests/types/node_modules .frontline .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov .coverage*
