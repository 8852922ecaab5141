"""What the figures that answer back show: results as JSON for the page."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from answerbook.approximation.network import ReLUNetwork
from answerbook.cifar10 import CLASSES
from answerbook.classification.augmentation import MEAN, PADDING, STD
from answerbook.classification.calibration import best_temperature, halves, measures
from answerbook.classification.lines import flattened
from answerbook.classification.rounding import as_base64, round_network
from answerbook.classification.views import all_views, examples


def curves(histories: pd.DataFrame) -> dict:
    """Every run with its epochs, losses and accuracies, to five digits.

    `histories` has the columns experiment, seed, epoch and those of the measures.
    """
    measures = [name for name in map(str, histories) if name.endswith(("_loss", "_accuracy"))]
    runs = []
    for _, run in histories.groupby(["experiment", "seed"], sort=False):
        values = {name: [float(f"{value:.5g}") for value in run[name]] for name in measures}
        named = {"experiment": str(run["experiment"].iloc[0]), "seed": int(run["seed"].iloc[0])}
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


def classifier(
    networks: Mapping[str, ReLUNetwork],
    images: np.ndarray,
    labels: np.ndarray,
    typical: np.ndarray,
) -> dict:
    """Networks with rounded weights, example images, and how far the rounded logits are off.

    networks: by experiment; `images` uint8 (N, 3, 32, 32) and `labels` (N,) to take examples from;
    `typical` uint8 (n, 3, 32, 32): images that say which weights matter. The deviation is over all
    views of the examples and over both networks.
    """
    chosen = examples(labels)
    views, inputs = all_views(images[chosen]), flattened(typical)
    rounded = {name: round_network(network, inputs) for name, network in networks.items()}
    exact = np.stack([network(views) for network in networks.values()])
    ours = np.stack([network(views) for network in rounded.values()])
    return {
        "classes": CLASSES,
        "labels": labels[chosen].tolist(),
        "pixels": as_base64(images[chosen].tobytes()),
        "mean": MEAN,
        "std": STD,
        "padding": PADDING,
        "networks": {name: network.encoded() for name, network in rounded.items()},
        "deviation": {
            "largest": float(np.abs(ours - exact).max()),
            "logits": float(np.abs(exact).max()),
            "views": exact[..., 0].size,
            "changed": int((ours.argmax(axis=-1) != exact.argmax(axis=-1)).sum()),
        },
    }


def temperature(
    networks: Mapping[str, ReLUNetwork], images: np.ndarray, labels: np.ndarray
) -> dict:
    """Rounded logits of networks, by experiment, with the temperature that each has chosen.

    images uint8 (N, 3, 32, 32), labels (N,): of the half to measure on, every fourth one is shown.
    An image's logits come as what they lack of the largest, `largest` (level / 255)², of which only
    the largest has level 0. `deviation`: by how much a mean loss is off, at a network's own
    temperature or without one.
    """
    choose, measure = halves(len(labels))
    to_choose, to_show = flattened(images[choose]), flattened(images[measure][::4])
    truth = labels[measure][::4]
    shown, deviation = [], 0.0
    for name, network in networks.items():
        own = best_temperature(network(to_choose), labels[choose])
        logits = network(to_show)
        lacking = logits.max(axis=1, keepdims=True) - logits
        largest = float(f"{lacking.max():.6g}")
        levels = np.rint(255 * np.sqrt(lacking / largest)).clip(lacking > 0, 255).astype(np.uint8)
        for at in (1, own):
            rounded = -largest * (levels / 255) ** 2
            exact, ours = (measures(z / at, truth)["loss"] for z in (logits, rounded))
            deviation = max(deviation, abs(ours - exact))
        encoded = as_base64(levels.tobytes())
        shown.append({"experiment": name, "chosen": own, "largest": largest, "levels": encoded})
    encoded = as_base64(truth.astype(np.uint8).tobytes())
    return {"labels": encoded, "networks": shown, "deviation": float(deviation)}
