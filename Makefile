# Set-up and the commands that people use most. `make` alone lists them.
PYTHON ?= python3
VENV ?= .venv
CORES ?= all
SNAKEMAKE = $(VENV)/bin/snakemake --cores $(CORES) --rerun-incomplete --show-failed-logs

.PHONY: help figures resume quick test check format costs gallery lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

figures: $(VENV)/run.installed ## every table and figure of the paper, from nothing (installs what it needs first)
	$(SNAKEMAKE)

resume: $(VENV)/run.installed ## go on after a kill or a power cut
	$(VENV)/bin/snakemake --unlock
	$(SNAKEMAKE)

quick: $(VENV)/run.installed ## the same code with small N, in well under a minute, into runs/quick/
	$(SNAKEMAKE) --configfile config/quick.yaml

test: $(VENV)/test.installed ## every test
	$(VENV)/bin/python -m pytest -n auto --dist worksteal

check: $(VENV)/test.installed ## format, lint, types and the workflow's own lint
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/snakefmt --check Snakefile workflow
	$(VENV)/bin/snakemake --lint
	$(VENV)/bin/snakemake --cores 1 --dry-run --quiet

format: $(VENV)/test.installed ## put code and rules into the project's format
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/snakefmt Snakefile workflow

costs: $(VENV)/run.installed ## renew the README's table of what each figure takes, from the last full build
	$(VENV)/bin/python docs/figure_costs.py

gallery: $(VENV)/run.installed ## renew the README's pictures from the last full build
	mkdir -p docs/gallery && cp figures/fig*.png docs/gallery/

lock: ## renew the locks after a change in envs/*.in (needs uv)
	cd envs && for name in run test; do uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
		--no-emit-index-url --no-header --output-file $$name.lock $$name.in; done

clean: ## remove what the workflow made, keep the environment
	rm -rf results figures logs runs .snakemake

$(VENV)/run.installed: envs/run.lock envs/create.py
	@$(PYTHON) envs/create.py $(VENV) envs/run.lock
	@touch $@

$(VENV)/test.installed: envs/test.lock envs/create.py
	@$(PYTHON) envs/create.py $(VENV) envs/test.lock
	@touch $@ $(VENV)/run.installed
