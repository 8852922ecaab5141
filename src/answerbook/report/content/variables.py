"""The numbers that stand in the sentences of the book, formatted."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from answerbook.approximation import bounds
from answerbook.cifar10.arrays import CLASSES, IMAGE_SHAPE
from answerbook.classification.augmentation import OFFSETS, PADDING, SIZE
from answerbook.classification.claims.runs import roughness
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

Histories = Mapping[str, Sequence[pd.DataFrame]]
EARLY = 3  # a run is looked at once on the way, after this fraction of its epochs
MIRRORED = 2  # an image and its mirror image


def collect(
    *,
    config: dict,
    images: Mapping[str, int],
    source: dict,
    histories: Histories,
    gradients: pd.DataFrame,
    random_networks: pd.DataFrame,
    constructions: pd.DataFrame,
    lines: pd.DataFrame,
    regions: dict,
) -> dict:
    """All variables of the book, nested as the chapters name them; the leaves are strings.

    config: the completed config. images: how many there are to train and to test, under
    "train" and "test". source: `cifar10/source.json`. histories: each experiment's `history.csv`,
    one for each seed. gradients: `gradients.csv`. The others are the counted kinks, see
    `answerbook.report.content.counts`.

    Raises `AnswerbookError` if an experiment has no runs.
    """
    for name in config["experiments"]:
        if not histories.get(name):
            raise AnswerbookError(f"the experiment {name} has no history.csv; train it first")
    widths = config["experiments"]["baseline"]["widths"]
    return {
        "data": describe_data(images, source),
        "approximation": describe_equal_kinks(),
        "backpropagation": describe_gradients(gradients),
        "classification": describe_experiments(config["experiments"], histories),
        "augmentation": describe_augmentation(),
        "kinks": counts.describe(random_networks, constructions, lines, regions, widths),
    }


def describe_data(images: Mapping[str, int], source: dict) -> dict[str, str]:
    """Sizes of the data set, and what it is."""
    statement = (
        "**SYNTHETIC.** This copy of the book was made with generated images of the shape of "
        "CIFAR-10. Its third chapter says nothing about photographs."
        if source["synthetic"]
        else "The images are the published CIFAR-10, verified by checksum."
    )
    return {
        "statement": statement,
        "training_images": integer(images["train"]),
        "validation_images": integer(images["test"]),
        "classes": integer(len(CLASSES)),
        "chance": percentage([1 / len(CLASSES)], digits=0),
    }


def describe_equal_kinks() -> dict[str, str]:
    """Numbers of Question 4(c)(iv), from its formulas."""
    crossings = {f"crossing_{depth}": decimal(bounds.crossing_width(depth), 2) for depth in (3, 7)}
    depths = {f"best_depth_{k}": decimal(bounds.optimal_depth(k), 2) for k in (2, 10, 100)}
    return {**crossings, **depths, "best_width": decimal(np.e / 2, 2)}


def describe_gradients(gradients: pd.DataFrame) -> dict[str, str]:
    """How many gradients were compared with autograd, and the largest difference."""
    return {
        "comparisons": integer(len(gradients)),
        "largest_difference": scientific(gradients["difference"].max()),
    }


def describe_augmentation() -> dict[str, str]:
    """Sizes and counts of Question 14."""
    return {
        "padded": integer(SIZE + 2 * PADDING),
        "last_offset": integer(OFFSETS - 1),
        "views": integer(OFFSETS**2 * MIRRORED),
    }


def describe_experiments(experiments: dict, histories: Histories) -> dict:
    """Settings and outcomes of every experiment, and what their comparison says."""
    baseline = experiments["baseline"]["epochs"]
    described = {
        name: {
            **_settings(settings),
            **_outcome(histories[name]),
            **_on_the_way(histories[name], min(settings["epochs"], baseline), "baseline_end"),
            **_on_the_way(histories[name], max(1, settings["epochs"] // EARLY), "early"),
            "val_accuracy_over_baseline": change(
                _last(histories[name], "val_accuracy").mean()
                - _last(histories["baseline"], "val_accuracy").mean()
            ),
        }
        for name, settings in experiments.items()
    }
    rough = {name: mean_roughness(histories[name]) for name in ("baseline", "augmented")}
    ratio = rough["augmented"] / rough["baseline"] if rough["baseline"] else np.nan
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


def _outcome(runs: Sequence[pd.DataFrame]) -> dict[str, str]:
    mean_loss = pd.concat(runs).groupby("epoch")["train_loss"].mean()
    falls = int((mean_loss.diff().dropna() < 0).sum())
    train, validation = _last(runs, "train_accuracy"), _last(runs, "val_accuracy")
    n = len(runs)
    return {
        "over": "one seed" if n == 1 else f"mean ± standard deviation over {n} seeds",
        "first_loss": spread([run["train_loss"].iloc[0] for run in runs], 3),
        "last_loss": _small(_last(runs, "train_loss")),
        "falls": f"{falls} of the {len(mean_loss) - 1} steps",
        "train_accuracy": percentage(train),
        "best_train_accuracy": percentage([r["train_accuracy"].max() for r in runs], digits=2),
        "val_accuracy": percentage(validation),
        "gap": points(train - validation),
        "roughness": spread([roughness(run) for run in runs], 4),
    }


def _on_the_way(runs: Sequence[pd.DataFrame], epoch: int, name: str) -> dict[str, str]:
    """The accuracies after `epoch` epochs, and how much was still to come."""
    numbers = {f"{name}_epoch": integer(epoch)}
    for quantity in ("train_accuracy", "val_accuracy"):
        then = np.array([run.set_index("epoch")[quantity][epoch] for run in runs])
        numbers[f"{name}_{quantity}"] = percentage(then)
        numbers[f"{quantity}_since_{name}"] = change(_last(runs, quantity) - then)
    return numbers


def parameters(layers: Sequence[int]) -> int:
    """Weights and biases of a network with these layers, from the inputs to the outputs."""
    return sum((n + 1) * m for n, m in pairwise(layers))


def mean_roughness(runs: Sequence[pd.DataFrame]) -> float:
    """The mean over the seeds of the roughness of the training loss (Question 15)."""
    return float(np.mean([roughness(run) for run in runs]))


def _last(runs: Sequence[pd.DataFrame], quantity: str) -> np.ndarray:
    return np.array([run[quantity].iloc[-1] for run in runs])


def _small(losses: np.ndarray) -> str:
    return scientific(losses.mean()) if losses.mean() < 0.01 else spread(losses, 3)
