"""Whether a network is right as often as it says, and the temperature that brings both together.

Guo, Pleiss, Sun, Weinberger 2017, "On Calibration of Modern Neural Networks": logits are divided by
a temperature T > 0. The confidence is the largest of the probabilities.
"""

import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

BINS = 10  # of confidence
COLDEST, HOTTEST = 0.01, 100.0  # temperatures to choose from


def halves(images: int) -> tuple[slice, slice]:
    """The first half of the images, to choose a temperature on, and the other, to measure on."""
    return slice(0, images // 2), slice(images // 2, images)


def losses(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Cross-entropy (N,) of logits (N, classes) with labels (N,), image by image."""
    return -log_softmax(logits, axis=1)[np.arange(len(labels)), labels]


def best_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature of the least mean loss, which is convex in 1/T."""
    found = minimize_scalar(
        lambda inverse: losses(inverse * logits, labels).mean(),
        bounds=(1 / HOTTEST, 1 / COLDEST),
        method="bounded",
    )
    return 1 / found.x


def measures(logits: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """What logits (N, classes) are worth on images with labels (N,).

    Mean and median loss; the share of all loss that the worst tenth of the images has; accuracy;
    mean confidence, and that on the misclassified images (NaN where there is none).
    """
    loss = losses(logits, labels)
    confidence, right = _confidence(logits), logits.argmax(axis=1) == labels
    worst = np.sort(loss)[-max(1, len(loss) // 10) :]
    return {
        "loss": loss.mean(),
        "median_loss": float(np.median(loss)),
        "worst_tenth": worst.sum() / loss.sum(),
        "accuracy": right.mean(),
        "confidence": confidence.mean(),
        "wrong_confidence": np.nan if right.all() else confidence[~right].mean(),
    }


def reliability(logits: np.ndarray, labels: np.ndarray) -> pd.DataFrame:
    """A row for each tenth of the confidences from 0 to 1 that some image has.

    Columns bin, images, confidence, accuracy: which tenth, how many images, and their means.
    """
    confidence = _confidence(logits)
    bins = np.minimum((BINS * confidence).astype(int), BINS - 1)
    right = logits.argmax(axis=1) == labels
    table = pd.DataFrame({"bin": bins, "confidence": confidence, "accuracy": right})
    means = table.groupby("bin").mean()
    return means.assign(images=table["bin"].value_counts()).reset_index()


def _confidence(logits: np.ndarray) -> np.ndarray:
    return np.exp(log_softmax(logits, axis=1).max(axis=1))
