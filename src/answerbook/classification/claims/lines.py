"""Claims of Question 4 on the trained networks: kinks along lines, regions on a plane."""

import math
from itertools import product

import pandas as pd

from answerbook.approximation.regions import TOLERANCE
from answerbook.claims.claim import Claim, Finding, checked, measured
from answerbook.classification.claims.histories import listed
from answerbook.classification.lines import KINDS
from answerbook.statistics import bootstrap_interval

COUNTER = f"relative tolerance $2^{{{math.log2(TOLERANCE):.0f}}}$"
CONTRASTS = {  # what is compared with what, and what the difference is called
    "training": ("baseline", "untrained"),
    "training on": ("interpolating", "baseline"),
    "augmentation": ("augmented", "baseline"),
}
KIND = "different class"  # the kind of line that the evidence quotes; the table holds all


def claims(lines: pd.DataFrame, regions: dict) -> list[Claim]:
    """The claims in the book's order.

    lines: the table of lines.csv. regions: regions.json, with the count on a grid.
    """
    drawn = f"{lines.line.nunique()} lines of each of {len(KINDS)} kinds"
    return [
        Claim(
            "q4b-regions",
            "The linear regions that were found in the square of the figure are those of the"
            " activation patterns on a dense grid: each point has the pattern of the region that it"
            " lies in, and no two regions have the same.",
            lambda: regions_agree(regions),
            domain=f"one network, one square; float64, {COUNTER}",
        ),
        Claim(
            "q4c-trained-lines",
            "The number of kinks of the logits along straight lines between images, of untrained"
            " and of trained networks, and which differences have one sign in every seed.",
            lambda: kinks_between_images(lines),
            domain=f"{drawn}, {listed(lines.seed)}; float64, {COUNTER}",
        ),
    ]


def regions_agree(regions: dict) -> Finding:
    """Whether each grid point's pattern is that of the region it lies in, one region a pattern."""
    run = f"{regions['experiment']}, seed {regions['seed']}"
    evidence = f"{run}: {regions['count']:,} regions; a grid of ${regions['grid']}^2$ points meets"
    evidence += f" {regions['grid_regions']:,}, {regions['disagreements']} points disagree"
    return checked(regions["disagreements"] == 0, evidence)


def kinks_between_images(lines: pd.DataFrame) -> Finding:
    """Means of one kind of line, each line's count its seeds' mean, and what differs in sign."""
    chosen, parts = lines[lines.kind == KIND], []
    for experiment, rows in chosen.groupby("experiment", sort=False):
        of_lines = rows.groupby("line").kinks.mean()
        low, high = bootstrap_interval(of_lines)
        seeds = listed(rows.seed)
        parts.append(f"{experiment} {of_lines.mean():.0f} ({low:.0f} to {high:.0f}; {seeds})")
    unclear = [
        f"{contrast} ({kind})"
        for contrast, kind in product(CONTRASTS, KINDS)
        if not one_sign(changes(lines, contrast, kind))
    ]
    of = f"{len(CONTRASTS) * len(KINDS)} differences of means"
    signs = f"all {of} have" if not unclear else f"of {of} all but {', '.join(unclear)} have"
    return measured(f"{KIND}: {', '.join(parts)}; {signs} one sign in every seed")


def changes(lines: pd.DataFrame, contrast: str, kind: str) -> pd.Series:
    """How many kinks more a contrast brings on average, by seed, where both sides have it.

    All networks are cut along the same lines.
    """
    means = lines[lines.kind == kind].groupby(["experiment", "seed"]).kinks.mean()
    after, before = CONTRASTS[contrast]
    return (means[after] - means[before]).dropna()


def one_sign(by_seed: pd.Series) -> bool:
    """Whether there are more kinks with every seed, or fewer with every seed."""
    return bool((by_seed > 0).all() or (by_seed < 0).all())
