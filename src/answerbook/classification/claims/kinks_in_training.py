"""Claims of Question 4 on the trained networks: kinks along lines, regions on a plane."""

import math
from collections.abc import Mapping
from itertools import product
from typing import Any

import pandas as pd

from answerbook.approximation.regions import TOLERANCE
from answerbook.claims.claim import Finding, checked, claim, measured
from answerbook.classification.claims.histories import listed, numbers
from answerbook.classification.contrasts import CONTRASTS, KINDS, changes, one_sign
from answerbook.statistics import bootstrap_interval

COUNTER = f"relative tolerance $2^{{{math.log2(TOLERANCE):.0f}}}$"
KIND = "different class"  # the kind of line that the evidence quotes; the table holds all


@claim(
    "q4b-regions",
    "The linear regions that were found in the square of the figure are those of the activation"
    " patterns on a dense grid: each point has the pattern of the region that it lies in, and no"
    " two regions have the same.",
    domain=f"one network, one square; float64, {COUNTER}",
)
def regions_agree(regions: Mapping[str, Any]) -> Finding:
    """By regions.json, which has the count on a grid beside that of the regions."""
    run = f"{regions['experiment']}, seed {regions['seed']}"
    evidence = f"{run}: {regions['count']:,} regions; a grid of ${regions['grid']}^2$ points meets"
    evidence += f" {regions['grid_regions']:,}, {regions['disagreements']} points disagree"
    return checked(regions["disagreements"] == 0, evidence)


def lines_drawn(lines: pd.DataFrame) -> str:
    """How many lines were drawn, and through the networks of which seeds."""
    drawn = f"{lines.line.nunique()} lines of each of {len(KINDS)} kinds"
    return f"{drawn}, {listed(lines.seed)}; float64, {COUNTER}"


@claim(
    "q4c-trained-lines",
    "We counted the kinks of the logits along straight lines that begin at images, of untrained"
    " and of trained networks, and looked which differences of means have one sign in every seed.",
    domain=lines_drawn,
    from_images=True,
)
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
    return measured(f"means, {KIND}: {', '.join(parts)}; {signs} one sign in every seed")


@claim(
    "q4c-kinks-by-training",
    "On average over the lines of a kind, training leaves more kinks from an image to another or"
    " to its mirror image, and fewer than two thirds of them towards a random point. Augmentation"
    " leaves fewer along lines of every kind, and takes most towards the mirror image.",
    domain=lines_drawn,
    from_images=True,
)
def kinks_by_training(lines: pd.DataFrame) -> Finding:
    """Seed by seed, as the differences of means have it."""
    training, augmentation = (
        {kind: changes(lines, contrast, kind) for kind in KINDS}
        for contrast in ("training", "augmentation")
    )
    before = lines[(lines.experiment == "untrained") & (lines.kind == "random")]
    before = before.groupby("seed").kinks.mean()
    holds = all((training[kind] > 0).all() for kind in KINDS if kind != "random")
    holds &= (training["random"] < -before / 3).all()
    most = pd.DataFrame(augmentation)
    holds &= (most < 0).to_numpy().all() and (most.idxmin(axis=1) == "flipped").all()
    told = [
        f"{name}, {kind} {numbers(by_kind[kind], 0)}"
        for name, by_kind in (("training", training), ("augmentation", augmentation))
        for kind in KINDS
    ]
    return checked(bool(holds), "; ".join(told))
