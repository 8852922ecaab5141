"""The config, read and checked before anything else."""

import logging
import os
import sys
from pathlib import Path

import yaml

# Of this workflow, also where it is a module of another one.
if not isinstance(workflow.current_basedir, os.PathLike):
    raise SystemExit(
        "ERROR: the rules of answerbook need its library beside them: clone it, and name its "
        "Snakefile by a path, as config/README.md says"
    )
ROOT = Path(workflow.current_basedir).parents[1]

# Where the disk is full, Snakemake's own log says so in as many tracebacks as it has lines.
logging.raiseExceptions = False

# Jobs import the library from this checkout, in whatever environment they run.
SOURCE = str(ROOT / "src")
sys.path.insert(0, SOURCE)
os.environ.update(PYTHONPATH=os.pathsep.join(filter(None, [SOURCE, os.getenv("PYTHONPATH")])))

from answerbook.workflow.config import check_catalogue, check_file, complete
from answerbook.errors import AnswerbookError

SCHEMA = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text("utf-8"))
FIGURES = yaml.safe_load((ROOT / "figures/catalogue.yaml").read_text("utf-8"))


def or_stop(check, *arguments):
    """What the check returns. Its error ends Snakemake as a message, without lines of this file."""
    try:
        return check(*arguments)
    except AnswerbookError as error:
        raise SystemExit(f"ERROR: {error}") from None


for file in [ROOT / "config/config.yaml", *map(Path, workflow.overwrite_configfiles)]:
    or_stop(check_file, file, SCHEMA)


configfile: f"{ROOT}/config/config.yaml"


config = or_stop(complete, config, SCHEMA)
# The book is the same whatever is swept beside it.
SWEEP = config.pop("sweep", None)
config.pop("confirm", None)
or_stop(check_catalogue, FIGURES, config["experiments"])


# The schema's defaults where the config has none: Snakemake's own are folders beside results.
pathvars:
    **config["pathvars"],


PLACES = workflow.pathvars  # those of this workflow, for functions that are called later
