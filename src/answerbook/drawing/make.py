"""What the script of every figure does."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from answerbook.drawing.style import save
from answerbook.jobs.logs import logged_to

READERS: dict[str, Callable[[str], Any]] = {
    ".csv": pd.read_csv,
    ".json": lambda path: json.loads(Path(path).read_text(encoding="utf-8")),
    ".npy": partial(np.load, mmap_mode="r"),
}


def make_figure(
    draw: Callable[..., tuple[Figure, pd.DataFrame]],
    inputs: Mapping[str, str],
    outputs: Mapping[str, str],
    params: Mapping[str, Any],
    log: Sequence[str],
) -> None:
    """Read the files `inputs`, draw what they hold, and save it: figure and table.

    `inputs` are paths by the names of the parameters of `draw`: tables (csv), arrays (npy), json.
    `outputs` are the paths svg, png, csv. With `params["synthetic"]` the figure says SYNTHETIC.
    What goes wrong is told in the file `log[0]`.
    """
    with logged_to(log[0]):
        figure, table = draw(**{name: READERS[Path(p).suffix](p) for name, p in inputs.items()})
        save(figure, table, **outputs, synthetic=params["synthetic"])
