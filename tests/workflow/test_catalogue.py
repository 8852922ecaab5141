"""A mistake in the catalogue of figures is one line that names the figure and the key."""

import re
from pathlib import Path

import pytest
import yaml
from workflow.support.catalogue import read_catalogue

from answerbook.errors import AnswerbookError

ROOT = Path(__file__).parents[2]
CURVE = {
    "chapter": "classification",
    "caption": "Accuracy over the epochs.",
    "input": {"histories": "<results>/runs/histories.csv"},
}


def read(folder, text):
    for name in ("curve", "other"):
        (folder / f"{name}.py").touch()
    (folder / "catalogue.yaml").write_text(text)
    return read_catalogue(folder / "catalogue.yaml")


def test_what_is_left_out_has_its_default(tmp_path):
    figures = read(tmp_path, yaml.safe_dump({"curve": CURVE}))
    assert figures == {"curve": CURVE | {"environment": "report", "from_images": False}}


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"chapter": None}, "curve.chapter: should .*'approximation'.*; found None"),
        ({"chapter": "clasification"}, "curve.chapter: .*'classification'.*'clasification'"),
        ({"captoin": "x"}, "curve.captoin: unknown key; allowed: chapter, caption, input, .*"),
        ({"input": ["a.csv"]}, "curve.input: should hold keys with values; found .*"),
        ({"input": {"a": "results/a.csv"}}, "curve.input.a: .*<results>.*; found 'results/a.csv'"),
        ({"input": {"a b": "<results>/a.csv"}}, "curve.input.a b: .*; found 'a b'"),
        ({"environment": "reports"}, "curve.environment: .*'report'.*; found 'reports'"),
        ({"from_images": "yes"}, "curve.from_images: .*; found 'yes'"),
    ],
)
def test_a_mistake_names_the_figure_the_key_and_what_is_allowed(tmp_path, changes, line):
    with pytest.raises(AnswerbookError) as error:
        read(tmp_path, yaml.safe_dump({"other": CURVE, "curve": CURVE | changes}))
    first, *rest = str(error.value).splitlines()
    assert first == f"the catalogue of figures, {tmp_path}/catalogue.yaml, is not valid:"
    assert [bool(re.fullmatch(f"  {line}", one)) for one in rest] == [True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("curve: {caption: x}", "curve.chapter: Field required"),
        ("curve:\n", "curve: should hold keys with values; found None"),
        ("none: {chapter: classification, caption: x}", "none: no script .*/none.py draws it"),
        ("", "it: should hold keys with values; found None"),
        ("curve: [", "catalogue.yaml cannot be read: .* line 1, column 9"),
    ],
)
def test_so_does_a_figure_that_is_none(tmp_path, text, said):
    with pytest.raises(AnswerbookError, match=said):
        read(tmp_path, text)
