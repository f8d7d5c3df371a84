# Set-up and the commands that people use most. `make` alone lists them.
PYTHON ?= python3
VENV ?= .venv
CONDA_TESTS ?= build/conda
CORES ?= all
SNAKEMAKE = $(VENV)/bin/snakemake --cores $(CORES) --quiet host reason --rerun-incomplete --show-failed-logs

# Snakemake keeps a cache below HOME; where that cannot be written to, here.
ifneq ($(shell test -w "$(HOME)" && echo yes),yes)
export XDG_CACHE_HOME ?= $(CURDIR)/.snakemake/cache
endif

.PHONY: help figures resume quick report archive doctor test test-conda test-report cluster test-slurm check format costs benchmarks mutants gallery containerfile lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

figures: $(VENV)/run.installed ## every table and figure of the paper, from nothing (installs what it needs first)
	$(SNAKEMAKE)

resume: $(VENV)/run.installed ## go on after a kill or a power cut
	$(VENV)/bin/snakemake --unlock
	$(SNAKEMAKE)

quick: $(VENV)/run.installed ## the same code with small N, in well under a minute, into runs/quick/
	$(SNAKEMAKE) --configfile config/quick.yaml

report: $(VENV)/run.installed ## one page to read: report.html, with every figure, caption, claim and run time
	$(SNAKEMAKE)
	$(VENV)/bin/snakemake --cores 1 --report report.html

test-report: $(VENV)/test.installed ## the report in a headless browser (Debian's chromium and chromium-driver)
	$(VENV)/bin/python -m pytest tests/report

archive: $(VENV)/run.installed ## everything in results/driven-dicke.zip, ready to be deposited
	$(SNAKEMAKE) archive

doctor: ## what is installed, what is missing, what the build needs here
	@$(PYTHON) envs/doctor.py $(VENV)

test: $(VENV)/test.installed ## the tests that need nothing but Python
	$(VENV)/bin/python -m pytest -n auto --dist worksteal

test-conda: $(VENV)/test.installed $(CONDA_TESTS)/tools.installed ## the pipeline in conda environments, from a local channel
	DRIVEN_DICKE_CONDA=$(CONDA_TESTS) $(VENV)/bin/python -m pytest tests/conda

cluster: $(VENV)/cluster.installed ## install what a Slurm cluster needs, too

test-slurm: $(VENV)/cluster.installed ## the Slurm profile on a real Slurm of one node, as root
	$(VENV)/bin/python -m pytest tests/slurm

check: $(VENV)/test.installed ## format, lint, types, layers of imports, and the workflow's own lint
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	PYTHONPATH=workflow/scripts $(VENV)/bin/lint-imports --no-cache
	$(VENV)/bin/snakefmt --check Snakefile workflow
	$(VENV)/bin/snakemake --lint
	$(VENV)/bin/snakemake --cores 1 --dry-run --quiet

format: $(VENV)/test.installed ## put code and rules into the project's format
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/snakefmt Snakefile workflow

costs: $(VENV)/run.installed ## renew docs/costs.md, what each figure takes, from the last full build
	$(VENV)/bin/python -m benchmarks.figure_costs

benchmarks: $(VENV)/run.installed ## our solvers and QuTiP's side by side, in some 15 minutes of a quiet machine
	$(VENV)/bin/python -m benchmarks --fresh $(OPTIONS)

mutants: $(VENV)/test.installed ## a seeded sample of mutants of tables, configuration and claims: what the tests do not notice
	$(VENV)/bin/python -m benchmarks.mutants pipeline/tables.py pipeline/contract.py pipeline/configuration.py \
		pipeline/consistency.py --tests tests/pipeline $(OPTIONS)
	$(VENV)/bin/python -m benchmarks.mutants audit/claims/correlations.py audit/claims/gap.py audit/claims/mean_field.py \
		audit/claims/mixed.py audit/claims/phases.py audit/claims/steady_state.py audit/claims/trajectories.py \
		figures/claims_page.py --tests tests/studies/test_claims.py tests/figures/test_claims_page.py $(OPTIONS)

gallery: $(VENV)/run.installed ## renew the README's pictures from the last full build
	mkdir -p docs/gallery && cp figures/*.png docs/gallery/

containerfile: ## renew the recipe of the container
	$(PYTHON) envs/containerfile.py

lock: ## renew the locks after a change in envs/*.in (needs uv)
	cd envs && for name in run test cluster channel; do uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
		--no-emit-index-url --no-header --output-file $$name.lock $$name.in; done

clean: ## remove what the workflow made, keep the environment
	rm -rf results figures logs runs .snakemake

$(VENV)/run.installed: envs/run.lock envs/create.py
	@$(PYTHON) envs/create.py $(VENV) envs/run.lock
	@touch $@

$(VENV)/cluster.installed: envs/cluster.lock envs/create.py $(VENV)/test.installed
	@$(PYTHON) envs/create.py $(VENV) envs/cluster.lock
	@touch $@

$(CONDA_TESTS)/tools.installed: envs/channel.lock envs/create.py
	@$(PYTHON) envs/create.py $(CONDA_TESTS)/tools envs/channel.lock
	@touch $@

$(VENV)/test.installed: envs/test.lock envs/create.py
	@$(PYTHON) envs/create.py $(VENV) envs/test.lock
	@touch $@ $(VENV)/run.installed
