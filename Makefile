# The book's commands. Each sets up what it needs by itself.

PYTHON ?= python3

# Whatever the user has set: this folder's environment and library, and no window for a figure.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONPATH := $(CURDIR)/src
export PYTHONNOUSERSITE := 1
export PIP_USER := 0
export MPLBACKEND := Agg
unexport PYTHONHOME
# Snakemake and pip keep caches at home; where nothing can be written there, here.
ifneq ($(shell test -w "$$HOME" && echo yes),yes)
export XDG_CACHE_HOME ?= $(CURDIR)/.snakemake/cache
endif

python := .venv/bin/python
snakemake := $(python) -m snakemake --cores all
pytest := $(python) -m pytest
reproduction := $(python) -m answerbook.reproduction
figures = $(shell awk -F: '/^[a-z]/ {name = $$1} /^  chapter:/ {print name}' figures/catalogue.yaml)

help: ## these lines
	@sed -n 's/^\([a-z-]*\):.*## /make \1|/p' Makefile | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'
setup: ## .venv with what the book needs; every other command does it by itself
	@$(PYTHON) envs/install.py
tools:
	@$(PYTHON) envs/install.py test
report: setup ## the whole book: results/answerbook.html and .pdf
	@$(snakemake)
demo: setup ## the same in a few minutes, on generated images: results/demo/
	@$(snakemake) --configfile config/demo.yaml
text: setup ## the page anew with the results that are there, all its checks included: seconds
	@$(snakemake) --allowed-rules collect_variables stage_report render_report -- results/answerbook.html
figure: setup ## one figure: make figure NAME=relu_vs_tanh
	@$(if $(filter $(NAME),$(figures)),,echo 'No figure is called $(NAME). There are: $(figures)' >&2; exit 2)
	@$(snakemake) 'results/figures/$(NAME).svg'
claims: setup ## the claims of the book and their verdicts
	@$(snakemake) --quiet all -- results/claims.json
	@$(python) -m answerbook.claims.records results/claims.json
verify: setup ## the book twice from nothing, byte by byte; or make verify AGAINST=reference, or a folder
ifdef AGAINST
	@$(snakemake)
	@$(reproduction) results '$(AGAINST)'
else
	@rm -rf results/verify
	@$(snakemake) --config 'pathvars={results: results/verify/first}'
	@$(snakemake) --config 'pathvars={results: results/verify/second}'
	@$(reproduction) results/verify/second results/verify/first --bytes --record results/verify/record
endif
reference: setup ## record the numbers of this run for others: reference/
	@$(snakemake)
	@$(reproduction) results results --record reference
test: tools ## the tests, less the slow ones
	@$(MAKE) --no-print-directory -j 2 test-pipeline test-rooms
test-pipeline:
	@$(pytest) -q tests/pipeline
test-rooms:
	@$(pytest) -q --ignore tests/pipeline
test-all: tools ## all tests but those of the cluster
	@$(pytest) -m 'not cluster'
test-cluster: tools ## the book and faults on a real Slurm, which has to be installed
	@$(python) -m pytest tests/cluster -m cluster -v -rP --durations=0
bench: setup ## our times beside floors and peers, on a quiet machine: results/benchmarks.csv
	@$(python) -m benchmarks
lint: tools ## check the style
	@$(python) -m ruff check
	@$(python) -m ruff format --check
	@$(python) -m basedpyright
	@$(python) -m snakefmt --check Snakefile workflow/rules
	@$(snakemake) --lint
format: tools ## mend the style
	@$(python) -m ruff check --fix
	@$(python) -m ruff format
	@$(python) -m snakefmt Snakefile workflow/rules
lock: setup ## pin the newest dependencies
	@$(python) -m pip install --quiet uv
	@$(python) envs/lock.py
audit: tools ## known vulnerabilities and licences of the dependencies
	@$(python) -m pip_audit --strict --disable-pip --require-hashes -r envs/requirements.lock -r envs/test.lock
	@$(python) -m piplicenses --order=license
clean: ## remove results/; downloads and .venv stay
	rm -rf results

.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*/\1/p' Makefile)
