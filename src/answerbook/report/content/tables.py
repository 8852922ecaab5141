"""The generated tables of the book, as Markdown."""

import re
from math import nan

import pandas as pd
import yaml

from answerbook.report.content.markdown import escaped, table
from answerbook.report.content.numbers import percentage_of

PLACES = ("archives", "mirrors")
_VERBATIM = re.compile(r"[0-9a-f]{12,}(-dirty)?|https?://\S+")


def experiments_table(histories: pd.DataFrame) -> str:
    """The last epoch of every run: what its minibatches did, and what the network does at the end.

    histories: a row an epoch of a run, columns experiment, seed and those of history.csv; the runs
    in the order of the table's rows.
    """
    last = histories.groupby(["experiment", "seed"], sort=False).tail(1)
    return table(
        {
            "Experiment": last["experiment"].map(escaped),
            "Seed": last["seed"].astype(str),
            "Epochs": last["epoch"].astype(str),
            "Running": last["train_accuracy"].map(_percent),
            "Training accuracy": last["clean_train_accuracy"].map(_percent),
            "Training loss": last["clean_train_loss"].map("{:.4f}".format),
            "Validation accuracy": last["val_accuracy"].map(_percent),
            "Validation loss": last["val_loss"].map("{:.3f}".format),
        },
        widths=[20, 9, 11, 14, 16, 14, 16, 14],
        align="lrrrrrrr",
        caption="Every run after its last epoch. *Running*: accuracy over the minibatches of that "
        "epoch, as they were trained on. The others are of the network at the end, on all training "
        "and all validation images, as they are. From `runs/histories.csv` among the results.",
        label="tbl-experiments",
    )


def _percent(fraction: float) -> str:
    return percentage_of(fraction, nan)


def origin_tables(origin: dict) -> dict[str, str]:
    """What the results follow from: tables `provenance` and `versions`, and `config` as YAML."""
    made = {key: origin[key] for key in ("data",)}
    return {
        "provenance": settings_table(made, "What this copy was made from.", "provenance"),
        "versions": settings_table(origin["versions"], "Versions of the software.", "versions"),
        "config": settings_listing(origin["config"]),
    }


def settings_listing(config: dict) -> str:
    """The config as YAML, less the places where the images are looked for, which decide nothing.

    Of the other experiments it has what differs from the first one's settings.
    """
    first, *others = config["experiments"].items()
    short = {
        name: {key: value for key, value in settings.items() if value != first[1].get(key)}
        for name, settings in others
    }
    data = {key: config["data"][key] for key in config["data"] if key not in PLACES}
    config = config | {"data": data, "experiments": dict([first]) | short}
    text = yaml.safe_dump(config, default_flow_style=None, sort_keys=False, width=80)
    return f'```{{.yaml filename="config"}}\n{text}```\n'


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
