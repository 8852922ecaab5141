"""The environment of the jobs: what a user has set for other programs changes no result."""

import os
import site
import sys
import sysconfig
from pathlib import Path
from shlex import quote

import snakemake


def pin(checkout: Path) -> None:
    """Set the environment of this process and of all that it starts.

    The library is that of this checkout, whatever else is installed; no package of the user's own
    (`pip install --user`, PYTHONPATH) is taken, unless Snakemake is one; a Quarto that lies beside
    this Python is found; figures have no window and the defaults of matplotlib, in a notebook's
    shell and with a matplotlibrc too.
    """
    source = str(checkout / "src")
    others = [path for path in os.getenv("PYTHONPATH", "").split(os.pathsep) if path]
    if str(Path(snakemake.__file__).parents[1]) not in others:
        sys.path.sort(key=others.__contains__)
        others = []
    sys.path.insert(0, source)
    pinned = {
        "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join(dict.fromkeys([source, *others])),
        "MPLBACKEND": "agg",
        "MATPLOTLIBRC": os.devnull,
    }
    if not Path(snakemake.__file__).is_relative_to(site.getusersitepackages()):
        pinned["PYTHONNOUSERSITE"] = "1"
    os.environ.update(pinned)
    # Snakemake puts it into a shell's commands as it is, and the checkout's folder may have spaces.
    if " " in sys.executable and os.path.exists(sys.executable):  # not yet quoted
        sys.executable = quote(sys.executable)
    os.environ.pop("PYTHONWARNINGS", None)  # a warning that is to be an error would end a job
