# The two commands of the README are `make serve` and `make test`. Each does all of its own set-up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
QUERY_EDITOR := src/tlevel_rdf/web/html/static/query-editor.js
BENCH := build/bench

# The tests start some 300 processes. Without this each would compile the package again where the variable is set.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: serve build test coverage owlapi chromium engines nginx own-coverage fuzz soak lint clients types walls wheel bench have-wrk lock audit format clean

serve: build $(QUERY_EDITOR)
	$(BIN)/tlevel-rdf serve public

build: $(READY)
	$(BIN)/tlevel-rdf build data/profiles --out public

# The order of the tests is random: `pytest --randomly-seed SEED`, with the seed that a run prints, repeats it.
test: $(READY) $(QUERY_EDITOR) owlapi chromium engines nginx
	$(MAKE) --jobs 2 lint types walls wheel
	$(BIN)/pytest -n 3 --dist worksteal

# All tests cover at least 90 % of the package. The run takes a half longer with coverage, so CI has a job for it.
coverage: $(READY) $(QUERY_EDITOR) owlapi chromium engines nginx
	$(BIN)/pytest -n 3 --dist worksteal --cov --cov-report=term-missing:skip-covered

# The test file of each module's name, alone, covers the module. It takes a quarter of an hour.
own-coverage: $(READY)
	$(BIN)/python -m tests.own_coverage

# The tests of made-up inputs, each with 100,000 of them (or FUZZ_EXAMPLES) and a new seed.
fuzz: $(READY)
	$(BIN)/pytest -n 2 --dist worksteal -m fuzz --hypothesis-profile fuzz --timeout 0

# One test checks the vocabulary with OWLAPI, which is a package of Debian and Ubuntu, and no package of Python.
OWLAPI := libowlapi-java default-jdk-headless
owlapi:
	@{ command -v java && test -e /usr/share/java/owlapi-distribution.jar; } > /dev/null \
	|| { test "$$(id -u)" = 0 && apt-get -qq update && apt-get -qq install --no-install-recommends $(OWLAPI); } > /dev/null 2>&1 \
	|| echo "OWLAPI is not installed, so one test will fail. Run: apt-get install $(OWLAPI)" >&2

# The tests of engines run Virtuoso, and the Oxigraph server, which is a package of Python.
VIRTUOSO := virtuoso-opensource-7 virtuoso-opensource-7-bin
engines:
	@command -v virtuoso-t > /dev/null \
	|| { test "$$(id -u)" = 0 && apt-get -qq update && apt-get -qq install --no-install-recommends $(VIRTUOSO); } > /dev/null 2>&1 \
	|| echo "Virtuoso is not installed, so tests of engines will fail. Run: apt-get install $(VIRTUOSO)" >&2

# The test of several servers runs nginx in front of them.
nginx:
	@command -v nginx > /dev/null || test -x /usr/sbin/nginx \
	|| { test "$$(id -u)" = 0 && apt-get -qq update && apt-get -qq install --no-install-recommends nginx-light; } > /dev/null 2>&1 \
	|| echo "nginx is not installed, so a test of several servers will fail. Run: apt-get install nginx-light" >&2

# A server under clients of every kind for ten minutes. `make soak SECONDS=60 SEED=1` is shorter, and can be repeated.
SECONDS ?= 600
soak: $(READY)
	$(BIN)/python -m tests.server.soak --seconds $(SECONDS) $(if $(SEED),--seed $(SEED))

# The tests of pages in a browser run it, and never download one.
chromium:
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } > /dev/null \
	|| { test "$$(id -u)" = 0 && apt-get -qq update && apt-get -qq install --no-install-recommends chromium; } > /dev/null 2>&1 \
	|| echo "Chromium is not installed, so the tests of pages will fail. Run: apt-get install chromium" >&2

# The style sheet, the editor and the engine of the query page, and the fonts of pictures. It takes seconds, and runs again
# only when something in assets/ is newer. Without a network it says so in one line, and the tests of pages fail.
$(QUERY_EDITOR): $(wildcard assets/*) | $(READY)
	@$(BIN)/python assets/build.py

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# The tools for Node.js that the guide names, for tests that skip them otherwise.
clients: $(READY)
	npm install --silent --no-audit --no-fund --prefix build/clients jsonld@8 @comunica/query-sparql-file@3 ldes-client@0.3
	$(BIN)/pytest -q tests/docs/test_use_the_data.py tests/web/handlers/test_event_stream.py

types: $(READY)
	$(BIN)/mypy

walls: $(READY)
	$(BIN)/lint-imports --no-cache

# uv is ten times as fast as pip; pip works where only pip knows the package index.
BY_UV = $(BIN)/uv pip install --quiet --python build/wheel/bin/python --constraint build/constraints.txt
BY_PIP = $(BIN)/pip --python build/wheel/bin/python install --quiet --constraint build/constraints.txt

# The wheel as people install it: in an empty environment, away from the checkout, first without extras. Every command
# and every format of document works, or says in one line which extra to install.
wheel: $(READY) $(QUERY_EDITOR) build/constraints.txt
	rm -rf dist build/wheel && mkdir -p build
	$(BIN)/python -m build --wheel --no-isolation --outdir dist .
	$(PYTHON) -m venv --without-pip build/wheel
	$(BY_UV) dist/*.whl || $(BY_PIP) dist/*.whl
	$(BIN)/python -m tests.wheel build/wheel/bin/tlevel-rdf
	all="$$(ls dist/*.whl)[server,documents]" && { $(BY_UV) "$$all" || $(BY_PIP) "$$all"; }
	$(BIN)/python -m tests.wheel build/wheel/bin/tlevel-rdf server documents

# Each benchmark prints ratios against a named peer in the same run. `make bench QUICK=--quick` only shows that they run.
bench: have-wrk $(READY) $(BENCH)/.ready
	$(BIN)/python benchmarks/publish.py $(QUICK)
	$(BIN)/python benchmarks/changes.py $(QUICK)
	$(BIN)/python benchmarks/documents.py $(QUICK)
	$(BIN)/python benchmarks/serve.py $(QUICK)

have-wrk:
	@command -v wrk > /dev/null || { echo "wrk is not installed. Run: apt-get install wrk" >&2; exit 1; }

$(BENCH)/.ready: benchmarks/requirements.txt build/constraints.txt
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --constraint build/constraints.txt --requirement $<
	@touch $@

# The versions of requirements.lock, for pip to choose where it may not install everything.
build/constraints.txt: requirements.lock
	mkdir -p build
	sed -e 's/ \\$$//' -e '/--hash/d' $< > $@

# requirements.lock has hashes and names no registry; uv.lock does, and stays out of git.
lock: $(READY)
	$(BIN)/uv lock --upgrade
	$(BIN)/uv export --frozen --all-extras --all-groups --no-emit-project --no-annotate --no-header --format requirements-txt > requirements.lock

# Known vulnerabilities of the packages of requirements.lock. It asks the Python package index, so CI does not run it.
audit:
	$(PYTHON) -m venv build/audit
	build/audit/bin/python -m pip install --quiet pip-audit
	build/audit/bin/pip-audit --require-hashes --disable-pip --requirement requirements.lock

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
	rm -rf $(VENV) dist build public $(basename $(QUERY_EDITOR))* $(dir $(QUERY_EDITOR))site.css $(dir $(QUERY_EDITOR))query-engine* src/tlevel_rdf/web/html/fonts .mypy_cache .ruff_cache .pytest_cache
