"""The grid of a sweep: each combination of its lists is a setting, trained with each seed."""

from collections.abc import Mapping
from itertools import product
from math import prod

AXES = ("widths", "depths", "learning_rates", "augmented")
# An experiment's name has neither a hyphen nor a dot, so that no setting has the name of one.
NAME = "width{}-depth{}-rate{}{}"
FIXED = {"momentum": 0, "random_labels": False, "convolutions": []}


def count_runs(sweep: Mapping) -> int:
    """How many networks the grid has, without making it: it may be of any size."""
    return prod(len(sweep[axis]) for axis in (*AXES, "seeds"))


def settings_of(sweep: Mapping) -> dict[str, dict]:
    """Each setting by its name, with all that an experiment of the config says."""
    common = {key: sweep[key] for key in ("epochs", "batch_size", "seeds")} | FIXED
    return {
        NAME.format(width, depth, float(rate), "-augmented" * augmented): common
        | {"widths": [width] * depth, "learning_rate": rate, "augmented": augmented}
        for width, depth, rate, augmented in product(*(sweep[axis] for axis in AXES))
    }


def snapshot_epochs(sweep: Mapping) -> list[int]:
    """The epochs at whose end weights are kept, 0 before the first one; the last is always one."""
    epochs = sweep["epochs"]
    return sorted({epoch for epoch in sweep["snapshots"] if epoch < epochs} | {epochs})
