# The handful of verbs. `make demo` and `make test` need nothing but Python 3.11+, make and pip's index.
PYTHON ?= python3
BIN := .venv/bin

# Third-party documents for tests and benchmarks; CONTRIBUTING.md describes them.
export MUNIMENT_TEST_DATA ?= ../shared/data

.PHONY: install demo test lint types map cli-docs settings-docs schemas house lock hooks help sample formats encodings garbled metadata evaluate slow browser cluster screenshots cases resume attack bench bench-web bench-tools bench-cluster clean

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]' -c requirements-dev.lock
	touch $@

install: .venv/installed          ## the program, in .venv

demo: .venv/installed             ## index the sample archive into a temporary folder and search it
	$(BIN)/python cli.py demo

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell

types: .venv/installed-dev
	$(BIN)/mypy

test: lint types                  ## lint, types and tests, with the share of lines they run
	$(BIN)/python -m pytest -m "not slow and not browser and not cluster" -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered

slow: .venv/installed-dev         ## the tests that take minutes
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[slow]' -c requirements-dev.lock
	MUNIMENT_SLOW=1 $(BIN)/python -m pytest -m slow

cases: .venv/installed-dev        ## the small inputs of tests/cases on which Muniment was wrong, slow ones too
	MUNIMENT_SLOW=1 $(BIN)/python -m pytest tests/cases

browser: .venv/installed-dev      ## the pages in Debian's chromium: tasks, accessibility, what is sent
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[browser]' -c requirements-dev.lock
	$(BIN)/python -m pytest -m browser tests/web/test_browser.py

cluster: .venv/installed-dev      ## an archive on a real OpenSearch of three nodes on this machine; needs a JDK 17 and Maven
	$(BIN)/python -m pytest -m "cluster$(if $(MUNIMENT_SLOW),, and not slow)" tests/cluster

screenshots: .venv/installed-dev  ## take the pictures of docs/web.md and docs/research.md anew, in Debian's chromium
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[browser]' -c requirements-dev.lock
	$(BIN)/python -m tools.screenshots

resume: .venv/installed-dev       ## two hundred runs killed at random moments
	MUNIMENT_SLOW=1 $(BIN)/python -m pytest -m slow tests/indexer/ingest/test_resume.py

attack: .venv/installed-dev       ## kill, damage and deceive Muniment, and write docs/reliability.md; SEED=NUMBER QUICK=1 ONLY=PART
	$(BIN)/python -m benchmarks.attack $(ONLY) $(if $(SEED),--seed $(SEED)) $(if $(QUICK),--quick)

formats: .venv/installed-dev      ## write docs/formats.md; the figures only with documents in MUNIMENT_TEST_DATA
	$(BIN)/python -m benchmarks.formats $(wildcard $(addprefix $(MUNIMENT_TEST_DATA)/,formats bombs languages)) --write docs/formats.md

metadata: .venv/installed-dev     ## count right, wrong and missing titles, authors and dates; LIST=1 prints each that is not right
	$(BIN)/python -m benchmarks.metadata_accuracy $(wildcard $(MUNIMENT_TEST_DATA)) $(if $(LIST),--list)

encodings: .venv/installed-dev    ## measure how often encodings of before Unicode are guessed right
	$(BIN)/python -m benchmarks.encodings $(MUNIMENT_TEST_DATA)/languages/udhr

garbled: .venv/installed-dev      ## measure how many garbled pages are recognised, and how many in order are not
	$(BIN)/python -m benchmarks.garbled_pages $(MUNIMENT_TEST_DATA)/languages/udhr
	$(BIN)/python -m benchmarks.garbled_pages $(MUNIMENT_TEST_DATA)/languages/udhr --unknown

evaluate: .venv/installed-dev     ## measure the ranking on the judged collections in MUNIMENT_TEST_DATA
	$(BIN)/python -m benchmarks.evaluate $(wildcard $(MUNIMENT_TEST_DATA)/relevance/*)
	$(BIN)/python -m benchmarks.halves $(wildcard $(MUNIMENT_TEST_DATA)/relevance/*) --data $(MUNIMENT_TEST_DATA)

map: .venv/installed              ## write docs/modules.md from the first lines of docstrings
	$(BIN)/python -m tools.module_map

cli-docs: .venv/installed         ## write docs/cli.md from the --help of every command
	$(BIN)/python -m tools.cli_reference --write docs/cli.md

settings-docs: .venv/installed    ## write docs/settings.md from the table of settings
	$(BIN)/python -m tools.settings_page --write docs/settings.md

schemas: .venv/installed          ## write docs/schemas, the JSON Schemas of what commands print, from the code
	$(BIN)/python -m tools.json_schemas --write docs/schemas

house: .venv/installed            ## count crowded folders, names used twice, SQL and Whoosh out of place; AT="COMMIT ." LIST=1
	$(BIN)/python -m tools.house $(AT) $(if $(LIST),--list)

lock: .venv/installed-dev          ## write requirements-dev.lock anew: the versions that development and make test use
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --extra bench --extra browser --extra slow --upgrade \
		--custom-compile-command "make lock" --no-annotate pyproject.toml -o requirements-dev.lock

hooks: .venv/installed-dev        ## check every commit with ruff and codespell (pre-commit)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pre-commit
	$(BIN)/pre-commit install

help:                             ## list these targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*##/\t/'

sample: .venv/installed-dev       ## make the sample archive's files again from their text sources
	$(BIN)/python -m tools.sample.build

.venv/installed-bench: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	touch $@

bench: .venv/installed-bench      ## measure searches beside tantivy, FTS5, Xapian, Whoosh: docs/performance.md; CORPUS=FILE FULL=1 QUICK=1 ONLY=PART
	$(BIN)/python -m benchmarks.run $(if $(CORPUS),--corpus $(CORPUS)) $(if $(FULL),--full) $(if $(QUICK),--quick) \
		$(if $(ONLY),--only $(ONLY))

bench-web: .venv/installed-bench  ## measure muniment serve over loopback, and write its part of docs/performance.md; CORPUS=FILE QUICK=1
	$(BIN)/python -m benchmarks.web_load $(if $(CORPUS),--corpus $(CORPUS)) $(if $(QUICK),--quick)

bench-tools: .venv/installed      ## measure researchers' tools, and write their part of docs/performance.md; REPORTS=ARCHIVE SPEECHES=ARCHIVE
	$(BIN)/python -m benchmarks.research_tools $(REPORTS) $(SPEECHES) --write docs/performance.md

bench-cluster: .venv/installed-bench ## measure an archive on three nodes of OpenSearch here, and write its part of docs/cluster.md; CORPUS=FILE QUICK=1
	cluster=$$($(BIN)/python -m tests.cluster.local_cluster start) && \
	$(BIN)/python -m benchmarks.cluster_load $$cluster --corpus $(CORPUS) $(if $(QUICK),--quick,--write docs/cluster.md) \
		--judged $(wildcard $(MUNIMENT_TEST_DATA)/relevance/*); \
	code=$$?; $(BIN)/python -m tests.cluster.local_cluster stop; exit $$code

clean:
	rm -rf .venv build dist *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
