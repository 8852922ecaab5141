"""The staged source is complete, and each mistake in it is named with its place."""

import pytest
import yaml
from tests.report.conftest import CLAIMS
from tests.report.texts import edit

from answerbook.errors import AnswerbookError
from answerbook.report.rendering.render import render
from answerbook.report.staging.checks import source_problems


def rendered_documents(folder):
    settings = yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))
    return settings["project"]["render"]


def test_the_staged_folder_is_a_whole_quarto_project(staged):
    names = {str(path.relative_to(staged)) for path in staged.rglob("*") if path.is_file()}
    assert names >= {
        "_quarto.yml",
        "_variables.yml",
        "answerbook.qmd",
        "one.qmd",
        "references.bib",
        "figures/disc.svg",
        "_code/errors.AnswerbookError.qmd",
        "_claims/q7b-xor-iff.proved.fails.qmd",
        "_claims/e1-1-next.measured.qmd",
        "_tables/claims.qmd",
        "assets/fonts/stix-two-math.woff2",
        "filters/quarto.lua",
    }
    variables = yaml.safe_load((staged / "_variables.yml").read_text(encoding="utf-8"))
    assert variables["sample"]["accuracy"] == "93.4\u202f%"


def test_only_the_document_staged_and_what_it_includes_are_in_its_project(source, stage_sample):
    (source / "other.qmd").write_text("# Another\n\n{{< include part.qmd >}}\n", encoding="utf-8")
    (source / "part.qmd").write_text("A part.\n", encoding="utf-8")
    book = {path.name for path in stage_sample().glob("*.qmd")}
    assert book == {"_origins.qmd", "answerbook.qmd", "one.qmd", "two.qmd"}
    assert rendered_documents(stage_sample()) == ["answerbook.qmd"]
    other = stage_sample(main="other.qmd", claims=(), commit=None)
    assert {path.name for path in other.glob("*.qmd")} == {"other.qmd", "part.qmd"}
    assert rendered_documents(other) == ["other.qmd"]


def test_another_document_is_rendered_under_its_own_name(source, stage_sample, tmp_path):
    (source / "other.qmd").write_text("# Another\n", encoding="utf-8")
    render(stage_sample(main="other.qmd", claims=()), tmp_path / "else.html", engine="pandoc")
    assert "Another" in (tmp_path / "else.html").read_text(encoding="utf-8")


def test_staging_leaves_nothing_of_before_and_a_mistake_the_last_good(source, stage_sample):
    (stage_sample() / "_tables" / "old.qmd").write_text("old")
    staged = stage_sample()
    assert not (staged / "_tables" / "old.qmd").exists()
    edit(source / "one.qmd", "@fig-disc", "@fig-nowhere")
    with pytest.raises(AnswerbookError):
        stage_sample()
    assert (staged / "answerbook.qmd").is_file()
    assert [path.name for path in staged.parent.iterdir()] == ["source"]


VARIABLE = "{{< var sample.accuracy >}}"
CLAIM = "{{< include _claims/q7b-xor-iff.proved.fails.qmd >}}"
ALT = 'fig-alt="Square two"'
# What is written for what in one.qmd, and what is said then.
MISTAKES = [
    ("@fig-disc", "@fig-nope", "one.qmd:3: @fig-nope has no target"),
    ("@sec-kinks", "@sec-no", "one.qmd:3: @sec-no has no target"),
    ("@eq-net", "@eq-no", "one.qmd:4: @eq-no has no target"),
    ("@thm-kinks", "@nobody2020", "one.qmd:4: @nobody2020 is not in references.bib"),
    (CLAIM, '::: {.callout-tip title="See @fig-no"}\n:::', "one.qmd:46: @fig-no has no target"),
    (ALT, f'{ALT} live-caption="See @fig-no"', "one.qmd:41: @fig-no has no target"),
    ("{#sec-third}", "{#sec-kinks}", "one.qmd:48: label sec-kinks is defined a second time, first"),
    ("{#eq-aligned}", "{#eq-net}", "one.qmd:23: label eq-net is defined a second time, first in"),
    (VARIABLE, "{{< video x >}}", "one.qmd:5: unknown shortcode video"),
    (VARIABLE, "{{< var sample.no >}}", "one.qmd:5: variable sample.no is not in _variables.yml"),
    (VARIABLE, "{{< var sample >}}", "one.qmd:5: variable sample is not in _variables.yml"),
    (VARIABLE, "{{< var sample.accuracy >", "one.qmd:5: a shortcode is not closed"),
    ("$x^2$", f"$x = {VARIABLE}$", f"one.qmd:26: {VARIABLE} stands in mathematics"),
    ("Text.", f"```\n{VARIABLE}\n```", f"one.qmd:51: {VARIABLE} stands in a code block"),
    (CLAIM, "{{< include three.qmd >}}", "one.qmd:46: included file three.qmd is not there"),
    (CLAIM, f"See {CLAIM}", "one.qmd:46: an include must stand on a line of its own"),
    (CLAIM, "{{< include one.qmd >}}", "one.qmd:46: one.qmd includes itself"),
    ("figures/square.svg", "figures/no.svg", "one.qmd:41: image figures/no.svg is not there"),
    (ALT, "", "one.qmd:41: image figures/square.svg has no fig-alt"),
    (ALT, 'fig-alt=" "', "one.qmd:41: image figures/square.svg has no fig-alt"),
    ('fig-alt="Disc one"', "", "one.qmd:39: image figures/disc.svg has no fig-alt"),
    ("q7b-xor-iff.proved", "q7b-no.proved", "one.qmd:46: claim q7b-no is not among the claims"),
    (
        "proved.fails",
        "checked.fails",
        "one.qmd:46: claim q7b-xor-iff: the text was written for the verdict checked, the verdict"
        " reached is proved",
    ),
    (
        "proved.fails",
        "proved.holds",
        "one.qmd:46: claim q7b-xor-iff: the text was written for a source that holds, our"
        " judgement is that it fails",
    ),
    (
        "proved.fails",
        "proved",
        "one.qmd:46: claim q7b-xor-iff: the text was written for a source that is not judged, our"
        " judgement is that it fails",
    ),
    (CLAIM, "{{< include _code/errors.No.qmd >}}", "No is not in src/answerbook/errors.py"),
]


@pytest.mark.parametrize("old, new, message", MISTAKES)
def test_each_mistake_is_named_with_its_place(source, stage_sample, old, new, message):
    edit(source / "one.qmd", old, new)
    with pytest.raises(AnswerbookError) as caught:
        stage_sample()
    assert message in str(caught.value)
    assert "one.qmd:" in str(caught.value)


def test_all_mistakes_are_told_at_once(source, stage_sample):
    edit(source / "one.qmd", "@fig-disc", "@fig-nope")
    edit(source / "two.qmd", 'when-format="html"', 'when-format="docx"')
    with pytest.raises(AnswerbookError, match=r"2 mistake\(s\)") as caught:
        stage_sample()
    assert "one.qmd:3: @fig-nope" in str(caught.value)
    assert "two.qmd:25: format docx" in str(caught.value)


def test_a_claim_that_the_text_leaves_out_is_named(source, stage_sample):
    edit(source / "one.qmd", CLAIM, "")
    with pytest.raises(AnswerbookError, match=r"qmd: claim q7b-xor-iff is nowhere in the text"):
        stage_sample()


def test_what_networks_learnt_from_generated_images_may_be_otherwise(source, stage_sample):
    edit(source / "one.qmd", CLAIM, f"{CLAIM}\n\n{{{{< include _claims/q12-loss.checked.qmd >}}}}")
    learnt = CLAIMS[0] | {"id": "q12-loss", "question": "12", "verdict": "refuted"}
    with pytest.raises(AnswerbookError, match="q12-loss: the text was written for the verdict"):
        stage_sample(claims=[*CLAIMS, learnt])
    staged = stage_sample(claims=[*CLAIMS, learnt], synthetic=True)
    assert "_claims/q12-loss.refuted" in (staged / "one.qmd").read_text()
    with pytest.raises(AnswerbookError, match="q7b-xor-iff: the text was written for the verdict"):
        stage_sample(claims=[CLAIMS[0] | {"verdict": "checked"}], synthetic=True)


def test_what_code_and_comments_say_is_no_reference(source, stage_sample):
    example = "\n```python\n@fig-decorator\n```\n\n`@fig-code` and <!-- @fig-comment --> a@b.org\n"
    edit(source / "one.qmd", "Text.\n", example)
    assert source_problems(stage_sample(), CLAIMS) == []


def test_a_key_twice_in_the_bibliography_is_a_mistake(source, stage_sample):
    edit(source / "references.bib", "", "\n@book{hanin2019,\n title = {T},\n}\n")
    with pytest.raises(AnswerbookError, match="hanin2019 is there more than once"):
        stage_sample()


@pytest.mark.parametrize("file", ["references.bib", "answerbook.qmd"])
def test_a_file_that_pandoc_cannot_read_is_named(source, stage_sample, file):
    edit(source / file, "title", "title: [" if file.endswith("qmd") else "title = {")
    with pytest.raises(AnswerbookError, match=f"{file} cannot be read"):
        stage_sample()
