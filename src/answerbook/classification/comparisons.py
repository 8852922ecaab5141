"""What the book compares among the runs, seed by seed; no network is needed for it."""

import pandas as pd

from answerbook.statistics import roughness

KINDS = ("same class", "different class", "flipped", "random")  # of lines between images
CONTRASTS = {  # what is compared with what, and what the difference is called
    "training": ("baseline", "untrained"),
    "training on": ("interpolating", "baseline"),
    "augmentation": ("augmented", "baseline"),
}


def changes(lines: pd.DataFrame, contrast: str, kind: str) -> pd.Series:
    """How many kinks more a contrast brings on average, by seed, where both sides have it.

    lines: the table of lines.csv, in which all networks are cut along the same lines.
    """
    means = lines[lines.kind == kind].groupby(["experiment", "seed"]).kinks.mean()
    after, before = CONTRASTS[contrast]
    return (means[after] - means[before]).dropna()


def one_sign(by_seed: pd.Series) -> bool:
    """Whether there are more with every seed, or fewer with every seed."""
    return bool((by_seed > 0).all() or (by_seed < 0).all())


def smoother(with_it: pd.DataFrame, without: pd.DataFrame) -> pd.Series:
    """Whether the first loss is the smoother one, by seed, where both were trained with it.

    Both are a row an epoch and a column a seed; see `roughness`.
    """
    return (roughness(with_it) - roughness(without)).dropna() < 0
