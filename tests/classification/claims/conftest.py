"""Histories of runs as the book expects them, for tests to change."""

import numpy as np
import pandas as pd
import pytest

from answerbook.claims.records import examine_all
from answerbook.classification.claims import CLAIMS
from answerbook.classification.claims.histories import Histories
from answerbook.classification.contrasts import KINDS

LINES = pd.DataFrame(
    [
        (experiment, "16-8", seed, kind, line, 100 + line + 10 * seed)
        for experiment in ("untrained", "baseline", "augmented", "interpolating")
        for seed in ((0,) if experiment == "interpolating" else (0, 1, 2))
        for kind in KINDS
        for line in range(100)
    ],
    columns=["experiment", "widths", "seed", "kind", "line", "kinks"],
)


def expected_lines():
    """Those lines with the differences between networks that the book tells of."""
    shifts = [("untrained", KINDS, -5), ("untrained", ("random",), 300)]
    shifts += [("augmented", KINDS, -10), ("augmented", ("flipped",), -20)]
    lines = LINES.copy()
    for experiment, kinds, more in shifts:
        lines.loc[(lines.experiment == experiment) & lines.kind.isin(kinds), "kinks"] += more
    return lines


REGIONS = {"experiment": "baseline", "seed": 0, "count": 44276}
REGIONS |= {"grid": 300, "grid_regions": 23829, "disagreements": 0}
MEASURES = ["loss", "median_loss", "worst_tenth", "accuracy", "confidence", "wrong_confidence"]
OWN = {
    "baseline": (3.3, 2.3, 1.36),
    "interpolating": (5.2, 3.3, 1.3),
    "augmented": (1.1, 1.16, 1.15),
}
CALIBRATION = pd.DataFrame(
    [
        (experiment, seed, temperature, chosen, 5000, loss, median, 0.45, 0.53, sure, sure)
        for experiment, (own, before, after) in OWN.items()
        for seed in (0, 1, 2)
        for temperature, chosen, loss, median, sure in (
            (0.5, False, 9, 9, 0.99),
            (1, False, before, 1 / before, 0.7 + before / 20),
            (own, True, after, 1, 0.53),
        )
    ],
    columns=["experiment", "seed", "temperature", "chosen", "images", *MEASURES],
)
SPREADS = pd.DataFrame(
    [
        (experiment, seed, layer, 0.4**layer)
        for experiment, layers in (("baseline", 3), ("deeper", 5))
        for seed in (0, 1, 2)
        for layer in range(1, layers + 1)
    ],
    columns=["experiment", "seed", "layer", "spread"],
)
FIRST_LAYERS = pd.DataFrame(
    [
        (experiment, seed, kind, *values)
        for seed in (0, 1, 2)
        for experiment, kind, *values in (
            ("untrained", "random", 0.6, 0.8, 156),
            ("baseline", "random", 2.9, 1.5, 80),
            ("untrained", "different class", 0.6, 0.8, 250),
            ("baseline", "different class", 2.9, 4.1, 250),
        )
    ],
    columns=["experiment", "seed", "kind", "start", "change", "switches"],
)
WAYS = ("higher_rate", "momentum", "wider", "convolutional")


def run(experiment, seed, epochs, *, training, validation, loss, val_loss):
    """A history: straight lines from (start, end), with jumps of the network at an epoch's end."""
    t = np.linspace(0, 1, epochs)
    up_and_down = (-1.0) ** np.arange(epochs)
    accuracy, losses = np.interp(t, [0, 1], training), np.interp(t, [0, 1], loss)
    return pd.DataFrame(
        {
            "experiment": experiment,
            "seed": seed,
            "epoch": np.arange(1, epochs + 1),
            "train_loss": losses,
            "train_accuracy": accuracy - 0.01,
            "clean_train_loss": losses,
            "clean_train_accuracy": np.minimum(accuracy + 0.04 * up_and_down * (1 - t) + 0.001, 1),
            "val_loss": np.interp(t, [0, 0.25, 1], val_loss),
            "val_accuracy": np.interp(t, [0, 0.3, 1], validation) + 0.0001 * seed,
        }
    )


def baseline(name="baseline", seed=0, better=0.0):
    ends = {"training": (0.50, 0.91 + better), "validation": (0.40, 0.54, 0.545)}
    return run(name, seed, 30, **ends, loss=(1.5, 0.25), val_loss=(1.6, 1.3, 2.3))


def augmented(seed):
    ends = {"training": (0.45, 0.64), "validation": (0.40, 0.50, 0.59)}
    history = run("augmented", seed, 30, **ends, loss=(1.7, 1.1), val_loss=(1.6, 1.4, 1.15))
    epoch = history.epoch.to_numpy()
    history["train_loss"] += 0.001 * (-1.0) ** epoch
    history["clean_train_accuracy"] = np.linspace(0.45, 0.645, 30)
    history["train_accuracy"] = history.val_accuracy - np.where(epoch < 20, 0.02, -0.01)
    return history


def training_on(name, seed=0, epochs=60):
    """A baseline that goes on, or the random labels."""
    first = baseline(name, seed)
    ends = {"training": (0.999, 1.0), "validation": (0.55, 0.56, 0.56)}
    later = run(name, seed, epochs - 30, **ends, loss=(0.2, 0.002), val_loss=(2.4, 2.8, 3.3))
    later["epoch"] += 30
    later["clean_train_accuracy"] = np.linspace(0.97, 1, epochs - 30)
    return pd.concat([first, later])


@pytest.fixture(scope="session")
def expected():
    """All runs of the book, on which each of its claims on them holds."""
    rough = 0.002 * (-1.0) ** np.arange(30)
    seeds = (0, 1, 2)
    return pd.concat(
        [
            *(baseline(seed=s).assign(train_loss=lambda h: h.train_loss + rough) for s in seeds),
            *map(augmented, seeds),
            *(training_on("interpolating", seed) for seed in seeds),
            *(baseline(name, better=0.03).assign(val_accuracy=0.6) for name in WAYS),
            baseline("deeper", better=-0.03),
            training_on("random_labels"),
        ],
        ignore_index=True,
    )


@pytest.fixture
def histories(expected):
    """The same, to be changed."""
    return expected.copy()


def end_rows(histories):
    """What a recomputation would find: the last row of every run."""
    last = histories.groupby(["experiment", "seed"], sort=False).tail(1)
    measures = ["clean_train_loss", "clean_train_accuracy", "val_loss", "val_accuracy"]
    return last[["experiment", "seed", *measures]].reset_index(drop=True)


def chapter(histories, *names, calibration=CALIBRATION):
    """The rows of the claims of those names, or of all."""
    inputs = {"runs": Histories(histories), "recomputed": end_rows(histories)}
    inputs |= {"calibration": calibration, "spreads": SPREADS, "first_layers": FIRST_LAYERS}
    claims = [claim for claim in CLAIMS if not names or claim.id in names]
    return list(examine_all(claims, inputs | {"lines": expected_lines(), "regions": REGIONS}))


def examine(histories, name):
    (row,) = chapter(histories, name)
    return row
