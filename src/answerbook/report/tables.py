"""The generated tables of the book, as Markdown."""

import re
from collections.abc import Iterator

import pandas as pd

from answerbook.report.markdown import escaped, table
from answerbook.report.numbers import THIN, decimal, percentage
from answerbook.report.verdicts import statements

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


def provenance_tables(provenance: dict) -> dict[str, str]:
    """The tables `provenance`, `versions`, `config` and `times` of provenance.json."""
    made = {key: provenance[key] for key in ("commit", "data", "hardware") if key in provenance}
    return {
        "provenance": _settings(made, "What this copy was made from, and on what.", "provenance"),
        "versions": _settings(provenance["versions"], "Versions of the software.", "versions"),
        "config": _settings(provenance["config"], "The settings of this copy.", "config"),
        "times": times_table(provenance["rules"]),
    }


def times_table(rules: list[dict]) -> str:
    """Wall-clock time and peak memory of each job, and their total time."""
    rows = [[escaped(rule["name"]), _seconds(rule), _memory(rule)] for rule in rules]
    total = sum(rule["seconds"] for rule in rules)
    return table(
        ["Job", "Time", "Memory"],
        [*rows, ["**All, one after the other**", f"**{_seconds({'seconds': total})}**", ""]],
        widths=[60, 20, 20],
        align="lrr",
        caption="Wall-clock time and peak memory of each job.",
        label="tbl-times",
    )


def _seconds(rule: dict) -> str:
    return f"{decimal(rule['seconds'], 1)}{THIN}s"


def _memory(rule: dict) -> str:
    megabytes = rule.get("max_rss_mb")
    return "–" if not megabytes else f"{decimal(megabytes, 0)}{THIN}MB"


def _settings(values: dict, caption: str, name: str) -> str:
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
