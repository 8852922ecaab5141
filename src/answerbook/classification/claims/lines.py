"""Claims of Question 4 on the trained networks: kinks along lines, regions on a plane."""

import pandas as pd

from answerbook.claims.claim import Claim, Finding, checked, measured
from answerbook.classification.claims.histories import listed
from answerbook.statistics import bootstrap_interval

KIND = "different class"  # the kind of line that the evidence quotes; the table holds all


def claims(lines: pd.DataFrame, regions: dict) -> list[Claim]:
    """The claims in the book's order.

    lines: the table of lines.csv. regions: regions.json, with the count on a grid.
    """
    return [
        Claim(
            "q4b-regions",
            "The linear regions of a trained network in a square around three images, on the plane"
            " through them, counted exactly, agree with the activation patterns on a dense grid.",
            lambda: regions_agree(regions),
            domain="one network, one square",
        ),
        Claim(
            "q4c-trained-lines",
            "The number of kinks of the logits along straight lines between images, of untrained"
            " and of trained networks.",
            lambda: kinks_between_images(lines),
            domain="lines between validation images",
        ),
    ]


def regions_agree(regions: dict) -> Finding:
    """Whether each grid point's pattern is that of the region it lies in, one region a pattern."""
    run = f"{regions['experiment']}, seed {regions['seed']}"
    evidence = f"{run}: {regions['count']:,} regions; a grid of {regions['grid']}² points meets"
    evidence += f" {regions['grid_regions']:,}, {regions['disagreements']} points disagree"
    return checked(regions["disagreements"] == 0, evidence)


def kinks_between_images(lines: pd.DataFrame) -> Finding:
    """Mean over the lines of one kind, and its 95 % interval; a line's count is its seeds' mean."""
    chosen, parts = lines[lines.kind == KIND], []
    for experiment, rows in chosen.groupby("experiment", sort=False):
        of_lines = rows.groupby("line").kinks.mean()
        low, high = bootstrap_interval(of_lines)
        seeds = listed(rows.seed)
        parts.append(f"{experiment} {of_lines.mean():.0f} ({low:.0f} to {high:.0f}; {seeds})")
    return measured(f"{KIND}, {chosen.line.nunique()} lines: {', '.join(parts)}")
