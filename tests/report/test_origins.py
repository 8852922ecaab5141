"""Figures and numbers say where they come from, and say the truth."""

import base64
import re
from pathlib import Path

import pytest

from answerbook.report.origins import RESULTS, drawn_tables, marked, origins, result_of

SAVED = re.compile(r'download="([^"]*)" href="data:[\w/]+;base64,([^"]*)"')
RULES = Path(__file__).parents[2] / "workflow" / "rules" / "report.smk"


def saved(html):
    """The names and contents of the files that the links in the page save."""
    return [(name, base64.b64decode(content)) for name, content in SAVED.findall(html)]


def test_the_numbers_are_computed_from_the_files_that_they_name():
    rule = RULES.read_text("utf-8").partition("rule collect_variables:")[2].partition("output:")[0]
    read = re.findall(r'"<results>/(?!cifar10/)(.+)"', rule)
    assert set(RESULTS.values()) == {*read, "claims.json"}  # the last one staging reads


@pytest.mark.parametrize(
    "variable, file",
    [
        ("kinks.built.networks", "kinks/constructions.csv"),
        ("classification.baseline.val_accuracy", "runs/histories.csv"),
        ("classification.baseline.epochs", None),
        ("approximation.crossing_3", None),
    ],
)
def test_what_was_set_or_calculated_comes_from_no_experiment(variable, file):
    assert result_of(variable) == file


def test_numbers_are_marked_in_the_text_and_not_in_attributes():
    number = "{{< var kinks.built.networks >}}"
    text = f'Of {number} networks.\n\n![{{}}](a.svg){{fig-alt="All\n{number}"}}'
    opening = '`<span class="from" title="from kinks/constructions.csv">`{=html}'
    assert marked(text) == text.replace(number, f"{opening}{number}`</span>`{{=html}}", 1)


def test_a_figure_names_its_script_and_its_command_and_brings_its_numbers(tmp_path):
    (tmp_path / "a_plot.csv").write_text("x\n1\n")
    told = origins([tmp_path / "a_plot.svg"])
    link = '`<a href="#csv-a_plot">`{=html}a_plot.csv`</a>`{=html}'
    for part in ("`figures/a_plot.py`", link, "`make figure NAME=a_plot`"):
        assert part in told
    (name, content), *_ = saved(drawn_tables([tmp_path / "a_plot.svg"]))
    assert (name, content) == ("a_plot.csv", b"x\n1\n")


def test_a_very_long_table_is_only_named(tmp_path):
    (tmp_path / "a.csv").write_text("x\n" + "1\n" * 60_000)
    assert "`figures/a.csv` among the results" in origins([tmp_path / "a.svg"])
    assert saved(drawn_tables([tmp_path / "a.svg"])) == []
