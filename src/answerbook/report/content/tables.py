"""The generated tables of the book, as Markdown."""

import re
from collections.abc import Iterator

import pandas as pd

from answerbook.report.content.markdown import escaped, table
from answerbook.report.content.numbers import THIN, decimal, percentage
from answerbook.report.content.verdicts import statements

_VERBATIM = re.compile(r"[0-9a-f]{12,}(-dirty)?|https?://\S+")


def claims_table(claims: list[dict]) -> str:
    """Question, claim, verdict and evidence of each claim of claims.json."""
    return table(
        ["Question", "Claim", "Verdict", "Evidence"],
        [
            [
                claim["question"],
                _claim(claim),
                str(claim["verdict"]),
                escaped(claim["evidence"]),
            ]
            for claim in claims
        ],
        widths=[12, 44, 13, 40],
        caption="Every claim of the book, the verdict reached, and on what evidence.",
        label="tbl-claims",
    )


def _claim(claim: dict) -> str:
    return " ".join(statements(claim))


def experiments_table(summaries: dict[str, pd.DataFrame]) -> str:
    """The last epoch of each experiment: mean ± standard deviation over its n seeds.

    summaries: experiment -> its summary.csv, in the order of the rows.
    """
    return table(
        ["Experiment", "Epochs", "Seeds", "Training accuracy", "Validation accuracy"],
        [
            [
                escaped(name),
                str(int(last["epoch"])),
                str(int(last["n"])),
                accuracy(last["train_accuracy_mean"], last["train_accuracy_std"]),
                accuracy(last["val_accuracy_mean"], last["val_accuracy_std"]),
            ]
            for name, last in ((name, frame.iloc[-1]) for name, frame in summaries.items())
        ],
        widths=[24, 14, 14, 28, 28],
        align="lrrrr",
        caption="The last epoch of each experiment: mean ± standard deviation over the seeds.",
        label="tbl-experiments",
    )


def accuracy(mean: float, deviation: float) -> str:
    """In percent: 93.3 ± 0.2 %; the deviation is left out where there is none (one seed).

    It is left out too where the mean would be rounded up to 100.0 %: that is "more than 99.9 %".
    """
    if pd.isna(deviation) or decimal(100 * mean, 1) == decimal(100, 1):
        return percentage([mean])
    spread = f"{decimal(100 * mean, 1)}{THIN}±{THIN}{decimal(100 * deviation, 1)}"
    return f"{spread}{THIN}%"


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
    rows = [[f"`{_breakable(key)}`", _shown(value)] for key, value in _flattened(values)]
    return table(["Item", "Value"], rows, widths=[30, 70], caption=caption, label=f"tbl-{name}")


def _breakable(key: str) -> str:
    return key.replace(".", ".\u200b")


def _flattened(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """The leaves of nested mappings with their dotted paths; a list of plain values is a leaf."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flattened(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(inner, dict | list) for inner in value):
        for index, inner in enumerate(value):
            yield from _flattened(inner, f"{path}[{index}]")
    else:
        yield path, value


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    return f"`{value}`" if _VERBATIM.fullmatch(str(value)) else escaped(str(value))
