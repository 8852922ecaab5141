"""Claims on what reaches the layers: why deeper learns more slowly, and why kinks get fewer.

They read `spreads`, the table of initial_spreads.csv, and `first_layers`, that of first_layers.csv.
"""

import pandas as pd

from answerbook.claims.claim import Finding, checked
from answerbook.classification.claims.histories import claim_on_runs, listed, numbers


@claim_on_runs(
    "q13-initial-spread",
    "At the start of the training each layer passes on less than half of the spread over images"
    " that it gets: between the logits of two images of the deeper network there is less than a"
    " quarter of the difference that there is in the baseline.",
    domain=lambda spreads: f"networks at initialisation, {listed(spreads.seed)}; 2,000 images",
)
def depth_shrinks_the_signal(spreads: pd.DataFrame) -> Finding:
    """The spread of every layer against that of the one before, and of the logits of both."""
    holds, logits, shares = True, {}, []
    for experiment, rows in spreads.groupby("experiment"):
        layers = rows.pivot(index="layer", columns="seed", values="spread")
        ratios = (layers / layers.shift()).dropna()
        holds &= bool((ratios < 0.5).all(axis=None))
        logits[experiment] = layers.iloc[-1]
        shares += [ratios.min(axis=None), ratios.max(axis=None)]
    holds &= bool((logits["deeper"] < logits["baseline"] / 4).all())
    evidence = f"{min(shares):.2f} to {max(shares):.2f} of it from layer to layer; logits"
    told = (f"{name} {numbers(spread, 3)}" for name, spread in logits.items())
    return checked(holds, f"{evidence}: {', '.join(told)}")


@claim_on_runs(
    "q4c-random-point",
    "Training makes the first layer's values on images more than four times as large, and their"
    " change on the way to another image too, but that on the way to a random point less than"
    " twice: there fewer than two thirds as many of its units switch.",
    domain=lambda first_layers: f"baseline, {listed(first_layers.seed)}; the lines of the figure",
)
def random_directions_are_not_learnt(first_layers: pd.DataFrame) -> Finding:
    """By root mean squares before and after training, and the switches of the first layer."""
    (before, growth), (_, between) = (
        growth_along(first_layers, kind) for kind in ("random", "different class")
    )
    holds = (growth.start > 4).all() and (between.change > 4).all() and (growth.change < 2).all()
    switches = before.switches, before.switches * growth.switches
    evidence = f"on images {numbers(growth.start, 1)} times, their change to another class"
    evidence += f" {numbers(between.change, 1)}, to a random point {numbers(growth.change, 1)}"
    evidence += f" times; {' then '.join(numbers(each, 0) for each in switches)} units switch"
    return checked(bool(holds and (growth.switches < 2 / 3).all()), evidence)


def growth_along(first_layers: pd.DataFrame, kind: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What was measured along lines of a kind before training, and how many times as much after."""
    table = first_layers[first_layers.kind == kind].set_index(["experiment", "seed"])
    table = table.drop(columns="kind")
    before, after = (table.loc[[of]].droplevel(0) for of in ("untrained", "baseline"))
    return before, after / before
