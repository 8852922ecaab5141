"""The staged source is complete, and each mistake in it is named with its place."""

import re
import shutil

import matplotlib
import pytest
from pypdf import PdfReader
from tests.report.conftest import CLAIMS
from tests.report.texts import edit

from answerbook.errors import AnswerbookError
from answerbook.report.project import read_project
from answerbook.report.render import render


def test_what_an_editor_or_a_renderer_left_behind_is_no_part_of_the_book(source):
    parts = read_project(source).contents()
    left = ["one.qmd~", ".one.qmd.swp", "#two.qmd#", "assets/page.css.orig", "notes.md"]
    left += [".quarto/x.css", "answerbook_files/page.css", "answerbook.html", "spare.qmd"]
    for name in left:
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text("left")
    assert read_project(source).contents() == parts


def test_staging_leaves_nothing_of_before_and_a_mistake_the_last_good(source, stage_sample):
    (stage_sample() / "_tables" / "old.qmd").write_text("old")
    staged = stage_sample()
    assert not (staged / "_tables" / "old.qmd").exists()
    edit(source / "one.qmd", "@fig-disc", "@fig-nowhere")
    with pytest.raises(AnswerbookError):
        stage_sample()
    assert (staged / "answerbook.qmd").is_file()
    assert {path.name for path in staged.parent.iterdir()} == {"source", "source.sha256"}


def test_each_variable_is_filled_in_where_quarto_would_leave_it_too(source, stage_sample):
    edit(source / "one.qmd", "$x^2$", f"$x = {VARIABLE}$")
    text = "".join(path.read_text("utf-8") for path in stage_sample().glob("*.qmd"))
    assert "$x = 93.4\u202f%$" in text
    assert "{{< var" not in text


VARIABLE = "{{< var sample.accuracy >}}"
CLAIM = "{{< include _claims/q7b-xor-iff.proved.fails.qmd >}}"
ALT = 'fig-alt="Square two"'
REACHED = "claim q7b-xor-iff: the text was written for {}, what was reached is proved.fails"
# What is written for what in one.qmd, and what is said then.
MISTAKES = [
    ("@fig-disc", "@fig-nope", "3: @fig-nope has no target"),
    ("@sec-kinks", "@sec-no", "3: @sec-no has no target"),
    ("@eq-net", "@eq-no", "4: @eq-no has no target"),
    ("@thm-kinks", "@nobody2020", "4: @nobody2020 is not in references.bib"),
    (CLAIM, '::: {.callout-tip title="See @fig-no"}\n:::', "46: @fig-no has no target"),
    (ALT, f'{ALT} live-caption="See @fig-no"', "41: @fig-no has no target"),
    ("{#sec-third}", "{#sec-kinks}", "48: label sec-kinks is defined a second time, first"),
    ("{#eq-aligned}", "{#eq-net}", "23: label eq-net is defined a second time, first in"),
    (VARIABLE, "{{< video x >}}", "5: unknown shortcode video"),
    (VARIABLE, "{{< var sample.no >}}", "5: variable sample.no has no value"),
    (ALT, 'fig-alt="{{< var no >}}"', "41: variable no has no value"),
    (VARIABLE, "{{< var sample >}}", "5: variable sample has no value"),
    (VARIABLE, "{{< var sample.accuracy >", "5: a shortcode is not closed"),
    ("Text.", "Text.\n\n:::", "52: ::: opens no division"),
    ("Text.", "Text.\n::: {.proof}\nNo.\n:::", "51: ::: {.proof} opens no division"),
    ("Text.", "::: {.proof\n\nNo.\n:::", "50: ::: {.proof opens no division"),
    ("Text.", "::: {.proof}\nNo.", "50: the division is not closed"),
    (CLAIM, "{{< include three.qmd >}}", "46: included file three.qmd is not there"),
    (CLAIM, f"See {CLAIM}", "46: an include must stand on a line of its own"),
    (CLAIM, "{{< include one.qmd >}}", "46: included file one.qmd is not there, or includes"),
    (CLAIM, "{{< include _code/errors.No.qmd >}}", "46: code listing errors.No: src/"),
    ("figures/square.svg", "figures/no.svg", "41: image figures/no.svg is not there"),
    (ALT, "", "41: image figures/square.svg has no fig-alt"),
    (ALT, 'fig-alt=" "', "41: image figures/square.svg has no fig-alt"),
    ('fig-alt="Disc one"', "", "39: image figures/disc.svg has no fig-alt"),
    (ALT, f'{ALT} live="nothing"', "41: the figure is to answer by interactive/nothing.js"),
    ("### A third level", "#### A third level", "48: a heading of level 4 follows one of level 2"),
    ("Text.", "```{python}\nprint(1)\n```", "50: code to be run; the book shows code"),
    ("Text.", "Text 深層.", "50: no font has 層; lay one that does into report/assets/fonts"),
    ("Text.", "😀", "50: no font has 😀"),
    ("q7b-xor-iff.proved", "q7b-no.proved", "46: claim q7b-no is not among the claims"),
    ("proved.fails", "checked.fails", f"46: {REACHED.format('checked.fails')}"),
    ("proved.fails", "proved", f"46: {REACHED.format('proved')}"),
]


@pytest.mark.parametrize("old, new, message", MISTAKES)
def test_each_mistake_is_named_with_its_place(source, stage_sample, old, new, message):
    edit(source / "one.qmd", old, new)
    with pytest.raises(AnswerbookError) as caught:
        stage_sample()
    assert f"one.qmd:{message}" in str(caught.value)


def test_all_mistakes_are_told_at_once(source, stage_sample):
    edit(source / "one.qmd", "@fig-disc", "@fig-nope")
    edit(source / "one.qmd", CLAIM, "")
    with pytest.raises(AnswerbookError, match=r"2 mistake\(s\)") as caught:
        stage_sample()
    for message in (
        "one.qmd:3: @fig-nope",
        "answerbook.qmd: claim q7b-xor-iff is nowhere in the text",
    ):
        assert message in str(caught.value)


def test_what_networks_learnt_from_generated_images_may_be_otherwise(source, stage_sample):
    edit(source / "one.qmd", CLAIM, f"{CLAIM}\n\n{{{{< include _claims/q12-loss.checked.qmd >}}}}")
    learnt = CLAIMS[0] | {"id": "q12-loss", "question": "12", "verdict": "refuted"}
    learnt["from_images"] = True
    with pytest.raises(AnswerbookError, match=r"q12-loss: the text was written for checked, what"):
        stage_sample(claims=[*CLAIMS, learnt])
    staged = stage_sample(claims=[*CLAIMS, learnt], synthetic=True)
    assert "_claims/q12-loss.refuted" in (staged / "one.qmd").read_text()
    with pytest.raises(AnswerbookError, match=r"q7b-xor-iff: the text was written for proved"):
        stage_sample(claims=[CLAIMS[0] | {"verdict": "checked"}], synthetic=True)


def test_what_code_and_comments_say_is_no_reference(source, stage_sample):
    example = (
        "\n```python\n@fig-decorator\n:::\n```\n\n`@fig-code`, <!-- @fig-comment --> a@b.org\n"
    )
    edit(source / "one.qmd", "Text.\n", example)
    stage_sample()


def test_a_font_that_is_laid_beside_the_page_s_has_its_signs_on_paper(
    source, stage_sample, tmp_path
):
    edit(source / "one.qmd", "Text.", "Text ⵣ.")
    with pytest.raises(AnswerbookError, match=r"one\.qmd:50: no font has ⵣ"):
        stage_sample()
    shutil.copy(f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans.ttf", source / "assets/fonts")
    render(stage_sample(), tmp_path / "book.pdf", engine="pandoc")
    assert (tmp_path / "book.pdf").is_file()


HARMLESS = """Really?? See <https://example.org/model?variant=2>, and ελληνικά, नमस्ते.

::: {.content-visible when-format="html"}
深層学習
:::

![One.](mine%20own.svg){#fig-mine fig-alt="深"} ![Two.](<mine own.svg>){fig-alt="Mine"}
"""


def test_what_can_be_rendered_is_rendered_in_both_formats(source, stage_sample, tmp_path):
    shutil.copy(tmp_path / "disc.svg", source / "mine own.svg")
    edit(source / "one.qmd", "Text.\n", HARMLESS)
    for suffix in (".html", ".pdf"):
        render(stage_sample(), tmp_path / f"book{suffix}", engine="pandoc")
    page = (tmp_path / "book.html").read_text("utf-8")
    assert page.count("<img") == 6 and "mine" not in "".join(re.findall("src=.{20}", page))
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "book.pdf").pages)
    assert "Really??" in text


def test_a_text_that_pandoc_cannot_read_is_named(source, stage_sample):
    edit(source / "answerbook.qmd", "title", "title: [")
    with pytest.raises(AnswerbookError, match=r"answerbook\.qmd cannot be read"):
        stage_sample()
