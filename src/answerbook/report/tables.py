"""The generated tables of the book, as Markdown."""

import re

import pandas as pd
import yaml

from answerbook.numbers import percentage
from answerbook.report.markdown import escaped, table

PLACES = ("archives", "mirrors")  # where the images are looked for
RENDERERS = ("pypandoc_binary", "typst")  # of which the book may have had no need
# The filter puts in what rendered the book; where it is not told, the words stand.
_RENDERED_BY = "[named at the end of the page and on the title page of the PDF]{.renderer}"
_VERBATIM = re.compile(r"[0-9a-f]{12,}|https?://\S+")


def experiments_table(histories: pd.DataFrame) -> str:
    """The last epoch of every run: what its minibatches did, and what the network does at the end.

    histories: a row an epoch of a run, columns experiment, seed and those of history.csv; the runs
    in the order of the table's rows.
    """
    last = histories.groupby(["experiment", "seed"], sort=False).tail(1)
    return table(
        {
            "Experiment": [escaped(name).replace("_", "_\u200b") for name in last["experiment"]],
            "Seed": last["seed"].astype(str),
            "Epochs": last["epoch"].astype(str),
            "Running": map(percentage, last["train_accuracy"]),
            "Training accuracy": map(percentage, last["clean_train_accuracy"]),
            "Training loss": last["clean_train_loss"].map("{:.4f}".format),
            "Validation accuracy": map(percentage, last["val_accuracy"]),
            "Validation loss": last["val_loss"].map("{:.3f}".format),
        },
        widths=[22, 8, 10, 13, 13, 12, 14, 14],
        align="lrrrrrrr",
        caption="Every run after its last epoch. *Running*: accuracy over the minibatches of that "
        "epoch, as they were trained on. The others are of the network at the end, on all training "
        "and all validation images, as they are. From `runs/histories.csv` among the results.",
        label="tbl-experiments",
    )


def origin_tables(origin: dict) -> dict[str, str]:
    """What the results follow from: tables `provenance` and `versions`, and `config` as YAML."""
    versions = {name: text for name, text in origin["versions"].items() if name not in RENDERERS}
    return {
        "provenance": settings_table(
            {"data": origin["data"]}, "The data of this copy.", "provenance"
        ),
        "versions": settings_table(
            versions, "Versions of the software.", "versions", {"renderer": _RENDERED_BY}
        ),
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


def settings_table(
    values: dict, caption: str, name: str, written: dict[str, str] | None = None
) -> str:
    """Every leaf of nested mappings with its dotted path; the label is tbl-{name}.

    written: further rows, whose values are Markdown.
    """
    (leaves,) = pd.json_normalize(values).to_dict("records")
    rows = {path: _setting(value) for path, value in leaves.items()} | (written or {})
    return table(
        {
            "Item": [f"`{path}`".replace(".", ".\u200b") for path in rows],
            "Value": rows.values(),
        },
        widths=[30, 70],
        caption=caption,
        label=f"tbl-{name}",
    )


def _setting(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_setting, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{value}`" if _VERBATIM.fullmatch(str(value)) else escaped(value)
