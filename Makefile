# PYTHON=python3.13 uses another interpreter, in an environment of its own.
PYTHON ?= python3
VENV   := .venv$(if $(filter-out python3,$(PYTHON)),-$(notdir $(PYTHON)))
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: setup run dashboard test lint benchmark lock docs golden notebooks expectations validate sensitivity

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info < (3, 14) or sys.exit("Salur runs on Python 3.11, 3.12 and 3.13; say for example: make $(MAKECMDGOALS) PYTHON=python3.12")'
	$(PYTHON) -m venv --clear $(VENV)
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup
	$(BIN)/salur run baseline

dashboard: setup
	$(BIN)/salur dashboard

test: setup
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

benchmark: setup
	$(BIN)/python benchmarks/run.py

# Tables that are generated from the code, and the stored golden run.
docs: setup
	$(BIN)/python -m simulation.documents docs

# What is known against what the model says: some minutes; then the tables of docs/evidence.md.
validate: setup
	$(BIN)/salur validate baseline --json simulation/evidence/validation.json
	$(BIN)/python -m simulation.documents docs

# What part of the doubt about each headline is only assumed: half an hour; summaries and the page read the table.
sensitivity: setup
	$(BIN)/salur sensitivity
	cp results/sensitivity/assumed.csv simulation/experiments/doubt.csv

golden: setup
	$(BIN)/python tests/update_golden.py

# The notebooks with their outputs, on the whole city, into results/notebooks; each appears when it is finished.
notebooks: setup
	@mkdir -p results/notebooks
	@for source in notebooks/*.py; do \
	  name=results/notebooks/$$(basename $$source .py); echo "$$source"; \
	  $(BIN)/jupytext --quiet --to ipynb --output $$name.part.ipynb $$source && \
	  $(BIN)/jupyter-execute --inplace $$name.part.ipynb && \
	  mv $$name.part.ipynb $$name.ipynb || exit 1; \
	done

# Do the predictions in the headers of the library hold? On a tenth of the city; the tables at the end tell.
expectations: setup
	$(BIN)/salur batch library
	$(BIN)/salur compare results/library
	$(BIN)/salur compare baseline list-redrawn targeting-pmt targeting-community targeting-hybrid targeting-self \
	  targeting-categorical --months 23 --replicates 10
	$(BIN)/salur compare baseline earthquake-2025 joint-coordination --months 36 --replicates 10

# Resolve again for every supported Python: one file, hashes, markers, no address.
lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --all-extras pyproject.toml -o requirements.lock
