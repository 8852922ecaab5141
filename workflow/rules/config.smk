"""The config, read and checked before anything else."""

import logging
import os
import sys
from pathlib import Path

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
sys.path[:0] = [SOURCE, str(ROOT)]
os.environ.update(PYTHONPATH=os.pathsep.join(filter(None, [SOURCE, os.getenv("PYTHONPATH")])))

from answerbook.errors import AnswerbookError
from workflow.support.catalogue import read_catalogue
from workflow.support.config import check_file, complete


def or_stop(check, *arguments):
    """What the check returns. Its error ends Snakemake as a message, without lines of this file."""
    try:
        return check(*arguments)
    except AnswerbookError as error:
        raise SystemExit(f"ERROR: {error}") from None


for file in [ROOT / "config/config.yaml", *map(Path, workflow.overwrite_configfiles)]:
    or_stop(check_file, file)


configfile: f"{ROOT}/config/config.yaml"


config = or_stop(complete, config)
SWEEP = None
FIGURES = or_stop(read_catalogue, ROOT / "figures/catalogue.yaml", config["experiments"])


# The schema's defaults where the config has none: Snakemake's own are folders beside results.
pathvars:
    **config["pathvars"],


PLACES = workflow.pathvars  # those of this workflow, for functions that are called later
