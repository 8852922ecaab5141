"""The numbers that stand in the sentences of the book, formatted."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from answerbook.approximation import bounds
from answerbook.approximation.bounds import largest_kinks
from answerbook.cifar10 import CLASSES
from answerbook.cifar10.arrays import IMAGE_SHAPE
from answerbook.classification import CLEAN_SUBSET, OFFSETS, PADDED, parameters
from answerbook.classification.histories import Histories
from answerbook.numbers import UNDEFINED, decimal, integer, percentage, points, scientific, spread
from answerbook.report import counts
from answerbook.statistics import smoother

SYNTHETIC = (
    "**SYNTHETIC.** This copy of the book was made with generated images of the shape of "
    "CIFAR-10. Its third chapter says nothing about photographs."
)


def collect(
    *,
    config: dict,
    images: Mapping[str, int],
    source: dict,
    histories: pd.DataFrame,
    calibration: pd.DataFrame,
    gradients: pd.DataFrame,
    random_networks: pd.DataFrame,
    constructions: pd.DataFrame,
    lines: pd.DataFrame,
    regions: dict,
) -> dict:
    """All variables of the book, nested as the chapters name them; the leaves are strings.

    config: the completed config. images: how many there are, under "train" and "test". source:
    `cifar10/source.json`. histories: a row an epoch of a run, columns experiment, seed and those of
    `history.csv`. calibration: `runs/calibration.csv`. gradients: `gradients.csv`. The others: see
    `answerbook.report.counts.describe`.
    """
    experiments = config["experiments"]
    narrow = [largest_kinks(2, depth) for depth in range(4, 8)]
    published = "The images are the published CIFAR-10, verified by checksum."
    return {
        "data": {
            "statement": SYNTHETIC if source["synthetic"] else published,
            "training_images": integer(images["train"]),
            "validation_images": integer(images["test"]),
            "clean_subset": integer(min(CLEAN_SUBSET, images["train"])),
            "classes": integer(len(CLASSES)),
            "chance": percentage([1 / len(CLASSES)], digits=0),
            "guessing_loss": decimal(math.log(len(CLASSES)), 2),
        },
        "approximation": {
            **{f"crossing_{n}": decimal(bounds.crossing_width(n), 2) for n in (3, 7)},
            **{f"best_depth_{k}": decimal(bounds.optimal_depth(k), 2) for k in (10, 100)},
            "best_width": decimal(math.e / 2, 2),
            "narrow_found": counts.enumerated([integer(found) for found, _ in narrow]),
            "narrow_bound": counts.enumerated([integer(bound) for _, bound in narrow]),
        },
        "backpropagation": {
            "comparisons": integer(len(gradients)),
            "largest_difference": scientific(gradients["difference"].max()),
        },
        "classification": describe_experiments(experiments, histories),
        "calibration": describe_calibration(calibration),
        "augmentation": {
            "padded": integer(PADDED),
            "last_offset": integer(OFFSETS - 1),
            "views": integer(2 * OFFSETS**2),  # of an image and its mirror image
        },
        "kinks": counts.describe(
            random_networks, constructions, lines, regions, experiments["baseline"]["widths"]
        ),
    }


def describe_experiments(experiments: dict, histories: pd.DataFrame) -> dict:
    """Settings of every experiment, and what its networks do over the last epochs."""
    runs = Histories(histories)
    described = {
        name: {
            **_settings(settings),
            **_outcome(runs, name),
            "steepest_rise": _steepest_rise(runs.curves(name, "clean_train_loss")),
        }
        for name, settings in experiments.items()
    }
    less_rough = smoother(*(runs.curves(name, "train_loss") for name in ("augmented", "baseline")))
    return {**described, "smoother_seeds": f"{less_rough.sum()} of {len(less_rough)}"}


def describe_calibration(calibration: pd.DataFrame) -> dict:
    """Of each experiment its temperature, and what its networks do as trained and at it.

    `calibration` has the columns of `runs/calibration.csv`.
    """
    as_trained = ~calibration["chosen"] & (calibration["temperature"] == 1)
    states = {"trained": calibration[as_trained], "scaled": calibration[calibration["chosen"]]}
    described: dict = {"images": integer(int(calibration["images"].iloc[0]))}
    for state, table in states.items():
        for name, rows in table.groupby("experiment", sort=False):
            described.setdefault(name, {})[state] = {
                "temperature": spread(rows["temperature"], 2),
                **{measure: spread(rows[measure], 2) for measure in ("loss", "median_loss")},
                **{
                    measure: percentage(rows[measure], 1)
                    for measure in ("accuracy", "confidence", "wrong_confidence", "worst_tenth")
                },
            }
    return described


def _settings(settings: dict) -> dict[str, str]:
    values = {
        "hidden": "–".join(map(str, settings["widths"])),
        "epochs": integer(settings["epochs"]),
        "batch_size": integer(settings["batch_size"]),
        "learning_rate": f"{settings['learning_rate']:g}",
        "momentum": f"{settings['momentum']:g}",
        "effective_rate": f"{settings['learning_rate'] / (1 - settings['momentum']):g}",
    }
    if settings["convolutions"]:
        return values
    layers = [math.prod(IMAGE_SHAPE), *settings["widths"], len(CLASSES)]
    counted = integer(parameters(layers))
    return values | {"layers": "–".join(map(str, layers)), "parameters": counted}


def _outcome(runs: Histories, experiment: str) -> dict[str, str]:
    """The mean of each run over its last epochs; the gaps are taken within each run."""
    running, trained, validated = (
        runs.late(experiment, f"{of}_accuracy") for of in ("train", "clean_train", "val")
    )
    seeds = len(validated)
    return {
        "over": "one seed" if seeds == 1 else f"mean ± standard deviation over {seeds} seeds",
        "train_accuracy": percentage(trained),
        "val_accuracy": percentage(validated),
        "val_loss": spread(runs.late(experiment, "val_loss"), 2),
        "gap": points(trained - validated),
        "running_gap": points(running - validated),
    }


def _steepest_rise(loss: pd.DataFrame) -> dict[str, str]:
    """Where a loss rose most from an epoch (a row) to the next, by factor; a column a seed."""
    losses = loss.to_numpy()
    rises = losses[1:] / losses[:-1]
    if rises.size == 0:
        return dict.fromkeys(("seed", "epoch", "before", "after", "end"), UNDEFINED)
    row, column = map(int, np.unravel_index(rises.argmax(), rises.shape))
    before, after, *_ = losses[row:, column]
    values = {"before": before, "after": after, "end": losses[-1, column]}
    named = {"seed": f"{loss.columns[column]}", "epoch": f"{loss.index[row + 1]}"}
    return named | {name: f"{value:.2g}" for name, value in values.items()}
