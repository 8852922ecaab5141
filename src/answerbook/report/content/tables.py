"""The generated tables of the book, as Markdown."""

import re

import pandas as pd

from answerbook.report.content.markdown import escaped, table
from answerbook.report.content.numbers import percentage_of

_VERBATIM = re.compile(r"[0-9a-f]{12,}(-dirty)?|https?://\S+")


def experiments_table(summaries: pd.DataFrame) -> str:
    """The last epoch of each experiment: mean ± standard deviation over its n seeds.

    summaries: a row an experiment and epoch, columns experiment and those of summary.csv; the
    experiments in the order of the table's rows.
    """
    last = summaries.groupby("experiment", sort=False).tail(1)
    return table(
        {
            "Experiment": last["experiment"].map(escaped),
            "Epochs": last["epoch"].astype(str),
            "Seeds": last["n"].astype(str),
            "Training accuracy": map(
                percentage_of, last["train_accuracy_mean"], last["train_accuracy_std"]
            ),
            "Validation accuracy": map(
                percentage_of, last["val_accuracy_mean"], last["val_accuracy_std"]
            ),
        },
        widths=[24, 14, 14, 28, 28],
        align="lrrrr",
        caption="The last epoch of each experiment: mean ± standard deviation over the seeds.",
        label="tbl-experiments",
    )


def origin_tables(origin: dict) -> dict[str, str]:
    """The tables `provenance`, `versions` and `config` of what the results follow from."""
    made = {key: origin[key] for key in ("commit", "data")}
    return {
        "provenance": settings_table(made, "What this copy was made from.", "provenance"),
        "versions": settings_table(origin["versions"], "Versions of the software.", "versions"),
        "config": settings_table(origin["config"], "The settings of this copy.", "config"),
    }


def settings_table(values: dict, caption: str, name: str) -> str:
    """Every leaf of nested mappings with its dotted path; the label is tbl-{name}."""
    leaves = _leaves(values)
    return table(
        {
            "Item": [f"`{path}`".replace(".", ".\u200b") for path in leaves],
            "Value": map(_setting, leaves.values()),
        },
        widths=[30, 70],
        caption=caption,
        label=f"tbl-{name}",
    )


def _leaves(values: dict, path: str = "") -> dict[str, object]:
    """What nested mappings hold, by dotted path."""
    leaves = {}
    for key, value in values.items():
        inner = isinstance(value, dict)
        leaves |= _leaves(value, f"{path}{key}.") if inner else {f"{path}{key}": value}
    return leaves


def _setting(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_setting, value))
    if isinstance(value, bool) or value is None:
        return "none" if value is None else "yes" if value else "no"
    return f"`{value}`" if _VERBATIM.fullmatch(str(value)) else escaped(value)
