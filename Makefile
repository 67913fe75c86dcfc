# The two commands of the README are `make serve` and `make test`. Each does all of its own set-up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: serve build test lint types walls wheel bench lock format clean

serve: build
	$(BIN)/tlevel-rdf serve public

build: $(READY)
	$(BIN)/tlevel-rdf build data/profiles --out public

test: $(READY) lint types walls wheel
	$(BIN)/pytest -n 2 --cov --cov-report=term-missing:skip-covered

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

walls: $(READY)
	$(BIN)/lint-imports --no-cache

# The wheel as people install it: in an empty environment, away from the checkout, every command's help and the main
# job run from it.
wheel: $(READY)
	rm -rf dist build/wheel && mkdir -p build
	$(BIN)/python -m build --wheel --no-isolation --outdir dist .
	$(PYTHON) -m venv build/wheel
	sed -e 's/ \\$$//' -e '/--hash/d' requirements.lock > build/constraints.txt
	build/wheel/bin/python -m pip install --quiet --constraint build/constraints.txt "$$(ls dist/*.whl)[server,documents]"
	cd build && ../tests/wheel.sh wheel/bin/tlevel-rdf

bench: $(READY)
	$(BIN)/python benchmarks/publish.py
	$(BIN)/python benchmarks/documents.py
	$(BIN)/python benchmarks/http.py

# requirements.lock has hashes and names no registry; uv.lock does, and stays out of git.
lock: $(READY)
	$(BIN)/uv lock --upgrade
	$(BIN)/uv export --frozen --all-extras --all-groups --no-emit-project --no-annotate --no-header --format requirements-txt > requirements.lock

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: set PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) dist build public .mypy_cache .ruff_cache .pytest_cache
