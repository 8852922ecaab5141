# The book's commands. `make report` and `make test` set everything up by themselves.

PYTHON ?= python3
NAME ?= relu_vs_tanh
SWEEP ?= sweep-small
export PATH := $(CURDIR)/.venv/bin:$(PATH)

# Snakemake and pip keep caches at home; where nothing can be written there, here.
ifneq ($(shell test -w "$$HOME" && echo yes),yes)
export XDG_CACHE_HOME ?= $(CURDIR)/.snakemake/cache
endif

snakemake := .venv/bin/snakemake --cores all
reproduction := .venv/bin/python -m answerbook.reproduction
installed := .venv/installed
style := src tests figures workflow envs benchmarks
snakefiles := workflow/Snakefile workflow/rules

sweep := $(snakemake) sweep --configfile 'config/$(SWEEP).yaml'

.PHONY: help setup report text verify reference crate test test-all test-cluster demo sweep figure
.PHONY: claims bench lint format lock audit clean

help:
	@echo 'make report             the whole book: results/answerbook.html and .pdf'
	@echo 'make demo               the same in a few minutes, on generated images: results/demo/'
	@echo 'make text               the page anew with the results that are there: seconds'
	@echo 'make sweep SWEEP=$(SWEEP)   a grid of trainings and its page: results/sweep.html'
	@echo 'make verify             the book twice from nothing, compared byte by byte'
	@echo 'make verify AGAINST=…   the book compared with another run: reference, or a folder'
	@echo 'make reference          record the numbers of this run for others: reference/'
	@echo 'make crate              the run as a Provenance Run Crate, zipped'
	@echo 'make test               the tests, less the slow ones'
	@echo 'make test-all           all tests but those of the cluster'
	@echo 'make test-cluster       the book and faults on a real Slurm, which has to be installed'
	@echo 'make figure NAME=$(NAME)   one figure: results/figures/$(NAME).svg'
	@echo 'make claims             the claims of the book and their verdicts'
	@echo 'make bench              our times beside floors and peers, 15 minutes on a quiet machine'
	@echo 'make lint | format      check or mend the style'
	@echo 'make lock               pin the newest dependencies, list their licences'
	@echo 'make audit              known vulnerabilities of what is pinned (asks PyPI or OSV)'
	@echo 'make clean              remove results/ (downloads and .venv stay)'

setup: $(installed)

$(installed): envs/install.py envs/requirements.lock pyproject.toml
	@$(PYTHON) envs/install.py

report: $(installed)
	@$(snakemake)

# Checks of claims, references and variables included; nothing is computed that took longer.
text: $(installed)
	@$(snakemake) --allowed-rules collect_variables stage_report render_report -- results/answerbook.html

# Without AGAINST two runs into folders of their own; what they share is the archive of CIFAR-10.
verify: $(installed)
ifdef AGAINST
	@$(snakemake)
	@$(reproduction) results '$(AGAINST)'
else
	@rm -rf results/verify
	@$(snakemake) --config 'pathvars={results: results/verify/first}'
	@$(snakemake) --config 'pathvars={results: results/verify/second}'
	@$(reproduction) results/verify/second results/verify/first --bytes --record results/verify/record
endif

# The record that is committed: for `make verify AGAINST=reference` on another machine.
reference: $(installed)
	@$(snakemake)
	@$(reproduction) results results --record reference

crate: $(installed)
	@$(snakemake) results/ro-crate-metadata.json
	@.venv/bin/python -m answerbook.reproduction.packing results results/answerbook.crate.zip

demo: $(installed)
	@$(snakemake) --configfile config/demo.yaml

# Where runs fail, the page is made of those that are there, and make fails all the same.
sweep: $(installed)
	@$(sweep) || { status=$$?; $(sweep) --dry-run >/dev/null 2>&1 && \
	$(sweep) --config 'sweep={unfinished: leave_out}'; exit $$status; }

figure: $(installed)
	@$(snakemake) results/figures/$(NAME).svg

claims: $(installed)
	@$(snakemake) --quiet all -- results/claims.json
	@.venv/bin/python -m answerbook.claims.records results/claims.json

test: $(installed)
	@.venv/bin/python -m pytest

test-all: $(installed)
	@.venv/bin/python -m pytest -m 'not cluster'

# TESTS='cluster and not slow' leaves out the demo.
test-cluster: TESTS ?= cluster
test-cluster: $(installed)
	@.venv/bin/python -m pytest tests/cluster -m '$(TESTS)' -v -rP --durations=0

# BENCH='--only epochs' for one group of rows, '--whole-book' to make the book anew as well.
bench: $(installed)
	@.venv/bin/python -m benchmarks $(BENCH)

lint: $(installed)
	@.venv/bin/ruff check $(style)
	@.venv/bin/ruff format --check $(style)
	@.venv/bin/basedpyright
	@.venv/bin/snakefmt --check $(snakefiles)
	@.venv/bin/snakemake --lint
	@.venv/bin/snakemake --lint --configfile config/sweep.yaml

format: $(installed)
	@.venv/bin/ruff check --fix $(style)
	@.venv/bin/ruff format $(style)
	@.venv/bin/snakefmt $(snakefiles)

lock: $(installed)
	@.venv/bin/python -m pip install --quiet uv
	@.venv/bin/python envs/lock.py

audit: $(installed)
	@.venv/bin/python envs/audit.py

clean:
	rm -rf results
