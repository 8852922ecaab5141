"""The numbers that stand in the sentences of the book, formatted."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from answerbook.approximation import bounds
from answerbook.approximation.attained import largest_kinks
from answerbook.cifar10.arrays import CLASSES, IMAGE_SHAPE
from answerbook.classification import OFFSETS, PADDING, SIZE
from answerbook.errors import AnswerbookError
from answerbook.report.content import counts
from answerbook.report.content.numbers import (
    change,
    decimal,
    integer,
    percentage,
    points,
    scientific,
    spread,
)
from answerbook.statistics import roughness

QUANTITIES = ("train_loss", "train_accuracy", "val_accuracy")
EARLY = 3  # a run is looked at once on the way, after this fraction of its epochs
MIRRORED = 2  # an image and its mirror image


def collect(
    *,
    config: dict,
    images: Mapping[str, int],
    source: dict,
    histories: pd.DataFrame,
    gradients: pd.DataFrame,
    random_networks: pd.DataFrame,
    constructions: pd.DataFrame,
    lines: pd.DataFrame,
    regions: dict,
) -> dict:
    """All variables of the book, nested as the chapters name them; the leaves are strings.

    config: the completed config. images: how many there are to train and to test, under
    "train" and "test". source: `cifar10/source.json`. histories: a row an epoch of a run, columns
    experiment, seed and those of `history.csv`. gradients: `gradients.csv`. The others are the
    counted kinks, see `answerbook.report.content.counts`.

    Raises `AnswerbookError` if an experiment has no runs.
    """
    experiments = config["experiments"]
    for name in experiments:
        if name not in set(histories["experiment"]):
            raise AnswerbookError(f"the experiment {name} has no history.csv; train it first")
    return {
        "data": {
            "statement": _statement(source),
            "training_images": integer(images["train"]),
            "validation_images": integer(images["test"]),
            "classes": integer(len(CLASSES)),
            "chance": percentage([1 / len(CLASSES)], digits=0),
        },
        "approximation": {
            **{f"crossing_{n}": decimal(bounds.crossing_width(n), 2) for n in (3, 7)},
            **{f"best_depth_{k}": decimal(bounds.optimal_depth(k), 2) for k in (2, 10, 100)},
            "best_width": decimal(np.e / 2, 2),
            "narrow_found": _listed(largest_kinks(2, depth)[0] for depth in range(4, 8)),
            "narrow_bound": _listed(largest_kinks(2, depth)[1] for depth in range(4, 8)),
        },
        "backpropagation": {
            "comparisons": integer(len(gradients)),
            "largest_difference": scientific(gradients["difference"].max()),
        },
        "classification": describe_experiments(experiments, histories),
        "augmentation": {
            "padded": integer(SIZE + 2 * PADDING),
            "last_offset": integer(OFFSETS - 1),
            "views": integer(OFFSETS**2 * MIRRORED),
        },
        "kinks": counts.describe(
            random_networks, constructions, lines, regions, experiments["baseline"]["widths"]
        ),
    }


def _listed(values: Iterable[int]) -> str:
    *most, last = map(integer, values)
    return f"{', '.join(most)} and {last}"


def _statement(source: dict) -> str:
    if not source["synthetic"]:
        return "The images are the published CIFAR-10, verified by checksum."
    return (
        "**SYNTHETIC.** This copy of the book was made with generated images of the shape of "
        "CIFAR-10. Its third chapter says nothing about photographs."
    )


def describe_experiments(experiments: dict, histories: pd.DataFrame) -> dict:
    """Settings and outcomes of every experiment, and what their comparison says."""
    rough: dict[str, list[float]] = {}
    runs: dict[str, dict[str, pd.DataFrame]] = {}
    for name in experiments:
        history = histories[histories["experiment"] == name]
        rough[name] = [roughness(run) for _, run in history.groupby("seed", sort=False)]
        # Of each quantity a table with a row an epoch and a column a seed.
        runs[name] = {
            quantity: history.pivot(index="epoch", columns="seed", values=quantity)
            for quantity in QUANTITIES
        }
    baseline = runs["baseline"]["val_accuracy"]
    described = {
        name: {
            **_settings(settings),
            **_outcome(runs[name], rough[name]),
            **_on_the_way(runs[name], min(settings["epochs"], len(baseline)), "baseline_end"),
            **_on_the_way(runs[name], max(1, settings["epochs"] // EARLY), "early"),
            "val_accuracy_over_baseline": change(
                runs[name]["val_accuracy"].iloc[-1].mean() - baseline.iloc[-1].mean()
            ),
        }
        for name, settings in experiments.items()
    }
    least = np.mean(rough["baseline"])
    ratio = np.mean(rough["augmented"]) / least if least else np.nan
    return {**described, "roughness_ratio": decimal(ratio, 2)}


def _settings(settings: dict) -> dict[str, str]:
    layers = [int(np.prod(IMAGE_SHAPE)), *settings["widths"], len(CLASSES)]
    return {
        "layers": "–".join(map(str, layers)),
        "parameters": integer(parameters(layers)),
        "epochs": integer(settings["epochs"]),
        "batch_size": integer(settings["batch_size"]),
        "learning_rate": f"{settings['learning_rate']:g}",
    }


def _outcome(runs: Mapping[str, pd.DataFrame], rough: Sequence[float]) -> dict[str, str]:
    steps = runs["train_loss"].mean(axis=1).diff().dropna()
    loss, train, validation = (runs[quantity].iloc[-1] for quantity in QUANTITIES)
    seeds = len(rough)
    return {
        "over": "one seed" if seeds == 1 else f"mean ± standard deviation over {seeds} seeds",
        "first_loss": spread(runs["train_loss"].iloc[0], 3),
        "last_loss": scientific(loss.mean()) if loss.mean() < 0.01 else spread(loss, 3),
        "falls": f"{(steps < 0).sum()} of the {len(steps)} steps",
        "train_accuracy": percentage(train),
        "best_train_accuracy": percentage(runs["train_accuracy"].max(), digits=2),
        "val_accuracy": percentage(validation),
        "gap": points(train - validation),
        "roughness": spread(rough, 4),
    }


def _on_the_way(runs: Mapping[str, pd.DataFrame], epoch: int, name: str) -> dict[str, str]:
    """The accuracies after `epoch` epochs, and how much was still to come."""
    numbers = {f"{name}_epoch": integer(epoch)}
    for quantity in ("train_accuracy", "val_accuracy"):
        then, last = runs[quantity].loc[epoch].to_numpy(), runs[quantity].iloc[-1].to_numpy()
        numbers[f"{name}_{quantity}"] = percentage(then)
        numbers[f"{quantity}_since_{name}"] = change(last - then)
    return numbers


def parameters(layers: Sequence[int]) -> int:
    """Weights and biases of a network with these layers, from the inputs to the outputs."""
    return sum((n + 1) * m for n, m in pairwise(layers))
