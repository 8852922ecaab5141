"""What the page of a sweep says: the grid, the best settings, what diverged, what is missing.

Every sentence holds for any grid: of one setting, of one seed, or with runs that all diverged.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from answerbook.classification.sweep import RUN, diverged, ranking
from answerbook.report.content.markdown import escaped, table
from answerbook.report.content.numbers import integer, percentage_of

BEST = 10  # settings in the table
NAMES = {
    "widths": "Width of the hidden layers",
    "depths": "Hidden layers",
    "learning_rates": "Learning rate",
    "augmented": "Augmented",
    "seeds": "Seeds",
    "epochs": "Epochs",
    "batch_size": "Images in a batch",
    "snapshots": "Kinks are counted after epochs",
}


def counted(number: int, noun: str) -> str:
    """1 run; 12 runs."""
    return f"{integer(number)} {noun}{'' if number == 1 else 's'}"


def grid_table(sweep: Mapping) -> str:
    """The lists that the settings are combined from, and what all runs share."""
    return table(
        {
            "Setting": NAMES.values(),
            "Values": [_values(sweep[key]) for key in NAMES],
        },
        widths=[40, 60],
        caption="The grid. Each combination of widths, depths, rates and augmentation is a "
        "setting, which is trained once with each seed.",
        label="tbl-grid",
    )


def _values(value: object) -> str:
    if isinstance(value, Sequence):
        return ", ".join(map(_values, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def overview(sweep: Mapping, runs: pd.DataFrame, missing: pd.DataFrame) -> str:
    """How many runs there are, are missing, and diverged."""
    there, lost = len(runs[RUN].drop_duplicates()), len(diverged(runs))
    planned, seeds = there + len(missing), len(sweep["seeds"])
    page = "None of them is missing"
    if len(missing):
        page = f"This page is made from {integer(there)} of them; @tbl-missing has the others"
    which = f"{integer(lost)} of them did (@tbl-diverged)" if lost else "none did"
    return (
        f"The grid has {counted(planned // seeds, 'setting')}, and {counted(seeds, 'seed')} for "
        f"each: {counted(planned, 'run')}. {page}. A run has diverged if its loss is no finite "
        f"number at the end: {which}.\n"
    )


def best_part(runs: pd.DataFrame) -> str:
    """The best setting, how far it stands out, and the table of the best ones."""
    ranked = ranking(runs)
    if ranked.empty:
        return "Every run diverged: there is no best setting.\n"
    return f"{_best(ranked)}\n\n{_best_table(ranked.head(BEST))}"


def _best(ranked: pd.DataFrame) -> str:
    best, others = ranked.iloc[0], ranked.iloc[1:]
    spread = (
        f"The mean is over {counted(best['n'], 'seed')}, and ± is half of Student's 95 % interval."
        if best["n"] > 1
        else "There is one run of it, and so no interval."
    )
    if others.empty:
        return f"The one setting, {_setting(best)}, reached {_accuracy(best)}. {spread}"
    text = (
        f"The highest mean validation accuracy is {_accuracy(best)}, that of {_setting(best)}. "
        f"{spread} "
    )
    if others["half"].notna().any():
        reach = int((others["mean"] + others["half"] >= best["mean"]).sum())
        which = f"{integer(reach) if reach else 'none'} {'has' if reach <= 1 else 'have'}"
        text += (
            f"Of the other settings ({integer(len(others))}), {which} an interval that reaches "
            "this mean. "
        )
    return text + (
        "The best of many is in part the luckiest, and it is judged on the images by which it was "
        "chosen: with other seeds or other images, expect less."
    )


def _best_table(ranked: pd.DataFrame) -> str:
    several = len(ranked) > 1
    return table(
        {
            "Width": ranked["width"].map(integer),
            "Depth": ranked["depth"].map(integer),
            "Learning rate": ranked["learning_rate"].map("{:g}".format),
            "Augmented": ["yes" if augmented else "no" for augmented in ranked["augmented"]],
            "Runs": ranked["n"].map(integer),
            "Validation accuracy": [_accuracy(row) for _, row in ranked.iterrows()],
        },
        widths=[11, 11, 20, 16, 10, 32],
        align="rrrlrr",
        caption=f"The {integer(len(ranked))} best settings" * several
        + "The setting" * (not several)
        + " after the last epoch: mean over the seeds, ± half of its 95 % interval. Runs that "
        "diverged are left out.",
        label="tbl-best",
    )


def _setting(row: pd.Series) -> str:
    layers = counted(row["depth"], "hidden layer")
    augmented = "with" if row["augmented"] else "without"
    return (
        f"{layers} of width {integer(row['width'])}, trained at rate {row['learning_rate']:g} "
        f"{augmented} augmentation"
    )


def _accuracy(row: pd.Series) -> str:
    return percentage_of(row["mean"], row["half"])


def diverged_part(runs: pd.DataFrame) -> str:
    """The runs that diverged, each with its epoch, or that there is none."""
    if (lost := diverged(runs)).empty:
        return "No run diverged.\n"
    return table(
        {
            "Setting": [f"`{setting}`" for setting in lost["setting"]],
            "Seed": lost["seed"].astype(str),
            "Epoch": lost["epoch"].astype(str),
        },
        widths=[60, 20, 20],
        align="lrr",
        caption="Runs that diverged: in this epoch the loss was no longer a finite number.",
        label="tbl-diverged",
    )


def missing_part(missing: pd.DataFrame) -> str:
    """The runs that are missing, each with its reason, or that there is none."""
    if missing.empty:
        return "No run is missing.\n"
    return table(
        {
            "Setting": [f"`{setting}`" for setting in missing["setting"]],
            "Seed": missing["seed"].astype(str),
            "Reason": missing["reason"].map(escaped),
        },
        widths=[40, 10, 50],
        align="lrl",
        caption="Runs of the grid that are not on this page, and the last that their logs say.",
        label="tbl-missing",
    )
