"""What the figures that answer back show: results as JSON for the page."""

import numpy as np
import pandas as pd

from answerbook.classification.augmentation import MEAN, PADDING, STD


def curves(histories: pd.DataFrame) -> dict:
    """Every run with its epochs and measures, to five digits.

    `histories` has the columns experiment, seed, epoch and the measures of a history.
    """
    measures = [name for name in histories if name not in ("experiment", "seed", "epoch")]
    runs = []
    for (experiment, seed), run in histories.groupby(["experiment", "seed"], sort=False):
        values = {name: [float(f"{value:.5g}") for value in run[name]] for name in measures}
        named = {"experiment": experiment, "seed": int(seed)}
        runs.append({**named, "epoch": run["epoch"].tolist(), **values})
    return {"runs": runs}


def augmentation(images: np.ndarray, samples: pd.DataFrame) -> dict:
    """The image of the figure of augmented samples, and how images are augmented.

    `images` uint8 (N, 3, 32, 32); `samples` has the column index. The pixels come channel by
    channel and row by row.
    """
    index = int(samples["index"].iloc[0])
    pixels = np.asarray(images[index]).ravel().tolist()
    return {"pixels": pixels, "mean": MEAN, "std": STD, "padding": PADDING}
