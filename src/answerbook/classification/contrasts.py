"""What a training does to the kinks along lines between images: networks compared, seed by seed.

Free of torch, since the book's text needs it as well as the claims.
"""

import pandas as pd

KINDS = ("same class", "different class", "flipped", "random")  # of lines: where they end
CONTRASTS = {  # what is compared with what, and what the difference is called
    "training": ("baseline", "untrained"),
    "training on": ("interpolating", "baseline"),
    "augmentation": ("augmented", "baseline"),
}


def changes(lines: pd.DataFrame, contrast: str, kind: str) -> pd.Series:
    """How many kinks more a contrast brings on average, by seed, where both sides have it.

    lines: the table of lines.csv. All networks are cut along the same lines.
    """
    means = lines[lines["kind"] == kind].groupby(["experiment", "seed"])["kinks"].mean()
    after, before = CONTRASTS[contrast]
    return (means[after] - means[before]).dropna()


def along_lines(lines: pd.DataFrame, contrast: str, kind: str) -> pd.Series:
    """The same by line, each the mean over the seeds that both sides have.

    How much other seeds would differ it does not tell.
    """
    shared = lines["seed"].isin(changes(lines, contrast, kind).index) & (lines["kind"] == kind)
    means = lines[shared].groupby(["experiment", "line"])["kinks"].mean()
    after, before = CONTRASTS[contrast]
    return means[after] - means[before]


def one_sign(by_seed: pd.Series) -> bool:
    """Whether there are more kinks with every seed, or fewer with every seed."""
    return bool((by_seed > 0).all() or (by_seed < 0).all())
